"""Telling the customer that goods left, asking whether they came, and the signed receipt (SLP-8)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlmodel import Session

from ordersdesk.delivery.model.flow import SLIP_FLOW
from ordersdesk.delivery.model.labels import ASKED, WAYS, known
from ordersdesk.delivery.model.queries import held, held_slip
from ordersdesk.delivery.model.tables import Slip
from ordersdesk.delivery.model.views import SlipHead
from ordersdesk.foundation.desk import Desk, action
from ordersdesk.foundation.documents.document import advance
from ordersdesk.foundation.texts.language import _, labelled
from ordersdesk.foundation.texts.refusals import Refused
from ordersdesk.foundation.texts.texts import NOTE, clean


@action
def advise(desk: Desk, session: Session, number: str, *, how: str = "message", note: str = "") -> str:
    """Note that the shipping advice 发货告知书 went out, and how; returns the slip's number."""
    return _advised(desk, session, number, how, note)


@action
def advise_all(desk: Desk, session: Session, numbers: Iterable[str], *, how: str, note: str = "") -> list[str]:
    """Do the same for many slips: all of them or none."""
    return [_advised(desk, session, number, how, note) for number in numbers]


@action
def follow_up(desk: Desk, session: Session, number: str, *, how: str = "call", note: str = "") -> str:
    """Note that somebody asked the customer whether the goods came, and what the answer was."""
    return _asked(desk, session, number, how, note)


@action
def follow_up_all(desk: Desk, session: Session, numbers: Iterable[str], *, how: str, note: str = "") -> list[str]:
    """Do the same for many slips: all of them or none."""
    return [_asked(desk, session, number, how, note) for number in numbers]


@action
def receipt(desk: Desk, session: Session, number: str, *, note: str = "") -> str:
    """Note that the signed receipt 到货回单 is back; a second time is refused."""
    return _signed(desk, session, number, note)


@action
def receipt_all(desk: Desk, session: Session, numbers: Iterable[str], *, note: str = "") -> list[str]:
    """Do the same for many slips: all of them or none."""
    return [_signed(desk, session, number, note) for number in numbers]


def _advised(desk: Desk, session: Session, number: str, how: str, note: str) -> str:
    way = known(how, WAYS, rule="SLP-8", field="how")
    slip = _left(desk, session, number)
    return _step(desk, session, slip, "advise", {"advised_at": desk.now()}, _said(way, note))


def _asked(desk: Desk, session: Session, number: str, how: str, note: str) -> str:
    way = known(how, {code: WAYS[code] for code in ASKED}, rule="SLP-8", field="how")
    slip = _left(desk, session, number)
    return _step(desk, session, slip, "follow_up", {"followed_at": desk.now()}, _said(way, note))


def _signed(desk: Desk, session: Session, number: str, note: str) -> str:
    slip = held_slip(desk, session, number, lock=True).head
    if slip.receipt_at:
        raise Refused(
            "SLP-8",
            _("The receipt of {number} is back already.").format(number=slip.number),
            mend=_("Look at the slip: `ordersdesk slips show {number}`.").format(number=slip.number),
            field="number",
        )
    said = clean(note, field="note", longest=NOTE, lines=True)
    return _step(desk, session, slip, "receipt", {"receipt_at": desk.now()}, said)


def _left(desk: Desk, session: Session, number: str) -> SlipHead:
    slip = held_slip(desk, session, number, lock=True).head
    if slip.state == "loaded" and slip.left_at is None:
        raise Refused(
            "SLP-8",
            _("{number} has not left the house: there is nothing to tell yet.").format(number=slip.number),
            mend=_("Let its route sheet depart first."),
            field="number",
        )
    return slip


def _said(way: str, note: str) -> str:
    said = clean(note, field="note", longest=NOTE, lines=True)
    return labelled(_(WAYS[way]), said) if said else _(WAYS[way])


def _step(desk: Desk, session: Session, slip: SlipHead, verb: str, changes: dict[str, Any], note: str) -> str:
    advance(desk, session, SLIP_FLOW, Slip, held(slip), verb, changes=changes, note=note)
    return slip.number
