"""Forms as data: what a field is called, what it takes, what helps to fill it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from ordersdesk.foundation.texts.language import _


class Kind(StrEnum):
    """What a field takes."""

    TEXT = "text"
    NOTE = "note"  # pasted lines stay together
    SECRET = "secret"
    NUMBER = "number"
    CHOICE = "choice"


@dataclass(frozen=True)
class Choice:
    """A value to keep and its label (N_) to show."""

    value: str
    label: str


Choices = Sequence[Choice] | Callable[[], Sequence[Choice]]


@dataclass(frozen=True)
class FormField:
    """One field. `check` returns a note to show beside it, or raises `Refused`; `rule` asks for a required one."""

    key: str
    label: str
    required: bool = False
    kind: Kind = Kind.TEXT
    choices: Choices = ()
    help: str = ""
    check: Callable[[str], str] | None = None
    default: str = ""
    rule: str = "FIL-3"
    appears: bool = False
    """Out of sight until it is needed: its form shows it, or a refusal names it."""
    checks_empty: bool = False
    """The check also looks at an empty text, where the field is shown."""

    def options(self) -> Sequence[Choice]:
        """Return what may be chosen now."""
        return self.choices() if callable(self.choices) else self.choices


def matching(options: Sequence[Choice], text: str) -> list[Choice]:
    """Return the choices a text may mean: the exact one or its number, else those that begin with it or hold it."""
    wanted = text.strip().casefold()
    spellings = {
        option: (option.value.casefold(), _(option.label).casefold(), str(number))
        for number, option in enumerate(options, 1)
    }
    for fits in (str.__eq__, str.startswith, str.__contains__):
        found = [option for option, names in spellings.items() if any(fits(name, wanted) for name in names)]
        if found:
            return found
    return []
