"""Stock out of a file: what lies where, and what is on its way (FIL-1, STK-1)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any, ClassVar

from sqlmodel import Session

from ordersdesk.files.loading import references
from ordersdesk.files.loading.loads import Counts, Folded, Job, Roles, Told
from ordersdesk.files.loading.references import Good
from ordersdesk.files.mapping.rows import Bad, Mapped
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.policy.roles import Role
from ordersdesk.foundation.texts.language import _, word_list
from ordersdesk.orders.fulfilment.counting_actions import give_up, to_give_up
from ordersdesk.stock.file_actions import Coming, add_warehouses, coming, counters, set_coming, set_on_hand, set_places
from ordersdesk.stock.file_actions import places as lie_at
from ordersdesk.stock.queries import warehouses


@dataclass(frozen=True)
class Shelf:
    """One row: pieces of an item in a warehouse, which may be a new one, and what is on order if the row says so."""

    item_id: int
    warehouse: str
    pieces: int
    coming: Coming | None
    says_coming: bool
    place: str | None
    """Where they lie, if the file says it."""


@dataclass
class StockLoad:
    """Pieces become what the file counted; a warehouse that says its kind is added."""

    ROLES: ClassVar[Roles] = (Role.WAREHOUSE, Role.PURCHASING, Role.MANAGER, Role.ADMIN)
    job: Job
    rows: Folded = field(init=False)
    places: dict[str, int] = field(default_factory=dict[str, int])
    made: dict[str, dict[str, Any]] = field(default_factory=dict[str, dict[str, Any]])
    good: list[Shelf] = field(default_factory=list[Shelf])

    def __post_init__(self) -> None:
        self.rows = Folded(self.job)

    def take(self, row: Mapped) -> None:
        """Take one good row in."""
        self.rows.add(row, self.job.key(row.values))

    def spoil(self, row: Bad) -> None:
        """A bad row spoils no other."""

    def check(self, session: Session) -> Counts:
        """Find items and warehouses, and compare with what lies there."""
        for place in warehouses(session):
            self.places |= {place.code.casefold(): place.id, place.name.casefold(): place.id}
        rows = [row for _key, row in self.rows]
        items = references.items(session, (str(row.values["item"]) for row in rows))
        ids = {good.id for found in items.values() for good in found}
        held, on_order, lying = counters(session, ids), coming(session, ids), lie_at(session, ids)
        new = changed = 0
        for row in rows:
            shelf = self._shelf(row, items)
            if shelf is None:
                continue
            key = (shelf.item_id, self.places.get(shelf.warehouse, 0))
            missing = held.get(key, (0, 0))[1] - shelf.pieces
            if missing > 0:
                self._tell_missing(session, row.row, key, shelf.pieces, missing)
            self.good.append(shelf)
            new += key not in held
            told = [shelf.coming] if shelf.coming else []
            differs = shelf.says_coming and on_order.get(key, []) != told
            differs |= shelf.place is not None and shelf.place != lying.get(key, "")
            changed += key in held and (held[key][0] != shelf.pieces or differs)
        return Counts(new, changed, len(self.good) - new - changed, self.rows.repeats)

    def _tell_missing(self, session: Session, row: int, key: tuple[int, int], pieces: int, missing: int) -> None:
        """Say whose goods are not there: a count is the truth, whatever was promised (STK-6)."""
        waits = to_give_up(session, *key, missing)
        orders = word_list(dict.fromkeys(each.number for each in waits)) or "–"
        text = _("is {missing} less than is reserved; these orders will wait: {orders}")
        self.job.remark(row, "on_hand", pieces, text.format(missing=missing, orders=orders[:200]), "STK-6")

    def _shelf(self, row: Mapped, items: dict[str, list[Good]]) -> Shelf | None:
        values = row.values
        good = references.meant(self.job, row.row, str(values["item"]), items)
        pieces, expected, due = values["on_hand"], values.get("expected"), values.get("due")
        if not isinstance(pieces, int) or pieces < 0:
            self.job.problem(row.row, "on_hand", pieces, _("is less than nought"), "STK-1")
            return None
        if expected and not isinstance(due, date):
            self.job.problem(row.row, "due", due, _("goods on order need the day they should come"), "STK-1")
            return None
        warehouse = self._warehouse(row)
        if good is None or not warehouse:
            return None
        said = Coming(expected, due) if isinstance(expected, int) and expected > 0 and isinstance(due, date) else None
        fields = self.job.fit.fields()
        place = str(values.get("place") or "").strip() if "place" in fields else None
        return Shelf(good.id, warehouse, pieces, said, "expected" in fields, place)

    def _warehouse(self, row: Mapped) -> str:
        name = str(row.values["warehouse"])
        if name.casefold() in self.places or name.casefold() in self.made:
            return name.casefold()
        kind = row.values.get("warehouse_kind")
        if not kind:
            self.job.problem(row.row, "warehouse", name, _("there is no such warehouse"), "STK-1")
            return ""
        called = str(row.values.get("warehouse_name") or name)
        self.made[name.casefold()] = {"code": name, "name": called, "kind": str(kind)}
        return name.casefold()

    def size(self) -> int:
        """Return how many records will be written."""
        return len(self.good)

    def write(self, desk: Desk, session: Session, told: Told) -> None:
        """Post the differences and replace what is on order."""
        ids = add_warehouses(desk, session, list(self.made.values()))
        places = self.places | {code.casefold(): id_ for code, id_ in ids.items()}
        counted = {(shelf.item_id, places[shelf.warehouse]): shelf.pieces for shelf in self.good}
        held = counters(session, {item for item, _place in counted})
        for key, pieces in sorted(counted.items()):
            if (missing := held.get(key, (0, 0))[1] - pieces) > 0:
                give_up(desk, session, *key, missing)
        set_on_hand(desk, session, counted)
        set_coming(
            session,
            {(shelf.item_id, places[shelf.warehouse]): shelf.coming for shelf in self.good if shelf.says_coming},
        )
        set_places(session, {(s.item_id, places[s.warehouse]): s.place for s in self.good if s.place is not None})
        told(len(self.good))
