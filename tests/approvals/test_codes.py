"""Approval by a code read out over the phone: this document, this amount, ten minutes, once (JOY-10)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

import pytest
from sqlalchemy import text, update

from ordersdesk.approvals.queries import APPROVAL
from ordersdesk.deciding import grant_by_code, make_code
from ordersdesk.foundation.desk import SYSTEM, Desk
from ordersdesk.foundation.texts.refusals import Refused
from ordersdesk.foundation.time.clock import FixedClock
from ordersdesk.orders.model.queries import ORDER
from ordersdesk.people.actions import add_user
from tests.approvals.asking import in_review, manager, order
from tests.builders import cancel


@pytest.fixture
def staffed(desk: Desk) -> Desk:
    add_user(desk.signed_in(SYSTEM), login="wang", name="Wang", roles=["manager"], password="long enough")
    return desk


def refusal(act: Callable[[], object]) -> Refused:
    with pytest.raises(Refused) as refused:
        act()
    return refused.value


def wrong(code: str) -> str:
    return f"{(int(code) + 1) % 10**6:06d}"


def test_the_agent_types_and_the_approver_decides(staffed: Desk) -> None:
    number = in_review(staffed)
    code = make_code(manager(staffed), "order", number)
    assert (len(code), code.isdecimal()) == (6, True)
    assert grant_by_code(staffed, "order", number, code=f" {code[:3]} {code[3:]}").state == "confirmed"
    granted = next(step for step in order(staffed, number).story if step.verb == "granted")
    assert (granted.by, granted.details["typed_by"]) == ("wang", "lin")
    with staffed.reading() as session:
        row = session.connection().execute(APPROVAL.select()).mappings().one()
    assert (row["decided_by"], row["by_code"], row["answerable"]) == ("wang", "lin", True)


def test_a_code_is_not_stored_as_it_is(staffed: Desk) -> None:
    code = make_code(manager(staffed), "order", in_review(staffed))
    with staffed.reading() as session:
        stored = session.connection().execute(text("SELECT hash FROM approval_code")).scalar_one()
    assert stored.startswith("$argon2id$")
    assert code not in stored


def test_a_code_is_used_once(staffed: Desk) -> None:
    number = in_review(staffed, total=50_000)
    code = make_code(manager(staffed), "order", number)
    assert grant_by_code(staffed, "order", number, code=code).left == 1
    said = refusal(lambda: grant_by_code(staffed, "order", number, code=code))
    assert (said.rule, said.message) == ("JOY-10", "This code was used already.")


def test_a_code_is_good_until_the_last_second_of_its_ten_minutes(staffed: Desk) -> None:
    number = in_review(staffed)
    code = make_code(manager(staffed), "order", number)
    assert isinstance(staffed.clock, FixedClock)
    staffed.clock.advance(timedelta(minutes=9, seconds=59))
    assert grant_by_code(staffed, "order", number, code=code).state == "confirmed"


def test_a_code_lasts_ten_minutes(staffed: Desk) -> None:
    number = in_review(staffed)
    code = make_code(manager(staffed), "order", number)
    assert isinstance(staffed.clock, FixedClock)
    staffed.clock.advance(timedelta(minutes=10))
    said = refusal(lambda: grant_by_code(staffed, "order", number, code=code))
    assert (said.rule, said.message) == ("JOY-10", "This code has expired.")


def test_a_misheard_code_is_read_out_again_before_a_new_one_is_made(staffed: Desk) -> None:
    number = in_review(staffed)
    code = make_code(manager(staffed), "order", number)
    said = [refusal(lambda: grant_by_code(staffed, "order", number, code=wrong(code))).mend for _try in range(3)]
    assert said == [*["Have it read out again, digit by digit."] * 2, "Ask the approver to make a new one."]


def test_three_wrong_tries_end_a_code(staffed: Desk) -> None:
    number = in_review(staffed)
    code = make_code(manager(staffed), "order", number)
    said = [refusal(lambda: grant_by_code(staffed, "order", number, code=wrong(code))).message for _try in range(3)]
    assert said == [
        f"This code is wrong; {left}." for left in ("2 tries are left", "1 try is left", "0 tries are left")
    ]
    assert refusal(lambda: grant_by_code(staffed, "order", number, code=code)).message == (
        "This code has ended after too many tries."
    )
    assert grant_by_code(staffed, "order", number, code=make_code(manager(staffed), "order", number)).left == 0


@pytest.mark.parametrize("typed", ["", "abc", "' OR 1=1", "\x1b[2J", "9" * 500])
def test_nonsense_is_a_wrong_code(staffed: Desk, typed: str) -> None:
    number = in_review(staffed)
    make_code(manager(staffed), "order", number)
    assert refusal(lambda: grant_by_code(staffed, "order", number, code=typed)).rule == "JOY-10"


def test_a_newer_code_ends_the_one_before(staffed: Desk) -> None:
    number = in_review(staffed)
    first, second = (make_code(manager(staffed), "order", number) for _each in range(2))
    if first != second:
        assert refusal(lambda: grant_by_code(staffed, "order", number, code=first)).rule == "JOY-10"
    assert grant_by_code(staffed, "order", number, code=second).state == "confirmed"


def test_a_code_is_for_the_document_as_it_was(staffed: Desk) -> None:
    number = in_review(staffed)
    code = make_code(manager(staffed), "order", number)
    staffed.database.write(lambda session: session.connection().execute(update(ORDER).values(version=2)))
    assert refusal(lambda: grant_by_code(staffed, "order", number, code=code)).rule == "ORD-11"


def test_a_code_is_for_its_amount(staffed: Desk) -> None:
    number = in_review(staffed)
    code = make_code(manager(staffed), "order", number)
    more = update(APPROVAL).values(amount=Decimal("250.00"))
    staffed.database.write(lambda session: session.connection().execute(more))
    assert refusal(lambda: grant_by_code(staffed, "order", number, code=code)).rule == "JOY-10"


def test_a_code_ends_with_the_request(staffed: Desk) -> None:
    number = in_review(staffed)
    code = make_code(manager(staffed), "order", number)
    cancel(staffed, number=number, version=1, reason="changed his mind")
    assert refusal(lambda: grant_by_code(staffed, "order", number, code=code)).rule == "ORD-11"


def test_who_is_no_longer_manager_approved_nothing(staffed: Desk) -> None:
    number = in_review(staffed)
    code = make_code(manager(staffed), "order", number)
    gone = text("UPDATE user_account SET is_active = false")
    staffed.database.write(lambda session: session.connection().execute(gone))
    assert refusal(lambda: grant_by_code(staffed, "order", number, code=code)).rule == "JOY-10"


def test_no_code_for_what_one_asked_oneself_or_may_not_answer(staffed: Desk) -> None:
    own = in_review(manager(staffed))
    assert refusal(lambda: make_code(manager(staffed), "order", own)).rule == "USR-3"
    assert refusal(lambda: make_code(staffed, "order", own)).rule == "USR-2"
    assert refusal(lambda: grant_by_code(staffed, "order", own, code="123456")).message == (
        f"Nobody has made a code for {own}."
    )
