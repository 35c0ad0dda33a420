"""When a slip may go on paper, and what is told of one that may not (SLP-2, SLP-5)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from ordersdesk.delivery.model.flow import SLIP_FLOW
from ordersdesk.foundation.texts.language import _

FOLLOWING = SLIP_FLOW.verb("follow").from_


@dataclass(frozen=True)
class Wanted:
    """Which slips shall be printed: those named, else those that wait for it, of a wave, a day or a route."""

    numbers: tuple[str, ...] = ()
    wave: str = ""
    day: date | None = None
    route: str | None = None
    looked: bool = False
    """Whether somebody looked for the papers that may be there already and found none (SLP-2)."""


@dataclass(frozen=True)
class Waiting:
    """A slip as printing looks at it."""

    id: int
    number: str
    order_id: int
    state: str
    version: int
    prints: int
    released_first: bool
    job: str
    job_at: datetime | None


@dataclass(frozen=True)
class Skipped:
    """A slip that was not printed, and why."""

    number: str
    why: str


def is_alive(job: str, job_at: datetime | None, now: datetime, minutes: int) -> bool:
    """Tell whether somebody is printing it: a job that has said nothing for so long, or was begun later, is over."""
    longest = timedelta(minutes=minutes)
    return bool(job) and job_at is not None and now - longest < job_at <= now + longest


def is_in_doubt(job: str, job_at: datetime | None, now: datetime, minutes: int) -> bool:
    """Tell whether a printing had it that never said how it went: its paper may be lying somewhere (SLP-2)."""
    return bool(job) and not is_alive(job, job_at, now, minutes)


def whose(job: str) -> str:
    """Return who is printing."""
    return job.rpartition(" ")[0]


def verb_for(slip: Waiting) -> str:
    """Return by which step a slip gets its first paper; none when it has one or needs none."""
    if slip.state == "made":
        return "print"
    return "follow" if slip.released_first and not slip.prints and slip.state in FOLLOWING else ""


def reason(slip: Waiting, now: datetime, minutes: int, named: Callable[[str], str]) -> str:
    """Say why a slip was not taken; `named` gives the name of a login."""
    if slip.state == "void":
        return _("it is void")
    if slip.prints:
        return _("it is printed already; print it again as a reprint")
    if is_alive(slip.job, slip.job_at, now, minutes):
        return _("{who} is printing it now").format(who=named(whose(slip.job)))
    if verb_for(slip) and is_in_doubt(slip.job, slip.job_at, now, minutes):
        return _("it may be on paper already: look for it, then say so on its page (or by slips print --looked, found)")
    if verb_for(slip):
        return _("somebody else is printing it now")
    return _("it is {state}").format(state=_(SLIP_FLOW.states[slip.state]))
