"""The lives of a slip, a route sheet and trouble on the road, as data (SLP-9, SLP-4, DLV-8)."""

from __future__ import annotations

from ordersdesk.foundation.flow import Flow, Verb
from ordersdesk.foundation.policy.roles import DESK_ROLES, EVERYBODY, Role
from ordersdesk.foundation.texts.language import N_, NP_

OFFICE = frozenset({Role.ORDER_GROUP, Role.LEADER, Role.MANAGER})  # makes and prints slips
STORE = frozenset({Role.WAREHOUSE, Role.MANAGER})
ROAD = frozenset({Role.DISPATCHER, Role.MANAGER})
BACK = ROAD | {Role.DRIVER, Role.ORDER_GROUP}
CASH = ROAD | {Role.FINANCE}
OVER = frozenset({Role.MANAGER, Role.BRANCH_GM})  # may let goods go before their slip
CARE = DESK_ROLES | ROAD | {Role.ORDER_GROUP}

ON_PAPER = ("printed", "picked", "loaded", "delivered", "refused", "failed")

SLIP_FLOW = Flow(
    kind="slip",
    title=N_("delivery slip"),
    prefix="SL",
    start="made",
    states={
        "made": N_("made"),
        "printed": N_("printed"),
        "picked": N_("picked"),
        "loaded": N_("loaded"),
        "delivered": N_("delivered"),
        "refused": N_("partly refused"),
        "failed": N_("failed"),
        "void": N_("void"),
    },
    verbs=(
        Verb("print", ("made",), ("printed",), OFFICE, "SLP-2", N_("Print"), "p"),
        Verb("reprint", ON_PAPER, (), OFFICE | ROAD, "SLP-2", N_("Print again"), "r"),
        # The paper of goods that left before it (SLP-5).
        Verb("follow", ("loaded", "delivered", "refused", "failed"), (), OFFICE, "SLP-5", N_("Print afterwards"), "p"),
        Verb("pick", ("printed",), ("picked",), STORE, "SLP-4", N_("Picked"), "k"),
        Verb("miss_all", ("printed",), ("void",), STORE, "SLP-4", NP_("goods", "Nothing found")),
        Verb("load", ("picked",), ("loaded",), ROAD, "SLP-4", N_("Load"), "l"),
        Verb("unload", ("loaded",), ("picked",), ROAD, "SLP-4", N_("Take off"), "u"),
        Verb(
            "confirm_receiver",
            ("made", "printed", "picked", "loaded"),
            (),
            CARE,
            "CUS-14",
            N_("Receiver confirmed"),
            "n",
        ),
        Verb("leave", ("loaded",), (), ROAD | OVER, "SLP-5", NP_("goods", "Leaves")),
        Verb("release_first", ("made",), ("loaded",), OVER, "SLP-5", N_("Release first"), "e"),
        Verb("deliver", ("loaded",), ("delivered",), BACK, "SLP-6", N_("Delivered"), "d"),
        Verb("refuse", ("loaded",), ("refused",), BACK, "SLP-6", N_("Partly refused"), "f"),
        Verb("refuse_all", ("loaded",), ("failed",), BACK, "SLP-6", N_("Refused whole")),
        Verb("fail", ("loaded",), ("failed",), BACK, "SLP-6", N_("Failed"), "x"),
        Verb("lose", ("loaded",), ("failed",), CARE | BACK, "DLV-8", N_("Lost on the road")),
        Verb("void", ("made", "printed", "picked"), ("void",), OFFICE, "SLP-9", N_("Void"), "v"),
        # By themselves: a slip not yet printed follows its order (CHG-3), short stock is dealt anew (SLP-1).
        Verb("adjust", ("made",), (), EVERYBODY, "CHG-3", N_("Follows its order")),
        # Money that came or went meanwhile (PAY-3): the paper says otherwise until it is printed again.
        Verb("settle", ("printed", "picked", "loaded"), (), EVERYBODY, "PAY-3", N_("Asks for other money")),
        Verb("fall_away", ("made",), ("void",), EVERYBODY, "CHG-3", N_("Falls away")),
        Verb("advise", ("loaded",), (), CARE, "SLP-8", N_("Send advice"), "a"),
        Verb("follow_up", ("loaded", "delivered", "refused"), (), CARE, "SLP-8", N_("Arrival asked for"), "t"),
        Verb("receipt", ("delivered", "refused"), (), BACK | {Role.FINANCE}, "SLP-8", N_("Receipt is back"), "y"),
    ),
)

ROUTE_FLOW = Flow(
    kind="route",
    title=N_("route sheet"),
    prefix="RS",
    start="made",
    states={"made": N_("being loaded"), "departed": N_("on the road"), "back": N_("back"), "void": N_("void")},
    verbs=(
        Verb("load", ("made",), (), ROAD, "SLP-4", N_("Load"), "l"),
        Verb("unload", ("made",), (), ROAD, "SLP-4", N_("Take off"), "u"),
        Verb("depart", ("made",), ("departed",), ROAD, "SLP-5", N_("Depart"), "d"),
        # A sheet of its own for what leaves before its slip is on paper (SLP-5).
        Verb("release_first", ("made",), ("departed",), OVER, "SLP-5", N_("Release first")),
        Verb("hand_in", ("departed",), ("back",), CASH, "PAY-6", N_("Hand in"), "h"),
        Verb("void", ("made",), ("void",), ROAD, "SLP-4", N_("Void"), "v"),
    ),
)

TROUBLE_FLOW = Flow(
    kind="exception",
    title=N_("trouble on the road"),
    prefix="EX",
    start="noted",
    states={
        "noted": N_("customer not told"),
        "told": N_("customer told"),
        "claimed": N_("claimed"),
        "settled": N_("settled"),
        "closed": NP_("trouble", "closed"),
    },
    verbs=(
        Verb("tell", ("noted",), ("told",), CARE, "DLV-8", N_("Customer told"), "t"),
        # A claim need not wait for the customer, who is told all the same.
        Verb("tell_afterwards", ("claimed", "settled"), (), CARE, "DLV-8", N_("Customer told")),
        Verb("claim", ("noted", "told"), ("claimed",), ROAD | {Role.FINANCE}, "DLV-8", N_("Claim"), "c"),
        Verb("settle", ("claimed",), ("settled",), ROAD | {Role.FINANCE}, "DLV-8", N_("Settled"), "s"),
        Verb("close", ("told",), ("closed",), CARE, "DLV-8", NP_("trouble", "Close"), "x"),
    ),
)
