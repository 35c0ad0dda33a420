"""Somebody leaves: they are out at once, and what waits for them goes to somebody else (USR-7)."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select
from sqlmodel import Session

from ordersdesk.calls.actions import answer, park
from ordersdesk.calls.queries import unfinished
from ordersdesk.changing import request
from ordersdesk.customers.model.queries import CUSTOMER
from ordersdesk.deciding import grant, grant_by_code, make_code
from ordersdesk.delivery.pads.actions import issue
from ordersdesk.dismissing import Dismissed, dismiss
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.documents.document import timeline
from ordersdesk.orders.book.page_queries import by_number
from ordersdesk.orders.book.queries import Filter, page
from ordersdesk.orders.entry.actions import submit
from ordersdesk.orders.notices.queries import NOTICE, notices
from ordersdesk.orders.terms.change_draft import parsed
from tests.builders import a_customer, a_draft, an_item
from tests.concurrency.together import at_once
from tests.people.making import a_user, refused, story

NOTHING: dict[str, int] = {}


@pytest.fixture
def boss(desk: Desk) -> Desk:
    return a_user(desk, "boss", "admin")


@pytest.fixture
def lin(desk: Desk, boss: Desk) -> Desk:
    """An agent with a parked call, an order, a notice and a customer."""
    lin = a_user(desk, "lin", "agent")
    customer = a_customer(desk, agent="lin", sales_rep="xu")
    an_item(desk, stock=100)
    submit(lin, a_draft(("A4-80", 20), payment="cash"))
    answer(lin, key="k1", presented="13800138000")
    park(lin, key="k1", draft={"lines": ["A4-80"]}, customer_id=customer)
    return lin


def number(desk: Desk) -> str:
    return page(desk, Filter(), limit=1)[0].number


def told(desk: Desk, kind: str, id_: int) -> tuple[str, str, dict[str, Any]]:
    with desk.reading() as session:
        last = timeline(session, kind, id_)[-1]
    return last.verb, last.by, last.details


def test_without_an_heir_what_waits_is_named_and_nobody_goes(boss: Desk, lin: Desk) -> None:
    no = refused(dismiss, boss, "lin")
    assert (no.rule, no.field) == ("USR-7", "to")
    assert no.message == "Something waits for Lin: calls 1, orders 1, customers 1."
    assert [ring.agent for ring in unfinished(lin)] == ["lin"]
    assert answer(lin, key="k2").agent == "lin"


def test_what_waits_goes_to_the_heir_and_every_story_says_so(boss: Desk, lin: Desk) -> None:
    mei = a_user(boss, "mei")
    assert dismiss(boss, "LIN", to="mei", reason="moved away") == Dismissed(
        "lin", "Lin", "mei", {"calls": 1, "orders": 1, "customers": 1}, (), ()
    )
    assert [(ring.agent, ring.draft) for ring in unfinished(mei)] == [("mei", {"lines": ["A4-80"]})]
    assert [entry.agent for entry in page(mei, Filter(agent="mei"), limit=9)] == ["mei"]
    handed = ("handed over", "boss", {"from": "lin", "to": "mei"})
    assert [told(boss, kind, 1) for kind in ("call", "order", "customer")] == [handed] * 3
    assert [(row.verb, row.note) for row in story(boss, "lin")[-2:]] == [
        ("dismissed", "moved away"),
        ("handed over", ""),
    ]
    with boss.reading() as session:
        care = session.connection().execute(select(CUSTOMER.c.agent, CUSTOMER.c.sales_rep)).one()
    assert tuple(care) == ("mei", "xu")


def test_the_name_stays_in_the_story_of_what_they_did(boss: Desk, lin: Desk) -> None:
    a_user(boss, "mei")
    dismiss(boss, "lin", to="mei")
    assert next(row.by for row in by_number(boss, number(boss)).story) == "lin"


def test_what_they_have_not_noted_goes_too(boss: Desk, lin: Desk) -> None:
    def work(session: Session) -> None:
        values = {"branch": boss.branch, "login": "lin", "role": "", "order_id": 1, "order_number": number(boss)}
        more = {"rule": "CHG-4", "text": "said", "facts": {}, "at": boss.now(), "noted_by": "", "noted_at": None}
        session.connection().execute(NOTICE.insert(), values | more)

    boss.database.write(work)
    mei = a_user(boss, "mei")
    assert dismiss(boss, "lin", to="mei").handed_over["notices"] == 1
    assert [one.sentence for one in notices(mei)] == ["said"]


def test_who_has_nothing_goes_without_an_heir(boss: Desk) -> None:
    a_user(boss, "lin")
    assert dismiss(boss, "lin").handed_over == NOTHING


@pytest.mark.parametrize("heir", ["nobody", "lin", "gone", "cron"])
def test_only_a_person_who_works_here_takes_over(boss: Desk, lin: Desk, heir: str) -> None:
    a_user(boss, "cron", "timer")
    a_user(boss, "gone")
    dismiss(boss, "gone")
    assert refused(dismiss, boss, "lin", to=heir).field == "to"


def test_their_pads_and_roles_nobody_has_are_said(boss: Desk, lin: Desk) -> None:
    issue(a_user(boss, "ding", "order_group"), login="lin", sheets=50)
    chen = a_user(boss, "chen", "leader")
    made = request(lin, parsed({"order": number(boss), "reason": "x", "lines": [{"position": 1, "quantity": 21}]}))
    gone = dismiss(boss, "chen")
    assert (gone.roles, made.waits[0].role) == (("leader",), "leader")
    assert dismiss(boss, "lin", to="ding").pads == ("H0000001",)
    assert refused(grant, chen, "change", made.number, seen_version=1).rule == "USR-7"


def test_a_code_of_somebody_who_left_is_no_good(boss: Desk, lin: Desk) -> None:
    chen, mei = a_user(boss, "chen", "leader"), a_user(boss, "mei")
    made = request(lin, parsed({"order": number(boss), "reason": "x", "lines": [{"position": 1, "quantity": 21}]}))
    code = make_code(chen, "change", made.number)
    dismiss(boss, "chen", to="mei")
    assert refused(grant_by_code, mei, "change", made.number, code=code).message == "Chen is no longer a user."


def test_an_heir_who_leaves_at_the_same_time_gets_nothing(boss: Desk, lin: Desk) -> None:
    """Two dismissals that name each other as heir: one of them is refused, and nothing is anybody's who left."""
    mei, other = a_user(boss, "mei"), a_user(boss, "other", "admin")
    answer(mei, key="k9")
    at_once([lambda: dismiss(boss, "lin", to="mei"), lambda: dismiss(other, "mei", to="lin")])
    with boss.reading() as session:
        agents = session.connection().execute(select(CUSTOMER.c.agent)).scalars().all()
    gone = {row for row in ("lin", "mei") if story(boss, row)[-1].verb == "handed over"}
    assert len(gone) == 1
    assert not gone & set(agents)
