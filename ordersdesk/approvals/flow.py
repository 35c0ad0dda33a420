"""The life of an approval as data: asked for, answered once, or not needed any more."""

from __future__ import annotations

from ordersdesk.foundation.flow import Flow, Verb
from ordersdesk.foundation.policy.roles import APPROVERS, EVERYBODY
from ordersdesk.foundation.texts.language import N_

APPROVAL_FLOW = Flow(
    kind="approval",
    title=N_("approval"),
    prefix="AP",
    start="later",
    states={
        "later": N_("waits for an earlier one"),
        "waiting": N_("waiting"),
        "granted": N_("granted"),
        "denied": N_("denied"),
        "withdrawn": N_("withdrawn"),
    },
    verbs=(
        Verb("ask", ("later",), ("waiting",), EVERYBODY, "ORD-13", N_("Ask")),
        Verb("grant", ("waiting",), ("granted",), APPROVERS, "USR-3", N_("Grant"), "g"),
        Verb("deny", ("waiting",), ("denied",), APPROVERS, "USR-3", N_("Deny"), "d"),
        Verb("withdraw", ("later", "waiting"), ("withdrawn",), EVERYBODY, "ORD-13", N_("Withdraw")),
    ),
)
OPEN = ("later", "waiting")
