"""Finding customers by anything a caller says (CUS-2), and who rings (CAL-3)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, func, select
from sqlmodel import Session

from ordersdesk.customers.indexing import SEARCHED
from ordersdesk.customers.queries import ADDRESS, CONTACT, CUSTOMER, PHONE
from ordersdesk.customers.rules import Why, masked_address
from ordersdesk.foundation import phones
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.lookup import Hit, finding, starting
from ordersdesk.foundation.phones import Phone
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


@dataclass(frozen=True)
class _Match:
    customer_id: int
    why: str
    key: str
    is_exact: bool = False


def find(desk: Desk, text: str, *, limit: int = 20, masked: bool = True) -> list[Found]:
    """Return the customers a text finds (CUS-2): a whole phone or number hides all weaker matches (CUS-3)."""
    with desk.reading() as session:
        matches = _exact(desk, session, text) or _parts(desk, session, text)
        return _shown(session, matches[:limit], masked=masked)


def holders(desk: Desk, phone_text: str) -> list[Found]:
    """Return everybody a caller's number belongs to, same extension first; empty and withheld match nobody (CUS-3)."""
    phone = phones.presented(phone_text, desk.policy.phones)
    if phone is None:
        return []
    with desk.reading() as session:
        return _shown(session, _holders(session, phone), masked=False)


def _exact(desk: Desk, session: Session, text: str) -> list[_Match]:
    number = text.strip().upper()
    prefix = desk.policy.customers.number_prefix
    if number.startswith(prefix) and number[len(prefix) :].isdecimal():
        merged = func.coalesce(CUSTOMER.c.merged_into, CUSTOMER.c.id)
        found = session.connection().execute(select(merged).where(CUSTOMER.c.number == number)).scalar()
        return [_Match(found, Why.NUMBER, number, is_exact=True)] if found else []
    phone = phones.whole(text, desk.policy.phones)
    return _holders(session, phone) if phone else []


_HOLDERS = (
    select(PHONE.c.customer_id, PHONE.c.extension)
    .where(PHONE.c.e164 == bindparam("e164"))
    .order_by(PHONE.c.id)
    .limit(SHARED)
)


def _holders(session: Session, phone: Phone) -> list[_Match]:
    rows = session.connection().execute(_HOLDERS, {"e164": phone.e164}).all()
    owners = dict.fromkeys(owner for owner, extension in rows if extension == phone.extension)
    owners |= dict.fromkeys(owner for owner, _extension in rows)
    return [_Match(owner, Why.PHONE, phone.e164, is_exact=True) for owner in owners]


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
    return [_Match(hit.owner_id, hit.why, hit.term) for hit in ordered]


_PLACE = select(ADDRESS.c.text).where(ADDRESS.c.customer_id == CUSTOMER.c.id).order_by(ADDRESS.c.id).limit(1)
_ROWS = select(
    CUSTOMER.c.id, CUSTOMER.c.number, CUSTOMER.c.name, CUSTOMER.c.territory, CUSTOMER.c.size_class,
    CUSTOMER.c.blocked, _PLACE.scalar_subquery().label("address"),
).where(CUSTOMER.c.id.in_(bindparam("ids", expanding=True)))  # fmt: skip
_REACHED = (
    select(CONTACT.c.customer_id, CONTACT.c.name, PHONE.c.e164)
    .outerjoin(PHONE, PHONE.c.contact_id == CONTACT.c.id)
    .where(CONTACT.c.customer_id.in_(bindparam("ids", expanding=True)))
    .order_by(CONTACT.c.id, PHONE.c.id)
)
_PLACES = (
    select(ADDRESS.c.customer_id, ADDRESS.c.text)
    .where(ADDRESS.c.customer_id.in_(bindparam("ids", expanding=True)))
    .order_by(ADDRESS.c.id)
)


def _shown(session: Session, matches: Sequence[_Match], *, masked: bool) -> list[Found]:
    if not matches:
        return []
    connection = session.connection()
    rows = {row.id: row for row in connection.execute(_ROWS, {"ids": [match.customer_id for match in matches]})}
    reached: dict[int, list[tuple[str, str]]] = {}
    for owner, name, e164 in connection.execute(_REACHED, {"ids": list(rows)}):
        reached.setdefault(owner, []).append((name, e164 or ""))
    by_address = [match.customer_id for match in matches if match.why == Why.ADDRESS]
    places: dict[int, list[str]] = {}
    if by_address:
        for owner, place in connection.execute(_PLACES, {"ids": by_address}):
            places.setdefault(owner, []).append(place)
    return [
        _found(match, rows[owner], reached.get(owner, []), places.get(owner, []), masked=masked)
        for match in matches
        for owner in [match.customer_id]
        if owner in rows
    ]


def _found(
    match: _Match, row: Any, reached: Sequence[tuple[str, str]], places: Sequence[str], *, masked: bool
) -> Found:
    contact, e164 = _contacted(match, reached)
    address = next((place for place in places if match.key in phrase(place)), row.address or "")
    phone = phones.masked(e164) if masked and e164 else e164
    address = masked_address(address) if masked else address
    matched = {
        Why.NUMBER: match.key if match.is_exact else row.number,
        Why.PHONE: phone,
        Why.NAME: row.name,
        Why.CONTACT: contact,
        Why.ADDRESS: address,
    }[Why(match.why)]
    particulars = (row.id, row.number, row.name, row.territory, row.size_class, row.blocked)
    return Found(*particulars, match.why, matched, match.is_exact, contact, phone, address)


def _contacted(match: _Match, reached: Sequence[tuple[str, str]]) -> tuple[str, str]:
    """Return the contact and phone that matched, else the customer's first."""
    if match.why == Why.PHONE:
        fitting = (each for each in reached if each[1] == match.key or match.key in phones.dialled(each[1]))
    else:
        fitting = (each for each in reached if match.why == Why.CONTACT and match.key in phrase(each[0]))
    first = reached[0] if reached else ("", "")
    contact, e164 = next(fitting, first)
    return contact, e164 or next((each[1] for each in reached if each[1]), "")
