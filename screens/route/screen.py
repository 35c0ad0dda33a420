"""One route sheet: scan slips onto it, let it depart, and say what became of each when it is back (SLP-4, SLP-6)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import ClassVar

from textual import on
from textual.binding import BindingType

from ordersdesk.foundation.texts.language import N_, _
from screens.ground.keys import bindings
from screens.ground.scanner import SLIP
from screens.route.coming_back import ComingBack
from screens.route.going_out import GoingOut, print_sheet
from screens.route.stops import StopsScreen
from screens.widgets.keybar import Hint
from screens.widgets.lines import Lines


class RouteScreen(StopsScreen):
    """The stops in their order; the keys are those of a sheet being loaded, or on the road."""

    ABOUT = N_(
        "While it is loaded: scan a slip and it is on the sheet; D lets it depart. On the road: Enter says that a stop"
        " was delivered as expected, F what came back, X that nothing was handed over, A that all the rest is well."
        " Esc takes the last word back; F9 confirms, then the cash is handed in."
    )
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("confirm")]

    @property
    def mode(self) -> GoingOut | ComingBack | None:
        """What can be done with it now."""
        makers: dict[str, Callable[[StopsScreen], GoingOut | ComingBack]] = {"made": GoingOut, "departed": ComingBack}
        make = makers.get(self.sheet.head.state)
        return make(self) if make else None

    def verb_hints(self) -> Sequence[Hint]:
        """What can be done now; a slip's own page last."""
        if self.is_asking:
            return ()
        hints = self.mode.hints() if self.mode else []
        if self.sheet.slips:
            paper = partial(print_sheet, self.app.desk, self.number)
            hints.append(Hint("p", _("Print"), rank=3, do=partial(self.put_on_paper, paper)))
        if at := self.at:
            hints.append(Hint("o", _("Slip"), rank=4, do=partial(self.app.show_slip, at.number)))
        return hints

    def key_labels(self) -> Mapping[str, str]:
        """On the road Enter says that a stop went well, F9 writes it, and then asks for the cash."""
        if not isinstance(self.mode, ComingBack):
            return {"choose": N_("Slip")}
        goes_on = self.at is not None and self.at.number in self.said
        writes = bool(self.said) or bool(self.sheet.open)
        return {
            "choose": N_("Next stop") if goes_on else N_("Delivered"),
            "confirm": N_("Write it") if writes else N_("Hand in the cash"),
        }

    @on(Lines.Chosen, "#stops")
    async def _chosen(self, _event: Lines.Chosen) -> None:
        """Enter: on the road the stop is delivered as expected, unless more was said of it; else its slip opens."""
        if isinstance(self.mode, ComingBack) and self.at and self.at.number in self.said:
            self.go_to_open()
        elif isinstance(self.mode, ComingBack):
            self.mode.deliver()
        elif self.at:
            self.app.show_slip(self.at.number)

    async def scanned(self, number: str) -> bool:
        """A slip that is scanned is loaded, or found on a sheet that is back."""
        if not number.startswith(SLIP) or self.mode is None:
            return False
        return await self.mode.scanned(number)

    async def action_confirm(self) -> None:
        """F9: write what was said."""
        if isinstance(self.mode, ComingBack):
            await self.mode.confirm()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """F9 acts on the road only; while something is asked it is the question's."""
        if action == "confirm":
            return isinstance(self.mode, ComingBack) and not self.is_asking
        return super().check_action(action, parameters)

    @property
    def has_step_back(self) -> bool:
        """Esc puts a question away, then takes back what was said last."""
        return super().has_step_back or bool(self.said)

    def step_back(self) -> bool:
        """Put away or take back what came last; nothing written is undone."""
        if super().step_back():
            return True
        if not self.said:
            return False
        number, _outcome = self.said.popitem()
        self.show(self.sheet)
        self.go_to(number)
        self.say(_("{number} is open again.").format(number=number))
        return True
