"""The fields of an urgent order: until when, to whom, with which papers; they show when it is one (DLV-4)."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.texts.language import N_, NP_, _
from ordersdesk.foundation.texts.refusals import Refused
from ordersdesk.foundation.time.typed_times import time_typed
from ordersdesk.orders.promise.arrival import arrival
from ordersdesk.orders.promise.waves import coming, said
from screens.forms.form import Form
from screens.forms.form_field import Choice, FormField, Kind

URGENT = {"no": N_("as usual"), "yes": N_("urgent, today's next wave")}
OF_URGENT = ("latest", "department", "papers")


def urgent_fields(form: Callable[[], Form], desk: Callable[[], Desk]) -> list[FormField]:
    """Return the question whether it is urgent, and what is asked then."""

    def asked(text: str) -> str:
        show_urgent(form(), is_urgent=text == "yes")
        return _next_car(desk()) if text == "yes" else ""

    return [
        FormField(
            "urgent", NP_("choice", "Urgent"), kind=Kind.CHOICE, rule="DLV-4", check=asked,
            choices=[Choice(value, label) for value, label in URGENT.items()],
        ),
        FormField(
            "latest", N_("Wanted by"), rule="DLV-4", check=_time, appears=True, checks_empty=True,
            help=N_("Until when it must be there, as the customer says it: 16:30 or 4pm."),
        ),
        FormField(
            "department", N_("To department"), appears=True, help=N_("Which department takes the goods in."),
        ),
        FormField(
            "papers", N_("Papers along"), appears=True, help=N_("What the driver hands over besides slip and invoice."),
        ),
    ]  # fmt: skip


def show_urgent(form: Form, *, is_urgent: bool) -> None:
    """Show what is asked of urgent goods only; whoever types ahead knows that it comes next."""
    for key in OF_URGENT:
        form.field(key).display = is_urgent


def without_urgent(terms: Mapping[str, str]) -> dict[str, str]:
    """Leave out what was typed of an urgent delivery when it is none."""
    return {name: text for name, text in terms.items() if terms.get("urgent") != "no" or name not in OF_URGENT}


def needed_time(text: str) -> str:
    """Return a latest time as it is kept, `16:30`; refused (ORD-1) when it is missing or no time."""
    found = time_typed(text)
    if found is None:
        raise Refused(
            "ORD-1",
            _("Until when must the urgent goods be there? The latest time is missing."),
            mend=_("Type 16:30 or 4pm."),
            field="latest",
        )
    return said(found)


def _time(text: str) -> str:
    kept = needed_time(text)
    return "" if kept == text else kept


def _next_car(desk: Desk) -> str:
    """Say what can be offered before the customer is asked: the car that leaves next, and when it is there."""
    car = coming(desk.local(), desk.policy.delivery.urgent_cars, desk.calendar)[0]
    if car.day != desk.today():
        return ""
    return _("{wave} car, there by {there}").format(wave=car.at, there=said(arrival(car, desk.policy).time()))
