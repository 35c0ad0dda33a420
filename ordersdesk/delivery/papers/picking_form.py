"""The picking list as a form: what the shelves give for some slips together, and to which of them (SLP-4)."""

from __future__ import annotations

from collections.abc import Iterable

from ordersdesk.delivery.papers.queries import Paper, PaperLine, papers
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.policy.policy import Policy
from ordersdesk.foundation.texts.language import N_, NP_, current, translator
from ordersdesk.printing.forms import wording
from ordersdesk.printing.forms.form import Form

TEMPLATE = "list"


def picking_of(desk: Desk, numbers: Iterable[str]) -> Form:
    """Return the list of goods to pick for some slips, in the language of the desk."""
    return picking(papers(desk, numbers), desk.policy, current())


def picking(found: Iterable[Paper], policy: Policy, language: str) -> Form:
    """Return the form: one line for each item, in the order of walking, with the slips it goes to."""
    say, slips = translator(language), list(found)
    goods: dict[str, list[tuple[str, PaperLine]]] = {}
    for paper in slips:
        for line in paper.lines:
            goods.setdefault(line.code, []).append((paper.head.number, line))
    numbers = [paper.head.number for paper in slips]
    title = numbers[0] if len(numbers) == 1 else f"{min(numbers, default='')} – {max(numbers, default='')}"
    marks = [
        (N_("Delivery slip no."), title),
        (N_("Slips"), f"{len(slips):,}"),
        (N_("Warehouse"), slips[0].warehouse if slips else ""),
    ]
    made = Form(
        template=TEMPLATE,
        language=language,
        title=say(N_("Picking list")),
        number=title,
        marks=wording.facts(say, marks),
        columns=wording.columns(say, _COLUMNS, by_hand=("Picked",), unit="Unit", solid=("Place", "Delivery slip no.")),
        rows=tuple(_row(code, goods[code]) for code in sorted(goods, key=lambda code: _way(goods[code]))),
        total=("", "", say(N_("Sum")), "", "", f"{sum(paper.head.pieces for paper in slips):,}", "", ""),
        signatures=wording.signatures(say, _SIGNED),
    )
    return wording.issued(made, policy)


_COLUMNS = (
    (N_("Place"), False, 4), (N_("Item code"), False, 5), (N_("Description"), False, 10),
    (N_("Spec and model"), False, 10), (N_("Unit"), False, 3), (N_("Quantity"), True, 1),
    (N_("Delivery slip no."), False, 9), (NP_("column", "Picked"), False, 2),
)  # fmt: skip
_SIGNED = ((N_("Picked by"), ""), (N_("Time"), ""), (N_("Counted by"), ""))


def _way(taken: list[tuple[str, PaperLine]]) -> tuple[bool, str, str]:
    """Return what puts an item in the order of walking: by its place, those without one last, by code."""
    line = taken[0][1]
    return not line.place, line.place, line.code


def _row(code: str, taken: list[tuple[str, PaperLine]]) -> tuple[str, ...]:
    line = taken[0][1]
    to = "\n".join(f"{number} × {each.pieces:,}" for number, each in taken)
    described = wording.described(line.name, line.spec, line.model, line.colour)
    pieces = sum(each.pieces for _slip, each in taken)
    named = " ".join(filter(None, (line.brand, line.name)))  # a shelf has the brand on the box
    return line.place, code, named, described, line.unit, f"{pieces:,}", to, ""
