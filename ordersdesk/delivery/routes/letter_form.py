"""The contact letter of an urgent delivery 急件送货联络函 as a form (DLV-4)."""

from __future__ import annotations

from ordersdesk.delivery.routes.queries import letter_of
from ordersdesk.delivery.routes.views import Letter
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.phones.writing import readable
from ordersdesk.foundation.policy.policy import Policy
from ordersdesk.foundation.texts.daynames import dated
from ordersdesk.foundation.texts.language import N_, current, translator
from ordersdesk.printing.forms import wording
from ordersdesk.printing.forms.form import Block, Form
from ordersdesk.printing.forms.wording import Say

TEMPLATE = "letter"


def letter_form_of(desk: Desk, number: str) -> Form:
    """Return the contact letter of an urgent slip, in the language of the desk; refused (DLV-4) for any other."""
    return letter(letter_of(desk, number), desk.policy, current())


def letter(about: Letter, policy: Policy, language: str) -> Form:
    """Return the form of one letter; what is empty is left out."""
    say = translator(language)
    made = Form(
        template=TEMPLATE,
        language=language,
        title=say(N_("Urgent delivery: contact letter")),
        number=about.slip,
        code=about.slip,
        flags=(say(N_("URGENT")),),
        marks=wording.facts(
            say, [(N_("Slip no."), about.slip), (N_("Order"), about.order), (N_("Date"), dated(about.leaves_on, say))]
        ),
        blocks=(_request(say, about, policy),),
        signatures=wording.signatures(say, [(N_("Agent"), wording.person(say, about.agent)), *_SIGNED]),
    )
    return wording.issued(made, policy)


_SIGNED = (
    (N_("Order group"), ""), (N_("Warehouse keeper"), ""), (N_("Dispatcher"), ""), (N_("Driver"), ""),
    (N_("Consignee"), ""),
)  # fmt: skip


def _request(say: Say, about: Letter, policy: Policy) -> Block:
    """Return what dispatch is asked for, all that B6.8.2 names."""
    asked = say(N_("To dispatch: please let these goods leave with the urgent car of {wave}.")).format(wave=about.wave)
    # Whoever did not ask for the time asks now, and writes it by hand.
    latest = f"{dated(about.latest_on, say)} {about.latest or wording.ROOM}"
    load = [wording.counted(say, N_("{count} parcel"), N_("{count} parcels"), about.parcels)] if about.parcels else []
    rows = [
        (N_("Customer name"), about.customer), (N_("Delivery address"), about.address),
        (N_("Delivery slip no."), about.slip), (N_("Latest time of delivery"), latest),
        (N_("Receiving department"), about.department),
        (N_("Contact there"), f"{about.contact} {readable(about.phone, policy.phones, say)}".strip()),
        (N_("Papers to hand over"), "\n".join(about.papers)), (N_("Parcels"), "".join(load) or wording.ROOM),
        (N_("To collect"), wording.money(say, about.to_collect, policy) if about.to_collect else ""),
        (N_("Note"), about.note),
    ]  # fmt: skip
    return Block(asked, wording.facts(say, rows, strong=("Latest time of delivery",)))
