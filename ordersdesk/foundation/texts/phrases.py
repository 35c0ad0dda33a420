"""Phrases: what the program says, in the language being spoken, each with the template and the facts it is made of.

A screen takes a phrase for the text it is. A column keeps template and facts instead (`store/columns.py`), so that
whoever reads the note or the reason later reads it in their own language; what a person typed stays as it was typed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, TypeAlias, cast

Template: TypeAlias = str | tuple[str, str] | tuple[str, str, int]
"""A text of the catalogue; with its context before it; or one, many, and the number that chooses."""


class Phrase(str):
    """A translated text that knows its template and its facts; facts that are a sequence stand in a row."""

    __slots__ = ("facts", "template")

    template: Template
    facts: Mapping[str, Any] | Sequence[str]

    def __new__(
        cls, text: str, template: Template = "", facts: Mapping[str, Any] | Sequence[str] | None = None
    ) -> Phrase:
        """Make a phrase of a text as it is spoken, its template and the facts that are filled in already."""
        made = super().__new__(cls, text)
        made.template = template
        made.facts = {} if facts is None else facts
        return made

    def format(self, *args: object, **facts: object) -> str:  # pyright: ignore[reportIncompatibleMethodOverride]
        """Fill in facts; a template is filled once, what is filled again is a text like any other."""
        text = super().format(*args, **facts)
        return text if args or self.facts else Phrase(text, self.template, facts)

    def join(self, parts: Iterable[str], /) -> str:  # pyright: ignore[reportIncompatibleMethodOverride]
        """Put parts in a row with this mark between."""
        row = list(parts)
        return row[0] if len(row) == 1 else Phrase(super().join(row), self.template, row)


def kept(phrase: Phrase) -> list[Any]:
    """Return template and facts as JSON has them; `language.phrase_of` says them again."""
    facts = phrase.facts
    filled = (
        {name: _fact(fact) for name, fact in facts.items()} if isinstance(facts, Mapping) else list(map(_fact, facts))
    )
    return [phrase.template, filled]


def _fact(fact: Any) -> Any:
    match fact:
        case Phrase():
            return {"phrase": kept(fact)}
        case datetime() | date():
            return {type(fact).__name__: fact.isoformat()}
        case str() | int() | float() | None:
            return fact
        case list() | tuple():
            return [_fact(each) for each in cast("Iterable[Any]", fact)]
        case _:
            return str(fact)
