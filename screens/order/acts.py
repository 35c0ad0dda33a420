"""What can be done with an order from its page: when each act is offered, what it asks, and what it does."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from ordersdesk.approvals.page_queries import Entry, entries
from ordersdesk.changing import by_request, call_off, paid, request
from ordersdesk.customers.finding.card_queries import card
from ordersdesk.deciding import deny, grant, grant_by_code
from ordersdesk.delivery.model.flow import OFFICE
from ordersdesk.delivery.model.views import SlipRow
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.flow import Verb
from ordersdesk.foundation.policy.roles import DESK_ROLES
from ordersdesk.foundation.texts.language import N_, _, in_turn, word_list
from ordersdesk.foundation.texts.money import formatted, parsed
from ordersdesk.orders.book import page_queries
from ordersdesk.orders.book.page_queries import Whole
from ordersdesk.orders.changes.regret_actions import regret, seconds_left
from ordersdesk.orders.entry.correcting_queries import CORRECTABLE
from ordersdesk.orders.payments.actions import Received
from ordersdesk.orders.review.asking_actions import ask
from ordersdesk.orders.terms.change_draft import Change
from ordersdesk.orders.terms.flow import CASHIERS, ORDER_FLOW
from ordersdesk.orders.terms.payment_status import still_due
from screens.forms.form_field import Choice, FormField, Kind
from screens.kit.decisions import told_decision
from screens.slip.list_screen import of_order

Answers = Mapping[str, str]
"""What stands in the fields of an act."""


@dataclass(frozen=True)
class Read:
    """An order as it was read: with its approvals, the customer's language (CAL-2), and when it was submitted."""

    order: Whole
    entries: tuple[Entry, ...]
    language: str
    submitted_at: datetime
    by_request: bool
    slips: tuple[SlipRow, ...] = ()
    """It is cancelled by request only (CHG-4)."""

    @property
    def number(self) -> str:
        """The order's number."""
        return self.order.head.number

    @property
    def version(self) -> int:
        """The version that is shown: it goes with whatever is done (ORD-11)."""
        return self.order.head.version


def read(desk: Desk, number: str) -> Read:
    """Read an order with everything its page shows."""
    order = page_queries.by_number(desk, number)
    customer = card(desk, order.head.customer_id)
    with desk.reading() as session:
        asked = tuple(entries(desk, session, ORDER_FLOW.kind, order.head.id))
    submitted = max((row.at for row in order.story if row.verb == "enter"), default=order.head.created_at)
    return Read(
        order,
        asked,
        (customer.language if customer else "") or desk.policy.branch.language,
        submitted,
        by_request(desk, number),
        of_order(desk, number),
    )


@dataclass(frozen=True)
class Act:
    """One act: its key and name (N_), when it is offered, what it does (and then says), and what it asks first."""

    name: str
    key: str
    label: str
    offered: Callable[[Desk, Read], bool]
    do: Callable[[Desk, Read, Answers], str]
    asks: Sequence[FormField] = ()
    rank: int = 2
    fills: Callable[[Read], Answers] | None = None
    """What stands in its fields already."""


def may_answer(desk: Desk, shown: Read) -> bool:
    """Tell whether something about the order waits for this user's yes."""
    return any(one.for_me for one in shown.entries)


def may_regret(desk: Desk, shown: Read) -> int:
    """Return for how many seconds the order can still be pulled back (JOY-11)."""
    may = shown.order.head.delivery == "none" and _allowed(desk, shown, "regret")
    return seconds_left(desk, shown.submitted_at) if may else 0


def may_correct(desk: Desk, shown: Read) -> bool:
    """Tell whether the order is with its agent again: rejected, or pulled back (ORD-4)."""
    return shown.order.head.state in CORRECTABLE and bool(desk.user.roles & DESK_ROLES)


def may_allocate(desk: Desk, shown: Read) -> bool:
    """Tell whether this user makes slips of the order: its agent, or the order group for anybody (SLP-1)."""
    head = shown.order.head
    mine = head.agent == desk.user.login and bool(desk.user.roles & DESK_ROLES)
    left = head.delivery not in ("allocated", "released", "delivered")
    return head.state == "confirmed" and left and (mine or bool(desk.user.roles & OFFICE))


def _allowed(desk: Desk, shown: Read, verb: str) -> bool:
    allowed: list[Verb] = ORDER_FLOW.allowed(desk.user.roles, shown.order.head.state)
    return any(each.name == verb for each in allowed)


def _waits(desk: Desk, shown: Read) -> bool:
    return bool(shown.order.reasons) and bool(desk.user.roles & DESK_ROLES)


def _takes_money(desk: Desk, shown: Read) -> bool:
    head = shown.order.head
    return head.state in ("review", "confirmed") and still_due(head) > 0 and bool(desk.user.roles & CASHIERS)


def _takes_code(desk: Desk, shown: Read) -> bool:
    waits = any(one.state == "waiting" for one in shown.entries)
    return _waits(desk, shown) and waits and not may_answer(desk, shown)


def _calls_off(desk: Desk, shown: Read) -> bool:
    return shown.by_request and bool(desk.user.roles & DESK_ROLES)


def _cancels(desk: Desk, shown: Read) -> bool:
    return not shown.by_request and _allowed(desk, shown, "cancel")


