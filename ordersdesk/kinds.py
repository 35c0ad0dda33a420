"""THE list: every kind of document, as its room declares it. Start reading here."""

from __future__ import annotations

from dataclasses import replace

from ordersdesk import changing
from ordersdesk.approvals.kind import APPROVAL
from ordersdesk.calls.kind import CALL
from ordersdesk.credit.kind import CREDIT
from ordersdesk.delivery.kinds import ROUTE, SLIP, TROUBLE
from ordersdesk.documents.kind import Kind
from ordersdesk.documents.occasion import Occasion
from ordersdesk.orders.changes.kind import CHANGE
from ordersdesk.orders.kind import ORDER

KINDS: dict[str, Kind] = {
    kind.flow.kind: kind
    for kind in (
        CALL,
        APPROVAL,
        ORDER,
        replace(CHANGE, granted=changing.granted),  # an order that changes changes its slips too
        CREDIT,
        SLIP,
        ROUTE,
        TROUBLE,
    )
}

OCCASIONS: dict[str, Occasion] = {one.name: one for kind in KINDS.values() for one in kind.occasions}
