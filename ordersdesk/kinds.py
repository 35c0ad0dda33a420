"""THE list: every document kind with its flow, its table and its screen. Start reading here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from sqlmodel import Session

from ordersdesk import changing
from ordersdesk.approvals.flow import APPROVAL_FLOW
from ordersdesk.approvals.tables import Approval
from ordersdesk.calls.rules import CALL_FLOW
from ordersdesk.calls.tables import Call
from ordersdesk.credit import actions as credit
from ordersdesk.credit.flow import CREDIT_FLOW
from ordersdesk.credit.tables import CreditApplication
from ordersdesk.delivery.model.flow import ROUTE_FLOW, SLIP_FLOW, TROUBLE_FLOW
from ordersdesk.delivery.model.tables import RouteSheet, Slip, Trouble
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.documents.document import Document
from ordersdesk.foundation.flow import Flow
from ordersdesk.orders.changes import deciding as change_deciding
from ordersdesk.orders.model.tables import ChangeRequest, Order
from ordersdesk.orders.review import outcome as going_on
from ordersdesk.orders.terms.change_flow import CHANGE_FLOW
from ordersdesk.orders.terms.flow import ORDER_FLOW


@dataclass(frozen=True)
class Kind:
    """One kind of document: its life, where it is kept, the module of `screens` that shows one.

    What approvals do to it: `looked` after each yes, since the world may have changed what is asked, `granted` after
    the last yes, `denied` at the first no (with the reason), `withdrawn` when its asker takes the request back (with
    the reason; a kind without it cannot), and `seen`: what an approver is shown, label (N_) to text, read anew when
    they decide.
    """

    flow: Flow
    table: type[Document]
    screen: str
    granted: Callable[[Desk, Session, int], None] | None = None
    looked: Callable[[Desk, Session, int], None] | None = None
    denied: Callable[[Desk, Session, int, str], None] | None = None
    withdrawn: Callable[[Desk, Session, int, str], None] | None = None
    seen: Callable[[Desk, Session, int], Mapping[str, str]] | None = None


KINDS: dict[str, Kind] = {
    kind.flow.kind: kind
    for kind in (
        Kind(CALL_FLOW, Call, screen="intake"),
        Kind(APPROVAL_FLOW, Approval, screen="approvals"),
        Kind(
            ORDER_FLOW,
            Order,
            screen="order",
            granted=going_on.granted,
            looked=going_on.looked,
            denied=going_on.denied,
            seen=going_on.seen,
        ),
        Kind(
            CHANGE_FLOW,
            ChangeRequest,
            screen="change",
            granted=changing.granted,
            denied=change_deciding.denied,
            withdrawn=change_deciding.withdrawn,
            seen=change_deciding.seen,
        ),
        Kind(
            CREDIT_FLOW,
            CreditApplication,
            screen="customer",
            granted=credit.granted,
            denied=credit.denied,
            withdrawn=credit.withdrawn,
            seen=credit.seen,
        ),
        Kind(SLIP_FLOW, Slip, screen="slip"),
        Kind(ROUTE_FLOW, RouteSheet, screen="route"),
        Kind(TROUBLE_FLOW, Trouble, screen="slip"),
    )
}
