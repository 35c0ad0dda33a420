"""PDFs made in pieces, put together into one."""

from __future__ import annotations

import importlib
import io
from collections.abc import Iterable


def merged(pieces: Iterable[bytes]) -> bytes:
    """Return one PDF with the pages of all; a single one is returned as it is."""
    all_pieces = list(pieces)
    if len(all_pieces) == 1:
        return all_pieces[0]
    pikepdf = importlib.import_module("pikepdf")
    whole = pikepdf.new()
    for piece in all_pieces:
        with pikepdf.open(io.BytesIO(piece)) as part:
            whole.pages.extend(part.pages)
    made = io.BytesIO()
    whole.save(made)
    return made.getvalue()
