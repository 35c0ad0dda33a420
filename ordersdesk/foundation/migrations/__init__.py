"""The steps from an empty database to the schema of this program; loaded only by the commands that take them."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import inspect, text
from sqlmodel import Session

from ordersdesk.foundation.store.database import Database
from ordersdesk.foundation.store.schema import HEAD, refuse_newer, version
from ordersdesk.foundation.texts.language import _
from ordersdesk.foundation.texts.refusals import Refused

_TURN = 0x6F726465  # any number, the same for every desk: two upgrades of one PostgreSQL wait for each other


def configuration() -> Config:
    """Return Alembic's configuration, made here because the program has no alembic.ini."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    return config


def upgrade(database: Database) -> bool:
    """Bring a database to the schema of this program in one transaction; False when it was there already."""
    before = version(database)
    refuse_newer(before)
    if before == HEAD:
        return False
    database.write(lambda session: _climb(database, session))
    return True


def _climb(database: Database, session: Session) -> None:
    connection = session.connection()
    if database.dialect == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:turn)"), {"turn": _TURN})
    tables = set(inspect(connection).get_table_names())
    if tables and "alembic_version" not in tables:
        raise Refused(
            "DB-2",
            _("This database holds tables of another program: {tables}.").format(tables=", ".join(sorted(tables)[:3])),
            mend=_("Choose an empty database."),
        )
    config = configuration()
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
