"""A sheet being loaded: scan, take off, put earlier or later, and let it depart (SLP-4, SLP-5)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial
from typing import Any

from ordersdesk.delivery.model.flow import ROUTE_FLOW
from ordersdesk.delivery.model.queries import slips
from ordersdesk.delivery.papers.actions import On, Printed
from ordersdesk.delivery.routes.departing_actions import Departed, depart
from ordersdesk.delivery.routes.form import route_of
from ordersdesk.delivery.routes.loading_actions import Loaded, load, reorder, unload, void_sheet
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.texts.language import N_, _, in_turn, ngettext
from ordersdesk.foundation.texts.money import formatted
from ordersdesk.foundation.texts.refusals import Refused
from ordersdesk.printing.output import issue
from ordersdesk.printing.papers import PAPERS
from screens.forms.form_field import FormField
from screens.route.stops import StopsScreen
from screens.widgets.keybar import Hint


class GoingOut:
    """What a dispatcher does with a sheet before it leaves."""

    def __init__(self, screen: StopsScreen) -> None:
        self._screen = screen
        self._desk = screen.app.desk
        self._head = screen.sheet.head

    def hints(self) -> list[Hint]:
        """The verbs of the flow, and moving stops."""
        allowed = {verb.name: verb for verb in ROUTE_FLOW.allowed(self._desk.user.roles, self._head.state)}
        if "load" not in allowed:
            return []
        hints = [Hint("l", _("Load all picked"), rank=2, do=self._load_picked)]
        if at := self._screen.at:
            hints += [
                Hint("u", _("Take off"), rank=2, do=partial(self._take_off, at.number)),
                Hint("e", _("Earlier"), rank=3, do=partial(self._move, at.number, 0)),
                Hint("t", _("Later"), rank=3, do=partial(self._move, at.number, 2)),
                Hint("d", _("Depart"), rank=1, do=self._ask_who_drives),
            ]
        return [*hints, Hint("v", _("Void"), rank=5, do=self._ask_why_void)]

    def _load_picked(self) -> None:
        self._screen.run(partial(_load_picked, self._desk, self._head.number, self._head.route), _told_loaded)

    def _take_off(self, number: str) -> None:
        work = partial(unload, self._desk, self._head.number, [number])
        self._screen.run(work, lambda _done: _("{number} is taken off; it is picked.").format(number=number))

    def _move(self, number: str, by: int) -> None:
        place = max(self._screen.lines.cursor + by, 1)
        work = partial(reorder, self._desk, self._head.number, number, place)
        self._screen.run(work, lambda _done: "", goes_on=True)

    async def _ask_who_drives(self) -> None:
        await self._screen.question.ask(_leaving(self._head, self._desk.today()), self._depart, title=_title)

    async def _ask_why_void(self) -> None:
        why = FormField("why", N_("Why void?"), required=True, rule="SLP-4")
        await self._screen.question.ask([why], self._void)

    async def scanned(self, number: str) -> bool:
        """A picked slip that is scanned is loaded; one that is on the sheet already is found."""
        if self._screen.go_to(number):
            self._screen.say(_("{number} is on this sheet already.").format(number=number))
        else:
            work = partial(load, self._desk, self._head.number, [number])
            self._screen.app.run_errand(
                self._screen,
                work,
                what=_("the route sheet"),
                then=self._scanned,
                refused=self._not_scanned,
                goes_on=True,
            )
        return True

    def _scanned(self, loaded: Loaded) -> None:
        self._screen.read_again(_told_loaded(loaded), "warn" if loaded.warnings else "good")

    def _not_scanned(self, refused: Refused) -> None:
        # What is scanned behind it is another slip: it goes on.
        self._screen.say(str(refused), "refused")

    def _depart(self, answers: Mapping[str, str]) -> None:
        work = partial(depart, self._desk, self._head.number, **answers)
        self._screen.run(work, _told_departed)

    def _void(self, answers: Mapping[str, str]) -> Any:
        work = partial(void_sheet, self._desk, self._head.number, why=answers["why"])
        self._screen.run(work, lambda done: _("{number} is void.").format(number=done.number))


def _title() -> str:
    return _("Who drives, in which van?")


def _leaving(head: Any, today: date) -> Sequence[FormField]:
    who = [
        FormField("driver", N_("Driver"), required=True, rule="SLP-5", default=head.driver),
        FormField("vehicle", N_("Vehicle"), required=True, rule="SLP-5", default=head.vehicle),
    ]
    why = FormField("other_day", N_("Why today?"), required=True, rule="SLP-5", help=N_("It is of another day."))
    return who if head.day == today else [*who, why]


def _load_picked(desk: Desk, number: str, route: str) -> Loaded:
    ready = [one.number for one in slips(desk, state="picked", route=route)]
    if not ready:
        raise Refused(
            "SLP-4",
            _("Nothing that is picked goes with {route}.").format(route=route),
            mend=_("Scan what shall go with it all the same."),
        )
    return load(desk, number, ready)


def _told_loaded(loaded: Loaded) -> str:
    count = len(loaded.loaded)
    told = ngettext("{count} slip loaded.", "{count} slips loaded.", count).format(count=count)
    if count == 1:
        told = _("{number} is loaded: stop {place}.").format(
            number=loaded.loaded[0], place=loaded.slips.index(loaded.loaded[0]) + 1
        )
    return in_turn((told, *loaded.warnings))


def _told_departed(left: Departed) -> str:
    return _("{number} has left. Stops: {slips}, pieces: {pieces}, to bring: {amount}.").format(
        number=left.number, slips=len(left.slips), pieces=left.pieces, amount=formatted(left.expected)
    )


def print_sheet(desk: Desk, number: str, on: On) -> Printed:
    """Print a route sheet; on paper of slips it would not fit, there it takes a whole page."""
    form = "a4" if PAPERS[on.form].suffix == ".pdf" else on.form
    return Printed("", (number,), tuple(issue([route_of(desk, number)], form, on.to, on.own)))
