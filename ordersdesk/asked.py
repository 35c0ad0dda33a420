"""What is asked about a document, for whoever decides: whether they may, and whether it is still the same."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from sqlmodel import Session

from ordersdesk.approvals.eligible_queries import eligible, leaders
from ordersdesk.approvals.open_queries import Open, askers, last_decision, locked, open_on, seen_before, yeses_of
from ordersdesk.approvals.rules import differences
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.documents.document import Held, table_of, timeline
from ordersdesk.foundation.flow import refused_role
from ordersdesk.foundation.policy.roles import GROUPS, ROLE_NAMES, Role
from ordersdesk.foundation.texts.language import _, clause_list, word_list
from ordersdesk.foundation.texts.refusals import Refused, Stale
from ordersdesk.kinds import KINDS, Kind
from ordersdesk.orders.review.snapshot import said
from ordersdesk.people.names import person
from ordersdesk.people.queries import Account, accounts_within

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
        prefixes = word_list(each.flow.prefix for each in KINDS.values() if each.seen)
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
    message = told.format(who=person(desk, last.by), time=f"{local:%m-%d %H:%M}", **facts)
    return Stale("ORD-11", message, mend=_("Go on with the next one."), field="number")


def answerable(desk: Desk, session: Session, asked: Asked) -> list[Open]:
    """Return what this user may answer; refused (USR-2) for a role that is not asked, (USR-3) for another group's
    leader, one's own request, and a second yes."""
    waiting = [one for one in asked.open if one.state == "waiting"]
    mine = [one for one in waiting if eligible(desk, session).may(one)]
    if not mine:
        raise _not_theirs(desk, session, asked, waiting)
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


def one_yes(desk: Desk, session: Session, asked: Asked, mine: Sequence[Open]) -> list[Open]:
    """Return of what this user may answer what is one yes: one role's, and in one step; refused (USR-3) if they gave
    another one already. Who holds several roles that are asked answers for the one the fewest others hold.

    A role has the document before it with all its reasons (ORD-4) and says one yes to it: who is overdue and orders on
    account is the manager's twice, on one page; each reason keeps the name, and how far the yes goes (USR-4).
    """
    gave = yeses_of(session, asked.name, asked.held.id, desk.user.login)
    left = [one for one in mine if all(_is_same_yes(one, *yes) for yes in gave)]
    if not left:
        raise Refused(
            "USR-3",
            _("You gave {document} another yes already: nobody gives two.").format(document=asked.held.number),
            mend=_("Somebody else with the role must look at it."),
        )
    roles = list(dict.fromkeys(one.role for one in left))
    rarest = roles[0] if len(roles) == 1 else min(roles, key=partial(_others, accounts_within(session), asked))
    return [one for one in left if one.role == rarest]


def _is_same_yes(one: Open, role: str, step: int, version: int) -> bool:
    return one.role == role and (one.step == step or one.document_version != version)


def _others(people: Sequence[Account], asked: Asked, role: str) -> int:
    """Count who else could answer for a role."""
    return sum(one.is_active and role in one.roles and one.login not in asked.askers for one in people)


def _not_theirs(desk: Desk, session: Session, asked: Asked, waiting: Sequence[Open]) -> Refused:
    """Say whose it is: a role's, or of another group's leader by name."""
    groups = {one.group for one in waiting if one.role == Role.LEADER}
    if Role.LEADER not in desk.user.roles or not groups or {one.role for one in waiting} != {Role.LEADER}:
        doing = _("answer for {d}").format(d=asked.held.number)
        return refused_role({one.role for one in waiting or asked.open}, doing=doing)
    led = leaders(accounts_within(session))
    names = sorted({one.name for group in groups for one in led.get(group, ())}) or [_(ROLE_NAMES[Role.MANAGER])]
    return Refused(
        "USR-3",
        _("{document} is for the leader of another group: {groups}.").format(
            document=asked.held.number, groups=word_list(sorted(_(GROUPS.get(group, group)) for group in groups))
        ),
        mend=_("It may be answered by: {names}.").format(names=word_list(names)),
    )


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
            document=asked.held.number, changes=clause_list(changed) or _last_step(desk, session, asked)
        ),
        mend=_("Look at it as it is now, then decide."),
    )


def _last_step(desk: Desk, session: Session, asked: Asked) -> str:
    """Say who did what to a document last, and why: what changed may be nothing that is compared."""
    flow, story = asked.kind.flow, timeline(session, asked.name, asked.held.id)
    last = next(row for row in reversed(story) if row.to_state)
    verb = next((verb.label for verb in flow.verbs if verb.name == last.verb), last.verb)
    facts = {"who": person(desk, last.by), "verb": _(verb), "time": f"{last.at.astimezone(desk.zone):%m-%d %H:%M}"}
    told = _("{who}: {verb}, {time} ({why})") if last.note else _("{who}: {verb}, {time}")
    return told.format(**facts, why=last.note)


def _now(desk: Desk, session: Session, asked: Asked) -> Mapping[str, str]:
    return asked.kind.seen(desk, session, asked.held.id) if asked.kind.seen else {}


def refuse_stranger(desk: Desk, asked: Asked) -> None:
    askers = sorted({one.created_by for one in asked.open})
    if desk.user.login not in askers and not desk.user.roles & OVERSEERS:
        raise Refused(
            "USR-2",
            _("Only who asked takes a request back: {who}.").format(who=word_list(askers)),
            mend=_("Ask them, or a team leader."),
        )
