"""The database is proved, mended, copied and brought up to date from the command line."""

from __future__ import annotations

import sqlite3
import stat
from contextlib import closing
from pathlib import Path
from random import Random

import pytest

from ordersdesk.foundation import migrations
from ordersdesk.foundation.store.schema import HEAD
from tests.cli.conftest import Command
from tests.cli.test_orders import written

BROKEN = {
    "stock counters": "UPDATE stock SET on_hand = on_hand + 7 WHERE item_id = 1",
    "search terms of customers": "DELETE FROM customer_term WHERE why = 'p'",
    "search terms of items": "INSERT INTO item_term (term, owner_id, why) VALUES ('ghost', 99, 'name')",
    "order sums": "UPDATE sales_order SET total = total + 1",
    "numbers of documents": "UPDATE counter SET last = last + 1 WHERE kind = 'order'",
    "timelines of documents": "UPDATE sales_order SET state = 'cancelled'",
    "money in": "UPDATE sales_order SET money_in = money_in + 1",
    "orders that are asked for": "INSERT INTO approval (branch, business_date, state, version, created_at, created_by,"
    " changed_at, changed_by, subject, document_id, document, document_version, about, occasion, rule, role, amount,"
    " text, facts, seen, rank, step, due_at, decided_by, reason, by_code, answerable) SELECT branch, business_date,"
    " 'waiting', 1, created_at, 'lin', changed_at, 'lin', 'order', id, number, 1, '', 'large_order', 'ORD-5',"
    " 'manager', 0, '', '{}', '{}', 1, 1, created_at, '', '', '', 0 FROM sales_order",
    "database file": "INSERT INTO address (customer_id, text, district, route, region, receiving_hours)"
    " VALUES (77, '', '', '', '', '')",
}
MENDED = {"stock counters", "search terms of customers", "search terms of items"}


def damaged(home: Path, statement: str) -> None:
    """Change the file behind the desk's back."""
    with closing(sqlite3.connect(home / "desk.db")) as connection:
        connection.execute(statement)
        connection.commit()


def faulty(told: list[dict[str, object]]) -> set[str]:
    """The checks that found something."""
    return {str(one["name"]) for one in told if one["faults"]}


def test_a_sound_desk_is_proved_sound(command: Command, tmp_path: Path) -> None:
    command("orders", "submit", written(tmp_path, ("A4-80", 5)))
    done = command("--json", "check")
    assert (done.code, done.json()["ok"], faulty(done.json()["checks"])) == (0, True, set())


@pytest.mark.parametrize("check", BROKEN)
def test_what_is_wrong_is_found(command: Command, home: Path, tmp_path: Path, check: str) -> None:
    command("orders", "submit", written(tmp_path, ("A4-80", 5)))
    damaged(home, BROKEN[check])
    done = command("--json", "check")
    assert done.code == 1
    assert check in faulty(done.json()["checks"])


@pytest.mark.parametrize("check", sorted(MENDED))
def test_and_set_right_where_it_can_be(command: Command, home: Path, check: str) -> None:
    damaged(home, BROKEN[check])
    mended = command("--json", "check", "--fix")
    assert (mended.code, command("check").code) == (0, 0)
    assert {one["name"]: one["mended"] for one in mended.json()["checks"]}[check] == 1


def test_only_an_administrator_mends(command: Command) -> None:
    assert command("--user", "lin", "check", "--fix").code == 1


def test_faults_are_told_to_people(command: Command, home: Path) -> None:
    damaged(home, BROKEN["stock counters"])
    assert "STK-2: on_hand of item 1 in warehouse 1 is 107; its rows make 100." in command("check").out


def test_a_backup_holds_everything_and_is_private(command: Command, tmp_path: Path) -> None:
    target = tmp_path / "copy.db"
    done = command("--json", "backup", str(target))
    with closing(sqlite3.connect(target)) as copy:
        count = copy.execute("SELECT count(*) FROM customer").fetchone()[0]
    assert (done.code, count, stat.S_IMODE(target.stat().st_mode)) == (0, 1, 0o600)


