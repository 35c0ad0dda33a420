"""What must be true after every act of every week, told from plain rows: money before goods, days, people, lists.

Nothing here is asked of the rooms: their gates, calendars and sums are what is proved.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, select

from ordersdesk.approvals.tables import Approval
from ordersdesk.customers.model.tables import Customer
from ordersdesk.delivery.model.tables import Slip
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.documents.document import Timeline, table_of
from ordersdesk.orders.model.tables import ChangeRequest, Order, Payment, Promised
from ordersdesk.people.tables import User
from tests.properties.list_proofs import prove_listed

Row = Mapping[str, Any]
NOTHING = Decimal("0.00")
LARGE = Decimal("50000.00")
KEPT = ("delivered", "refused")
GRACE = timedelta(days=30)  # credit lapses so long after a missed review (CUS-7)

# Days off of the weeks that are played, as the State Council published 2026 and as the law closes 2027 already.
_SPANS = (
    ("2026-02-15", "2026-02-23"), ("2026-04-04", "2026-04-06"), ("2026-05-01", "2026-05-05"),
    ("2026-06-19", "2026-06-21"), ("2026-09-25", "2026-09-27"), ("2026-10-01", "2026-10-07"),
    ("2027-01-01", "2027-01-01"), ("2027-02-05", "2027-02-08"), ("2027-04-05", "2027-04-05"),
    ("2027-05-01", "2027-05-02"), ("2027-06-09", "2027-06-09"), ("2027-09-15", "2027-09-15"),
    ("2027-10-01", "2027-10-03"),
)  # fmt: skip
_WORKED = ("2026-02-14", "2026-02-28", "2026-05-09", "2026-09-20", "2026-10-10")


def is_open(day: date, closures: frozenset[date] = frozenset()) -> bool:
    """Tell whether vans of the branch go on a day."""
    if day in closures or any(first <= f"{day}" <= last for first, last in _SPANS):
        return False
    return day.weekday() < 5 or f"{day}" in _WORKED


@dataclass
class World:
    """All rows the proofs look at, as they are at one moment."""

    orders: dict[int, Row]
    slips: dict[int, Row]
    customers: dict[int, Row]
    approvals: dict[int, Row]
    changes: dict[int, Row]
    payments: list[Row]
    promises: dict[int, Row]
    story: dict[int, Row]
    users: dict[str, Row]
    today: date

    def came(self, order: Row) -> Decimal:
        """What came in for an order, by finance and at the door."""
        marked = sum((one["amount"] for one in self.payments if one["order_id"] == order["id"]), NOTHING)
        return marked + sum((one["collected"] or NOTHING for one in self.of(order)), NOTHING)

    def of(self, order: Row) -> Iterator[Row]:
        """The slips of an order."""
        return (one for one in self.slips.values() if one["order_id"] == order["id"])

    def orders_of(self, customer_id: int) -> list[Row]:
        """All orders of a customer."""
        return [one for one in self.orders.values() if one["customer_id"] == customer_id]

    def owes(self, customer_id: int) -> Decimal:
        """What a customer should have paid by now: what books say, and goods they have and paid less for (PAY-7)."""
        owed = self.customers[customer_id]["overdue"]
        for order in self.orders_of(customer_id):
            kept = sum((one["due"] + one["deposit"] for one in self.of(order) if one["state"] in KEPT), NOTHING)
            if order["payment"] != "account":
                owed += max(NOTHING, kept - self.came(order))
        return owed

    def exposure(self, order: Row) -> Decimal:
        """What is open with a customer when this order stands: balance, arrears, unpaid orders on account (PAY-7)."""
        who = self.customers[order["customer_id"]]
        open_ = [
            one for one in self.orders_of(who["id"]) if one["state"] == "confirmed" and one["payment"] == "account"
        ]
        unpaid = sum((max(NOTHING, one["total"] - self.came(one)) for one in open_), NOTHING)
        return max(who["opening_balance"], who["overdue"]) + self.owes(who["id"]) - who["overdue"] + unpaid

    def yeses(self, order: Row) -> Iterator[Row]:
        """The yeses given about an order or about changes of it that were made."""
        made = {one["id"] for one in self.changes.values() if one["order_id"] == order["id"]}
        for one in self.approvals.values():
            own = one["subject"] == "order" and one["document_id"] == order["id"]
            if one["state"] == "granted" and (own or (one["subject"] == "change" and one["document_id"] in made)):
                yield one

    def agreed(self, order: Row, *occasions: str) -> Decimal:
        """How far the yeses on an occasion go; less than nothing when there is none."""
        return max((one["covers"] for one in self.yeses(order) if one["occasion"] in occasions), default=Decimal(-1))

    def agreed_beyond(self, customer_id: int) -> Decimal:
        """How far beyond the limit somebody let a customer go, by any order that stands."""
        standing = [one for one in self.orders_of(customer_id) if one["state"] == "confirmed"]
        return max((self.agreed(one, "over_limit") for one in standing), default=Decimal(-1))


def world(connection: Connection, today: date) -> World:
    """Read the rows."""

    def rows(model: Any) -> list[Row]:
        return [dict(row) for row in connection.execute(select(table_of(model))).mappings()]

    def by_id(model: Any) -> dict[int, Row]:
        return {row["id"]: row for row in rows(model)}

    return World(
        by_id(Order), by_id(Slip), by_id(Customer), by_id(Approval), by_id(ChangeRequest), rows(Payment),
        by_id(Promised), by_id(Timeline), {row["login"]: row for row in rows(User)}, today,
    )  # fmt: skip


@dataclass
class Watch:
    """Somebody who looks after every act, and remembers how the world was before."""

    desk: Desk
    closures: frozenset[date] = frozenset()
    before: World | None = None

    def look(self) -> None:
        """Prove what happened since the last look."""
        with self.desk.reading() as session:
            now = world(session.connection(), self.desk.today())
            prove_listed(session.connection(), self.desk, now.users)
        if self.before is not None:
            self.prove(self.before, now)
        self.before = now

    def prove(self, old: World, new: World) -> None:
        """Prove the difference between two looks."""
        for slip in new.slips.values():
            if slip["left_at"] and not (old.slips.get(slip["id"]) or {"left_at": None})["left_at"]:
                prove_may_leave(new, slip)
            if slip["id"] not in old.slips:
                self.prove_ahead(slip, slip["leaves_on"], slip["wave"])
        for order in new.orders.values():
            was = old.orders.get(order["id"])
            if order["state"] == "confirmed" and _differs(was, order, "state", "total", "payment"):
                prove_within_limit(new, order)
            if order["state"] in ("review", "confirmed"):
                assert order["region"], ("promised without a region", order)
            stands = order["state"] in ("review", "confirmed") and order["leaves_on"]
            goes_on = was is not None and (was["state"], order["state"]) == ("review", "confirmed")  # from now (ORD-15)
            if stands and (goes_on or _differs(was, order, "leaves_on", "wave")):
                self.prove_ahead(order, order["leaves_on"], order["wave"])
        for promise in [one for id_, one in new.promises.items() if id_ not in old.promises]:
            today = self.desk.local().date()
            assert promise["promised_on"] >= today, ("promised for a day that is past", promise)
            assert is_open(promise["promised_on"], self.closures), ("promised for a closed day", promise)
        prove_large(new)
        prove_people(old, new)

    def prove_ahead(self, document: Row, day: date, at: str) -> None:
        """A departure that is named lies ahead, on a day on which vans go (DLV-2, DLV-3)."""
        now = self.desk.local()
        leaves = datetime.combine(day, datetime.strptime(at or "23:59", "%H:%M").time(), now.tzinfo)
        assert leaves >= now.replace(second=0, microsecond=0), ("a departure that is past", now, document)
        assert is_open(day, self.closures), ("a departure on a closed day", now, document)


def prove_may_leave(all_: World, slip: Row) -> None:
    """No goods leave without their money in, agreed by somebody who could, or on account within a limit (PAY-3)."""
    order = all_.orders[slip["order_id"]]
    who, came = all_.customers[order["customer_id"]], all_.came(order)
    facts = ("goods left", slip["number"], order, who, came)
    assert order["state"] == "confirmed", facts
    assert not who["blocked"], facts
    if came >= order["total"]:
        return
    assert order["payment"] in ("cash", "account"), ("not paid ahead", *facts)
    assert came >= order["deposit"], ("without its deposit", *facts)
    owes = all_.owes(who["id"])
    assert not owes or all_.agreed(order, "overdue") >= owes, ("who owes", owes, *facts)
    review = who["credit_review_on"]
    assert who["terms"] != "account" or review is None or all_.today - review <= GRACE, ("credit lapsed", *facts)
    if order["payment"] == "cash":
        ours = order["region"].startswith("上海")
        assert ours or all_.agreed(order, "cash_elsewhere") >= 0, ("cash by a carrier", *facts)
    else:
        assert who["terms"] == "account", facts
        assert all_.agreed(order, "account_order") >= 0, ("on account by nobody's yes", *facts)
        beyond = all_.exposure(order) - who["credit_limit"]
        assert beyond <= max(NOTHING, all_.agreed_beyond(who["id"])), ("beyond the limit", beyond, *facts)


def prove_within_limit(all_: World, order: Row) -> None:
    """An order on account is within the limit, or somebody who could agreed to go beyond it (ORD-5, PAY-7)."""
    who = all_.customers[order["customer_id"]]
    if order["payment"] != "account" or all_.came(order) >= order["total"]:
        return
    beyond = all_.exposure(order) - who["credit_limit"]
    assert beyond <= 0 or all_.agreed(order, "over_limit") >= beyond, ("beyond the limit", beyond, order, who)


def prove_large(all_: World) -> None:
    """What no branch GM has looked at of a customer's orders of a day is no large order (ORD-5)."""
    taken: dict[tuple[int, date], Decimal] = defaultdict(lambda: NOTHING)
    for order in all_.orders.values():
        if order["state"] in ("confirmed", "closed") and not any(
            one["role"] == "branch_gm" for one in all_.yeses(order)
        ):
            taken[order["customer_id"], order["business_date"]] += order["total"]
    assert all(sum_ < LARGE for sum_ in taken.values()), ("large together", taken)


