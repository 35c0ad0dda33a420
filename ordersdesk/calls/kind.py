"""Calls as a kind of document: an unfinished one waits for its agent (CAL-5)."""

from __future__ import annotations

from ordersdesk.calls.rules import CALL_FLOW
from ordersdesk.calls.tables import Call
from ordersdesk.documents.inbox import Waiting
from ordersdesk.documents.kind import Kind
from ordersdesk.foundation.policy.roles import DESK_ROLES
from ordersdesk.foundation.texts.language import N_

CALL = Kind(CALL_FLOW, Call, inbox=(Waiting(("open", "parked"), N_("Unfinished"), DESK_ROLES),))
