"""Issuing pads of handwritten slips, handing them over, taking them back (SLP-7)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, insert, select, update
from sqlmodel import Session

from ordersdesk.delivery.model.flow import OFFICE
from ordersdesk.delivery.pads.queries import PAD, PAD_COLUMNS, PAD_SLIP, HeldPad, pad_of
from ordersdesk.delivery.pads.rules import MOST_SHEETS, highest, number_said, number_typed, ranged
from ordersdesk.foundation.desk import Desk, action
from ordersdesk.foundation.documents.document import next_count, record
from ordersdesk.foundation.texts.language import _
from ordersdesk.foundation.texts.refusals import Refused
from ordersdesk.people.names import person
from ordersdesk.people.queries import account

STORY = "pad"


@dataclass(frozen=True)
class Issued:
    """Numbers that somebody has now."""

    first: str
    last: str
    sheets: int
    login: str


@dataclass(frozen=True)
class Returned:
    """A pad that came back, and the blank sheets of it that can be given out again."""

    first: str
    last: str
    blank: str
    blank_sheets: int


@action
def issue(desk: Desk, session: Session, *, login: str, sheets: int | None = None, first: str = "") -> Issued:
    """Give a pad of the next free numbers to somebody, or of typed ones; refused (SLP-7) when any was given out."""
    desk.needs(*OFFICE, doing=_("issue pads"))
    return issue_within(desk, session, login=login, sheets=sheets, first=first)


def issue_within(
    desk: Desk, session: Session, *, login: str, sheets: int | None = None, first: str = "", source: str = ""
) -> Issued:
    """Do the same inside the caller's transaction."""
    who, count = holder(session, login), _sheets(desk, sheets)
    only_one(desk, session)
    begin = number_typed(first, desk.policy, field="first") if first else _highest_issued(desk, session) + 1
    last = begin + count - 1
    if last > highest(desk.policy):
        raise Refused(
            "SLP-7",
            _("Numbers end at {number}.").format(number=number_said(desk.policy, highest(desk.policy))),
            mend=_("Choose a smaller pad, or more digits in the policy (pads.digits)."),
            field="first",
        )
    _refuse_overlap(desk, session, begin, last)
    row = _issued_now(desk, who) | {"branch": desk.branch, "first": begin, "last": last, "source": source}
    pad_id = session.connection().execute(insert(PAD).returning(PAD.c.id), row).scalar_one()
    record(desk, session, STORY, pad_id, "issued", rule="SLP-7", note=who, details=_numbers(begin, last))
    return Issued(number_said(desk.policy, begin), number_said(desk.policy, last), count, who)


def only_one(desk: Desk, session: Session) -> None:
    """Let nobody else issue numbers until this transaction ends: whoever waited sees what was taken."""
    next_count(session, branch=desk.branch, kind=STORY, day="")


def holder(session: Session, login: str) -> str:
    """Return whose pad it will be; refused (SLP-7) when there is nobody of that login at work."""
    found = account(session, login.strip().lower())
    if found is None or not found.is_active:
        raise Refused(
            "SLP-7",
            _("There is no user “{login}”.").format(login=login[:40]),
            mend=_("`ordersdesk users list` names all."),
            field="login",
        )
    return found.login


def _sheets(desk: Desk, sheets: int | None) -> int:
    count = desk.policy.pads.sheets if sheets is None else sheets
    if not 0 < count <= MOST_SHEETS:
        raise Refused(
            "SLP-7",
            _("A pad has 1 to {most} sheets.").format(most=MOST_SHEETS),
            mend=_("Say how many sheets the pad has."),
            field="sheets",
        )
    return count


def _highest_issued(desk: Desk, session: Session) -> int:
    return session.connection().execute(select(func.max(PAD.c.last)).where(PAD.c.branch == desk.branch)).scalar() or 0


def _refuse_overlap(desk: Desk, session: Session, first: int, last: int) -> None:
    shared = (PAD.c.branch == desk.branch) & (PAD.c.first <= last) & (PAD.c.last >= first)
    row = session.connection().execute(select(*PAD_COLUMNS).where(shared).order_by(PAD.c.first).limit(1)).first()
    if row is None:
        return
    other = HeldPad(*row)
    numbers = ranged(desk.policy, other.first, other.last)
    if other.login:
        said = _("{login} has {numbers}.").format(login=person(desk, other.login), numbers=numbers)
        mend = _("Choose other numbers.")
    else:
        said = _("{numbers} came back blank.").format(numbers=numbers)
        mend = _("Give those out: ordersdesk pads hand {number} LOGIN").format(
            number=number_said(desk.policy, other.first)
        )
    raise Refused("SLP-7", said, mend=mend, field="first")


