"""What can be done with a slip from its page and from the board: what each act asks first, does, and then says."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from textual.screen import Screen

from ordersdesk.delivery.flow import SLIP_FLOW
from ordersdesk.delivery.views import SlipHead, SlipRow, SlipView
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.flow import Verb
from screens.widgets.form_field import FormField

Answers = Mapping[str, str]


def _nothing(_desk: Desk, _slip: SlipView) -> Sequence[FormField]:
    return ()


@dataclass(frozen=True)
class Act:
    """One act by the name of its verb; one that `opens` a screen leaves asking and doing to that."""

    name: str
    do: Callable[[Desk, SlipView, Answers], str] = lambda _desk, _slip, _answers: ""
    asks: Callable[[Desk, SlipView], Sequence[FormField]] = _nothing
    opens: Callable[[SlipView], Screen[Any]] | None = None


def offered(roles: Iterable[str], slip: SlipHead | SlipRow) -> list[Verb]:
    """Return the verbs these roles may do with a slip now; the paper of goods that left before it replaces Print."""
    verbs = [verb for verb in SLIP_FLOW.allowed(roles, slip.state) if verb.name in ACTS]
    follows = slip.released_first and not slip.prints
    return [verb for verb in verbs if verb.name != ("reprint" if follows else "follow")]


ACTS: dict[str, Act] = {act.name: act for act in ()}
