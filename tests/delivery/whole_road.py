"""The files of a desk with a wave of three hundred orders, made of the demo's goods and customers."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

from ordersdesk.files.imports import commit, plan
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.texts.data import data_path
from tests.builders import a_warehouse

COUNT = 300
ROUTES = ("浦东一线", "徐汇一线", "静安一线")
GOODS = ("BI101", "BI102", "BI103", "BI104", "ZH245", "ZM402")
SHELF = 5000  # pieces of each
DAY = "2026-11-24"  # when all of them are to come


def rows(name: str) -> list[dict[str, str]]:
    """The rows of a file of the demo."""
    with data_path("demo", f"{name}.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def written(path: Path, lines: list[dict[str, Any]]) -> Path:
    """Write rows as a file to import."""
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.DictWriter(file, list(lines[0]))
        out.writeheader()
        out.writerows(lines)
    return path


def customers() -> list[dict[str, str]]:
    """Three hundred of the demo's customers, key ones among them, on three routes."""
    ours = [
        row for row in rows("customers")
        if not row["region"] and row["terms"] != "account" and not row["blocked"] and not row["overdue"]
        and not row["receiving_hours"].startswith("0") and not row["receiving_hours"].startswith("10")
    ]  # fmt: skip
    chosen = sorted(ours, key=lambda row: row["size_class"] != "key")[:COUNT]
    # Numbered as the desk will number them, in the order in which they come.
    return [
        row | {"route": ROUTES[place % len(ROUTES)], "number": f"C{place + 1:06d}"} for place, row in enumerate(chosen)
    ]


def orders(buyers: list[dict[str, str]]) -> list[dict[str, Any]]:
    """One order of two lines of each customer: a few below the free delivery, some paid by transfer or card."""
    lines: list[dict[str, Any]] = []
    for place, buyer in enumerate(buyers):
        payment = "transfer" if buyer["terms"] == "prepaid" else "card" if place % 11 == 5 else "cash"
        head = {"number": f"W{place:03d}", "date": "2026-11-23", "customer": buyer["number"], "payment": payment,
                "delivery_date": DAY}  # fmt: skip
        for more in (0, 3):
            goods = GOODS[(place + more) % len(GOODS)]
            lines.append(head | {"item": goods, "quantity": 4 + (place * 7 + more) % 9})
    return lines


def brought_in(desk: Desk, kind: str, path: Path, mapping: Path | None = None) -> int:
    """Import a file as a user does: looked at first, then all of it; returns how many are new."""
    planned = plan(desk, kind, path, mapping)
    assert not len(planned.problems), planned.problems.first(3)
    return commit(desk, planned).new


def a_desk_full_of_orders(desk: Desk, folder: Path) -> int:
    """Bring in goods, customers, stock and orders; returns how many orders there are."""
    a_warehouse(desk, "SH-A")
    buyers = customers()
    items = [row | {"replacement": "", "equivalents": ""} for row in rows("items") if row["code"] in GOODS]
    brought_in(desk, "items", written(folder / "items.csv", items))
    fit = data_path("demo", "customers.toml")
    brought_in(desk, "customers", written(folder / "customers.csv", buyers), fit)
    stock = [{"item": code, "warehouse": "SH-A", "on_hand": SHELF} for code in GOODS]
    brought_in(desk, "stock", written(folder / "stock.csv", stock))
    return brought_in(desk, "orders", written(folder / "orders.csv", orders(buyers)))
