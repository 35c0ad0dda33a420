"""Rules of handwritten slips over plain values: how a number is written, why a slip is, what is missing (SLP-7)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby

from ordersdesk.delivery.model.flow import OFFICE
from ordersdesk.foundation.phones.spelling import plain
from ordersdesk.foundation.policy.policy import Policy
from ordersdesk.foundation.policy.roles import DESK_ROLES, Role
from ordersdesk.foundation.texts.language import N_, _, word_list
from ordersdesk.foundation.texts.refusals import Refused
from ordersdesk.foundation.time.worktime import Calendar

ENTERS = OFFICE | DESK_ROLES
CHECKS = OFFICE | {Role.FINANCE}
PAIRS = ENTERS | CHECKS
UNPAIRS = frozenset({Role.FINANCE})

OTHER = "other"
REASONS = {
    "computer": N_("computer down"),
    "printer": N_("printer down"),
    "customer": N_("customer wants it"),
    "door": N_("at the door"),
    OTHER: N_("other"),
}
OUTAGE = "outage"
MOST_SHEETS = 1000  # of one pad, as the policy has it too

_LEFT_OUT = str.maketrans("", "", " -.·_/#")


@dataclass(frozen=True)
class Range:
    """Numbers from the first to the last, both included."""

    first: int
    last: int

    @property
    def count(self) -> int:
        """How many they are."""
        return self.last - self.first + 1

    def said(self, policy: Policy) -> str:
        """Write the range as the papers have it."""
        return ranged(policy, self.first, self.last)


@dataclass(frozen=True)
class Leaf:
    """A pad as the search for missing numbers needs it; `used` holds each entered number with its day."""

    first: int
    last: int
    login: str
    returned_on: date | None
    used: Mapping[int, date] = field(default_factory=dict[int, date])


def number_said(policy: Policy, number: int) -> str:
    """Write a number as it is printed on the slip: `H0000123`."""
    return f"{policy.pads.prefix}{number:0{policy.pads.digits}d}"


def ranged(policy: Policy, first: int, last: int) -> str:
    """Write a range: `H0000001–H0000050`, or the one number it is."""
    one = number_said(policy, first)
    return one if first == last else f"{one}–{number_said(policy, last)}"


def number_typed(text: object, policy: Policy, *, field: str = "number") -> int:
    """Read a number in any spelling (`H0000123`, `h123`, `123`, full-width); refused (SLP-7) when it is none."""
    words = plain(str(text)).upper().translate(_LEFT_OUT).removeprefix("NO")
    prefix = policy.pads.prefix
    digits = words.removeprefix(prefix) if prefix else words
    if not (digits.isascii() and digits.isdecimal() and 0 < len(digits) <= 18 and 0 < int(digits) <= highest(policy)):
        raise Refused(
            "SLP-7",
            _("“{text}” is no number of a handwritten slip.").format(text=str(text).strip()[:40]),
            mend=_("Write it as it is printed, such as {example}.").format(example=number_said(policy, 123)),
            field=field,
        )
    return int(digits)


def highest(policy: Policy) -> int:
    """Return the highest number that has room on a slip."""
    return 10**policy.pads.digits - 1


def reason_typed(reason: str, note: str) -> str:
    """Return why a slip was written by hand; refused (SLP-7) when it is none of the reasons, or `other` unsaid."""
    if reason not in REASONS:
        raise Refused(
            "SLP-7",
            _("Say why it was written by hand."),
            mend=_("Allowed: {allowed}.").format(allowed=word_list(REASONS)),
            field="reason",
        )
    if reason == OTHER and not note:
        raise Refused(
            "SLP-7",
            _("Another reason needs words."),
            mend=_("Write the reason as a note."),
            field="note",
        )
    return reason


def reason_said(reason: str, note: str, *, spoiled: bool = False) -> str:
    """Say why a slip was written by hand; another reason is said in its own words."""
    if spoiled:
        return _("spoiled")
    return note if reason == OTHER else _(REASONS.get(reason, reason))


def missing(pad: Leaf, today: date, calendar: Calendar, *, days: int) -> Iterator[Range]:
    """Yield the numbers nobody entered though they must be long written: skipped ones, and a returned pad's rest.

    A number was skipped on the day a higher one of its pad was written; so many working days later it is missing.
    """
    due = {day: calendar.add_working_days(day, days) < today for day in {*pad.used.values(), *_days(pad.returned_on)}}
    over = bool(pad.returned_on and pad.login)
    bound = pad.last if over else max(pad.used, default=pad.first - 1)
    late: list[int] = []
    skipped_on = pad.returned_on if over else None
    for number in range(bound, pad.first - 1, -1):
        if number in pad.used:
            day = pad.used[number]
            skipped_on = min(skipped_on, day) if skipped_on else day
        elif skipped_on and due[skipped_on]:
            late.append(number)
    yield from ranges(reversed(late))


def _days(day: date | None) -> tuple[date, ...]:
    return (day,) if day else ()


def ranges(numbers: Iterable[int]) -> Iterator[Range]:
    """Yield ascending numbers as ranges."""
    for _place, run in groupby(enumerate(numbers), lambda at: at[1] - at[0]):
        found = [number for _at, number in run]
        yield Range(found[0], found[-1])


def runs(first: int, last: int, taken: Sequence[int]) -> list[Range]:
    """Return what is left of a range when some of its numbers are taken."""
    gone = set(taken)
    return list(ranges(number for number in range(first, last + 1) if number not in gone))
