"""Approvals as a kind of document: each waits for whoever may answer (USR-2)."""

from __future__ import annotations

from ordersdesk.approvals.flow import APPROVAL_FLOW
from ordersdesk.approvals.tables import Approval
from ordersdesk.documents.inbox import Waiting
from ordersdesk.documents.kind import Kind
from ordersdesk.foundation.policy.roles import APPROVERS
from ordersdesk.foundation.texts.language import N_

APPROVAL = Kind(APPROVAL_FLOW, Approval, inbox=(Waiting(("waiting",), N_("Approvals"), APPROVERS),))