def test_a_backup_is_never_written_over_another(command: Command, tmp_path: Path) -> None:
    target = tmp_path / "copy.db"
    codes = [command("backup", str(target), *words).code for words in ([], [], ["--replace"])]
    assert codes == [0, 1, 0]
    assert [path.name for path in tmp_path.glob("*copy*")] == ["copy.db"]


def test_a_backup_where_nothing_can_be_written_is_refused(command: Command, tmp_path: Path) -> None:
    done = command("--json", "backup", str(tmp_path / "nowhere" / "copy.db"))
    assert (done.code, done.json()["refused"]["rule"]) == (1, "DB-4")


@pytest.mark.parametrize("seed", range(8))
def test_a_file_with_changed_bytes_is_told_about_as_far_as_it_can_be_read(
    command: Command, home: Path, tmp_path: Path, seed: int
) -> None:
    command("orders", "submit", written(tmp_path, ("A4-80", 5)))
    damaged(home, "PRAGMA wal_checkpoint(TRUNCATE)")
    chance, data = Random(seed), bytearray((home / "desk.db").read_bytes())
    for place in chance.sample(range(4096, len(data), 4096), len(data) // 4096 // 3):
        data[place : place + 800] = chance.randbytes(800)
    (home / "desk.db").write_bytes(data)
    done = command("--json", "check")
    faults = [fault for one in done.json()["checks"] for fault in one["faults"]]
    assert (done.code, {fault["rule"] for fault in faults} >= {"DB-3"}) == (1, True)
    assert max(len(fault["what"]) for fault in faults) < 300


def test_a_schema_whose_names_are_no_text_is_told_as_damage(command: Command, home: Path) -> None:
    garbled = "UPDATE sqlite_master SET name = CAST(x'FF' AS TEXT), sql = 'no' WHERE name = 'customer'"
    with closing(sqlite3.connect(home / "desk.db")) as connection:
        connection.execute("PRAGMA writable_schema = ON")
        connection.execute(garbled)
        connection.commit()
    done = [command("--json", *words) for words in (["check"], ["orders", "list"])]
    assert [(one.code, "The database file is damaged." in one.out) for one in done] == [(1, True), (1, True)]


def test_an_old_schema_is_refused_until_it_is_upgraded(command: Command, home: Path) -> None:
    damaged(home, "UPDATE alembic_version SET version_num = '0000'")
    done = command("--json", "orders", "list")
    assert (done.code, done.json()["refused"]["rule"]) == (1, "DB-2")
    assert "ordersdesk db upgrade" in done.json()["refused"]["mend"]


def test_an_upgrade_again_changes_nothing(command: Command) -> None:
    assert command("--json", "db", "upgrade").json() == {"from": HEAD, "to": HEAD, "changed": False}


@pytest.mark.parametrize("climbs", [True, False], ids=["a climb", "after a climb that was killed at its end"])
def test_an_upgrade_makes_search_terms_anew_that_an_older_program_made_otherwise(
    command: Command, home: Path, monkeypatch: pytest.MonkeyPatch, climbs: bool
) -> None:
    damaged(home, BROKEN["search terms of customers"])
    monkeypatch.setattr(migrations, "upgrade", lambda _database: climbs)
    assert command("--json", "db", "upgrade").json()["changed"]
    assert command("--json", "check").json()["ok"]


def test_a_backup_waits_for_nobody_and_holds_only_what_is_committed(
    command: Command, home: Path, tmp_path: Path
) -> None:
    command("check")  # a door is remembered when somebody comes in by it for the first time
    with closing(sqlite3.connect(home / "desk.db", isolation_level=None)) as writer:
        writer.execute("BEGIN IMMEDIATE")
        writer.execute("DELETE FROM customer_term")
        done = command("backup", str(tmp_path / "copy.db"))
        writer.execute("ROLLBACK")
    with closing(sqlite3.connect(tmp_path / "copy.db")) as copy:
        assert (done.code, copy.execute("SELECT count(*) > 0 FROM customer_term").fetchone()[0]) == (0, 1)