def prove_people(old: World, new: World) -> None:
    """Nobody acted who was not signed in, nobody granted their own, nobody gave a role they do not have (USR-1…3)."""
    present = {login for login, user in old.users.items() if user["is_active"]} | {"system"}
    for row in (row for id_, row in new.story.items() if id_ not in old.story):
        assert row["by"] in present, ("who is this?", row)
    for one in new.approvals.values():
        if one["state"] == "granted" and _differs(old.approvals.get(one["id"]), one, "state"):
            who = old.users[one["decided_by"]]
            holds = {*who["roles"], *(("leader",) if "manager" in who["roles"] else ())}
            assert who["is_active"], one
            assert one["role"] in holds, (one, who)
            assert one["decided_by"] != one["created_by"], one
    prove_one_yes_each(new)


def prove_one_yes_each(all_: World) -> None:
    """One person never gives two of the yeses of one document as it stands (USR-3)."""
    roles: dict[tuple[Any, ...], set[str]] = defaultdict(set)
    for one in all_.approvals.values():
        if one["state"] == "granted":
            key = (one["subject"], one["document_id"], one["document_version"], one["decided_by"])
            roles[key].add(f"{one['role']} {one['step']}")
    assert all(len(given) == 1 for given in roles.values()), roles


def _differs(was: Row | None, row: Row, *names: str) -> bool:
    return was is None or any(was[name] != row[name] for name in names)
