"""Where a slip's goods are, as one sentence to say aloud (ORD-14)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from ordersdesk.delivery.model.labels import words
from ordersdesk.delivery.model.tables import RouteSheet
from ordersdesk.delivery.model.views import SlipHead
from ordersdesk.foundation.texts.daynames import day_aloud
from ordersdesk.foundation.texts.language import N_, _

COMES = {
    "made": N_("{what} is set aside for the {wave} wave, {day}."),
    "printed": N_("{what} is being picked for the {wave} wave, {day}."),
    "picked": N_("{what} is packed and leaves with the {wave} wave, {day}."),
    "loaded": N_("{what} is loaded and leaves with the {wave} wave, {day}."),
}


@dataclass(frozen=True)
class Stop:
    """Where a slip stands on its van's journey."""

    sheet: RouteSheet | None
    stops: int


def of_slip(slip: SlipHead, what: str, stop: Stop, zone: ZoneInfo, today: date) -> str:
    """Return the sentence about one slip; `what` names its goods."""
    if slip.state in ("delivered", "refused"):
        return _handed_over(slip, what, zone, today)
    if slip.state == "failed":
        return _failed(slip, what, today)
    if slip.left_at is not None:
        return _on_the_road(slip, what, stop, said(slip.left_at, zone, today))
    day = day_aloud(slip.leaves_on, today)
    return _(COMES[slip.state]).format(what=what, wave=slip.wave, day=day)


def said(at: datetime, zone: ZoneInfo, today: date) -> str:
    """Say a time of today, or a day and time."""
    local = at.astimezone(zone)
    return f"{local:%H:%M}" if local.date() == today else f"{day_aloud(local.date(), today)} {local:%H:%M}"


def _handed_over(slip: SlipHead, what: str, zone: ZoneInfo, today: date) -> str:
    at = said(slip.signed_at or slip.changed_at, zone, today)
    facts = {"what": what, "at": at, "who": slip.signed_by or "–"}
    if slip.state == "delivered":
        return _("{what} was delivered: {at}, signed by {who}.").format(**facts)
    facts["why"] = _(words(slip.why)) if slip.why else _("refused at the door")
    return _("{what} was delivered: {at}, signed by {who}; a part came back with us: {why}.").format(**facts)


def _failed(slip: SlipHead, what: str, today: date) -> str:
    told = _("{what} could not be handed over: {why}.").format(what=what, why=_(words(slip.why)) if slip.why else "–")
    if slip.again_on is None:
        return told
    return _("{told} It comes again {day}.").format(told=told, day=day_aloud(slip.again_on, today))


def _on_the_road(slip: SlipHead, what: str, stop: Stop, since: str) -> str:
    if slip.carrier:
        return _("{what} is with {carrier} since {at}.").format(what=what, carrier=slip.carrier, at=since)
    if stop.sheet is None:
        return _("{what} is on the road since {at}.").format(what=what, at=since)
    return _("{what} is on the road since {at} with route {route}, driver {driver}: stop {place} of {stops}.").format(
        what=what, at=since, route=stop.sheet.route or "–", driver=stop.sheet.driver or "–",
        place=slip.place, stops=stop.stops,
    )  # fmt: skip