def _ask(desk: Desk, shown: Read, _answers: Answers) -> str:
    asked = ask(desk, number=shown.number)
    if not asked:
        return _("Nothing stands against it any more: it goes on.")
    names = word_list(_(role) for role in asked)
    return _("Asked: {roles}. It stands first on their screen.").format(roles=names)


def _grant(desk: Desk, shown: Read, _answers: Answers) -> str:
    return told_decision(grant(desk, ORDER_FLOW.kind, shown.number, seen_version=shown.version))


def _deny(desk: Desk, shown: Read, answers: Answers) -> str:
    reason = answers["reason"]
    return told_decision(deny(desk, ORDER_FLOW.kind, shown.number, seen_version=shown.version, reason=reason))


def _grant_by_code(desk: Desk, shown: Read, answers: Answers) -> str:
    return told_decision(grant_by_code(desk, ORDER_FLOW.kind, shown.number, code=answers["code"]))


def _regret(desk: Desk, shown: Read, _answers: Answers) -> str:
    regret(desk, shown.number)
    return _("{number} is pulled back; its goods are free. E corrects it.").format(number=shown.number)


def _paid(desk: Desk, shown: Read, answers: Answers) -> str:
    amount = parsed(answers["amount"], field="amount")
    done = paid(desk, shown.number, Received(amount, answers["reference"], answers["sure"] == "yes"))
    told = _("{amount} is in; the order is {state}.").format(
        amount=formatted(amount), state=_(ORDER_FLOW.states[done.state])
    )
    return f"{told} " + _("{left} is still due.").format(left=formatted(done.left)) if done.left > 0 else told


def _due(shown: Read) -> Answers:
    return {"amount": f"{still_due(shown.order.head)}", "reference": "", "sure": "no"}


def _call_off(desk: Desk, shown: Read, said: Answers) -> str:
    made = call_off(desk, number=shown.number, reason=said["reason"], version=shown.version).request
    if made is None:
        return _("Cancelled; its goods are free again.")
    why = in_turn(wait.sentence for wait in made.waits)
    return _("{request} asks to cancel {number}: {why}").format(request=made.number, number=shown.number, why=why)


def _fee(desk: Desk, shown: Read, said: Answers) -> str:
    fee = parsed(said["fee"], field="fee")
    made = request(desk, Change(order=shown.number, version=shown.version, reason=said["reason"], fee=fee))
    why = in_turn(wait.sentence for wait in made.waits)
    text = _("{request} asks for another fee: {why}") if why else _("{request} is applied.")
    return text.format(request=made.number, why=why)


def _may_ask_fee(desk: Desk, shown: Read) -> bool:
    return (
        _allowed(desk, shown, "change") and bool(desk.user.roles & DESK_ROLES) and shown.order.head.delivery == "none"
    )


def _amount(text: str) -> str:
    return formatted(parsed(text, field="fee"))


FEE = (
    FormField("fee", N_("Delivery fee"), required=True, check=_amount, rule="DLV-1"),
    FormField("reason", N_("Why?"), required=True, rule="DLV-1", help=N_("It needs an approval.")),
)
WHY_NOT = FormField(
    "reason", N_("Why not?"), required=True, rule="USR-2",
    help=N_("In words for the customer: whoever asked reads them out."),
)  # fmt: skip
CODE = FormField(
    "code", N_("Approval code"), required=True, rule="JOY-10", help=N_("The approver reads it out, digit by digit.")
)
MONEY = (
    FormField("amount", N_("Amount"), required=True, kind=Kind.NUMBER, rule="PAY-3"),
    FormField("reference", N_("Reference"), help=N_("What the bank or the terminal calls it.")),
    FormField(
        "sure", N_("Sure"), kind=Kind.CHOICE, choices=(Choice("no", N_("no")), Choice("yes", N_("yes"))), default="no",
        help=N_("Yes when more came than is due, or the same once more."),
    ),
)  # fmt: skip
ACTS: dict[str, Act] = {
    act.name: act
    for act in (
        Act("grant", "g", N_("Grant"), may_answer, _grant, rank=0),
        Act("deny", "d", N_("Deny"), may_answer, _deny, [WHY_NOT], rank=0),
        Act("regret", "u", N_("Pull back"), lambda desk, shown: may_regret(desk, shown) > 0, _regret, rank=1),
        Act("paid", "m", N_("Money in"), _takes_money, _paid, MONEY, rank=1, fills=_due),
        Act("ask", "a", N_("Ask for it"), _waits, _ask),
        Act("type code", "t", N_("Type a code"), _takes_code, _grant_by_code, [CODE]),
        Act(
            "cancel", "x", N_("Cancel order"), _cancels, _call_off,
            [FormField("reason", N_("Why cancel?"), required=True, rule="ORD-7")],
        ),
        Act(
            "call off", "x", N_("Ask to cancel"), _calls_off, _call_off,
            [FormField("reason", N_("Why cancel?"), required=True, rule="CHG-4", help=N_("It needs an approval."))],
            rank=4,
        ),
        Act("fee", "f", N_("Another fee"), _may_ask_fee, _fee, FEE, rank=3),
    )
}  # fmt: skip
