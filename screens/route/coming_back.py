"""A sheet on the road or back from it: one key says that a stop went well, F9 writes what was said (SLP-6, PAY-6).

What is said is kept until it is confirmed, also when the screen is left: Esc takes the last word back.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from ordersdesk.delivery.handover.cash_actions import HandedIn, hand_in
from ordersdesk.delivery.model.flow import BACK, CASH
from ordersdesk.delivery.model.views import SlipHead
from ordersdesk.foundation.texts.language import N_, _, in_turn, labelled, ngettext
from ordersdesk.foundation.texts.money import formatted, parsed
from screens.forms.form_field import FormField, Kind
from screens.route.stops import StopsScreen
from screens.slip.acts import Answers
from screens.slip.outcomes import (
    Outcome,
    Written,
    as_failed,
    as_handed,
    door,
    failing_fields,
    handing_fields,
    write_all,
)
from screens.slip.refusing_screen import RefusingScreen
from screens.widgets.keybar import Hint


class ComingBack:
    """What is said of each stop, and the cash in the end."""

    def __init__(self, screen: StopsScreen) -> None:
        self._screen = screen
        self._desk = screen.app.desk
        self._left = [slip for slip in screen.sheet.open if slip.number not in screen.said]

    def hints(self) -> list[Hint]:
        """The words one can say of a stop; when all is said, the cash."""
        hints: list[Hint] = []
        at = self._screen.at
        roles = self._desk.user.roles
        if at is not None and self._is_open(at):
            hints += [
                Hint("d", _("Delivered"), rank=0, do=self.deliver),
                Hint("f", _("Partly refused"), rank=1, do=partial(self._refuse, at)),
                Hint("x", _("Failed"), rank=1, do=partial(self._fail, at)),
                Hint("c", _("Other cash or signer"), rank=2, do=partial(self._differ, at)),
            ]
        if self._left and roles & BACK:
            hints.append(Hint("a", _("All the rest well"), rank=1, do=self._rest))
        if not self._screen.sheet.open and roles & CASH:
            hints.append(Hint("h", _("Hand in the cash"), rank=0, do=self._ask_cash))
        return hints

    def _is_open(self, at: SlipHead) -> bool:
        return at.state == "loaded" and bool(self._desk.user.roles & BACK)

    def deliver(self) -> None:
        """Keep that the stop under the cursor was delivered as expected."""
        at = self._screen.at
        if at is not None and self._is_open(at):
            self.keep(Outcome(at.number))
        else:
            self._screen.say(_("There is nothing to say of it any more.") if at else "")

    def _rest(self) -> None:
        for slip in self._left:
            self._screen.said[slip.number] = Outcome(slip.number)
        self._drawn(_("F9 confirms; Esc takes back one after the other."))

    async def _refuse(self, at: SlipHead) -> None:
        await self._screen.app.push_screen(RefusingScreen(at.number, self.keep))

    async def _fail(self, at: SlipHead) -> None:
        await self._ask(at, failing_fields(self._desk), partial(as_failed, self._desk, at))

    async def _differ(self, at: SlipHead) -> None:
        await self._ask(at, handing_fields(at, door(self._desk, at)), partial(as_handed, at))

    async def _ask(self, at: SlipHead, fields: Sequence[FormField], said: Callable[[Answers], Outcome]) -> None:
        title = f"{at.number} · {at.customer_name}"
        await self._screen.question.ask(
            fields, lambda answers: self.keep(said(answers)), title=lambda: title, about=at.number
        )

    def keep(self, outcome: Outcome) -> None:
        """Keep what was said, and go on to the next open stop."""
        screen = self._screen
        screen.said.pop(outcome.slip, None)
        screen.said[outcome.slip] = outcome
        screen.call_later(screen.close_question)
        left = [slip for slip in screen.sheet.open if slip.number not in screen.said]
        self._drawn("" if left else _("All stops are told: F9 confirms."))

    def _drawn(self, told: str) -> None:
        self._screen.show(self._screen.sheet)
        self._screen.go_to_open()
        self._screen.lines.focus()
        self._screen.say(told, "good")

    async def scanned(self, number: str) -> bool:
        """Jump to a slip of this sheet; any other opens."""
        return self._screen.go_to(number)

    # --- confirming

    async def confirm(self) -> None:
        """Write what was said; when nothing is open any more, ask for the cash."""
        said = list(self._screen.said.values())
        if said:
            work = partial(write_all, self._desk, said)
            self._screen.app.run_errand(self._screen, work, what=_("what became of the slips"), then=self._written)
        elif self._left:
            self._screen.say(_("Nothing is said yet: Enter says that a stop was delivered as expected."))
        else:
            await self._ask_cash()

    async def _written(self, written: Written) -> None:
        screen = self._screen
        for number in written.slips:
            screen.said.pop(number, None)
        count = len(written.slips)
        told = ngettext("{count} slip is written.", "{count} slips are written.", count).format(count=count)
        if written.refused:
            screen.read_again(in_turn([told, labelled(written.stopped_at, written.refused)]), "refused")
            screen.go_to(written.stopped_at)
            screen.app.set_aside()
            return
        screen.read_again(told, then=self._ask_when_all_are_told)

    async def _ask_when_all_are_told(self) -> None:
        if not self._screen.sheet.open and self._desk.user.roles & CASH:
            await self._ask_cash()

    async def _ask_cash(self) -> None:
        screen = self._screen
        expected = screen.sheet.collected
        fields = [
            FormField(
                "cash", N_("Counted"), required=True, kind=Kind.NUMBER, default=f"{expected}", check=_amount,
                rule="PAY-6", help=N_("What the driver hands in; what was collected stands there."),
            ),
            FormField("why", N_("Why other?"), rule="PAY-6", help=N_("Needed when it is not what was collected.")),
        ]  # fmt: skip
        title = _("Cash of {number}: {amount} was collected.").format(number=screen.number, amount=formatted(expected))
        await screen.question.ask(fields, self._hand_in, title=lambda: title)

    def _hand_in(self, answers: Mapping[str, str]) -> None:
        amount = parsed(answers["cash"], field="cash")
        self._screen.run(partial(hand_in, self._desk, self._screen.number, amount, answers["why"]), _told)


def _amount(text: str) -> str:
    parsed(text, field="cash")
    return ""


def _told(handed: HandedIn) -> str:
    told = _("{number} is back: {amount} handed in.").format(number=handed.number, amount=formatted(handed.handed_in))
    differs = _("{difference} more or less than collected; finance is told.")
    return in_turn((told, differs.format(difference=f"{handed.difference:+,.2f}") if handed.difference else ""))
