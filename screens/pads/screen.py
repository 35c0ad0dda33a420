"""Handwritten slips: who has which pad; C shows what does not add up, E enters what was written (SLP-7)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from textual import getters, on
from textual.app import ComposeResult

from ordersdesk.delivery.model.flow import OFFICE, SLIP_FLOW
from ordersdesk.delivery.pads.actions import hand_over, issue, take_back
from ordersdesk.delivery.pads.check_queries import Differing, Listed
from ordersdesk.delivery.pads.pairing_actions import pair, unpair
from ordersdesk.delivery.pads.queries import PadRow
from ordersdesk.delivery.pads.rules import ENTERS, PAIRS, UNPAIRS
from ordersdesk.foundation.texts.language import N_, _, in_turn, ngettext, pgettext
from ordersdesk.people.names import person
from screens.forms.asking_screen import AskingScreen
from screens.forms.form import Form
from screens.forms.form_field import FormField, Kind
from screens.forms.question import Question
from screens.pads.entering_screen import EnteringScreen
from screens.pads.rows import PADS, WRONG, Read, pad_rows, read, told_of, wrong_rows
from screens.seat.desk import OrderDesk
from screens.widgets.keybar import Hint
from screens.widgets.laying import paragraph
from screens.widgets.lines import Lines
from screens.widgets.rows import Row
from screens.widgets.sheet import Sheet
from screens.widgets.words import Words

LOGIN = FormField("login", N_("Who gets it?"), required=True, rule="SLP-7")
SHEETS = FormField("sheets", N_("Sheets"), kind=Kind.NUMBER, help=N_("How many; empty is a usual pad."))
FIRST = FormField("first", N_("First number"), help=N_("As it is printed; empty takes the next free numbers."))
BLANK = FormField("blank_from", N_("Blank from"), help=N_("Empty: the one behind the last entered."))
SLIP = FormField("belongs", N_("Slip"), help=N_("Typed or scanned; empty: the only one of its order."))
WHY = FormField("why", N_("Why not?"), required=True, rule="SLP-7")


class PadsScreen(AskingScreen):
    """Two views: the pads and their holders, and what does not add up."""

    NAME = N_("Handwritten slips")
    ABOUT = N_(
        "Enter goes on with a pad, E enters any slip, C shows missing, doubled and unpaired numbers. N issues a pad,"
        " H hands its blank rest to somebody else, B takes it back. In the check list Enter pairs a number, X parts it"
        " (finance)."
    )
    DEFAULT_CSS = """
    PadsScreen #counted { height: 1; width: 100%; }
    PadsScreen Lines { height: 1fr; }
    PadsScreen Sheet { height: 2; }
    """
    MAIN = "#pads"
    app = getters.app(OrderDesk)

    def __init__(self) -> None:
        super().__init__()
        self._read: Read | None = None
        self._checking = False

    def body(self) -> ComposeResult:
        """How many, the list, and what is asked."""
        yield Words(self._counted, id="counted", classes="muted")
        yield Lines(PADS, empty=N_("Nobody has a pad."), id="pads")
        detail = Sheet(id="detail")
        detail.can_focus = False
        yield detail
        yield Question()

    def on_screen_resume(self) -> None:
        """Read them as they are now."""
        if self.app.seat:
            self.app.run_errand(self, partial(read, self.app.desk), what=_("the pads"), then=self._show)

    def on_language(self) -> None:
        """Read them in the other language."""
        self.on_screen_resume()

    def _show(self, found: Read) -> None:
        self._read = found
        lines = self.query_one("#pads", Lines)
        checking = self._checking and found.check is not None
        lines.show_columns(WRONG if checking else PADS)
        lines.empty = N_("Nothing is missing, doubled or unpaired.") if checking else N_("Nobody has a pad.")
        rows = wrong_rows(found.check, self.app.desk) if checking and found.check else pad_rows(found, self.app.desk)
        lines.show_rows(rows, keep=True)
        self.query_one("#counted").refresh(layout=True)
        if not self.is_asking:
            lines.focus()
        self.refresh_bindings()

    def _counted(self) -> str:
        if self._read is None:
            return ""
        count = len(self._read.pads)
        told = [ngettext("{count} pad", "{count} pads", count).format(count=count)]
        if check := self._read.check:
            missing = sum(one.count for one in check.missing)
            parts = (
                (N_("{count} missing"), missing), (N_("{count} doubled"), len(check.doubled)),
                (N_("{count} unpaired"), len(check.unpaired)),
                (N_("{count} with another amount"), len(check.differing)),
            )  # fmt: skip
            told += [_(text).format(count=f"{many:,}") for text, many in parts if many]
        return " · ".join(told)

    @property
    def _row(self) -> Row | None:
        return self.query_one("#pads", Lines).current

    # --- keys

    def verb_hints(self) -> Sequence[Hint]:
        """What the roles may do with what stands under the cursor."""
        if self.is_asking or self._read is None:
            return ()
        roles, one, hints = self.app.desk.user.roles, self._data, list[Hint]()
        if roles & ENTERS:
            hints.append(Hint("e", _("Enter slips"), rank=1, do=self.shows(EnteringScreen)))
        if self._read.check is not None:
            hints.append(Hint("c", _("Pads") if self._checking else _("Check list"), rank=1, do=self._other_view))
        if roles & OFFICE and not self._checking:
            new = partial(self.question.ask, [LOGIN, SHEETS, FIRST], self._issue, title=N_("A pad for"))
            hints.append(Hint("n", _("New pad"), rank=2, do=new))
            if isinstance(one, PadRow):
                hints.append(Hint("h", _("Hand over"), do=self._asks([LOGIN], self._hand, one.first)))
                back = self._asks([BLANK], self._take_back, one.first)
                hints.append(Hint("b", pgettext("pad", "Take back"), do=back))
        if roles & UNPAIRS and self._checking and isinstance(one, Differing):
            number = one.numbers.split(_(", "))[0]
            hints.append(Hint("x", _("Unpair"), do=self._asks([WHY], self._unpair, number, title=number)))
        return hints

    def _asks(
        self, fields: Sequence[FormField], then: Callable[[str, Mapping[str, str]], None], number: str, title: str = ""
    ) -> Callable[[], object]:
        about = f"{then.__name__} {number}"
        return partial(self.question.ask, fields, partial(then, number), title=title, about=about)

    def _other_view(self) -> None:
        self._checking = not self._checking
        self.on_screen_resume()

    def key_labels(self) -> Mapping[str, str]:
        """Enter goes on with a pad; in the check list it pairs, or shows the slip of an amount that differs."""
        one, roles = self._data, self.app.desk.user.roles
        if isinstance(one, PadRow):
            return {"choose": N_("Enter slips") if roles & ENTERS else ""}
        if isinstance(one, Differing):
            return {"choose": N_("Slip")}
        pairs = isinstance(one, Listed) and self._row is not None and self._row.key[0] == "unpaired"
        return {"choose": N_("Pair") if pairs and roles & PAIRS else ""}

    @property
    def _data(self) -> object:
        return self._row.data if self._row else None

    @on(Lines.Moved, "#pads")
    def _at(self, event: Lines.Moved) -> None:
        told = told_of(event.row, self.app.desk)
        self.query_one("#detail", Sheet).show(lambda width: paragraph(told, width))
        self.refresh_bindings()

    @on(Lines.Chosen, "#pads")
    async def _chosen(self, event: Lines.Chosen) -> None:
        """Enter: go on with a pad, pair what has no slip, show the slip of an amount that differs."""
        one = event.row.data
        if isinstance(one, Listed) and event.row.key[0] == "unpaired" and self.app.desk.user.roles & PAIRS:
            await self.question.ask([SLIP], partial(self._pair, one.number), title=one.number, about=one.number)
        elif isinstance(one, Differing):
            self.app.show_slip(one.slip)
        elif isinstance(one, PadRow) and self.app.desk.user.roles & ENTERS:
            await self.app.push_screen(EnteringScreen(one.next))

    async def scanned(self, number: str) -> bool:
        """A slip that is scanned while one is asked for is the answer."""
        for form in self.query(Form):
            if "belongs" in form.values() and number.startswith(SLIP_FLOW.prefix):
                form.fill({"belongs": number})
                form.action_confirm()
                return True
        return False

    # --- what happens

    def _issue(self, typed: Mapping[str, str]) -> None:
        sheets = int(typed["sheets"]) if typed["sheets"].isdecimal() else None
        work = partial(issue, self.app.desk, login=typed["login"], sheets=sheets, first=typed["first"])
        self._do(work, _("{login} has {first} to {last} now, sheets: {sheets}."))

    def _hand(self, number: str, typed: Mapping[str, str]) -> None:
        work = partial(hand_over, self.app.desk, number=number, login=typed["login"])
        self._do(work, _("{login} has {first} to {last} now, sheets: {sheets}."))

    def _take_back(self, number: str, typed: Mapping[str, str]) -> None:
        work = partial(take_back, self.app.desk, number=number, blank_from=typed["blank_from"])
        self._do(work, _("{first} to {last} is back; blank sheets of it: {blank_sheets}."))

    def _pair(self, number: str, typed: Mapping[str, str]) -> None:
        work = partial(pair, self.app.desk, number=number, slip=typed["belongs"])
        self._do(work, _("{number} belongs to {slip} of {order}."))

    def _unpair(self, number: str, typed: Mapping[str, str]) -> None:
        self._do(partial(unpair, self.app.desk, number=number, why=typed["why"]), _("{number} has no slip any more."))

    def _do(self, work: Callable[[], object], told: str) -> None:
        self.app.run_errand(self, work, what=_("the pads"), then=partial(self._done, told))

    async def _done(self, told: str, done: object) -> None:
        await self.close_question()
        self.on_screen_resume()
        warnings: Sequence[str] = getattr(done, "warnings", ())
        facts = vars(done) | {"login": person(self.app.desk, getattr(done, "login", ""))}
        self.say(in_turn((told.format(**facts), *warnings)), "warn" if warnings else "good")
