"""The life of an order as data (ORD-3); delivery and payment have tracks of their own."""

from __future__ import annotations

from ordersdesk.foundation.flow import Flow, Verb
from ordersdesk.foundation.policy.roles import APPROVERS, DESK_ROLES, EVERYBODY, Role
from ordersdesk.foundation.texts.language import N_, NP_

# Who marks money in, and takes it back when it was a mistake.
CASHIERS = frozenset({Role.FINANCE, Role.MANAGER})

ORDER_FLOW = Flow(
    kind="order",
    title=N_("order"),
    prefix="SO",
    start="draft",
    states={
        "draft": N_("draft"),
        "entered": N_("entered"),
        "review": N_("in review"),
        "confirmed": N_("confirmed"),
        "rejected": N_("rejected"),
        "cancelled": N_("cancelled"),
        "closed": NP_("order", "closed"),
    },
    verbs=(
        Verb("enter", ("draft", "rejected"), ("entered",), DESK_ROLES, "ORD-4", N_("Submit"), "f9"),
        # By itself, when nothing stands against it; out of review when the last condition is met (ORD-6).
        Verb("clear", ("entered", "review"), ("confirmed",), EVERYBODY, "ORD-5", N_("Confirm")),
        Verb("ask", ("entered",), ("review",), DESK_ROLES, "ORD-4", N_("Send to review")),
        Verb("approve", ("review",), ("confirmed",), APPROVERS, "ORD-5", N_("Approve")),
        Verb("reject", ("review",), ("rejected",), APPROVERS, "ORD-5", N_("Reject")),
        Verb(
            "cancel",
            ("draft", "entered", "review", "rejected"),
            ("cancelled",),
            DESK_ROLES,
            "ORD-7",
            N_("Cancel order"),
            "x",
        ),
        # By request: it stays where it is, unless the review of what it is now says otherwise.
        Verb("change", ("review", "confirmed"), (), DESK_ROLES | APPROVERS, "CHG-1", N_("Change")),
        # By itself, when what a change adds must be signed or paid ahead first (ORD-6).
        Verb("wait", ("confirmed",), ("review",), DESK_ROLES | APPROVERS, "ORD-6", N_("Wait again")),
        Verb("call_off", ("review", "confirmed"), ("cancelled",), DESK_ROLES | APPROVERS, "CHG-4", N_("Call off")),
        Verb("regret", ("review", "confirmed"), ("draft",), DESK_ROLES, "JOY-11", N_("Pull back")),
        # By themselves: what its slips do to it, and its end when everything is delivered and paid.
        Verb("fulfil", ("review", "confirmed"), (), EVERYBODY, "SLP-1", N_("Goods on their way")),
        Verb("finish", ("confirmed",), ("closed",), EVERYBODY, "ORD-3", N_("Delivered and paid")),
        # By itself, when money by which it was paid turns out not to be in.
        Verb("open_again", ("closed",), ("confirmed",), CASHIERS, "PAY-3", N_("Open again")),
        Verb(
            "close", ("confirmed",), ("closed",), frozenset({Role.ADMIN, Role.MANAGER}), "ORD-3", NP_("order", "Close")
        ),
    ),
)
