"""A new customer beside the known ones it may be: the agent says of each what it is (CUS-4)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from textual import events, getters, on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.message import Message

from ordersdesk.customers.finding.duplicate_queries import REASONS, Suspect
from ordersdesk.customers.model.drafts import Answer, NewCustomer, Says
from ordersdesk.foundation.phones import phones
from ordersdesk.foundation.phones import writing as phone_writing
from ordersdesk.foundation.texts.language import N_, _, bracketed, word_list
from screens.forms.form import Form
from screens.forms.form_field import FormField
from screens.ground.layers import layers_of
from screens.seat.desk import OrderDesk
from screens.widgets.cells import fitted
from screens.widgets.laying import BLANK, Line, paragraph, wrapped
from screens.widgets.sheet import Sheet

SAID = {"1": Says.THIS, "2": Says.SAME_COMPANY, "3": Says.DIFFERENT}
LABELS = {
    "1": N_("this customer"),
    "2": N_("same company, new contact"),
    "3": N_("different, because …"),
}


class Suspects(Vertical, can_focus=True):
    """1, 2 or 3 answers; posts `Settled` with all answers. Esc goes back: from the reason, then from the question."""

    DEFAULT_CSS = """
    Suspects { height: auto; }
    Suspects Form { display: none; margin: 1 0 0 0; }
    Suspects.-why Form { display: block; }
    """
    app = getters.app(OrderDesk)

    @dataclass
    class Settled(Message):
        """Every suspect is answered."""

        answers: tuple[Answer, ...]

    def __init__(self) -> None:
        super().__init__()
        self._new = NewCustomer()
        self._left: list[Suspect] = []
        self._answers: list[Answer] = []

    def compose(self) -> ComposeResult:
        """The comparison, and the reason when it is needed."""
        sheet = Sheet(fits=True)
        sheet.can_focus = False
        yield sheet
        yield Form([FormField("reason", N_("Because"), required=True, rule="CUS-4")], last_submits=True)

    def ask(self, new: NewCustomer, found: Sequence[Suspect]) -> None:
        """Ask about these, one after the other."""
        self._new, self._left, self._answers = new, list(found), []
        self._show()
        self.focus()

    async def on_key(self, event: events.Key) -> None:
        """Take the answer."""
        if self.has_class("-why") or not self._left:
            return
        if event.key in SAID:
            event.stop()
            self._say(SAID[event.key])

    @property
    def is_open(self) -> bool:
        """Tell whether it is asked why a customer is another one."""
        return self.has_class("-why")

    def put_away(self) -> None:
        """Esc: back to the three answers; the reason stays typed."""
        self.remove_class("-why")
        self.focus()

    def help_here(self) -> tuple[str, str] | None:
        """What F1 says here."""
        return _("Is it one of these?"), _(
            "1: it is this customer. 2: the same company, with a new contact. 3: different."
        )

    def _say(self, says: Says) -> None:
        if says is Says.DIFFERENT:
            layers_of(self).opened(self)
            self.add_class("-why")
            form = self.query_one(Form)
            if self._answers and not form.values()["reason"]:
                form.fill({"reason": self._answers[-1].reason})
            form.field("reason").input.focus()
        else:
            self.post_message(self.Settled((Answer(self._left[0].customer_id, says),)))

    @on(Form.Submitted)
    def _because(self, event: Form.Submitted) -> None:
        event.stop()
        self._answers.append(Answer(self._left.pop(0).customer_id, Says.DIFFERENT, event.values["reason"]))
        event.form.fill({"reason": ""})
        self.remove_class("-why")
        if self._left:
            self._show()
            self.focus()
        else:
            self.post_message(self.Settled(tuple(self._answers)))

    def _show(self) -> None:
        plan = self.app.desk.policy.phones
        self.query_one(Sheet).show(lambda width: list(_page(self._new, self._left[0], len(self._left), width, plan)))


def _page(new: NewCustomer, known: Suspect, left: int, width: int, plan: phones.PhonePlan) -> Iterator[Line]:
    reasons = word_list(_(REASONS[reason]) for reason in known.reasons)
    more = _("{left} to answer").format(left=left) if left > 1 else ""
    told = bracketed(_("Known already? {reasons}").format(reasons=reasons), more)
    yield from paragraph(told, width, role="warn")
    label, half = 10, (width - 10 - 2) // 2
    yield _compared("", (_("typed now"), known.number), label, half, "label")[0]
    for name, one, two in _rows(new, known, plan):
        same = bool(one) and one.casefold() == two.casefold()
        yield from _compared(name, (one, two), label, half, "warn" if same else "")
    yield BLANK
    for key, text in LABELS.items():
        yield ((f" {key}  ", "accent"), (_(text), ""))


def _rows(new: NewCustomer, known: Suspect, plan: phones.PhonePlan) -> Iterator[tuple[str, str, str]]:
    typed = phones.whole(new.phone, plan) if new.phone else None
    yield _("Name"), new.name, known.name
    yield _("Contact"), new.contact, known.contact
    yield (
        _("Phone"),
        phone_writing.printed(typed.e164, typed.extension, plan=plan) if typed else new.phone,
        phone_writing.printed(known.phone, plan=plan) if known.phone else "",
    )
    yield _("Address"), new.address, known.address
    yield _("Territory"), new.territory, known.territory


def _compared(name: str, values: tuple[str, str], label: int, half: int, role: str) -> list[Line]:
    one, two = (wrapped(value, half) for value in values)
    height = max(len(one), len(two))
    lines: list[Line] = []
    for number in range(height):
        left, right = (texts[number] if number < len(texts) else "" for texts in (one, two))
        head = name if number == 0 else ""
        lines.append(((fitted(head, label), "label"), (fitted(left, half) + "  ", role), (fitted(right, half), role)))
    return lines
