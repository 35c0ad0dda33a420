"""Dismissing a user: they are out at once, and what waits for them goes to somebody else (USR-7)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from sqlmodel import Session

from ordersdesk.approvals.queries import roles_asked
from ordersdesk.calls.handover_actions import calls_of, hand_over_calls
from ordersdesk.customers.records.handover_actions import customers_of, hand_over_customers
from ordersdesk.delivery.pads.queries import HeldPad, pads_within
from ordersdesk.delivery.pads.rules import number_said
from ordersdesk.foundation.desk import Desk, action
from ordersdesk.foundation.documents.document import HANDED_OVER, record
from ordersdesk.foundation.policy.roles import MACHINES, ROLE_NAMES
from ordersdesk.foundation.texts.language import N_, _, word_list
from ordersdesk.foundation.texts.refusals import Refused
from ordersdesk.foundation.texts.texts import clean
from ordersdesk.orders.entry.handover_actions import hand_over_notices, hand_over_orders, notices_of, orders_of
from ordersdesk.people import queries as people
from ordersdesk.people.account_actions import dismiss_within
from ordersdesk.people.names import person
from ordersdesk.people.queries import Account
from ordersdesk.people.rules import unknown

REASON = 200  # characters


@dataclass(frozen=True)
class Own:
    """Something that is somebody's own, not a role's: its name (N_), which wait, and how another gets them."""

    name: str
    waiting: Callable[[Session, str], list[int]]
    hand_over: Callable[..., int]


OWN = (
    Own(N_("calls"), calls_of, hand_over_calls),
    Own(N_("orders"), orders_of, hand_over_orders),
    Own(N_("notices"), notices_of, hand_over_notices),
    Own(N_("customers"), customers_of, hand_over_customers),
)


@dataclass(frozen=True)
class Dismissed:
    """Who was dismissed, how much of what went to whom, and what somebody still has to see to."""

    login: str
    name: str
    to: str
    handed_over: Mapping[str, int]
    pads: tuple[str, ...]
    """First numbers of the pads in their hands: paper is taken back by hand (SLP-7)."""
    roles: tuple[str, ...]
    """Roles whose yes is waited for and that nobody holds now."""

    def sentences(self, desk: Desk) -> list[str]:
        """Say what went to whom, and what is still to be seen to."""
        said = [_("{name} is dismissed and signed out everywhere.").format(name=self.name)]
        if self.handed_over:
            listed = word_list(f"{_(name)} {count}" for name, count in self.handed_over.items())
            said.append(_("{who} takes over: {what}.").format(who=person(desk, self.to), what=listed))
        if self.pads:
            said.append(_("Take back the pads: {pads}.").format(pads=word_list(self.pads)))
        if self.roles:
            names = word_list(_(ROLE_NAMES[role]) for role in self.roles)
            said.append(_("Approvals wait for a role nobody has now: {roles}.").format(roles=names))
        return said


@action
def dismiss(desk: Desk, session: Session, login: str, *, to: str = "", reason: str = "") -> Dismissed:
    """Dismiss a user: their sign-ins end, what is their own goes `to` another; refused (USR-7) when nobody is named."""
    gone = dismiss_within(desk, session, login, reason=clean(reason, field="reason", longest=REASON))
    heir = _heir(session, to, gone) if to else None
    moved = {own.name: _moved(desk, session, own, gone, heir) for own in OWN}
    handed_over = {name: count for name, count in moved.items() if count}
    if handed_over and heir is None:
        raise _needs_heir(gone, handed_over)
    record(desk, session, "user", gone.id, HANDED_OVER, rule="USR-7", details={"to": to, **handed_over})
    return Dismissed(
        login=gone.login, name=gone.name, to=heir.login if heir else "", handed_over=handed_over,
        pads=tuple(number_said(desk.policy, pad.first) for pad in _pads(desk, session, gone)),
        roles=_roles_without(desk, session),
    )  # fmt: skip


def _moved(desk: Desk, session: Session, own: Own, gone: Account, heir: Account | None) -> int:
    if heir is None:
        return len(own.waiting(session, gone.login))
    return own.hand_over(desk, session, gone.login, to=heir.login)


def _heir(session: Session, login: str, gone: Account) -> Account:
    """Return who gets what waits; refused (USR-7) unless it is another person who works here."""
    found = people.account(session, login.strip().lower(), lock=True)
    if found is None:
        raise unknown(login, field="to")
    if found.id == gone.id or not found.is_active or MACHINES.intersection(found.roles):
        raise Refused(
            "USR-7",
            _("{name} cannot take over.").format(name=found.name),
            mend=_("Name another person who works here."),
            field="to",
        )
    return found


def _needs_heir(gone: Account, waiting: Mapping[str, int]) -> Refused:
    listed = word_list(f"{_(name)} {count}" for name, count in waiting.items())
    return Refused(
        "USR-7",
        _("Something waits for {name}: {waiting}.").format(name=gone.name, waiting=listed),
        mend=_("Name who takes it over."),
        field="to",
    )


def _pads(desk: Desk, session: Session, gone: Account) -> Sequence[HeldPad]:
    return pads_within(desk, session, login=gone.login, everything=False)


def _roles_without(desk: Desk, session: Session) -> tuple[str, ...]:
    held = {role for one in people.accounts_within(session) if one.is_active for role in one.roles}
    return tuple(role for role in roles_asked(desk, session) if role not in held)
