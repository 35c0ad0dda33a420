"""Goods that may not leave: what became of their order's money and customer since its slip was made (PAY-3, CUS-9)."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Protocol

from sqlmodel import Session

from ordersdesk.approvals.queries import WaitingFor
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.texts.language import _, in_turn
from ordersdesk.foundation.texts.refusals import Refused
from ordersdesk.orders.review.hold_queries import holds


class OfOrder(Protocol):
    """A slip, by its number and its order's."""

    @property
    def number(self) -> str:
        """The slip's number."""
        ...

    @property
    def order_id(self) -> int:
        """The order it is of."""
        ...


def held_slips(desk: Desk, session: Session, slips: Collection[OfOrder]) -> dict[str, list[WaitingFor]]:
    """Return by number the slips whose goods may not leave now, and why."""
    found = holds(desk, session, {slip.order_id for slip in slips})
    return {slip.number: found[slip.order_id] for slip in slips if slip.order_id in found}


def why_held(reasons: Sequence[WaitingFor]) -> str:
    """Say why, in one go."""
    return in_turn(one.sentence for one in reasons)


def refuse_held(desk: Desk, session: Session, slips: Collection[OfOrder], *, mend: str) -> None:
    """Refuse, by the rule that holds the first of them, to let slips go on; `mend` names it as {slip}."""
    for number, reasons in held_slips(desk, session, slips).items():
        raise Refused(
            reasons[0].rule,
            _("{slip} may not leave: {why}").format(slip=number, why=why_held(reasons)),
            mend=mend.format(slip=number),
            field="slips",
        )
