"""One order: read it, read it back to the caller, say where it is, cancel it while it is free."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from textual import getters, on
from textual.app import ComposeResult

from ordersdesk.customers.card_queries import card
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.language import N_, _
from ordersdesk.foundation.roles import DESK_ROLES
from ordersdesk.orders import queries
from ordersdesk.orders.actions import cancel, note_read_back
from ordersdesk.orders.answer_queries import where_is
from ordersdesk.orders.asking_actions import ask
from ordersdesk.orders.flow import ORDER_FLOW
from ordersdesk.orders.queries import Whole
from ordersdesk.orders.readback import sentences
from screens.intake.readback import ReadBack
from screens.main import OrderDesk
from screens.order.page import page
from screens.order.sheet_screen import SheetScreen
from screens.screen import DeskScreen
from screens.widgets.form import Form
from screens.widgets.form_field import FormField
from screens.widgets.keybar import Hint
from screens.widgets.sheet import Sheet

PRINTED = ("review", "confirmed", "closed")  # there is something to confirm
OFFERED = {"cancel"}  # what the flow allows and this screen can do


class OrderScreen(DeskScreen):
    """A page of everything about the order; keys from its flow, and two answers for the caller."""

    NAME = N_("Order")
    ABOUT = N_(
        "R reads the order back, W says where it is, A asks whoever it waits for. The key bar shows what is possible."
    )
    DEFAULT_CSS = """
    OrderScreen Sheet { height: 1fr; }
    OrderScreen ReadBack, OrderScreen #why { display: none; }
    OrderScreen.-reading ReadBack { display: block; height: 1fr; }
    OrderScreen.-reading Sheet { display: none; }
    OrderScreen.-asking #why { display: block; }
    """
    app = getters.app(OrderDesk)

    def __init__(self, number: str) -> None:
        super().__init__()
        self._number = number
        self._order: Whole | None = None
        self._language = ""

    def body(self) -> ComposeResult:
        """The page, the read-back that takes its place, the question why it is cancelled."""
        yield Sheet()
        yield ReadBack(self.app.desk.now)
        yield Form([FormField("reason", N_("Why cancel?"), required=True, rule="ORD-7")], last_submits=True, id="why")

    def top_title(self) -> str:
        """The order by its number."""
        return f"{_(self.NAME)} {self._number}"

    def on_screen_resume(self) -> None:
        """Read it as it is now."""
        self.app.run_errand(self, partial(_read, self.app.desk, self._number), what=_("the order"), then=self._show)

    def on_language(self) -> None:
        """Read it in the other language."""
        self.on_screen_resume()

    def _show(self, read: tuple[Whole, str]) -> None:
        same = self._order is not None
        order, self._language = read
        self._order = order
        self.query_one(Sheet).show(partial(page, order, self.app.desk.zone), keep=same)
        self.refresh_bindings()

    # --- keys

    def verb_hints(self) -> Sequence[Hint]:
        """What the flow allows now, and the answers."""
        if self._order is None or self.has_class("-reading") or self.has_class("-asking"):
            return ()
        state, roles = self._order.head.state, self.app.desk.user.roles
        answers = [Hint("r", _("Read back"), verb="read back"), Hint("w", _("Where is it?"), verb="where")]
        verbs = [verb for verb in ORDER_FLOW.allowed(roles, state) if verb.key and verb.name in OFFERED]
        if state == "review" and roles & DESK_ROLES:
            answers.insert(0, Hint("a", _("Ask for it"), verb="ask"))
        if state in PRINTED:
            answers.append(Hint("p", _("Confirmation sheet"), rank=3, verb="sheet"))
        customer = Hint("c", _("Customer card"), rank=4, verb="customer")
        return [*answers, *(Hint(verb.key, _(verb.label), verb=verb.name) for verb in verbs), customer]

    async def do_verb(self, verb: str) -> None:
        """Read back, answer, show the customer, or ask for what a verb needs."""
        assert self._order is not None
        if verb == "read back":
            self._read_back(self._order)
        elif verb == "where":
            self.say(where_is(self._order.head), "good")
        elif verb == "ask":
            work = partial(ask, self.app.desk, number=self._number)
            self.app.run_errand(self, work, what=_("asking"), then=self._was_asked)
        elif verb == "customer":
            await self.app.show_customer(self._order.head.customer_id)
        elif verb == "sheet":
            await self.app.push_screen(SheetScreen(self._number))
        elif verb == "cancel":
            self._open("-asking")
            self.query_one("#why", Form).field("reason").input.focus()

    @property
    def has_step_back(self) -> bool:
        """Esc puts the read-back or the question away first."""
        return super().has_step_back or self.has_class("-reading") or self.has_class("-asking")

    def step_back(self) -> bool:
        """Put away what was opened last."""
        if super().step_back():
            return True
        opened = self.has_step_back
        self._close()
        return opened

    def _open(self, what: str) -> None:
        self.add_class(what)
        self.refresh_bindings()

    def _close(self) -> None:
        self.remove_class("-reading", "-asking")
        self.query_one("#why", Form).forget()
        self.query_one(Sheet).focus()
        self.refresh_bindings()

    # --- reading back (JOY-1)

    def _read_back(self, order: Whole) -> None:
        self._open("-reading")
        reading = self.query_one(ReadBack)
        reading.show_sentences(sentences(order, self._language))
        reading.focus()

    @on(ReadBack.Done)
    def _was_read(self, event: ReadBack.Done) -> None:
        work = partial(note_read_back, self.app.desk, number=self._number, ticked=event.ticked)
        self.app.run_errand(
            self, work, what=_("the read-back"), then=lambda _done: self._again(_("Read back and kept."))
        )

    # --- asking (ORD-13)

    def _was_asked(self, roles: Sequence[str]) -> None:
        names = _(", ").join(_(role) for role in roles)
        self._again(_("Asked: {roles}. It stands first on their screen.").format(roles=names))

    # --- cancelling (ORD-7)

    @on(Form.Submitted, "#why")
    def _cancel(self, event: Form.Submitted) -> None:
        assert self._order is not None
        work = partial(
            cancel,
            self.app.desk,
            number=self._number,
            version=self._order.head.version,
            reason=event.values["reason"],
        )
        self.app.run_errand(
            self, work, what=_("cancelling"), then=lambda _done: self._again(_("Cancelled; its goods are free again."))
        )

    def _again(self, told: str) -> None:
        self._close()
        self.say(told, "good")
        self.on_screen_resume()


def _read(desk: Desk, number: str) -> tuple[Whole, str]:
    """Read an order, and the language it is read back in (CAL-2)."""
    order = queries.by_number(desk, number)
    customer = card(desk, order.head.customer_id)
    return order, (customer.language if customer else "") or desk.policy.branch.language
