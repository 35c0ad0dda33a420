"""Every text a user sees goes through `_()`: English is the source, Simplified Chinese is complete."""

from __future__ import annotations

import gettext
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache, partial, reduce
from typing import Any, cast

from ordersdesk.foundation.texts.data import data_path, is_installed
from ordersdesk.foundation.texts.translations import compile_edited

DOMAIN = "ordersdesk"
LANGUAGES = {"en": "English", "zh_CN": "简体中文"}

Say = Callable[[str], str]

# The language of the process: one desk has one user looking at it. Only `use` changes it.
_spoken: list[str] = ["en"]


@lru_cache(maxsize=4)
def catalogue(code: str) -> gettext.NullTranslations:
    """Return the translations of a language; English needs none."""
    if code == "en":
        return gettext.NullTranslations()
    if not is_installed():
        compile_edited(data_path("locale", code, "LC_MESSAGES", f"{DOMAIN}.po"))
    return gettext.translation(DOMAIN, str(data_path("locale")), [code], fallback=True)


def use(code: str) -> None:
    """Speak this language from now on; an unknown one falls back to English."""
    _spoken[0] = code if code in LANGUAGES else "en"


def current() -> str:
    """Return the code of the language being spoken."""
    return _spoken[0]


class InContext(str):
    """An English word that means one of several things; `context` says which, for languages with a word for each."""

    context: str


def _(text: str) -> str:
    """Translate a text into the language being spoken."""
    return _translated(catalogue(_spoken[0]), text)


def pgettext(context: str, text: str) -> str:
    """Translate a word of several meanings into the language being spoken: `pgettext("pad", "Take back")`."""
    return catalogue(_spoken[0]).pgettext(context, text)


def translator(code: str) -> Say:
    """Return the translation into a language that is not the desk's own, such as the caller's (CAL-2)."""
    return partial(_translated, catalogue(code if code in LANGUAGES else "en"))


def _translated(known: gettext.NullTranslations, text: str) -> str:
    if isinstance(text, InContext):
        return known.pgettext(text.context, text)
    return known.gettext(text) if text else ""


def ngettext(one: str, many: str, count: int) -> str:
    """Translate a text that depends on a number."""
    return catalogue(_spoken[0]).ngettext(one, many, count)


def word_list(words: Iterable[str], say: Say | None = None) -> str:
    """Name several things in a row: a comma between them, 、 in Chinese."""
    return (say or _)(N_(", ")).join(words)


def clause_list(texts: Iterable[str], say: Say | None = None) -> str:
    """Put what is true side by side in one line: a semicolon between, ； in Chinese; what is empty is left out."""
    return (say or _)(N_("; ")).join(text for text in texts if text)


def labelled(label: str, value: object, say: Say | None = None) -> str:
    """Write what something is called and what it is: `Main: 100`, `主仓：100`."""
    return (say or _)(N_("{label}: {value}")).format(label=label, value=value)


def bracketed(text: str, note: str, say: Say | None = None) -> str:
    """Write a note in brackets behind a text; without one the text stands alone."""
    return (say or _)(N_("{text} ({note})")).format(text=text, note=note) if note else text


def with_more(text: str, more: int) -> str:
    """Say behind the first of several how many more there are."""
    return bracketed(text, _("+{more} more").format(more=more) if more else "")


def clauses(texts: Iterable[str]) -> str:
    """Join the clauses of one sentence; things are named by `word_list`, which is another mark in Chinese."""
    return reduce(lambda said, more: _("{said}, {more}").format(said=said, more=more), texts)


def in_turn(sentences: Iterable[str]) -> str:
    """Put whole sentences behind each other: with a space after an English one, without after a Chinese one."""
    whole = [sentence for sentence in sentences if sentence]
    return "".join(one if one.endswith(("。", "！", "？")) else f"{one} " for one in whole).rstrip()


def with_rule(sentence: str, rule: str) -> str:
    """Put a rule's id behind a sentence; in Chinese it stands before the full stop."""
    if not rule:
        return sentence
    stop = "。" if sentence.endswith("。") else ""
    return _("{sentence} ({rule})").format(sentence=sentence.removesuffix("。"), rule=rule) + stop


def spoken(text: str, facts: Mapping[str, Any]) -> str:
    """Fill a translated template with its facts: money arrives as text already, a list is named in this language."""
    return _(text).format(**{name: _named(fact) for name, fact in facts.items()})


def _named(fact: Any) -> Any:
    return word_list(map(str, cast("list[object]", fact))) if isinstance(fact, list) else fact


def N_(text: str) -> str:
    """Mark a text in a table of data for translation; it is translated where it is shown."""
    return text


def NP_(context: str, text: str) -> str:
    """Mark a word of several meanings in a table of data; `_` and every translator know its meaning from it."""
    word = InContext(text)
    word.context = context
    return word
