"""Finding customers by anything a caller says (CUS-2), and who rings (CAL-3)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import Column, ColumnElement, Select, bindparam, case, func, select
from sqlmodel import Session

from ordersdesk.customers.indexing import SEARCHED
from ordersdesk.customers.queries import ADDRESS, CONTACT, CUSTOMER, PHONE
from ordersdesk.customers.rules import Why, masked_address
from ordersdesk.foundation import phones
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.lookup import Hit, finding, literal, starting
from ordersdesk.foundation.phones import Phone
from ordersdesk.foundation.prepared import Prepared
from ordersdesk.foundation.search import key, phrase

SHARED = 100  # holders of one number that are shown
_ORDER = {why.value: place for place, why in enumerate(Why)}


@dataclass(frozen=True)
class Found:
    """One customer found: why it matched, what matched, and what tells it from others; masked in lists (USR-5)."""

    id: int
    number: str
    name: str
    territory: str
    size_class: str
    blocked: str
    why: str
    matched: str
    is_exact: bool
    contact: str = ""
    phone: str = ""
    address: str = ""


class _Match(NamedTuple):
    customer_id: int
    why: str
    is_exact: bool = False


def find(desk: Desk, text: str, *, limit: int = 20, masked: bool = True) -> list[Found]:
    """Return the customers a text finds (CUS-2): a whole phone or number hides all weaker matches (CUS-3)."""
    with desk.reading() as session:
        matches = _exact(desk, session, text) or _parts(desk, session, text)
        return _shown(desk, session, matches[:limit], text, masked=masked)


def holders(desk: Desk, phone_text: str) -> list[Found]:
    """Return everybody a caller's number belongs to, same extension first; empty and withheld match nobody (CUS-3)."""
    phone = phones.presented(phone_text, desk.policy.phones)
    if phone is None:
        return []
    with desk.reading() as session:
        return _shown(desk, session, _holders(session, phone), phone.e164, masked=False)


_NUMBERED = Prepared(
    select(func.coalesce(CUSTOMER.c.merged_into, CUSTOMER.c.id)).where(CUSTOMER.c.number == bindparam("number"))
)
_HOLDERS = Prepared(
    select(PHONE.c.customer_id, PHONE.c.extension)
    .where(PHONE.c.e164 == bindparam("e164"))
    .order_by(PHONE.c.id)
    .limit(SHARED)
)


def _exact(desk: Desk, session: Session, text: str) -> list[_Match]:
    number = text.strip().upper()
    prefix = desk.policy.customers.number_prefix
    if number.startswith(prefix) and number[len(prefix) :].isdecimal():
        rows = _NUMBERED.rows(session, number=number)
        return [_Match(row[0], Why.NUMBER, is_exact=True) for row in rows]
    phone = phones.whole(text, desk.policy.phones)
    return _holders(session, phone) if phone else []


def _holders(session: Session, phone: Phone) -> list[_Match]:
    rows = _HOLDERS.rows(session, e164=phone.e164)
    owners = dict.fromkeys(owner for owner, extension in rows if extension == phone.extension)
    owners |= dict.fromkeys(owner for owner, _extension in rows)
    return [_Match(owner, Why.PHONE, is_exact=True) for owner in owners]


def _parts(desk: Desk, session: Session, text: str) -> list[_Match]:
    plan, shortest = desk.policy.phones, desk.policy.customers.shortest_phone_part
    digits = phones.digits_of(text, plan)
    if len(digits) < shortest:
        return _ranked(finding(session, SEARCHED, text), phrase(text))
    hits = starting(session, SEARCHED, digits)
    bare = phones.looser(digits, plan)
    if not hits and bare:
        hits, digits = starting(session, SEARCHED, bare), bare
    return _ranked(hits or finding(session, SEARCHED, text), digits)


def _ranked(hits: Iterable[Hit], word: str) -> list[_Match]:
    """Put what was meant first: a term that is the whole word, then number, phone, name, contact, address."""
    begin = key(word)
    ordered = sorted(hits, key=lambda hit: (hit.term != begin, _ORDER.get(hit.why, 9)))
    return [_Match(hit.owner_id, hit.why) for hit in ordered]


