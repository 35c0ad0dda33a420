"""A screen that has one call in hand: rung, kept, parked, resumed, ended with an outcome (CAL-1, CAL-5, CAL-6)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import cached_property, partial
from typing import ClassVar

from textual import getters, on
from textual.binding import BindingType

from ordersdesk.foundation.machine import log
from ordersdesk.foundation.machine.reasons import reason
from ordersdesk.foundation.texts.language import _
from ordersdesk.orders.changes.regret_actions import seconds_left
from screens.customer.newcomer import Newcomer
from screens.ground.keys import bindings
from screens.ground.layers import Shown
from screens.intake.call.caller import CallerPanel, Front
from screens.intake.call.journal import Journal
from screens.intake.call.outcome import Outcome
from screens.intake.call.taking import Confirmed, Ringing, Taking
from screens.intake.call.work import Work
from screens.seat.desk import OrderDesk
from screens.shell.screen import DeskScreen
from screens.widgets.keybar import Hint, KeyBar


class CallScreen(DeskScreen):
    """`show_work`, `meet` and `is_done` are the intake's; the caller and the life of the call are here."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings("leave")]
    app = getters.app(OrderDesk)

    def __init__(self) -> None:
        super().__init__()
        self.work = Work()
        self.front: Front | None = None
        self._confirmed: Confirmed | None = None

    @cached_property
    def taking(self) -> Taking:
        """What this screen asks of the rooms, for whoever is signed in."""
        desk = self.app.desk
        return Taking(desk, Journal(self.app.home, desk.user.login))

    @property
    def is_done(self) -> bool:
        """Tell whether the call has become an order already."""
        raise NotImplementedError

    def show_work(self, work: Work) -> None:
        """Show an intake as it was left."""
        raise NotImplementedError

    def meet(self, found: Front) -> None:
        """Fill in what is known of the customer on the line."""
        raise NotImplementedError

    def top_title(self) -> str:
        """An order that is entered again is named."""
        number = self.work.corrects
        return _("Correcting {number}").format(number=number) if number else super().top_title()

    # --- sixty-second regret (JOY-11)

    def on_mount(self) -> None:
        """Count down the seconds in which an order just made can be pulled back."""
        self.set_interval(1.0, lambda: self.is_done and self.query_one(KeyBar).refresh())

    def verb_hints(self) -> Sequence[Hint]:
        """Pull the order back that was just made, as long as that is possible."""
        left = seconds_left(self.taking.desk, self._confirmed.at) if self._confirmed else 0
        label = _("Pull back ({seconds} s)").format(seconds=left)
        return [Hint("u", label, rank=1, do=self._pull_back)] if left else ()

    def _pull_back(self) -> None:
        """Pull it back: it stands here again as it was typed, under its number."""
        if self._confirmed:
            number = self._confirmed.made.number
            work = partial(self.taking.pull_back, number)
            self.app.run_errand(self, work, what=_("the order"), then=self._pulled_back)

    def _pulled_back(self, work: Work) -> None:
        self.show_work(work)
        self.say(_("{number} is pulled back: correct it, F9 enters it again.").format(number=work.corrects), "good")

    @property
    def open_call(self) -> str:
        """Return the key of the call being worked on; empty when nothing would be lost."""
        return "" if self.work.is_empty or self.is_done else self.work.key

    async def pop(
        self, presented: str, *, rang_at: datetime | None = None, answered_at: datetime | None = None
    ) -> None:
        """A call came in: what stands here is parked, and the caller's card opens (CAL-3)."""
        work = Work(presented=presented, rang_at=rang_at, answered_at=answered_at)
        self._put_aside(partial(self._start, work))

    def taken_by_key(self) -> None:
        """A call that opened by itself is taken with the first key (CAL-1)."""
        if self.work.rang_at is not None and self.work.answered_at is None:
            self.work.answered_at = self.app.clock.now()

    async def resume(self, key: str) -> None:
        """Take up a parked call, or what a killed desk left, as it was (CAL-5)."""
        if key != self.open_call:
            self._put_aside(partial(self._take_up, key))

    async def correct(self, number: str) -> None:
        """Take up a rejected or pulled-back order, to be entered again (ORD-4)."""
        self._put_aside(partial(self._take_up_order, number))

    def _take_up_order(self, number: str) -> None:
        self.app.run_errand(
            self, lambda: self.taking.correcting(number), what=_("the order"), then=self.show_work
        )  # fmt: skip

    def keep(self) -> None:
        """Keep what is typed: a killed desk loses at most the last key (CAL-5)."""
        if self.is_done:
            return
        try:
            self.taking.journal.keep(self.work)
        except OSError as error:
            self._not_kept(error)
        else:
            self.app.is_kept = True

    def _not_kept(self, error: OSError) -> None:
        """Say once that the disk takes nothing; the call goes on."""
        if self.app.is_kept:
            self.app.is_kept = False
            log.warn("journal not kept", code=error.errno or 0)
            told = _("What you type is not kept on the disk ({reason}): go on, and confirm or park soon.")
            self.say(told.format(reason=reason(error)), "warn")

    def action_park(self) -> None:
        """F8: put the call aside with everything typed."""
        if self.open_call:
            self._put_aside(partial(self.next_call, _("The call is parked; home shows it.")))
        else:
            self.say(_("There is nothing to park."))

    async def action_leave(self) -> None:
        """F3: leave; a call with something in it needs an outcome first (CAL-6)."""
        if self.open_call:
            self.query_one(Outcome).ask()
        else:
            await self.app.action_leave()

    def next_call(self, message: str) -> None:
        """Begin with an empty intake; keys kept aside were meant for the call before."""
        self.app.forget_kept()
        self.show_work(Work())
        self.say(message, "good")

    def _put_aside(self, then: Callable[[], object]) -> None:
        if not self.open_call:
            then()
            return
        work = self.work

        def parked(_nothing: None) -> None:
            self.forget(work)
            then()

        self.app.run_errand(self, lambda: self.taking.park(work), what=_("parking"), then=parked, goes_on=True)

    def forget(self, work: Work) -> None:
        """The call is parked, an order or ended: nothing typed in it is kept here any more.

        Done in the screen's turn, after the last change of a field: what a thread forgets a late key would bring back.
        """
        self.taking.journal.forget(work.key)

    def _take_up(self, key: str) -> None:
        work = partial(self.taking.resume, key)
        self.app.run_errand(self, work, what=_("the parked call"), then=self.show_work, goes_on=True)

    def _start(self, work: Work) -> None:
        presented = work.presented
        self.show_work(work)
        if presented:
            self.app.run_errand(
                self, lambda: self.taking.ringing(work), what=_("the caller"), then=self._rings
            )  # fmt: skip

    def _rings(self, ringing: Ringing) -> None:
        """A dropped call goes on; one holder is taken; of a shared or unknown number the search shows what there is."""
        if ringing.parked:
            self._take_up(ringing.parked)
        elif len(ringing.customers) == 1:
            self.take_customer(ringing.customers[0])
        else:
            self.query_one(CallerPanel).finder.input.value = self.work.presented
            self.keep()

    @on(CallerPanel.Known)
    def _known(self, event: CallerPanel.Known) -> None:
        self.take_customer(event.number)

    def take_customer(self, number: str) -> None:
        """This customer is on the line."""
        self.work.change_customer(number)
        self.app.run_errand(self, lambda: self.taking.front(self.work), what=_("the customer"), then=self._met)

    def _met(self, found: Front | None) -> None:
        if found:
            self.front = found
            self.show_card()
            self.meet(found)

    def show_card(self) -> None:
        """Show the card of the customer on the line, if one is known."""
        if self.front:
            self.query_one(CallerPanel).show(self.front, greeting=self.taking.greeting(self.front))

    @on(CallerPanel.Newcomer)
    def _nobody(self, event: CallerPanel.Newcomer) -> None:
        """Nobody is found: the new customer is made right here (CUS-4)."""
        self.show_newcomer()
        self.query_one(Newcomer).begin(event.text, phone=self.work.presented)

    def show_newcomer(self) -> None:
        """Show the form of a new customer over the lines."""
        self.layer_stack.opened(Shown(self, "-newcomer", self.query_one(CallerPanel).finder.input.focus))
        self.add_class("-newcomer")

    @on(Newcomer.Created)
    @on(Newcomer.Chosen)
    def _made_known(self, event: Newcomer.Created | Newcomer.Chosen) -> None:
        self.remove_class("-newcomer")
        self.take_customer(event.number)

    @on(Outcome.Given)
    def _ended(self, event: Outcome.Given) -> None:
        work, given = self.work, (event.outcome, event.reason, event.note)

        def ended(_nothing: None) -> None:
            self.forget(work)
            self.next_call(_("The call is ended."))

        self.app.run_errand(self, lambda: self.taking.end(work, *given), what=_("the call"), then=ended, goes_on=True)
