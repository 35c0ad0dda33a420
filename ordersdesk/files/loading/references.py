"""What a file's codes point at: customers by the file's or our own number, items by code or bar code."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import Column, Table, select
from sqlmodel import Session

from ordersdesk.catalogue.queries import ITEM, UNIT
from ordersdesk.customers.model.indexing import by_source
from ordersdesk.customers.model.queries import ADDRESS, CONTACT, CUSTOMER, PHONE
from ordersdesk.files.loading.loads import Job
from ordersdesk.foundation.phones.phones import Phone
from ordersdesk.foundation.store.bulk import chunks
from ordersdesk.foundation.texts.codes import code, spellings
from ordersdesk.foundation.texts.language import _, word_list


@dataclass(frozen=True, slots=True)
class Party:
    """A customer as an import needs it."""

    id: int
    number: str
    name: str


@dataclass(frozen=True, slots=True)
class Good:
    """An item as an import needs it."""

    id: int
    code: str
    name: str
    unit: str
    category: str
    packs: dict[str, int] = field(default_factory=dict[str, int])


def customers(session: Session, job: Job, named: Iterable[str]) -> dict[str, Party]:
    """Return customers by what the file calls them: its own number for them first, then ours."""
    keys = list(dict.fromkeys(named))
    sources = {job.source((key,)): key for key in keys}
    ids = {sources[source]: found for source, found in by_source(session, list(sources)).items()}
    parties = {party.id: party for party in _parties(session, list(ids.values()))}
    found = {key: parties[id_] for key, id_ in ids.items()}
    return by_number(session, [key for key in keys if key not in found]) | found


def by_number(session: Session, numbers: Sequence[str]) -> dict[str, Party]:
    """Return customers by our own number, merged ones as what they were merged into (CUS-5)."""
    wanted: dict[str, list[str]] = {}
    for number in numbers:
        wanted.setdefault(code(number), []).append(number)
    owner: dict[str, int] = {}
    for piece in chunks(list(wanted)):
        columns = (CUSTOMER.c.number, CUSTOMER.c.id, CUSTOMER.c.merged_into)
        rows = session.connection().execute(select(*columns).where(CUSTOMER.c.number.in_(piece)))
        owner |= {name: merged or own for number, own, merged in rows for name in wanted[number]}
    parties = {party.id: party for party in _parties(session, list(owner.values()))}
    return {number: parties[id_] for number, id_ in owner.items()}


def by_phone(session: Session, numbers: Iterable[Phone]) -> dict[Phone, list[Party]]:
    """Return everybody a number belongs to; whoever has its extension as well hides the others (CUS-3)."""
    wanted = list(dict.fromkeys(numbers))
    held: dict[str, list[tuple[int, str]]] = {}
    for piece in chunks(list(dict.fromkeys(phone.e164 for phone in wanted))):
        columns = (PHONE.c.e164, PHONE.c.customer_id, PHONE.c.extension)
        rows = session.connection().execute(select(*columns).where(PHONE.c.e164.in_(piece)).order_by(PHONE.c.id))
        for e164, owner, extension in rows:
            held.setdefault(e164, []).append((owner, extension))
    owners = {phone: _nearest(held.get(phone.e164, ()), phone.extension) for phone in wanted}
    parties = {
        party.id: party for party in _parties(session, sorted({id_ for each in owners.values() for id_ in each}))
    }
    return {phone: [parties[id_] for id_ in each] for phone, each in owners.items()}


def _nearest(held: Sequence[tuple[int, str]], extension: str) -> list[int]:
    same = [owner for owner, theirs in held if extension and theirs == extension]
    return list(dict.fromkeys(same or [owner for owner, _theirs in held]))


def _parties(session: Session, ids: Sequence[int]) -> list[Party]:
    columns = (CUSTOMER.c.id, CUSTOMER.c.number, CUSTOMER.c.name)
    found: list[Party] = []
    for piece in chunks(ids):
        rows = session.connection().execute(select(*columns).where(CUSTOMER.c.id.in_(piece)))
        found += [Party(*row) for row in rows]
    return found


def items(session: Session, named: Iterable[str]) -> dict[str, list[Good]]:
    """Return the items a file may mean: the one of that code, else all of that bar code."""
    forms = {name: spellings(name) for name in named}
    wanted = sorted({form for each in forms.values() for form in each})
    by_code, by_barcode = (_named(session, column, wanted) for column in (ITEM.c.code, ITEM.c.barcode))
    found: dict[str, list[Good]] = {}
    for name, each in forms.items():
        of_code = next((by_code[form] for form in each if form in by_code), list[Good]())
        found[name] = of_code or [good for form in each for good in by_barcode.get(form, ())]
    return found


def _named(session: Session, column: Column[str], wanted: Sequence[str]) -> dict[str, list[Good]]:
    columns = (ITEM.c.id, ITEM.c.code, ITEM.c.name, ITEM.c.unit, ITEM.c.category)
    found: dict[str, list[Good]] = {}
    for piece in chunks(wanted):
        for key, *good in session.connection().execute(select(column, *columns).where(column.in_(piece))):
            found.setdefault(key, []).append(Good(*good))
    owners = {good.id: good.packs for same in found.values() for good in same}
    for piece in chunks(list(owners)):
        units = select(UNIT.c.item_id, UNIT.c.name, UNIT.c.factor).where(UNIT.c.item_id.in_(piece))
        for owner, name, factor in session.connection().execute(units):
            owners[owner][name] = factor
    return found


def meant(job: Job, row: int, typed: str, goods: Mapping[str, list[Good]]) -> Good | None:
    """Return the one item a row means; a problem is noted when there is none, or several of one bar code (CAT-2)."""
    found = goods.get(typed, [])
    if len(found) == 1:
        return found[0]
    why = _("there is no such item")
    if found:
        codes = word_list(sorted(good.code for good in found))
        why = _("is the bar code of several items: {codes}").format(codes=codes[:200])
    job.problem(row, "item", typed, why, "CAT-2")
    return None


@dataclass(frozen=True, slots=True)
class Reach:
    """Where a customer is reached: the first contact, phone and address on file."""

    contact: str = ""
    phone: str = ""
    address: str = ""


def reaches(session: Session, ids: Sequence[int]) -> dict[int, Reach]:
    """Return where customers are reached."""
    contacts = _first(session, CONTACT, CONTACT.c.name, ids)
    phones = _first(session, PHONE, PHONE.c.typed, ids)
    addresses = _first(session, ADDRESS, ADDRESS.c.text, ids)
    return {id_: Reach(contacts.get(id_, ""), phones.get(id_, ""), addresses.get(id_, "")) for id_ in ids}


def _first(session: Session, table: Table, column: Column[str], ids: Sequence[int]) -> dict[int, str]:
    found: dict[int, str] = {}
    for piece in chunks(ids):
        chosen = select(table.c.customer_id, column).where(table.c.customer_id.in_(piece)).order_by(table.c.id.desc())
        found |= {row[0]: row[1] for row in session.connection().execute(chosen)}
    return found
