"""Many customers at once are the same as one by one, and a file read twice adds nothing (FIL-1)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import select

from ordersdesk.customers.exchange import import_actions
from ordersdesk.customers.exchange.import_actions import add_many
from ordersdesk.customers.finding.card_queries import Card, card, card_within
from ordersdesk.customers.model.drafts import NewCustomer
from ordersdesk.customers.model.indexing import TERM
from ordersdesk.customers.model.queries import CUSTOMER
from ordersdesk.customers.records.actions import create
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.documents.document import timeline
from ordersdesk.foundation.texts.refusals import Refused
from ordersdesk.orders.review.standing_actions import merge
from tests.builders import as_role
from tests.customers.making import draft, numbers, saved

LI = NewCustomer(name="李四", phone="62345678", source="crm:2")


def added(desk: Desk, rows: Sequence[NewCustomer], **options: Any) -> list[int]:
    return desk.database.write(lambda session: add_many(desk, session, rows, **options))


def everything(desk: Desk, customer_id: int) -> tuple[set[str], str, Card]:
    """What a customer is found by, and the card, number and timeline apart."""
    with desk.reading() as session:
        terms = session.execute(select(TERM.c.term).where(TERM.c.owner_id == customer_id, TERM.c.why != "#")).scalars()
        text = session.execute(select(CUSTOMER.c.search_text).where(CUSTOMER.c.id == customer_id)).scalar_one()
        found = card_within(session, customer_id)
        assert found is not None
        contacts = tuple(replace(contact, id=0) for contact in found.contacts)
        addresses = tuple(replace(place, id=0) for place in found.addresses)
        bare = replace(found, id=0, number="", contacts=contacts, addresses=addresses)
        return set(terms), text.replace(found.number.lower(), ""), bare


def test_an_imported_customer_is_like_one_made_by_hand(desk: Desk) -> None:
    row = draft(contact="单雄", phone="13800138000/62345678-801", note="a", distance_km=3)
    made = create(desk, row)
    assert added(desk, [row]) == [2]
    assert everything(desk, 2) == everything(desk, made.id)
    assert [numbers(desk, text) for text in ("shanxiong", "62345678", "C000002")] == [["C000001", "C000002"]] * 2 + [
        ["C000002"]
    ]


def test_doing_it_twice_changes_nothing(desk: Desk) -> None:
    rows = [draft(source="crm:1"), LI, draft(source="crm:1")]
    assert added(desk, rows) == [1, 2, 1]
    assert added(desk, [LI, *rows, NewCustomer(name="王五", source="crm:3")]) == [2, 1, 2, 1, 3]
    with desk.reading() as session:
        assert session.execute(select(CUSTOMER.c.number).order_by(CUSTOMER.c.id)).scalars().all() == [
            "C000001",
            "C000002",
            "C000003",
        ]


def test_a_merged_customer_is_known_by_its_old_source(desk: Desk) -> None:
    added(desk, [draft(source="crm:1"), LI])
    merge(as_role(desk, "leader"), kept_id=1, merged_id=2)
    assert added(desk, [LI]) == [1]


def test_slices_keep_the_order_and_tell_how_far_they_are(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(import_actions, "SLICE", 3)
    rows = [NewCustomer(name=f"Customer {place}", source=str(place) if place % 2 else None) for place in range(8)]
    told: list[int] = []
    assert added(desk, rows, told=told.append) == list(range(1, 9))
    assert told == [3, 6, 8]
    assert numbers(desk, "customer 5")[0] == "C000006"


def test_a_row_without_a_name_or_with_a_wrong_phone_leaves_nothing_behind(desk: Desk) -> None:
    for wrong, rule in (
        (NewCustomer(phone="13800138000"), "CUS-4"),
        (draft(phone="12"), "CUS-3"),
        (draft(name="\x00"), "FIL-3"),
    ):
        with pytest.raises(Refused) as refused:
            added(desk, [LI, wrong])
        assert refused.value.rule == rule
    assert numbers(desk, "李四") == []
    assert saved(desk).number == "C000001"


def test_what_a_file_lacks_is_listed_to_complete(desk: Desk) -> None:
    added(desk, [LI])
    found = card(desk, 1)
    assert found is not None
    assert {"address", "territory", "contact"} <= set(found.to_complete)
    with desk.reading() as session:
        assert [(row.verb, row.note) for row in timeline(session, "customer", 1)] == [("imported", "crm:2")]
