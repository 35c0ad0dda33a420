"""Databases that hold nothing, not even tables."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from ordersdesk.foundation.store.database import Database


@pytest.fixture
def postgres_empty(postgres_url: str) -> Iterator[str]:
    server = postgres_url.replace("/desk?", "/postgres?")
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute("create database empty_desk")
        yield postgres_url.replace("/desk?", "/empty_desk?")
        connection.execute("drop database empty_desk with (force)")


@pytest.fixture(params=["sqlite", "postgresql"])
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    url = f"sqlite:///{tmp_path}/empty.db"
    database = Database(request.getfixturevalue("postgres_empty") if request.param == "postgresql" else url)
    yield database
    database.close()
