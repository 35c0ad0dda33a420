"""The demo desk: made-up goods, customers and half a year of orders, brought in the way any file is (FIL-1)."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from sqlmodel import Session

from ordersdesk.files.demo.door import PASSWORD
from ordersdesk.files.demo.slips import on_their_way
from ordersdesk.files.imports import commit, plan
from ordersdesk.files.mapping import mapping_file
from ordersdesk.files.mapping.mapping import Mapping, default
from ordersdesk.files.mapping.rows import Mapped, outcomes
from ordersdesk.files.tables.reading import read
from ordersdesk.files.tables.workbooks import text_of
from ordersdesk.foundation.desk import SYSTEM, Desk, action
from ordersdesk.foundation.texts.data import data_path
from ordersdesk.people.actions import NewUser, add_users_within
from ordersdesk.stock.file_actions import add_warehouses
from ordersdesk.stock.queries import warehouses


class Part(NamedTuple):
    """One file of the demo: what it brings, and whether its orders are past ones."""

    file: str
    kind: str
    history: bool = False


# In this order: prices name customers and items, orders name all of them.
PARTS = (
    Part("items", "items"),
    Part("customers", "customers"),
    Part("breaks", "prices"),
    Part("promotions", "prices"),
    Part("agreed", "prices"),
    Part("stock", "stock"),
    Part("history", "orders", history=True),
    Part("web", "orders"),
)


def load(desk: Desk, *, told: Callable[[str, int, int], object] = lambda _part, _done, _parts: None) -> None:
    """Fill an empty desk with the demo; what is there already stays. `told` hears which part is being brought in."""
    desk = desk.signed_in(SYSTEM)
    _people_and_places(desk)
    for done, part in enumerate(PARTS):
        told(part.file, done, len(PARTS))
        planned = plan(desk, part.kind, data_path("demo", f"{part.file}.csv"), _fit(part), history=part.history)
        commit(desk, planned, keep_good=True)
    on_their_way(desk)
    told("", len(PARTS), len(PARTS))


def _fit(part: Part) -> Mapping:
    path = data_path("demo", f"{part.file}.toml")
    return mapping_file.load(path, part.kind) if path.exists() else default(part.kind)


@action
def _people_and_places(desk: Desk, session: Session) -> None:
    add_users_within(desk, session, _users(desk), password=PASSWORD, is_open=True)
    if not warehouses(session):
        sheet = read(data_path("demo", "warehouses.csv"))
        rows = [dict(zip(sheet.columns, map(text_of, row.cells), strict=True)) for row in sheet.rows()]
        add_warehouses(desk, session, rows)


def _users(desk: Desk) -> list[NewUser]:
    fit = mapping_file.load(data_path("demo", "users.toml"), "users")
    sheet = fit.opened(data_path("demo", "users.csv"))
    rows = [row.values for row in outcomes(fit.fitted(sheet), sheet, today=desk.today()) if isinstance(row, Mapped)]
    return [
        NewUser(str(row["login"]), str(row["name"]), tuple(str(row["roles"]).split()), str(row["language"]))
        for row in rows
    ]
