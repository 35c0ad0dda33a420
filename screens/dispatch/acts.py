"""What is done from the board to one slip or to many at once, and what is said of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ordersdesk.delivery.model.views import SlipRow
from ordersdesk.delivery.papers.actions import On, Printed, print_slips, reprint
from ordersdesk.delivery.picking.actions import pick_all
from ordersdesk.delivery.routes.actions import load_by_route
from ordersdesk.delivery.routes.departing_actions import depart
from ordersdesk.delivery.routes.emergency_actions import Emergency, release_first
from ordersdesk.delivery.routes.queries import sheets
from ordersdesk.delivery.slips.print_rules import Wanted
from ordersdesk.delivery.slips.voiding_actions import void
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.texts.language import N_, _, in_turn, labelled, ngettext, word_list
from ordersdesk.foundation.texts.refusals import Refused
from screens.forms.form_field import FormField
from screens.slip.acts import Answers, parcels_field, parcels_of, void_field


@dataclass(frozen=True)
class Done:
    """What to say, how, and the slips it was done to."""

    told: str
    tone: str = "good"
    slips: tuple[str, ...] = ()


@dataclass(frozen=True)
class BatchAct:
    """An act of the board by the name of its verb, with what it asks first."""

    name: str
    do: Callable[[Desk, Sequence[SlipRow], Answers], Done]
    asks: Callable[[Sequence[SlipRow]], Sequence[FormField]] = lambda _rows: ()


def _pick(desk: Desk, rows: Sequence[SlipRow], answers: Answers) -> Done:
    numbers = [row.number for row in rows]
    picked = pick_all(desk, numbers, parcels=parcels_of(answers) if answers else 1)
    told = ngettext("{count} slip is picked, all found.", "{count} slips are picked, all found.", len(picked))
    return Done(told.format(count=len(picked)), slips=tuple(numbers))


def _load(desk: Desk, rows: Sequence[SlipRow], _answers: Answers) -> Done:
    loaded = load_by_route(desk, [row.number for row in rows])
    told = [
        _("{sheet} ({route}): {count}").format(sheet=one.number, route=one.route, count=len(one.loaded))
        for one in loaded
    ]
    text = ngettext("{count} slip loaded: {sheets}.", "{count} slips loaded: {sheets}.", len(rows))
    return Done(text.format(count=len(rows), sheets=word_list(told)), slips=tuple(row.number for row in rows))


def _void(desk: Desk, rows: Sequence[SlipRow], answers: Answers) -> Done:
    reason = answers["reason"]
    return _one_by_one(rows, lambda row: void(desk, row.number, reason=reason), N_("{slips} void: goods are free."))


def _release_first(desk: Desk, rows: Sequence[SlipRow], answers: Answers) -> Done:
    def release(row: SlipRow) -> object:
        return release_first(desk, row.order_number, Emergency(**answers))

    return _one_by_one(rows, release, N_("{slips} gone before the paper; it is chased until it is printed."))


def _one_by_one(rows: Sequence[SlipRow], do: Callable[[SlipRow], object], text: str) -> Done:
    """Do it to each; the first that is refused stops the rest, and what was done is said."""
    done: list[str] = []
    for row in rows:
        try:
            do(row)
        except Refused as refused:
            if not done:
                raise
            told = in_turn([_(text).format(slips=word_list(done)), labelled(row.number, refused)])
            return Done(told, "refused", tuple(done))
        done.append(row.number)
    named = done[0] if len(done) == 1 else ngettext("{count} slip", "{count} slips", len(done)).format(count=len(done))
    return Done(_(text).format(slips=named), slips=tuple(done))


def _depart(desk: Desk, rows: Sequence[SlipRow], answers: Answers) -> Done:
    """Let the sheets leave that the slips are on."""
    wanted = {row.sheet_id for row in rows}
    leaving = [one.number for one in sheets(desk, state="made") if one.id in wanted]
    left = [depart(desk, number, **answers) for number in leaving]
    pieces = sum(one.pieces for one in left)
    told = _("{sheets} left. Slips: {slips}, pieces: {pieces}.").format(
        sheets=word_list(leaving), slips=sum(len(one.slips) for one in left), pieces=pieces
    )
    return Done(told, slips=tuple(number for one in left for number in one.slips))


def _leaving(rows: Sequence[SlipRow]) -> Sequence[FormField]:
    """Ask who drives; several sheets leave with whom they name."""
    one = len({row.sheet_id for row in rows}) == 1
    why = FormField("other_day", N_("Why today?"), appears=True, help=N_("It is of another day."))
    return (FormField("driver", N_("Driver")), FormField("vehicle", N_("Vehicle")), why) if one else ()


def _parcels(rows: Sequence[SlipRow]) -> Sequence[FormField]:
    return (parcels_field(),) if len(rows) == 1 else ()


def _emergency(_rows: Sequence[SlipRow]) -> Sequence[FormField]:
    return (
        FormField("reason", N_("Emergency"), required=True, rule="SLP-5", help=N_("Why the goods cannot wait.")),
        FormField("driver", N_("Driver")),
        FormField("vehicle", N_("Vehicle")),
        FormField(
            "confirmed", N_("Whom did you reach?"), appears=True,
            help=N_("Before a first delivery they are asked again where it goes, and to whom."),
        ),
    )  # fmt: skip


def put_on_paper(desk: Desk, rows: Sequence[SlipRow], on: On, *, again: bool) -> Printed:
    """Print slips, or print them again."""
    numbers = tuple(row.number for row in rows)
    return reprint(desk, numbers, on) if again else print_slips(desk, Wanted(numbers=numbers), on)


ACTS: dict[str, BatchAct] = {
    act.name: act
    for act in (
        BatchAct("pick", _pick, _parcels),
        BatchAct("load", _load),
        BatchAct("depart", _depart, _leaving),
        BatchAct("void", _void, lambda _rows: [void_field()]),
        BatchAct("release_first", _release_first, _emergency),
    )
}
