"""Writing items: rows, packs and search terms, as many at once as one statement takes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from sqlalchemy import bindparam, delete, insert, select, update
from sqlmodel import Session

from ordersdesk.catalogue import particulars
from ordersdesk.catalogue.queries import ITEM, TERM, UNIT
from ordersdesk.catalogue.tables import Item
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.documents.document import record_many
from ordersdesk.foundation.store.bulk import append

KIND = "item"  # what the story of an item is kept under
_KEPT = (*particulars.FIELDS, "found_by")
_DEFAULTS: dict[str, Any] = {
    name: Item.model_fields[name].get_default() for name in _KEPT if name not in ("code", "name")
}


@dataclass(frozen=True)
class Taken:
    """What became of the rows of an import."""

    added: int = 0
    changed: int = 0
    same: int = 0

    def __add__(self, other: Taken) -> Taken:
        return Taken(self.added + other.added, self.changed + other.changed, self.same + other.same)

    @property
    def rows(self) -> int:
        """Return how many rows there were."""
        return self.added + self.changed + self.same


def known(session: Session, codes: Sequence[str], *, lock: bool = False) -> dict[str, dict[str, Any]]:
    """Return stored items by code, with their packs; with `lock`, whoever else changes them waits."""
    connection = session.connection()
    columns = (ITEM.c.id, ITEM.c.version, *(ITEM.c[name] for name in _KEPT))
    chosen = select(*columns).where(ITEM.c.code.in_(codes)).order_by(ITEM.c.id)
    rows = connection.execute(chosen.with_for_update() if lock else chosen).mappings().all()
    held: dict[str, dict[str, Any]] = {row["code"]: {**row, "packs": {}} for row in rows}
    by_id = {values["id"]: values for values in held.values()}
    units = select(UNIT.c.item_id, UNIT.c.name, UNIT.c.factor).where(UNIT.c.item_id.in_(list(by_id)))
    for item_id, name, factor in connection.execute(units) if by_id else ():
        by_id[item_id]["packs"][name] = factor
    return held


def take(desk: Desk, session: Session, rows: Sequence[dict[str, Any]]) -> Taken:
    """Write at most a chunk of clean rows: what is new, what differs, their packs, terms and stories (CAT-6)."""
    usual = _DEFAULTS | {"tax_rate": desk.policy.catalogue.tax_rate}
    held = known(session, [row["code"] for row in rows], lock=True)
    unknown = [row for row in rows if row["code"] not in held]
    for row in unknown:
        particulars.complete(row)
    new = [_filled({**usual, **row}, None) for row in unknown]
    if new:
        session.connection().execute(
            insert(ITEM), [{name: row[name] for name in _KEPT} | {"version": 1} for row in new]
        )
        ids = _ids(session, [row["code"] for row in new])
        new = [row | {"id": ids[row["code"]]} for row in new]
    both = [(held[row["code"]], _filled(row, held[row["code"]])) for row in rows if row["code"] in held]
    changed = [(before, after) for before, after in both if before != after]
    _write_changes(session, changed)
    _write_packs(
        session, [row for row in new if row["packs"]], [after for b, after in changed if b["packs"] != after["packs"]]
    )
    _write_terms(
        session, [(set[tuple[str, str]](), row) for row in new] + [(particulars.terms(b), a) for b, a in changed]
    )
    record_many(desk, session, KIND, [(row["id"], "added", {}) for row in new], rule="CAT-1")
    told = [(before["id"], "changed", _differences(before, after)) for before, after in changed]
    record_many(desk, session, KIND, told, rule="CAT-6")
    return Taken(added=len(new), changed=len(changed), same=len(both) - len(changed))


def _differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, list[str]]:
    """Return what became of each particular: before and after, as text."""
    names = [name for name in (*particulars.FIELDS, "packs") if before[name] != after[name]]
    return {name: [_told(before[name]), _told(after[name])] for name in names}


def _told(value: Any) -> str:
    if isinstance(value, Mapping):
        return ", ".join(f"{name}={factor}" for name, factor in cast("Mapping[str, int]", value).items())
    return str(value)


def _ids(session: Session, codes: Sequence[str]) -> dict[str, int]:
    rows = session.connection().execute(select(ITEM.c.code, ITEM.c.id).where(ITEM.c.code.in_(codes)))
    return {row.code: row.id for row in rows}


def _filled(row: Mapping[str, Any], before: Mapping[str, Any] | None) -> dict[str, Any]:
    """Lay a row over what is stored, or over the defaults; a mnemonic nobody chose follows the name."""
    under: Mapping[str, Any] = before if before is not None else {"packs": {}}
    values = {**under, **row}
    chosen = row.get("mnemonic") or (under["mnemonic"] if before and not _is_made(before) else "")
    values["mnemonic"] = chosen or particulars.mnemonic(values.get("name", ""))
    if before is None or any(values[name] != before[name] for name in particulars.SEARCHED):
        values["found_by"] = particulars.found_by(values)
    return values


def _is_made(before: Mapping[str, Any]) -> bool:
    return before["mnemonic"] == particulars.mnemonic(before["name"])


def _write_changes(session: Session, changed: Sequence[tuple[dict[str, Any], dict[str, Any]]]) -> None:
    if not changed:
        return
    columns: dict[str, Any] = {name: bindparam(f"new_{name}") for name in _KEPT if name != "code"}
    statement = update(ITEM).where(ITEM.c.id == bindparam("item_id")).values(**columns, version=ITEM.c.version + 1)
    rows = [{"item_id": after["id"]} | {f"new_{name}": after[name] for name in columns} for _before, after in changed]
    session.connection().execute(statement, rows)


def _write_packs(session: Session, new: Sequence[dict[str, Any]], changed: Sequence[dict[str, Any]]) -> None:
    if changed:
        session.connection().execute(delete(UNIT).where(UNIT.c.item_id.in_([row["id"] for row in changed])))
    rows = [(row["id"], name, factor) for row in (*new, *changed) for name, factor in row["packs"].items()]
    append(session, UNIT, ("item_id", "name", "factor"), rows)


def _write_terms(session: Session, pairs: Sequence[tuple[set[tuple[str, str]], dict[str, Any]]]) -> None:
    gone: list[dict[str, Any]] = []
    come: list[tuple[str, int, str]] = []
    for before, values in pairs:
        after = particulars.terms(values)
        gone += [{"t": term, "o": values["id"], "w": why} for why, term in before - after]
        come += [(term, values["id"], why) for why, term in after - before]
    if gone:
        same = (TERM.c.term == bindparam("t")) & (TERM.c.owner_id == bindparam("o")) & (TERM.c.why == bindparam("w"))
        session.connection().execute(delete(TERM).where(same), gone)
    append(session, TERM, ("term", "owner_id", "why"), sorted(come))
