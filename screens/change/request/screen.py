"""One change request: read it, take it back while it waits (CHG-1)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from textual import getters
from textual.app import ComposeResult

from ordersdesk.deciding import withdraw
from ordersdesk.foundation.texts.language import N_, _
from ordersdesk.orders.terms.change_flow import CHANGE_FLOW
from screens.change.request.page import Asked, laid_out, read
from screens.forms.asking_screen import AskingScreen
from screens.forms.form_field import FormField
from screens.forms.question import Question
from screens.seat.desk import OrderDesk
from screens.widgets.keybar import Hint
from screens.widgets.sheet import Sheet
from screens.widgets.status import TopLine

WITHDRAW = CHANGE_FLOW.verb("withdraw")
WHY = FormField("reason", N_("Why?"), required=True, rule="USR-2")


class RequestScreen(AskingScreen):
    """A page of old and new with its story; keys to its order, to the requests beside it, and to take it back."""

    NAME = N_("Change request")
    ABOUT = N_("Old and new side by side, who says yes, and what happened. X takes the request back.")
    DEFAULT_CSS = """
    RequestScreen Sheet { height: 1fr; }
    """
    MAIN = "Sheet"
    app = getters.app(OrderDesk)

    def __init__(self, number: str) -> None:
        super().__init__()
        self._number = number
        self._asked: Asked | None = None

    def body(self) -> ComposeResult:
        """The page, and the question why it is taken back."""
        yield Sheet()
        yield Question()

    def top_title(self) -> str:
        """The request by its number."""
        return f"{_(self.NAME)} {self._number}"

    def on_screen_resume(self) -> None:
        """Read it as it is now."""
        self.app.run_errand(self, partial(read, self.app.desk, self._number), what=_("the change"), then=self._show)

    def on_language(self) -> None:
        """Read it in the other language."""
        self.on_screen_resume()

    def _show(self, asked: Asked) -> None:
        self._asked = asked
        for line in self.query(TopLine):
            line.refresh()
        self.query_one(Sheet).show(partial(laid_out, asked, self.app.desk), keep=True)
        if not self.is_asking:
            self.query_one(Sheet).focus()
        self.refresh_bindings()

    def verb_hints(self) -> Sequence[Hint]:
        """The order, and taking it back as the flow allows."""
        if self._asked is None or self.is_asking:
            return ()
        asked, hints = self._asked, list[Hint]()
        hints.append(Hint("o", _("Order"), do=partial(self.app.show_order, asked.request.order_number)))
        if WITHDRAW in CHANGE_FLOW.allowed(self.app.desk.user.roles, asked.request.state):
            why = partial(self.question.ask, [WHY], self._withdraw)
            hints.append(Hint(WITHDRAW.key, _(WITHDRAW.label), do=why))
        for key, label, step in (("p", _("Request before"), -1), ("n", _("Next request"), 1)):
            if beside := asked.beside(step):
                hints.append(Hint(key, label, do=partial(self._show_other, beside)))
        return hints

    def _show_other(self, number: str) -> None:
        self._number = number
        self.on_screen_resume()

    def _withdraw(self, answers: Mapping[str, str]) -> None:
        work = partial(withdraw, self.app.desk, CHANGE_FLOW.kind, self._number, reason=answers["reason"])
        self.app.run_errand(self, work, what=_("the change"), then=lambda _done: self._withdrawn())

    async def _withdrawn(self) -> None:
        await self.close_question()
        self.say(_("{request} is withdrawn; the order stays as it is.").format(request=self._number), "good")
        self.on_screen_resume()
