"""What is asked about a document, for whoever decides: whether they may, and whether it is still the same."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlmodel import Session

from ordersdesk.approvals.open_queries import Open, askers, last_decision, locked, open_on, seen_before
from ordersdesk.approvals.rules import differences
from ordersdesk.documents import KINDS, Kind
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.documents import Held, table_of, timeline
from ordersdesk.foundation.flow import refused_role
from ordersdesk.foundation.language import _
from ordersdesk.foundation.refusals import Refused, Stale
from ordersdesk.foundation.roles import Role
from ordersdesk.orders.seen import said

OVERSEERS = frozenset({Role.LEADER, Role.MANAGER, Role.BRANCH_GM})


@dataclass(frozen=True)
class Asked:
    """A document, kept for this transaction, with what is open about it."""

    kind: Kind
    held: Held
    open: Sequence[Open]
    askers: frozenset[str] = frozenset()
    """Who made it, entered it, corrected it or asked about it: none of them grants it (USR-3)."""

    @property
    def name(self) -> str:
        """The kind's name in the list of documents."""
        return self.kind.flow.kind


def asked_about(desk: Desk, session: Session, kind: str, number: str) -> Asked:
    """Return a document with what is open about it; refused when there is none, or when nothing waits any more."""
    found = KINDS.get(kind)
    if found is None or found.seen is None:
        prefixes = _(", ").join(each.flow.prefix for each in KINDS.values() if each.seen)
        raise Refused(
            "USR-2",
            _("{number} is no document that is approved.").format(number=number[:40]),
            mend=_("Their numbers begin with: {prefixes}.").format(prefixes=prefixes),
            field="number",
        )
    held = locked(desk, session, table_of(found.table), number)
    if held is None:
        raise Refused(
            "ORD-9",
            _("There is no {kind} {number}.").format(kind=_(found.flow.title), number=number[:40]),
            mend=_("Look it up in your approvals."),
            field="number",
        )
    asked = Asked(found, held, open_on(session, kind, held.id), askers(session, kind, held.id))
    if not asked.open:
        raise _over(desk, session, asked)
    return asked


def kind_of(number: str) -> str:
    """Return which kind of document a number is of, by its prefix; empty when no such kind is approved."""
    wanted = number.strip().upper()
    return next((name for name, kind in KINDS.items() if kind.seen and wanted.startswith(kind.flow.prefix)), "")


def version_of(desk: Desk, kind: str, number: str) -> int:
    """Return a document's version as it is now; refused when there is none, or when nothing waits any more."""
    with desk.reading() as session:
        return asked_about(desk, session, kind, number).held.version


def _over(desk: Desk, session: Session, asked: Asked) -> Refused:
    """Say who was quicker, or that nobody is asked."""
    last = last_decision(session, asked.name, asked.held.id)
    state = _(asked.kind.flow.states.get(asked.held.state, asked.held.state))
    facts = {"document": asked.held.number, "state": state}
    if last is None:
        message = _("{document} is {state} and waits for nobody's approval.").format(**facts)
        return Refused("ORD-13", message, mend=_("Its page says where it stands."), field="number")
    told = {
        "granted": _("{who} granted {document} at {time}: it is {state}."),
        "denied": _("{who} denied {document} at {time}: it is {state}."),
    }.get(last.state, _("{who} withdrew what was asked about {document} at {time}: it is {state}."))
    local = last.at.astimezone(desk.zone)
    message = told.format(who=last.by, time=f"{local:%m-%d %H:%M}", **facts)
    return Stale("ORD-11", message, mend=_("Go on with the next one."), field="number")


def answerable(desk: Desk, asked: Asked) -> list[Open]:
    """Return what this user may answer; refused for a role that is not asked (USR-2) or one's own request (USR-3)."""
    waiting = [one for one in asked.open if one.state == "waiting"]
    mine = [one for one in waiting if one.role in desk.user.roles]
    if not mine:
        raise refused_role(
            {one.role for one in waiting or asked.open}, doing=_("answer for {d}").format(d=asked.held.number)
        )
    me = desk.user.login
    if me in asked.askers:
        told = (
            _("You asked for {document} yourself: nobody grants their own.")
            if any(one.created_by == me for one in mine)
            else _("You took {document} or corrected it yourself: nobody grants their own.")
        )
        raise Refused(
            "USR-3",
            told.format(document=asked.held.number),
            mend=_("Somebody else with the role must look at it."),
        )
    return mine


def refuse_changed(desk: Desk, session: Session, asked: Asked, mine: Sequence[Open], *, seen_version: int) -> None:
    """Refuse (ORD-11) a decision about a document that is not as it was asked about or seen, with what changed."""
    version, about = asked.held.version, mine[0]
    if version == seen_version and all(one.document_version == version for one in mine):
        return
    then = seen_version if about.document_version == version else about.document_version
    before = seen_before(session, asked.name, asked.held.id, then)
    changed = list(differences(before, _now(desk, session, asked), said)) if before else []
    raise Stale(
        "ORD-11",
        _("{document} has changed since: {changes}.").format(
            document=asked.held.number, changes=_("; ").join(changed) or _last_step(desk, session, asked)
        ),
        mend=_("Look at it as it is now, then decide."),
    )


def _last_step(desk: Desk, session: Session, asked: Asked) -> str:
    """Say who did what to a document last, and why: what changed may be nothing that is compared."""
    flow, story = asked.kind.flow, timeline(session, asked.name, asked.held.id)
    last = next(row for row in reversed(story) if row.to_state)
    verb = next((verb.label for verb in flow.verbs if verb.name == last.verb), last.verb)
    facts = {"who": last.by, "verb": _(verb), "time": f"{last.at.astimezone(desk.zone):%m-%d %H:%M}"}
    told = _("{who}: {verb}, {time} ({why})") if last.note else _("{who}: {verb}, {time}")
    return told.format(**facts, why=last.note)


def _now(desk: Desk, session: Session, asked: Asked) -> Mapping[str, str]:
    return asked.kind.seen(desk, session, asked.held.id) if asked.kind.seen else {}


def refuse_stranger(desk: Desk, asked: Asked) -> None:
    askers = sorted({one.created_by for one in asked.open})
    if desk.user.login not in askers and not desk.user.roles & OVERSEERS:
        raise Refused(
            "USR-2",
            _("Only who asked takes a request back: {who}.").format(who=_(", ").join(askers)),
            mend=_("Ask them, or a team leader."),
        )
