"""A document laid out for whoever decides: why it waits, for whom, what changed since, and what it is about."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ordersdesk.approvals.rules import differences
from ordersdesk.credit.queries import Credit
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.texts.language import _, ngettext, word_list
from ordersdesk.foundation.texts.money import formatted
from ordersdesk.orders.book.page_queries import Whole
from ordersdesk.orders.review.snapshot import said
from ordersdesk.people.names import person
from screens.approvals.reading import Asking
from screens.change.request.page import comparison
from screens.kit.decisions import answered, waiting
from screens.order.page import goods, head
from screens.widgets.laying import BLANK, Line, Pair, pairs, paragraph, spread
from screens.widgets.times import answer_until, is_late, moment


def page(asking: Asking, desk: Desk, width: int) -> list[Line]:
    """Lay out one document to decide about."""
    state = _(asking.flow.states.get(asking.state, asking.state))
    title = asking.about or _(asking.flow.title)
    return [
        spread(title, f"{asking.number} · {state}", width, right_role="accent"),
        *waiting(asking.entries, desk.user, width),
        *_changed(asking, width),
        *pairs(_asked(asking, desk), width),
        *answered(asking.entries, desk, width),
        BLANK,
        *_about(asking, desk, width),
    ]


def _about(asking: Asking, desk: Desk, width: int) -> Iterator[Line]:
    """Lay out the document itself; of a kind without a layout of its own, what every approver is shown."""
    if asking.order:
        yield from _order(asking, asking.order, desk, width)
    elif asking.change:
        yield from comparison(asking.change, width)
    else:
        yield from pairs([(_(label), text) for label, text in asking.now.items()], width)


def _asked(asking: Asking, desk: Desk) -> Iterator[Pair]:
    mine = asking.mine(desk)
    if not mine:
        return
    due = min(one.due_at for one in mine)
    amount = max(one.amount for one in mine)
    who = word_list(dict.fromkeys(person(desk, one.created_by) for one in mine))
    yield _("Asked by"), _("{who}, {when}").format(who=who, when=moment(desk, mine[0].created_at))
    yield _("Answer until"), answer_until(desk, due), "warn" if is_late(desk, due) else ""
    yield _("Amount"), formatted(amount) if amount else ""
    if any(one.occasion in desk.policy.approvals.answerable for one in mine):
        yield _("You answer"), _("Goods leave unpaid by your yes: who approves, answers (USR-4).")


def _changed(asking: Asking, width: int) -> Iterator[Line]:
    """Say what is not as it was when it was asked about."""
    asked = next((one for one in asking.entries if one.is_open), None)
    for change in differences(asked.seen, asking.now, said) if asked else ():
        yield from paragraph(_("Changed since: {change}").format(change=change), width, role="bad")


def _order(asking: Asking, order: Whole, desk: Desk, width: int) -> Iterator[Line]:
    if asking.credit:
        yield from pairs(_credit(asking.credit), width)
        yield BLANK
    yield from goods(order, width)
    yield BLANK
    # The reasons stand above already.
    yield from head(replace(order, reasons=()), desk, width)


def _credit(credit: Credit) -> Iterator[Pair]:
    limit = _("{limit}, {open} open, {left} left").format(
        limit=formatted(credit.credit_limit), open=formatted(credit.open), left=formatted(credit.left)
    )
    yield _("Credit limit"), limit, "" if credit.left else "warn"
    yield _("Overdue"), formatted(credit.overdue) if credit.overdue else "", "bad"
    yield (
        _("Trade"),
        ngettext(
            "{months} month, {average} a month", "{months} months, {average} a month", credit.evidence.months_of_trade
        ).format(months=credit.evidence.months_of_trade, average=formatted(credit.evidence.average)),
    )
