"""What is said of the slips of a sheet: kept until it is confirmed, then written slip by slip (SLP-6)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from ordersdesk.catalogue.rules import amount
from ordersdesk.delivery.handover.actions import Handed, delivered
from ordersdesk.delivery.handover.failed_actions import failed
from ordersdesk.delivery.handover.refused_actions import partly_refused
from ordersdesk.delivery.model.cash import NOTHING, after_refusal, at_the_door
from ordersdesk.delivery.model.labels import FAILURES, REFUSALS
from ordersdesk.delivery.model.views import SlipHead, SlipView
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.texts.daynames import day_and_month, short_day
from ordersdesk.foundation.texts.language import N_, _, labelled, ngettext
from ordersdesk.foundation.texts.money import parsed
from ordersdesk.foundation.texts.refusals import Refused
from ordersdesk.foundation.time.typed_days import day_typed
from screens.forms.form_field import Choice, FormField, Kind

DELIVERED, REFUSED, FAILED = "deliver", "refuse", "fail"
REFUSAL_CHOICES = [Choice(code, reason.name) for code, reason in REFUSALS.items()]
FAILURE_CHOICES = [Choice(code, reason.name) for code, reason in FAILURES.items()]


@dataclass(frozen=True)
class Outcome:
    """What became of one slip, as somebody said it."""

    slip: str
    kind: str = DELIVERED
    signed_by: str = ""
    collected: Decimal | None = None
    why: str = ""
    reason: str = ""
    refused: Mapping[int, int] = field(default_factory=dict[int, int])
    again_on: date | None = None
    due: Decimal | None = None
    """What is due at the door for the pieces that stayed."""

    def write(self, desk: Desk) -> None:
        """Write it down; whatever is not possible is refused."""
        handed = Handed(self.signed_by, collected=self.collected, why=self.why)
        if self.kind == DELIVERED:
            delivered(desk, self.slip, handed)
        elif self.kind == REFUSED:
            partly_refused(desk, self.slip, self.refused, self.reason, handed)
        else:
            failed(desk, self.slip, self.reason, self.again_on, note=self.why)

    def told(self) -> str:
        """Say it in a few words."""
        if self.kind == DELIVERED:
            return _("delivered")
        if self.kind == FAILED:
            day = f" → {day_and_month(self.again_on)}" if self.again_on else ""
            return _("failed: {why}").format(why=_(FAILURES[self.reason].name)) + day
        count = sum(self.refused.values())
        pieces = ngettext("{count} refused", "{count} refused", count).format(count=count)
        return labelled(pieces, _(REFUSALS[self.reason].name))

    def cash(self, slip: SlipHead, desk: Desk) -> Decimal:
        """Return what it brings at the door."""
        if self.kind == FAILED:
            return NOTHING
        due = slip.due if self.due is None else self.due
        expected = at_the_door(slip.payment, due, desk.policy.slips.at_the_door)
        return expected if self.collected is None else self.collected


@dataclass(frozen=True)
class Written:
    """How far the writing went, and what stopped it."""

    slips: tuple[str, ...]
    stopped_at: str = ""
    refused: Refused | None = None


def write_all(desk: Desk, outcomes: Sequence[Outcome]) -> Written:
    """Write outcomes one after the other; the first that is refused stops the rest, what is written stays."""
    done: list[str] = []
    for one in outcomes:
        try:
            one.write(desk)
        except Refused as refused:
            return Written(tuple(done), one.slip, refused)
        done.append(one.slip)
    return Written(tuple(done))


def handing_fields(slip: SlipHead, expected: Decimal) -> list[FormField]:
    """Ask who signed and what was paid; what is usual stands there already."""
    return [
        FormField("signed_by", N_("Signed by"), default=slip.contact, rule="SLP-6"),
        FormField(
            "collected", N_("Collected"), kind=Kind.NUMBER, default=f"{expected}", check=_amount, rule="PAY-6",
            help=N_("What came at the door; what is due stands there."),
        ),
        FormField("why", N_("Why other?"), rule="PAY-6", help=N_("Needed when another sum came than what is due.")),
    ]  # fmt: skip


def failing_fields(desk: Desk) -> list[FormField]:
    """Ask why nothing was handed over, and when it goes again."""
    first = desk.calendar.next_working_day(desk.today())
    return [
        FormField(
            "reason", N_("Why?"), required=True, kind=Kind.CHOICE, choices=FAILURE_CHOICES, rule="SLP-6",
            help=N_("A number, its beginning, or F4 for the list."),
        ),
        FormField(
            "again_on", N_("Again on"), default=f"{first:%m-%d}", rule="SLP-6",
            check=lambda text: _day(text, desk.today()), help=N_("24, 11-24 or +2; the next working day stands there."),
        ),
        FormField("why", N_("Note"), kind=Kind.NOTE),
    ]  # fmt: skip


def refusing_fields(slip: SlipHead) -> list[FormField]:
    """Ask why pieces were refused, who signed, and what was paid when it is not what is then due."""
    return [
        FormField(
            "reason", N_("Why?"), required=True, kind=Kind.CHOICE, choices=REFUSAL_CHOICES, rule="SLP-6",
            help=N_("A number, its beginning, or F4 for the list."),
        ),
        FormField("signed_by", N_("Signed by"), default=slip.contact, rule="SLP-6"),
        FormField(
            "collected", N_("Collected"), kind=Kind.NUMBER, check=_amount, rule="PAY-6",
            help=N_("Empty is what is due for the pieces that stayed."),
        ),
        FormField("why", N_("Why other?"), rule="PAY-6", help=N_("Needed when another sum came than what is due.")),
    ]  # fmt: skip


def as_handed(slip: SlipHead, answers: Mapping[str, str]) -> Outcome:
    """Return a delivery as it was answered."""
    return Outcome(slip.number, DELIVERED, answers["signed_by"], money(answers["collected"]), answers["why"])


def as_failed(desk: Desk, slip: SlipHead, answers: Mapping[str, str]) -> Outcome:
    """Return a failure as it was answered."""
    again = day_typed(answers["again_on"], desk.today())
    return Outcome(slip.number, FAILED, why=answers["why"], reason=answers["reason"], again_on=again)


def as_refused(slip: SlipView, refused: Mapping[int, int], answers: Mapping[str, str]) -> Outcome:
    """Return a partial refusal; nothing said about the money is what is due for the rest."""
    kept = ((line, line.pieces - refused.get(line.position, 0)) for line in slip.lines)
    less = sum((line.amount - amount(line.price, pieces) for line, pieces in kept), NOTHING)
    head = slip.head
    return Outcome(
        head.number, REFUSED, answers["signed_by"], money(answers["collected"]), answers["why"],
        reason=answers["reason"], refused={position: count for position, count in refused.items() if count},
        due=after_refusal(head.goods, less, head.fee, head.deposit).due,
    )  # fmt: skip


def money(text: str) -> Decimal | None:
    """Read a sum; nothing for an empty text."""
    return parsed(text, field="collected") if text.strip() else None


def _amount(text: str) -> str:
    money(text)
    return ""


def _day(text: str, today: date) -> str:
    day = day_typed(text, today)
    return short_day(day) if day else ""


def door(desk: Desk, slip: SlipHead) -> Decimal:
    """Return what a slip brings, or has brought, at the door."""
    if slip.collected is not None:
        return slip.collected
    return at_the_door(slip.payment, slip.due, desk.policy.slips.at_the_door)