@action
def take_back(desk: Desk, session: Session, *, number: str, blank_from: str = "") -> Returned:
    """Take a pad back: what is behind its highest entered number is blank, or what begins where it is said to."""
    desk.needs(*OFFICE, doing=_("take pads back"))
    pad = _given_out(desk, session, number)
    if pad.returned_at:
        raise _is_back(desk, pad)
    blank, back = _blank_from(desk, session, pad, blank_from), {"returned_at": desk.now()}
    if pad.first < blank <= pad.last:
        _split(desk, session, pad, blank, {"login": "", "issued_at": pad.issued_at, "issued_by": pad.issued_by, **back})
    _write(session, pad.id, back if blank > pad.first else {**back, "login": ""})
    said = ranged(desk.policy, blank, pad.last) if blank <= pad.last else ""
    record(desk, session, STORY, pad.id, "returned", rule="SLP-7", note=pad.login, details={"blank": said})
    first, last = number_said(desk.policy, pad.first), number_said(desk.policy, pad.last)
    return Returned(first, last, said, pad.last - blank + 1)


@action
def hand_over(desk: Desk, session: Session, *, number: str, login: str) -> Issued:
    """Hand the blank rest of a pad to somebody else; what was used of it stays with who used it."""
    desk.needs(*OFFICE, doing=_("hand pads over"))
    pad, who = _given_out(desk, session, number), holder(session, login)
    blank = _blank_from(desk, session, pad, "")
    if blank > pad.last:
        raise Refused(
            "SLP-7",
            _("No sheet of {numbers} is blank.").format(numbers=ranged(desk.policy, pad.first, pad.last)),
            mend=_("Issue a new pad: ordersdesk pads issue {login}").format(login=who),
            field="number",
        )
    given = _issued_now(desk, who)
    if blank > pad.first:
        _split(desk, session, pad, blank, given)
    else:
        _write(session, pad.id, given)
    record(
        desk, session, STORY, pad.id, "handed over", rule="SLP-7",
        note=f"{pad.login} → {who}", details=_numbers(blank, pad.last),
    )  # fmt: skip
    return Issued(number_said(desk.policy, blank), number_said(desk.policy, pad.last), pad.last - blank + 1, who)


def _given_out(desk: Desk, session: Session, number: str) -> HeldPad:
    """Return the pad of a number, kept for this transaction; refused when it is used up and back."""
    pad = pad_of(desk, session, number_typed(number, desk.policy), lock=True)
    if pad.returned_at and pad.login:
        raise _is_back(desk, pad)
    return pad


def _is_back(desk: Desk, pad: HeldPad) -> Refused:
    assert pad.returned_at is not None
    return Refused(
        "SLP-7",
        _("{numbers} came back on {day}.").format(
            numbers=ranged(desk.policy, pad.first, pad.last), day=pad.returned_at.astimezone(desk.zone).date()
        ),
        mend=_("Look at the pads: ordersdesk pads list --all"),
        field="number",
    )


def _blank_from(desk: Desk, session: Session, pad: HeldPad, typed: str) -> int:
    """Return the first blank number; refused when one from there on was entered already."""
    mine = select(func.max(PAD_SLIP.c.number)).where(PAD_SLIP.c.branch == desk.branch)
    mine = mine.where(PAD_SLIP.c.number >= pad.first, PAD_SLIP.c.number <= pad.last)
    used = session.connection().execute(mine).scalar() or pad.first - 1
    blank = number_typed(typed, desk.policy, field="blank_from") if typed else used + 1
    if not used < blank <= pad.last + 1:
        raise Refused(
            "SLP-7",
            _("The blank sheets begin between {first} and {last}.").format(
                first=number_said(desk.policy, used + 1), last=number_said(desk.policy, pad.last + 1)
            ),
            mend=_("Say the number of the first blank sheet."),
            field="blank_from",
        )
    return blank


def _split(desk: Desk, session: Session, pad: HeldPad, blank: int, values: dict[str, Any]) -> None:
    """Cut a pad in two: numbers used stay where they are, the blank ones become a pad of their own."""
    rest = {"branch": desk.branch, "first": blank, "last": pad.last, "source": pad.source, **values}
    _write(session, pad.id, {"last": blank - 1})
    session.connection().execute(insert(PAD), rest)


def _issued_now(desk: Desk, login: str) -> dict[str, Any]:
    return {"login": login, "issued_at": desk.now(), "issued_by": desk.user.login, "returned_at": None}


def _write(session: Session, pad_id: int, values: dict[str, Any]) -> None:
    session.connection().execute(update(PAD).where(PAD.c.id == pad_id).values(**values))


def _numbers(first: int, last: int) -> dict[str, int]:
    return {"first": first, "last": last}
