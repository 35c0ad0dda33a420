"""The lines of a change and where more are added: each is tried before the cursor goes on to the next."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult

from ordersdesk.foundation.texts.language import N_, _
from ordersdesk.orders.assessment.case import Finding, NotReady, Weight
from ordersdesk.orders.changes.plan.comparison import Comparison, LinePair
from screens.change.compare.change_lines import ChangeLines
from screens.change.compare.comparing import Comparing
from screens.change.compare.reading import Known, instead_of
from screens.change.compare.rows import rows
from screens.change.compare.work import ADDED, Added, ChangeWork, Place
from screens.forms.form import Form
from screens.forms.form_field import FormField
from screens.intake.lines.entry import EQUIVALENT, Entry, found_row


class ChangePad(Comparing):
    """Quantities are typed into their rows; below stands where lines are added, or why one is closed short."""

    DEFAULT_CSS = """
    ChangePad ChangeLines { height: 1fr; min-height: 3; }
    ChangePad #short { display: none; }
    ChangePad.-closing #short { display: block; }
    ChangePad.-closing Entry { display: none; }
    """

    def __init__(self) -> None:
        super().__init__(id="pad")
        self._about: Place | None = None  # the line that is asked about: why short, or how the rest shall come
        self._swapping: Place | None = None  # the line that gets the item picked next

    def compose(self) -> ComposeResult:
        """The lines, where the next is typed, the question why one is closed."""
        why = FormField("why", N_("Why short?"), help=N_("Why the rest will not come. Empty: as the whole change."))
        yield ChangeLines()
        yield Entry()
        yield Form([why], last_submits=True, id="short")

    @property
    def lines(self) -> ChangeLines:
        """The lines of the order."""
        return self.query_one(ChangeLines)

    @property
    def entry(self) -> Entry:
        """Where lines are added."""
        return self.query_one(Entry)

    def load(self, known: Known, work: ChangeWork) -> None:
        """Show an order and what is typed about it."""
        self.known, self.work = known, work
        self.entry.usual = known.usual
        self.draw()

    def draw(self) -> None:
        """Show the lines as they are typed and compared now."""
        if self.known:
            self.lines.show_rows(rows(self.known, self.work, self.result, self.lines.typing), keep=True)

    @property
    def is_beside_lines(self) -> bool:
        """Tell whether the cursor is below the lines: in a new line or a question."""
        at = self.screen.focused
        return at is not None and at is not self.lines and self in at.ancestors

    def back_to_lines(self) -> None:
        """Put away the question or the list of items; what was typed stays."""
        self.remove_class("-closing")
        self.screen.remove_class("-asking-rest")
        self.entry.remove_class("-short")
        self._about = self._swapping = None
        self.lines.focus()

    # --- one line after the other

    @on(ChangeLines.Typed)
    def _quantity(self, event: ChangeLines.Typed) -> None:
        self.work.take(event.place, quantity=event.text)
        self.draw()
        self.recompute()

    @on(ChangeLines.Ended)
    def _typed(self) -> None:
        self.draw()
        self.screen.refresh_bindings()

    @on(ChangeLines.Accepted)
    def _accept(self, event: ChangeLines.Accepted) -> None:
        """Enter: the line is tried; the cursor goes on only when it is good."""
        if self.work.has(event.place):
            self._try(event.place)
        else:
            self.lines.go_on()

    def _try(self, place: Place, *, go_on: bool = True) -> None:
        self.compare(lambda found: self._line_done(place, found, go_on=go_on))

    def _line_done(self, place: Place, found: Comparison, *, go_on: bool) -> None:
        wrong = self._wrong(place, found)
        if wrong:
            self.go_to(place, *wrong)
            return
        self.app.mended()
        self.lines.go_to(place)
        if go_on:
            self.lines.go_on()

    def _wrong(self, place: Place, found: Comparison) -> tuple[str, Finding] | None:
        """Return what stands against a line and which part of it; what the customer is asked waits for F9."""
        for finding in found.findings:
            about = self.work.place_of(finding.field)
            if about and about[0] == place and finding.weight is Weight.STOP:
                return about[1], finding
        return None

    def go_to(self, place: Place, part: str, finding: Finding) -> None:
        """Go to what is wrong with a line."""
        self.lines.stop_typing()
        self.lines.go_to(place)
        if part == "shortage":
            self.ask_shortage(place)
        else:
            self.app.refuse(NotReady([finding]))

    # --- how the rest shall come (STK-5)

    @on(ChangeLines.Choosing)
    def _choose(self, event: ChangeLines.Choosing) -> None:
        self.ask_shortage(event.place)

    def ask_shortage(self, place: Place) -> None:
        """Ask how the rest of a line shall come."""
        self._about = place
        pair = self.lines.current.data if self.lines.current else None
        told = _("{left} here, {short} short").format(left=max(pair.available, 0), short=pair.short) if pair else ""
        self.screen.add_class("-asking-rest")
        self.entry.ask_shortage(told)

    @on(Entry.Shortage)
    def _shortage(self, event: Entry.Shortage) -> None:
        event.stop()
        if self._about is None:
            return
        place = self._about
        self.entry.start_line(focus=False)
        self.back_to_lines()
        if event.choice == EQUIVALENT:
            self._offer_others(place)
        else:
            self.work.take(place, shortage=event.choice)
            self._try(place)

    def _offer_others(self, place: Place) -> None:
        self._swapping = place
        pair: LinePair | None = self.lines.current.data if self.lines.current else None
        code, desk = pair.new.code if pair else "", self.app.desk
        self.app.run_errand(self, lambda: instead_of(desk, code), what=_("other items"),
                            then=lambda found: self.entry.offer([found_row(item) for item in found]))  # fmt: skip

    # --- adding, taking another item, closing short, taking back

    @on(ChangeLines.Below)
    def new_line(self) -> None:
        """Go to where lines are added."""
        self._swapping = None
        self.entry.finder.input.focus()

    def other_item(self, place: Place) -> None:
        """Let the next item picked be instead of this one."""
        self.entry.finder.input.focus()
        self._swapping = place
        self.app.say(_("Which item instead? Code, bar code, initials or a word."))

    def take_back(self, place: Place) -> None:
        """Let a line be as it was agreed."""
        self.lines.stop_typing()
        self.work.take_back(place)
        self.draw()
        self.recompute()

    def close_short(self, place: Place) -> None:
        """Ask why the rest of a line will not come (CHG-5)."""
        self._about = place
        self.add_class("-closing")
        self.query_one("#short", Form).field("why").input.focus()

    @on(Form.Submitted, "#short")
    def _close_line(self, event: Form.Submitted) -> None:
        event.stop()
        place = self._about
        if place is not None:
            self.work.take(place, closed=True, why=event.values["why"], item="")
            self.query_one("#short", Form).forget()
            self.back_to_lines()
            self._try(place, go_on=False)

    @on(Entry.Item)
    def _item(self, event: Entry.Item) -> None:
        """An item was picked: of a new line the quantity comes next, the line that gets another one keeps its own."""
        event.stop()
        if self._swapping is not None:
            place, self._swapping = self._swapping, None
            self.work.take(place, item=event.code)
            self.entry.start_line(focus=False)
            self.lines.focus()
            self._try(place, go_on=False)

    @on(Entry.Typed)
    def _new(self, event: Entry.Typed) -> None:
        """Try the new line; it stands only when the goods and the quantity are good."""
        event.stop()
        self.work.added.append(Added(event.code, event.quantity))
        place: Place = (ADDED, len(self.work.added) - 1)
        self.compare(lambda found: self._was_added(place, found), otherwise=self.work.added.pop)

    def _was_added(self, place: Place, found: Comparison) -> None:
        wrong = self._wrong(place, found)
        if wrong and wrong[0] != "shortage":
            self.work.added.pop()
            self.draw()
            self.recompute()
            self.entry.quantity.focus()
            self.app.refuse(NotReady([wrong[1]]))
            return
        self.lines.move_to(self.lines.total - 1)
        if wrong:
            self.ask_shortage(place)
        else:
            self.app.mended()
            self.entry.start_line()

    @on(Entry.Leave)
    def _leave(self, event: Entry.Leave) -> None:
        """Up from a new line: into the lines; on nothing further down, the screen knows where to."""
        self._swapping = None
        if not event.forward:
            event.stop()
            self.lines.focus()
