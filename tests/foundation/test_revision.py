"""The writer of revisions: a step names only what a database knows, and the tables need no step that is not written."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import Integer, String
from sqlmodel.sql.sqltypes import AutoString

from ordersdesk.foundation.store.columns import FactsColumn, Moment, MoneyColumn, PhraseColumn
from tests.revision import difference, plain


@pytest.mark.parametrize(
    ("column", "written"),
    [
        (MoneyColumn(), "sa.BigInteger()"),
        (Moment(), "sa.DateTime(timezone=True)"),
        (PhraseColumn(), "sa.String()"),
        (FactsColumn(), "sa.JSON()"),
        (AutoString(), "sa.String()"),
        (String(20), "sa.String()"),
        (String().with_variant(String(collation="C"), "postgresql"), "TERM"),
        (Integer(), False),
    ],
)
def test_a_step_names_columns_as_the_database_has_them(column: Any, written: str | bool) -> None:
    assert plain("type", column, None) == written


def test_every_table_has_its_revision() -> None:
    assert difference(first=False) == "pass"
