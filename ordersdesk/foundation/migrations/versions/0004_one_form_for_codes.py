"""Codes of items in the one form they are looked up by; what would make two items one stays and is told by `check`."""

from __future__ import annotations

from collections import Counter
from typing import Any

import sqlalchemy as sa
from alembic import op

from ordersdesk.foundation.searching import terms as search
from ordersdesk.foundation.texts import codes

revision = "0004"
down_revision: str | None = "0003"

_CODES = ("code", "barcode", "mnemonic", "replacement", "equivalents")
_NAMES, _TEXTS = ("name", "name_en", "brand"), ("code", "barcode", "mnemonic", "spec", "model", "colour")
_COLUMNS = ("id", *dict.fromkeys((*_CODES, *_NAMES, *_TEXTS)))


def _column(name: str) -> sa.ColumnClause[Any]:
    return sa.column(name)


_ITEM = sa.table("item", *(_column(name) for name in (*_COLUMNS, "found_by")))
_TERM = sa.table("item_term", *(_column(name) for name in ("term", "owner_id", "why")))


def upgrade() -> None:
    """Take the step."""
    connection = op.get_bind()
    items = [dict(row) for row in connection.execute(sa.select(*(_ITEM.c[name] for name in _COLUMNS))).mappings()]
    wanted = Counter(codes.code(item["code"]) for item in items)
    for item in items:
        folded = {name: (codes.barcode if name == "barcode" else codes.code)(item[name]) for name in _CODES}
        if not folded["code"] or wanted[folded["code"]] > 1:
            folded["code"] = item["code"]
        changed = {name: text for name, text in folded.items() if text != item[name]}
        if changed:
            _store(connection, item, changed)


def _store(connection: Any, item: dict[str, Any], changed: dict[str, str]) -> None:
    after = item | changed
    found_by = search.search_text([(after[name], False) for name in _NAMES], texts=[after[name] for name in _TEXTS])
    connection.execute(sa.update(_ITEM).where(_ITEM.c.id == item["id"]).values(**changed, found_by=found_by))
    old, new = _terms(item), _terms(after)
    for why, term in old - new:
        same = (_TERM.c.term == term) & (_TERM.c.owner_id == item["id"]) & (_TERM.c.why == why)
        connection.execute(sa.delete(_TERM).where(same))
    rows = [{"term": term, "owner_id": item["id"], "why": why} for why, term in new - old]
    if rows:
        connection.execute(sa.insert(_TERM), rows)


def _terms(item: dict[str, Any]) -> set[tuple[str, str]]:
    code = search.name_terms(item["code"], person=False) | search.number_terms(item["code"])
    found = {("code", term) for term in code}
    return found | {(why, search.folded(item[why])) for why in ("barcode", "mnemonic") if item[why]}
