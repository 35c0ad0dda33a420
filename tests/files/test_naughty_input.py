"""Hostile and odd texts through import and export: stored whole or refused with a reason, never run (FIL-3)."""

from __future__ import annotations

import csv
import json
from pathlib import Path

from sqlalchemy import select

from ordersdesk.catalogue.queries import ITEM
from ordersdesk.customers.model.queries import CUSTOMER
from ordersdesk.files.exports import export
from ordersdesk.files.imports import commit, plan
from ordersdesk.files.tables.reading import read
from ordersdesk.files.tables.workbooks import text_of
from ordersdesk.foundation.desk import Desk
from tests.builders import as_role
from tests.datasets import dataset


def naughty(folder: Path, *columns: str) -> Path:
    """Write a table with a naughty text in every row and column."""
    texts = json.loads(dataset("naughty-input/blns.json").read_text("utf-8"))
    with (folder / "naughty.csv").open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["No.", *columns, "Territory"])
        writer.writerows([[f"N{place}", *[each] * len(columns), "North"] for place, each in enumerate(texts, 1)])
    return folder / "naughty.csv"


def test_naughty_customers_come_in_and_go_out(desk: Desk, tmp_path: Path) -> None:
    boss = as_role(desk, "manager")
    path = naughty(tmp_path, "Name", "Note", "Contact")
    path.write_text(path.read_text("utf-8").replace("No.", "Customer number", 1), "utf-8")
    planned = plan(boss, "customers", path)

    assert {(problem.rule, problem.column) for problem in planned.problems.first(999)} <= {
        ("FIL-1", "Name"),
        ("FIL-3", "Name"),
        ("FIL-3", "Note"),
        ("FIL-3", "Contact"),
    }
    commit(boss, planned, keep_good=True)
    with desk.reading() as session:
        stored = session.connection().execute(select(CUSTOMER.c.name).order_by(CUSTOMER.c.id)).scalars().all()
    assert len(stored) > 480
    export(boss, "customers", tmp_path / "out.csv")
    assert [text_of(row.cells[1]) for row in read(tmp_path / "out.csv").rows()] == stored


def test_naughty_items_come_in_and_go_out(desk: Desk, tmp_path: Path) -> None:
    boss = as_role(desk, "manager")
    path = naughty(tmp_path, "Name", "Spec")
    path.write_text(path.read_text("utf-8").replace("No.", "Item code", 1), "utf-8")

    commit(boss, plan(boss, "items", path), keep_good=True)

    with desk.reading() as session:
        stored = session.connection().execute(select(ITEM.c.name).order_by(ITEM.c.id)).scalars().all()
    assert len(stored) > 480
    for ending in (".csv", ".xlsx", ".json"):
        assert export(boss, "items", tmp_path / f"out{ending}") == len(stored)
    assert [text_of(row.cells[1]) for row in read(tmp_path / "out.csv").rows()] == stored
