"""Applications for credit as a kind of document (CUS-7)."""

from __future__ import annotations

from ordersdesk.credit import actions, check_queries
from ordersdesk.credit.flow import CREDIT_FLOW, FIRST_STEP, LAST_STEP
from ordersdesk.credit.queries import APPLICATIONS
from ordersdesk.credit.tables import CreditApplication
from ordersdesk.documents.inbox import Waiting
from ordersdesk.documents.kind import Check, Kind
from ordersdesk.documents.outcomes import with_reason
from ordersdesk.foundation.policy.roles import APPROVERS
from ordersdesk.foundation.texts.language import N_

CREDIT = Kind(
    CREDIT_FLOW,
    CreditApplication,
    store=APPLICATIONS,
    occasions=(*FIRST_STEP, LAST_STEP),
    seen=actions.seen,
    granted=actions.granted,
    denied=with_reason(APPLICATIONS, "deny"),
    withdrawn=with_reason(APPLICATIONS, "withdraw"),
    checks=(Check(N_("credit applications"), check_queries.applications),),
    inbox=(Waiting(("asked",), N_("Approvals"), APPROVERS),),
)
