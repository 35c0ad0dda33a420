"""A walk through every screen of the desk: a world with something in every state, and the way to each screen."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

from textual.pilot import Pilot

from ordersdesk.delivery.handover.failed_actions import note_trouble
from ordersdesk.delivery.pads.actions import issue
from ordersdesk.delivery.papers.actions import On, print_slips
from ordersdesk.delivery.picking.actions import pick_all
from ordersdesk.delivery.routes.actions import Trip, make
from ordersdesk.delivery.routes.confirming_actions import confirm_all
from ordersdesk.delivery.routes.departing_actions import depart
from ordersdesk.delivery.slips.allocating_actions import Order, allocate
from ordersdesk.delivery.slips.print_rules import Wanted
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.policy.roles import MACHINES, Role
from screens.item.screen import ItemScreen
from screens.seat.desk import OrderDesk
from screens.slip.list_screen import SlipsScreen
from tests.builders import a_customer, a_draft, agreed, an_item, as_role, request_cancel
from tests.screens.acting import settled, type_keys, wait_until
from tests.screens.seated import a_user, desk_of, seated

LONG_AGO = timedelta(minutes=1)  # what was confirmed then is pulled back no more (JOY-11)


@dataclass(frozen=True)
class World:
    """The numbers of what there is."""

    customer: int
    review: str
    confirmed: str
    sent: str
    asked: str
    made: str
    printed: str
    picked: str
    loaded: str
    loading: str
    road: str
    trouble: str


def world(desk: Desk, home: Path) -> World:
    """Orders, slips and sheets in every state that a screen shows; all by others than who walks."""
    lin, office = as_role(desk, "agent", login="lin"), as_role(desk, "order_group", login="mei")
    dispatcher, store = as_role(desk, "dispatcher", login="he"), as_role(desk, "warehouse", login="ma")
    an_item(desk, stock=900_000, name="Paper [/] 80g", spec="500张/包")
    an_item(desk, "A4-70", price="987654.00", stock=40, name="Paper [/] 80g", spec="70g")
    customer = a_customer(desk, terms="account", credit_limit=Decimal(9_000_000), name="明远办公用品有限公司浦东分公司")
    a_customer(desk, "C100002", name="新客户", terms="cash")
    review = [agreed(lin, a_draft(("A4-80", 60_000 + place), payment="account")).number for place in range(3)]
    for place in range(7):
        a_customer(desk, f"C{200_000 + place}", name=f"客户 [/] {place}", route="R1")
    orders = [agreed(lin, a_draft(("A4-80", 5), customer=f"C{200_000 + place}")).number for place in range(7)]
    request_cancel(lin, number=orders[0], reason="bought twice")
    made = [one.slip for one in allocate(office, Order(numbers=tuple(orders[1:6]))).made]
    print_slips(office, Wanted(numbers=tuple(made[1:])), On(to=home / "slips.txt", form="text"))
    pick_all(store, made[2:])
    loading = make(dispatcher, Trip("R1", driver="Gao"), slips=[made[3]]).number
    confirm_all(dispatcher, made)
    ready = make(dispatcher, Trip("R1", driver="Wu", vehicle="A·1"), slips=[made[4]]).number
    road = depart(dispatcher, ready, other_day="the van is free").number
    trouble = note_trouble(dispatcher, made[4], kind="damaged", cause="rain [/]").number
    desk.clock.advance(LONG_AGO)  # type: ignore[attr-defined]
    a_user(desk, "lin")
    issue(office, login="lin")
    return World(
        customer=customer, review=review[0], confirmed=orders[6], sent=orders[1], asked=orders[0], made=made[0],
        printed=made[1], picked=made[2], loaded=made[3], loading=loading, road=road, trouble=trouble,
    )  # fmt: skip


Go = Callable[[Pilot[int], World], Awaitable[object]]


@dataclass(frozen=True)
class Stop:
    """A screen, by the class it should be, and the way there from home."""

    screen: str
    go: Go
    name: str = ""


def area(name: str, keys: str = "") -> Go:
    """Go to an area, and on by keys."""

    async def go(pilot: Pilot[int], _world: World) -> None:
        await desk_of(pilot).go_to(name)
        await type_keys(pilot, keys)

    return go


def shown(show: Callable[[OrderDesk, World], object], keys: str = "") -> Go:
    """Open one document, and on by keys."""

    async def go(pilot: Pilot[int], world: World) -> None:
        opened = show(desk_of(pilot), world)
        if isinstance(opened, Awaitable):
            await opened
        await settled(pilot)
        await type_keys(pilot, keys)

    return go


def order(keys: str = "") -> Go:
    """Open the confirmed order."""
    return shown(lambda app, world: app.show_order(world.confirmed), keys)


def slip(which: str, keys: str = "") -> Go:
    """Open a slip by its state."""
    return shown(lambda app, world: app.show_slip(getattr(world, which)), keys)


def sheet(which: str, keys: str = "") -> Go:
    """Open a route sheet by its state."""
    return shown(lambda app, world: app.show_sheet(getattr(world, which)), keys)


STOPS = (
    Stop("HomeScreen", area("home")),
    Stop("IntakeScreen", area("intake", "C100002<Enter>A4-80<Enter>3<Enter>"), "with a line"),
    Stop("IntakeScreen", area("intake", "A4<Enter>"), "with a newcomer"),
    Stop("StockScreen", area("stock", "A4")),
    Stop("ItemScreen", shown(lambda app, world: app.push_screen(ItemScreen("A4-80")))),
    Stop("BookScreen", area("book")),
    Stop("CustomerScreen", area("customer", "C1")),
    Stop("MakingScreen", area("customer", "zzz<Enter>")),
    Stop("CardScreen", shown(lambda app, world: app.show_customer(world.customer))),
    Stop("ChangingScreen", shown(lambda app, world: app.show_customer(world.customer), "e")),
    Stop("PickingScreen", shown(lambda app, world: app.show_customer(world.customer), "t"), "of a contact"),
    Stop("OrderScreen", order()),
    Stop("OrderScreen", shown(lambda app, world: app.show_order(world.review)), "in review"),
    Stop("ChangeScreen", order("h")),
    Stop("RequestScreen", shown(lambda app, world: app.show_order(world.asked), "hv")),
    Stop("SheetScreen", order("p")),
    Stop("SlipsScreen", shown(lambda app, world: app.push_screen(SlipsScreen(world.sent)))),
    Stop("ApprovalsScreen", area("approvals")),
    Stop("DecidingScreen", area("approvals", "<Enter>")),
    Stop("DispatchScreen", area("dispatch")),
    Stop("AllocatingScreen", area("dispatch", "a")),
    Stop("DealingScreen", area("dispatch", "i")),
    Stop("RoutesScreen", area("dispatch", "b")),
    Stop("RouteScreen", sheet("loading"), "being loaded"),
    Stop("RouteScreen", sheet("road"), "on the road"),
    Stop("RefusingScreen", sheet("road", "f")),
    Stop("SlipScreen", slip("made"), "made"),
    Stop("SlipScreen", slip("printed"), "printed"),
    Stop("PickingScreen", slip("printed", "i"), "of a slip"),
    Stop("SlipScreen", slip("picked"), "picked"),
    Stop("PreviewScreen", slip("made", "w")),
    Stop("PadsScreen", area("pads")),
    Stop("EnteringScreen", area("pads", "e")),
    Stop("UsersScreen", area("users")),
    Stop("DocumentsScreen", area("home", "t")),
    Stop("DocumentScreen", shown(lambda app, world: app.show_document("exception", world.trouble))),
    Stop("AllKeysScreen", area("home", "<F1><F1>")),
)

ELSEWHERE = {
    "DoorScreen": "nobody walks about before the door: test_door and test_signed_out look at it",
}


@asynccontextmanager
async def walking(
    desk: Desk, home: Path, *, size: tuple[int, int] = (80, 24)
) -> AsyncIterator[tuple[Pilot[int], World]]:
    """Liu, who may do everything, at home in that world."""
    furnished = world(desk, home)
    async with seated(desk, home, *(set(Role) - MACHINES), login="liu", size=size) as pilot:
        yield pilot, furnished


async def visit(pilot: Pilot[int], world: World, stop: Stop) -> None:
    """Go there by way of home, with nothing left open from before."""
    app = desk_of(pilot)
    app.forget_kept()
    while len(app.screen_stack) > 1:
        await app.pop_screen()
    await app.go_to("home")
    await settled(pilot)
    await stop.go(pilot, world)
    await settled(pilot)
    await wait_until(pilot, lambda: type(app.screen).__name__ == stop.screen)
