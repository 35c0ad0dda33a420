"""A document laid out for whoever decides: why it waits, for whom, what changed since, and what it is about."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from ordersdesk.approvals.rules import differences
from ordersdesk.credit.queries import Credit
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.language import N_, _
from ordersdesk.foundation.money import formatted
from ordersdesk.orders.names import PAYMENTS
from ordersdesk.orders.seen import PAYMENT
from screens.approvals.reading import Asking
from screens.approvals.times import is_late, moment, time_left
from screens.order.decisions import answered, waiting
from screens.order.page import goods, head
from screens.widgets.laying import BLANK, Line, Pair, pairs, paragraph, spread, table
from screens.widgets.rows import Column

THEN = "→ "  # how what a change asks for is told from what is now
SIDES = (Column("", 14), Column(N_("Now"), least=20), Column(N_("Asked for"), least=20))


def page(asking: Asking, desk: Desk, width: int) -> list[Line]:
    """Lay out one document to decide about."""
    state = _(asking.flow.states.get(asking.state, asking.state))
    title = asking.about or _(asking.flow.title)
    return [
        spread(title, f"{asking.number} · {state}", width, right_role="accent"),
        *waiting(asking.entries, desk.user, width),
        *_changed(asking, width),
        *pairs(_asked(asking, desk), width),
        *answered(asking.entries, desk.zone, width),
        BLANK,
        *(_order(asking, desk, width) if asking.order else _seen(asking.now, width)),
    ]


def _asked(asking: Asking, desk: Desk) -> Iterator[Pair]:
    mine = asking.mine(desk)
    if not mine:
        return
    due = min(one.due_at for one in mine)
    amount = max(one.amount for one in mine)
    who = _(", ").join(dict.fromkeys(one.created_by for one in mine))
    left = f"{time_left(desk, due)} · {moment(desk, due)}"
    yield _("Asked by"), _("{who}, {when}").format(who=who, when=moment(desk, mine[0].created_at))
    yield _("Answer until"), left, "warn" if is_late(desk, due) else ""
    yield _("Amount"), formatted(amount) if amount else ""
    if any(one.occasion in desk.policy.approvals.answerable for one in mine):
        yield _("You answer"), _("Goods leave unpaid by your yes: who approves, answers (USR-4).")


def _changed(asking: Asking, width: int) -> Iterator[Line]:
    """Say what is not as it was when it was asked about."""
    asked = next((one for one in asking.entries if one.is_open), None)
    for change in differences(asked.seen, asking.now) if asked else ():
        yield from paragraph(_("Changed since: {change}").format(change=change), width, role="bad")


def _order(asking: Asking, desk: Desk, width: int) -> Iterator[Line]:
    assert asking.order is not None
    if asking.credit:
        yield from pairs(_credit(asking.credit), width)
        yield BLANK
    yield from goods(asking.order, width)
    yield BLANK
    # The reasons stand above already.
    yield from head(replace(asking.order, reasons=()), desk.zone, width)


def _credit(credit: Credit) -> Iterator[Pair]:
    limit = _("{limit}, {open} open, {left} left").format(
        limit=formatted(credit.credit_limit), open=formatted(credit.open), left=formatted(credit.left)
    )
    yield _("Credit limit"), limit, "" if credit.left else "warn"
    yield _("Overdue"), formatted(credit.overdue) if credit.overdue else "", "bad"
    yield (
        _("Trade"),
        _("{months} months, {average} a month").format(
            months=credit.evidence.months_of_trade, average=formatted(credit.evidence.average)
        ),
    )


def _seen(now: Mapping[str, str], width: int) -> list[Line]:
    """Lay out what approvers are shown of a document; old and new side by side where it asks for a change."""
    then = {label.removeprefix(THEN): text for label, text in now.items() if label.startswith(THEN)}
    rows = [(label, text) for label, text in now.items() if not label.startswith(THEN)]
    plain = pairs([(_(label), _said(label, text)) for label, text in rows if label not in then], width)
    if not then:
        return plain
    sides = [(_(label), _said(label, now.get(label, "")), _said(label, text)) for label, text in then.items()]
    return [*table(SIDES, sides, width, roles=["accent"] * len(sides)), BLANK, *plain]


def _said(label: str, text: str) -> str:
    return _(PAYMENTS.get(text, text)) if label == PAYMENT and text else text
