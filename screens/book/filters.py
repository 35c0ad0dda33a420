"""What the order book can be filtered by, as choices to take from a list and to put back one by one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.policy.roles import ROLE_NAMES
from ordersdesk.foundation.texts.language import N_, NP_, _, labelled
from ordersdesk.orders.book.queries import Filter
from ordersdesk.orders.book.waiting_queries import routes
from ordersdesk.orders.terms.flow import ORDER_FLOW
from ordersdesk.orders.terms.labels import CHANNELS, DELIVERY
from ordersdesk.people.queries import accounts

KINDS = {
    "state": N_("State"),
    "delivery": N_("Delivery"),
    "agent": N_("Agent"),
    "channel": N_("Channel"),
    "route": N_("Route"),
    "customer": N_("Customer"),
    "waits_for": N_("Waits for"),
    "late": NP_("promise", "late"),
    "unpaid": N_("unpaid"),
    "history": N_("with imported history"),
}
STATES = ("entered", "review", "confirmed", "rejected", "cancelled", "closed")


@dataclass(frozen=True)
class Chip:
    """One condition: a field of the filter and its value."""

    field: str
    value: Any

    @property
    def label(self) -> str:
        """Say it in a few words."""
        if self.value is True:
            return _(KINDS[self.field])
        return labelled(_(KINDS[self.field]), self._value())

    def _value(self) -> str:
        known: dict[str, dict[str, str]] = {
            "state": ORDER_FLOW.states, "channel": CHANNELS, "waits_for": ROLE_NAMES, "delivery": DELIVERY,
        }  # fmt: skip
        names = known.get(self.field, {})
        return _(str(names.get(self.value, self.value)))


def choices(desk: Desk, roles: Sequence[str]) -> list[Chip]:
    """Return every condition there is; most used first."""
    return [
        *(Chip("state", state) for state in STATES),
        Chip("late", True),
        Chip("unpaid", True),
        *(Chip("delivery", track) for track in DELIVERY),
        *(Chip("waits_for", role) for role in roles),
        *(Chip("agent", account.login) for account in accounts(desk) if account.is_active),
        *(Chip("channel", channel) for channel in desk.policy.choices.channels),
        *(Chip("route", route) for route in routes(desk)),
        Chip("history", True),
    ]


def chips_of(wanted: Filter) -> list[Chip]:
    """Return a filter as its conditions."""
    return [
        Chip(one.name, getattr(wanted, one.name))
        for one in fields(wanted)
        if one.name in KINDS and getattr(wanted, one.name)
    ]


def filter_of(chips: Sequence[Chip], text: str) -> Filter:
    """Return the filter of some conditions and a text."""
    wanted = Filter(text=text)
    for chip in chips:
        wanted = replace(wanted, **{chip.field: chip.value})
    return wanted


def with_chip(chips: Sequence[Chip], chip: Chip) -> list[Chip]:
    """Add a condition; another value of the same field gives way, the same one is put back."""
    kept = [other for other in chips if other.field != chip.field]
    return kept if chip in chips else [*kept, chip]
