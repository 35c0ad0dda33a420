"""A form as PDF, set by typst: every text goes in as data, none of it is ever read as markup (SLP-3, FIL-3)."""

from __future__ import annotations

import importlib
import importlib.util
import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any, cast

from ordersdesk.foundation.data import data_path
from ordersdesk.foundation.language import _
from ordersdesk.foundation.refusals import Refused
from ordersdesk.printing.characters import printable
from ordersdesk.printing.fonts import fonts_for
from ordersdesk.printing.forms import Form, each_text

PARTS = "parts"  # what the templates share; it is put before each of them


def pdf(forms: Form | Sequence[Form], own: Path | None = None, *, paper: str = "a4") -> bytes:
    """Return forms as PDF; a template in the site's own folder goes before the house's."""
    form = forms if isinstance(forms, Form) else forms[0]
    return _set(form, own, "pdf")[0]


def pictures(form: Form, own: Path | None = None) -> list[bytes]:
    """Return the pages as PNG, to look at."""
    return _set(form, own, "png")


def _set(form: Form, own: Path | None, kind: str) -> list[bytes]:
    typst = _typst()
    fields = cast("dict[str, Any]", _plain(asdict(form)))
    # In two steps: what is made visible here decides which fonts are needed.
    fonts = fonts_for(_texts(each_text(fields, printable)))
    said = each_text(fields, lambda text: printable(text, fonts.knows))
    source = f"{template(PARTS, own)}\n{template(form.template, own)}"
    chosen = {"family": fonts.family, "rare": fonts.rare(_texts(said))}
    inputs = {"form": json.dumps({**said, **chosen}, ensure_ascii=False)}
    try:
        made = typst.compile(source.encode(), format=kind, font_paths=fonts.book, ignore_system_fonts=True,
                             sys_inputs=inputs)  # fmt: skip
    except typst.TypstError as error:
        raise Refused(
            "SLP-3",
            _("The form “{form}” cannot be set: {reason}.").format(form=form.template, reason=error.message[:200]),
            mend=_("Correct the site's own {form}.typ, or take it away.").format(form=form.template),
        ) from error
    return cast("list[bytes]", made) if isinstance(made, list) else [made]


def template(name: str, own: Path | None) -> str:
    """Return the text of a template: the site's own copy, else the house's."""
    places = [folder / f"{name}.typ" for folder in (own, data_path("forms")) if folder]
    path = next((place for place in places if place.exists()), places[-1])
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise Refused(
            "SLP-3",
            _("The form {file} cannot be read: {reason}.").format(file=path, reason=error),
            mend=_("Correct the file, or take the site's own copy away."),
        ) from error


def _plain(part: Any) -> Any:
    """Turn lists into tuples, as the parts of a form have them."""
    if isinstance(part, dict):
        return {name: _plain(each) for name, each in cast("dict[str, Any]", part).items()}
    return tuple(_plain(each) for each in cast("list[Any]", part)) if isinstance(part, list | tuple) else part


def _texts(part: Any) -> Iterator[str]:
    if isinstance(part, str):
        yield part
    elif isinstance(part, dict | tuple):
        values = cast("dict[str, Any]", part).values() if isinstance(part, dict) else cast("tuple[Any, ...]", part)
        for each in values:
            yield from _texts(each)


def _typst() -> Any:
    """Load the typesetter when a page is made: a desk that prints nothing never waits for it."""
    if importlib.util.find_spec("typst") is None:
        raise Refused(
            "SLP-3",
            _("PDF papers need the package typst, which is not installed."),
            mend=_("Install it: pip install typst; plain text works without."),
        )
    return importlib.import_module("typst")
