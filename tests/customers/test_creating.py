"""A new caller becomes a customer once, and never twice unasked (CUS-4)."""

from __future__ import annotations

import pickle
from decimal import Decimal

import pytest
from sqlalchemy import select

from ordersdesk.customers.finding.card_queries import card, to_complete
from ordersdesk.customers.finding.duplicate_queries import suspects
from ordersdesk.customers.model.drafts import Answer, Says
from ordersdesk.customers.model.tables import DuplicateAnswer
from ordersdesk.customers.records.actions import LooksKnown, Saved, create
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.documents.document import table_of, timeline
from ordersdesk.foundation.phones.phones import parse_each
from ordersdesk.foundation.texts.refusals import Refused
from tests.builders import as_role
from tests.customers.making import draft, numbers, saved

DAHUA = {"name": "上海大华文具有限公司", "kind": "company", "phone": "62345678", "territory": "浦东"}


def reasons(desk: Desk, **values: str) -> list[tuple[str, tuple[str, ...]]]:
    typed = draft(**values)
    phones, _bad = parse_each(typed.phone, desk.policy.phones)
    with desk.reading() as session:
        return [(each.number, each.reasons) for each in suspects(desk, session, typed, phones)]


def test_numbers_follow_each_other_and_a_refused_one_leaves_no_gap(desk: Desk) -> None:
    assert saved(desk) == Saved(1, "C000001", is_new=True)
    with pytest.raises(LooksKnown):
        create(desk, draft())
    assert saved(desk, name="李四", phone="13911112222").number == "C000002"


def test_all_that_was_typed_is_on_the_card_and_on_the_timeline(desk: Desk) -> None:
    made = saved(
        desk, phone="138 0013 8000/62345678转801", contact="王芳", department="采购", distance_km=8, note="a\nb"
    )
    found = card(desk, made.id)
    assert found is not None
    assert (found.name, found.note, found.created_by, found.created_at) == ("张三", "a\nb", "lin", desk.now())
    (contact,), (place,) = found.contacts, found.addresses
    assert (contact.name, contact.department, place.distance_km) == ("王芳", "采购", 8)
    assert [(phone.e164, phone.extension) for phone in contact.phones] == [
        ("+8613800138000", ""),
        ("+862162345678", "801"),
    ]
    assert contact.phones[0].typed == "138 0013 8000/62345678转801"
    with desk.reading() as session:
        assert [(row.verb, row.by, row.rule) for row in timeline(session, "customer", made.id)] == [
            ("created", "lin", "CUS-4")
        ]


@pytest.mark.parametrize("field", ["name", "phone", "address", "territory"])
def test_name_phone_address_and_territory_are_required(desk: Desk, field: str) -> None:
    with pytest.raises(Refused) as refused:
        create(desk, draft(**{field: " "}))
    assert (refused.value.rule, refused.value.field) == ("CUS-4", field)
    assert numbers(desk, "张三") == []


def test_the_rest_is_listed_to_complete(desk: Desk) -> None:
    saved(desk, contact="张三", distance_km=3, route="R1", agent="lin", sales_rep="rep")
    saved(desk, **DAHUA, agent="lin", distance_km=0, route="R1")
    waiting = [(each.number, each.to_complete) for each in to_complete(desk, agent="lin")]
    assert waiting == [("C000002", ("contact", "sales_rep", "invoice_title", "tax_id"))]
    assert to_complete(desk, agent="mei") == []


def test_what_cannot_be_a_phone_is_refused_or_kept_as_a_note(desk: Desk) -> None:
    with pytest.raises(Refused) as refused:
        create(desk, draft(phone="138001380"))
    assert (refused.value.rule, refused.value.field) == ("CUS-3", "phone")
    made = saved(desk, phone="138001380", phone_as_note=True)
    found = card(desk, made.id)
    assert found is not None
    assert found.note == "Phone: 138001380"
    assert "phone" in found.to_complete


def test_a_bad_phone_kept_as_a_note_spoils_none_beside_it(desk: Desk) -> None:
    found = card(desk, saved(desk, phone="138001380/62345678", phone_as_note=True).id)
    assert found is not None
    assert [phone.e164 for contact in found.contacts for phone in contact.phones] == ["+862162345678"]
    assert found.note == "Phone: 138001380/62345678"


