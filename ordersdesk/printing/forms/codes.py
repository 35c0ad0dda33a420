"""Bar code and QR of a paper's number, as widths and dots that any page can draw (SLP-2)."""

from __future__ import annotations

import importlib
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from typing import Any

from ordersdesk.foundation.texts.language import _
from ordersdesk.foundation.texts.refusals import Refused


@dataclass(frozen=True)
class Codes:
    """One text as Code 128 and as QR."""

    bars: tuple[int, ...]
    """Widths in modules: bar, gap, bar, … without the quiet zones."""
    side: int
    """Modules of the QR code along one side."""
    dots: tuple[int, ...]
    """Its modules row by row: 0 is black, 255 white."""


NONE = Codes((), 0, ())


@lru_cache(maxsize=256)
def codes(text: str) -> Codes:
    """Return what a scanner reads; refused (SLP-2) for a text that no bar code can hold."""
    if not text:
        return NONE
    zxing = _zxing()
    try:
        stripes = _drawn(zxing, text, zxing.BarcodeFormat.Code128)
        square = _drawn(zxing, text, zxing.BarcodeFormat.QRCode)
    except (ValueError, RuntimeError) as error:
        raise Refused(
            "SLP-2",
            _("No bar code can be made of “{text}”.").format(text=text[:40]),
            mend=_("Use letters and figures in numbers of papers."),
            field="number",
        ) from error
    row = bytes(memoryview(stripes))[: stripes.shape[1]]
    return Codes(
        bars=tuple(len(list(run)) for _colour, run in groupby(row)),
        side=square.shape[0],
        dots=tuple(bytes(memoryview(square))),
    )


def _drawn(zxing: Any, text: str, kind: Any) -> Any:
    """Return the code at one dot for each module."""
    return zxing.create_barcode(text, kind).to_image(scale=1, add_hrt=False, add_quiet_zones=False)


def _zxing() -> Any:
    """Load the encoder when a code is drawn."""
    return importlib.import_module("zxingcpp")
