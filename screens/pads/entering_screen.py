"""Entering handwritten slips one after the other: number, what it belongs to, amount; the rest stays (SLP-7)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import partial

from textual import getters, on
from textual.app import ComposeResult

from ordersdesk.delivery.model.flow import SLIP_FLOW
from ordersdesk.delivery.pads.entering_actions import Doubled, Handwritten, enter
from ordersdesk.delivery.pads.pairing_actions import Entered
from ordersdesk.delivery.pads.rules import REASONS, highest, number_said, number_typed, reason_said
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.phones.spelling import plain
from ordersdesk.foundation.texts.language import N_, NP_, _, in_turn
from ordersdesk.foundation.texts.money import formatted, parsed
from ordersdesk.foundation.texts.refusals import Refused
from screens.forms.form import Form
from screens.forms.form_field import Choice, FormField, Kind
from screens.seat.desk import OrderDesk
from screens.shell.screen import DeskScreen
from screens.widgets.lines import Lines
from screens.widgets.rows import Column, Row

SPOILED = "spoiled"
WHY = [*(Choice(name, label) for name, label in REASONS.items()), Choice(SPOILED, N_("spoiled"))]
DONE = (
    Column(NP_("document", "Number"), 12),
    Column(N_("Slip"), 17),
    Column(N_("For"), least=12),
    Column(N_("Reason"), 16, drop=1),
    Column(N_("Amount"), 11, right=True),
)


class EnteringScreen(DeskScreen):
    """Reason and day stay for the next slip, so that a whole pad takes a few keys each."""

    NAME = N_("Enter handwritten slips")
    ABOUT = N_(
        "Reason and day stay as they are for the next slip. Then number, order or slip (typed or scanned; any other"
        " words are the customer), amount: Enter in the last field keeps it. A number entered before is asked about."
    )
    DEFAULT_CSS = "EnteringScreen Lines { height: 1fr; margin: 1 0 0 0; }"
    app = getters.app(OrderDesk)

    def __init__(self, number: str = "") -> None:
        super().__init__()
        self._first = number
        self._doubled: Mapping[str, str] = {}
        self._done: list[Row] = []

    def body(self) -> ComposeResult:
        """The form, and what was entered so far."""
        yield Form(self._fields(), last_submits=True, keep_as="handwritten slip")
        lines = Lines(DONE, empty=N_("Nothing entered yet."), id="done")
        lines.can_focus = False
        yield lines

    def on_mount(self) -> None:
        """Begin with the number the pad goes on with."""
        if self._first:
            self.form.fill({"number": self._first})

    def _fields(self) -> list[FormField]:
        def field(key: str, label: str, help: str, **more: object) -> FormField:
            return FormField(key, label, help=help, rule="SLP-7", **more)  # type: ignore[arg-type]

        return [
            field("reason", N_("Why by hand"), N_("F4 lists the reasons; it stays for the next slip."),
                  kind=Kind.CHOICE, choices=WHY, required=True),
            field("note", N_("Note"), N_("Needed for another reason; stays too.")),
            field("on", N_("Day written"), N_("Empty is today: 2026-11-23, 11-23 or 23."), check=self._day),
            field("number", NP_("document", "Number"), N_("H0000123, or just 123."), required=True, check=self._number),
            field("belongs", N_("Order or slip"), N_("Scanned or typed; while there is none, the customer in words.")),
            field("amount", N_("Amount"), N_("As written on the slip; may stay empty."), check=_amount),
        ]  # fmt: skip

    def _day(self, text: str) -> str:
        return str(day_typed(text, self.app.desk.today()))

    def _number(self, text: str) -> str:
        return number_said(self.app.desk.policy, number_typed(text, self.app.desk.policy))

    @property
    def form(self) -> Form:
        """The form."""
        return self.query_one(Form)

    async def scanned(self, number: str) -> bool:
        """A slip that is scanned here is what the handwritten one belongs to."""
        if not number.startswith(SLIP_FLOW.prefix):
            return False
        self.form.fill({"belongs": number})
        empty = not self.form.values()["number"]
        self.form.field("number" if empty else "amount").input.focus()
        return True

    @on(Form.Submitted)
    def _enter(self, event: Form.Submitted) -> None:
        again = event.values == self._doubled
        work = partial(_entered, self.app.desk, event.values, again=again)
        then = partial(self._kept, event.values)
        self.app.run_errand(self, work, what=_("the slip"), then=then, refused=self._no, goes_on=True)

    def _no(self, refused: Refused) -> None:
        """A number that was entered before is kept when the same is confirmed once more."""
        self._doubled = self.form.values() if isinstance(refused, Doubled) else {}
        self.app.refuse(refused)
        if isinstance(refused, Doubled):
            self.say(_("{message} F9 keeps it all the same, as doubled.").format(message=refused.message), "refused")

    def _kept(self, typed: Mapping[str, str], done: Entered) -> None:
        self._doubled = {}
        reason = reason_said(typed["reason"], typed["note"], spoiled=done.spoiled)
        amount = formatted(done.amount) if done.amount else ""
        cells = (done.number, done.slip, done.order or typed["belongs"], reason, amount)
        self._done.insert(0, Row(len(self._done), cells, tone="warn" if done.warnings else ""))
        self.query_one("#done", Lines).show_rows(self._done)
        self.form.fill({"number": self._after(done.number), "belongs": "", "amount": ""})
        self.form.field("number").go_back_to()  # the next of the pad, unless another is typed over it
        self.say(in_turn((_("{number} is kept.").format(number=done.number), *done.warnings)),
                 "warn" if done.warnings else "good")  # fmt: skip

    def _after(self, number: str) -> str:
        policy = self.app.desk.policy
        return number_said(policy, min(number_typed(number, policy) + 1, highest(policy)))


def _entered(desk: Desk, typed: Mapping[str, str], *, again: bool) -> Entered:
    belongs, is_spoiled = typed["belongs"], typed["reason"] == SPOILED
    known = is_document(belongs, desk.policy.orders.number_prefix)
    paper = Handwritten(
        number=typed["number"], reason="" if is_spoiled else typed["reason"], spoiled=is_spoiled,
        belongs=belongs if known else "", customer="" if known else belongs, amount=typed["amount"],
        note=typed["note"], on=day_typed(typed["on"], desk.today()) if typed["on"] else None,
    )  # fmt: skip
    return enter(desk, paper, again=again)


def is_document(text: str, order: str) -> bool:
    """Tell whether a text is the number of a slip or an order, and not a customer in words."""
    words = plain(text).upper()
    return any(
        words.startswith(prefix) and words[len(prefix) :][:8].isdecimal() for prefix in (SLIP_FLOW.prefix, order)
    )


def day_typed(text: str, today: date) -> date:
    """Read a day as people write it: `2026-11-23`, `11-23` or `23` for the last such day; refused (SLP-7) else."""
    parts = plain(text).replace("/", "-").replace(".", "-").split("-")
    try:
        numbers = [int(part) for part in parts]
        if len(numbers) == 3:
            return date(*numbers)
        month, day = numbers if len(numbers) == 2 else (today.month, *numbers)
        found = date(today.year, month, day)
        return found if found <= today or len(numbers) == 1 else date(today.year - 1, month, day)
    except (ValueError, TypeError, OverflowError) as error:
        raise Refused(
            "SLP-7",
            _("“{text}” is no day.").format(text=text[:40]),
            mend=_("Write it like {day}.").format(day=today),
            field="on",
        ) from error


def _amount(text: str) -> str:
    return formatted(parsed(plain(text), field="amount"))
