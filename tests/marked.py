"""What no database may be given: a text of the program in somebody's language, instead of template and facts.

A phrase that reaches the driver stands in a column that would keep the writer's words. Words put together around a
phrase are a plain text again: `marked` speaks a language that puts marks around all it says, so that these show too.
"""

from __future__ import annotations

import gettext
import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, cast

import pytest
from sqlalchemy import event
from sqlalchemy.engine import Engine

from ordersdesk.foundation.store import prepared
from ordersdesk.foundation.texts import language
from ordersdesk.foundation.texts.phrases import Phrase

MARK = "⟦"


class Marking(gettext.NullTranslations):
    """A language that says everything in English, between marks."""

    def gettext(self, message: str) -> str:
        return f"{MARK}{message}⟧"

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return self.gettext(msgid1 if n == 1 else msgid2)

    def pgettext(self, context: str, message: str) -> str:
        return self.gettext(message)


@contextmanager
def marked() -> Iterator[None]:
    """Speak the marked language instead of English."""
    spoken = Marking()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(language, "catalogue", lambda _code: spoken)
        language._phrase.cache_clear()  # pyright: ignore[reportPrivateUsage]
        yield
    language._phrase.cache_clear()  # pyright: ignore[reportPrivateUsage]


@contextmanager
def watched() -> Iterator[None]:
    """Fail whoever hands the driver of a database a phrase, or a text with a mark."""

    run = prepared._run  # pyright: ignore[reportPrivateUsage]

    def given(_connection: Any, _cursor: Any, _statement: Any, values: Any, *_more: Any) -> None:
        _look(values)

    def prepared_run(dialect: Any, ask: Any, sql: str, values: Any) -> None:
        _look(values)
        run(dialect, ask, sql, values)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(prepared, "_run", prepared_run)
        event.listen(Engine, "before_cursor_execute", given)
        yield
        event.remove(Engine, "before_cursor_execute", given)


def _look(value: Any) -> None:
    match value:
        case str():
            is_said = isinstance(value, Phrase) or MARK in value or "\\u27e6" in value
            assert not is_said, value
        case Mapping():
            _look(cast("Mapping[str, Any]", value).values())
        case int() | float() | bytes() | None:
            pass
        case Iterable():
            for each in cast("Iterable[Any]", value):
                _look(each)
        case _ if hasattr(value, "obj"):  # JSON, as psycopg takes it
            _look(json.dumps(value.obj))
        case _:
            pass
