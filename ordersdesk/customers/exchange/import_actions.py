"""Many customers at once, from a file: the same checks and rows as one by hand, written in bulk (FIL-1)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from itertools import islice
from typing import Any

from sqlmodel import Session

from ordersdesk.customers.model.changing import KIND
from ordersdesk.customers.model.drafts import NewCustomer
from ordersdesk.customers.model.indexing import TERM, by_source
from ordersdesk.customers.model.numbers import next_numbers
from ordersdesk.customers.model.queries import ADDRESS, CONTACT, CUSTOMER, PHONE
from ordersdesk.customers.model.rows import (
    Prepared,
    address_row,
    contact_row,
    customer_row,
    has_contact,
    phone_rows,
    prepared,
)
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.documents.document import Timeline, table_of
from ordersdesk.foundation.searching.lookup import NewTerms
from ordersdesk.foundation.store.bulk import grown
from ordersdesk.foundation.store.typed_rows import put, take_ids
from ordersdesk.foundation.texts.language import _
from ordersdesk.foundation.texts.refusals import Refused

_TIMELINE = table_of(Timeline)

GROWN = 1_000  # customers from which PostgreSQL is told that its tables have grown
SLICE = 500  # customers written at once, with some seventy terms each


def add_many(
    desk: Desk,
    session: Session,
    rows: Iterable[NewCustomer | Prepared],
    *,
    told: Callable[[int], None] = lambda _done: None,
) -> list[int]:
    """Add customers inside the caller's transaction and return their ids in order.

    A row whose `source` is known already adds nothing and gives the known id, so a repeated import changes nothing.
    Only the name is required: what else is missing is listed to complete (CUS-4). `told` hears how many are done.
    """
    ids: list[int] = []
    rest, terms = iter(rows), NewTerms(session, TERM)
    while part := list(islice(rest, SLICE)):
        ids += _add_part(desk, session, [ready(desk, row) for row in part], terms)
        told(len(ids))
    terms.write()
    if len(ids) > GROWN:
        grown(session, CUSTOMER, CONTACT, PHONE, ADDRESS, TERM)
    return ids


def ready(desk: Desk, row: NewCustomer | Prepared) -> Prepared:
    """Check one row as a dry run does; refused when it has no name or something cannot be kept (CUS-3, CUS-4)."""
    made = row if isinstance(row, Prepared) else prepared(desk, row)
    if not made.new.name:
        raise Refused("CUS-4", _("Missing: {fields}.").format(fields=_("name")), mend=_("Give a name."), field="name")
    return made


def _add_part(desk: Desk, session: Session, part: Sequence[Prepared], terms: NewTerms) -> list[int]:
    known = by_source(session, [made.new.source for made in part if made.new.source])
    fresh: dict[str | int, Prepared] = {}
    for place, made in enumerate(part):
        if made.new.source not in known:
            fresh.setdefault(made.new.source or place, made)
    ids = dict(zip(fresh, _write(desk, session, list(fresh.values()), terms), strict=True)) if fresh else {}
    return [known.get(made.new.source or "") or ids[made.new.source or place] for place, made in enumerate(part)]


def _write(desk: Desk, session: Session, part: Sequence[Prepared], terms: NewTerms) -> list[int]:
    numbers, now = next_numbers(desk, session, len(part)), desk.now()  # one moment: it is turned into a text once
    ids = take_ids(session, CUSTOMER, len(part))
    rows: list[dict[str, Any]] = []
    for made, number, own in zip(part, numbers, ids, strict=True):  # side by side: terms and text read a name once
        keys = made.keys(number)
        rows.append({"id": own} | customer_row(desk, made, keys, now))
        terms.gather(own, keys.by_why(desk.policy))
    put(session, CUSTOMER, rows)
    _write_parts(session, list(zip(part, ids, strict=True)))
    put(session, _TIMELINE, [_imported(desk, made, own, now) for made, own in zip(part, ids, strict=True)])
    return ids


def _write_parts(session: Session, owned: Sequence[tuple[Prepared, int]]) -> None:
    spoken = [(made, own) for made, own in owned if has_contact(made.new, made.phones)]
    contacts = take_ids(session, CONTACT, len(spoken))
    reached = list(zip(spoken, contacts, strict=True))
    put(session, CONTACT, [{"id": each} | contact_row(own, made.new) for (made, own), each in reached])
    put(session, PHONE, [row for (made, own), each in reached for row in phone_rows(own, each, made.phones)])
    put(session, ADDRESS, [address_row(own, made.new) for made, own in owned if made.new.address])


def _imported(desk: Desk, made: Prepared, customer_id: int, now: datetime) -> dict[str, Any]:
    return {
        "kind": KIND,
        "document_id": customer_id,
        "at": now,
        "by": desk.user.login,
        "verb": "imported",
        "from_state": "",
        "to_state": "",
        "rule": "FIL-1",
        "note": made.new.source or "",
        "details": {},
    }
