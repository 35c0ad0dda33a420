"""The life of a change request as data (CHG-1): asked, then applied all or nothing, denied or withdrawn."""

from __future__ import annotations

from ordersdesk.foundation.flow import Flow, Verb
from ordersdesk.foundation.policy.roles import APPROVERS, DESK_ROLES, EVERYBODY
from ordersdesk.foundation.texts.language import N_

# Whoever the policy lets approve a change, and whoever reads in their code.
DECIDE = DESK_ROLES | APPROVERS

CHANGE_FLOW = Flow(
    kind="change",
    title=N_("change request"),
    prefix="CH",
    start="draft",
    states={
        "draft": N_("draft"),
        "asked": N_("asked"),
        "applied": N_("applied"),
        "denied": N_("denied"),
        "withdrawn": N_("withdrawn"),
    },
    verbs=(
        Verb("ask", ("draft",), ("asked",), DESK_ROLES, "CHG-2", N_("Ask for approval")),
        Verb("apply at once", ("draft",), ("applied",), DESK_ROLES, "CHG-5", N_("Apply at once")),
        Verb("apply", ("asked",), ("applied",), DECIDE, "CHG-3", N_("Apply")),
        Verb("deny", ("asked",), ("denied",), DECIDE, "CHG-2", N_("Deny")),
        Verb("withdraw", ("asked",), ("withdrawn",), DESK_ROLES, "CHG-1", N_("Withdraw"), "x"),
        # By itself, when its order is done.
        Verb("fall_away", ("asked",), ("withdrawn",), EVERYBODY, "CHG-1", N_("Falls away")),
    ),
)

KINDS = {"change": N_("change"), "short_close": N_("short-close"), "cancel": N_("cancellation")}
