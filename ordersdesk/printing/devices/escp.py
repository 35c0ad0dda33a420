"""Forms for dot-matrix printers: ESC/P with Chinese in GB18030 on continuous paper of 241 × 140 mm (SLP-3).

The plies are carbonless: one pass of the needles makes all copies, so each form is printed once and names them all.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from ordersdesk.printing.devices.cells import CODE, PRINTER
from ordersdesk.printing.devices.plain import SLIP, pages
from ordersdesk.printing.forms.form import Form

RESET = b"\x1b@"
CELLS = 96
PITCH = b"\x1bM"  # twelve to the inch
SPACING = b"\x1b2"  # six lines to the inch
CHINESE = b"\x1c&"
APART = b"\x1cS\x00\x06"  # 24 dots of a character and 6 beside it are two cells of twelve to the inch
LENGTH = b"\x1bC" + bytes([SLIP])
STRONG, NORMAL = b"\x1bE", b"\x1bF"
NEXT_LINE, NEXT_PAGE = b"\r\n", b"\x0c"
BEGIN = RESET + SPACING + PITCH + CHINESE + APART + LENGTH


def needle(forms: Sequence[Form], _own: Path | None = None) -> bytes:
    """Return forms as a dot-matrix printer takes them."""
    return BEGIN + b"".join(_page(page, form.number) for form in forms for page in needle_pages(form))


def needle_pages(form: Form) -> list[list[str]]:
    """Return the lines of every page as the needles print them."""
    return pages(form, cells=CELLS, lines=SLIP, type_=PRINTER)


def _page(page: Sequence[str], number: str) -> bytes:
    # No line end after the last line: there the paper already stands at the next form, which would go out empty.
    return NEXT_LINE.join(emphasised(line, number) for line in page) + NEXT_PAGE


def emphasised(line: str, number: str, strong: bytes = STRONG, normal: bytes = NORMAL) -> bytes:
    """Return a line in the printer's code with the number standing out."""
    parts = [part.encode(CODE) for part in (line.split(number) if number else [line])]
    return (strong + number.encode(CODE) + normal).join(parts)
