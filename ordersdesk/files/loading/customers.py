"""Customers out of a file (FIL-1, CUS-1…4)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any, ClassVar

from sqlalchemy import select
from sqlmodel import Session

from ordersdesk.customers.exchange.file_actions import Changed, Standing, set_standing, update_many
from ordersdesk.customers.exchange.import_actions import add_many, ready
from ordersdesk.customers.exchange.part_queries import held
from ordersdesk.customers.exchange.part_rules import PARTS, Said, differences
from ordersdesk.customers.finding.duplicate_queries import parties
from ordersdesk.customers.model.drafts import NewCustomer, changed
from ordersdesk.customers.model.indexing import by_source
from ordersdesk.customers.model.place_rules import by_territory, is_asked
from ordersdesk.customers.model.queries import CUSTOMER
from ordersdesk.customers.model.rows import Prepared
from ordersdesk.customers.model.rules import EDITABLE
from ordersdesk.files.loading.doubts import Doubts
from ordersdesk.files.loading.loads import Counts, Folded, Job, Key, Roles, Told
from ordersdesk.files.loading.references import by_number
from ordersdesk.files.mapping.converting import Value
from ordersdesk.files.mapping.rows import Bad, Mapped
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.phones.phones import parse_each
from ordersdesk.foundation.policy.roles import Role
from ordersdesk.foundation.store.bulk import chunks
from ordersdesk.foundation.texts.codes import code
from ordersdesk.foundation.texts.language import _, line_list
from ordersdesk.foundation.texts.refusals import Refused
from ordersdesk.orders.review.outcome import go_on_of

_NOTHING_SAID = NewCustomer()
_OWN = frozenset(name for name in NewCustomer.__dataclass_fields__ if name not in ("source", "phone"))


@dataclass
class Customers:
    """New customers are added; those the file calls by our own number are changed; those it brought before stay."""

    ROLES: ClassVar[Roles] = (Role.MANAGER, Role.BRANCH_GM, Role.ADMIN)
    job: Job
    rows: Folded = field(init=False)
    new: list[tuple[Prepared, Standing]] = field(default_factory=list[tuple[Prepared, Standing]])
    changed: list[Changed] = field(default_factory=list[Changed])

    def __post_init__(self) -> None:
        self.rows = Folded(self.job)

    def take(self, row: Mapped) -> None:
        """Take one good row in."""
        self.rows.add(row, self._key(row.values))

    def _key(self, values: Mapping[str, Value]) -> Key:
        key = self.job.key(values)
        # Without a number in the file, name, phone and address say which customer it is.
        return key if any(key) else tuple(str(values.get(name, "")) for name in ("name", "phone", "address"))

    def spoil(self, row: Bad) -> None:
        """A bad row spoils no other."""

    def check(self, session: Session) -> Counts:
        """Tell new customers from known ones, say where known ones differ, and check what each new one brings."""
        sources = {key: self.job.source(key) for key, _row in self.rows}
        brought = by_source(session, list(sources.values()))
        ours = {} if self.job.fit.source else self._ours(session)
        known_ids = set(brought.values()) | set(ours.values())
        book, cards = self._held(session, known_ids), held(session, known_ids)
        same = differs = 0
        unknown: list[tuple[Mapped, Prepared]] = []
        for key, row in self.rows:
            number = code(str(row.values["number"])) if "number" in row.values else ""
            known = brought.get(sources[key]) or ours.get(number)
            if known is None:
                made = self._prepared(row, sources[key])
                unknown += [(row, made)] if made else []
                continue
            made = self._prepared(row, sources[key]) if PARTS & row.values.keys() else None
            if made is None and PARTS & row.values.keys():
                continue
            change = Changed(known, _changes(row, book[known]), _parts(row, made))
            pairs = {name: (str(book[known][name]), str(value)) for name, value in change.values.items()}
            pairs |= differences(cards[known], change.parts) if change.parts else {}
            if not pairs:
                same += 1
            elif sources[key] in brought and not self.job.update:
                differs += 1
            else:
                self.changed.append(change)
            if pairs and sources[key] in brought:
                self.job.differs(row.row, pairs)
        self._add_new(session, unknown)
        repeats, self.rows = self.rows.repeats, Folded(self.job)  # what was read makes room for what is written
        return Counts(len(self.new), len(self.changed), same, repeats, differs)

    def _ours(self, session: Session) -> dict[str, int]:
        numbers = [code(str(row.values["number"])) for _key, row in self.rows if "number" in row.values]
        return {number: party.id for number, party in by_number(session, numbers).items()}

    def _held(self, session: Session, ids: set[int]) -> dict[int, dict[str, Any]]:
        columns = [CUSTOMER.c[name] for name in ("id", *sorted(EDITABLE), "overdue", "blocked")]
        found: dict[int, dict[str, Any]] = {}
        for piece in chunks(sorted(ids)):
            rows = session.connection().execute(select(*columns).where(CUSTOMER.c.id.in_(piece)))
            found.update((row["id"], dict(row)) for row in rows.mappings())
        return found

    def _add_new(self, session: Session, unknown: Sequence[tuple[Mapped, Prepared]]) -> None:
        """Keep what is nobody known; all of a file are looked up together."""
        asked = [made for row, made in unknown if "number" not in row.values]
        known = parties(session, [made.new for made in asked], (phone.e164 for made in asked for phone in made.phones))
        doubted = Doubts(self.job, known)
        for row, made in unknown:
            if "number" in row.values or doubted.is_new(row, made):
                overdue = row.values.get("overdue")
                owed = overdue if isinstance(overdue, Decimal) else Decimal(0)
                self.new.append((made, Standing(owed, str(row.values.get("blocked", "")))))

    def _prepared(self, row: Mapped, source: str) -> Prepared | None:
        """Check what a new customer brings; nothing, with the problem noted, when it cannot be taken."""
        values = row.values
        phones = [str(values[name]) for name in ("phone", "phone2") if name in values]
        own: dict[str, Any] = {name: value for name, value in values.items() if name in _OWN}
        own |= {"source": source[:500], "phone": " / ".join(phones), "address_route": str(values.get("route", ""))}
        if "different" in values:
            said = _("Another customer, because: {reason}").format(reason=values["different"])
            own["note"] = line_list((str(values.get("note", "")), said))
        new = changed(_NOTHING_SAID, **own)
        try:
            made = ready(self.job.desk, new)
        except Refused as refused:
            kept = self._without_bad_phones(row, new)
            if kept is None:
                self.job.refused(row.row, refused, values)
                return None
            made = kept
        self._tell_place(row, made.new)
        return made

    def _tell_place(self, row: Mapped, new: NewCustomer) -> None:
        """Say of an address that nobody knows where it is, or by what it was placed when its words do not say so."""
        policy = self.job.desk.policy
        if not new.address or not is_asked(policy):
            return
        if not new.region:
            text = _("names no province: it is asked for before anything is delivered there")
        elif "region" not in row.values and by_territory(new.address, new.territory, policy).province:
            text = _("names no city: its street bears a name of the territory's city and is taken to lie there")
        else:
            return
        self.job.remark(row.row, "address", new.address, text, "CUS-12")

    def _without_bad_phones(self, row: Mapped, new: NewCustomer) -> Prepared | None:
        """Take the good phones of a cell and name each bad one, which stays as a note; nothing when none is good."""
        good, bad = parse_each(new.phone, self.job.desk.policy.phones) if new.phone else ([], [])
        if not good:
            return None
        try:
            made = ready(self.job.desk, replace(new, phone_as_note=True))
        except Refused:
            return None
        for refused in bad:
            said = _("{problem} The others are taken; this one stays as a note.").format(problem=refused.message)
            self.job.remark(row.row, "phone", new.phone, said, refused.rule)
        return made

    def size(self) -> int:
        """Return how many records will be written."""
        return len(self.new) + len(self.changed)

    def write(self, desk: Desk, session: Session, told: Told) -> None:
        """Add the new customers and change the known ones."""
        ids = add_many(desk, session, [made for made, _standing in self.new], told=lambda done: void(told(done)))
        pairs = zip(ids, (standing for _made, standing in self.new), strict=True)
        set_standing(session, {id_: standing for id_, standing in pairs if standing.is_bad})
        update_many(desk, session, self.changed)
        go_on_of(desk, session, [each.customer_id for each in self.changed])
        told(self.size())


def _changes(row: Mapped, before: Mapping[str, Any]) -> dict[str, Any]:
    names = [name for name in row.values if name in EDITABLE or name in ("overdue", "blocked")]
    return {name: row.values[name] for name in names if row.values[name] != before[name]}


def _parts(row: Mapped, made: Prepared | None) -> Said | None:
    return Said(made.new, made.new, made.phones, row.values.keys()) if made else None


def void(_result: object) -> None:
    """Drop what a progress callback returns."""
