"""What the intake asks of the rooms, in plain calls that may run off the screen's thread."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from ordersdesk.calls import actions as calls
from ordersdesk.calls import queries as calls_of
from ordersdesk.catalogue.queries import Found, equivalents, wares
from ordersdesk.customers.finding.find_queries import holders
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.phones import phones
from ordersdesk.orders.assessment import case_queries
from ordersdesk.orders.assessment.case import Case, Finding, Line, Weight
from ordersdesk.orders.book import page_queries
from ordersdesk.orders.book.answer_queries import last_lines
from ordersdesk.orders.book.readback import greeting, sentences
from ordersdesk.orders.changes.regret_actions import regret
from ordersdesk.orders.entry.actions import Submitted, note_read_back, submit
from ordersdesk.orders.entry.correcting_queries import as_draft
from ordersdesk.orders.entry.intake_actions import keep
from ordersdesk.orders.terms.draft import Draft, DraftLine
from screens.intake.call.caller import Front, front
from screens.intake.call.journal import Journal
from screens.intake.call.work import Work, WorkLine


@dataclass(frozen=True)
class Confirmed:
    """An order that was just made, and what to say about it."""

    made: Submitted
    sentences: tuple[str, ...]
    at: datetime


@dataclass(frozen=True)
class Ringing:
    """What a presented number says: a parked call to go on with, or the customers it belongs to."""

    parked: str
    customers: list[str]


class Taking:
    """One user's intake at one desk."""

    def __init__(self, desk: Desk, journal: Journal) -> None:
        self.desk = desk
        self.journal = journal

    def draft(self, work: Work, shown: Case | None = None) -> Draft:
        """Return the draft; with what was shown it is refused when total or promise have changed since."""
        draft = work.draft(self.desk.today(), said_total=shown.total if shown else None)
        if shown is None or shown.promise is None:
            return draft
        said = shown.promise
        return draft.model_copy(update={"said_day": said.date, "said_part": said.part, "said_wave": said.urgent_wave})

    def assess(self, work: Work) -> Case:
        """Keep the intake with its call, hold its goods, and return its case."""
        presented, moments = self._number(work.presented), _moments(work)
        return keep(self.desk, self.draft(work), typed=work.as_data(), presented=presented, moments=moments)

    def quote(self, work: Work, code: str) -> Line | None:
        """Return what one piece of an item is to this customer: price, shelves, habit."""
        draft = replace_lines(self.draft(work), [DraftLine(item=code, quantity=1)])
        lines = case_queries.case(self.desk, draft).lines
        return lines[0] if lines else None

    def ringing(self, work: Work) -> Ringing:
        """Return who may be calling; a call that was parked with this number goes on (JOY-6), any other is opened."""
        presented = work.presented
        parked = calls_of.parked_from(self.desk, self._number(presented))
        if parked is None:
            calls.answer(self.desk, key=work.key, presented=self._number(presented), moments=_moments(work))
        return Ringing(parked.key if parked else "", [found.number for found in holders(self.desk, presented)])

    def _number(self, presented: str) -> str:
        """Return a presented number in the one spelling calls are kept under."""
        phone = phones.presented(presented, self.desk.policy.phones)
        return phone.e164 if phone else presented

    def front(self, work: Work) -> Front | None:
        """Return what is known of the customer on the line."""
        return front(self.desk, work.customer, presented=work.presented)

    def greeting(self, found: Front) -> str:
        """Return what to say first, with the caller's name, in the caller's language (CAL-2)."""
        branch, buyer = self.desk.policy.branch, found.caller.buyer
        name = found.caller.reach.contact or buyer.name
        return greeting(buyer.language or branch.language, company=branch.company, agent=self.desk.user.name, name=name)

    def same_again(self, customer_id: int) -> list[WorkLine]:
        """Return the lines of the last order (CAL-4)."""
        return [WorkLine(line.item, str(line.quantity)) for line in last_lines(self.desk, customer_id)]

    def instead_of(self, code: str) -> Sequence[Found]:
        """Return what can be sold instead of an item (STK-5)."""
        with self.desk.reading() as session:
            ware = wares(session, [code]).get(code)
            return equivalents(session, ware.id) if ware else []

    def submit(self, work: Work, shown: Case | None) -> Confirmed:
        """Make the order; refused with every finding, and nothing is lost."""
        made = submit(self.desk, self.draft(work, shown))
        order = page_queries.by_number(self.desk, made.number)
        language = shown.buyer.language if shown and shown.buyer else ""
        spoken = language or self.desk.policy.branch.language
        said = tuple(sentences(order, spoken, plan=self.desk.policy.phones, today=self.desk.today()))
        return Confirmed(made, said, self.desk.now())

    def read_back(self, number: str, ticked: Sequence[str]) -> None:
        """Keep the ticks of the read-back."""
        note_read_back(self.desk, number=number, ticked=ticked)

    def park(self, work: Work) -> None:
        """Put the call aside with all that was typed (CAL-5)."""
        presented, moments = self._number(work.presented), _moments(work)
        calls.park(self.desk, key=work.key, draft=work.as_data(), presented=presented, moments=moments)

    def end(self, work: Work, outcome: str, reason: str = "", note: str = "") -> None:
        """End the call with its outcome (CAL-6), what it was about, and what shall be remembered of it."""
        presented, moments = self._number(work.presented), _moments(work)
        said = {"outcome": outcome, "reason": reason, "note": note}
        calls.end(self.desk, key=work.key, presented=presented, moments=moments, **said)

    def correcting(self, number: str) -> Work:
        """Return a rejected or pulled-back order as an intake (ORD-4)."""
        return Work.of(as_draft(self.desk, number))

    def pull_back(self, number: str) -> Work:
        """Pull back the order just made (JOY-11) and return it as an intake."""
        regret(self.desk, number)
        return self.correcting(number)

    def resume(self, key: str) -> Work:
        """Take up a parked call or what a killed desk left: the journal knows the last key, the call the rest."""
        kept = next((work for work in self.journal.unfinished() if work.key == key), None)
        ring = calls.resume(self.desk, key=key) if kept is None or self._is_called(key) else None
        if kept is not None:
            return kept
        assert ring is not None
        return replace(Work.from_data(ring.draft), key=key, presented=ring.presented)

    def _is_called(self, key: str) -> bool:
        with self.desk.reading() as session:
            return calls_of.by_key(session, key) is not None


def _moments(work: Work) -> calls.Moments:
    return calls.Moments(work.rang_at, work.answered_at)


def answerable(findings: Sequence[Finding]) -> list[Finding]:
    """Return the questions among findings when a yes is all that is missing."""
    open_ones = [one for one in findings if one.weight is not Weight.REVIEW]
    return open_ones if all(one.weight is Weight.ASK for one in open_ones) else []


def replace_lines(draft: Draft, lines: Sequence[DraftLine]) -> Draft:
    """Return the draft with other lines."""
    return draft.model_copy(update={"lines": tuple(lines)})
