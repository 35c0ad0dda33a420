"""Which wave is meant: the next one, or one by its time and day (DLV-4, JOY-2)."""

from __future__ import annotations

from datetime import date, time

from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.language import _
from ordersdesk.foundation.refusals import Refused
from ordersdesk.orders.waves import next_wave


def chosen_wave(desk: Desk, wave: str = "", day: date | None = None) -> tuple[date, str]:
    """Return day and time of a wave; a day alone is its last wave, a time alone is that of today or the next day.

    Refused (DLV-4) when there is no such wave, or its day is over.
    """
    if day and day < desk.today():
        raise Refused("DLV-4", _("{day} is over.").format(day=day), mend=_("Give today or a later day."), field="day")
    next_day, next_time = next_wave(desk.local(), desk.policy, desk.calendar)
    if not wave:
        last = desk.policy.delivery.waves[-1]
        return (next_day, said(next_time)) if day in (None, next_day) else (day or next_day, said(last))
    known = {said(each) for each in desk.policy.delivery.waves}
    asked = wave.strip().replace("：", ":").zfill(5)  # a full-width colon comes from a Chinese keyboard
    if asked not in known:
        raise Refused(
            "DLV-4",
            _("There is no wave {wave}.").format(wave=wave[:20]),
            mend=_("The waves leave at {waves}.").format(waves=_(", ").join(sorted(known))),
            field="wave",
        )
    today = desk.today()
    return day or (today if desk.calendar.is_working_day(today) else next_day), asked


def said(wave: time) -> str:
    """Write a wave as it is stored, such as `12:00`."""
    return f"{wave:%H:%M}"
