"""The approvals of a document laid out: what waits for whom, and every decision with who, when, why and by code."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ordersdesk.approvals.flow import APPROVAL_FLOW
from ordersdesk.approvals.page_queries import Entry
from ordersdesk.approvals.rules import waits_for
from ordersdesk.deciding import Decided
from ordersdesk.foundation.desk import Actor, Desk
from ordersdesk.foundation.texts.daynames import short_day
from ordersdesk.foundation.texts.language import _, ngettext, with_rule
from ordersdesk.kinds import KINDS, OCCASIONS
from ordersdesk.people.names import person
from screens.widgets.laying import Line, Pair, pairs, paragraph

ROLES = {"granted": "good", "denied": "bad", "withdrawn": "muted"}


def waiting(entries: Sequence[Entry], user: Actor, width: int) -> Iterator[Line]:
    """Say what is not answered yet: mine stands out, what comes later is muted."""
    for one in entries:
        if one.is_open:
            text = waits_for(one.role, one.sentence, one.rule)
            mine = one.for_me
            yield from paragraph(text, width, role="warn" if mine else "muted")


def answered(entries: Sequence[Entry], desk: Desk, width: int) -> list[Line]:
    """Lay out every decision."""
    return pairs([_decision(one, desk) for one in entries if not one.is_open], width)


def _decision(one: Entry, desk: Desk) -> Pair:
    local = one.changed_at.astimezone(desk.zone)
    when = f"{short_day(local.date())} {local:%H:%M}"
    label = OCCASIONS[one.occasion].label if one.occasion in OCCASIONS else one.occasion
    parts = [_(label), _("{who}, {when}").format(who=person(desk, one.changed_by), when=when), one.reason]
    if one.by_code:
        parts.append(_("by code, typed by {who}").format(who=person(desk, one.by_code)))
    if one.answerable:
        parts.append(_("answers for it"))
    told = " · ".join(part for part in parts if part)
    return _(APPROVAL_FLOW.states[one.state]), with_rule(told, one.rule), ROLES.get(one.state, "")


def told_decision(decided: Decided) -> str:
    """Say what became of a document that was decided about."""
    state = _(KINDS[decided.kind].flow.states[decided.state])
    told = _("{document} is {state}.").format(document=decided.number, state=state)
    if decided.left:
        text = ngettext("It still waits for {count} yes.", "It still waits for {count} more.", decided.left)
        told += " " + text.format(count=decided.left)
    return told
