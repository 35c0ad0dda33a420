"""Whatever a person can type or a hostile file can hold is kept or refused, and never breaks anything (FIL-3)."""

from __future__ import annotations

import json

from ordersdesk.customers.exchange.import_actions import add_many
from ordersdesk.customers.finding.card_queries import card
from ordersdesk.customers.finding.duplicate_queries import suspects
from ordersdesk.customers.finding.find_queries import find, holders
from ordersdesk.customers.model.drafts import NewCustomer
from ordersdesk.customers.model.rows import Prepared, prepared
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.searching.terms import folded
from ordersdesk.foundation.texts.refusals import Refused
from ordersdesk.foundation.texts.texts import NAME
from tests.datasets import dataset


def strings() -> list[str]:
    return json.loads(dataset("naughty-input/blns.json").read_text(encoding="utf-8"))


def kept(desk: Desk, text: str) -> Prepared | None:
    """Return the customer if it may be stored; anything but a refusal by FIL-3 is a failure."""
    try:
        return prepared(desk, NewCustomer(name=text, contact=text, address=text, territory=text, note=text))
    except Refused as refused:
        if refused.rule != "FIL-3":
            raise
        return None


def test_naughty_names_are_stored_whole_and_found_again(desk: Desk) -> None:
    rows = [row for text in strings() if (row := kept(desk, text)) and row.new.name]
    ids = desk.database.write(lambda session: add_many(desk, session, rows))
    assert len(ids) > 450
    for row, customer_id in zip(rows[::7], ids[::7], strict=True):
        shown = card(desk, customer_id)
        assert shown is not None
        assert (shown.name, shown.contacts[0].name, shown.addresses[0].text) == (row.new.name,) * 3
        if folded(row.new.name):
            assert any(folded(found.name) == folded(row.new.name) for found in find(desk, row.new.name, limit=60))


def test_naughty_searches_and_callers_find_nobody_and_break_nothing(desk: Desk) -> None:
    for text in [*strings(), "\ud800", "a\x00b", "\U0010ffff", "9" * 10_000, "张" * 10_000, "a " * 5_000]:
        assert find(desk, text) == holders(desk, text) == []
        with desk.reading() as session:
            assert suspects(desk, session, NewCustomer(name=text[:NAME], tax_id=text), ()) == []
