"""Old and new side by side, laid out: money, promise, terms, level, who says yes, what stands against it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from itertools import zip_longest

from ordersdesk.foundation.policy.roles import ROLE_NAMES
from ordersdesk.foundation.texts.daynames import short_day
from ordersdesk.foundation.texts.language import N_, _, labelled, with_rule
from ordersdesk.foundation.texts.money import formatted
from ordersdesk.foundation.texts.refusals import Refused
from ordersdesk.orders.assessment.case import Weight
from ordersdesk.orders.changes.plan.comparison import Comparison, LinePair
from ordersdesk.orders.changes.plan.rules import LEVELS
from ordersdesk.orders.review.snapshot import PARTS
from ordersdesk.stock.rules import SHORTAGE_LABELS
from screens.change.compare.reading import Result
from screens.change.compare.rows import signed
from screens.widgets.cells import fitted
from screens.widgets.laying import Line, Pair, pairs, paragraph, wrapped

LABEL, DIFFERENCE = 14, 12
LEAST = 12  # cells of a side on a page too narrow for all

Side = tuple[str, str, str, str, str]  # label, was, will be, difference, role of what will be


def side_by_side(rows: Iterable[Side], width: int, *, titles: bool = True) -> list[Line]:
    """Lay out rows in four columns; a long text is wrapped in its own, never cut."""
    side = max((width - LABEL - DIFFERENCE - 3) // 2, LEAST)
    head = ("", _("Was"), _("Will be"), fitted(_("Difference"), DIFFERENCE, right=True))
    lines: list[Line] = [((_cells(head, side), "label"),)] if titles else []
    for label, was, will_be, difference, role in rows:
        parts = zip_longest(wrapped(was, side), wrapped(will_be, side), fillvalue="")
        for number, (one, two) in enumerate(parts):
            last = fitted(difference if number == 0 else "", DIFFERENCE, right=True)
            lines.append(
                (
                    (fitted(label if number == 0 else "", LABEL) + " ", "label"),
                    (fitted(one, side) + " ", "muted" if role else ""),
                    (fitted(two, side) + " ", role),
                    (last, role),
                )
            )
    return lines


def _cells(cells: tuple[str, str, str, str], side: int) -> str:
    return " ".join(fitted(text, room) for text, room in zip(cells, (LABEL, side, side, DIFFERENCE), strict=True))


def lay(result: Result | None, width: int, *, changes: bool = True) -> list[Line]:
    """Lay out what a change comes to; `changes` tells whether anything is typed yet."""
    if result is None:
        return []
    if isinstance(result, Refused):
        return paragraph(str(result), width, role="bad")
    lines = side_by_side(_sides(result), width)
    if not changes:
        return [*lines, *paragraph(_("Type a new quantity, add a line, or change the terms."), width, role="muted")]
    return [*lines, *pairs([*_weight(result), *_stock(result), *_against(result)], width, label=LABEL - 1)]


def _sides(found: Comparison) -> Iterator[Side]:
    yield _money(N_("Goods"), found.old_goods, found.new_goods)
    yield _money(N_("Delivery fee"), found.old_fee, found.new_fee)
    yield _money(N_("Total"), found.old_total, found.new_total)
    yield _promise(found)
    for pair in found.heads:
        yield _(pair.label), pair.old or "–", pair.new or "–", "", "accent"


def _money(label: str, old: Decimal, new: Decimal) -> Side:
    return _(label), formatted(old), formatted(new), signed(new - old), "accent" if new != old else ""


def _promise(found: Comparison) -> Side:
    """The day and its part are enough of what stays; of another one it is said why."""
    old, new = _day(found.old_promised_on, found.old_part), _day(found.new_promised_on, found.new_part)
    if old == new:
        return _("Promise"), old, new, "", ""
    said = " · ".join(filter(None, (found.new_promise or new, found.warning)))
    return _("Promise"), old, said, "", "accent"


def _day(day: date | None, part: str) -> str:
    if day is None:
        return "–"
    return " ".join((short_day(day), *([_(PARTS[part])] if part in PARTS else ())))


def _weight(found: Comparison) -> Iterator[Pair]:
    level = with_rule(labelled(_(LEVELS[found.level]), found.why), found.rule)
    yield _("Level"), level, "title"
    if found.at_once:
        yield _("Approval"), _("none: F9 applies it at once"), "good"
    label = _("Approval")
    for one in found.approvers:
        role = _(ROLE_NAMES.get(one.role, one.role))
        text = role if one.sentence == found.why else with_rule(labelled(role, one.sentence), one.rule)
        yield label, text, "warn"
        label = " "


def _stock(found: Comparison) -> Iterator[Pair]:
    for pair in found.lines:
        if pair.short and pair.change != "same":
            yield _("Stock"), _short(pair), "warn"


def _short(pair: LinePair) -> str:
    choice = _(SHORTAGE_LABELS[pair.new.shortage]) if pair.new.shortage else _("F4 on the line chooses")
    return _("{item}: {left} here, {short} short: {choice}").format(
        item=pair.new.full_name or pair.new.code, left=max(pair.available, 0), short=pair.short, choice=choice
    )


def _against(found: Comparison) -> Iterator[Pair]:
    for each in found.findings:
        if each.field == "reason" or each.field.endswith(".shortage"):
            continue  # asked for at its time; the stock is said already
        text = with_rule(each.sentence(), each.rule)
        yield (_("To ask"), text, "warn") if each.weight is Weight.ASK else (_("To mend"), text, "bad")
