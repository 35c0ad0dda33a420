"""The life of a credit application as data, and whose yes it needs (CUS-7)."""

from __future__ import annotations

from functools import partial

from ordersdesk.documents.occasion import Occasion
from ordersdesk.foundation.flow import Flow, Verb
from ordersdesk.foundation.policy.roles import APPROVERS, Role
from ordersdesk.foundation.texts.language import N_, _

# Who reports on a customer and asks for credit in their name; a review is finance's business too (B5.11.4).
APPLICANTS = frozenset({Role.SALES_REP, Role.MANAGER, Role.FINANCE, Role.BRANCH_GM})

CREDIT_FLOW = Flow(
    kind="credit",
    title=N_("credit application"),
    prefix="CR",
    start="draft",
    states={
        "draft": N_("draft"),
        "asked": N_("being decided"),
        "granted": N_("granted"),
        "denied": N_("denied"),
        "withdrawn": N_("withdrawn"),
    },
    verbs=(
        Verb("ask", ("draft",), ("asked",), APPLICANTS, "CUS-7", N_("Apply for credit")),
        Verb("grant", ("asked",), ("granted",), APPROVERS, "CUS-7", N_("Grant")),
        Verb("deny", ("asked",), ("denied",), APPROVERS, "CUS-7", N_("Deny")),
        Verb("withdraw", ("draft", "asked"), ("withdrawn",), APPLICANTS | {Role.LEADER}, "CUS-7", N_("Withdraw")),
    ),
)

_occasion = partial(Occasion, rule="CUS-7", since=lambda _policy: _("every application"))
FIRST_STEP = (
    _occasion("credit_manager", N_("credit: office supervisor")),
    _occasion("credit_sales", N_("credit: sales manager")),
    _occasion("credit_finance", N_("credit: finance")),
)
LAST_STEP = _occasion("credit_gm", N_("credit: branch GM"))
