"""A manager accepts the size classes that the last full months propose (CUS-6)."""

from __future__ import annotations

from collections.abc import Sequence

from sqlmodel import Session

from ordersdesk.credit.class_queries import Proposal, proposals_within
from ordersdesk.customers.records.terms_actions import set_class_within
from ordersdesk.foundation.desk import Desk, action
from ordersdesk.foundation.policy.roles import Role
from ordersdesk.foundation.texts.language import _
from ordersdesk.foundation.texts.money import formatted
from ordersdesk.foundation.texts.refusals import Refused


@action
def accept_classes(desk: Desk, session: Session, *, numbers: Sequence[str] | None = None) -> list[Proposal]:
    """Accept the proposals for these customers, or all; refused (CUS-6) when one is none of them, and none is set."""
    desk.needs(Role.MANAGER, Role.BRANCH_GM, doing=_("set size classes"))
    found = proposals_within(desk, session)
    if numbers is not None:
        by_number = {one.number: one for one in found}
        found = [_named(by_number, number) for number in dict.fromkeys(numbers)]
    for one in found:
        note = _("{average} a month").format(average=formatted(one.average))
        set_class_within(desk, session, one.id, one.after, note=note)
    return found


def _named(proposed: dict[str, Proposal], number: str) -> Proposal:
    one = proposed.get(number.strip().upper())
    if one is None:
        raise Refused(
            "CUS-6",
            _("No other class is proposed for {number}.").format(number=number[:40]),
            mend=_("`ordersdesk customers classes` lists all proposals."),
            field="customer",
        )
    return one
