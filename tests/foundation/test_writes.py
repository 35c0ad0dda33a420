"""What is slow to make is made while no transaction is open: nobody waits for it (CUS-2)."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlmodel import Session

from ordersdesk.catalogue.actions import add_item
from ordersdesk.customers.exchange.import_actions import add_many
from ordersdesk.customers.model.drafts import NewContact
from ordersdesk.customers.records.contact_actions import add_contact
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.documents.document import next_count
from ordersdesk.foundation.searching import pinyin, pinyin_words
from ordersdesk.foundation.searching import terms as search
from ordersdesk.foundation.store.writes import made_outside
from tests.builders import as_role
from tests.customers.making import draft, saved


def count(session: Session) -> int:
    return next_count(session, branch="SH", kind="parcel", day="")


def others_can_write(desk: Desk) -> bool:
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(desk.database.write, lambda _session: True).result(timeout=20)


def test_a_transaction_that_needs_what_is_not_made_begins_anew_when_it_is(desk: Desk) -> None:
    counts: list[int] = []
    slow = made_outside(lambda: others_can_write(desk))

    def work(session: Session) -> bool:
        counts.append(count(session))
        return slow()

    assert (desk.database.write(work), desk.database.write(work)) == (True, True)
    assert counts == [1, 1, 2]  # the first was taken back


def test_outside_of_transactions_it_is_made_where_it_is_needed() -> None:
    made: list[int] = []
    slow = made_outside(lambda: made.append(1))
    assert ([slow(), slow()], made) == ([None, None], [1])


ACTS: dict[str, Callable[[Desk], object]] = {
    "a customer": lambda desk: saved(desk, name="重庆音乐"),
    "a contact": lambda desk: add_contact(desk, 1, NewContact(contact="重庆音乐")),
    "an item": lambda desk: add_item(as_role(desk, "planning"), {"code": "A1", "name": "重庆音乐", "unit": "支"}),
    "a file": lambda desk: desk.database.write(lambda session: add_many(desk, session, [draft(name="重庆音乐")])),
}


@pytest.mark.parametrize("act", ACTS.values(), ids=ACTS)
def test_the_dictionary_is_loaded_while_nobody_waits(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, act: Callable[[Desk], object]
) -> None:
    saved(desk, name="Paper Ltd", kind="company", phone="13900139000")
    held, waited_for = pinyin_words.library(), list[bool]()

    @made_outside
    def library() -> object:
        waited_for.append(not others_can_write(desk))
        return held

    monkeypatch.setattr(pinyin, "library", library)
    monkeypatch.setattr(pinyin_words, "library", library)
    for kept in (pinyin._word, pinyin._others, pinyin._end, search._sounds):  # pyright: ignore[reportPrivateUsage]
        kept.cache_clear()
    act(desk)
    assert waited_for == [False]
