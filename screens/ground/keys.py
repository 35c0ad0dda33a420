"""THE key table: bindings, key bar, help screen and the README's list of keys are all made from it.

A function key means one thing on every screen, even where it does not act. F1, F10 and F11 are taken by some
terminals: F1 has a second key, nothing depends on the other two. Ctrl+T, Ctrl+N and Ctrl+W belong to the browser a desk
may run in, and are never ours.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from textual.binding import Binding

from ordersdesk.foundation.texts.language import N_, NP_, _, word_list


class Where(StrEnum):
    """Where a key acts."""

    EVERYWHERE = N_("everywhere")
    SCREEN = N_("where the key bar shows it")
    FIELD = N_("in a field")
    LIST = N_("in a list")


@dataclass(frozen=True)
class Key:
    """One act and the keys for it; the first key is the one shown. Low ranks stay longest in a narrow key bar."""

    id: str
    keys: tuple[str, ...]
    label: str
    where: Where
    action: str
    rank: int = 5
    in_bar: bool = True
    priority: bool = False


TABLE: tuple[Key, ...] = (
    Key("help", ("f1", "question_mark"), N_("Help"), Where.EVERYWHERE, "help", rank=0),
    Key("intake", ("f2",), N_("New order"), Where.EVERYWHERE, "area('intake')", rank=3),
    Key("leave", ("f3",), N_("Leave"), Where.EVERYWHERE, "leave", rank=4),
    Key("choices", ("f4",), N_("Choices"), Where.FIELD, "choices", rank=1),
    Key("stock", ("f5",), N_("Stock"), Where.EVERYWHERE, "area('stock')", rank=6),
    Key("book", ("f6",), N_("Orders"), Where.EVERYWHERE, "area('book')", rank=7),
    Key("customer", ("f7",), N_("Customer"), Where.EVERYWHERE, "area('customer')", rank=8),
    Key("approvals", ("ctrl+p", "f10"), N_("Approvals"), Where.EVERYWHERE, "area('approvals')", rank=7),
    Key("dispatch", ("ctrl+g", "f11"), N_("Dispatch"), Where.EVERYWHERE, "area('dispatch')", rank=8),
    Key("park", ("f8",), N_("Park"), Where.SCREEN, "park", rank=2),
    Key("confirm", ("f9",), N_("Confirm"), Where.SCREEN, "confirm", rank=1),
    Key("back", ("escape", "f12"), NP_("key", "Back"), Where.EVERYWHERE, "back", rank=2),
    Key("accept", ("enter",), N_("Accept and go on"), Where.FIELD, "submit", in_bar=False),
    Key("next", ("tab", "down"), N_("Next field"), Where.FIELD, "next", in_bar=False),
    Key("previous", ("shift+tab", "up"), N_("Field before"), Where.FIELD, "previous", in_bar=False),
    Key("choose", ("enter",), N_("Open"), Where.LIST, "choose", rank=3),
    Key("up", ("up",), N_("Up"), Where.LIST, "up", in_bar=False),
    Key("down", ("down",), N_("Down"), Where.LIST, "down", in_bar=False),
    Key("page_up", ("pageup",), N_("Page up"), Where.LIST, "page_up", in_bar=False),
    Key("page_down", ("pagedown",), N_("Page down"), Where.LIST, "page_down", in_bar=False),
    Key("first", ("home", "ctrl+home"), N_("First row"), Where.LIST, "first", in_bar=False),
    Key("last", ("end", "ctrl+end"), N_("Last row"), Where.LIST, "last", in_bar=False),
    Key("remove", ("delete",), N_("Take out"), Where.LIST, "remove", rank=3),
    Key("tick", ("space",), N_("Said"), Where.LIST, "tick", rank=1),
    Key("same", ("ctrl+s",), N_("Same as last time"), Where.SCREEN, "same", rank=3),
    Key("type_kept", ("ctrl+r",), N_("Type the kept keys"), Where.EVERYWHERE, "type_kept", rank=2),
    Key("language", ("ctrl+l",), N_("Language"), Where.EVERYWHERE, "language", in_bar=False),
    Key("theme", ("ctrl+y",), N_("Light or dark"), Where.EVERYWHERE, "theme", in_bar=False),
    Key("lock", ("ctrl+o",), N_("Lock"), Where.EVERYWHERE, "lock", in_bar=False),
    Key("quit", ("ctrl+q",), N_("Quit"), Where.EVERYWHERE, "quit", rank=9, priority=True),
)

BY_ID: dict[str, Key] = {key.id: key for key in TABLE}

_NAMES = {
    "question_mark": "?",
    "escape": "Esc",
    "enter": "Enter",
    "tab": "Tab",
    "end": "End",
    "pageup": "PgUp",
    "pagedown": "PgDn",
    "up": "↑",
    "down": "↓",
    "space": "Space",
}


def bindings(*ids: str) -> list[Binding]:
    """Make the Textual bindings of some rows of the table."""
    return [
        Binding(",".join(key.keys), key.action, key.label, id=key.id, show=key.in_bar, priority=key.priority)
        for key in (BY_ID[name] for name in ids)
    ]


def everywhere() -> list[Binding]:
    """Make the bindings that the application itself carries."""
    return bindings(*(key.id for key in TABLE if key.where is Where.EVERYWHERE))


def key_name(key: str) -> str:
    """Return a key as it is printed on the keyboard: `shift+tab` is `Shift+Tab`."""
    return "+".join(_NAMES.get(part, part.upper() if len(part) < 4 else part.capitalize()) for part in key.split("+"))


def key_names(key: Key) -> str:
    """Return all keys of a row as printed."""
    return word_list(key_name(name) for name in key.keys)


def label_at(key: Key, screen: Any) -> str:
    """Return what a key does now: the nearest widget around the cursor may say it better than the table ("" hides)."""
    at = screen.focused
    for node in at.ancestors_with_self if at is not None else [screen]:
        said: str | None = getattr(node, "key_labels", dict)().get(key.id)
        if said is not None:
            return said
    return key.label


def rows_for(pressed: str) -> list[Key]:
    """Return the rows a key belongs to."""
    return [key for key in TABLE if pressed in key.keys]


def as_markdown(keys: Iterable[Key] = TABLE) -> str:
    """Return the table for the README."""
    lines = [f"| {key_names(key)} | {_(key.label)} | {_(key.where)} |" for key in keys]
    head = " | ".join((_("Key"), _("What it does"), _("Where")))
    return "\n".join([f"| {head} |", "| --- | --- | --- |", *lines])
