"""Which slips an act is for: the marked ones, else the one under the cursor; and which acts they allow."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import partial

from ordersdesk.delivery.model.flow import ROAD, SLIP_FLOW
from ordersdesk.delivery.model.views import SlipRow
from ordersdesk.foundation.texts.language import N_, _
from screens.forms.form_field import Choice, FormField, Kind
from screens.slip.acts import offered
from screens.widgets.keybar import Hint

ALL = "*"
# In the order of a slip's way; Print stands for the paper that follows goods, too.
LABELS: Mapping[str, tuple[str, str, int]] = {
    "print": (SLIP_FLOW.verb("print").key, SLIP_FLOW.verb("print").label, 1),
    "pick": (SLIP_FLOW.verb("pick").key, SLIP_FLOW.verb("pick").label, 1),
    "load": (SLIP_FLOW.verb("load").key, SLIP_FLOW.verb("load").label, 1),
    "depart": ("d", N_("Depart"), 1),
    "reprint": (SLIP_FLOW.verb("reprint").key, SLIP_FLOW.verb("reprint").label, 4),
    "release_first": (SLIP_FLOW.verb("release_first").key, SLIP_FLOW.verb("release_first").label, 5),
    "void": (SLIP_FLOW.verb("void").key, SLIP_FLOW.verb("void").label, 5),
}


def possible(roles: Collection[str], row: SlipRow) -> set[str]:
    """Return what these roles may do with a slip from the board."""
    verbs = {verb.name for verb in offered(roles, row)}
    if "follow" in verbs:
        verbs.add("print")
    if row.state == "loaded" and row.sheet_id and not row.left_at and set(roles) & ROAD:
        verbs.add("depart")
    if row.state == "made" and any(verb.name == "release_first" for verb in SLIP_FLOW.allowed(roles, row.state)):
        verbs.add("release_first")
    return verbs & LABELS.keys()


class Marks:
    """The slips somebody marked; those that leave the list lose their mark."""

    def __init__(self) -> None:
        self.numbers: set[str] = set()

    def toggle(self, number: str) -> None:
        """Mark a slip, or take its mark."""
        self.numbers ^= {number}

    def toggle_all(self, rows: Sequence[SlipRow]) -> None:
        """Mark all that are listed; when they are, none."""
        listed = {row.number for row in rows}
        self.numbers = set() if listed <= self.numbers else listed

    def keep(self, rows: Iterable[SlipRow]) -> None:
        """Forget what is listed no longer."""
        self.numbers &= {row.number for row in rows}

    def chosen(self, rows: Sequence[SlipRow], at: SlipRow | None) -> list[SlipRow]:
        """Return what an act is for."""
        return [row for row in rows if row.number in self.numbers] or ([at] if at else [])


def act_hints(
    roles: Collection[str], chosen: Sequence[SlipRow], do: Callable[[str], Awaitable[None]]
) -> Iterator[Hint]:
    """Return the acts that some of these slips allow; of many, with how many do."""
    allowed = [possible(roles, row) for row in chosen]
    for name, (key, label, rank) in LABELS.items():
        count = sum(name in verbs for verbs in allowed)
        if count:
            text = _("{act} {count}").format(act=_(label), count=count) if len(chosen) > 1 else _(label)
            yield Hint(key, text, rank=rank, do=partial(do, name))


def route_field(routes: Sequence[str]) -> FormField:
    """Ask for a route."""
    choices = [Choice(ALL, N_("all routes")), *(Choice(route, route or "–") for route in routes)]
    return FormField("route", N_("Route"), required=True, kind=Kind.CHOICE, choices=choices)
