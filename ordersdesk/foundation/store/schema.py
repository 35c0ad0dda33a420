"""Which schema a database has, and whether this program may work on it; needs no Alembic (DB-2)."""

from __future__ import annotations

from sqlalchemy import inspect, text

from ordersdesk.foundation.store.database import Database
from ordersdesk.foundation.texts.language import _
from ordersdesk.foundation.texts.refusals import Outage, Refused

HEAD = "0018"  # the newest revision in foundation/migrations/versions; revisions count up


def version(database: Database) -> str:
    """Return the revision of a database, empty when it has none; refused (DB-1) when it cannot be opened."""
    try:
        with database.reading() as session:
            connection = session.connection()
            if not inspect(connection).has_table("alembic_version"):
                return ""
            return str(connection.execute(text("SELECT version_num FROM alembic_version")).scalar() or "")
    except Outage as gone:
        raise Outage(
            "DB-1", gone.message, mend=_("Check --db and that the database is there."), passes=gone.passes
        ) from gone


def refuse_unknown(database: Database) -> None:
    """Refuse (DB-2) to work on any other schema than this program's, naming the command that mends it."""
    found = version(database)
    if found == HEAD:
        return
    refuse_newer(found)
    if not found:
        raise Refused(
            "DB-2",
            _("This database has no tables of the desk yet."),
            mend=_("`ordersdesk init` makes a new desk; `ordersdesk db upgrade` only makes the tables."),
        )
    raise Refused(
        "DB-2",
        _("The database has schema {found}; this program needs {needed}.").format(found=found, needed=HEAD),
        mend=_("Make a backup, then run `ordersdesk db upgrade`."),
    )


def refuse_newer(found: str) -> None:
    """Refuse (DB-2) a schema that a newer program made."""
    if found > HEAD:
        raise Refused(
            "DB-2",
            _("The database has schema {found}, made by a newer program; this one knows {known}.").format(
                found=found, known=HEAD
            ),
            mend=_("Install the newer version of ordersdesk."),
        )
