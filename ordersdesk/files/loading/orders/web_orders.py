"""Web, fax and e-mail orders out of a file: they go the way of every order, with all its rules (FIL-1, CAL-7)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from hashlib import sha256
from typing import ClassVar

from sqlmodel import Session

from ordersdesk.files.loading import references
from ordersdesk.files.loading.loads import Counts, Job, Key, Roles, Told
from ordersdesk.files.loading.orders.baskets import Basket, Baskets
from ordersdesk.files.loading.orders.known_web_orders import Telling, differing, recognised
from ordersdesk.files.loading.references import Party, Reach
from ordersdesk.files.mapping.rows import Bad, Mapped
from ordersdesk.foundation.desk import Desk, action
from ordersdesk.foundation.policy.roles import DESK_ROLES
from ordersdesk.foundation.texts.language import _, word_list
from ordersdesk.foundation.texts.money import MINOR, formatted
from ordersdesk.foundation.texts.refusals import Refused
from ordersdesk.orders.assessment import case_queries
from ordersdesk.orders.assessment.case import Case, Finding, Weight
from ordersdesk.orders.assessment.checks import review
from ordersdesk.orders.entry.actions import submit_within
from ordersdesk.orders.entry.file_actions import came_from_file
from ordersdesk.orders.terms.draft import Draft, parsed
from ordersdesk.stock.rules import Shortage

KEY = 64  # characters of a draft's key
# What only a past order keeps: an order that is still to be delivered gets these from the desk.
_PAST_ONLY = ("agent", "order_state", "payment_state", "received", "refunded")


class _Rehearsed(Exception):
    """Ends a rehearsal with what it found: nothing else of it is to stay."""

    def __init__(self, found: Mapping[Key, list[Wrong]]) -> None:
        super().__init__()
        self.found = found


@dataclass(frozen=True)
class Wrong:
    """One thing that stands against an order of the file."""

    row: int
    name: str
    value: str
    message: str
    rule: str


@dataclass(frozen=True)
class Entry:
    """An order of the file on its way in."""

    key: Key
    basket: Basket
    draft: Draft


@dataclass
class WebOrders:
    """Each order of the file is submitted once; what the review would stop is a problem of its row."""

    ROLES: ClassVar[Roles] = DESK_ROLES
    job: Job
    baskets: Baskets = field(init=False)
    entries: list[Entry] = field(default_factory=list[Entry])

    def __post_init__(self) -> None:
        self.baskets = Baskets(self.job)
        dropped = [name for name in _PAST_ONLY if name in self.job.fit.fields()]
        if dropped and self.job.fit.is_written:
            raise Refused(
                "FIL-1",
                _("An order that is to be delivered keeps no: {fields}.").format(
                    fields=word_list(map(self.job.column, dropped))
                ),
                mend=_("Take them out of the mapping, or bring the orders in as past ones (--history)."),
                field="mapping",
            )

    def take(self, row: Mapped) -> None:
        """Take one good row in."""
        self.baskets.take(row)

    def spoil(self, row: Bad) -> None:
        """Keep the order of a bad row out."""
        self.baskets.spoil(row)

    def check(self, session: Session) -> Counts:
        """Review every new order as the commit will, one after the other, and say where known ones differ (ORD-4)."""
        self._tell_dropped()
        good = self.baskets.good()
        parties = references.customers(session, self.job, {basket.customer for basket in good.values()})
        reaches = references.reaches(session, [party.id for party in parties.values()])
        known = recognised(self.job, session, good, parties, self._key)
        for key, told in known.items():
            for name, pair in differing(told).items():
                shown = f"{pair[0][:90]} → {pair[1][:90]}"
                text = _("differs from order {number}, which is known: ask for a change of it")
                wrong = Wrong(good[key].row, name, shown, text.format(number=told.number), "CHG-1")
                self._refuse(key, good[key], wrong)
        fresh = [
            (key, basket) for key, basket in good.items() if key not in known and self._is_new(key, basket, parties)
        ]
        for key, basket in fresh:
            draft = self._draft(
                key, basket, parties[basket.customer], reaches.get(parties[basket.customer].id, Reach())
            )
            if isinstance(draft, Refused):
                self._refuse(key, basket, Wrong(basket.row, "number", basket.number, draft.message, draft.rule))
            else:
                self.entries.append(Entry(key, basket, draft))
        self._rehearse()
        return Counts(new=len(self.entries), same=sum(not differing(told) for told in known.values()))

    def _tell_dropped(self) -> None:
        for name in _PAST_ONLY:
            if name in self.job.fit.fields():
                text = _("is not kept for orders that are to be delivered; --history keeps it")
                self.job.remark(0, name, "", text)

    def _is_new(self, key: Key, basket: Basket, parties: Mapping[str, Party]) -> bool:
        if basket.customer not in parties:
            wrong = Wrong(basket.row, "customer", basket.customer, _("there is no such customer"), "CUS-2")
        elif basket.at.date() > self.job.desk.today():
            wrong = Wrong(basket.row, "date", str(basket.at.date()), _("is a day that is still to come"), "ORD-1")
        else:
            return True
        self._refuse(key, basket, wrong)
        return False

    def _key(self, key: Key) -> str:
        name = self.job.source(key)
        return name if len(name) <= KEY else sha256(name.encode()).hexdigest()[:KEY]

    def _draft(self, key: Key, basket: Basket, party: Party, reach: Reach) -> Draft | Refused:
        day = basket.head.get("delivery_date")
        lines = [
            {"item": line[1], "quantity": f"{line[3]}{line[7]}", "shortage": Shortage.PARTIAL, "note": line[6]}
            for line in basket.lines
        ]
        values: dict[str, object] = {
            "key": self._key(key),
            "customer": party.number,
            "contact": basket.text("contact") or reach.contact,
            "phone": basket.text("phone") or reach.phone,
            "address": basket.text("address") or reach.address,
            "region": basket.text("region"),
            "city": basket.text("city"),
            "lines": lines,
            "payment": basket.text("payment"),
            "invoice": basket.text("invoice") or "none",
            "channel": basket.text("channel") or "web",
            "deliver_on": day if isinstance(day, date) and not isinstance(day, datetime) else None,
            "note": basket.text("note"),  # a slip prints it: what the file calls the order stands in its story
        }
        try:
            return parsed(values)
        except Refused as refused:
            return refused

    def _rehearse(self) -> None:
        """Leave out what the commit could not write."""
        found: Mapping[Key, list[Wrong]] = {}
        if self.entries:
            try:
                _rehearsed(self.job.desk, self)
            except _Rehearsed as over:
                found = over.found
        for entry in self.entries:
            for wrong in found.get(entry.key, ()):
                self._refuse(entry.key, entry.basket, wrong)
        self.entries = [entry for entry in self.entries if entry.key not in found]

    def tried(self, desk: Desk, session: Session, entry: Entry) -> list[Wrong]:
        """Submit one order whole or not at all, and return what stands against it."""
        try:
            case = case_queries.case_within(desk, session, entry.draft)
            findings = review(case)
        except Refused as refused:
            return [_refused(entry.basket, refused)]
        if wrong := [*_stops(entry.basket, findings), *_prices(entry.basket, case)]:
            return wrong
        # The customer wrote the order; a question to the caller cannot be asked any more.
        asked = tuple(finding.key for finding in findings if finding.weight is Weight.ASK)
        try:
            with session.begin_nested():
                made = submit_within(desk, session, entry.draft.model_copy(update={"accepted": asked}))
                if made.repeated:
                    return [_taken(entry.basket, made.number)]
                came_from_file(
                    desk, session, made.number,
                    theirs=entry.basket.number, said=Telling.of(entry.basket, self.job.fit.fields()).said,
                )  # fmt: skip
        except Refused as refused:
            return [_refused(entry.basket, refused)]
        return []

    def _refuse(self, key: Key, basket: Basket, wrong: Wrong) -> None:
        self.job.problem(wrong.row, wrong.name, wrong.value, wrong.message, wrong.rule)
        self.baskets.hold_back(key, basket, wrong.row)

    def size(self) -> int:
        """Return how many records will be written."""
        return len(self.entries)

    def write(self, desk: Desk, session: Session, told: Told) -> None:
        """Submit the orders one after the other in one transaction; refused naming the row that cannot be any more."""
        for done, entry in enumerate(self.entries, 1):
            for wrong in self.tried(desk, session, entry):
                raise Refused(
                    wrong.rule,
                    _("Row {row}: {problem}").format(row=wrong.row, problem=wrong.message),
                    mend=_("Something changed since the dry run: run it again."),
                    field="file",
                )
            told(done)


@action
def _rehearsed(desk: Desk, session: Session, load: WebOrders) -> None:
    """Submit all orders as the commit will, each beside those before it; ends in `_Rehearsed`, which takes all back."""
    desk.needs(*load.ROLES, doing=_("import this file"))
    raise _Rehearsed({entry.key: wrong for entry in load.entries if (wrong := load.tried(desk, session, entry))})


def _taken(basket: Basket, number: str) -> Wrong:
    """Name a row that would write nothing: its number stands for a past order of another day or customer."""
    text = _(
        "is the number of past order {number}: give the orders of this file a “source” of their own in the mapping"
    )
    return Wrong(basket.row, "number", basket.number, text.format(number=number), "ORD-11")


def _refused(basket: Basket, refused: Refused) -> Wrong:
    row, name = _place(basket, refused.field or "")
    return Wrong(row, name, _shown(basket, name), refused.message, refused.rule)


def _stops(basket: Basket, findings: Iterable[Finding]) -> Iterator[Wrong]:
    for finding in findings:
        if finding.weight is Weight.STOP:
            row, name = _place(basket, finding.field)
            yield Wrong(row, name, _shown(basket, name), finding.sentence(), finding.rule)


def _shown(basket: Basket, name: str) -> str:
    """Return what the file says there; what an address lacks is mended in a column of its own, and the address read."""
    return basket.text(name) or (basket.text("address") if name == "region" else "")


def _prices(basket: Basket, case: Case) -> Iterator[Wrong]:
    """Name the prices of the file that are not the desk's: what the customer saw is not changed in silence (ORD-4)."""
    for said, line in zip(basket.lines, case.lines, strict=True):
        factor = Decimal(line.quantity) / said[3] if said[3] else Decimal(1)
        name, theirs, ours = "price", said[4], line.price * factor
        if theirs is None:
            name, theirs, ours = "amount", said[5], line.amount
        if theirs is not None and abs(theirs - ours) >= MINOR:
            text = _("is not the price of the desk: the customer was promised another")
            yield Wrong(said[0], name, f"{theirs} ≠ {formatted(ours)}", text, "ORD-4")
    fee = basket.money("fee")
    if fee is not None and fee != case.fee:
        yield Wrong(
            basket.row, "fee", f"{fee} ≠ {formatted(case.fee)}", _("is not the delivery fee of the desk"), "DLV-1"
        )


def _place(basket: Basket, at: str) -> tuple[int, str]:
    """Return the row and our field a finding is about: `lines.2.item` is an item of the order's third row."""
    found = re.search(r"\d+", at)
    place = int(found[0]) if found else -1
    row = basket.lines[place][0] if 0 <= place < len(basket.lines) else basket.row
    known = {"deliver_on": "delivery_date", "lines": "item", "": "number"}
    name = next((part for part in reversed(at.split(".")) if not part.isdigit()), "")
    return row, known.get(name, name)
