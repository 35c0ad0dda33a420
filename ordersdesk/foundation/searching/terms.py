"""What something is found by: the terms of a name, a phone, an address or a number (CUS-2, CAT-2).

Every key stroke is a range scan over sorted terms, so whatever may be typed first must begin a term:
any part of a Chinese name or address, any word of a Latin one, pinyin and initials from any syllable on,
and any part of a phone. Terms are cut, since nobody types further, and their number is bounded.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import accumulate, groupby
from operator import itemgetter
from string import ascii_lowercase
from typing import NamedTuple

from ordersdesk.foundation.phones.numbering_plans import PhonePlan
from ordersdesk.foundation.phones.phones import SEARCHED
from ordersdesk.foundation.phones.writing import spellings
from ordersdesk.foundation.searching.pinyin import readings, surname_length, variants

LONGEST_TERM = 12  # characters of a term
LONGEST_ADDRESS_TERM = 8
STARTS = 32  # places of a text from which it is found
PIECES = 6  # places of a copied text from which it is looked for …
STEP = 3  # … and the characters of a Chinese name between two of them
KEPT = 30  # texts whose parts are kept while one customer is written: more would be cold when they are dropped
LONGEST_PERSON = 4  # Chinese characters of a person's name

# Nobody looks for these by pinyin, and they would be a third of all terms.
_LEGAL = re.compile(r"(?:股份|责任|集团)*(?:有限|总|分)*(?:责任)?公司$")
_HAN = "\u3007\u3400-\u9fff\U00020000-\U0003ffff"
_PLAIN = re.compile("[ -~\u3400-\u9fff]*")  # nothing to fold but case: most names and addresses
_ONLY_HAN = re.compile(f"[{_HAN}]+")
_RUN = re.compile(rf"(?P<han>[{_HAN}]+)|(?P<other>(?:(?![{_HAN}])[^\W_])+)")


@lru_cache(maxsize=KEPT)  # a name is folded for its terms, for comparing and for its column
def folded(text: str) -> str:
    """Return the text without case, width, accents, invisible and control characters, for comparing."""
    if _PLAIN.fullmatch(text):
        return " ".join(text.lower().split())
    if text.isascii():
        return " ".join(text.lower().split()) if text.isprintable() else _folded(text)
    return _folded(text)


def _folded(text: str) -> str:
    apart = unicodedata.normalize("NFKD", text).casefold()
    kept = "".join(" " if char.isspace() else char for char in apart if char.isspace() or _is_seen(char))
    return " ".join(unicodedata.normalize("NFC", kept).split())


def _is_seen(char: str) -> bool:
    category = unicodedata.category(char)
    return category[0] != "C" and category != "Mn"


def words(query: str) -> list[str]:
    """Split what was typed into the words to look for: Chinese and Latin apart, punctuation gone."""
    plain = folded(query)
    found = [word for token in plain.split() for word in _runs(token)]
    return list(dict.fromkeys(found)) or ([plain] if plain else [])


def _runs(token: str) -> Iterator[str]:
    """`o'brien` is one word, `a4复印纸` two, `138-0013` one number, `上海(浦东)` one part of a name."""
    runs = ((bool(run["han"]), run[0]) for run in _RUN.finditer(token))
    for is_han, group in groupby(runs, key=itemgetter(0)):
        parts = [part for _han, part in group]
        yield ("" if is_han or all(part.isdigit() for part in parts) else " ").join(parts)


def phrase(query: str) -> str:
    """Return the whole query as one word: `张江路 123号` and `aaron berg` stand in a row in what they are from."""
    split = _split(query)
    return ("" if split.han else " ").join(split.runs) or split.plain


def squeezed(query: str) -> str:
    """Return all letters, digits and characters of a query in a row: a stored text holds what was copied from it."""
    split = _split(query)
    return split.joined or split.plain


def pieces(query: str) -> list[str]:
    """Return the parts of a copied text that may begin terms of what it was copied from, a few of each kind."""
    split = _split(query)
    begun = list(accumulate(map(len, split.runs), initial=0))[:PIECES]
    placed = [split.joined[start : start + LONGEST_ADDRESS_TERM] for start in begun]
    named = [split.han[start : start + LONGEST_TERM] for start in range(0, len(split.han), STEP)][:PIECES]
    latin = [" ".join(split.latin[start:])[:LONGEST_TERM] for start in range(len(split.latin))][:PIECES]
    return list(dict.fromkeys(filter(None, (*placed, *named, *latin, split.plain[:LONGEST_ADDRESS_TERM]))))


def key(word: str) -> str:
    """Return the part of a word that its terms begin with: terms are cut, and the end of a place says more."""
    if len(word) <= LONGEST_ADDRESS_TERM:
        return word
    if not any(map(_is_han, word)):
        return word[:LONGEST_TERM]
    starts = range(len(word) - LONGEST_ADDRESS_TERM, len(word))
    return word[next((start for start in starts if _is_start(word, start)), starts[0]) :]


def keys(word: str) -> tuple[str, ...]:
    """Return the parts of a word that may begin its terms: what is common at the end may be rare at the beginning."""
    last = key(word)
    first = word[: LONGEST_ADDRESS_TERM if any(map(_is_han, word)) else LONGEST_TERM]
    return (first,) if word.startswith(last) else (last, first)


def name_terms(name: str, *, person: bool | None = None) -> set[str]:
    """Return the terms of a name: parts of the Chinese, pinyin, initials, words of the Latin."""
    plain, _runs, han, latin, _joined = _split(name)
    terms = {han[start : start + LONGEST_TERM] for start in range(min(len(han), STARTS))}
    if latin:
        terms |= _cut([" ".join(latin[start:]) for start in range(min(len(latin), STARTS))] + ["".join(latin)])
    terms |= _sounds(name, person).terms
    return terms or _cut({plain})


class _Sounds(NamedTuple):
    """How a name sounds in all its readings: the terms, and the texts uncut."""

    terms: set[str]
    texts: list[str]

    def add(self, initials: str, spelled: str, starts: Iterable[int], begins: Iterable[int]) -> None:
        """Add a reading, with the terms that begin at these of its initials and these of its letters."""
        terms = [spelled[begin : begin + LONGEST_TERM] for begin in begins]
        self.texts.extend((initials, spelled))
        if "v" in spelled:
            terms += [term.replace("v", "u") for term in terms]
            self.texts.append(spelled.replace("v", "u"))
        self.terms.update(terms, [initials[start : start + LONGEST_TERM] for start in starts])

    def add_whole(self, name: str) -> None:
        """Add the whole name as one: initials among what is Latin, or a surname with initials."""
        self.terms.add(name[:LONGEST_TERM])
        self.texts.append(name)


@lru_cache(maxsize=KEPT)  # terms and text of one customer are made of the same readings
def _sounds(name: str, person: bool | None) -> _Sounds:
    split, found = _split(name), _Sounds(set(), [])
    han = split.han[:STARTS]
    named = (_LEGAL.sub("", han) if han.endswith("公司") else han) or han[:1]
    # `liusy` is 刘思瑶: whoever may be a person is found by the surname and the initials of the rest.
    own = surname_length(han) if person is not False and 1 < len(split.han) <= LONGEST_PERSON else 0
    for syllables in sorted(readings(han, person=person)):
        initials, spelled = "".join([syllable[0] for syllable in syllables]), "".join(syllables)
        begins = [0, *accumulate(map(len, syllables))]
        found.add(initials, spelled, range(len(named)), begins[: len(named)])
        if split.latin:
            found.add_whole(_mnemonic(split, initials))
        if own:
            found.add_whole(spelled[: begins[own]] + initials[own:])
        for place, other in variants(named, syllables):
            begin, end = begins[place], begins[place + 1]
            varied = initials[:place] + other[0] + initials[place + 1 :]
            letters = spelled[:begin] + other + spelled[end:]
            # From further away, or behind the place, a term is what it was.
            near = range(max(0, place - LONGEST_TERM + 1), place + 1) if varied != initials else ()
            found.add(varied, letters, near, begins[bisect_right(begins, begin - LONGEST_TERM) : place + 1])
            if split.latin:
                found.add_whole(_mnemonic(split, varied))
            if own:
                longer = len(other) - end + begin if place < own else 0
                found.add_whole(letters[: begins[own] + longer] + varied[own:])
    if len(han) > 1:
        found.terms.difference_update(ascii_lowercase)  # one last letter alone would be everybody's
    return found


def initials(text: str, *, person: bool = False) -> str:
    """Return pinyin initials with Latin and digits kept: `A4复印纸` gives `a4fyz`, the mnemonic of an item (CAT-2)."""
    split = _split(text)
    return _mnemonic(split, "".join(each[:1] for each in min(readings(split.han, person=person), default=())))


def _mnemonic(split: _Split, initials: str) -> str:
    """Put the initials of the reading in place of the characters; what is not read stays."""
    initial = iter(initials)
    return "".join(next(initial, "") if _is_han(char) else char for run in split.runs for char in run)


def phone_terms(e164: str, plan: PhonePlan, *, shortest: int = SEARCHED) -> set[str]:
    """Return every ending of the number with three digits or more, so that any part of it begins one."""
    return endings(spellings(e164, plan)[0], shortest=shortest)


def endings(digits: str, *, shortest: int) -> set[str]:
    """Return every ending of a number that is not shorter, so that any part of it begins one; empty for nothing."""
    starts = range(max(len(digits) - shortest + 1, 1))
    return {digits[start : start + LONGEST_TERM] for start in starts} - {""}


def address_terms(text: str) -> set[str]:
    """Return the parts of an address by which it is found: from any Chinese character, any word, any number."""
    split = _split(text)
    joined, latin = split.joined, split.latin
    starts: list[int] = []
    begin = 0
    for run in split.runs:
        end = begin + len(run)
        starts += range(begin, end) if _is_han(run[0]) else (begin,)
        begin = end
    terms = {joined[start : start + LONGEST_ADDRESS_TERM] for start in (*starts[:1], *starts[-STARTS:])}
    if latin:
        terms |= _cut([" ".join(latin[start:]) for start in range(min(len(latin), STARTS))])
    return terms or _cut({split.plain[:LONGEST_ADDRESS_TERM]})


def _is_start(joined: str, start: int) -> bool:
    return start == 0 or _is_han(joined[start]) or _is_han(joined[start - 1])


def number_terms(number: str) -> set[str]:
    """Return the terms of a number the system gave: whole, and its digits without leading zeros."""
    plain = folded(number)
    digits = "".join(char for char in plain if char.isdigit()).lstrip("0")
    return _cut({plain, digits} - {""})


def search_text(
    names: Iterable[tuple[str, bool | None]], *, digits: Iterable[str] = (), texts: Iterable[str] = ()
) -> str:
    """Return all a thing is found by, uncut: a second word, or the rest of a long one, is looked for in it.

    Names come with whether they are a person's, as for `name_terms`; digits are the spellings of phones.
    """
    parts: list[str] = []
    for name, person in names:
        parts += _spellings(_split(name))
        parts += _sounds(name, person).texts
    parts += digits
    for text in texts:
        parts += _spellings(_split(text))
    return "|".join(dict.fromkeys(filter(None, parts)))


def _spellings(split: _Split) -> tuple[str, ...]:
    latin = split.latin
    if not latin:
        return (split.han or split.plain,)
    return split.han, split.joined, " ".join(latin), "".join(latin)


class _Split(NamedTuple):
    """A folded text as its runs of Chinese characters and of letters or digits."""

    plain: str
    runs: tuple[str, ...]
    han: str
    latin: tuple[str, ...]
    joined: str


@lru_cache(maxsize=KEPT)  # terms, text and comparison of one customer split the same few texts
def _split(text: str) -> _Split:
    plain = folded(text)
    if _ONLY_HAN.fullmatch(plain):  # most names
        return _Split(plain, (plain,), plain, (), plain)
    runs = _RUN.findall(plain)
    han, latin = "".join([each for each, _other in runs]), tuple([other for _han, other in runs if other])
    parts = [each or other for each, other in runs]
    return _Split(plain, tuple(parts), han, latin, "".join(parts))


def _is_han(char: str) -> bool:
    return "\u3400" <= char <= "\u9fff" or char == "\u3007" or "\U00020000" <= char <= "\U0003ffff"


def _cut(terms: Iterable[str]) -> set[str]:
    return {term[:LONGEST_TERM] for term in terms if term}
