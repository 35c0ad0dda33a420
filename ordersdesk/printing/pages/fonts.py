"""The fonts of the papers: the house's Chinese font, else the system's, and the system's others for rare letters."""

from __future__ import annotations

import importlib
import importlib.util
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from ordersdesk.foundation.texts.language import _
from ordersdesk.foundation.texts.refusals import Refused
from ordersdesk.printing.pages.glyphs import Coverage, coverage

PACKAGE = "pylopdf_fonts_zh_cn"
SAMPLE = "中文龘あ"  # a font that shows these serves for names and addresses
PREFERRED = ("Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC", "WenQuanYi Micro Hei", "WenQuanYi Zen Hei")


@dataclass(frozen=True)
class Fonts:
    """What a page is set with: the main family, the book of typst, and what is covered."""

    family: str
    book: Any
    covers: tuple[Coverage, ...]
    own: Coverage = field(default_factory=lambda: Coverage([]))
    """What the main family has itself."""

    def knows(self, char: str) -> bool:
        """Tell whether one of the fonts has the character."""
        return any(char in each for each in self.covers)

    def rare(self, texts: Iterable[str]) -> str:
        """Return a pattern of all but the characters that only other fonts have; empty when there are none."""
        others = sorted({char for char in "".join(texts) if char not in self.own and not char.isspace()})
        return "[^" + "".join(f"\\x{{{ord(char):x}}}" for char in others) + "]" if others else ""


def fonts_for(texts: Iterable[str]) -> Fonts:
    """Return the house's font when it shows all of the texts, else one with the system's fonts behind it."""
    house = _house()
    if house and all(house.knows(char) for char in set("".join(texts)) if not char.isspace()):
        return house
    return _system(house)


@lru_cache(maxsize=1)
def _house() -> Fonts | None:
    if importlib.util.find_spec(PACKAGE) is None:
        return None
    path: Path = importlib.import_module(PACKAGE).sans_path()
    book = _typst().Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(path.parent)])
    family = next(info.family for info in book.fonts() if Path(info.path).name == path.name)
    return Fonts(family, book, (coverage(path),), coverage(path))


@lru_cache(maxsize=2)
def _system(house: Fonts | None) -> Fonts:
    """Search the machine's fonts: only when they are needed, since there may be thousands."""
    folder = [str(importlib.import_module(PACKAGE).sans_path().parent)] if house else []
    book = _typst().Fonts(include_system_fonts=True, include_embedded_fonts=False, font_paths=folder)
    files = [(info.family, Path(info.path), info.index) for info in book.fonts() if info.path]
    family = house.family if house else _chinese(files)
    covers = tuple(coverage(path, index) for _family, path, index in files)
    own = house.own if house else next(cover for cover, each in zip(covers, files, strict=True) if each[0] == family)
    return Fonts(family, book, covers, own)


def _chinese(files: Iterable[tuple[str, Path, int]]) -> str:
    found = {family for family, path, index in files if all(char in coverage(path, index) for char in SAMPLE)}
    ranked = [family for family in PREFERRED if family in found] + sorted(found)
    if not ranked:
        raise Refused(
            "SLP-3",
            _("There is no font with Chinese characters on this machine."),
            mend=_("Install it: pip install pylopdf-fonts-zh-cn, or the system's Noto Sans CJK."),
        )
    return ranked[0]


def _typst() -> Any:
    return importlib.import_module("typst")
