"""What papers of every kind say alike, in the language of who reads them: labels, columns, boxes, who sends it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence

from ordersdesk.foundation.language import N_
from ordersdesk.foundation.policy import Policy
from ordersdesk.printing.forms import Block, Box, Column, Fact

Say = Callable[[str], str]
Labelled = Iterable[tuple[str, str]]
PAGE = N_("Page {page} of {pages}")


def issuer(policy: Policy) -> str:
    """Return who issues a paper: company and branch."""
    return f"{policy.branch.company} {policy.branch.name}".strip()


def facts(say: Say, rows: Labelled, *, strong: Collection[str] = ()) -> tuple[Fact, ...]:
    """Return labels (N_) with what stands beside them; what is empty is left out."""
    return tuple(Fact(say(label), value, strong=label in strong) for label, value in rows if value)


def blocks(say: Say, titled: Iterable[tuple[str, Labelled]], *, strong: Collection[str] = ()) -> tuple[Block, ...]:
    """Return facts under their titles (N_)."""
    return tuple(Block(say(title), facts(say, rows, strong=strong)) for title, rows in titled)


def counted(say: Say, one: str, many: str, count: int) -> str:
    """Return a count with its noun (N_), one or many of it."""
    return say(one if count == 1 else many).format(count=f"{count:,}")


def columns(say: Say, rows: Iterable[tuple[str, bool, int]]) -> tuple[Column, ...]:
    """Return columns by label (N_), whether they hold figures, and their share of the room."""
    return tuple(Column(say(label), figure=figure, share=share) for label, figure, share in rows)


def boxes(say: Say, titles: Iterable[str], lines: Sequence[str]) -> tuple[Box, ...]:
    """Return boxes to sign in, each with the same lines (N_) to fill in."""
    return tuple(Box(say(title), tuple(map(say, lines))) for title in titles)
