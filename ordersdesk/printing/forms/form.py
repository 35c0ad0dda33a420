"""A form as plain texts: what is printed on paper, before anybody asks on which."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Fact:
    """A label and what stands beside it; a strong one stands out."""

    label: str
    value: str
    strong: bool = False


@dataclass(frozen=True)
class Block:
    """Facts under one title; blocks stand two abreast on a page."""

    title: str
    facts: tuple[Fact, ...]


@dataclass(frozen=True)
class Column:
    """A column of the table: figures are never broken, texts share what room is left.

    On a strip too narrow for a table the `sign` stands before the figure, and a unit behind the one it stands before:
    10 包 × 2.50 = 25.00.
    """

    label: str
    figure: bool = False
    share: int = 1
    sign: str = ""
    unit: bool = False
    solid: bool = False
    """Its lines stay whole where there is room: numbers of papers, places."""
    by_hand: bool = False
    """Nothing is printed in it: it is filled in with a pen."""


@dataclass(frozen=True)
class Box:
    """Room for a signature or a stamp, with the lines that are filled in by hand."""

    title: str
    lines: tuple[str, ...] = ()


@dataclass(frozen=True)
class Copy:
    """One ply of a paper, by its colour, and whose it is (SLP-2)."""

    ply: str
    label: str


@dataclass(frozen=True, kw_only=True)
class Form:
    """One form, in the language of who receives it; `template` names the page it is laid out on.

    `code` is what a scanner reads, as bar code and QR; `flags` are the marks nobody may overlook, such as urgent;
    `copies` are its plies, and `stamp` names the place of the house's stamp. A paper printed again says so in
    `reprint`. `total` is the row that closes the table; `signatures` are those who put their names beside each other,
    an empty one by hand, `boxes` those who need more room. Under all stand the `conditions` and where the `firm` is.
    """

    template: str
    language: str
    title: str
    number: str
    marks: tuple[Fact, ...] = ()
    blocks: tuple[Block, ...] = ()
    columns: tuple[Column, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    total: tuple[str, ...] = ()
    sums: tuple[Fact, ...] = ()
    remarks: tuple[Fact, ...] = ()
    signatures: tuple[Fact, ...] = ()
    boxes: tuple[Box, ...] = ()
    conditions: str = ""
    issuer: str = ""
    firm: tuple[Fact, ...] = ()
    page: str = "{page} / {pages}"
    code: str = ""
    flags: tuple[str, ...] = ()
    copies: tuple[Copy, ...] = ()
    stamp: str = ""
    reprint: str = ""
    closing: tuple[str, ...] = ()
    """How a letter ends, before who wrote it."""
    day: str = ""
    """When it was written."""
    wide: bool = False
    """It has more columns than a page standing upright can hold."""
