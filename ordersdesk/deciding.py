"""Deciding: grant, deny or withdraw what a document of any kind waits for (USR-2, USR-3, ORD-11)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from secrets import randbelow
from typing import Any
from unicodedata import normalize

from sqlmodel import Session

from ordersdesk.approvals.actions import answer, next_step, nobody_answers_within, rules_of, withdraw_within
from ordersdesk.approvals.code_actions import Code, count_try, keep_code, refused, use_up_code
from ordersdesk.approvals.open_queries import Open, locked
from ordersdesk.asked import Asked, answerable, asked_about, one_yes, refuse_changed, refuse_stranger
from ordersdesk.documents.story import CODE_MADE, CODE_TYPED, DENIED, GRANTED
from ordersdesk.foundation.desk import Desk, action
from ordersdesk.foundation.documents.document import record, table_of
from ordersdesk.foundation.machine import hashing
from ordersdesk.foundation.texts.language import _, ngettext
from ordersdesk.foundation.texts.refusals import Refused
from ordersdesk.foundation.texts.texts import clean
from ordersdesk.people.names import person
from ordersdesk.people.queries import account

NOTE = 500  # characters of a reason


@dataclass(frozen=True)
class Decided:
    """What became of a document: where it stands, which occasions were decided, how many approvals are still open."""

    kind: str
    number: str
    state: str
    decided: tuple[str, ...]
    left: int


@action
def grant(desk: Desk, session: Session, kind: str, number: str, *, seen_version: int, reason: str = "") -> Decided:
    """Say yes to all that a document waits for from one of my roles; it goes on after the last yes (USR-2, USR-3).

    Refused (ORD-11), with what changed, when the document is not the one that was asked about or seen.
    """
    return _grant_within(desk, session, kind, number, seen_version=seen_version, reason=reason)


def _grant_within(
    desk: Desk, session: Session, kind: str, number: str, *, seen_version: int, reason: str = "", typed_by: str = ""
) -> Decided:
    said = clean(reason, field="reason", longest=NOTE, lines=True)
    asked = asked_about(desk, session, kind, number)
    mine = one_yes(desk, session, asked, answerable(desk, session, asked))
    refuse_changed(desk, session, asked, mine, seen_version=seen_version)
    for one in mine:
        owes = one.occasion in desk.policy.approvals.answerable
        changes = _decision(desk, said) | {"by_code": typed_by, "answerable": owes}
        answer(desk, session, one, "grant", changes=changes)
    _tell(desk, session, asked, GRANTED, mine, note=said, typed_by=typed_by)
    if asked.kind.looked:
        asked.kind.looked(desk, session, asked.held.id)
    left = next_step(desk, session, kind, asked.held.id)
    if not left and asked.kind.granted:
        asked.kind.granted(desk, session, asked.held.id)
    return _decided(desk, session, asked, mine, left)


@action
def deny(desk: Desk, session: Session, kind: str, number: str, *, seen_version: int, reason: str) -> Decided:
    """Say no with a reason: what else was asked about the document is withdrawn, and it does not go on (USR-2)."""
    said = _needed(reason)
    asked = asked_about(desk, session, kind, number)
    mine = answerable(desk, session, asked)
    refuse_changed(desk, session, asked, mine, seen_version=seen_version)
    for one in asked.open:
        answer(desk, session, one, "deny" if one in mine else "withdraw", changes=_decision(desk, said))
    nobody_answers_within(session, kind, asked.held.id)
    _tell(desk, session, asked, DENIED, mine, note=said)
    if asked.kind.denied:
        asked.kind.denied(desk, session, asked.held.id, said)
    return _decided(desk, session, asked, mine, 0)


@action
def withdraw(desk: Desk, session: Session, kind: str, number: str, *, reason: str) -> Decided:
    """Take back what was asked about a document, by who asked or an overseer; a reason is needed (USR-2)."""
    said = _needed(reason)
    asked = asked_about(desk, session, kind, number)
    refuse_stranger(desk, asked)
    if asked.kind.withdrawn is None:
        raise Refused(
            "ORD-13",
            _("{document} cannot stand without its approvals.").format(document=asked.held.number),
            mend=_("Cancel the document or change it: what is asked about it is then withdrawn too."),
        )
    withdraw_within(desk, session, kind, asked.held.id, reason=said)
    nobody_answers_within(session, kind, asked.held.id)
    asked.kind.withdrawn(desk, session, asked.held.id, said)
    return _decided(desk, session, asked, asked.open, 0)


# --- by a code read out over the phone (JOY-10)


def make_code(desk: Desk, kind: str, number: str) -> str:
    """Make a code to read out: good once, for this document, version and amount, for some minutes (JOY-10)."""
    digits = desk.policy.approvals.code_digits
    code = f"{randbelow(10**digits):0{digits}d}"
    _keep_code(desk, kind, number, hashing.hashed(code))
    return code


@action
def _keep_code(desk: Desk, session: Session, kind: str, number: str, stored: str) -> None:
    asked = asked_about(desk, session, kind, number)
    mine = one_yes(desk, session, asked, answerable(desk, session, asked))
    refuse_changed(desk, session, asked, mine, seen_version=asked.held.version)
    keep_code(desk, session, asked.name, asked.held, amount=_amount(mine), stored=stored)
    _tell(desk, session, asked, CODE_MADE, mine, rule="JOY-10")


def grant_by_code(desk: Desk, kind: str, number: str, *, code: str) -> Decided:
    """Grant with a code an approver read out; it is their decision, typed by this user (JOY-10)."""
    good = _count_try(desk, kind, number)
    typed = "".join(char for char in normalize("NFKC", code) if char.isdecimal())
    right = next((one for one in good if hashing.matches(one.hash, typed)), None)
    if right is None:
        left = max(desk.policy.approvals.code_tries - one.tries - 1 for one in good)
        told = ngettext("This code is wrong; {left} try is left.", "This code is wrong; {left} tries are left.", left)
        raise refused(told.format(left=left), mend=_("Have it read out again, digit by digit.") if left else "")
    return _grant_by(desk, kind, number, right)


@action
def _count_try(desk: Desk, session: Session, kind: str, number: str) -> list[Code]:
    asked = asked_about(desk, session, kind, number)
    good = count_try(desk, session, asked.name, asked.held)
    record(desk, session, asked.name, asked.held.id, CODE_TYPED, rule="JOY-10")
    return good


@action
def _grant_by(desk: Desk, session: Session, kind: str, number: str, code: Code) -> Decided:
    use_up_code(desk, session, code)
    maker = account(session, code.made_by)
    if maker is None or not maker.is_active:
        raise refused(_("{who} is no longer a user.").format(who=person(desk, code.made_by)))
    approver = desk.signed_in(maker.actor())
    asked = asked_about(approver, session, kind, number)
    if _amount(one_yes(approver, session, asked, answerable(approver, session, asked))) != code.amount:
        raise refused(_("The code is for another amount."))
    version = code.document_version
    return _grant_within(approver, session, kind, number, seen_version=version, typed_by=desk.user.login)


def _amount(mine: Sequence[Open]) -> Decimal:
    return max(one.amount for one in mine)


def _needed(reason: str) -> str:
    said = clean(reason, field="reason", longest=NOTE, lines=True)
    if not said:
        raise Refused("USR-2", _("A reason is needed."), mend=_("Say why, in words for the customer."), field="reason")
    return said


def _decision(desk: Desk, reason: str) -> dict[str, Any]:
    return {"decided_by": desk.user.login, "decided_at": desk.now(), "reason": reason}


def _tell(
    desk: Desk,
    session: Session,
    asked: Asked,
    verb: str,
    mine: Sequence[Open],
    *,
    rule: str = "",
    note: str = "",
    typed_by: str = "",
) -> None:
    details: dict[str, Any] = {"roles": list(dict.fromkeys(one.role for one in mine))}
    details |= {"occasions": [one.occasion for one in mine]}
    details |= {"typed_by": typed_by} if typed_by else {}
    record(desk, session, asked.name, asked.held.id, verb, rule=rule or rules_of(mine), note=note, details=details)


def _decided(desk: Desk, session: Session, asked: Asked, mine: Sequence[Open], left: int) -> Decided:
    after = locked(desk, session, table_of(asked.kind.table), asked.held.number)
    return Decided(
        kind=asked.name, number=asked.held.number, state=after.state if after else "",
        decided=tuple(dict.fromkeys(one.occasion for one in mine)), left=left,
    )  # fmt: skip
