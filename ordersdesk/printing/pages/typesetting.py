"""Forms as PDF, set by typst: every text goes in as data, none of it is ever read as markup (SLP-3, FIL-3)."""

from __future__ import annotations

import importlib
import importlib.util
import json
import re
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextvars import copy_context
from functools import lru_cache
from pathlib import Path
from typing import Any, cast

from ordersdesk.foundation.texts.data import data_path
from ordersdesk.foundation.texts.language import _
from ordersdesk.foundation.texts.refusals import Refused
from ordersdesk.printing.forms.form import Form
from ordersdesk.printing.pages.batching import PIECE, Batch, batches
from ordersdesk.printing.pages.fitting import characters, fields_of
from ordersdesk.printing.pages.fonts import fonts_for
from ordersdesk.printing.pages.geometry import GEOMETRIES, Geometry, turned
from ordersdesk.printing.pages.merging import merged

PARTS = "parts"  # what the templates share; it is put before each of them
AT_ONCE = 2  # pieces; more cores are seldom there, and each piece takes memory
FORGETTING = 5  # compilations of nothing after each piece: 10,000 slips stay below 250 MB
_PAGES = re.compile(rb"/Type\s*/Page\b")
_EACH = """
#for (nth, form) in papers.forms.enumerate() {{ for (ply, copy) in form.plies.enumerate() {{
let key = str(nth) + "-" + str(ply)
[
{template}
] }} }}
"""


def pdf(forms: Form | Iterable[Form], own: Path | None = None, *, paper: str = "a4") -> bytes:
    """Return forms as one PDF; a template in the site's own folder goes before the house's."""
    return merged(made[0] for made in _sets(forms, own, paper, "pdf"))


def pictures(forms: Form | Iterable[Form], own: Path | None = None, *, paper: str = "a4") -> list[bytes]:
    """Return the pages as PNG, to look at."""
    return [page for made in _sets(forms, own, paper, "png") for page in made]


def _sets(forms: Form | Iterable[Form], own: Path | None, paper: str, kind: str) -> Iterator[list[bytes]]:
    """Set the pieces in their order, two at a time: typst works outside Python's lock."""
    sheet = GEOMETRIES[paper]
    under_way: deque[tuple[int, Future[list[bytes]]]] = deque()
    with ThreadPoolExecutor(AT_ONCE) as hands:
        for batch in batches([forms] if isinstance(forms, Form) else forms, sheet):
            under_way.append((batch.pages, hands.submit(copy_context().run, _piece, batch, own, sheet, kind)))
            if len(under_way) == AT_ONCE:
                yield _done(*under_way.popleft())
        while under_way:
            yield _done(*under_way.popleft())


def _done(pages: int, piece: Future[list[bytes]]) -> list[bytes]:
    made = piece.result()
    if pages >= PIECE:
        _forget()
    return made


def _piece(batch: Batch, own: Path | None, sheet: Geometry, kind: str) -> list[bytes]:
    made = _set(batch, own, sheet, kind, short=batch.is_short)
    if batch.is_short and _pages(made) != batch.pages:
        made = _set(batch, own, sheet, kind, short=False)
    return made


def _forget() -> None:
    """Let typst forget the papers before: it keeps what it measured for ten compilations, 0.7 MB of each slip."""
    for _again in range(FORGETTING):
        _nothing().compile(b"", format="svg")


@lru_cache(maxsize=1)
def _nothing() -> Any:
    typst = _typst()
    return typst.Compiler(font_paths=typst.Fonts(False, False), ignore_system_fonts=True)


def _pages(made: list[bytes]) -> int:
    return len(made) if len(made) > 1 else len(_PAGES.findall(made[0])) or 1


def _set(batch: Batch, own: Path | None, sheet: Geometry, kind: str, *, short: bool) -> list[bytes]:
    typst, name = _typst(), batch.forms[0].template
    sheet = turned(sheet) if batch.forms[0].wide else sheet
    chars = characters(batch.forms)
    fonts = fonts_for(chars)
    missing = frozenset(char for char in chars if not char.isspace() and not fonts.knows(char))
    said = [{**fields_of(form, sheet, missing), "short": short} for form in batch.forms]
    papers = {"forms": said, "sheet": vars(sheet), "family": fonts.family, "rare": fonts.rare(chars)}
    source = template(PARTS, own) + _EACH.format(template=template(name, own))
    try:
        made = typst.compile(
            source.encode(), format=kind, font_paths=fonts.book, ignore_system_fonts=True, pdf_tags=False,
            sys_inputs={"papers": json.dumps(papers, ensure_ascii=False)},
        )  # fmt: skip
    except typst.TypstError as error:
        raise Refused(
            "SLP-3",
            _("The form “{form}” cannot be set: {reason}.").format(form=name, reason=error.message[:200]),
            mend=_("Correct the site's own {form}.typ, or take it away.").format(form=name),
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


def _typst() -> Any:
    """Load the typesetter when a page is made: a desk that prints nothing never waits for it."""
    if importlib.util.find_spec("typst") is None:
        raise Refused(
            "SLP-3",
            _("PDF papers need the package typst, which is not installed."),
            mend=_("Install it: pip install typst; plain text works without."),
        )
    return importlib.import_module("typst")
