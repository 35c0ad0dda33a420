"""What papers of every kind say alike, in the language of who reads them: labels, columns, boxes, who sends it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import replace
from decimal import Decimal

from ordersdesk.foundation.desk import SYSTEM
from ordersdesk.foundation.policy.policy import Policy
from ordersdesk.foundation.texts.language import N_, translator
from ordersdesk.foundation.texts.money import formatted
from ordersdesk.printing.forms.form import Block, Box, Column, Fact, Form

Say = Callable[[str], str]
Labelled = Iterable[tuple[str, str]]
ROOM = "_" * 16  # where something is written by hand
PAGE = N_("Page {page} of {pages}")
GOODS = (
    Column(N_("No."), figure=True), Column(N_("Item code"), share=6), Column(N_("Description"), share=12),
    Column(N_("Brand"), share=4), Column(N_("Spec and model"), share=13), Column(N_("Unit"), share=3, unit=True),
    Column(N_("Quantity"), figure=True), Column(N_("Unit price"), figure=True, sign="×"),
    Column(N_("Amount"), figure=True, sign="="), Column(N_("Remarks"), share=4),
)  # fmt: skip
SIGNS = {"CNY": N_("CNY {amount}")}  # how a currency is written beside an amount


def issued(form: Form, policy: Policy) -> Form:
    """Return a form with what all papers share: who issues it, how to reach the firm, how pages are numbered."""
    say = translator(form.language)
    return replace(form, issuer=issuer(policy), firm=firm(say, policy), page=say(PAGE))


def issuer(policy: Policy) -> str:
    """Return who issues a paper: the firm in full, else company and branch as they are spoken."""
    return policy.firm.company.strip() or f"{policy.branch.company} {policy.branch.name}".strip()


def firm(say: Say, policy: Policy) -> tuple[Fact, ...]:
    """Return where the firm is and how it is reached; what the policy leaves empty is left out."""
    of = policy.firm
    return facts(say, [(N_("Address"), of.address), (N_("Order hotline"), of.hotline), (N_("Fax"), of.fax)])


def money(say: Say, amount: Decimal, policy: Policy) -> str:
    """Write a total of a paper with its currency: `￥1,234.50`."""
    currency = policy.branch.currency
    sign = say(SIGNS[currency]) if currency in SIGNS else f"{currency} {{amount}}"
    return f"{'-' if amount < 0 else ''}{sign.format(amount=formatted(abs(amount)))}"


def person(say: Say, name: str) -> str:
    """Return who did something, by name; the desk itself is called the system."""
    return say(N_("system")) if name == SYSTEM.name else name


def reached(say: Say, name: str, policy: Policy) -> str:
    """Return whom a customer asks and where; nobody by name where the desk took the order by itself."""
    return f"{'' if name == SYSTEM.name else name} {policy.firm.hotline}".strip() or person(say, name)


def signatures(say: Say, titles: Iterable[tuple[str, str]]) -> tuple[Fact, ...]:
    """Return who puts their name to a paper (N_), with the names that are known."""
    return tuple(Fact(say(title), name) for title, name in titles)


def facts(say: Say, rows: Labelled, *, strong: Collection[str] = ()) -> tuple[Fact, ...]:
    """Return labels (N_) with what stands beside them; what is empty is left out."""
    return tuple(Fact(say(label), value, strong=label in strong) for label, value in rows if value)


def blocks(say: Say, titled: Iterable[tuple[str, Labelled]], *, strong: Collection[str] = ()) -> tuple[Block, ...]:
    """Return facts under their titles (N_), or under none."""
    return tuple(Block(say(title) if title else "", facts(say, rows, strong=strong)) for title, rows in titled)


def counted(say: Say, one: str, many: str, count: int) -> str:
    """Return a count with its noun (N_), one or many of it."""
    return say(one if count == 1 else many).format(count=f"{count:,}")


def columns(
    say: Say,
    rows: Iterable[tuple[str, bool, int]],
    *,
    by_hand: Collection[str] = (),
    unit: str = "",
    solid: Collection[str] = (),
) -> tuple[Column, ...]:
    """Return columns by label (N_), whether they hold figures, and their share of the room.

    Some are for a pen, some are never broken; one may be the unit of the figure that follows it.
    """
    return tuple(
        Column(
            say(label), figure=figure, share=share, unit=label == unit, by_hand=label in by_hand, solid=label in solid
        )
        for label, figure, share in rows
    )


def goods(say: Say) -> tuple[Column, ...]:
    """Return the columns of goods with their prices, as slips and confirmation sheets have them."""
    return tuple(replace(column, label=say(column.label)) for column in GOODS)


def described(name: str, *parts: str) -> str:
    """Return spec, model and colour as one text, without what the name says already."""
    return " ".join(part for part in parts if part and part not in name)


def boxes(say: Say, titles: Iterable[str], lines: Sequence[str]) -> tuple[Box, ...]:
    """Return boxes to sign in, each with the same lines (N_) to fill in."""
    return tuple(Box(say(title), tuple(map(say, lines))) for title in titles)
