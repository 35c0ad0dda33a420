"""The documents of one kind as a list, made from its columns; Enter opens one, N begins a new one."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from rich.cells import cell_len
from textual import on
from textual.app import ComposeResult

from ordersdesk.documents.kind import Column as Fact
from ordersdesk.documents.kind import Kind
from ordersdesk.documents.values import text
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.texts.language import N_, _, ngettext
from screens.forms.question import Question
from screens.kit.asking import ActingScreen
from screens.kit.page_screen import DocumentScreen
from screens.kit.reading import listed
from screens.widgets.keybar import Hint
from screens.widgets.lines import Lines
from screens.widgets.rows import Column, Row
from screens.widgets.words import Words


class DocumentsScreen(ActingScreen):
    """Those somebody has to do with; A shows the rest too."""

    ABOUT = N_("Those somebody has to do with. Enter opens one, A shows those that are finished too.")
    DEFAULT_CSS = """
    DocumentsScreen #counted { height: 1; width: 100%; }
    DocumentsScreen Lines { height: 1fr; }
    """
    MAIN = "Lines"

    def __init__(self, kind: Kind) -> None:
        super().__init__(kind)
        self._everything = kind.is_open is None
        self._count: int | None = None
        self._is_whole = True

    def body(self) -> ComposeResult:
        """How many, the list, and what a new one asks."""
        yield Words(self._counted, id="counted", classes="muted")
        yield Lines(_columns(self.kind), empty=self.kind.nothing)
        yield Question()

    def top_title(self) -> str:
        """The kind by its name."""
        return _(self.kind.plural)

    def _counted(self) -> str:
        if self._count is None:
            return ""
        if not self._is_whole:
            return _("More than {count} documents: the list ends there.").format(count=f"{self._count:,}")
        return ngettext("{count} document", "{count} documents", self._count).format(count=f"{self._count:,}")

    def read_again(self) -> None:
        """Read them as they are now."""
        work = partial(_rows, self.app.desk, self.kind, everything=self._everything)
        self.app.run_errand(self, work, what=_("the list"), then=self._show)

    def _show(self, shown: tuple[Sequence[Row], bool]) -> None:
        rows, self._is_whole = shown
        self._count = len(rows)
        lines = self.query_one(Lines)
        lines.show_columns(_columns(self.kind))  # as wide as their words are in the language
        lines.show_rows(rows, keep=True)
        self.query_one("#counted").refresh()
        if not self.is_asking:
            self.query_one(Lines).focus()
        self.refresh_bindings()

    def verb_hints(self) -> Sequence[Hint]:
        """Begin a new one; show more or fewer."""
        if self.is_asking:
            return ()
        begins = self.kind.begins()
        hints: list[Hint] = []
        if begins and begins.roles & self.app.desk.user.roles:
            hints.append(Hint("n", _("New"), rank=1, do=partial(self.begin, begins)))
        if self.kind.is_open is not None:
            label = _("Only open") if self._everything else _("All too")
            hints.append(Hint("a", label, rank=2, do=self._other_half))
        return hints

    def _other_half(self) -> None:
        self._everything = not self._everything
        self.read_again()

    @on(Lines.Chosen)
    async def _open(self, event: Lines.Chosen) -> None:
        await self.app.push_screen(DocumentScreen(self.kind, event.row.key))


def _columns(kind: Kind) -> list[Column]:
    return [_column(one, kind) for one in kind.columns]


def _column(fact: Fact, kind: Kind) -> Column:
    words = kind.words(fact)
    width = max(map(cell_len, map(_, (fact.title, *words.values())))) if words else fact.width
    return Column(fact.title, width, right=kind.is_number(fact), drop=fact.drop)


def _rows(desk: Desk, kind: Kind, *, everything: bool) -> tuple[Sequence[Row], bool]:
    found, is_whole = listed(desk, kind, everything=everything)
    rows = [Row(one.number, tuple(text(kind, column, one, desk) for column in kind.columns)) for one in found]
    return rows, is_whole
