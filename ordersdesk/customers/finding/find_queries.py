"""Finding customers by anything a caller says (CUS-2), and who rings (CAL-3)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import Column, bindparam, func, select
from sqlmodel import Session

from ordersdesk.customers.model.indexing import SEARCHED
from ordersdesk.customers.model.queries import ADDRESS, CONTACT, CUSTOMER, PHONE
from ordersdesk.customers.model.rules import Why, masked_address, old_number
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.phones import phones
from ordersdesk.foundation.phones import writing as phone_writing
from ordersdesk.foundation.phones.phones import Phone
from ordersdesk.foundation.searching.lookup import SCANNED, Hit, finding, literal, starting
from ordersdesk.foundation.searching.terms import folded, key, phrase
from ordersdesk.foundation.store.prepared import Prepared
from ordersdesk.foundation.texts.codes import code

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
    plan = desk.policy.phones
    phone = phones.whole(text, plan)
    digits = phone.e164 if phone else phones.digits_of(text, plan)
    with desk.reading() as session:
        matches = _numbered(desk, session, text) or (_holders(session, phone) if phone else [])
        matches = matches or _parts(desk, session, text, most=max(limit, SCANNED))
        return _shown(desk, session, matches[:limit], text, digits, masked=masked)


def holders(desk: Desk, phone_text: str) -> list[Found]:
    """Return everybody a caller's number belongs to, same extension first; empty and withheld match nobody (CUS-3)."""
    phone = phones.presented(phone_text, desk.policy.phones)
    if phone is None:
        return []
    with desk.reading() as session:
        return _shown(desk, session, _holders(session, phone), phone.e164, phone.e164, masked=False)


_NUMBERED = Prepared(
    select(func.coalesce(CUSTOMER.c.merged_into, CUSTOMER.c.id)).where(CUSTOMER.c.number == bindparam("number"))
)
_HOLDERS = Prepared(
    select(PHONE.c.customer_id, PHONE.c.extension)
    .where(PHONE.c.e164 == bindparam("e164"))
    .order_by(PHONE.c.id)
    .limit(SHARED)
)


def _numbered(desk: Desk, session: Session, text: str) -> list[_Match]:
    number = code(text)
    prefix = desk.policy.customers.number_prefix
    if not (number.startswith(prefix) and number[len(prefix) :].isdecimal()):
        return []
    return [_Match(row[0], Why.NUMBER, is_exact=True) for row in _NUMBERED.rows(session, number=number)]


def _holders(session: Session, phone: Phone) -> list[_Match]:
    rows = _HOLDERS.rows(session, e164=phone.e164)
    owners = dict.fromkeys(owner for owner, extension in rows if extension == phone.extension)
    owners |= dict.fromkeys(owner for owner, _extension in rows)
    return [_Match(owner, Why.PHONE, is_exact=True) for owner in owners]


def _parts(desk: Desk, session: Session, text: str, *, most: int) -> list[_Match]:
    plan, shortest = desk.policy.phones, desk.policy.customers.shortest_phone_part
    digits = phones.digits_of(text, plan)
    if len(digits) < shortest:
        return _ranked(finding(session, SEARCHED, text, limit=most), phrase(text))
    hits = starting(session, SEARCHED, digits, limit=most)
    bare = phones.looser(digits, plan)
    if not hits and bare:
        hits, digits = starting(session, SEARCHED, bare, limit=most), bare
    return _ranked(hits or finding(session, SEARCHED, text, limit=most), digits)


def _ranked(hits: Iterable[Hit], word: str) -> list[_Match]:
    """Put what was meant first: a term that is the whole word, then number, phone, name, contact, address."""
    begin = key(word)
    ordered = sorted(hits, key=lambda hit: (hit.term != begin, _ORDER.get(hit.why, 9)))
    return [_Match(hit.owner_id, hit.why) for hit in ordered]


class _Row(NamedTuple):
    """A customer as it is read."""

    id: int
    number: str
    name: str
    territory: str
    size_class: str
    blocked: str
    first_contact: str
    first_phone: str
    first_address: str
    source: str | None


def _among(*shown: Column[str]) -> Prepared:
    """Prepare what of some customers holds the text, the first of each coming last."""
    table = shown[0].table
    rows = select(table.c.customer_id, *shown).where(table.c.customer_id.in_(bindparam("ids", expanding=True)))
    if CONTACT.c.name in shown[1:]:
        rows = rows.outerjoin(CONTACT, CONTACT.c.id == PHONE.c.contact_id)
    held = shown[0].like(bindparam("held"), escape="\\")
    return Prepared(rows.where(held).order_by(table.c.id.desc()), lists=["ids"])


_ROWS = Prepared(
    select(*(CUSTOMER.c[name] for name in _Row._fields)).where(CUSTOMER.c.id.in_(bindparam("ids", expanding=True))),
    lists=["ids"],
)
# What is shown instead of the first contact, phone or address when another one was meant.
_OTHERS = {
    Why.PHONE: (_among(PHONE.c.e164, CONTACT.c.name), ("first_phone", "first_contact")),
    Why.CONTACT: (_among(CONTACT.c.name), ("first_contact",)),
    Why.ADDRESS: (_among(ADDRESS.c.text), ("first_address",)),
}


def _shown(
    desk: Desk, session: Session, matches: Sequence[_Match], text: str, digits: str, *, masked: bool
) -> list[Found]:
    ids = [match.customer_id for match in matches]
    rows = {row[0]: _Row(*row) for row in _ROWS.rows(session, ids=ids)}
    for why, (others, shown) in _OTHERS.items():
        held = digits.removeprefix("0") if why is Why.PHONE else phrase(text)
        meant = [own for own, by, _exact in matches if by == why and held not in getattr(rows[own], shown[0]).lower()]
        for own, *found in others.rows(session, ids=meant, held=f"%{literal(held)}%"):
            rows[own] = rows[own]._replace(**{name: value for name, value in zip(shown, found, strict=True) if value})
    return [_found(desk, match, rows[match.customer_id], text, masked=masked) for match in matches]


def _number(row: _Row, text: str) -> str:
    """Return the number that was meant: ours, or the one the customer had in the system it came from."""
    old = old_number(row.source)
    return old if old and folded(old).startswith(folded(text)) else row.number


def _found(desk: Desk, match: _Match, row: _Row, text: str, *, masked: bool) -> Found:
    phone, users = row.first_phone, desk.policy.users
    if masked and phone:
        phone = phone_writing.masked(phone, front=users.mask_front, back=users.mask_back)
    address = masked_address(row.first_address) if masked else row.first_address
    matched = {
        Why.NUMBER: text.strip().upper() if match.is_exact else _number(row, text),
        Why.PHONE: phone,
        Why.NAME: row.name,
        Why.CONTACT: row.first_contact,
        Why.ADDRESS: address,
    }[Why(match.why)]
    return Found(*row[:6], str(match.why), matched, match.is_exact, row.first_contact, phone, address)
