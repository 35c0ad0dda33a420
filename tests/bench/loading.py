"""From the files of a million customers to a database: indexes last, terms in the order of their key."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

import psycopg
from rich.console import Console

from ordersdesk.foundation.migrations import upgrade
from ordersdesk.foundation.store.database import Database
from tests.bench.million import COLUMNS, TERMS, fields, lines

PIECE = 1 << 20  # bytes of one COPY message
BULK = ("journal_mode=OFF", "synchronous=OFF", "cache_size=-1000000", "temp_store=MEMORY", "foreign_keys=OFF")


def load(database: Database, folder: Path, console: Console) -> None:
    """Make the tables and fill them from the files."""
    upgrade(database)
    database.close()
    with console.status(f"loading {folder.name} into {database.dialect}"):
        (_load_sqlite if database.dialect == "sqlite" else _load_postgres)(database, folder)


def _load_sqlite(database: Database, folder: Path) -> None:
    connection = sqlite3.connect(str(database.url.database), isolation_level=None)
    for pragma in BULK:
        connection.execute(f"PRAGMA {pragma}")
    wanted = "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL AND tbl_name IN (%s)"
    indexes = connection.execute(wanted % ", ".join(f"'{name}'" for name in COLUMNS)).fetchall()
    connection.execute("BEGIN")
    for name, _sql in indexes:
        connection.execute(f"DROP INDEX {name}")
    for table, columns in COLUMNS.items():
        insert = f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})"
        connection.executemany(insert, map(fields, lines(folder, table)))
    for _name, sql in indexes:
        connection.execute(sql)
    connection.execute("COMMIT")
    connection.execute("PRAGMA journal_mode=WAL")
    connection.close()


def _load_postgres(database: Database, folder: Path) -> None:
    address = database.url.render_as_string(hide_password=False)
    with psycopg.connect(address) as connection:
        for setting in ("session_replication_role = replica", "maintenance_work_mem = '1GB'", "timezone = 'UTC'"):
            connection.execute(f"SET {setting}".encode())
        indexes = connection.execute(
            "SELECT indexname, indexdef FROM pg_indexes WHERE tablename = ANY(%s) AND indexname NOT IN"
            " (SELECT conname FROM pg_constraint)", [list(COLUMNS)],
        ).fetchall()  # fmt: skip
        for name, _sql in indexes:
            connection.execute(f"DROP INDEX {name}".encode())
        key = connection.execute(
            "SELECT conname FROM pg_constraint WHERE conrelid = %s::regclass AND contype = 'p'", [TERMS]
        )
        connection.execute(f"ALTER TABLE {TERMS} DROP CONSTRAINT {key.fetchone()[0]}")  # type: ignore[index]
        for table in COLUMNS:
            _copy(connection, folder, table)
        connection.execute(f"ALTER TABLE {TERMS} ADD PRIMARY KEY (term, owner_id, why)")
        for _name, sql in indexes:
            connection.execute(sql)
        for table in COLUMNS:
            if table != TERMS:
                connection.execute(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), max(id)) FROM {table}")  # type: ignore[arg-type]
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute("VACUUM ANALYZE")


def _copy(connection: psycopg.Connection[Any], folder: Path, table: str) -> None:
    with connection.cursor().copy(f'COPY "{table}" ({", ".join(COLUMNS[table])}) FROM STDIN') as copy:  # type: ignore[arg-type]
        piece = bytearray()
        for line in lines(folder, table):
            piece += line
            if len(piece) > PIECE:
                copy.write(bytes(piece))
                piece.clear()
        copy.write(bytes(piece))
