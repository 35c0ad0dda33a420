"""The schema: the steps of the migrations lead to exactly the tables, and the desk refuses any other."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect, text
from sqlmodel import Session, SQLModel

from ordersdesk.foundation.migrations import configuration, upgrade
from ordersdesk.foundation.store.database import Database
from ordersdesk.foundation.store.schema import HEAD, refuse_unknown, version
from ordersdesk.foundation.texts.refusals import Refused
from tests.conftest import known_tables

# What compare_metadata does not look at: collations, WITHOUT ROWID, AUTOINCREMENT, key order, constraint names.
EVERYTHING = {
    "sqlite": ["SELECT type, name, sql FROM sqlite_master WHERE name NOT LIKE 'alembic%' AND name NOT LIKE 'sqlite%'"],
    "postgresql": [
        "SELECT table_name, column_name, data_type, is_nullable, coalesce(column_default, ''), collation_name"
        " FROM information_schema.columns WHERE table_schema = 'public'",
        "SELECT tablename, indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'",
        "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint"
        " WHERE connamespace = 'public'::regnamespace",
    ],
}


@pytest.fixture
def sqlite(tmp_path: Path) -> Iterator[Database]:
    database = Database(f"sqlite:///{tmp_path}/desk.db")
    yield database
    database.close()


def described(connection: Connection) -> list[set[tuple[str, ...]]]:
    """Everything the database says about its tables, but for spaces, the order of constraints, and DEFAULT.

    A column of a later step has one for the rows that were there; the program itself always says what it writes.
    """
    found: list[set[tuple[str, ...]]] = []
    for question in EVERYTHING[connection.dialect.name]:
        rows = [row for row in connection.execute(text(question)) if "alembic" not in str(row[0])]
        found.append({tuple(" ".join(sorted(_plain(str(cell)).split())) for cell in row) for row in rows})
    return found


def _plain(said: str) -> str:
    bare = re.sub(r" DEFAULT ('\w*'|\w+)|^('\w*'::character varying|[01]|false)$", "", said)
    return bare.replace(",", " ").replace(")", " ) ").replace(chr(34), "")  # a table that was made anew is quoted


def test_the_steps_lead_to_the_tables(empty: Database) -> None:
    upgrade(empty)
    known_tables()
    with empty.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, SQLModel.metadata) == []


def test_and_to_what_comparing_does_not_see(empty: Database, database: Database) -> None:
    if empty.dialect != database.dialect:
        pytest.skip("one of each kind is enough")
    upgrade(empty)
    with empty.engine.connect() as climbed, database.engine.connect() as made:
        assert described(climbed) == described(made)


def test_climbing_twice_changes_nothing(empty: Database) -> None:
    assert [upgrade(empty), upgrade(empty), version(empty)] == [True, False, HEAD]


def test_a_step_that_fails_leaves_the_database_as_it_was(empty: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    climb = command.upgrade

    def fails_at_the_end(config: Config, to: str) -> None:
        climb(config, to)
        raise OSError("the disk is full")

    monkeypatch.setattr(command, "upgrade", fails_at_the_end)
    with pytest.raises(OSError, match="full"):
        upgrade(empty)
    with empty.engine.connect() as connection:
        assert inspect(connection).get_table_names() == []


def test_head_is_the_newest_step() -> None:
    assert ScriptDirectory.from_config(configuration()).get_heads() == [HEAD]


def test_a_current_schema_is_accepted(sqlite: Database) -> None:
    upgrade(sqlite)
    refuse_unknown(sqlite)


def test_an_empty_database_is_refused_with_the_command_that_mends_it(sqlite: Database) -> None:
    with pytest.raises(Refused) as no:
        refuse_unknown(sqlite)
    assert no.value.rule == "DB-2"
    assert "ordersdesk init" in no.value.mend


@pytest.mark.parametrize(("found", "mend"), [("0000", "`ordersdesk db upgrade`"), ("9999", "newer version")])
def test_another_schema_is_refused(sqlite: Database, found: str, mend: str) -> None:
    upgrade(sqlite)
    sqlite.write(
        lambda session: session.connection().execute(text(f"UPDATE alembic_version SET version_num = '{found}'"))
    )
    with pytest.raises(Refused) as no:
        refuse_unknown(sqlite)
    assert no.value.rule == "DB-2"
    assert found in no.value.message
    assert mend in no.value.mend


def test_a_newer_schema_is_never_climbed_down(sqlite: Database) -> None:
    upgrade(sqlite)
    sqlite.write(lambda session: session.connection().execute(text("UPDATE alembic_version SET version_num = '9999'")))
    with pytest.raises(Refused, match="9999"):
        upgrade(sqlite)


def test_the_tables_of_another_program_are_left_alone(sqlite: Database) -> None:
    sqlite.write(lambda session: session.connection().execute(text("CREATE TABLE books (title text)")))
    with pytest.raises(Refused, match="books"):
        upgrade(sqlite)
    assert version(sqlite) == ""


def test_a_file_that_is_no_database_is_refused(tmp_path: Path) -> None:
    (tmp_path / "desk.db").write_bytes(b"this is a letter, not a database" * 100)
    database = Database(f"sqlite:///{tmp_path}/desk.db")
    with pytest.raises(Refused) as no:
        refuse_unknown(database)
    assert no.value.rule == "DB-1"


BEFORE_APPROVALS = (
    "INSERT INTO customer VALUES (1, 'C1', 1, '明远', '明远', 'company', false, 'key', 'B', '', '', '', '', '', 'cash',"
    " 0, 0, NULL, 0, 0, '', '', '', '', '', '', '', NULL, NULL, '', '2026-11-20', 'lin', '2026-11-20', 'lin')",
    "INSERT INTO contact VALUES (1, 1, '王芳', '', '', '')",
    "INSERT INTO contact_phone VALUES (1, 1, 1, '+8613800138000', '', '')",
    "INSERT INTO address VALUES (1, 1, '张江路88号', '', '', NULL, '', '')",
    "INSERT INTO sales_order VALUES (1, 'SO1', 'SH', '2026-11-20', 'review', 1, '2026-11-20', 'lin', '2026-11-20',"
    " 'lin', 'k', 1, '明远', 'key', 'lin', NULL, 'phone', '王芳', '1', '张江路88号', '', 'cash', 'none', NULL, false,"
    " NULL, '', '', '', 5000000, 0, 5000000, 'none', 'unpaid', false)",
    "INSERT INTO order_reason VALUES (1, 1, 'ORD-5', 'branch_gm', '{total} is a large order (from {limit}).', '{}')",
)


def test_what_an_order_waits_for_and_what_lists_show_come_along(empty: Database) -> None:
    def the_first_release(session: Session) -> None:
        config = configuration()
        config.attributes["connection"] = session.connection()
        command.upgrade(config, "0001")
        for row in BEFORE_APPROVALS:
            session.connection().execute(text(row))

    empty.write(the_first_release)
    assert upgrade(empty)
    with empty.reading() as session:
        asked = session.connection().execute(text("SELECT document, occasion, role, state, rank FROM approval")).all()
        shown = session.connection().execute(text("SELECT first_contact, first_phone, first_address FROM customer"))
        assert (asked, shown.all()) == (
            [("SO1", "large_order", "branch_gm", "waiting", 0)],
            [("王芳", "+8613800138000", "张江路88号")],
        )


def test_codes_take_their_one_form_where_it_makes_no_two_items_one(empty: Database) -> None:
    def before_one_form(session: Session) -> None:
        config = configuration()
        config.attributes["connection"] = session.connection()
        command.upgrade(config, "0003")
        for code, barcode in (("ＺＨ９０１", "725272730706"), ("ZH902", ""), ("\u200bZH902", "]E06901234567892")):
            values = f"'{code}', 1, '', '{barcode}', '纸', '', '', '', '', '', '', 'stationery', '', 0, 0, 13, 0, 0, 0"
            session.connection().execute(
                text(
                    "INSERT INTO item (code, version, mnemonic, barcode, name, name_en, brand, spec, model, colour,"
                    " unit, category, department, list_price, cost, tax_rate, weight_g, volume_cm3, safety_stock,"
                    " listing, needs_installation, warranty_months, purchase_limit, valuable, discontinued,"
                    f" replacement, equivalents, found_by) VALUES ({values}, '', false, 0, 0, false, false, '', '', '')"
                )
            )

    empty.write(before_one_form)
    assert upgrade(empty)
    with empty.reading() as session:
        found = session.connection().execute(text("SELECT code, barcode FROM item ORDER BY id")).all()
        terms = session.connection().execute(text("SELECT term FROM item_term WHERE owner_id = 1 AND why = 'barcode'"))
        assert (found, terms.all()) == (
            [("ZH901", "0725272730706"), ("ZH902", ""), ("\u200bZH902", "6901234567892")],
            [("0725272730706",)],
        )


def test_what_is_still_to_be_delivered_gets_its_day_and_its_line_in_the_ledger(empty: Database) -> None:
    def the_second_release(session: Session) -> None:
        config = configuration()
        config.attributes["connection"] = session.connection()
        command.upgrade(config, "0001")
        for row in BEFORE_APPROVALS:
            session.connection().execute(text(row))
        session.connection().execute(text("UPDATE sales_order SET promised_on = '2026-11-24'"))
        session.connection().execute(text("UPDATE address SET region = '江苏省'"))
        command.upgrade(config, "0002")

    empty.write(the_second_release)
    assert upgrade(empty)
    with empty.reading() as session:
        leaves = session.connection().execute(text("SELECT region, CAST(leaves_on AS text), wave FROM sales_order"))
        ledger = session.connection().execute(text("SELECT CAST(promised_on AS text), outcome FROM promise"))
        assert (leaves.all(), ledger.all()) == ([("江苏省", "2026-11-20", "")], [("2026-11-24", "open")])


def test_money_of_an_older_desk_stands_in_rows_and_goods_unpaid_at_the_door_are_owed(empty: Database) -> None:
    def the_release_before(session: Session) -> None:
        config = configuration()
        config.attributes["connection"] = session.connection()
        command.upgrade(config, "0001")
        for row in BEFORE_APPROVALS:
            session.connection().execute(text(row))
        command.upgrade(config, "0011")
        for change in (
            "UPDATE sales_order SET state = 'confirmed', payment = 'transfer'",
            "UPDATE sales_order SET deposit = 150000, deposit_paid = true",
            "UPDATE approval SET state = 'granted', occasion = 'over_limit', answerable = true,"
            " decided_at = created_at,"
            """ facts = '{"owed": "1,500.00", "limit": "1,000.00"}'""",
        ):
            session.connection().execute(text(change))

    empty.write(the_release_before)
    assert upgrade(empty)
    with empty.reading() as session:
        run = session.connection().execute
        rows = run(text("SELECT amount, reverses, reason FROM payment")).all()
        order = run(text("SELECT state, money_in, collected, handed_over, contract FROM sales_order")).all()
        yes = run(text("SELECT covers, answers_since = decided_at FROM approval")).all()
    assert (rows, order) == ([(150000, None, "")], [("confirmed", 150000, 0, 0, "")])
    assert [(row[0], bool(row[1])) for row in yes] == [(50000, True)]
