"""One customer: the card, and the keys to change it, to order for it, to see its orders."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from textual import getters
from textual.app import ComposeResult

from ordersdesk.customers.finding.card_queries import Card
from ordersdesk.customers.records.merge_actions import MERGERS
from ordersdesk.foundation.policy.roles import DESK_ROLES, Role
from ordersdesk.foundation.texts.language import N_, _
from ordersdesk.orders.book.answer_queries import still_to_come
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
        self.query_one(Sheet).show(partial(page, known, self.app.desk), keep=self._known is not None)
        self._known = known
        self.query_one(TopLine).refresh()
        self.refresh_bindings()

    def verb_hints(self) -> Sequence[Hint]:
        """What this user may do now."""
        return list(self._hints(self._known)) if self._known else ()

    def _hints(self, known: Known) -> Iterator[Hint]:
        desk, one = self.app.desk, known.card
        roles, takes_orders = desk.user.roles, bool(desk.user.roles & DESK_ROLES)
        if takes_orders:
            yield Hint("n", _("New order"), do=partial(self.app.take_order_for, one.number))
        yield Hint("o", _("Orders"), do=partial(self.app.show_book, Filter(customer=one.number)))
        if known.owed:
            told = still_to_come(known.owed, desk.today())
            yield Hint("w", _("Still to come"), do=partial(self.say, told, "good"))
        if takes_orders or Role.FINANCE in roles:
            yield Hint("e", _("Edit"), do=lambda: self._change(changes.particulars(desk, one)))
        if takes_orders:
            yield Hint("t", _("Contact"), rank=3, do=partial(self._contact, one))
            yield Hint("d", _("Address"), rank=3, do=partial(self._address, one))
        if credit := credit_change(desk, known.credit):
            yield Hint("c", _("Credit"), rank=5, do=partial(self._change, credit))
        if Role.MANAGER in roles if one.blocked else roles & BLOCKERS:
            label = _("Lift the block") if one.blocked else _("Block")
            yield Hint("b", label, rank=4, do=lambda: self._change(changes.block(desk, one)))
        if roles & {*MERGERS}:
            yield Hint("m", _("Merge"), rank=4, do=lambda: self._change(changes.merging(desk, one)))

    async def _change(self, change: Change) -> None:
        await self.app.push_screen(ChangingScreen(change))

    async def _contact(self, one: Card) -> None:
        desk = self.app.desk
        known = [(contact.name, changes.contact(desk, one, contact)) for contact in one.contacts]
        await self._pick(N_("Contact"), [*known, (_("a new contact"), changes.contact(desk, one))])

    async def _address(self, one: Card) -> None:
        desk = self.app.desk
        known = [(place.text, changes.address(desk, one, place)) for place in one.addresses]
        await self._pick(N_("Address"), [*known, (_("a new address"), changes.address(desk, one))])

    async def _pick(self, title: str, options: Sequence[tuple[str, Change]]) -> None:
        assert self._known is not None
        if len(options) == 1:
            await self._change(options[0][1])
        else:
            await self.app.push_screen(PickingScreen(title, self._known.card.name, options))
