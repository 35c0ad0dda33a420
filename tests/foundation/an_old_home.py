"""A home as the third release left it: documents in every state, by the rooms of today in the tables of then."""

from __future__ import annotations

import json
from decimal import Decimal

from alembic import command
from sqlalchemy import Connection, inspect
from sqlmodel import Session, SQLModel

from ordersdesk.calls.actions import answer, end, park
from ordersdesk.changing import call_off, deposit_paid, request, sheet_returned
from ordersdesk.deciding import deny, grant, withdraw
from ordersdesk.delivery.handover.actions import Handed, delivered
from ordersdesk.delivery.handover.cash_actions import hand_in
from ordersdesk.delivery.handover.failed_actions import failed, note_trouble
from ordersdesk.delivery.handover.refused_actions import partly_refused
from ordersdesk.delivery.routes.loading_actions import void_sheet
from ordersdesk.delivery.slips.voiding_actions import void
from ordersdesk.delivery.troubles.actions import claim, close, settle, told
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.migrations import configuration
from ordersdesk.foundation.store.database import Database
from ordersdesk.orders.book.page_queries import by_number
from ordersdesk.orders.changes.regret_actions import regret
from ordersdesk.orders.sheets.actions import send_sheet
from ordersdesk.orders.terms.change_draft import parsed
from ordersdesk.orders.terms.draft import DraftLine
from ordersdesk.stock.rules import Shortage
from tests.builders import a_customer, a_draft, agreed, an_item, as_role
from tests.credit.making import a_regular, applied
from tests.delivery.building import a_slip, an_order, everybody
from tests.delivery.roads import a_sheet, on_the_road

FIRST, THIRD = "0001", "0003"
# What columns held then that are gone or say something else now.
THEN = {
    "sales_order": {"deposit_paid": "deposit > 0 AND money_in >= deposit"},
    "timeline": {"verb": "CASE WHEN verb = 'money in' THEN 'deposit paid' ELSE verb END"},
    "call": {"rang_at": "coalesce(rang_at, created_at)", "answered_at": "coalesce(answered_at, created_at)"},
}


def every_state(desk: Desk) -> None:
    """Let everything happen that could happen in the third release."""
    a_regular(desk)
    applied(desk)
    calls(desk)
    orders(desk)
    on_account(desk)
    special_goods(desk)
    changes(desk)
    roads(desk)


def calls(desk: Desk) -> None:
    """A call that goes on, one that is parked, one that ended."""
    for key in ("open", "parked", "ended"):
        answer(desk, key=key, presented="13800138000")
    park(desk, key="parked", draft={"lines": []})
    end(desk, key="ended", outcome="enquiry")


def orders(desk: Desk) -> None:
    """Orders that go on, are pulled back or called off, and one that the word transfer confirmed, as it did then."""
    an_order(desk)
    regret(desk, an_order(desk))
    call_off(desk, number=agreed(desk, a_draft(("A4-80", 7), payment="transfer")).number, reason="too dear")
    by_a_word = an_order(desk)
    change = f"UPDATE sales_order SET payment = 'transfer' WHERE number = '{by_a_word}'"
    desk.database.write(lambda session: session.connection().exec_driver_sql(change))


def on_account(desk: Desk) -> None:
    """Orders on monthly account: asked, granted and denied."""
    a_customer(desk, "C200001", terms="account", credit_limit=90000)
    taken = [agreed(desk, a_draft(("A4-80", count), customer="C200001", payment="account")) for count in (3, 5, 9)]
    manager = as_role(desk, "manager", login="guo")
    grant(manager, "order", taken[1].number, seen_version=version(desk, taken[1].number))
    deny(manager, "order", taken[2].number, seen_version=version(desk, taken[2].number), reason="no")


def special_goods(desk: Desk) -> None:
    """Special goods: sheet and deposit asked for, in, and in part delivered."""
    a_customer(desk, "C200002", size_class="key")
    an_item(desk, "GOLD", price="100.00", listing="special", brand="云笺", model="G-1", colour="金")
    line = DraftLine(item="GOLD", quantity=3, shortage=Shortage.PURCHASE)
    _waits, number = (agreed(desk, a_draft(lines=(line,), customer="C200002")).number for _each in range(2))
    send_sheet(desk, number=number, how="email")
    sheet_returned(desk, number=number)
    deposit_paid(as_role(desk, "finance", login="qian"), number=number, amount=Decimal("90.00"))


def changes(desk: Desk) -> None:
    """Changes that wait, are made, denied and taken back."""
    leader = as_role(desk, "leader", "manager", login="guo")
    made = [asked_for(desk) for _each in range(4)]
    grant(leader, "change", made[1], seen_version=1)
    deny(leader, "change", made[2], seen_version=1, reason="no")
    withdraw(desk, "change", made[3], reason="never mind")


