"""Customers without a number in a file: who each may already be, in the book and among the rows before it (CUS-4)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from ordersdesk.customers.finding.duplicate_queries import Parties
from ordersdesk.customers.model.rows import Prepared
from ordersdesk.customers.model.rules import core
from ordersdesk.files.loading.loads import Job
from ordersdesk.files.mapping.rows import Mapped
from ordersdesk.foundation.texts.language import _

Sign = tuple[str, ...]  # what two customers have in common: a phone, a name in a territory, a tax id


@dataclass
class Doubts:
    """Asks about every customer without a number that has phone, tax id or name and territory of another."""

    job: Job
    known: Parties
    rows: dict[Sign, int] = field(default_factory=dict[Sign, int])

    def is_new(self, row: Mapped, made: Prepared) -> bool:
        """Tell whether nobody like this is known; a problem is noted otherwise, unless the row says it is another."""
        if row.values.get("different"):
            return True
        signs = list(_signs(made))
        before = next((self.rows[sign] for sign in signs if sign in self.rows), 0)
        known = self.known.same_as(made.new, [phone.e164 for phone in made.phones])
        for sign in signs:
            self.rows.setdefault(sign, row.row)
        if not before and known is None:
            return True
        if known:
            text = _("may be {number} {name}: write that number into the row, or say why it is another customer")
            message = text.format(number=known[0], name=known[1])
        else:
            text = _("may be the customer of row {row}: leave one of them, or say why it is another customer")
            message = text.format(row=before)
        self.job.problem(row.row, "name", made.new.name, message, "CUS-4")
        return False


def _signs(made: Prepared) -> Iterator[Sign]:
    yield from (("phone", phone.e164, phone.extension) for phone in made.phones)
    yield ("name", core(made.new.name), made.new.territory)
    if made.new.tax_id:
        yield ("tax", made.new.tax_id)
