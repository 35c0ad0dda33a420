"""The paper of any kind of document: its facts in a ruled table, and who signs; made from the kind's declaration."""

from __future__ import annotations

from ordersdesk.documents.kind import Kind
from ordersdesk.documents.values import text
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.texts.daynames import dated
from ordersdesk.foundation.texts.language import N_, NP_, _, current, translator
from ordersdesk.people.names import person
from ordersdesk.printing.forms import wording
from ordersdesk.printing.forms.form import Form

TEMPLATE = "letter"


def form_of(desk: Desk, kind: Kind, number: str) -> Form:
    """Return the form of one document, in the language of the desk; refused by the kind's rule when there is none."""
    assert kind.store is not None
    with desk.reading() as session:
        document = kind.store.by_number(desk, session, number)
    say = translator(current())
    marks = [
        (NP_("document", "Number"), document.number),
        (N_("Date"), dated(document.business_date, say)),
        (N_("State"), _(kind.flow.states[document.state])),
    ]
    facts = [(column.title, text(kind, column, document, desk)) for column in kind.page]
    made = Form(
        template=TEMPLATE, language=current(), title=kind.heading(), number=document.number,
        code=document.number, marks=wording.facts(say, marks),
        blocks=wording.blocks(say, [("", facts)]),
        signatures=wording.signatures(say, [(N_("Made by"), person(desk, document.created_by)), *_by_hand(kind)]),
    )  # fmt: skip
    return wording.issued(made, desk.policy)


def _by_hand(kind: Kind) -> list[tuple[str, str]]:
    return [(title, "") for title in kind.signatures]
