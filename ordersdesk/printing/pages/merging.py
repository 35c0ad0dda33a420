"""PDFs made in pieces, put together into one."""

from __future__ import annotations

import importlib
import io
from collections.abc import Iterable
from threading import Lock
from typing import Any

_ONE_AT_A_TIME = Lock()  # pdfium knows no threads


def merged(pieces: Iterable[bytes]) -> bytes:
    """Return one PDF with the pages of all; a single one is returned as it is."""
    whole = list(pieces)
    return whole[0] if len(whole) == 1 else _joined(whole)


def _joined(pieces: list[bytes]) -> bytes:
    pdfium: Any = importlib.import_module("pypdfium2")
    made = io.BytesIO()
    with _ONE_AT_A_TIME:
        paper = pdfium.PdfDocument.new()
        for piece in pieces:
            part = pdfium.PdfDocument(piece)
            paper.import_pages(part)
            part.close()
        paper.save(made)
        paper.close()
    return made.getvalue()
