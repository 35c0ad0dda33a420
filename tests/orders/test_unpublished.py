"""A promise into a year whose holidays nobody has published says so wherever it goes (DLV-3)."""

from __future__ import annotations

from dataclasses import asdict, replace
from datetime import UTC, datetime

import pytest

from ordersdesk.delivery.papers.slip_form import slips_of
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.time.clock import FixedClock
from ordersdesk.orders.book.page_queries import by_number
from ordersdesk.orders.book.readback import sentences
from ordersdesk.orders.changes.queries import compare
from ordersdesk.orders.entry.actions import submit
from ordersdesk.orders.sheets.form import sheet_of
from ordersdesk.orders.terms.change_draft import Change
from ordersdesk.printing.forms.form import Form
from tests.builders import a_customer, a_draft, an_item
from tests.delivery.building import allocated

NEW_YEARS_EVE = datetime(2026, 12, 31, 2, 0, tzinfo=UTC)  # Thursday, 10:00 in Shanghai
WARNING = "The holidays of 2027 are not published yet; this day is unconfirmed."


@pytest.fixture
def late(desk: Desk) -> Desk:
    """A desk on the last working day of the year."""
    desk = replace(desk, clock=FixedClock(NEW_YEARS_EVE))
    a_customer(desk, language="en")
    an_item(desk, stock=100)
    return desk


def remarks(form: Form) -> list[str]:
    return [fact.value for fact in form.remarks]


def test_what_is_submitted_and_what_is_read_of_it_carry_the_warning(late: Desk) -> None:
    made = submit(late, a_draft(("A4-80", 5)))
    assert (f"{made.promised_on}", made.warning) == ("2027-01-04", WARNING)
    assert submit(late, a_draft(("A4-80", 5), key="k", accepted=(f"JOY-5:{made.number}",))).warning == WARNING
    assert asdict(by_number(late, made.number))["warning"] == WARNING


def test_it_is_read_back_in_the_callers_language(late: Desk) -> None:
    order = by_number(late, submit(late, a_draft(("A4-80", 5))).number)
    english, chinese = (sentences(order, code, plan=late.policy.phones) for code in ("en", "zh_CN"))
    assert "The public holidays of 2027 are not announced yet: we call you if the day moves." in english
    assert any("2027年的放假安排还没公布" in said for said in chinese)


def test_it_stands_on_the_papers(late: Desk) -> None:
    number = submit(late, a_draft(("A4-80", 5))).number
    assert WARNING in remarks(sheet_of(late, number))
    slip = allocated(late, number).made[0].slip
    assert WARNING in remarks(slips_of(late, [slip])[0])


def test_a_change_into_that_year_says_it_too(late: Desk) -> None:
    early = replace(late, clock=FixedClock(datetime(2026, 12, 28, 2, 0, tzinfo=UTC)))
    number = submit(early, a_draft(("A4-80", 5))).number
    assert by_number(early, number).warning == ""
    found = compare(early, Change(order=number, reason="on holiday", deliver_on=datetime(2027, 1, 5).date()))
    assert found.warning == WARNING
