"""One change request laid out as a page: what was asked, old and new side by side, who says yes, its story (CHG-1)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from zoneinfo import ZoneInfo

from ordersdesk.approvals.queries import WaitingFor, waiting_on
from ordersdesk.approvals.rules import waits_for
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.documents.document import Happening, timeline
from ordersdesk.foundation.policy.roles import ROLE_NAMES
from ordersdesk.foundation.texts.daynames import short_day
from ordersdesk.foundation.texts.language import _, with_rule, word_list
from ordersdesk.orders.changes.plan.comparison import LABELS
from ordersdesk.orders.changes.plan.rules import LEVELS
from ordersdesk.orders.changes.queries import CHANGES, of_order
from ordersdesk.orders.model.queries import by_id as order_by_id
from ordersdesk.orders.model.tables import ChangeRequest
from ordersdesk.orders.review.snapshot import DELIVERY, LINES, PAYMENT, TOTAL
from ordersdesk.orders.terms.change_flow import CHANGE_FLOW, KINDS
from ordersdesk.orders.terms.labels import INVOICES, PAYMENTS, STORY
from ordersdesk.people.names import person
from screens.change.compare.rows import signed
from screens.change.compare.sides import Side, side_by_side
from screens.widgets.laying import BLANK, Lay, Line, Pair, pairs, paragraph, spread

TONES = {"applied": "good", "asked": "accent", "denied": "bad", "withdrawn": "muted"}
VERBS = STORY | {verb.name: verb.label for verb in CHANGE_FLOW.verbs}


@dataclass(frozen=True)
class Asked:
    """A change request with all that is shown of it."""

    request: ChangeRequest
    customer: str
    terms: Mapping[str, str]
    """The terms of the order as they are now: what they were, while the request waits."""
    waits: tuple[WaitingFor, ...]
    story: tuple[Happening, ...]
    others: tuple[str, ...]
    """The numbers of all requests about this order, oldest first."""

    def beside(self, step: int) -> str:
        """Return the request before or after this one; nothing at either end."""
        place = self.others.index(self.request.number) + step
        return self.others[place] if 0 <= place < len(self.others) else ""


def read(desk: Desk, number: str) -> Asked:
    """Read a change request; refused (CHG-1) when there is none with this number."""
    with desk.reading() as session:
        request = CHANGES.by_number(desk, session, number)
        head = order_by_id(session, request.order_id)
        return Asked(
            request=request, customer=head.customer_name,
            terms={name: _term(name, getattr(head, name)) for name in LABELS},
            waits=tuple(waiting_on(session, CHANGE_FLOW.kind, request.id)),
            story=tuple(timeline(session, CHANGE_FLOW.kind, request.id)),
            others=tuple(one.number for one in of_order(session, request.order_id)),
        )  # fmt: skip


def page(desk: Desk, number: str) -> Lay:
    """Return the page of a change request for a sheet."""
    return partial(laid_out, read(desk, number), desk)


def laid_out(asked: Asked, desk: Desk, width: int) -> list[Line]:
    """Lay out a change request in a width."""
    request = asked.request
    title = _("{what} of {order} · {customer}").format(
        what=_(KINDS[request.kind]), order=request.order_number, customer=asked.customer
    )
    return [
        spread(title, _(CHANGE_FLOW.states[request.state]), width, right_role=TONES.get(request.state, "")),
        *_waits(asked, width),
        BLANK,
        *comparison(asked, width),
        BLANK,
        ((_("Story"), "title"),),
        *pairs([(f"{_when(row, desk.zone)}  {person(desk, row.by)}", _told(row)) for row in asked.story], width),
    ]


def comparison(asked: Asked, width: int) -> list[Line]:
    """Lay out why it is asked for, and old and new side by side."""
    return [*pairs(_head(asked.request), width), BLANK, *side_by_side(_sides(asked), width)]


def _waits(asked: Asked, width: int) -> Iterator[Line]:
    for one in asked.waits:
        text = waits_for(one.role, one.sentence, one.rule)
        yield from paragraph(text, width, role="warn")


def _head(request: ChangeRequest) -> Iterator[Pair]:
    yield _("Reason"), request.reason
    yield _("Level"), _(LEVELS.get(request.level, request.level))
    for line in request.edits.get("lines", ()):
        if line.get("close_short"):
            why = line.get("reason") or request.reason
            yield _("Closed short"), _("line {position}: {why}").format(position=line["position"], why=why)


def _sides(asked: Asked) -> Iterator[Side]:
    """What approvers are shown, then the terms that only the request names."""
    request = asked.request
    for label, new in request.after.items():
        old = request.before.get(label, "")
        if old != new or label == TOTAL:
            was, will_be = _only_changed(old, new) if label == LINES else (_seen(label, old), _seen(label, new))
            difference = signed(request.new_total - request.old_total) if label == TOTAL else ""
            yield _(label), was, will_be, difference, "accent" if old != new else ""
    for name, label in LABELS.items():
        if name in request.edits and label not in request.after:
            old = asked.terms[name] if request.state == "asked" else ""
            yield _(label), old or "–", _term(name, request.edits[name]) or "–", "", "accent"


def _only_changed(old: str, new: str) -> tuple[str, str]:
    """Leave out the lines that stay; one below the other."""
    before, after = old.split(", "), new.split(", ")
    return (
        "\n".join(line for line in before if line not in after) or "–",
        "\n".join(line for line in after if line not in before) or "–",
    )


def _term(name: str, value: object) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    names = {"payment": PAYMENTS, "invoice": INVOICES}.get(name, {})
    return _(names.get(str(value), str(value)))


def _seen(label: str, text: str) -> str:
    if label == PAYMENT:
        return _term("payment", text)
    if label != DELIVERY or not text:
        return text or "–"
    day, _space, part = text.partition(" ")
    return f"{short_day(date.fromisoformat(day))} {_(part) if part else ''}".strip()


def _told(row: Happening) -> str:
    moved = _(CHANGE_FLOW.states.get(row.to_state, row.to_state)) if row.to_state != row.from_state else ""
    roles = word_list(_(str(ROLE_NAMES.get(role, role))) for role in row.details.get("roles", ()))
    told = (_(VERBS.get(row.verb, row.verb)), f"→ {moved}" if moved else "", roles, row.note)
    return with_rule(" ".join(part for part in told if part), row.rule)


def _when(row: Happening, zone: ZoneInfo) -> str:
    local = row.at.astimezone(zone)
    return f"{short_day(local.date())} {local:%H:%M}"
