"""Run by Alembic: takes the steps on the connection it is given, inside the caller's transaction."""

from __future__ import annotations

from alembic import context

context.configure(
    connection=context.config.attributes["connection"],
    transactional_ddl=True,  # SQLite can, since the desk opens its transactions itself
)
context.run_migrations()
