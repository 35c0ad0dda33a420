"""The page of one document, made from its kind: its facts, what it waits for, its story; keys are those of its flow."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from textual.app import ComposeResult

from ordersdesk.delivery.papers.actions import On, Printed
from ordersdesk.documents.kind import Act, Kind
from ordersdesk.documents.story import moved, step
from ordersdesk.documents.values import text
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.flow import Verb
from ordersdesk.foundation.texts.language import N_, _, with_rule, word_list
from ordersdesk.people.names import person
from ordersdesk.printing.forms.document_form import form_of
from ordersdesk.printing.output import issue
from ordersdesk.printing.papers import PAPERS
from screens.forms.question import Question
from screens.kit.asking import ActingScreen
from screens.kit.decisions import answered, waiting
from screens.kit.printing import PrintingScreen
from screens.kit.reading import Shown, read
from screens.widgets.keybar import Hint
from screens.widgets.laying import BLANK, Line, pairs, spread
from screens.widgets.sheet import Sheet
from screens.widgets.times import moment


class DocumentScreen(ActingScreen, PrintingScreen):
    """One document of any kind that declares a page."""

    ABOUT = N_("The key bar shows what may be done with it now. Esc goes back.")
    DEFAULT_CSS = "DocumentScreen Sheet { height: 1fr; }"
    MAIN = "Sheet"

    def __init__(self, kind: Kind, number: str) -> None:
        super().__init__(kind)
        self._number = number
        self._shown: Shown | None = None

    def body(self) -> ComposeResult:
        """The page, and what an act may ask."""
        yield Sheet()
        yield Question()

    def top_title(self) -> str:
        """The document by its number."""
        return f"{self.kind.heading()} {self._number}"

    def read_again(self) -> None:
        """Read it as it is now."""
        work = partial(read, self.app.desk, self.kind, self._number)
        self.app.run_errand(self, work, what=self._number, then=self._show)

    def _show(self, shown: Shown) -> None:
        self._shown = shown
        self.query_one(Sheet).show(partial(page, self.kind, shown, self.app.desk), keep=True)
        if not self.is_asking:
            self.query_one(Sheet).focus()
        self.query_one("TopLine").refresh()
        self.refresh_bindings()

    # --- keys

    def _offered(self) -> Iterator[tuple[Act, Verb]]:
        if self._shown is None or self.is_asking:
            return
        for act in self.kind.acts:
            verb = act.verb(self.kind.flow, self.app.desk.user.roles, self._shown.document.state)
            if verb is not None:
                yield act, verb

    def verb_hints(self) -> Sequence[Hint]:
        """What the flow allows this user now; P prints what has a paper."""
        hints = [
            Hint(verb.key, _(verb.label), rank=1, do=partial(self._begin, act))
            for act, verb in self._offered()
            if verb.key
        ]
        if self._shown is None or self.is_asking or not self.kind.signatures:
            return hints
        paper = partial(_on_paper, self.app.desk, self.kind, self._number)
        return [*hints, Hint("p", _("Print"), rank=4, do=partial(self.put_on_paper, paper))]

    async def _begin(self, act: Act) -> None:
        assert self._shown is not None
        await self.begin(act, self._shown.document)

    def printed(self, printed: Printed) -> None:
        """Say where the paper is."""
        self.say(_("Printed to {file}.").format(file=word_list(printed.places)), "good")


def _on_paper(desk: Desk, kind: Kind, number: str, on: On) -> Printed:
    """Print one document; on the paper of slips it would not fit, there it takes a whole page."""
    form = "a4" if PAPERS[on.form].suffix == ".pdf" else on.form
    return Printed("", (number,), tuple(issue([form_of(desk, kind, number)], form, on.to, on.own, replace=True)))


def page(kind: Kind, shown: Shown, desk: Desk, width: int) -> list[Line]:
    """Lay out one document."""
    state = _(kind.flow.states[shown.document.state])
    facts = [(_(column.title), text(kind, column, shown.document, desk)) for column in kind.page]
    return [
        spread(shown.document.number, state, width, right_role="accent"),
        *pairs(facts, width),
        *waiting(shown.entries, desk.user, width),
        *answered(shown.entries, desk, width),
        BLANK,
        ((_("Story"), "title"),),
        *pairs(_story(kind, shown, desk), width),
    ]


def _story(kind: Kind, shown: Shown, desk: Desk) -> Iterator[tuple[str, str]]:
    for row in shown.story:
        to = moved(kind, row)
        parts = (step(kind, row), f"→ {to}" if to else "", row.note)
        yield f"{moment(desk, row.at)}  {person(desk, row.by)}", with_rule(" ".join(filter(None, parts)), row.rule)
