"""Change requests as a kind of document; granting one also changes slips, which lie above this room (CHG-1)."""

from __future__ import annotations

from ordersdesk.documents.inbox import Waiting
from ordersdesk.documents.kind import Check, Kind
from ordersdesk.foundation.policy.roles import APPROVERS
from ordersdesk.foundation.texts.language import N_
from ordersdesk.orders.changes import check_queries, deciding
from ordersdesk.orders.changes.queries import CHANGES
from ordersdesk.orders.model.tables import ChangeRequest
from ordersdesk.orders.terms.change_flow import CHANGE_FLOW
from ordersdesk.orders.terms.occasions import CHANGE_OCCASIONS

CHANGE = Kind(
    CHANGE_FLOW,
    ChangeRequest,
    store=CHANGES,
    occasions=CHANGE_OCCASIONS,
    seen=deciding.seen,
    denied=deciding.denied,
    withdrawn=deciding.withdrawn,
    checks=(Check(N_("change requests"), check_queries.faults),),
    inbox=(Waiting(("asked",), N_("Approvals"), APPROVERS),),
)