@pytest.mark.parametrize("values", [{"kind": "robot"}, {"grade": "D"}, {"size_class": "huge"}, {"terms": "never"}])
def test_only_known_kinds_and_classes_are_taken(desk: Desk, values: dict[str, str]) -> None:
    with pytest.raises(Refused) as refused:
        create(desk, draft(**values))
    assert (refused.value.rule, refused.value.field) == ("CUS-1", *values)


def test_credit_is_not_given_on_a_first_call(desk: Desk) -> None:
    for who, rule in ((desk, "USR-2"), (as_role(desk, "agent", "manager"), "CUS-7")):
        with pytest.raises(Refused) as refused:
            create(who, draft(terms="account", credit_limit=Decimal(5000)))
        assert refused.value.rule == rule


def test_a_warehouse_keeper_makes_no_customers(desk: Desk) -> None:
    with pytest.raises(Refused) as refused:
        create(as_role(desk, "warehouse"), draft())
    assert refused.value.rule == "USR-2"


def test_likely_duplicates_are_named_with_their_reasons(desk: Desk) -> None:
    saved(desk, **DAHUA, tax_id="91310000X")
    assert reasons(desk, name="李四", phone="021 6234 5678") == [("C000001", ("phone",))]
    assert reasons(desk, **DAHUA | {"phone": "13900139000"}) == [("C000001", ("name",))]
    assert reasons(desk, name="李四", tax_id="91310000X") == [("C000001", ("tax_id",))]
    for alike in ("大华文具", "上海大桦文具公司", "上海大华文具股份有限公司"):
        assert reasons(desk, name=alike, kind="company") == [("C000001", ("near_name",))]
    for other in ("上海大江百货有限公司", "北京文具", "李大华"):
        assert reasons(desk, name=other, kind="company") == []


def test_people_of_one_name_elsewhere_are_not_suspected(desk: Desk) -> None:
    saved(desk)
    assert reasons(desk, phone="13900139000", territory="徐汇") == []
    assert reasons(desk, phone="13900139000") == [("C000001", ("name",))]


def test_the_same_name_in_latin_letters_is_suspected(desk: Desk) -> None:
    saved(desk, name="Acme Trading Co., Ltd.", kind="company")
    assert reasons(desk, name="ACME  Trading Limited", kind="company", phone="") == [("C000001", ("near_name",))]


def test_a_refused_duplicate_shows_who_it_may_be(desk: Desk) -> None:
    saved(desk)
    with pytest.raises(LooksKnown) as refused:
        create(desk, draft(name="Zhang"))
    (suspect,) = pickle.loads(pickle.dumps(refused.value)).suspects
    assert (suspect.number, suspect.name, suspect.phone, suspect.reasons) == (
        "C000001",
        "张三",
        "+8613800138000",
        ("phone",),
    )
    assert (refused.value.rule, refused.value.message) == ("CUS-4", "1 customer looks like this one.")


def test_a_different_customer_needs_a_reason_that_is_kept(desk: Desk) -> None:
    known = saved(desk)
    with pytest.raises(Refused, match="Why is it"):
        create(desk, draft(), answers=[Answer(known.id, Says.DIFFERENT, " ")])
    made = create(desk, draft(), answers=[Answer(known.id, Says.DIFFERENT, "father and son")])
    assert made == Saved(2, "C000002", is_new=True)
    kept = table_of(DuplicateAnswer).c
    with desk.reading() as session:
        row = session.execute(
            select(kept.customer_id, kept.other_id, kept.why, kept.answer, kept.reason, kept.by)
        ).one()
    assert tuple(row) == (2, 1, "phone,name", "different", "father and son", "lin")


def test_the_same_company_gets_a_new_contact_and_this_customer_nothing(desk: Desk) -> None:
    known = saved(desk, **DAHUA, contact="单雄")
    caller = draft(**DAHUA, contact="李四", address="上海市张江路2号")
    assert create(desk, caller, answers=[Answer(known.id, Says.THIS)]) == Saved(known.id, "C000001", is_new=False)
    assert create(desk, caller, answers=[Answer(known.id, Says.SAME_COMPANY)]) == Saved(
        known.id, "C000001", is_new=False
    )
    found = card(desk, known.id)
    assert found is not None
    assert [contact.name for contact in found.contacts] == ["单雄", "李四"]
    assert numbers(desk, "lisi") == numbers(desk, "张江路2") == ["C000001"]
