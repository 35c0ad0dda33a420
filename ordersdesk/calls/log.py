"""A call as a telephone system's log tells of it: what was said of whom, and the moments it knows (CAL-1)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from ordersdesk.foundation.texts.language import N_

MISSED = "missed"
DIRECTIONS: dict[str, str] = {"in": N_("incoming"), "out": N_("outgoing")}
COMPARED = ("presented", "agent", "direction", "rang_at", "answered_at", "ended_at", "reason", "outcome", "note")


@dataclass(frozen=True)
class LoggedCall:
    """One call of a log; a moment it does not tell is nothing, and one nobody answered has the outcome `missed`."""

    key: str
    presented: str
    agent: str
    direction: str
    rang_at: datetime
    answered_at: datetime | None
    ended_at: datetime | None
    reason: str = ""
    outcome: str = ""
    note: str = ""
    customer_id: int | None = None


Said = Mapping[str, tuple[str, str]]


def differences(stored: LoggedCall, told: LoggedCall) -> Said:
    """Return by field what the book holds and what the log says now; whom the number belongs to may change."""
    pairs = ((name, getattr(stored, name), getattr(told, name)) for name in COMPARED)
    return {name: (_text(before), _text(after)) for name, before, after in pairs if before != after}


def _text(value: object) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value or "")
