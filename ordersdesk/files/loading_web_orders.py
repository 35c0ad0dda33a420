"""Web, fax and e-mail orders out of a file: they go the way of every order, with all its rules (FIL-1, CAL-7)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from hashlib import sha256

from sqlmodel import Session

from ordersdesk.files import references
from ordersdesk.files.baskets import Basket, Baskets
from ordersdesk.files.loads import Counts, Job, Key, Told
from ordersdesk.files.references import Party, Reach
from ordersdesk.files.rows import Bad, Mapped
from ordersdesk.foundation.language import _
from ordersdesk.foundation.refusals import Refused
from ordersdesk.foundation.roles import DESK_ROLES
from ordersdesk.orders import queries
from ordersdesk.orders.actions import submit_within
from ordersdesk.orders.case import Finding, Weight
from ordersdesk.orders.draft import Draft, parsed
from ordersdesk.orders.history_actions import known_keys
from ordersdesk.orders.rules import review
from ordersdesk.stock.rules import Shortage

KEY = 64  # characters of a draft's key


@dataclass
class WebOrders:
    """Each order of the file is submitted once; what the review would stop is a problem of its row."""

    job: Job
    baskets: Baskets = field(init=False)
    drafts: list[Draft] = field(default_factory=list[Draft])

    def __post_init__(self) -> None:
        self.job.desk.needs(*DESK_ROLES)
        self.baskets = Baskets(self.job)

    def take(self, row: Mapped) -> None:
        """Take one good row in."""
        self.baskets.take(row)

    def spoil(self, row: Bad) -> None:
        """Keep the order of a bad row out."""
        self.baskets.spoil(row)

    def check(self, session: Session) -> Counts:
        """Review every new order as if it were submitted now (ORD-4)."""
        good = self.baskets.good()
        parties = references.customers(session, self.job, {basket.customer for basket in good.values()})
        reaches = references.reaches(session, [party.id for party in parties.values()])
        known = known_keys(session, [self._key(key) for key in good])
        same = 0
        for key, basket in good.items():
            party = parties.get(basket.customer)
            if self._key(key) in known:
                same += 1
            elif party is None:
                self._refuse(key, basket, basket.row, "customer", _("there is no such customer"), "CUS-2")
            else:
                self._reviewed(session, key, basket, self._draft(key, basket, party, reaches.get(party.id, Reach())))
        return Counts(new=len(self.drafts), same=same)

    def _key(self, key: Key) -> str:
        name = self.job.source(key)
        return name if len(name) <= KEY else sha256(name.encode()).hexdigest()[:KEY]

    def _draft(self, key: Key, basket: Basket, party: Party, reach: Reach) -> Draft | Refused:
        day = basket.head.get("delivery_date")
        at = _("Order {number} of {day}.").format(number=basket.text("number"), day=f"{basket.at:%Y-%m-%d}")
        lines = [
            {"item": line[1], "quantity": str(line[3]), "shortage": Shortage.PARTIAL, "note": line[6]}
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
            "note": "\n".join(filter(None, (basket.text("note"), at))),
        }
        try:
            return parsed(values)
        except Refused as refused:
            return refused

    def _reviewed(self, session: Session, key: Key, basket: Basket, draft: Draft | Refused) -> None:
        if isinstance(draft, Refused):
            self._refuse(key, basket, basket.row, "number", draft.message, draft.rule)
            return
        try:
            findings = review(queries.case_within(self.job.desk, session, draft))
        except Refused as refused:
            self._refuse(key, basket, basket.row, refused.field or "number", refused.message, refused.rule)
            return
        stops = [finding for finding in findings if finding.weight is Weight.STOP]
        for stop in stops:
            row = _row(basket, stop)
            self._refuse(key, basket, row, _name(stop), stop.sentence(), stop.rule)
        if not stops:
            # The customer wrote the order; a question to the caller cannot be asked any more.
            asked = tuple(finding.key for finding in findings if finding.weight is Weight.ASK)
            self.drafts.append(draft.model_copy(update={"accepted": asked}))

    def _refuse(self, key: Key, basket: Basket, row: int, name: str, message: str, rule: str) -> None:
        self.job.problem(row, name, basket.text(name), message, rule)
        self.baskets.hold_back(key, basket, row)

    def size(self) -> int:
        """Return how many records will be written."""
        return len(self.drafts)

    def write(self, session: Session, told: Told) -> None:
        """Submit the orders one after the other in one transaction."""
        for done, draft in enumerate(self.drafts, 1):
            submit_within(self.job.desk, session, draft)
            told(done)


def _row(basket: Basket, finding: Finding) -> int:
    """Return the row of the line a finding is about, else the order's first."""
    found = re.search(r"\d+", finding.field)
    place = int(found[0]) if found else -1
    return basket.lines[place][0] if 0 <= place < len(basket.lines) else basket.row


def _name(finding: Finding) -> str:
    """Return our field a finding is about: `lines.2.item` is an item."""
    names: Iterable[str] = reversed(finding.field.split("."))
    known = {"deliver_on": "delivery_date", "lines": "item", "": "number"}
    name = next((name for name in names if not name.isdigit()), "")
    return known.get(name, name)
