"""How long an answer may still take, in words short enough for a list (ORD-13)."""

from __future__ import annotations

from datetime import datetime

from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.texts.daynames import short_day
from ordersdesk.foundation.texts.language import _

SOON = 120  # minutes; what is due later is told by its time


def time_left(desk: Desk, due: datetime) -> str:
    """Say how long there is: minutes when it is soon, else when it is due."""
    minutes = int((due - desk.now()).total_seconds() // 60)
    if minutes < 0:
        return _("late {since}").format(since=_spell(-minutes))
    if minutes <= SOON:
        return _("{minutes} min").format(minutes=minutes)
    day = due.astimezone(desk.zone).date()
    return moment(desk, due) if day == desk.today() else short_day(day)


def answer_until(desk: Desk, due: datetime) -> str:
    """Say how long there is and when it ends; on another day the day alone would say it twice."""
    left, end = time_left(desk, due), moment(desk, due)
    return end if end.startswith(left) else f"{left} · {end}"


def is_late(desk: Desk, due: datetime) -> bool:
    """Tell whether the answer is late."""
    return due < desk.now()


def moment(desk: Desk, at: datetime) -> str:
    """Say when: the time alone for today."""
    local = at.astimezone(desk.zone)
    return f"{local:%H:%M}" if local.date() == desk.today() else f"{short_day(local.date())} {local:%H:%M}"


def _spell(minutes: int) -> str:
    if minutes < SOON:
        return _("{minutes} min").format(minutes=minutes)
    hours = minutes // 60
    return _("{hours} h").format(hours=hours) if hours < 48 else _("{days} d").format(days=hours // 24)
