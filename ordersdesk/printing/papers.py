"""The papers slips and other forms are printed on, by the names the policy and the commands use (SLP-3)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from ordersdesk.foundation.texts.language import N_, _, word_list
from ordersdesk.foundation.texts.refusals import Refused
from ordersdesk.printing.devices.escp import needle
from ordersdesk.printing.devices.escpos import thermal
from ordersdesk.printing.devices.plain import texts
from ordersdesk.printing.forms.form import Form
from ordersdesk.printing.pages.typesetting import pdf

CHUNK = 100  # forms in one piece: memory stays small, and a printer's queue takes it


@dataclass(frozen=True)
class Paper:
    """One kind of paper: its label, the ending of its files, and what makes bytes of forms."""

    name: str
    label: str
    suffix: str
    make: Callable[[Sequence[Form], Path | None], bytes]
    raw: bool = False
    """Its bytes are the printer's own and must pass the queue untouched."""


PAPERS = {
    paper.name: paper
    for paper in (
        Paper("a4", N_("A4"), ".pdf", partial(pdf, paper="a4")),
        Paper("a5", N_("A5"), ".pdf", partial(pdf, paper="a5")),
        Paper("continuous", N_("continuous form 241 × 140 mm"), ".pdf", partial(pdf, paper="continuous")),
        Paper("escp", N_("dot-matrix printer, 241 × 140 mm"), ".prn", needle, raw=True),
        Paper("thermal", N_("thermal printer, 80 mm"), ".bin", thermal, raw=True),
        Paper("text", N_("plain text"), ".txt", lambda forms, _own: texts(forms).encode()),
    )
}


def paper_named(name: str) -> Paper:
    """Return a paper by its name; refused (SLP-3) when there is none."""
    if name not in PAPERS:
        raise Refused(
            "SLP-3",
            _("There is no paper “{name}”.").format(name=name[:40]),
            mend=_("Choose one of: {names}.").format(names=word_list(PAPERS)),
            field="form",
        )
    return PAPERS[name]
