"""Forms for thermal printers of 80 mm: ESC/POS, 48 cells, with bar code, QR and cutter (SLP-3).

The dozen commands are written here: python-escpos 3.1 would bring nine packages, Pillow among them, and 0.6 s.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from ordersdesk.printing.devices.cells import PRINTER
from ordersdesk.printing.devices.escp import emphasised
from ordersdesk.printing.devices.plain import by_ply
from ordersdesk.printing.forms.form import Form

CELLS = 48
RESET, CHINESE = b"\x1b@", b"\x1c&"
STRONG, NORMAL = b"\x1bE\x01", b"\x1bE\x00"
CENTRED, LEFT = b"\x1ba\x01", b"\x1ba\x00"
BARS = b"\x1dh\x50\x1dw\x02\x1dH\x00\x1dkI"  # ten mm high, two dots wide, no digits beneath, CODE128
CHARSET = b"{B"
QR = b"\x1d(k"
MODEL, SIZE, LEVEL = b"\x04\x001A2\x00", b"\x03\x001C\x06", b"\x03\x001E1"
DRAW = b"\x03\x001Q0"
CUT = b"\x1dVB\x00"  # feeds to the knife, then cuts partly
LINE = b"\n"
WIDEST = 23  # characters whose bars fit 576 dots
_SCANNED = re.compile(r"[0-9A-Za-z.\-]{1,100}")


def thermal(forms: Sequence[Form], _own: Path | None = None) -> bytes:
    """Return forms as a thermal printer takes them: a strip for each copy."""
    return RESET + CHINESE + b"".join(_strips(form) for form in forms)


def thermal_lines(form: Form) -> list[list[str]]:
    """Return the lines of each strip as they are printed."""
    return [pages[0] for pages in by_ply(form, cells=CELLS, type_=PRINTER)]


def _strips(form: Form) -> bytes:
    codes = _codes(form.code)
    return b"".join(
        b"".join(emphasised(line, form.number, STRONG, NORMAL) + LINE for line in lines) + codes + CUT
        for lines in thermal_lines(form)
    )


def _codes(code: str) -> bytes:
    """Return what a scanner reads; a code that is more than letters and digits is only there as text."""
    if not _SCANNED.fullmatch(code):
        return b""
    said = code.encode("ascii")
    bars = BARS + bytes([len(said) + len(CHARSET)]) + CHARSET + said + LINE if len(said) <= WIDEST else b""
    stored = bytes([len(said) + 3, 0]) + b"1P0" + said
    return CENTRED + bars + b"".join(QR + step for step in (MODEL, SIZE, LEVEL, stored, DRAW)) + LINE + LEFT
