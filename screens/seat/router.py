"""Going about the desk: to an order, a customer, the intake; and what happens when the telephone rings."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from textual.screen import Screen

from ordersdesk.foundation.texts.language import _
from ordersdesk.foundation.texts.refusals import Refused
from screens.ground.areas import BOOK, INTAKE
from screens.ground.scanner import SHEET, Scanner
from screens.ground.search_thread import Answered
from screens.ground.typed_ahead import Typed
from screens.seat.telephone import Telephone
from screens.shell.app import DeskApp
from screens.shell.screen import DeskScreen

if TYPE_CHECKING:
    from ordersdesk.orders.book.queries import Filter
    from screens.seat.session import Seat

T = TypeVar("T")


class GoingApp(DeskApp):
    """What screens call to go on; `seat` is whoever sits at the desk."""

    def __init__(self, door: Callable[[], Screen[Any]], *, home: Path, **options: Any) -> None:
        super().__init__(door, home=home, **options)
        self.seat: Seat | None = None
        self.telephone = Telephone(home, self.ring)
        self._scanner = Scanner()
        self.said_of: dict[tuple[str, str], dict[str, Any]] = {}
        """What somebody said of the slips of a route sheet and did not confirm yet."""
        self.paper: dict[str, str] = {}
        """On which paper slips are printed and where to, once somebody said so."""

    @property
    def intake(self) -> Any:
        """The intake as it was left, when there is one."""
        screens: list[Any] = self.screens_of(INTAKE)
        return screens[0] if screens else None

    @property
    def has_call(self) -> bool:
        """Tell whether a call is in hand."""
        return self.intake is not None and bool(self.intake.open_call)

    # --- calls

    def ring(self, number: str) -> None:
        """A call rings: the intake opens with it, unless somebody is at work; then F2 answers it."""
        self.telephone.add(number, self.clock.now())
        if len(self.telephone.ringing) == 1 and self._is_free():
            self.call_later(self.answer, number, by_key=False)
        elif self.seat:
            self.say(self.telephone.sentence(self.seat.phone), "warn")
            self.search.ask(self, "ring", number, lambda: self._named(number))

    async def answer(self, number: str | None = None, *, by_key: bool = True) -> None:
        """Answer what rings: the intake parks what it has in hand and opens with the number.

        A free desk shows it by itself: the call is taken with the first key (CAL-1).
        """
        taken = self.telephone.take(number)
        if taken is not None:
            self.say("")
            await self.take_call(taken.number, rang_at=taken.at, answered_at=self.clock.now() if by_key else None)

    async def take_call(
        self, number: str, *, rang_at: datetime | None = None, answered_at: datetime | None = None
    ) -> None:
        """Open the intake with a number."""
        await self.go_to(INTAKE)
        if intake := self.intake:
            await intake.pop(number, rang_at=rang_at, answered_at=answered_at)

    async def take_order_for(self, number: str) -> None:
        """Open the intake for a known customer; what it has in hand is parked first."""
        await self.go_to(INTAKE)
        if intake := self.intake:
            await intake.pop("")
            self.run_errand(intake, lambda: number, what=_("the customer"), then=intake.take_customer)

    async def resume_call(self, key: str) -> None:
        """Go on with an unfinished call (CAL-5)."""
        await self.go_to(INTAKE)
        if intake := self.intake:
            await intake.resume(key)

    def on_answered(self, event: Answered) -> None:
        """The look-up knows who rings."""
        for call in self.telephone.ringing:
            if call.number == event.question.text:
                call.name = event.answer

    def _named(self, number: str) -> str:
        return self.seat.caller(number) if self.seat else ""

    def _is_free(self) -> bool:
        typing = getattr(self.focused, "value", "")
        return self.has_area(INTAKE) and not (self.is_at_door or self.has_call or typing)

    async def correct_order(self, number: str) -> None:
        """Open a rejected or pulled-back order in the intake, to be entered again (ORD-4)."""
        await self.go_to(INTAKE)
        if intake := self.intake:
            await intake.correct(number)

    # --- a bar code scanned anywhere

    async def _send(self, event: Typed) -> None:
        if self.area == INTAKE and self.intake:
            self.intake.taken_by_key()
        if self.is_at_door or not self._scanner.keeps(event, self.screen):
            await super()._send(event)
        elif self._scanner.number:
            await self._scanned(self._scanner.number)

    async def _scanned(self, number: str) -> None:
        screen: Any = self.screen
        self.say("")
        if not (isinstance(screen, DeskScreen) and await screen.scanned(number)):
            self.open_scanned(number)

    def open_scanned(self, number: str) -> None:
        """Open a slip or a route sheet by its number; of an unknown one only say so."""
        if number.startswith(SHEET):
            self.show_sheet(number)
        else:
            self.show_slip(number)

    def show_slip(self, number: str) -> None:
        """Open one slip over what is on screen, once it is read."""
        self._show_read(number, partial(self.rooms.read_slip, self.seat, number), self.rooms.slip_screen)

    def show_sheet(self, number: str) -> None:
        """Open one route sheet over what is on screen, once it is read."""
        self._show_read(number, partial(self.rooms.read_sheet, self.seat, number), self.rooms.sheet_screen)

    def _show_read(self, number: str, read: Callable[[], T], made: Callable[[T], Screen[Any]]) -> None:
        self.run_errand(
            self.screen, read, what=number, then=lambda found: self.push_screen(made(found)), refused=self._not_there
        )

    def _not_there(self, refused: Refused) -> None:
        self.say(str(refused), "warn")

    # --- going about

    async def show_order(self, number: str) -> None:
        """Open one order over what is on screen."""
        await self.push_screen(self.rooms.order_screen(number))

    async def show_list(self, kind: str) -> None:
        """Open the list of a kind of document over what is on screen."""
        await self.push_screen(self.rooms.list_screen(kind))

    async def show_document(self, kind: str, number: str) -> None:
        """Open one document of a kind over what is on screen."""
        await self.push_screen(self.rooms.document_screen(kind, number))

    async def show_customer(self, customer_id: int) -> None:
        """Open one customer over what is on screen."""
        await self.push_screen(self.rooms.customer_screen(customer_id))

    async def leave_for(self, screen: Screen[Any]) -> None:
        """Close the screen in front and open another."""
        await self.pop_screen()
        await self.push_screen(screen)

    async def leave_saying(self, told: str, tone: str = "good") -> None:
        """Close the screen in front, with a word about what was done."""
        await self.pop_screen()
        self.say(told, tone)

    async def leave_with(self, then: Callable[[], object]) -> None:
        """Close the screen in front and hand what came of it to the one behind; later, in the application's turn."""
        await self.pop_screen()
        then()

    async def show_book(self, wanted: Filter) -> None:
        """Go to the order book with a filter."""
        await self.go_to(BOOK)
        book: Any = self.screens_of(BOOK)[0]
        book.filter_by(wanted)

    async def action_area(self, name: str) -> None:
        """Go to an area; F2 answers when a call rings."""
        if name == INTAKE and self.telephone.ringing:
            await self.answer()
        else:
            await super().action_area(name)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """F2 acts in the intake too while a call rings."""
        if action == "area" and parameters[0] == INTAKE and self.telephone.ringing:
            return self.has_area(INTAKE) and not self.is_at_door
        return super().check_action(action, parameters)
