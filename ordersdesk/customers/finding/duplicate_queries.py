"""Who a new customer may already be: the same phone, name, near-same name or tax id, each with its reason (CUS-4)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from sqlalchemy import Column, ColumnElement, Select, func, select
from sqlmodel import Session

from ordersdesk.customers.model import rules
from ordersdesk.customers.model.drafts import NewCustomer
from ordersdesk.customers.model.indexing import SEARCHED
from ordersdesk.customers.model.queries import ADDRESS, CONTACT, CUSTOMER, PHONE
from ordersdesk.customers.model.rules import Why
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.phones.phones import Phone
from ordersdesk.foundation.searching.lookup import starting
from ordersdesk.foundation.searching.pinyin import readings
from ordersdesk.foundation.searching.terms import LONGEST_ADDRESS_TERM, folded
from ordersdesk.foundation.store.bulk import chunks
from ordersdesk.foundation.texts.language import N_

MOST = 20
READ = 10  # names that are read and compared in the time in which one is looked for
REASONS: dict[str, str] = {
    "phone": N_("same phone"),
    "name": N_("same name in this territory"),
    "near_name": N_("nearly the same name"),
    "tax_id": N_("same tax id"),
}


@dataclass(frozen=True)
class Suspect:
    """A known customer beside the new one, and why they may be the same; shown on the call, so nothing is masked."""

    customer_id: int
    number: str
    name: str
    territory: str
    reasons: tuple[str, ...]
    contact: str = ""
    phone: str = ""
    address: str = ""


def suspects(desk: Desk, session: Session, draft: NewCustomer, phones: Iterable[Phone]) -> list[Suspect]:
    """Return the customers a draft may be the same as, the strongest reasons first; unfinished drafts are fine."""
    reasons: dict[int, list[str]] = {}
    for reason, customer_id in _found(desk, session, draft, [phone.e164 for phone in phones]):
        known = reasons.setdefault(customer_id, [])
        if reason not in known and not (reason == "near_name" and "name" in known):
            known.append(reason)
    return _beside(session, dict(list(reasons.items())[:MOST]))


Party = tuple[str, str]
"""Number and name of a known customer."""


@dataclass(frozen=True)
class Parties:
    """Known customers by what a new one may have in common with them (CUS-4)."""

    by_phone: Mapping[str, Party]
    by_name: Mapping[tuple[str, str], Party]
    by_tax_id: Mapping[str, Party]
    by_core: Mapping[tuple[str, str], Party]

    def same_as(self, draft: NewCustomer, e164s: Iterable[str]) -> Party | None:
        """Return a customer with the same phone, name in the territory (legal form aside), or tax id, in that order."""
        by_phone = next((self.by_phone[e164] for e164 in e164s if e164 in self.by_phone), None)
        by_name = self.by_name.get((folded(draft.name), draft.territory))
        if not (by_phone or by_name) and self.by_core:
            by_name = self.by_core.get((rules.core(draft.name), draft.territory))
        return by_phone or by_name or self.by_tax_id.get(draft.tax_id)


def parties(session: Session, drafts: Sequence[NewCustomer], e164s: Iterable[str]) -> Parties:
    """Read all customers that some new ones may be the same as: a few statements for a whole file."""
    book = session.connection().execute(select(func.count()).select_from(CUSTOMER)).scalar_one()
    if not book:
        return Parties({}, {}, {}, {})
    shown = (CUSTOMER.c.number, CUSTOMER.c.name)
    holding = select(PHONE.c.e164, *shown).join(CUSTOMER, CUSTOMER.c.id == PHONE.c.customer_id)
    named = select(CUSTOMER.c.folded_name, CUSTOMER.c.territory, *shown)
    taxed = select(CUSTOMER.c.tax_id, *shown)
    tax_ids = {draft.tax_id for draft in drafts if draft.tax_id}
    names = {folded(draft.name) for draft in drafts}
    return Parties(
        by_phone={row[0]: (row[1], row[2]) for row in _among(session, holding, PHONE.c.e164, e164s)},
        by_name={(row[0], row[1]): (row[2], row[3]) for row in _among(session, named, CUSTOMER.c.folded_name, names)},
        by_tax_id={row[0]: (row[1], row[2]) for row in _among(session, taxed, CUSTOMER.c.tax_id, tax_ids)},
        by_core=_by_core(session, {rules.core(draft.name) for draft in drafts}, book=book),
    )


def _by_core(session: Session, cores: Iterable[str], *, book: int) -> dict[tuple[str, str], Party]:
    """Read customers whose names begin like these, by what tells a name from others: 明远有限公司 is 明远.

    Names that are only alike are shown at the desk: of a file they would be thousands.
    """
    standing = select(CUSTOMER.c.name, CUSTOMER.c.territory, CUSTOMER.c.number).where(CUSTOMER.c.merged_into.is_(None))
    standing = standing.order_by(CUSTOMER.c.id.desc())
    probes = sorted({core[:LONGEST_ADDRESS_TERM] for core in cores} - {""})
    if book <= READ * len(probes):
        chosen = [standing]
    else:
        hits = (hit for probe in probes for hit in starting(session, SEARCHED, probe))
        ids = {hit.owner_id for hit in hits if hit.why == Why.NAME}
        chosen = [standing.where(CUSTOMER.c.id.in_(piece)) for piece in chunks(sorted(ids, reverse=True))]
    rows = (row for each in chosen for row in session.connection().execute(each))
    return {(rules.core(name), territory): (number, name) for name, territory, number in rows}


def _among(session: Session, chosen: Any, column: Column[str], wanted: Iterable[str]) -> Iterator[Sequence[str]]:
    """Yield the rows of customers that stand, the oldest last: of several alike the first one is named."""
    standing = chosen.where(CUSTOMER.c.merged_into.is_(None)).order_by(CUSTOMER.c.id.desc())
    for piece in chunks(sorted(set(wanted))):
        yield from session.connection().execute(standing.where(column.in_(piece)))


def _found(desk: Desk, session: Session, draft: NewCustomer, e164s: list[str]) -> Iterator[tuple[str, int]]:
    if e164s:
        same = select(PHONE.c.customer_id).where(PHONE.c.e164.in_(e164s)).order_by(PHONE.c.id).limit(MOST)
        yield from (("phone", found) for found in session.connection().execute(same).scalars())
    tax_id, territory = _storable(draft.tax_id), _storable(draft.territory)
    if tax_id:
        yield from _equal(session, "tax_id", CUSTOMER.c.tax_id == tax_id)
    name = folded(draft.name)
    if name:
        here = (CUSTOMER.c.folded_name == name) & (CUSTOMER.c.territory == territory)
        yield from _equal(session, "name", here)
        yield from (("near_name", found) for found in _near(desk, session, draft))


def _storable(text: str) -> str:
    """Drop what no database holds: the draft may still be unchecked while it is typed."""
    return "".join(char for char in text.strip() if char.isprintable())


def _equal(session: Session, reason: str, condition: ColumnElement[bool]) -> Iterator[tuple[str, int]]:
    statement = select(CUSTOMER.c.id).where(condition, CUSTOMER.c.merged_into.is_(None)).order_by(CUSTOMER.c.id)
    yield from ((reason, found) for found in session.connection().execute(statement.limit(MOST)).scalars())


def _near(desk: Desk, session: Session, draft: NewCustomer) -> Iterator[int]:
    """Compare with customers that share one half of the name, or its sound; people only within the territory."""
    hits = (hit for probe in sorted(_probes(draft.name)) for hit in starting(session, SEARCHED, probe))
    ids = sorted({hit.owner_id for hit in hits if hit.why == Why.NAME})
    columns = (CUSTOMER.c.id, CUSTOMER.c.name, CUSTOMER.c.kind, CUSTOMER.c.territory)
    rows = session.connection().execute(select(*columns).where(CUSTOMER.c.id.in_(ids)).order_by(CUSTOMER.c.id))
    sound = _sounds(draft.name)
    for customer_id, name, kind, territory in rows:
        if "person" in (kind, draft.kind) and territory != draft.territory.strip():
            continue
        if rules.alike(draft.name, name) >= desk.policy.customers.similar_name_percent or _sounds(name) & sound:
            yield customer_id


def _probes(name: str) -> set[str]:
    core = rules.core(name)
    half = max(len(core) // 2, 1)
    words = folded(name).split()
    return {core[:half], core[half:], core, words[0], *_sounds(name)}


def _sounds(name: str) -> set[str]:
    core = "".join(char for char in rules.core(name) if not char.isascii())
    return {"".join(syllables) for person in (True, False) for syllables in readings(core, person=person)}


def _beside(session: Session, reasons: dict[int, list[str]]) -> list[Suspect]:
    columns = (CUSTOMER.c.id, CUSTOMER.c.number, CUSTOMER.c.name, CUSTOMER.c.territory)
    rows = session.connection().execute(select(*columns).where(CUSTOMER.c.id.in_(list(reasons))))
    found = {row.id: row for row in rows}
    contacts = _first(session, reasons, select(CONTACT.c.customer_id, CONTACT.c.name).order_by(CONTACT.c.id.desc()))
    phones = _first(session, reasons, select(PHONE.c.customer_id, PHONE.c.e164).order_by(PHONE.c.id.desc()))
    places = _first(session, reasons, select(ADDRESS.c.customer_id, ADDRESS.c.text).order_by(ADDRESS.c.id.desc()))
    return [_suspect(found[each], why, contacts, phones, places) for each, why in reasons.items() if each in found]


def _suspect(row: Any, why: list[str], *first: dict[int, str]) -> Suspect:
    contact, phone, place = (texts.get(row.id, "") for texts in first)
    return Suspect(row.id, row.number, row.name, row.territory, tuple(why), contact, phone, place)


def _first(session: Session, ids: Iterable[int], statement: Select[Any, Any]) -> dict[int, str]:
    chosen = statement.where(statement.selected_columns[0].in_(list(ids)))
    rows = cast("Iterable[tuple[int, str]]", session.connection().execute(chosen).all())
    return {key: value for key, value in rows}
