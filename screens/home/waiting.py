"""What waits for me, most urgent first: each line knows what Enter opens."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from ordersdesk.approvals.page_queries import COUNTED, documents_waiting
from ordersdesk.approvals.rules import answering
from ordersdesk.calls import queries as calls
from ordersdesk.customers.finding.card_queries import to_complete
from ordersdesk.customers.model.name_queries import names
from ordersdesk.customers.model.rules import WANTED
from ordersdesk.documents.inbox import whose
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.phones.writing import readable
from ordersdesk.foundation.policy.policy import Policy
from ordersdesk.foundation.texts.daynames import short_day
from ordersdesk.foundation.texts.language import N_, _, ngettext, pgettext, word_list
from ordersdesk.foundation.texts.refusals import Refused
from ordersdesk.inbox_queries import piles, waiting_documents
from ordersdesk.orders.book import queries as book
from ordersdesk.orders.book.queries import Entry, Filter, Today
from ordersdesk.orders.book.waiting_queries import InReview, in_review
from ordersdesk.orders.kind import REVIEWERS
from ordersdesk.orders.notices.actions import noted
from ordersdesk.orders.notices.queries import notices
from ordersdesk.people.names import person
from ordersdesk.printing.forms.wording import money
from screens.ground.areas import APPROVALS, DISPATCH
from screens.home.on_slips import chased, late, late_of, on_the_road, to_confirm, to_depart
from screens.intake.call.journal import Journal
from screens.intake.call.work import Work
from screens.widgets.rows import Row

MOST = 50  # of each kind; the order book has the rest
FEW = 8  # customers to complete: a gentle reminder, not a wall


@dataclass(frozen=True)
class Opens:
    """What Enter does on a line: resume a call, open an order, slip, sheet, customer, my approvals, or the book.

    An order that somebody must know of is opened with the notice, which is noted by that.
    """

    what: str
    which: str = ""
    customer_id: int = 0
    notice: int = 0
    filter: Filter = field(default_factory=Filter)


@dataclass(frozen=True)
class Waits:
    """Everything the home screen shows, as read at one moment."""

    figures: Today
    rows: tuple[Row, ...]


def read(desk: Desk, home: Path) -> Waits:
    """Read what waits; off the screen's thread."""
    journal = _unended(desk, Journal(home, desk.user.login))
    figures = book.today(desk)
    rows = [*_calls(desk, journal), *_notices(desk), *_approvals(desk), *_slips(desk), *_documents(desk)]
    rows += _orders(desk, figures)
    return Waits(figures, (*rows, *_piles(desk), *_customers(desk)))


def _unended(desk: Desk, journal: Journal) -> dict[str, Work]:
    """Return the intakes in the journal; one whose call has ended meanwhile is forgotten."""
    found = {work.key: work for work in journal.unfinished()}
    with desk.reading() as session:
        ended = [key for key in found if (ring := calls.by_key(session, key)) and ring.state == "ended"]
    for key in ended:
        journal.forget(key)
        del found[key]
    return found


def _calls(desk: Desk, journal: dict[str, Work]) -> Iterator[Row]:
    rings = calls.unfinished(desk)
    known = names(desk, [ring.customer_id for ring in rings if ring.customer_id])
    for work in journal.values():
        if work.key not in {ring.key for ring in rings}:
            yield _call(N_("Unfinished"), work.key, _who(desk, work.presented, work.customer), "", _typed(work))
    for ring in rings:
        mine = ring.agent == desk.user.login
        kind = N_("Unfinished") if ring.state == "open" else N_("Parked")
        work = journal.get(ring.key) or Work.from_data(ring.draft)
        who = _who(desk, ring.presented, known.get(ring.customer_id or 0, ""))
        told = _typed(work) if mine else _("{agent}: {what}").format(agent=person(desk, ring.agent), what=_typed(work))
        yield _call(kind, ring.key, who, _since(desk, ring.begun_at), told)


def _call(kind: str, key: str, who: str, since: str, told: str) -> Row:
    return Row(f"call {key}", (_(kind), who, told, since), tone="good", data=Opens("call", key))


def _who(desk: Desk, presented: str, name: str) -> str:
    number = readable(presented, desk.policy.phones)
    return " ".join(part for part in (name, number) if part) or _("caller not found yet")


def _typed(work: Work) -> str:
    lines = len(work.lines)
    told = ngettext("{lines} line typed", "{lines} lines typed", lines).format(lines=lines)
    return told if lines else _("no line yet")


def _since(desk: Desk, at: datetime) -> str:
    local = at.astimezone(desk.zone)
    return f"{local:%H:%M}" if local.date() == desk.today() else short_day(local.date())


def _notices(desk: Desk) -> Iterator[Row]:
    """Say what somebody must know about an order, until they looked (CHG-4)."""
    for one in notices(desk, limit=MOST):
        opens = Opens("order", one.order, notice=one.id)
        cells = (_("You must know"), one.order, one.sentence, _since(desk, one.at))
        yield Row(f"notice {one.id}", cells, tone="warn", data=opens)