def asked_for(desk: Desk) -> str:
    """A change that waits for a yes."""
    edits = {"lines": [{"position": 1, "quantity": 31}]}
    wanted = parsed({"order": an_order(desk, ("A4-80", 30)), "reason": "called again", **edits})
    return request(desk, wanted).number


def roads(desk: Desk) -> None:
    """Slips on each step of their way, back in each way, and sheets that are being loaded, gone and back."""
    boss = everybody(desk)
    for state in ("made", "printed", "picked"):
        a_slip(desk, state=state)
    void(boss, a_slip(desk).head.number, reason="twice")
    a_sheet(desk, a_slip(desk, state="picked").head.number)
    void_sheet(boss, a_sheet(desk))
    troubles(desk)
    delivered(boss, on_the_road(desk))
    failed(boss, on_the_road(desk), "nobody")
    short = Handed(collected=Decimal("3.00"), why="forgot the purse")
    delivered(boss, on_the_road(desk), short)
    partly_refused(boss, on_the_road(desk), {1: 2}, "not_wanted", Handed(collected=Decimal("200.00")))
    with desk.reading() as session:
        gone = "SELECT number FROM route_sheet WHERE state = 'departed' ORDER BY id"
        sheets = list(session.connection().exec_driver_sql(gone).scalars())
    hand_in(boss, sheets[5], Decimal("250.00"))


def troubles(desk: Desk) -> None:
    """Trouble on the road that nobody told yet, that was told, claimed, settled and closed."""
    boss = everybody(desk)
    for steps in range(5):
        number = note_trouble(boss, on_the_road(desk), kind="damaged", cause="rain").number
        if steps in (1, 4):
            told(boss, number, how="call")
        if steps in (2, 3):
            claim(boss, number, amount=Decimal(20), on="carrier")
        if steps == 3:
            settle(boss, number, amount=Decimal(10))
        if steps == 4:
            close(boss, number)


def version(desk: Desk, number: str) -> int:
    """The version of an order."""
    return by_number(desk, number).head.version


def first_states(desk: Desk) -> None:
    """Let happen what could happen before there were slips and changes."""
    a_regular(desk)
    calls(desk)
    orders(desk)
    on_account(desk)


def as_it_was(new: Database, old: Database, *, release: str = THIRD) -> None:
    """Keep what one database holds as a home of an older release did: its tables, without what came later."""

    def work(session: Session) -> None:
        config = configuration()
        config.attributes["connection"] = session.connection()
        command.upgrade(config, release)
        with new.reading() as source:
            for name, columns in _common(session.connection()):
                _copy(source.connection(), session.connection(), name, columns)
            if release == FIRST:
                _reasons(source.connection(), session.connection())

    old.write(work)


def _reasons(source: Connection, target: Connection) -> None:
    """What orders waited for was said beside them in the first release, nobody was asked and nobody answered."""
    target.exec_driver_sql("DELETE FROM timeline WHERE kind = 'approval'")
    waiting = "SELECT document_id, rule, role, text, facts FROM approval WHERE state = 'waiting' AND subject = 'order'"
    holes = ", ".join(["?" if target.dialect.name == "sqlite" else "%s"] * 5)
    said = f"INSERT INTO order_reason (order_id, rule, role, text, facts) VALUES ({holes})"
    for row in source.exec_driver_sql(waiting):
        target.exec_driver_sql(said, (*row[:4], row[4] if isinstance(row[4], str) else json.dumps(row[4])))


def _common(old: Connection) -> list[tuple[str, dict[str, str]]]:
    """Return by table the columns there were then, each with what it held in the words of today."""
    found = inspect(old)
    there = set(found.get_table_names())
    tables = [table for table in SQLModel.metadata.sorted_tables if table.name in there]
    return [
        (table.name, {
            name: THEN.get(table.name, {}).get(name, f'"{name}"')
            for name in (one["name"] for one in found.get_columns(table.name))
            if name in table.c or name in THEN.get(table.name, {})
        })
        for table in tables
    ]  # fmt: skip


def _copy(source: Connection, target: Connection, name: str, cells: dict[str, str]) -> None:
    read, written = ", ".join(cells.values()), ", ".join(f'"{column}"' for column in cells)
    holes = ", ".join(["?" if target.dialect.name == "sqlite" else "%s"] * len(cells))
    rows = source.exec_driver_sql(f'SELECT {read} FROM "{name}"').all()
    for row in rows:
        values = tuple(json.dumps(value) if isinstance(value, (dict, list)) else value for value in row)
        target.exec_driver_sql(f'INSERT INTO "{name}" ({written}) VALUES ({holes})', values)
    if rows and "id" in cells and target.dialect.name == "postgresql":  # what is added later counts on
        last = f"SELECT setval(pg_get_serial_sequence('\"{name}\"', 'id'), max(id)) FROM \"{name}\""
        target.exec_driver_sql(last)
