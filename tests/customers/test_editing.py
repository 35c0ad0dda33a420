"""Changes keep what somebody else typed, find by what is true now, and stand on the timeline (CUS-1, CUS-11)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import select, update

from ordersdesk.customers.finding.card_queries import Card, card
from ordersdesk.customers.model.drafts import NewAddress, NewContact
from ordersdesk.customers.model.queries import CUSTOMER
from ordersdesk.customers.records.actions import block, edit
from ordersdesk.customers.records.contact_actions import add_address, add_contact, edit_address, edit_contact
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.documents.document import timeline
from ordersdesk.foundation.texts.refusals import Refused, Stale
from ordersdesk.orders.review.standing_actions import unblock
from tests.builders import a_customer, as_role
from tests.customers.making import numbers, saved


def shown(desk: Desk, customer_id: int = 1) -> Card:
    found = card(desk, customer_id)
    assert found is not None
    return found


def story(desk: Desk) -> list[tuple[str, str, dict[str, object]]]:
    with desk.reading() as session:
        return [(row.verb, row.note, row.details) for row in timeline(session, "customer", 1)][1:]


def test_an_edited_name_finds_and_the_old_one_does_not(desk: Desk) -> None:
    saved(desk)
    edit(desk, 1, version=1, changes={"name": " 李四 ", "note": "x", "territory": "浦东"})
    assert (shown(desk).name, shown(desk).version) == ("李四", 2)
    assert [numbers(desk, text) for text in ("lisi", "zhangsan", "8000")] == [["C000001"], [], ["C000001"]]
    assert story(desk) == [("edited", "", {"name": ["张三", "李四"], "note": ["", "x"]})]


def test_what_nobody_is_found_by_leaves_the_look_up_alone(desk: Desk) -> None:
    saved(desk)
    by_hand = update(CUSTOMER).values(search_text="as it was")
    desk.database.write(lambda session: session.connection().execute(by_hand))
    edit(desk, 1, version=1, changes={"note": "call at ten"})
    unsearched = indexed(desk)
    edit(desk, 1, version=2, changes={"name": "李四"})
    assert (unsearched, "lisi" in indexed(desk)) == ("as it was", True)


def indexed(desk: Desk) -> str:
    with desk.reading() as session:
        return session.connection().execute(select(CUSTOMER.c.search_text)).scalar_one()


def test_two_people_do_not_overwrite_each_other(desk: Desk) -> None:
    saved(desk)
    edit(desk, 1, version=1, changes={"note": "mine"})
    with pytest.raises(Stale):
        edit(as_role(desk, "agent"), 1, version=1, changes={"note": "theirs"})
    assert shown(desk).note == "mine"


@pytest.mark.parametrize(
    ("changes", "rule", "field"),
    [
        *[
            ({"name": " "}, "CUS-4", "name"),
            ({"territory": ""}, "CUS-4", "territory"),
            ({"kind": "x"}, "CUS-1", "kind"),
        ],
        *[
            ({"number": "C9"}, "CUS-1", "number"),
            ({"name": "a\x1b[2J"}, "FIL-3", "name"),
            ({"grade": "A"}, "USR-2", None),
            ({"balance_due_on": date(2026, 12, 1)}, "USR-2", None),
        ],
    ],
)
def test_what_may_not_be_changed_is_refused(desk: Desk, changes: dict[str, str], rule: str, field: str | None) -> None:
    saved(desk)
    with pytest.raises(Refused) as refused:
        edit(desk, 1, version=1, changes=changes)
    assert (refused.value.rule, refused.value.field) == (rule, field)
    assert (shown(desk).version, story(desk)) == (1, [])


def test_a_manager_sets_terms_and_balance(desk: Desk) -> None:
    saved(desk)
    edit(as_role(desk, "manager"), 1, version=1, changes={"terms": "prepaid", "opening_balance": Decimal("50.00")})
    assert (shown(desk).terms, shown(desk).opening_balance) == ("prepaid", Decimal("50.00"))
    assert story(desk)[0][2] == {"terms": ["cash", "prepaid"], "opening_balance": ["0.00", "50.00"]}


@pytest.mark.parametrize(
    "changes", [{"terms": "account"}, {"credit_limit": Decimal(5000)}, {"credit_days": 30}, {"credit_review_on": None}]
)
def test_not_even_a_manager_types_credit_in(desk: Desk, changes: dict[str, object]) -> None:
    a_customer(desk, credit_review_on=date(2026, 11, 23))
    with pytest.raises(Refused) as refused:
        edit(as_role(desk, "manager"), 1, version=1, changes=changes)
    assert (refused.value.rule, refused.value.field) == ("CUS-7", next(iter(changes)))
    assert (shown(desk).version, story(desk)) == (1, [])


def test_nor_is_a_monthly_account_typed_away(desk: Desk) -> None:
    a_customer(desk, terms="account")
    with pytest.raises(Refused) as refused:
        edit(as_role(desk, "manager"), 1, version=1, changes={"terms": "cash"})
    assert (refused.value.rule, shown(desk).terms) == ("CUS-7", "account")


def test_a_contact_is_replaced_with_its_phones(desk: Desk) -> None:
    saved(desk)
    contact = shown(desk).contacts[0]
    edit_contact(desk, contact.id, NewContact(contact="Wang", phone="62345678"), version=1)
    assert [numbers(desk, text) for text in ("13800138000", "62345678", "wang")] == [[], ["C000001"], ["C000001"]]
    with pytest.raises(Stale):
        edit_contact(desk, contact.id, NewContact(contact="Wang"), version=1)


def test_an_address_is_replaced(desk: Desk) -> None:
    saved(desk)
    place = shown(desk).addresses[0]
    edit_address(desk, place.id, NewAddress(address="上海市北京路9号", distance_km=12), version=1)
    assert [(each.text, each.distance_km) for each in shown(desk).addresses] == [("上海市北京路9号", 12)]
    assert [numbers(desk, text) for text in ("张江", "北京路9")] == [[], ["C000001"]]


def test_an_empty_contact_or_address_is_refused(desk: Desk) -> None:
    saved(desk)
    for adding in (lambda: add_contact(desk, 1, NewContact()), lambda: add_address(desk, 1, NewAddress())):
        with pytest.raises(Refused, match=r"neither name|is empty") as refused:
            adding()
        assert refused.value.rule == "CUS-1"


def test_what_is_not_there_cannot_be_changed(desk: Desk) -> None:
    for change in (
        lambda: edit(desk, 9, version=1, changes={"note": "x"}),
        lambda: add_contact(desk, 9, NewContact(contact="x")),
    ):
        with pytest.raises(Refused, match="no such customer"):
            change()
    with pytest.raises(Refused, match="no longer there"):
        edit_address(desk, 9, NewAddress(address="上海市x"), version=1)


def test_a_leader_blocks_with_a_reason_and_only_a_manager_lifts_it(desk: Desk) -> None:
    saved(desk)
    leader, manager = as_role(desk, "leader"), as_role(desk, "manager")
    with pytest.raises(Refused) as unexplained:
        block(leader, 1, reason=" ")
    block(leader, 1, reason="bounced cheque")
    assert shown(desk).blocked == "bounced cheque"
    for who in (desk, leader):
        with pytest.raises(Refused) as refused:
            unblock(who, 1)
        assert refused.value.rule == "USR-2"
    unblock(manager, 1, note="paid")
    assert (shown(desk).blocked, unexplained.value.rule, unexplained.value.field) == ("", "CUS-11", "reason")
    assert [row[:2] for row in story(desk)] == [("blocked", "bounced cheque"), ("unblocked", "paid")]


def test_an_agent_blocks_nobody(desk: Desk) -> None:
    saved(desk)
    with pytest.raises(Refused) as refused:
        block(desk, 1, reason="x")
    assert refused.value.rule == "USR-2"
