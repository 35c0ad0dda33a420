"""One form for a code, wherever it is saved, searched or looked up (CAT-2, FIL-1)."""

from __future__ import annotations

import re
import unicodedata

_DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−﹣－"), "-")
_STARRED = re.compile(r"\*(.+)\*")  # how Code 39 marks its ends when it is printed as text
_AIM = re.compile(r"\][A-Za-z][0-9A-Za-z]")  # what a scanner puts before a code to say which symbology it read
_GS1 = re.compile(r"\(?01\)?([0-9]{14})(?:[^0-9].*|[0-9]{2,4}.*)?")  # the article's number, then what else is said


def legible(text: str) -> str:
    """Return a code as one sees it: full width narrowed, invisible characters gone, one kind of blank and dash."""
    if text.isascii():
        return " ".join(text.split()) if text.strip().isprintable() else text.strip()
    plain = unicodedata.normalize("NFKC", text).translate(_DASHES)
    seen = "".join(char for char in plain if unicodedata.category(char) != "Cf")
    return " ".join(seen.split()) if seen.strip().isprintable() else seen.strip()


def code(text: str) -> str:
    """Return the one form a code is stored and compared in; what cannot be stored is nobody's code (empty)."""
    plain = legible(legible(text).upper())
    if starred := _STARRED.fullmatch(plain):
        plain = starred[1].strip()
    return plain if plain.isprintable() else ""


def barcode(text: str) -> str:
    """Return the one form of a bar code: an article's number as GTIN-13, whatever a scanner or shop makes of it."""
    plain = code(text)
    if scanned := _AIM.match(plain):
        plain = plain[scanned.end() :]
        found = _GS1.fullmatch(plain)
    else:
        found = _GS1.fullmatch(plain) if plain.startswith("(01)") else None
    if found:
        plain = found[1]
    digits = plain.replace(" ", "").replace("-", "")
    return _thirteen(digits) if digits.isascii() and digits.isdigit() else plain


def _thirteen(digits: str) -> str:
    if len(digits) == 14 and digits[0] == "0":
        return digits[1:]
    return digits.zfill(13) if len(digits) == 12 else digits


def spellings(text: str) -> tuple[str, ...]:
    """Return the forms under which a typed or scanned code may be stored, the likeliest first."""
    plain, article = code(text), barcode(text)
    shorter = article[1:] if len(article) == 13 and article[0] == "0" and article.isdigit() else ""
    return tuple(form for form in dict.fromkeys((plain, article, shorter)) if form)
