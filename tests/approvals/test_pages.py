"""What pages and queues count and tell of approvals, on both databases (ORD-13, USR-3)."""

from __future__ import annotations

from decimal import Decimal

from ordersdesk.approvals.page_queries import documents_waiting, entries, waiting_by_occasion, waiting_on_kind
from ordersdesk.deciding import deny, grant_by_code, make_code
from ordersdesk.foundation.desk import SYSTEM, Desk
from ordersdesk.orders.entry.actions import submit
from ordersdesk.orders.entry.correcting_queries import as_draft
from ordersdesk.people.actions import add_user
from tests.approvals.asking import gm, in_review, manager, order
from tests.builders import as_role


def test_a_document_counts_once_and_its_occasions_each(desk: Desk) -> None:
    in_review(desk, overdue=Decimal(500))
    assert waiting_by_occasion(manager(desk)) == {"account_order": 1, "overdue": 1}
    assert (documents_waiting(manager(desk)), documents_waiting(gm(desk))) == (1, 0)
    assert waiting_on_kind(gm(desk), "order") == {"account_order": 1, "overdue": 1}


def test_nobody_counts_their_own_and_not_what_a_colleague_corrected_for_them(desk: Desk) -> None:
    taker = as_role(desk, "manager", login="liu")
    number = in_review(taker)
    assert (documents_waiting(taker), waiting_by_occasion(taker)) == (0, {})
    deny(manager(desk), "order", number, seen_version=1, reason="less")
    submit(desk, as_draft(desk, number))
    assert (documents_waiting(taker), waiting_by_occasion(taker), documents_waiting(manager(desk))) == (0, {}, 1)


def test_a_page_tells_every_decision_also_one_by_code(desk: Desk) -> None:
    add_user(desk.signed_in(SYSTEM), login="wang", name="Wang", roles=["manager"], password="long enough")
    number = in_review(desk, total=60_000)
    grant_by_code(desk, "order", number, code=make_code(manager(desk), "order", number))
    with desk.reading() as session:
        told = entries(gm(desk), session, "order", order(desk, number).head.id)
    assert [(one.occasion, one.state, one.changed_by, one.by_code, one.answerable) for one in told] == [
        ("account_order", "granted", "wang", "lin", True),
        ("large_order", "waiting", "lin", "", False),
    ]
    assert [one.for_me for one in told] == [False, True]
