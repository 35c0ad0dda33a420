"""Which wave is meant: the next one, or one by its time and day (DLV-4, JOY-2)."""

from __future__ import annotations

from datetime import date

from ordersdesk.delivery.model.views import SlipHead, SlipRow
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.texts.daynames import short_day
from ordersdesk.foundation.texts.language import _, word_list
from ordersdesk.foundation.texts.refusals import Refused
from ordersdesk.orders.promise.arrival import is_too_late
from ordersdesk.orders.promise.rules import Due, is_over
from ordersdesk.orders.promise.waves import Wave, coming, next_wave, said, times, waves_of

GOING = ("made", "printed", "picked", "loaded")


def the_next(desk: Desk) -> Wave:
    """Return the wave that leaves next."""
    return next_wave(desk.local(), desk.policy, desk.calendar)


def waves_ahead(desk: Desk) -> list[Wave]:
    """Return the waves that can still be filled: what is left of today's, and the next working day's."""
    return coming(desk.local(), times(desk.policy), desk.calendar)


def car_for(desk: Desk, leaves: Wave) -> Wave:
    """Return the urgent car that takes what is to leave with a wave: that one, or the first still to come behind it."""
    ahead = coming(desk.local(), desk.policy.delivery.urgent_cars, desk.calendar)
    return next((car for car in ahead if car >= leaves), leaves)


def comes_too_late(desk: Desk, slip: SlipHead | SlipRow) -> bool:
    """Tell whether urgent goods miss their latest time: on the road when it is over, before by the car they get."""
    day = slip.promised_on or slip.leaves_on
    if not slip.latest or slip.state not in GOING:
        return False
    if slip.left_at:
        return is_over(Due(day, slip.promised_part, slip.latest), desk.local(), desk.policy)
    car = car_for(desk, Wave(slip.leaves_on, slip.wave))
    return is_too_late(car, desk.policy, day=day, latest=slip.latest)


def chosen_wave(desk: Desk, at: str = "", day: date | None = None) -> Wave:
    """Return a wave by what was said of it; a day alone is its last wave, a time alone the next one at that time.

    Refused (DLV-4) when there is no such wave, or its day is over.
    """
    following = the_next(desk)
    refuse_over(desk, day or following.day)
    known = [said(each) for each in times(desk.policy)]
    asked = at.strip().replace("：", ":").zfill(5) if at else ""  # a full-width colon comes from a Chinese keyboard
    if asked and asked not in known:
        raise Refused(
            "DLV-4",
            _("There is no wave {wave}.").format(wave=at[:20]),
            mend=_("The waves leave at {waves}.").format(waves=word_list(known)),
            field="wave",
        )
    if day is None:
        return next(wave for wave in waves_ahead(desk) if asked in ("", wave.at))
    if not waves_of(day, desk.policy, desk.calendar):
        raise Refused(
            "DLV-3",
            _("Nothing leaves on {day}.").format(day=short_day(day)),
            mend=_("The next wave is {day} {wave}.").format(day=short_day(following.day), wave=following.at),
            field="day",
        )
    return Wave(day, asked) if asked else following if day == following.day else Wave(day, known[-1])


def last_day_of(desk: Desk, at: str) -> date | None:
    """Return the day of the next wave at a time: what is asked of it alone is not meant for a later day."""
    return next((wave.day for wave in waves_ahead(desk) if wave.at == at), None)


def refuse_over(desk: Desk, day: date) -> None:
    """Refuse (DLV-4) a day that is over; a van of today may still stand there after its time."""
    if day < desk.today():
        raise Refused("DLV-4", _("{day} is over.").format(day=day), mend=_("Give today or a later day."), field="day")


def refuse_gone(desk: Desk, wave: Wave) -> None:
    """Refuse (DLV-4) a wave that has left: nothing can be prepared for it any more."""
    if not wave.has_left(desk.local()):
        return
    following = the_next(desk)
    raise Refused(
        "DLV-4",
        _("The {wave} wave of {day} has left.").format(wave=wave.at, day=short_day(wave.day)),
        mend=_("The next wave is {day} {wave}.").format(day=short_day(following.day), wave=following.at),
        field="wave",
    )