def note(desk: Desk, notice: int) -> None:
    """Take a notice off the list when its order is opened; somebody else may have been quicker."""
    try:
        noted(desk, notice)
    except Refused:
        return


def _approvals(desk: Desk) -> Iterator[Row]:
    """Say how many wait for my yes: one line, the queue has the rest."""
    if desk.user.roles & answering(desk.policy) and (count := documents_waiting(desk)):
        told = ngettext("{count} waits for your yes", "{count} wait for your yes", count).format(count=count)
        told = _("{count} or more wait for your yes").format(count=count) if count >= COUNTED else told
        yield Row("approvals", (_("Approvals"), "", told, ""), tone="accent", data=Opens(APPROVALS))


def _orders(desk: Desk, figures: Today) -> Iterator[Row]:
    if desk.user.roles & REVIEWERS:
        yield from (_in_review(desk, one) for one in in_review(desk, limit=MOST))
        yield from _more(figures.in_review, Filter(state="review"), N_("In review"))
    for state, kind in (("rejected", N_("Rejected")), ("draft", N_("Pulled back"))):
        for entry in book.page(desk, Filter(state=state, agent=whose(desk)), limit=MOST):
            yield _order(desk, entry, kind, _("correct it, or tell the customer"), "warn")
    wanted, shown = late_of(desk), 0
    for entry, told in late(desk, MOST):
        yield _order(desk, entry, N_("Late"), told, "warn")
        shown += 1
    yield from _more(book.count(desk, wanted) if shown == MOST else shown, wanted, N_("Late"))


def _slips(desk: Desk) -> Iterator[Row]:
    """Say what is to be done with slips, sheets and trouble on the road: each its own line, or many as one."""
    for one in (
        *chased(desk, MOST),
        *to_confirm(desk, MOST),
        *to_depart(desk, MOST),
        *on_the_road(desk, MOST),
    ):
        cells = (_(one.kind), one.who, one.why, one.since)
        yield Row(f"{one.kind} {one.number}", cells, tone=one.tone, data=Opens(one.opens, one.number))


def _documents(desk: Desk) -> Iterator[Row]:
    """Say which documents of the kinds without a line of their own wait for me."""
    for kind, waiting, document in waiting_documents(desk, limit=MOST):
        who = f"{document.number[-4:]} {getattr(document, kind.about)}"
        why = waiting.why(document) if waiting.why else _(kind.flow.states[document.state])
        cells = (_(waiting.title), who, why, _since(desk, document.created_at))
        yield Row(document.number, cells, tone=waiting.tone, data=Opens(kind.flow.kind, document.number))


def _piles(desk: Desk) -> Iterator[Row]:
    """Say what waits by the dozen, each as one line that leads to the board, or to the orders that are not paid."""
    for pile in piles(desk):
        told = ngettext("{count} waits", "the oldest of {count} that wait", pile.count).format(count=pile.count)
        cells = (_(pile.waiting.title), pile.oldest, told, _since(desk, pile.since))
        opens = Opens("book", filter=Filter(unpaid=True)) if pile.waiting.unpaid else Opens(DISPATCH)
        yield Row(f"pile {pile.waiting.title}", cells, data=opens)


def _in_review(desk: Desk, one: InReview) -> Row:
    roles = word_list(_(role) for role in one.roles)
    why = one.reasons[0].sentence if one.reasons else ""
    told = _("for {roles}: {why}").format(roles=roles, why=why) if roles else why
    if one.asked_at:
        told = _("asked {when} {told}").format(when=_since(desk, one.asked_at), told=told)
    return _order(desk, one.entry, N_("In review"), told, "accent" if one.waits_for(desk.user.roles) else "")


def _order(desk: Desk, entry: Entry, kind: str, told: str, tone: str) -> Row:
    who = f"{entry.number[-4:]} {entry.customer}"
    return Row(entry.number, (_(kind), who, told, _since(desk, entry.at)), tone=tone, data=Opens("order", entry.number))


def _more(count: int, wanted: Filter, kind: str) -> Iterable[Row]:
    if count > MOST:
        told = _("{count} more in the order book").format(count=count - MOST)
        yield Row(f"more {kind}", (_(kind), "…", told, ""), tone="muted", data=Opens("book", filter=wanted))


def _customers(desk: Desk) -> Iterator[Row]:
    for one in to_complete(desk, agent=desk.user.login, limit=FEW):
        fields = word_list(_(WANTED[name]) for name in one.to_complete)
        told = _("missing: {fields}").format(fields=fields)
        yield Row(
            f"customer {one.number}",
            (_("To complete"), one.name, told, ""),
            "muted",
            Opens("customer", customer_id=one.id),
        )


def figures(today: Today, policy: Policy) -> Sequence[tuple[str, str]]:
    """Return the day's figures with their names."""
    return (
        (ngettext("order today", "orders today", today.orders), str(today.orders)),
        (_("sales today"), money(_, today.total, policy)),
        (_("in review"), str(today.in_review)),
        (pgettext("promise", "late"), str(today.late)),
    )
