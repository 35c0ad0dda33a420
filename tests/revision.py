"""Writes the next revision of the schema from the tables: `python -m tests.revision "parked calls have a colour"`.

`--first` writes revision 1 anew, for as long as nothing has been released.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal

from alembic.autogenerate import produce_migrations, render_python_code
from alembic.migration import MigrationContext
from alembic.operations.ops import AddColumnOp
from sqlalchemy import Boolean, Column, DefaultClause, String, text
from sqlalchemy.dialects import sqlite
from sqlalchemy.sql.schema import ScalarElementColumnDefault
from sqlalchemy.types import TypeDecorator
from sqlmodel import SQLModel
from sqlmodel.sql.sqltypes import AutoString

from ordersdesk.foundation.migrations import upgrade
from ordersdesk.foundation.store.database import Database
from ordersdesk.foundation.store.schema import HEAD
from tests.conftest import known_tables

FOUNDATION = Path(__file__).parent.parent / "ordersdesk/foundation"
VERSIONS = FOUNDATION / "migrations/versions"

PAGE = '''"""{says}"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "{revision}"
down_revision: str | None = {before!r}
{names}

def upgrade() -> None:
    """Take the step."""
    {code}
'''
EACH = '''

def each(kind: Any, *names: str) -> list[sa.Column[Any]]:
    """Declare columns that always hold something."""
    return [sa.Column(name, kind, nullable=False) for name in names]
'''
TERM = 'TERM = sa.String().with_variant(sa.String(collation="C"), "postgresql")  # sorted by bytes on both\n'


def plain(kind: str, thing: Any, _context: object) -> str | Literal[False]:
    """Write columns as the database has them: a step must not change when the program's types do."""
    if kind != "type":
        return False
    if isinstance(thing, String | AutoString):
        return "TERM" if "postgresql" in thing._variant_mapping else "sa.String()"
    return f"sa.{thing.impl_instance!r}" if isinstance(thing, TypeDecorator) else False


def difference(*, first: bool) -> str:
    """Return the code of the step from the newest revision (or nothing) to the tables."""
    known_tables()
    with tempfile.TemporaryDirectory() as folder:
        database = Database(f"sqlite:///{folder}/desk.db")
        if not first:
            upgrade(database)
        with database.engine.connect() as connection:
            options = {"render_item": plain, "compare_type": True}
            context = MigrationContext.configure(connection, opts={**options, "target_metadata": SQLModel.metadata})
            steps = produce_migrations(context, SQLModel.metadata).upgrade_ops
            assert steps is not None
            for added in _added(steps):
                added.server_default = _filled(added)
            code = render_python_code(steps, migration_context=context, render_item=plain)
        database.close()
    return re.sub(r"\n?    # ### .*\n?", "", "    " + code).strip()


def _added(steps: Any) -> Iterator[Column[Any]]:
    """Give the columns that are added to tables with rows in them."""
    for step in steps.ops:
        if isinstance(step, AddColumnOp):
            yield step.column
        elif hasattr(step, "ops"):
            yield from _added(step)


def _filled(column: Column[Any]) -> DefaultClause | None:
    """Return what a column holds in rows that are there already: its default in the program."""
    if column.nullable or not isinstance(column.default, ScalarElementColumnDefault):
        return None
    bind = column.type.dialect_impl(sqlite.dialect()).bind_processor(sqlite.dialect())
    value = bind(column.default.arg) if bind else column.default.arg
    if isinstance(column.type, Boolean):
        value = str(bool(column.default.arg)).lower()
    elif isinstance(value, str):
        value = f"'{value}'"
    return DefaultClause(text(str(value)))


def gathered(code: str) -> str:
    """Put neighbouring columns of one type on one line."""
    lines: list[str] = []
    for line in code.splitlines():
        found = re.fullmatch(r"\s*sa\.Column\('(\w+)', (.+), nullable=False\),?", line)
        before = re.fullmatch(r"\*each\((.+?), (\".+)\),", lines[-1]) if lines else None
        if not found:
            lines.append(line)
        elif before and before[1] == found[2] and len(lines[-1]) + len(found[1]) < 105:
            lines[-1] = f'*each({before[1]}, {before[2]}, "{found[1]}"),'
        else:
            lines.append(f'*each({found[2]}, "{found[1]}"),')
    return "\n".join(lines)


def write(says: str, *, first: bool) -> Path:
    """Write the revision and lay it out."""
    number = 1 if first else int(HEAD) + 1
    code = difference(first=first)
    code = gathered(code) if first else code
    name = "first" if first else re.sub(r"\W+", "_", says.lower()).strip("_")[:40]
    path = VERSIONS / f"{number:04d}_{name}.py"
    before = None if first else HEAD
    names = ("\n" + TERM if "TERM" in code else "") + (EACH if first else "")
    says = says[:1].upper() + says[1:].rstrip(".") + "."
    path.write_text(PAGE.format(says=says, revision=f"{number:04d}", before=before, code=code, names=names))
    subprocess.run([sys.executable, "-m", "ruff", "check", "-q", "--fix", path], check=False)
    subprocess.run([sys.executable, "-m", "ruff", "format", "-q", path], check=True)
    return path


def become_head(path: Path) -> None:
    """Let the program work on this revision from now on."""
    schema = FOUNDATION / "store/schema.py"
    source = schema.read_text(encoding="utf-8")
    schema.write_text(source.replace(f'HEAD = "{HEAD}"', f'HEAD = "{path.name[:4]}"'), encoding="utf-8")


if __name__ == "__main__":
    if sys.argv[1:] == ["--first"]:
        print(write("The tables of the first release", first=True))
    elif len(sys.argv) == 2:
        become_head(made := write(sys.argv[1], first=False))
        print(made)
    else:
        sys.exit(__doc__)
