"""One customer: the card, and the keys to change it, to order for it, to see its orders."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from textual import getters
from textual.app import ComposeResult

from ordersdesk.customers.records.merge_actions import MERGERS
from ordersdesk.foundation.policy.roles import DESK_ROLES, Role
from ordersdesk.foundation.texts.language import N_, _
from ordersdesk.orders.book.queries import Filter
from screens.customer import changes
from screens.customer.changing import Change, ChangingScreen
from screens.customer.credit import credit_change
from screens.customer.page import Known, page, read
from screens.customer.picking import PickingScreen
from screens.seat.desk import OrderDesk
from screens.shell.screen import DeskScreen
from screens.widgets.keybar import Hint
from screens.widgets.sheet import Sheet
from screens.widgets.status import TopLine

BLOCKERS = frozenset({Role.LEADER, Role.MANAGER, Role.FINANCE, Role.BRANCH_GM})


class CardScreen(DeskScreen):
    """Everything is shown in full: this customer is being worked on (USR-5)."""

    NAME = N_("Customer")
    ABOUT = N_(
        "N takes an order for this customer, O lists its orders, E edits; "
        "T and D change or add a contact and an address; C asks for credit or reviews it; "
        "B blocks or lifts it, M merges a second record of the same customer into this one."
    )
    app = getters.app(OrderDesk)

    def __init__(self, customer_id: int) -> None:
        super().__init__()
        self._whose = customer_id
        self._known: Known | None = None

    def body(self) -> ComposeResult:
        """The card."""
        yield Sheet()

    def top_title(self) -> str:
        """The customer's number."""
        return f"{_(self.NAME)} {self._known.card.number}" if self._known else _(self.NAME)

    def on_screen_resume(self) -> None:
        """Read it as it is now."""
        self.app.run_errand(self, partial(read, self.app.desk, self._whose), what=_("the customer"), then=self._show)

    def on_language(self) -> None:
        """Read it in the other language."""
        self.on_screen_resume()

    def _show(self, known: Known) -> None:
        self.query_one(Sheet).show(partial(page, known, self.app.desk.policy.phones), keep=self._known is not None)
        self._known = known
        self.query_one(TopLine).refresh()
        self.refresh_bindings()

    def verb_hints(self) -> Sequence[Hint]:
        """What this user may do now."""
        return list(self._hints()) if self._known else ()

    def _hints(self) -> Iterator[Hint]:
        assert self._known is not None
        roles = self.app.desk.user.roles
        if roles & DESK_ROLES:
            yield Hint("n", _("New order"), verb="order")
        yield Hint("o", _("Orders"), verb="orders")
        if roles & DESK_ROLES or Role.FINANCE in roles:
            yield Hint("e", _("Edit"), verb="edit")
        if roles & DESK_ROLES:
            yield Hint("t", _("Contact"), verb="contact", rank=3)
            yield Hint("d", _("Address"), verb="address", rank=3)
        if credit_change(self.app.desk, self._known.credit):
            yield Hint("c", _("Credit"), verb="credit", rank=5)
        blocked = bool(self._known.card.blocked)
        if Role.MANAGER in roles if blocked else roles & BLOCKERS:
            yield Hint("b", _("Lift the block") if blocked else _("Block"), verb="block", rank=4)
        if roles & {*MERGERS}:
            yield Hint("m", _("Merge"), verb="merge", rank=4)

    async def do_verb(self, verb: str) -> None:
        """Do what the key stands for."""
        assert self._known is not None
        desk, one = self.app.desk, self._known.card
        if verb == "order":
            await self.app.take_order_for(one.number)
        elif verb == "orders":
            await self.app.show_book(Filter(customer=one.number))
        elif verb == "edit":
            await self._change(changes.particulars(desk, one))
        elif verb == "contact":
            await self._contact()
        elif verb == "address":
            await self._address()
        elif verb == "credit":
            await self._credit()
        elif verb == "merge":
            await self._change(changes.merging(desk, one))
        else:
            await self._change(changes.block(desk, one))

    async def _change(self, change: Change) -> None:
        await self.app.push_screen(ChangingScreen(change))

    async def _credit(self) -> None:
        assert self._known is not None
        change = credit_change(self.app.desk, self._known.credit)
        if change:
            await self._change(change)

    async def _contact(self) -> None:
        assert self._known is not None
        desk, one = self.app.desk, self._known.card
        known = [(contact.name, changes.contact(desk, one, contact)) for contact in one.contacts]
        await self._pick(N_("Contact"), [*known, (_("a new contact"), changes.contact(desk, one))])

    async def _address(self) -> None:
        assert self._known is not None
        desk, one = self.app.desk, self._known.card
        known = [(place.text, changes.address(desk, one, place)) for place in one.addresses]
        await self._pick(N_("Address"), [*known, (_("a new address"), changes.address(desk, one))])

    async def _pick(self, title: str, options: Sequence[tuple[str, Change]]) -> None:
        assert self._known is not None
        if len(options) == 1:
            await self._change(options[0][1])
        else:
            await self.app.push_screen(PickingScreen(title, self._known.card.name, options))
