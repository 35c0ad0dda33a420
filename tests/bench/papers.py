"""Slips as PDF beside typst alone drawing the same strings in a plain table, with the same font and options."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from functools import partial
from itertools import chain
from pathlib import Path
from random import Random
from typing import Any

import typst

from ordersdesk.printing.pages.fonts import fonts_for
from ordersdesk.printing.pages.typesetting import pdf
from tests.bench.figures import Figure, clocked, median
from tests.printing.slips import a_line, a_slip

SLIPS, LINES, PIECE = 1_000, 8, 100
GOAL, MOST = 1.5, 300
GOODS = ("复印纸 80g 高白", "签字笔 黑色 0.5mm", "LaserJet 硒鼓", "文件夹 双强力夹", "计算器 大屏幕", "档案盒 55mm")
BARE = """
#let d = json(bytes(sys.inputs.d))
#set text(font: d.font, size: 8.5pt, lang: "zh", cjk-latin-spacing: none)
#set page(width: 241mm, height: 140mm, margin: (x: 17mm, y: 7mm))
#for one in d.slips {
  grid(columns: 4, row-gutter: 1mm, ..one.texts)
  table(columns: (auto, 3fr, 9fr, 3fr, 5fr, 2fr, auto, auto, auto, 2fr), stroke: 0.5pt, ..one.cells)
  pagebreak(weak: true)
}
"""


def papers(*, slips: int, many: int, times: int) -> Iterator[Figure]:
    """Print so many slips into one PDF, one alone in a new process, and many in a process whose memory is read."""
    yield _into_one(slips, times)
    yield _alone(times)
    yield _memory(many)


def some_slips(first: int, count: int) -> list[Any]:
    """Slips of eight lines out of 600 items, no two alike."""
    return [_slip(number) for number in range(first, first + count)]


def _slip(number: int) -> Any:
    chance = Random(number)
    lines = [
        a_line(
            place,
            f"{chance.choice(GOODS)} {chance.randrange(100)}号",
            code=f"OFF-{chance.randrange(10_000):05}",
            pieces=(pieces := chance.randint(1, 400)),
            amount=Decimal("25.00") * pieces,
        )
        for place in range(1, LINES + 1)
    ]
    return a_slip(number, lines, address=f"上海市浦东新区张江路{number}号", contact=chance.choice("王李张刘陈") + "芳")


TAKEN = "import tests.bench.papers as it; print(it.taken(it.{}, {}, {}))"


def _into_one(slips: int, times: int) -> Figure:
    """Alternate both, each in a new process: what typst remembers of one must not be forgotten in the other's time."""
    both: list[list[float]] = [[], []]
    for turn in range(times):
        for place, act in enumerate(("ours", "bare")):
            both[place].append(float(_child(TAKEN.format(act, turn * slips, slips))))
    return _compared(f"{slips:,} slips into one PDF", both, 1)


def taken(act: Callable[[Sequence[Any]], bytes], first: int, count: int) -> float:
    """Return the seconds for so many slips; libraries and fonts are loaded before."""
    act(some_slips(first + count, 1))
    return clocked([partial(act, some_slips(first, count))])[0][0]


def ours(forms: Sequence[Any]) -> bytes:
    """Print the slips as the program does."""
    return pdf(forms, paper="continuous")


def bare(forms: Sequence[Any]) -> bytes:
    """Draw the same strings with typst alone: into one PDF, so at once."""
    fonts = fonts_for("中")
    slips = [_strings(form) for form in forms]
    return typst.compile(
        BARE.encode(), format="pdf", font_paths=fonts.book, ignore_system_fonts=True, pdf_tags=False,
        sys_inputs={"d": json.dumps({"font": fonts.family, "slips": slips})},
    )  # fmt: skip


def _strings(form: Any) -> dict[str, list[str]]:
    lists = (form.marks, form.sums, form.remarks, form.signatures, form.firm)
    facts = chain(*lists, *(block.facts for block in form.blocks))
    said = [form.issuer, form.title, form.number, form.stamp, form.page, form.conditions, *form.flags]
    said += chain.from_iterable((fact.label, fact.value) for fact in facts)
    said += chain.from_iterable((box.title, *box.lines) for box in form.boxes)
    said += [copy.label for copy in form.copies]
    rows = chain.from_iterable((*form.rows, form.total))
    return {"texts": said, "cells": [*(column.label for column in form.columns), *rows]}


ALONE = "import tests.bench.papers as it; slip = it.some_slips(1, 1); {}"


def _alone(times: int) -> Figure:
    """Print one slip in a new process; the bare one imports the same and draws a page."""
    acts = [partial(_child, ALONE.format(act)) for act in ("it.pdf(slip, paper='continuous')", "it.bare(slip)")]
    both = [clocked(acts)[0] for _turn in range(times)]
    return _compared("one slip, new process", [[one[0] for one in both], [one[1] for one in both]], 1000)


def _child(code: str) -> str:
    return subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout


def _compared(what: str, taken: Sequence[Sequence[float]], scale: int) -> Figure:
    ours, theirs = median(taken[0]), median(taken[1])
    unit = "ms" if scale > 1 else "s"
    return Figure(
        what=what,
        at="continuous form",
        measured=f"{ours * scale:.2f} {unit}",
        baseline=f"{theirs * scale:.2f} {unit} typst",
        ratio=f"{ours / theirs:.2f} ×",
        goal=f"≤ {GOAL} ×",
        ok=ours <= GOAL * theirs,
    )


def printed(many: int) -> int:
    """Print so many slips a piece at a time; return the most memory this process ever had, in MiB."""
    for first in range(0, many, PIECE):
        pdf(some_slips(first, PIECE), paper="continuous")
    return most_memory()


def most_memory() -> int:
    """Return the most this program had: on Linux a program's `ru_maxrss` begins with what started it had."""
    status = Path("/proc/self/status")
    if status.exists():
        return int(status.read_text().partition("VmHWM:")[2].split()[0]) // 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def _memory(many: int) -> Figure:
    most = int(_child(f"import tests.bench.papers as it; print(it.printed({many}))"))
    return Figure(
        what=f"{many:,} slips, memory", at="continuous form", measured=f"{most} MiB", goal=f"≤ {MOST} MiB",
        ok=most <= MOST,
    )  # fmt: skip
