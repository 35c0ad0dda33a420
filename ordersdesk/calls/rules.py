"""The life of a call as data: its flow, its outcomes, its channels."""

from __future__ import annotations

from ordersdesk.calls.log import MISSED
from ordersdesk.foundation.flow import Flow, Verb
from ordersdesk.foundation.policy.roles import DESK_ROLES
from ordersdesk.foundation.texts.language import N_, NP_, _, word_list
from ordersdesk.foundation.texts.refusals import Refused
from ordersdesk.foundation.texts.texts import NOTE, clean

OUTCOMES: dict[str, str] = {
    "order": N_("order"),
    "enquiry": N_("enquiry"),
    "quote": N_("quote"),
    "change": N_("change"),
    "return": N_("return"),
    "complaint": N_("complaint"),
    "service": N_("service"),
    "callback": N_("callback"),
    "wrong_number": N_("wrong number"),
}

# What a log tells beside: nobody at the desk chooses it.
ENDINGS: dict[str, str] = OUTCOMES | {MISSED: N_("missed")}

CALL_FLOW = Flow(
    kind="call",
    title=NP_("document", "call"),
    prefix="CA",
    start="open",
    states={"open": N_("open"), "parked": N_("parked"), "ended": N_("ended")},
    verbs=(
        Verb("park", ("open",), ("parked",), DESK_ROLES, "CAL-5", N_("Park"), "f8"),
        Verb("resume", ("open", "parked"), ("open",), DESK_ROLES, "CAL-5", N_("Resume"), "enter"),
        Verb("end", ("open", "parked"), ("ended",), DESK_ROLES, "CAL-6", N_("End call")),
    ),
)


def checked_outcome(outcome: str) -> str:
    """Return the outcome; refused (CAL-6) when there is none: a call without one can only be parked."""
    if outcome not in OUTCOMES:
        raise Refused(
            "CAL-6",
            _("The call has no outcome yet."),
            mend=_("Choose one of: {outcomes}; or park the call.").format(
                outcomes=word_list(_(label) for label in OUTCOMES.values())
            ),
            field="outcome",
        )
    return outcome


def checked_reason(reason: str) -> str:
    """Return what a call was about, nothing if it was not said; refused (CAL-1) when it is none of the outcomes."""
    if reason and reason not in OUTCOMES:
        raise Refused(
            "CAL-1",
            _("“{reason}” is nothing a call is about.").format(reason=reason[:40]),
            mend=_("Choose one of: {outcomes}.").format(outcomes=word_list(_(label) for label in OUTCOMES.values())),
            field="reason",
        )
    return reason


def checked_note(note: str) -> str:
    """Return the note, kept whole or refused (FIL-3)."""
    return clean(note, field="note", longest=NOTE, lines=True)
