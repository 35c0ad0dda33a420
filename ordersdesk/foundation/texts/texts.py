"""What people and files type: kept whole or refused with a reason, and never run by a terminal (FIL-3)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from functools import lru_cache

from ordersdesk.foundation.texts.language import _
from ordersdesk.foundation.texts.phrases import Phrase
from ordersdesk.foundation.texts.refusals import Refused

NAME = 200  # characters of a name, so that one field never fills a screen
NOTE = 10_000

# Marks that turn, hide or split text on a terminal; kept in the store, replaced when shown.
_UNSEEN = {"\u061c", "\u200b", "\u200c", "\u200d", "\u200e", "\u200f", "\u2060", "\ufeff", "\u00ad"}

_STEERING = re.compile("[\x7f-\x9f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff\ufeff\ufff9-\ufffb]")


def clean(text: str, *, field: str, longest: int = NAME, lines: bool = False) -> str:
    """Return the text trimmed and composed (NFC); refused (FIL-3) when it cannot be kept as it is.

    What the program says itself stays a phrase.
    """
    if isinstance(text, Phrase) and (text.replace("\n", "") if lines else text).isprintable():
        return text
    kept = unicodedata.normalize("NFC", text.strip()) if not text.isascii() else text.strip()
    if len(kept) > longest:
        raise Refused(
            "FIL-3",
            _("The text has {length} characters; at most {longest} fit.").format(length=len(kept), longest=longest),
            mend=_("Shorten it."),
            field=field,
        )
    if not kept.isprintable():
        _refuse_controls(kept, field=field, lines=lines)
    return kept


def are_clean(texts: Collection[str]) -> bool:
    """Tell at once that `clean` would keep each of these as it stands; if not, it has to be asked about each."""
    joined = f"|{'|'.join(texts)}|"
    is_trimmed = "| " not in joined and " |" not in joined
    is_short = not texts or max(map(len, texts)) <= NAME
    return is_trimmed and is_short and joined.isprintable() and unicodedata.is_normalized("NFC", joined)


def _refuse_controls(text: str, *, field: str, lines: bool) -> None:
    for place, char in enumerate(text, 1):
        if lines and char in "\n\t":
            continue
        if unicodedata.category(char) in ("Cc", "Cs"):
            raise Refused(
                "FIL-3",
                _("Character {place} is a control character (U+{code}).").format(place=place, code=f"{ord(char):04X}"),
                mend=_("Type the text again without it."),
                field=field,
            )


def full_name(name: str, spec: str) -> str:
    """Name goods with their spec: two that differ by nothing else are told apart wherever they are named."""
    return " ".join(filter(None, (name, spec)))


def shown(text: str) -> str:
    """Return the text safe for a terminal: what would steer it becomes a visible mark."""
    return text if text.isascii() and text.isprintable() else _shown(text)


def escaped(json_text: str) -> str:
    """Return JSON with everything escaped that would steer a terminal: for programs it is the same (FIL-3)."""
    return json_text if json_text.isascii() else _STEERING.sub(lambda found: f"\\u{ord(found[0]):04x}", json_text)


@lru_cache(maxsize=4096)
def _shown(text: str) -> str:
    return "".join(_mark(char) for char in text)


def _mark(char: str) -> str:
    if char in "\n\r":
        return "⏎"
    if char == "\t":
        return " "
    code = ord(char)
    if code < 0x20:
        return chr(0x2400 + code)
    category = unicodedata.category(char)
    if category in ("Cc", "Cf", "Cs", "Zl", "Zp") or char in _UNSEEN:
        return "·"
    return char
