"""The contact letter of an urgent delivery 急件送货联络函 as a form (DLV-4)."""

from __future__ import annotations

from ordersdesk.delivery.route_queries import letter_of
from ordersdesk.delivery.route_views import Letter
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.language import N_, NP_, current, translator
from ordersdesk.foundation.money import formatted
from ordersdesk.foundation.policy import Policy
from ordersdesk.printing import wording
from ordersdesk.printing.forms import Fact, Form
from ordersdesk.printing.wording import Say

TEMPLATE = "letter"


def letter_form_of(desk: Desk, number: str) -> Form:
    """Return the contact letter of an urgent slip, in the language of the desk; refused (DLV-4) for any other."""
    return letter(letter_of(desk, number), desk.policy, current())


def letter(about: Letter, policy: Policy, language: str) -> Form:
    """Return the form of one letter; what is empty is left out."""
    say = translator(language)
    return Form(
        template=TEMPLATE,
        language=language,
        issuer=wording.issuer(policy),
        title=say(N_("Urgent delivery: contact letter")),
        number=about.slip,
        code=about.slip,
        flags=(say(N_("URGENT")),),
        marks=(Fact(say(N_("Slip")), about.slip, strong=True), Fact(say(N_("Order")), about.order)),
        blocks=wording.blocks(say, _blocks(say, about), strong=("Latest",)),
        boxes=wording.boxes(say, (N_("Driver"), N_("Receiver")), (N_("Signature"), N_("Time"))),
        page=say(wording.PAGE),
    )


def _blocks(say: Say, about: Letter) -> list[tuple[str, list[tuple[str, str]]]]:
    load = [wording.counted(say, N_("{count} piece"), N_("{count} pieces"), about.pieces)]
    if about.parcels:
        load.append(wording.counted(say, N_("{count} parcel"), N_("{count} parcels"), about.parcels))
    money = formatted(about.to_collect) if about.to_collect else ""
    return [
        (N_("To deliver by"), [
            (N_("Latest"), f"{about.latest_on.isoformat()} {about.latest:%H:%M}"),
            (N_("Leaves"), f"{about.leaves_on.isoformat()} {about.wave}".strip()),
        ]),
        (N_("Receiver"), [
            (N_("Customer"), about.customer), (N_("Address"), about.address),
            (NP_("receiver", "Department"), about.department),
            (N_("Contact"), about.contact), (N_("Phone"), about.phone),
        ]),
        (N_("Goods and papers"), [
            (N_("Cargo"), " · ".join(load)), (N_("To collect"), money), (N_("Papers"), "\n".join(about.papers)),
            (N_("Note"), about.note),
        ]),
    ]  # fmt: skip
