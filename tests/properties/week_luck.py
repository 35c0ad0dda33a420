"""Luck tried in the weeks: goods are led to the gate by each way on which they may not leave, all but one yes given."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

NOTHING: Mapping[str, Any] = {}


@dataclass(frozen=True)
class Luck:
    """An order as somebody would like to have it: what was so before, what became so since, whose yes it lacks."""

    customer: str
    payment: str
    pieces: int = 9
    item: str = "A4-80"
    books: Mapping[str, Any] = field(default_factory=lambda: NOTHING)
    """What a file of the books says of the customer before."""
    since: Mapping[str, Any] = field(default_factory=lambda: NOTHING)
    """What it says once the order is confirmed."""
    lacks: tuple[str, ...] = ()
    """Whose yes is not given."""
    comes: str = ""
    """How much of its money comes in: nothing, half, all."""
    later: int = 0
    """Hours until its yeses are given."""
    closed: bool = False
    """It is wished for the next day on which the branch is closed."""
    blocked: bool = False
    """Its customer is blocked once it is confirmed."""
    change: Mapping[str, Any] = field(default_factory=lambda: NOTHING)
    """What is changed once it is confirmed, with everybody's yes."""
    by_one: bool = False
    """One person who holds every role says yes to all of it."""


CASH, ACCOUNT, KEY, FAR = "C000001", "C000002", "C000004", "C000006"
LUCKS = (
    Luck(CASH, "transfer"),
    Luck(CASH, "card", comes="half"),
    Luck(FAR, "cash"),
    Luck(FAR, "cash", lacks=("finance",)),
    Luck(FAR, "transfer", comes="half", change={"payment": "cash"}),
    Luck(ACCOUNT, "account", lacks=("manager",)),
    Luck(ACCOUNT, "account", pieces=60, lacks=("branch_gm",)),
    Luck(ACCOUNT, "account", pieces=60, by_one=True),
    Luck(ACCOUNT, "cash", pieces=60, change={"payment": "account"}),
    Luck(KEY, "account", pieces=39, since={"credit_limit": 0}),
    Luck(CASH, "cash", books={"overdue": 50}, lacks=("manager",)),
    Luck(CASH, "cash", since={"overdue": 50}),
    Luck(CASH, "cash", books={"overdue": 50}, since={"overdue": 2000}),
    Luck(CASH, "cash", blocked=True),
    Luck(CASH, "cash", item="SAFE", pieces=2, lacks=("branch_gm",)),
    Luck(ACCOUNT, "account", later=24 * 4),
    Luck(CASH, "cash", closed=True),
)
