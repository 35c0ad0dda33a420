"""Call logs of a telephone system out of a file: what the desk did not see comes in, what it took is known (CAL-1)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, timedelta
from typing import ClassVar

from sqlmodel import Session

from ordersdesk.calls.log import MISSED, LoggedCall, Said, differences
from ordersdesk.calls.log_actions import add_logged, rewrite_logged
from ordersdesk.calls.log_queries import LOGGED, Stored, recognised
from ordersdesk.files.loading import references
from ordersdesk.files.loading.call_moments import TELLING, Impossible, timed
from ordersdesk.files.loading.loads import Counts, Folded, Job, Key, Roles, Told
from ordersdesk.files.loading.references import Party
from ordersdesk.files.mapping.rows import Bad, Mapped
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.phones import phones
from ordersdesk.foundation.policy.roles import Role
from ordersdesk.foundation.texts.language import _, labelled, word_list
from ordersdesk.foundation.texts.refusals import Refused
from ordersdesk.people.queries import accounts_within

SLICE = 500  # calls between two words on how far it is


@dataclass
class CallLog:
    """Calls the book does not hold yet come in ended; those the desk took itself stay as they are."""

    ROLES: ClassVar[Roles] = (Role.LEADER, Role.MANAGER, Role.ADMIN)
    job: Job
    rows: Folded = field(init=False)
    row_of: dict[str, Mapped] = field(default_factory=dict[str, Mapped])
    new: list[LoggedCall] = field(default_factory=list[LoggedCall])
    changed: list[tuple[Stored, LoggedCall, Said]] = field(default_factory=list[tuple[Stored, LoggedCall, Said]])

    def __post_init__(self) -> None:
        self.rows = Folded(self.job)
        if not TELLING & self.job.fit.fields():
            raise Refused(
                "CAL-1",
                _("The file does not say which calls were answered."),
                mend=_("Map one of: {fields}.").format(fields=word_list(sorted(TELLING))),
                field="mapping",
            )

    def take(self, row: Mapped) -> None:
        """Take one good row in."""
        self.rows.add(row, self.job.key(row.values))

    def spoil(self, row: Bad) -> None:
        """A bad row spoils no other."""

    def check(self, session: Session) -> Counts:
        """Work out the moments, find agents and customers, and tell new calls from known ones."""
        read = [call for key, row in self.rows if (call := self._read(key, row)) is not None]
        told = self._with_customers(session, self._with_agents(session, read))
        known = recognised(self.job.desk, session, told)
        self.new = [call for call in told if call.key not in known]
        differs = sum(self._compared(known[call.key], call) for call in told if call.key in known)
        changed = len(self.changed)
        return Counts(len(self.new), changed, len(known) - differs, self.rows.repeats, differs - changed)

    def _read(self, key: Key, row: Mapped) -> LoggedCall | None:
        desk = self.job.desk
        try:
            at = timed(row.values, desk.zone, timedelta(hours=desk.policy.calls.longest_hours))
            if (at.ended_at or at.answered_at or at.rang_at) > desk.now():
                raise Impossible("started", _("is still to come"))
        except Impossible as wrong:
            shown = row.values.get(wrong.field) or row.values.get("started")
            self.job.problem(row.row, wrong.field, shown, wrong.message, "CAL-1")
            return None
        name = f"{LOGGED}{self.job.source(key)}|{at.rang_at.astimezone(UTC):%Y%m%dT%H%M%S}"
        self.row_of[name] = row
        return LoggedCall(
            key=name,
            presented=_text(row, "number"),
            agent=_text(row, "agent"),
            direction=_text(row, "direction") or "in",
            rang_at=at.rang_at,
            answered_at=at.answered_at,
            ended_at=at.ended_at,
            reason=_text(row, "reason"),
            outcome=MISSED if at.is_missed else _text(row, "reason"),
            note=_text(row, "note"),
        )

    def _with_agents(self, session: Session, calls: Sequence[LoggedCall]) -> list[LoggedCall]:
        """Name each agent by login: the log may say login, extension or name; nobody else's word is bent into one."""
        everybody = accounts_within(session)
        count = Counter(word for each in everybody for word in {each.login.casefold(), each.name.casefold()})
        logins = {each.name.casefold(): each.login for each in everybody if count[each.name.casefold()] == 1}
        logins |= {each.login.casefold(): each.login for each in everybody}
        logins = self.job.desk.policy.calls.extensions | logins
        found = [replace(call, agent=logins.get(call.agent.casefold(), call.agent)) for call in calls]
        for call in found:
            if call.agent and call.agent.casefold() not in logins:
                text = _("is no user of this desk: kept as the log says")
                self.job.remark(self.row_of[call.key].row, "agent", call.agent, text, "CAL-1")
        return found

    def _with_customers(self, session: Session, calls: Sequence[LoggedCall]) -> list[LoggedCall]:
        """Find whom each call was with: by the customer number the log gives, else by the phone."""
        plan = self.job.desk.policy.phones
        numbers = {call.presented: phones.presented(call.presented, plan) for call in calls}
        holders = references.by_phone(session, [phone for phone in numbers.values() if phone])
        named = {_text(self.row_of[call.key], "customer") for call in calls} - {""}
        parties = references.customers(session, self.job, named)
        found: list[LoggedCall] = []
        for call in calls:
            row, phone = self.row_of[call.key], numbers[call.presented]
            code = _text(row, "customer")
            if code and code not in parties:
                self.job.problem(row.row, "customer", code, _("there is no such customer"), "CUS-2")
                continue
            party = parties[code] if code else self._holder(row, call, holders.get(phone, []) if phone else [])
            found.append(replace(call, customer_id=party.id if party else None))
        return found

    def _holder(self, row: Mapped, call: LoggedCall, holders: Sequence[Party]) -> Party | None:
        if len(holders) > 1:
            every = word_list(f"{party.number} {party.name}" for party in holders)
            text = _("belongs to several customers: the call is nobody's yet")
            self.job.remark(row.row, "number", labelled(call.presented, every), text, "CUS-3")
        return holders[0] if len(holders) == 1 else None

    def _compared(self, known: Stored, told: LoggedCall) -> bool:
        """Say where a known call of a log differs, and tell whether it does; the desk knows best of its own."""
        if not known.is_logged:
            return False
        said = differences(known.call, told)
        labels = {"presented": "number", "rang_at": "started", "answered_at": "answered", "ended_at": "ended",
                  "outcome": "state"}  # fmt: skip
        if said:
            self.job.differs(self.row_of[told.key].row, {labels.get(name, name): pair for name, pair in said.items()})
        if said and self.job.update:
            self.changed.append((known, replace(told, key=known.call.key), said))
        return bool(said)

    def size(self) -> int:
        """Return how many records will be written."""
        return len(self.new) + len(self.changed)

    def write(self, desk: Desk, session: Session, told: Told) -> None:
        """Write the new calls, some at a time, and those anew that changed."""
        for done in range(0, len(self.new), SLICE):
            add_logged(desk, session, self.new[done : done + SLICE])
            told(done)
        for stored, call, said in sorted(self.changed, key=lambda each: each[0].id):
            rewrite_logged(desk, session, stored, call, said)
        told(self.size())


def _text(row: Mapped, name: str) -> str:
    value = row.values.get(name)
    return "" if value is None else str(value)
