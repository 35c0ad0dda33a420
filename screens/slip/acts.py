"""What can be done with a slip from its page: what each act asks first, does, and then says (SLP-9).

Printing is not among them: it asks for a paper, once a session (`screens/kit/printing.py`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from ordersdesk.delivery.advice.actions import advise, follow_up, receipt
from ordersdesk.delivery.model.flow import SLIP_FLOW
from ordersdesk.delivery.model.labels import ASKED, WAYS
from ordersdesk.delivery.model.views import SlipHead, SlipRow
from ordersdesk.delivery.picking.actions import Picked, pick
from ordersdesk.delivery.routes.confirming_actions import confirm
from ordersdesk.delivery.routes.loading_actions import load, unload
from ordersdesk.delivery.routes.queries import sheets
from ordersdesk.delivery.slips.voiding_actions import void
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.flow import Verb
from ordersdesk.foundation.texts.language import N_, _, in_turn, ngettext
from ordersdesk.foundation.texts.refusals import Refused
from screens.forms.form_field import Choice, FormField, Kind
from screens.slip.outcomes import as_failed, as_handed, door, failing_fields, handing_fields

Answers = Mapping[str, str]
PRINTS = ("print", "follow", "reprint")


def _nothing(_desk: Desk, _slip: SlipHead) -> Sequence[FormField]:
    return ()


@dataclass(frozen=True)
class Act:
    """One act by the name of its verb; what it asks may be read from the database."""

    name: str
    do: Callable[[Desk, SlipHead, Answers], str]
    asks: Callable[[Desk, SlipHead], Sequence[FormField]] = _nothing


def offered(roles: Iterable[str], slip: SlipHead | SlipRow) -> list[Verb]:
    """Return the verbs these roles may do with a slip now.

    The paper of goods that left before it replaces Print; what is told at the door needs goods that left.
    """
    known = {*ACTS, *PRINTS, "refuse"}
    verbs = [verb for verb in SLIP_FLOW.allowed(roles, slip.state) if verb.name in known]
    without = {"reprint" if slip.is_chased else "follow"} | (AT_HOME if slip.left_at else ON_ROAD)
    return [verb for verb in verbs if verb.name not in without | {CONFIRM}]


ON_ROAD = {"deliver", "refuse", "fail", "advise", "follow_up"}
AT_HOME = {"unload"}
CONFIRM = "confirm_receiver"  # offered on the page of a first delivery only


def parcels_field() -> FormField:
    """Ask into how many parcels it is packed."""
    return FormField(
        "parcels", N_("Parcels"), required=True, kind=Kind.NUMBER, default="1", check=_whole, rule="SLP-4",
        help=N_("How many parcels the goods are packed into; Enter takes one."),
    )  # fmt: skip


def void_field() -> FormField:
    """Ask why it shall not go."""
    return FormField("reason", N_("Why void?"), required=True, rule="SLP-9")


def parcels_of(answers: Answers) -> int:
    """Return the parcels that were typed."""
    return int(answers["parcels"])


def _whole(text: str) -> str:
    if not text.isascii() or not text.isdigit() or len(text) > 6:
        raise Refused("SLP-4", _("That is no number of parcels."), mend=_("Type digits."), field="parcels")
    return ""


def _pick(desk: Desk, slip: SlipHead, answers: Answers) -> str:
    picked = pick(desk, slip.number, parcels=parcels_of(answers))
    return told_picked(picked)


def told_picked(picked: Picked) -> str:
    """Say what was picked and what goes back to the order."""
    if not picked.missed:
        all_of_it = ngettext(
            "{number} is picked: its only piece.", "{number} is picked: all {pieces} pieces.", picked.pieces
        )
        return all_of_it.format(number=picked.number, pieces=picked.pieces)
    missing = sum(one.asked - one.found for one in picked.missed)
    back = ngettext("{count} piece goes back to {order}", "{count} pieces go back to {order}", missing)
    told = back.format(count=missing, order=picked.order)
    if picked.state == "void":
        return _("{number} is void, nothing was found: {back}.").format(number=picked.number, back=told)
    short = ngettext(
        "{number} is picked with {pieces} piece; {back}.",
        "{number} is picked with {pieces} pieces; {back}.",
        picked.pieces,
    )
    return short.format(number=picked.number, pieces=picked.pieces, back=told)


def _void(desk: Desk, slip: SlipHead, answers: Answers) -> str:
    void(desk, slip.number, reason=answers["reason"])
    return _("{number} is void; its goods wait for another slip.").format(number=slip.number)


def _sheet_field(desk: Desk, slip: SlipHead) -> Sequence[FormField]:
    mine = slip.goes_with
    found = sorted(sheets(desk, state="made"), key=lambda one: one.route != mine)
    choices = [Choice(one.number, " · ".join((one.number, one.route, one.driver or "–"))) for one in found]
    return [
        FormField(
            "sheet", N_("Route sheet"), required=True, kind=Kind.CHOICE, choices=choices, rule="SLP-4",
            default=found[0].number if found else "", help=N_("One that is being loaded; the board makes new ones."),
        )
    ]  # fmt: skip


def _load(desk: Desk, slip: SlipHead, answers: Answers) -> str:
    loaded = load(desk, answers["sheet"], [slip.number])
    told = _("{number} is loaded on {sheet}.").format(number=slip.number, sheet=loaded.number)
    return in_turn((told, *loaded.warnings))


def _unload(desk: Desk, slip: SlipHead, _answers: Answers) -> str:
    sheet = next((one.number for one in sheets(desk, state="made") if one.id == slip.sheet_id), "")
    unload(desk, sheet, [slip.number])
    return _("{number} is taken off; it is picked.").format(number=slip.number)


def _handing(desk: Desk, slip: SlipHead) -> Sequence[FormField]:
    return handing_fields(slip, door(desk, slip))


def _deliver(desk: Desk, slip: SlipHead, answers: Answers) -> str:
    as_handed(slip, answers).write(desk)
    return _("{number} is delivered.").format(number=slip.number)


def _fail(desk: Desk, slip: SlipHead, answers: Answers) -> str:
    outcome = as_failed(desk, slip, answers)
    outcome.write(desk)
    return f"{slip.number} · {outcome.told()}"


def _way(label: str, ways: Iterable[str]) -> Callable[[Desk, SlipHead], Sequence[FormField]]:
    choices = [Choice(way, WAYS[way]) for way in ways]
    how = FormField(
        "how", label, required=True, kind=Kind.CHOICE, choices=choices, default=choices[0].value, rule="SLP-8"
    )
    note = FormField("note", N_("Note"), kind=Kind.NOTE)
    return lambda _desk, _slip: (how, note)


def _advise(desk: Desk, slip: SlipHead, answers: Answers) -> str:
    advise(desk, slip.number, how=answers["how"], note=answers["note"])
    return _("{number}: the customer knows that it comes.").format(number=slip.number)


def _follow_up(desk: Desk, slip: SlipHead, answers: Answers) -> str:
    follow_up(desk, slip.number, how=answers["how"], note=answers["note"])
    return _("{number}: the arrival is asked for.").format(number=slip.number)


def _receipt(desk: Desk, slip: SlipHead, _answers: Answers) -> str:
    receipt(desk, slip.number)
    return _("{number}: the signed receipt is back.").format(number=slip.number)


def _confirm(desk: Desk, slip: SlipHead, answers: Answers) -> str:
    confirm(desk, slip.number, note=answers["note"])
    return _("{number}: address, phone and receiver are confirmed.").format(number=slip.number)


ACTS: dict[str, Act] = {
    act.name: act
    for act in (
        Act("pick", _pick, lambda _desk, _slip: [parcels_field()]),
        Act("load", _load, _sheet_field),
        Act("unload", _unload),
        Act("void", _void, lambda _desk, _slip: [void_field()]),
        Act("deliver", _deliver, _handing),
        Act("fail", _fail, lambda desk, _slip: failing_fields(desk)),
        Act("advise", _advise, _way(N_("How?"), WAYS)),
        Act("follow_up", _follow_up, _way(N_("How?"), ASKED)),
        Act("receipt", _receipt),
        Act(CONFIRM, _confirm, lambda _desk, _slip: [FormField("note", N_("Note"), kind=Kind.NOTE)]),
    )
}
