"""What is typed of a change: plain values that outlive leaving the screen, and the change they come to."""

from __future__ import annotations

import json
import re
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

from ordersdesk.foundation.time.typed_days import day_typed
from ordersdesk.orders.terms.change_draft import Change, parsed
from screens.intake.urgent import needed_time, without_urgent

LINE, ADDED = "line", "add"

# A line of the order by its position, or an added one by its place among them.
Place = tuple[str, int]


@dataclass
class Edit:
    """What is typed about one line of the order."""

    quantity: str = ""
    item: str = ""
    shortage: str = ""
    closed: bool = False
    why: str = ""

    @property
    def is_empty(self) -> bool:
        """Tell whether the line stays as it is."""
        return not (self.quantity.strip() or self.item or self.shortage or self.closed)


@dataclass
class Added:
    """A line that comes new."""

    item: str
    quantity: str
    shortage: str = ""


@dataclass
class ChangeWork:
    """One change as it is typed; `terms` holds only those that are not as agreed."""

    order: str
    edits: dict[int, Edit] = field(default_factory=dict[int, Edit])
    added: list[Added] = field(default_factory=list[Added])
    terms: dict[str, str] = field(default_factory=dict[str, str])
    reason: str = ""
    accepted: list[str] = field(default_factory=list[str])

    @property
    def positions(self) -> list[int]:
        """The positions that change, in the order the change names them."""
        return [position for position, edit in sorted(self.edits.items()) if not edit.is_empty]

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing would be lost by forgetting it."""
        return not (self.positions or self.added or self.terms or self.reason)

    def edit(self, position: int) -> Edit:
        """Return what is typed about a line, to be changed."""
        return self.edits.setdefault(position, Edit())

    def quantity(self, place: Place) -> str:
        """Return the quantity as typed."""
        kind, number = place
        if kind == ADDED:
            return self.added[number].quantity
        return self.edits[number].quantity if number in self.edits else ""

    def take(self, place: Place, **typed: Any) -> None:
        """Take what was typed about a line."""
        target = self.added[place[1]] if place[0] == ADDED else self.edit(place[1])
        for name, value in typed.items():
            setattr(target, name, value)

    def has(self, place: Place) -> bool:
        """Tell whether there is something to take back."""
        kind, number = place
        return kind == ADDED or (number in self.edits and not self.edits[number].is_empty)

    def take_back(self, place: Place) -> None:
        """Let a line be as it was agreed; one that was added is gone."""
        kind, number = place
        if kind == ADDED:
            del self.added[number]
        else:
            self.edits.pop(number, None)

    def place_of(self, where: str) -> tuple[Place, str] | None:
        """Return the line a finding is about and the part of it: `lines.0.quantity`, `add.1.item`."""
        found = re.fullmatch(r"(lines|add)\.(\d+)\.(\w+)", where)
        if found is None:
            return None
        number = int(found[2])
        return ((ADDED, number) if found[1] == "add" else (LINE, self.positions[number])), found[3]

    def change(self, *, version: int, today: date) -> Change:
        """Return the change; refused (ORD-1, CHG-1) when what was typed cannot be read."""
        terms: dict[str, Any] = without_urgent(self.terms)
        day = day_typed(terms.pop("deliver_on", ""), today)
        if "latest" in terms:
            terms["latest"] = needed_time(terms["latest"])
        urgent = {"yes": True, "no": False}.get(terms.pop("urgent", ""))
        lines = [self._line(position) for position in self.positions]
        added = [{"item": one.item, "quantity": one.quantity, "shortage": one.shortage or None} for one in self.added]
        return parsed(
            terms
            | {"order": self.order, "version": version, "reason": self.reason, "lines": lines, "add": added}
            | {"deliver_on": day, "urgent": urgent, "accepted": self.accepted}
        )

    def _line(self, position: int) -> dict[str, Any]:
        edit = self.edits[position]
        return {
            "position": position, "quantity": edit.quantity.strip() or None, "item": edit.item or None,
            "shortage": edit.shortage or None, "close_short": edit.closed, "reason": edit.why,
        }  # fmt: skip

    def as_text(self) -> str:
        """Write it down, to be kept while the screen is away."""
        return json.dumps(asdict(self), ensure_ascii=False)

    @classmethod
    def from_text(cls, text: str) -> ChangeWork:
        """Read it back."""
        data = json.loads(text)
        data["edits"] = {int(position): Edit(**edit) for position, edit in data["edits"].items()}
        data["added"] = [Added(**one) for one in data["added"]]
        return cls(**data)
