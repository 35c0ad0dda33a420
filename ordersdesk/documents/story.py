"""The story of a document in words: the verbs of its flow, and what approvals leave in it."""

from __future__ import annotations

from ordersdesk.documents.kind import Kind
from ordersdesk.foundation.documents.document import Happening
from ordersdesk.foundation.texts.language import N_, _

ASKS, GRANTED, DENIED, WITHDRAWN = N_("asks"), N_("granted"), N_("denied"), N_("withdrawn")
CODE_MADE, CODE_TYPED = N_("code made"), N_("code typed")
# What any story may say beside the verbs of its flow.
STEPS = {
    "begin": N_("Begun"),
    ASKS: N_("Approval asked for"),
    GRANTED: N_("Granted"),
    DENIED: N_("Denied"),
    WITHDRAWN: N_("Withdrawn"),
    CODE_MADE: N_("Code made"),
    CODE_TYPED: N_("Code typed"),
}


def step(kind: Kind, row: Happening) -> str:
    """Return what happened to a document, by the flow's word for it."""
    known = STEPS | {verb.name: verb.label for verb in kind.flow.verbs}
    return _(known.get(row.verb, row.verb))


def moved(kind: Kind, row: Happening) -> str:
    """Return the state it came to by that; nothing when it stayed."""
    return _(kind.flow.states.get(row.to_state, row.to_state)) if row.to_state != row.from_state else ""
