"""Who asks for credit on a first order is called by a sales rep; the order goes on without (CUS-8)."""

from __future__ import annotations

import pytest

from ordersdesk.changing import request
from ordersdesk.credit.queries import leads
from ordersdesk.customers.records.lead_actions import close_lead, keep_lead
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.texts.refusals import Refused
from ordersdesk.orders.assessment.case import NotReady
from ordersdesk.orders.book.page_queries import by_number
from ordersdesk.orders.entry.actions import submit
from ordersdesk.orders.terms.change_draft import Change
from tests.builders import a_customer, a_draft, an_item, as_role
from tests.credit.making import a_regular, applied


def test_a_lead_is_kept_and_the_order_goes_on_as_cash(desk: Desk) -> None:
    a_customer(desk, sales_rep="xu")
    an_item(desk, stock=10)
    draft = a_draft(("A4-80", 4), payment="account")
    with pytest.raises(NotReady) as no:
        submit(desk, draft)
    assert [(one.rule, one.weight, one.key) for one in no.value.findings] == [("CUS-8", "ask", "CUS-8:C100001")]
    assert leads(desk) == []
    made = submit(desk, draft.model_copy(update={"accepted": ("CUS-8:C100001",)}))
    assert (made.state, by_number(desk, made.number).head.payment) == ("confirmed", "cash")
    (lead,) = leads(desk)
    assert (lead.number, lead.sales_rep, lead.note, lead.by) == ("C100001", "xu", made.number, "lin")


def test_an_order_that_is_refused_keeps_no_lead(desk: Desk) -> None:
    a_customer(desk, blocked="bankrupt")
    an_item(desk, stock=10)
    with pytest.raises(NotReady):
        submit(desk, a_draft(("A4-80", 4), payment="account", accepted=("CUS-8:C100001",)))
    assert leads(desk) == []


def test_somebody_elses_yes_brings_no_credit(desk: Desk) -> None:
    a_customer(desk)
    an_item(desk, stock=10)
    with pytest.raises(NotReady) as no:
        submit(desk, a_draft(("A4-80", 4), payment="account", accepted=("CUS-8:C200002",)))
    assert no.value.rule == "CUS-8"


def test_a_change_brings_no_account_in_whatever_was_said_yes_to(desk: Desk) -> None:
    a_customer(desk)
    an_item(desk, stock=10)
    number = submit(desk, a_draft(("A4-80", 4))).number
    change = Change(order=number, reason="asked", payment="account", accepted=("CUS-8:C100001",))
    with pytest.raises(NotReady) as no:
        request(desk, change)
    assert (no.value.rule, no.value.findings[0].weight) == ("CUS-8", "stop")


def test_asking_twice_is_one_lead(desk: Desk) -> None:
    a_customer(desk)
    assert [keep_lead(desk, customer="c100001"), keep_lead(desk, customer="C100001")] == [True, False]
    assert len(leads(desk)) == 1


def test_a_rep_sees_their_own(desk: Desk) -> None:
    for number, rep in (("C1", "xu"), ("C2", "song")):
        a_customer(desk, number, sales_rep=rep)
        keep_lead(desk, customer=number)
    assert [lead.number for lead in leads(desk, sales_rep="song")] == ["C2"]


def test_a_closed_lead_says_what_came_of_it(desk: Desk) -> None:
    a_customer(desk)
    keep_lead(desk, customer="C100001")
    close_lead(as_role(desk, "sales_rep", login="xu"), customer="C100001", outcome="too small yet")
    assert leads(desk) == []
    assert [(lead.outcome, lead.closed_by) for lead in leads(desk, closed=True)] == [("too small yet", "xu")]


def test_an_application_closes_the_lead(desk: Desk) -> None:
    a_regular(desk)
    keep_lead(desk, customer="C100001")
    number = applied(desk).number
    assert [lead.outcome for lead in leads(desk, closed=True)] == [number]


def test_who_has_credit_is_no_lead(desk: Desk) -> None:
    a_customer(desk, terms="account")
    with pytest.raises(Refused) as no:
        keep_lead(desk, customer="C100001")
    assert no.value.rule == "CUS-8"


def test_closing_needs_a_role_a_reason_and_a_lead(desk: Desk) -> None:
    a_customer(desk)
    rep = as_role(desk, "sales_rep")
    for who, outcome, rule, field in (
        (desk, "done", "USR-2", None), (rep, " ", "CUS-8", "outcome"), (rep, "done", "CUS-8", "customer"),
    ):  # fmt: skip
        with pytest.raises(Refused) as no:
            close_lead(who, customer="C100001", outcome=outcome)
        assert (no.value.rule, no.value.field) == (rule, field)
