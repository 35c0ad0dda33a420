"""Customers with a history, and credit applied for and decided, said in one line."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from ordersdesk.credit.actions import Applied, apply
from ordersdesk.credit.queries import Credit, credit_of
from ordersdesk.deciding import grant
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.documents.document import Happening, timeline
from ordersdesk.orders.entry.history_actions import PastLine, PastOrder, add_history
from tests.builders import a_customer, an_item, as_role

TODAY = date(2026, 11, 23)
MONTHS = (date(2026, 8, 3), date(2026, 9, 15), date(2026, 10, 31))
STEPS = (("office_supervisor", "ma"), ("sales_manager", "le"), ("finance", "fi"), ("branch_gm", "gm"))


def bought(desk: Desk, *purchases: tuple[date, str], customer_id: int = 1) -> None:
    """Past orders of a customer: a day and what it came to."""
    orders = [
        PastOrder(
            key=f"{customer_id}/{place}/{day}/{amount}", number=f"H{customer_id}-{place}-{day:%Y%m%d}",
            customer_id=customer_id, customer_name="明远办公", day=day,
            lines=(PastLine(1, "A4-80", "复印纸", "包", 1, Decimal(amount), Decimal(amount)),),
        )
        for place, (day, amount) in enumerate(purchases)
    ]  # fmt: skip
    desk.database.write(lambda session: add_history(desk, session, orders))


def a_regular(desk: Desk, *amounts: str, **values: object) -> None:
    """A customer who bought for so much in August, September and October, and first in July."""
    a_customer(desk, **values)  # type: ignore[arg-type]
    an_item(desk, stock=1000)
    bought(desk, (date(2026, 7, 20), "100.00"), *zip(MONTHS, amounts or ("5000.00",) * 3, strict=False))


def applied(desk: Desk, *, limit: object = "20000", days: object = 30, report: str = "Pays well.") -> Applied:
    """An application by the sales rep."""
    return apply(as_role(desk, "sales_rep", login="xu"), customer="C100001", limit=limit, days=days, report=report)


def decided(desk: Desk, number: str, *, steps: tuple[tuple[str, str], ...] = STEPS) -> None:
    """Everybody in turn says yes."""
    for role, login in steps:
        grant(as_role(desk, role, login=login), "credit", number, seen_version=1)


def stands(desk: Desk) -> Credit:
    """How the customer stands."""
    return credit_of(desk, "C100001")


def told(desk: Desk, kind: str, document_id: int = 1) -> list[Happening]:
    """The story of a document."""
    with desk.reading() as session:
        return timeline(session, kind, document_id)
