"""The one way the business says no.

Refused            a rule was broken; the sentence can be read aloud to a customer
├── Stale          the document changed underneath; look again and repeat
├── SignedOut      whoever acts is not, or no longer, signed in
└── Outage         database or machine did not do their part; nothing of the business said no
"""

from __future__ import annotations

from ordersdesk.foundation.texts.language import in_turn, with_rule


class Refused(Exception):
    """A rule said no: its id, a sentence to read aloud, what would mend it, and the field it is about."""

    def __init__(self, rule: str, message: str, *, mend: str = "", field: str | None = None, about: str = "") -> None:
        super().__init__(rule, message)
        self.rule = rule
        self.message = message
        self.mend = mend
        self.field = field
        self.about = about
        """What it concerns, where somebody goes on by that: never by the spelling of its rule."""

    def __str__(self) -> str:
        return in_turn([with_rule(self.message, self.rule), self.mend])

    def __reduce__(self) -> tuple[object, ...]:
        return (type(self), (self.rule, self.message), vars(self))


class Stale(Refused):
    """Somebody else changed the document since it was read."""


class SignedOut(Refused):
    """Whoever acts is not signed in any more: the desk goes to its door and keeps what was typed (USR-1, USR-7)."""


class Outage(Refused):
    """Database or machine did not do their part: the act was not done, unless `is_unknown`."""

    def __init__(
        self, rule: str, message: str, *, mend: str = "", passes: bool = False, is_unknown: bool = False
    ) -> None:
        super().__init__(rule, message, mend=mend)
        self.passes = passes
        """Whether the same act may go well a little later."""
        self.is_unknown = is_unknown
