"""Slips, route sheets and trouble on the road as kinds of documents: what waits for whom, what people do (ORD-16)."""

from __future__ import annotations

from dataclasses import replace

from ordersdesk.delivery.handover.failed_actions import note_trouble
from ordersdesk.delivery.model.flow import BACK, CARE, CASH, OFFICE, ROAD, ROUTE_FLOW, SLIP_FLOW, STORE, TROUBLE_FLOW
from ordersdesk.delivery.model.labels import TROUBLES as SORTS
from ordersdesk.delivery.model.labels import WAYS
from ordersdesk.delivery.model.tables import RouteSheet, Slip, Trouble
from ordersdesk.delivery.routes.queries import ROUTES
from ordersdesk.delivery.troubles import actions
from ordersdesk.delivery.troubles.queries import TROUBLES, is_open, untold
from ordersdesk.documents.fields import Field, Takes
from ordersdesk.documents.inbox import Waiting
from ordersdesk.documents.kind import Act, Column, Kind
from ordersdesk.foundation.texts.language import N_, NP_, _, labelled

SLIP = Kind(
    SLIP_FLOW,
    Slip,
    inbox=(
        Waiting(("made",), N_("To print"), OFFICE, piled=True),
        Waiting(("printed",), N_("To pick"), STORE, piled=True),
        Waiting(("picked",), N_("To load"), ROAD, piled=True),
        Waiting(("loaded",), N_("On the road"), BACK),
    ),
)
ROUTE = Kind(
    ROUTE_FLOW,
    RouteSheet,
    store=ROUTES,
    inbox=(Waiting(("made",), N_("To depart"), ROAD), Waiting(("departed",), N_("On the road"), CASH)),
)

AMOUNT = Field("amount", N_("Amount"), Takes.AMOUNT, required=True, help=N_("How much."), rule="DLV-8")
NOTE = Field("note", N_("Note"), Takes.NOTE, help=N_("A note."))
NUMBER = Column("number", NP_("document", "Number"), width=16)
SORT = Column("kind", N_("Kind"), labels=SORTS, filter=True)


def _to_tell(trouble: Trouble) -> str:
    return _("{kind}: {cause}. Tell the customer.").format(kind=_(SORTS[trouble.kind]), cause=_bare(trouble.cause))


def _to_follow(trouble: Trouble) -> str:
    return labelled(_(SORTS[trouble.kind]), _bare(trouble.cause))


def _bare(cause: str) -> str:
    return cause.rstrip("。.")


TROUBLE = Kind(
    TROUBLE_FLOW,
    Trouble,
    about="customer_name",
    plural=N_("Trouble"),
    signatures=(N_("Carrier"), N_("Received by")),
    key="t",
    store=TROUBLES,
    is_open=is_open,
    nothing=N_("There is no trouble on the road."),
    done=N_("{number} about {slip}: {state}."),
    columns=(
        NUMBER,
        Column("state", N_("State"), filter=True),
        SORT,
        Column("slip_number", N_("Slip"), width=16, drop=3),
        Column("customer_name", N_("Customer")),
        Column("cause", N_("Cause")),
        Column("told_by", N_("Customer told"), person=True, width=9, drop=4),
        Column("claimed", N_("Claimed"), width=10, drop=1),
        Column("claim_on", N_("On whom"), width=10, drop=5),
        Column("settled", N_("Settled"), width=10, drop=2),
    ),
    page=(
        Column("customer_name", N_("Customer")),
        Column("slip_number", N_("Slip")),
        SORT,
        Column("cause", N_("Cause")),
        Column("note", N_("Note")),
        Column("told_by", N_("Customer told"), person=True),
        Column("told_at", N_("When")),
        Column("claim_on", N_("On whom")),
        Column("claimed", N_("Claimed")),
        Column("settled", N_("Settled")),
    ),
    acts=(
        Act(
            "note",
            note_trouble,
            roles=CARE | BACK,
            fields=(
                Field("number", N_("Slip"), required=True, place="SL…", help=N_("The slip's number."), rule="DLV-8"),
                Field(
                    "kind", N_("Kind"), Takes.CHOICE, True, choices=SORTS, rule="DLV-8",
                    help=N_("late, lost or damaged."),
                ),
                Field("cause", N_("Cause"), required=True, help=N_("What caused it."), rule="DLV-8"),
                NOTE,
            ),
            help=N_("Note trouble about a slip that left; what is lost on the road is short again for its order."),
            example="note SL20261123-0001 --kind damaged --cause 'box soaked'",
        ),
        Act(
            "told",
            actions.told,
            ("tell", "tell_afterwards"),
            (
                Field("how", N_("How?"), Takes.CHOICE, default="call", choices=WAYS, rule="DLV-8",
                      help=N_("call, message, email, fax or paper.")),
                NOTE,
            ),
            help=N_("Note that the customer was told: call, message, email, fax or paper."),
            example="told EX20261123-0001 --how call",
        ),
        Act(
            "claim",
            actions.claim,
            ("claim",),
            (
                AMOUNT,
                Field("on", N_("On whom"), begins_with="claim_on", help=N_("On whom; else the slip's carrier.")),
                NOTE,
            ),
            help=N_("Claim an amount on the carrier."),
            example="claim EX20261123-0001 --amount 300 --on 德邦物流",
        ),
        Act(
            "settle", actions.settle, ("settle",), (replace(AMOUNT, begins_with="claimed"), NOTE),
            help=N_("Note what a claim brought in."), example="settle EX20261123-0001 --amount 250",
        ),
        Act(
            "close", actions.close, ("close",), (NOTE,),
            help=N_("Close a trouble for which nothing is claimed."), example="close EX20261123-0001",
        ),
    ),
    inbox=(
        Waiting(("noted", "claimed", "settled"), N_("Trouble"), CARE | CASH, only=untold, why=_to_tell, tone="warn"),
        Waiting(("noted", "told", "claimed"), N_("Trouble"), ROAD | CASH, why=_to_follow),
    ),
)  # fmt: skip
