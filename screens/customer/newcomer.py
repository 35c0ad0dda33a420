"""A new customer in five fields, with those it may already be beside it; stands alone and inside the intake (CUS-4).

A sixth asks for the province when the address does not say it (CUS-12).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from textual import getters, on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.message import Message

from ordersdesk.customers.finding.territory_queries import territories
from ordersdesk.customers.model.drafts import Answer, NewCustomer
from ordersdesk.customers.records.actions import LooksKnown, Saved, create
from ordersdesk.foundation.phones import phones
from ordersdesk.foundation.phones import writing as phone_writing
from ordersdesk.foundation.texts.language import N_, _, word_list
from ordersdesk.foundation.texts.refusals import Refused
from screens.customer.suspects import Suspects
from screens.customer.where import address_told, region_field
from screens.forms.form import Form
from screens.forms.form_field import Choice, FormField
from screens.ground.layers import layers_of
from screens.ground.outages import Spoken
from screens.seat.desk import OrderDesk


class Newcomer(Spoken, Vertical):
    """Posts `Created` for a new customer and `Chosen` for a known one it turned out to be."""

    app = getters.app(OrderDesk)
    DEFAULT_CSS = """
    Newcomer { height: auto; }
    Newcomer Field .field--label { width: 12; }
    Newcomer ChoiceList { margin: 0 0 0 12; }
    Newcomer Suspects { display: none; }
    Newcomer.-asking Suspects { display: block; }
    Newcomer.-asking > Form { display: none; }
    """

    @dataclass
    class Created(Message):
        """The customer exists now."""

        number: str
        customer_id: int

    @dataclass
    class Chosen(Message):
        """It is a known customer, perhaps with a new contact."""

        number: str
        customer_id: int

    def __init__(self, *, keep_as: str = "", id: str | None = None) -> None:
        super().__init__(id=id)
        self._keep_as = keep_as
        self._odd_phone = ""
        self._began: dict[str, str] = {}
        self._known: dict[str, str] | None = None

    def compose(self) -> ComposeResult:
        """The form, and the question that may take its place."""
        yield Form(
            [
                FormField("name", N_("Name"), required=True, rule="CUS-4", help=N_("The company, or the person.")),
                FormField("contact", N_("Contact"), help=N_("Who is calling; empty when the customer is a person.")),
                FormField(
                    "phone", N_("Phone"), required=True, rule="CUS-4", check=self._phone,
                    help=N_("Any spelling. What is no phone can be kept as a note: press Enter twice."),
                ),
                FormField(
                    "address", N_("Address"), required=True, rule="CUS-4", check=self._address,
                    help=N_("Where the goods go."),
                ),
                region_field(lambda: self.form, lambda: self.app.desk.policy),
                FormField(
                    "territory", N_("Territory"), required=True, rule="CUS-4", choices=self._territories,
                    help=N_("F4 lists those in use; it is guessed from the address where that is possible."),
                ),
            ],
            last_submits=True,
            keep_as=self._keep_as,
        )  # fmt: skip
        yield Suspects()

    @property
    def form(self) -> Form:
        """The five fields."""
        return self.query_one(Form)

    def begin(self, text: str = "", *, phone: str = "") -> None:
        """Start with what was typed in a search: a phone or a name; the cursor goes to what is missing.

        What was typed here before and put away stands here again; a search takes the place of the one before it.
        """
        self.remove_class("-asking")
        is_phone = bool(phones.digits_of(text, self.app.desk.policy.phones))
        begins = {"phone": phone or (text if is_phone else ""), "name": "" if is_phone else text}
        values = self.form.values()
        untouched = {key for key in begins if values[key] in ("", self._began.get(key, ""))}
        self.form.fill({key: begin for key, begin in begins.items() if key in untouched})
        self._began = begins
        self.form.field("contact" if self.form.values()["name"] else "name").input.focus()

    def forget(self) -> None:
        """Somebody else is on the line: nothing of this one stays."""
        self.screen.remove_class("-newcomer")
        self.remove_class("-asking")
        self.form.fill(dict.fromkeys(self.form.values(), ""))
        self._began, self._odd_phone = {}, ""

    def draft(self) -> NewCustomer:
        """Return the customer as typed."""
        values = self.form.values()
        route = self._routes().get(values["territory"], "")
        return NewCustomer(
            name=values["name"],
            contact=values["contact"],
            phone=values["phone"],
            address=values["address"],
            region=values["region"],
            territory=values["territory"],
            route=route,
            address_route=route,
            agent=self.app.desk.user.login,
            phone_as_note=bool(self._odd_phone) and values["phone"] == self._odd_phone,
        )

    def _phone(self, text: str) -> str:
        """Say the number as it is kept; what is none is refused once and kept as a note when insisted on (CUS-3)."""
        plan = self.app.desk.policy.phones
        try:
            read = phones.parse_many(text, plan)
        except Refused as no:
            if text == self._odd_phone:
                return _("kept as a note")
            self._odd_phone = text
            raise Refused(
                no.rule, no.message, mend=_("Mend it, or Enter again keeps it as a note."), field="phone"
            ) from no
        return word_list(phone_writing.printed(phone.e164, phone.extension, plan=plan) for phone in read)

    def _routes(self) -> dict[str, str]:
        if self._known is None:
            self._known = territories(self.app.desk)
        return self._known

    def _territories(self) -> Sequence[Choice]:
        return [Choice(territory, territory) for territory in self._routes()]

    def _address(self, text: str) -> str:
        """Fill in the territory an address names, and say its region or ask for it (CUS-12)."""
        if not self.form.values()["territory"]:
            self.form.fill({"territory": next((name for name in self._routes() if name in text), "")})
        return address_told(self.form, self.app.desk.policy, text)

    @on(Form.Submitted)
    def _save(self, event: Form.Submitted) -> None:
        event.stop()
        self._create(())

    def _create(self, answers: Sequence[Answer]) -> None:
        work = partial(create, self.app.desk, self.draft(), answers=answers)
        self.app.run_errand(
            self, work, what=_("saving the customer"), then=self._saved, refused=self._refused, goes_on=True
        )

    def _saved(self, saved: Saved) -> None:
        self._close()
        self.form.forget()
        self._began, self._known = {}, None
        made = self.Created if saved.is_new else self.Chosen
        self.post_message(made(saved.number, saved.id))

    def _refused(self, no: Refused) -> None:
        if isinstance(no, LooksKnown):
            layers_of(self).opened(self)
            self.add_class("-asking")
            self.query_one(Suspects).ask(self.draft(), no.suspects)
            self.app.say(str(no), "warn")
            self.app.set_aside()
        else:
            self._close()
            self.app.refuse(no)

    @property
    def is_open(self) -> bool:
        """Tell whether it is asked if the customer is known already."""
        return self.has_class("-asking")

    def put_away(self) -> None:
        """Esc: back to the fields as they are."""
        self._close()
        self.form.field("name").input.focus()

    def _close(self) -> None:
        self.remove_class("-asking")

    @on(Suspects.Settled)
    def _settled(self, event: Suspects.Settled) -> None:
        event.stop()
        self._create(event.answers)