def _held(column: Column[str], *, like: str) -> Select[tuple[str]]:
    """Choose the first of a customer's rows that holds what was typed."""
    table = column.table
    holding = (table.c.customer_id == CUSTOMER.c.id) & column.like(bindparam(like), escape="\\")
    return select(column).where(holding).order_by(table.c.id).limit(1)


def _as_found(why: Why, shown: Column[str], matching: Column[str], held: Select[tuple[str]]) -> ColumnElement[str]:
    """Show what the customer was found by, else what stands first; most often they are the same."""
    like = "digits" if why is Why.PHONE else "word"
    other = (bindparam(f"by_{why.name.lower()}") == 1) & ~matching.like(bindparam(like), escape="\\")
    return case((other, func.coalesce(held.scalar_subquery(), shown)), else_=shown)


_CALLER = (
    select(CONTACT.c.name)
    .join(PHONE, PHONE.c.contact_id == CONTACT.c.id)
    .where(PHONE.c.customer_id == CUSTOMER.c.id, PHONE.c.e164.like(bindparam("digits"), escape="\\"))
    .order_by(PHONE.c.id)
    .limit(1)
)
_REACHED = _as_found(Why.PHONE, CUSTOMER.c.first_contact, CUSTOMER.c.first_phone, _CALLER)
_NAMED = _as_found(Why.CONTACT, CUSTOMER.c.first_contact, CUSTOMER.c.first_contact, _held(CONTACT.c.name, like="word"))
_PHONED = _as_found(Why.PHONE, CUSTOMER.c.first_phone, CUSTOMER.c.first_phone, _held(PHONE.c.e164, like="digits"))
_PLACED = _as_found(Why.ADDRESS, CUSTOMER.c.first_address, CUSTOMER.c.first_address, _held(ADDRESS.c.text, like="word"))
# One statement for all that is shown: each further one would cost as much as the look-up itself.
_ROWS = Prepared(
    select(
        CUSTOMER.c.id,
        CUSTOMER.c.number,
        CUSTOMER.c.name,
        CUSTOMER.c.territory,
        CUSTOMER.c.size_class,
        CUSTOMER.c.blocked,
        case((bindparam("by_contact") == 1, _NAMED), else_=_REACHED).label("contact"),
        _PHONED.label("e164"),
        _PLACED.label("place"),
    ).where(CUSTOMER.c.id.in_(bindparam("ids", expanding=True))),
    lists=["ids"],
)


class _Row(NamedTuple):
    """A customer as it is read."""

    id: int
    number: str
    name: str
    territory: str
    size_class: str
    blocked: str
    contact: str
    e164: str
    place: str


def _shown(desk: Desk, session: Session, matches: Sequence[_Match], text: str, *, masked: bool) -> list[Found]:
    if not matches:
        return []
    whys = {match.why for match in matches}
    asked = {f"by_{why.name.lower()}": int(why in whys) for why in (Why.CONTACT, Why.PHONE, Why.ADDRESS)}
    digits = f"%{_digits(desk, text)}%" if asked["by_phone"] else ""
    ids = [match.customer_id for match in matches]
    found = _ROWS.rows(session, **asked, ids=ids, digits=digits, word=f"%{literal(phrase(text))}%")
    rows = {row[0]: _Row(*row) for row in found}
    return [_found(match, rows[match.customer_id], text, masked=masked) for match in matches]


def _digits(desk: Desk, text: str) -> str:
    plan = desk.policy.phones
    phone = phones.whole(text, plan)
    digits = phone.e164 if phone else phones.digits_of(text, plan)
    return digits if phone else digits.removeprefix("0")


def _found(match: _Match, row: _Row, text: str, *, masked: bool) -> Found:
    phone = phones.masked(row.e164) if masked and row.e164 else row.e164
    address = masked_address(row.place) if masked else row.place
    matched = {
        Why.NUMBER: text.strip().upper() if match.is_exact else row.number,
        Why.PHONE: phone,
        Why.NAME: row.name,
        Why.CONTACT: row.contact,
        Why.ADDRESS: address,
    }[Why(match.why)]
    particulars = (row.id, row.number, row.name, row.territory, row.size_class, row.blocked)
    return Found(*particulars, str(match.why), matched, match.is_exact, row.contact, phone, address)
