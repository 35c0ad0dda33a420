"""The verbs about customers: make one, edit, block; and lifting a block, which its orders hear of above this room."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import insert, select, update
from sqlmodel import Session

from ordersdesk.customers.finding.duplicate_queries import Suspect, suspects
from ordersdesk.customers.finding.territory_queries import route_of
from ordersdesk.customers.model import rules
from ordersdesk.customers.model.changing import KIND, change, inserted, told
from ordersdesk.customers.model.drafts import Answer, NewCustomer, Says
from ordersdesk.customers.model.indexing import TERM
from ordersdesk.customers.model.numbers import next_numbers
from ordersdesk.customers.model.place_rules import require as require_region
from ordersdesk.customers.model.queries import ADDRESS, CONTACT, CUSTOMER, PHONE
from ordersdesk.customers.model.rows import (
    Prepared,
    address_row,
    contact_row,
    customer_row,
    has_contact,
    phone_rows,
    prepared,
)
from ordersdesk.customers.model.tables import DuplicateAnswer
from ordersdesk.customers.records.contact_actions import add_address_within, add_contact_within
from ordersdesk.foundation.desk import Desk, action
from ordersdesk.foundation.documents.document import record, table_of
from ordersdesk.foundation.places.divisions import Region
from ordersdesk.foundation.policy.roles import DESK_ROLES, Role
from ordersdesk.foundation.searching.lookup import replace_terms
from ordersdesk.foundation.texts.language import _, ngettext, word_list
from ordersdesk.foundation.texts.refusals import Refused

_ANSWER = table_of(DuplicateAnswer)


@dataclass(frozen=True)
class Saved:
    """The customer a draft became: a new one, or the known one it turned out to be."""

    id: int
    number: str
    is_new: bool


class LooksKnown(Refused):
    """A new customer looks like known ones; the agent says of each what it is (CUS-4)."""

    def __init__(self, found: Sequence[Suspect]) -> None:
        count = len(found)
        super().__init__(
            "CUS-4",
            ngettext("{count} customer looks like this one.", "{count} customers look like this one.", count).format(
                count=count
            ),
            mend=_("Say for each: this customer, same company, or different and why."),
            field="name",
        )
        self.suspects = tuple(found)

    def __reduce__(self) -> tuple[object, ...]:
        return (LooksKnown, (self.suspects,))


@action
def create(desk: Desk, session: Session, new: NewCustomer, *, answers: Sequence[Answer] = ()) -> Saved:
    """Make a customer with the next number (CUS-4); refused while a likely duplicate is unanswered."""
    return create_within(desk, session, new, answers=answers)


def create_within(desk: Desk, session: Session, new: NewCustomer, *, answers: Sequence[Answer] = ()) -> Saved:
    """Do the same inside the caller's transaction."""
    desk.needs(*DESK_ROLES, doing=_("add a customer"))
    rules.require(new)
    made = _routed(desk, session, prepared(desk, new))
    require_region(made.new.address, Region(made.new.region, made.new.city), desk.policy)
    usual = NewCustomer()
    chosen = [name for name in rules.MANAGED if getattr(new, name) != getattr(usual, name)]
    _needs_credit_role(desk, chosen)
    rules.refuse_credit(chosen, terms=(new.terms,))
    found = suspects(desk, session, made.new, made.phones)
    known = _answered(found, answers)
    if known is not None:
        return _known(desk, session, made, known, found)
    saved = _insert(desk, session, made)
    _keep_answers(desk, session, saved.id, found, answers)
    return saved


def _routed(desk: Desk, session: Session, made: Prepared) -> Prepared:
    """Give a customer the route of their territory where none is said, so that no slip of theirs lacks one."""
    new = made.new
    usual = route_of(desk, session, new.territory)
    route = new.route or usual
    return replace(made, new=replace(new, route=route, address_route=new.address_route or route))


def _answered(found: Sequence[Suspect], answers: Sequence[Answer]) -> Answer | None:
    """Return the answer that names a known customer; refuse (CUS-4) what is unanswered or lacks its reason."""
    said = {answer.customer_id: answer for answer in answers}
    known = next((answer for answer in answers if answer.says is not Says.DIFFERENT), None)
    if known is not None:
        return known
    unanswered = [suspect for suspect in found if suspect.customer_id not in said]
    if unanswered:
        raise LooksKnown(unanswered)
    if any(not said[suspect.customer_id].reason.strip() for suspect in found):
        raise Refused(
            "CUS-4", _("Why is it a different customer?"), mend=_("Type a reason; it is kept."), field="reason"
        )
    return None


def _known(desk: Desk, session: Session, made: Prepared, answer: Answer, found: Sequence[Suspect]) -> Saved:
    """Use the customer the agent pointed at, with a new contact if it is the same company."""
    if answer.says is Says.SAME_COMPANY:
        add_contact_within(desk, session, answer.customer_id, made.new)
        if made.new.address:
            add_address_within(desk, session, answer.customer_id, made.new)
    _keep_answers(desk, session, answer.customer_id, found, [answer])
    number = select(CUSTOMER.c.number).where(CUSTOMER.c.id == answer.customer_id)
    return Saved(answer.customer_id, session.connection().execute(number).scalar_one(), is_new=False)


