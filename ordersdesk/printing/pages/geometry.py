"""The sheets of the PDF papers: size, margins, type, and how their plies are told apart (SLP-3)."""

from __future__ import annotations

from dataclasses import dataclass, replace

POINT = 25.4 / 72  # millimetres
LINE = 1.75  # height of a line of a table, in heights of its type


@dataclass(frozen=True)
class Geometry:
    """One kind of sheet, in millimetres; `size` is the type in points."""

    width: float
    height: float
    side: float
    top: float
    bottom: float
    size: float
    is_multi_ply: bool = False
    """All plies are one print, named along the margin; otherwise each copy is a page of its own."""

    @property
    def room(self) -> float:
        """How many Chinese characters fit a line."""
        return (self.width - 2 * self.side) / (self.size * POINT)

    @property
    def lines(self) -> float:
        """How many lines of a table fit a page."""
        return (self.height - self.top - self.bottom) / (self.size * POINT * LINE)


def turned(sheet: Geometry) -> Geometry:
    """Return a sheet lying on its side, if it does not already."""
    return replace(sheet, width=max(sheet.width, sheet.height), height=min(sheet.width, sheet.height))


GEOMETRIES = {
    "a4": Geometry(210, 297, side=15, top=17, bottom=17, size=9),
    "a5": Geometry(210, 148, side=11, top=11, bottom=8, size=8),
    # Two margins of 12.7 mm with the holes of the tractor lie outside.
    "continuous": Geometry(241, 140, side=17, top=7, bottom=7, size=8.5, is_multi_ply=True),
}
