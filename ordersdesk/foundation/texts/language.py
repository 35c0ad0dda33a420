"""Every text a user sees goes through `_()`: English is the source, Simplified Chinese is complete."""

from __future__ import annotations

import gettext
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from functools import lru_cache, partial, reduce
from typing import Any, cast

from ordersdesk.foundation.texts.data import data_path, is_installed
from ordersdesk.foundation.texts.phrases import Phrase
from ordersdesk.foundation.texts.translations import compile_edited

DOMAIN = "ordersdesk"
IN_TURN, LINES = " ", "\n"  # marks between the parts of a phrase that are the same in every language
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
    """Translate a text into the language being spoken; the phrase knows its template (see `phrases`)."""
    if isinstance(text, InContext):
        return pgettext(text.context, text)
    return text if isinstance(text, Phrase) or not text else _phrase(_spoken[0], text)


@lru_cache(maxsize=4096)
def _phrase(code: str, text: str) -> Phrase:
    return Phrase(catalogue(code).gettext(text), text)


def pgettext(context: str, text: str) -> str:
    """Translate a word of several meanings into the language being spoken: `pgettext("pad", "Take back")`."""
    return Phrase(catalogue(_spoken[0]).pgettext(context, text), (context, str(text)))


def translator(code: str) -> Say:
    """Return the translation into a language that is not the desk's own, such as the caller's (CAL-2)."""
    return partial(_translated, catalogue(code if code in LANGUAGES else "en"))


def _translated(known: gettext.NullTranslations, text: str) -> str:
    if isinstance(text, InContext):
        return known.pgettext(text.context, text)
    return known.gettext(text) if text else ""


def ngettext(one: str, many: str, count: int) -> str:
    """Translate a text that depends on a number."""
    return Phrase(catalogue(_spoken[0]).ngettext(one, many, count), (one, many, count))


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
    if len(whole) < 2:
        return whole[0] if whole else ""
    text = "".join(one if one.endswith(("。", "！", "？")) else f"{one} " for one in whole).rstrip()
    return Phrase(text, IN_TURN, whole)


def line_list(texts: Iterable[str]) -> str:
    """Put texts under each other; what is empty is left out."""
    return _(LINES).join(text for text in texts if text)


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
    if not isinstance(fact, list):
        return fact
    return word_list(each if isinstance(each, str) else str(each) for each in cast("list[object]", fact))


def phrase_of(kept: Sequence[Any]) -> str:
    """Say in the language being spoken what `phrases.kept` wrote down.

    A template that an older version wrote and this catalogue lacks is said in English; where its facts do not fit, it
    stands without them: nobody is kept from reading.
    """
    template, facts = kept
    known = _(template) if isinstance(template, str) else (pgettext, ngettext)[len(template) - 2](*template)
    if isinstance(facts, list):
        parts = [cast(str, _fact(each)) for each in cast("list[Any]", facts)]
        return in_turn(parts) if template == IN_TURN else known.join(parts)
    said = {name: _fact(fact) for name, fact in cast("dict[str, Any]", facts).items()}
    try:
        return known.format(**said) if said else known
    except (LookupError, ValueError, AttributeError):
        return known


def _fact(fact: Any) -> Any:
    match fact:
        case {"phrase": kept}:
            return phrase_of(kept)
        case {"datetime": moment}:
            return datetime.fromisoformat(moment)
        case {"date": day}:
            return date.fromisoformat(day)
        case list():
            return [_fact(each) for each in cast("list[Any]", fact)]
        case _:
            return fact


def N_(text: str) -> str:
    """Mark a text in a table of data for translation; it is translated where it is shown."""
    return text


def NP_(context: str, text: str) -> str:
    """Mark a word of several meanings in a table of data; `_` and every translator know its meaning from it."""
    word = InContext(text)
    word.context = context
    return word
