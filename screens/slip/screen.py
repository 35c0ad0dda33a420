"""One slip: read it, do what its flow allows, see it as it is printed; a scan shows the next one in its place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from textual import getters
from textual.app import ComposeResult

from ordersdesk.delivery.model.flow import CARE
from ordersdesk.delivery.papers.actions import On, Printed, paper_found, print_slips, reprint
from ordersdesk.delivery.slips.print_rules import Wanted
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.texts.language import N_, _
from ordersdesk.foundation.texts.refusals import Refused
from screens.forms.form_field import Choice, FormField, Kind
from screens.forms.question import Question
from screens.ground.scanner import SLIP
from screens.kit.printing import PrintingScreen, told_printed
from screens.seat.desk import OrderDesk
from screens.slip.acts import ACTS, CONFIRM, PRINTS, Act, offered
from screens.slip.outcomes import Outcome
from screens.slip.page import Read, is_doubtful, page, read
from screens.slip.picking_screen import PickingScreen
from screens.slip.preview_screen import PreviewScreen
from screens.slip.refusing_screen import RefusingScreen
from screens.widgets.keybar import Hint
from screens.widgets.sheet import Sheet

RARE = ("void", "advise", "follow_up", "receipt", "reprint")


class SlipScreen(PrintingScreen):
    """A page of everything about the slip; the keys are those of its flow."""

    NAME = N_("Delivery slip")
    ABOUT = N_(
        "The key bar shows what may be done with it now. O opens its order, W shows it as it is printed."
        " Scan another slip and it takes this one's place."
    )
    DEFAULT_CSS = "SlipScreen Sheet { height: 1fr; }"
    MAIN = "Sheet"
    app = getters.app(OrderDesk)

    def __init__(self, found: Read) -> None:
        super().__init__()
        self._read = found
        self._is_fresh = True
        self._told = ("", "")

    @property
    def number(self) -> str:
        """Which slip it is."""
        return self._read.head.number

    def body(self) -> ComposeResult:
        """The page, and what an act may ask."""
        yield Sheet()
        yield Question()

    def top_title(self) -> str:
        """The slip by its number."""
        return f"{_(self.NAME)} {self.number}"

    def on_screen_resume(self) -> None:
        """Show it as it is now; what was read to open it needs no second reading."""
        if self._is_fresh:
            self._show(self._read)
        else:
            self._read_again(self.number)

    def on_language(self) -> None:
        """The keys speak another language too; the page lays itself out anew."""
        self.refresh_bindings()

    async def scanned(self, number: str) -> bool:
        """Show another slip in the place of this one."""
        if not number.startswith(SLIP):
            return False
        self.question.put_away()
        self.query_one(self.MAIN).focus()
        self._read_again(number)
        return True

    def _read_again(self, number: str, told: str = "", tone: str = "good") -> None:
        self._told = (told, tone) if told else self._told
        work = partial(read, self.app.desk, number)
        self.app.run_errand(self, work, what=_("the slip"), then=self._show, refused=self._not_there)

    def _not_there(self, refused: Refused) -> None:
        self.say(str(refused), "warn")

    def _show(self, found: Read) -> None:
        same = found.head.id == self._read.head.id and not self._is_fresh
        self._read, self._is_fresh = found, False
        self.query_one(Sheet).show(partial(page, found, self.app.desk), keep=same)
        if not self.is_asking:
            self.query_one(Sheet).focus()
        if self._told[0]:
            self.say(*self._told)
            self._told = ("", "")
        self.query_one("TopLine").refresh()
        self.refresh_bindings()

    # --- keys

    def verb_hints(self) -> Sequence[Hint]:
        """What the flow allows this user now, then where one can go from here."""
        if self.is_asking:
            return ()
        desk, head = self.app.desk, self._read.head
        verbs = offered(desk.user.roles, head)
        hints = [
            Hint(verb.key, _(verb.label), rank=2 if verb.name in RARE else 1, do=partial(self._take, verb.name))
            for verb in verbs
        ]
        if any(verb.name == "pick" for verb in verbs):
            short = self.shows(PickingScreen, self.number, self._say_after)
            hints.append(Hint("i", _("Not all found"), rank=1, do=short))
        if self._read.is_first and desk.user.roles & CARE:
            hints.append(Hint("n", _("Receiver confirmed"), rank=1, do=partial(self._take, CONFIRM)))
        hints.append(Hint("o", _("Its order"), rank=2, do=partial(self.app.show_order, head.order_number)))
        if head.state != "void":
            hints.append(Hint("w", _("As printed"), rank=3, do=self.shows(PreviewScreen, self.number)))
        return hints

    async def _take(self, verb: str) -> None:
        """Take a verb of the flow: print, ask what came back, or do an act."""
        if verb == "refuse":
            await self.app.push_screen(RefusingScreen(self.number, self._refused_at_the_door))
        elif verb in FIRST_PAPER and is_doubtful(self._read.head, self.app.desk):
            await self.question.ask([_LOOKED], self._looked)
        elif verb in PRINTS:
            await self.put_on_paper(partial(_print, self.app.desk, self.number, again=verb == "reprint"))
        else:
            self._begin(ACTS[verb])

    async def _looked(self, answers: Mapping[str, str]) -> None:
        """Print what nobody found, marked as perhaps a second paper; what lies there is only counted."""
        if answers["paper"] == THERE:
            work = partial(paper_found, self.app.desk, [self.number])
            told = _("{number} is printed: its paper is there.").format(number=self.number)
            self.app.run_errand(self, work, what=_("the slip"), then=lambda _found: self._done(told))
        else:
            await self.put_on_paper(partial(_print_what_is_nowhere, self.app.desk, self.number))

    def _begin(self, act: Act) -> None:
        head = self._read.head
        work = partial(act.asks, self.app.desk, head)

        async def ask(fields: Sequence[FormField]) -> None:
            if fields:
                await self.question.ask(fields, partial(self._do, act))
            else:
                self._do(act, {})

        self.app.run_errand(self, work, what=_("the slip"), then=ask)

    def _do(self, act: Act, answers: Mapping[str, str]) -> None:
        work = partial(act.do, self.app.desk, self._read.head, answers)
        self.app.run_errand(self, work, what=_("the slip"), then=self._done)

    async def _done(self, told: str) -> None:
        await self.close_question()
        self._read_again(self.number, told)

    def printed(self, printed: Printed) -> None:
        """Say what is on paper."""
        self._read_again(self.number, *told_printed(printed))

    def _say_after(self, told: str) -> None:
        self._read_again(self.number, told)

    def _refused_at_the_door(self, outcome: Outcome) -> None:
        work = partial(outcome.write, self.app.desk)
        self.app.run_errand(self, work, what=_("the slip"), then=lambda _done: self._done(outcome.told()))


FIRST_PAPER = ("print", "follow")
THERE, GONE = "there", "gone"
_LOOKED = FormField(
    "paper", N_("Its paper"), required=True, kind=Kind.CHOICE, default=GONE, rule="SLP-2",
    choices=[Choice(GONE, N_("is nowhere: print it, marked as perhaps a second one")),
             Choice(THERE, N_("is there: count it, print nothing"))],
    help=N_("Look beside the printer first: two papers of one slip are two deliveries."),
)  # fmt: skip


def _print_what_is_nowhere(desk: Desk, number: str, on: On) -> Printed:
    return print_slips(desk, Wanted(numbers=(number,), looked=True), on)


def _print(desk: Desk, number: str, on: On, *, again: bool) -> Printed:
    return reprint(desk, [number], on) if again else print_slips(desk, Wanted(numbers=(number,)), on)
