"""Two records of one customer become one, and the old number still finds it (CUS-5)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from sqlalchemy import func, insert, select

from ordersdesk.calls.actions import answer, park
from ordersdesk.calls.queries import by_key
from ordersdesk.customers.finding.card_queries import card
from ordersdesk.customers.finding.find_queries import find, holders
from ordersdesk.customers.model.indexing import TERM
from ordersdesk.customers.records.actions import edit
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.documents.document import table_of, timeline
from ordersdesk.foundation.texts.refusals import Refused
from ordersdesk.orders.model.tables import Usual
from ordersdesk.orders.review.standing_actions import merge
from tests.builders import an_item, as_role
from tests.customers.making import numbers, saved, serving

USUAL = table_of(Usual)


@pytest.fixture
def leader(desk: Desk) -> Desk:
    """A team leader's desk with two records: 张三, and 李四 who is the same."""
    desk = serving(desk, "浦东", "徐汇")
    saved(desk, note="one", route="")
    saved(desk, name="李四", phone="62345678", territory="徐汇", note="two", route="R7")
    return as_role(desk, "leader")


def test_the_old_number_phone_and_address_find_the_kept_customer(leader: Desk) -> None:
    merge(leader, kept_id=1, merged_id=2)
    found = {text: numbers(leader, text) for text in ("C000002", "C000001", "62345678", "5678", "张江路")}
    assert found == {key: ["C000001"] for key in found}
    assert find(leader, "C000002")[0].matched == "C000002"
    assert numbers(leader, "李四") == []
    assert [each.number for each in holders(leader, "62345678")] == ["C000001"]


def test_the_card_holds_what_both_had(leader: Desk) -> None:
    merge(leader, kept_id=1, merged_id=2)
    old, kept = card(leader, 2), card(leader, 1)
    assert kept is not None
    assert old == kept
    assert (kept.name, kept.note, kept.route, kept.old_numbers) == ("张三", "one\ntwo", "R7", ("C000002",))
    assert [contact.phones[0].e164 for contact in kept.contacts] == ["+8613800138000", "+862162345678"]
    assert [place.text for place in kept.addresses] == ["上海市浦东新区张江路123号"]


def test_what_other_rooms_keep_follows(leader: Desk) -> None:
    answer(leader, key="k", presented="62345678")
    park(leader, key="k", draft={}, customer_id=2)
    pens, paper = an_item(leader, "PEN"), an_item(leader, "A4")

    def usual(session: Any) -> None:
        rows = [(1, pens, 1, 10, 3), (2, pens, 2, 20, 5), (2, paper, 1, 5, 4)]
        names = ("customer_id", "item_id", "orders", "pieces", "last_on")
        session.execute(
            insert(USUAL), [dict(zip(names, (*row[:4], date(2026, 11, row[4])), strict=True)) for row in rows]
        )

    leader.database.write(usual)
    merge(leader, kept_id=1, merged_id=2)
    with leader.reading() as session:
        call = by_key(session, "k")
        kept = session.execute(select(USUAL).order_by(USUAL.c.item_id)).all()
    assert call is not None
    assert call.customer_id == 1
    assert [tuple(row) for row in kept] == [(1, pens, 3, 30, date(2026, 11, 5)), (1, paper, 1, 5, date(2026, 11, 4))]


def test_merging_again_keeps_every_old_number(leader: Desk) -> None:
    saved(leader, name="王五", phone="13911112222", territory="浦东")
    merge(leader, kept_id=2, merged_id=1)
    merge(leader, kept_id=3, merged_id=2)
    assert [numbers(leader, text) for text in ("C000001", "C000002", "C000003", "8000")] == [["C000003"]] * 4


def test_a_merged_customer_is_out_of_reach(leader: Desk) -> None:
    merge(leader, kept_id=1, merged_id=2)
    for refusing in (
        lambda: edit(leader, 2, version=2, changes={"note": "x"}),
        lambda: merge(leader, kept_id=1, merged_id=2),
    ):
        with pytest.raises(Refused) as refused:
            refusing()
        assert refused.value.rule == "CUS-5"
    with leader.reading() as session:
        assert session.execute(select(func.count()).select_from(TERM).where(TERM.c.owner_id == 2)).scalar() == 0


def test_both_timelines_tell_it(leader: Desk) -> None:
    merge(leader, kept_id=1, merged_id=2)
    with leader.reading() as session:
        told = [(row.verb, row.note, row.by) for each in (1, 2) for row in timeline(session, "customer", each)[1:]]
    assert told == [("took over", "C000002", "mei"), ("merged", "C000001", "mei")]


def test_only_a_leader_merges_and_not_with_itself(leader: Desk) -> None:
    with pytest.raises(Refused) as refused:
        merge(as_role(leader, "agent"), kept_id=1, merged_id=2)
    assert refused.value.rule == "USR-2"
    with pytest.raises(Refused) as refused:
        merge(leader, kept_id=1, merged_id=1)
    assert refused.value.rule == "CUS-5"