def _insert(desk: Desk, session: Session, made: Prepared) -> Saved:
    number = next_numbers(desk, session, 1)[0]
    keys = made.keys(number)
    customer_id = inserted(session, CUSTOMER, customer_row(desk, made, keys, desk.now()))
    if has_contact(made.new, made.phones):
        contact_id = inserted(session, CONTACT, contact_row(customer_id, made.new))
        if made.phones:
            session.connection().execute(insert(PHONE), phone_rows(customer_id, contact_id, made.phones))
    if made.new.address:
        inserted(session, ADDRESS, address_row(customer_id, made.new))
    replace_terms(session, TERM, customer_id, old=(), new=keys.terms(desk.policy))
    record(desk, session, KIND, customer_id, "created", rule="CUS-4", note=made.new.name)
    return Saved(customer_id, number, is_new=True)


def _keep_answers(
    desk: Desk, session: Session, customer_id: int, found: Sequence[Suspect], answers: Sequence[Answer]
) -> None:
    why = {suspect.customer_id: ",".join(suspect.reasons) for suspect in found}
    rows = [
        {
            "customer_id": customer_id,
            "other_id": answer.customer_id,
            "why": why.get(answer.customer_id, ""),
            "answer": answer.says.value,
            "reason": rules.checked("reason", answer.reason),
            "at": desk.now(),
            "by": desk.user.login,
        }
        for answer in answers
    ]
    if rows:
        session.connection().execute(insert(_ANSWER), rows)


@action
def edit(desk: Desk, session: Session, customer_id: int, *, version: int, changes: Mapping[str, Any]) -> None:
    """Change fields of a customer as it was read; refused when somebody else changed it meanwhile."""
    desk.needs(*DESK_ROLES, Role.FINANCE, doing=_("edit a customer"))
    unknown = sorted(set(changes) - rules.EDITABLE)
    if unknown:
        raise Refused(
            "CUS-1",
            _("“{field}” cannot be edited.").format(field=unknown[0]),
            mend=_("Allowed: {allowed}.").format(allowed=word_list(sorted(rules.EDITABLE))),
            field=unknown[0],
        )
    kept = {name: rules.checked(name, value) for name, value in changes.items()}
    empty = [name for name in ("name", "territory") if kept.get(name) == ""]
    if empty:
        label = _(rules.REQUIRED[empty[0]])
        raise Refused("CUS-4", _("Missing: {fields}.").format(fields=label), mend=_("Type it."), field=empty[0])

    def work(row: Any) -> Mapping[str, Any]:
        before = {name: getattr(row, name) for name in kept}
        changed = {name: value for name, value in kept.items() if value != before[name]}
        if "territory" in changed:
            route_of(desk, session, str(changed["territory"]))
        _needs_credit_role(desk, changed)
        rules.refuse_credit(changed, terms=(before.get("terms", ""), changed.get("terms", "")))
        if changed:
            session.connection().execute(update(CUSTOMER).where(CUSTOMER.c.id == customer_id).values(**changed))
        return {name: [told(before[name]), told(value)] for name, value in changed.items()}

    change(desk, session, customer_id, work, verb="edited", version=version)


def _needs_credit_role(desk: Desk, changes: Iterable[str]) -> None:
    """Class and credit come from a review, not from a phone call (CUS-6, CUS-7, CUS-8)."""
    if any(name in rules.MANAGED for name in changes):
        desk.needs(*rules.MANAGERS, doing=_("change class or credit"))


@action
def block(desk: Desk, session: Session, customer_id: int, *, reason: str) -> None:
    """Refuse a customer's orders from now on, with a reason (CUS-11)."""
    desk.needs(Role.LEADER, Role.MANAGER, Role.FINANCE, Role.BRANCH_GM, doing=_("block a customer"))
    kept = rules.checked("blocked", reason)
    if not kept:
        raise Refused("CUS-11", _("Why is the customer blocked?"), mend=_("Type the reason."), field="reason")
    _set_blocked(desk, session, customer_id, kept, verb="blocked", note=kept)


def unblock_within(desk: Desk, session: Session, customer_id: int, *, note: str = "") -> None:
    """Take a customer's orders again; only a manager lifts a block (CUS-11); joins the caller's transaction."""
    desk.needs(Role.MANAGER, doing=_("lift the block"))
    _set_blocked(desk, session, customer_id, "", verb="unblocked", note=rules.checked("note", note))


def _set_blocked(desk: Desk, session: Session, customer_id: int, reason: str, *, verb: str, note: str) -> None:
    def work(row: Any) -> Mapping[str, Any]:
        session.connection().execute(update(CUSTOMER).where(CUSTOMER.c.id == customer_id).values(blocked=reason))
        return {"blocked": [row.blocked, reason]}

    change(desk, session, customer_id, work, verb=verb, rule="CUS-11", note=note)
