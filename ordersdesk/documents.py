"""THE list: every document kind with its flow, its table and its screen. Start reading here."""

from __future__ import annotations

from dataclasses import dataclass

from ordersdesk.calls.rules import CALL_FLOW
from ordersdesk.calls.tables import Call
from ordersdesk.foundation.documents import Document
from ordersdesk.foundation.flow import Flow
from ordersdesk.orders.flow import ORDER_FLOW
from ordersdesk.orders.tables import Order


@dataclass(frozen=True)
class Kind:
    """One kind of document: its life, where it is kept, and the module of `screens` that shows one."""

    flow: Flow
    table: type[Document]
    screen: str


KINDS: dict[str, Kind] = {
    kind.flow.kind: kind
    for kind in (
        Kind(CALL_FLOW, Call, screen="intake"),
        Kind(ORDER_FLOW, Order, screen="order"),
    )
}
