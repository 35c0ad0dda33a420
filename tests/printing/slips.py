"""Slips to print without a database, and what a machine or an eye finds on the printed page."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import fields
from datetime import date
from decimal import Decimal
from itertools import islice
from operator import itemgetter
from pathlib import Path
from typing import Any

import pypdfium2
import zxingcpp
from PIL import Image

from ordersdesk.delivery.papers.queries import Paper, PaperHead, PaperLine
from ordersdesk.delivery.papers.slip_form import slip
from ordersdesk.foundation.policy.policy import load
from ordersdesk.printing.forms.form import Form

POLICY = load()
Box = tuple[float, float, float, float]
DAY = date(2026, 11, 23)
EMPTY = {"str": "", "int": 0, "bool": False, "Decimal": Decimal("0.00"), "date": DAY, "date | None": None}


def a_line(position: int = 1, name: str = "得力 A4 复印纸 80g", **values: Any) -> PaperLine:
    """One line of goods: 10 pieces at 25.00."""
    usual = {"code": f"A4-{position:03}", "spec": "500张/包", "unit": "包", "note": "", "valuable": False}
    sums = {"pieces": 10, "asked": 10, "price": Decimal("25.00"), "amount": Decimal("250.00")}
    return PaperLine(position=position, name=name, **{**usual, **sums, **values})


def a_slip(number: int = 1, lines: Sequence[PaperLine] | int = 8, *, language: str = "zh_CN", **values: Any) -> Form:
    """A slip of some lines to 明远, paid at the door."""
    goods = tuple(map(a_line, range(1, lines + 1))) if isinstance(lines, int) else tuple(lines)
    due = sum((line.amount for line in goods), Decimal("0.00"))
    usual: dict[str, Any] = {
        "number": f"SL20261123-{number:04}", "state": "made", "order_number": "SO20261123-0017",
        "customer_name": "上海明远科技发展有限公司", "contact": "王芳", "phone": "+86 138 0013 8000",
        "address": "上海市浦东新区张江路88号3号楼 602室", "route": "浦东一线", "wave": "12:00", "promised_on": DAY,
        "promised_part": "afternoon", "payment": "cash", "pieces": 80, "goods": due, "due": due, "services": [],
    }  # fmt: skip
    empty = {field.name: EMPTY.get(str(field.type)) for field in fields(PaperHead)}
    head = PaperHead(**{**empty, **usual, **values})
    whose: dict[str, Any] = {
        "customer_number": "C100001",
        "language": language,
        "warehouse": "上海主仓",
        "handwritten": "",
    }
    return slip(Paper(head, goods, **whose, invoice="ordinary", agent="Lin", made_by="Ding"), POLICY)


def sheets(pdf: bytes) -> list[str]:
    """The text of every page without its spaces and line ends, read by pdfium: quicker than letter by letter."""
    paper = pypdfium2.PdfDocument(pdf)
    made = ["".join(page.get_textpage().get_text_range().split()) for page in paper]
    paper.close()
    return made


def text_boxes(pdf: bytes) -> Iterator[list[Box]]:
    """The boxes of the texts on each page: left, bottom, right, top."""
    paper = pypdfium2.PdfDocument(pdf)
    for page in paper:
        text = page.get_textpage()
        yield [text.get_rect(place) for place in range(text.count_rects())]
    paper.close()


def covering(pdf: bytes, more: float = 2.0) -> list[tuple[int, Box, Box]]:
    """The pairs of texts that cover each other by more than two points in both directions, with their page."""
    found: list[tuple[int, Box, Box]] = []
    for page, boxes in enumerate(text_boxes(pdf)):
        rising = sorted(boxes, key=itemgetter(1))
        for place, one in enumerate(rising):
            for other in islice(rising, place + 1, None):
                if other[1] > one[3] - more:
                    break
                across = min(one[2], other[2]) - max(one[0], other[0])
                if across > more and min(one[3], other[3]) - other[1] > more:
                    found.append((page, one, other))
    return found


def scanned(picture: bytes) -> dict[str, str]:
    """What a scanner reads on a page, by the kind of the code."""
    found = zxingcpp.read_barcodes(Image.open(io.BytesIO(picture)))
    return {str(code.format): code.text for code in found}


def differing(picture: bytes, kept: Path, cells: tuple[int, int] = (48, 32)) -> float:
    """How much the darkest difference in a grid of cells is, from 0 to 255: fonts' versions change little in it."""
    page = Image.open(io.BytesIO(picture)).convert("L").resize(cells, Image.Resampling.BOX)
    if not kept.exists():
        page.save(kept)
        raise AssertionError(f"{kept.name} is kept from now on: look at the paper, then run this again.")
    was = Image.open(kept).convert("L")
    return max(abs(one - other) for one, other in zip(page.tobytes(), was.tobytes(), strict=True))
