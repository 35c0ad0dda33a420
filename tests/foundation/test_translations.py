"""A translation that was edited in a checkout is spoken at the next start."""

from __future__ import annotations

import gettext
import os
import sys
from pathlib import Path

import pytest

from ordersdesk.foundation.texts.translations import compile_edited

PO = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\nmsgid "Orders"\nmsgstr "{word}"\n'


def edited(folder: Path, word: str, *, at: int) -> Path:
    """A catalogue that says this word, edited at some second."""
    source = folder / "zh_CN" / "LC_MESSAGES" / "ordersdesk.po"
    source.parent.mkdir(parents=True, exist_ok=True)
    source.write_text(PO.format(word=word), encoding="utf-8")
    os.utime(source, (at, at))
    return source


def said(folder: Path) -> str:
    with (folder / "zh_CN" / "LC_MESSAGES" / "ordersdesk.mo").open("rb") as compiled:
        return gettext.GNUTranslations(compiled).gettext("Orders")


def test_what_was_edited_is_spoken(tmp_path: Path) -> None:
    compile_edited(edited(tmp_path, "订单", at=1_000))
    before = said(tmp_path)
    compile_edited(edited(tmp_path, "订单簿", at=4_000_000_000))
    assert (before, said(tmp_path)) == ("订单", "订单簿")
    assert sorted(path.suffix for path in tmp_path.rglob("*.*o")) == [".mo", ".po"]


def test_what_was_not_edited_is_left_as_it_is(tmp_path: Path) -> None:
    source = edited(tmp_path, "订单", at=1_000)
    compile_edited(source)
    written = source.with_suffix(".mo").stat().st_mtime_ns
    compile_edited(source)
    assert source.with_suffix(".mo").stat().st_mtime_ns == written


def test_without_the_tools_the_older_words_are_spoken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    compile_edited(edited(tmp_path, "订单", at=1_000))
    monkeypatch.setitem(sys.modules, "babel.messages.pofile", None)
    compile_edited(edited(tmp_path, "订单簿", at=4_000_000_000))
    assert said(tmp_path) == "订单"
