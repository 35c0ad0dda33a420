"""The door: whose desk this is, who comes in; painted before anything else is loaded, and typed at before it is."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, Protocol

from textual import getters, on
from textual.app import ComposeResult
from textual.containers import Vertical

from ordersdesk.foundation.texts import language
from ordersdesk.foundation.texts.language import N_, _, bracketed, labelled, word_list
from ordersdesk.foundation.texts.refusals import Outage, Refused
from screens.forms.form import Form
from screens.forms.form_field import FormField, Kind
from screens.shell.app import DeskApp
from screens.shell.screen import DeskScreen
from screens.widgets.laying import Line, paragraph
from screens.widgets.sheet import Sheet
from screens.widgets.words import Words

if TYPE_CHECKING:
    from screens.seat.session import Seat


class Entrance(Protocol):
    """The application as the door sees it: who sits there, and who comes in."""

    seat: Seat | None

    def sign_in(self, login: str, password: str) -> Seat:
        """Seat somebody; refused (USR-6) when they do not come in."""
        ...

    async def sit_down(self, seat: Seat) -> None:
        """Somebody signed in."""


class DoorScreen(DeskScreen):
    """User and password; whoever locked the desk finds it as it was left (USR-6)."""

    NAME = N_("Sign in")
    ABOUT = N_("Type your user name, Enter, your password, Enter. You may type before the desk is open.")
    DEFAULT_CSS = """
    DoorScreen #body { align: center middle; }
    DoorScreen #door { width: 52; height: auto; }
    DoorScreen Words { width: 100%; margin: 0 0 1 0; }
    DoorScreen Form { margin: 0 0 1 0; }
    """
    app = getters.app(DeskApp)

    def __init__(self, *, login: str = "", password: str = "", guests: Sequence[tuple[str, str]] = ()) -> None:
        super().__init__()
        self._prefilled = {"login": login, "password": password}
        self._guests = guests

    @property
    def _desk(self) -> Entrance:
        app: Any = self.app
        return app

    def body(self) -> ComposeResult:
        """Who we are, who are you, and in which language."""
        with Vertical(id="door"):
            yield Words(self._house, classes="big")
            yield Form(
                [
                    FormField("login", N_("User"), required=True, rule="USR-1"),
                    FormField("password", N_("Password"), kind=Kind.SECRET, required=True, rule="USR-6"),
                ],
                last_submits=True,
            )
            yield Words(self._languages, classes="muted")
            yield Words(self._state, classes="muted", id="state")
            if self._guests:
                yield Sheet(self._who_may_come, fits=True)

    def on_mount(self) -> None:
        """Fill in what is known; say who we are as soon as it is."""
        self._fill(self._prefilled)
        self.app.when_ready(self._opened)

    def on_screen_resume(self) -> None:
        """Locked: only the password is missing."""
        if self._desk.seat:
            self._fill({"login": self._desk.seat.desk.user.login, "password": ""})
            self.query_one(Form).field("password").input.focus()
            self.query_one("#state", Words).refresh(layout=True)

    def _fill(self, values: dict[str, str]) -> None:
        form = self.query_one(Form)
        form.fill(values)
        form.field("login").input.select_all()

    def _opened(self) -> None:
        for words in self.query(Words):
            words.refresh(layout=True)

    def _house(self) -> str:
        return self.app.rooms.house if self.app.rooms else _("Order desk")

    def _state(self) -> str:
        if self._desk.seat:
            return _("Locked. {name} finds everything as it was left.").format(name=self._desk.seat.desk.user.name)
        return "" if self.app.rooms else self.app.why_closed or _("Opening; go on typing.")

    def _who_may_come(self, width: int) -> list[Line]:
        """At the demo's door: whom one may be, and the one password (USR-1)."""
        told = _("Demo: every user's password is “{password}”.").format(password=self._prefilled["password"])
        users = " · ".join(f"{login} {_(role)}" for login, role in self._guests)
        return [*paragraph(told, width), *paragraph(users, width, role="muted")]

    def _languages(self) -> str:
        spoken = language.LANGUAGES[language.current()]
        others = [name for name in language.LANGUAGES.values() if name != spoken]
        return bracketed(spoken, labelled("Ctrl+L", word_list(others)))

    @on(Form.Submitted)
    def _knock(self, event: Form.Submitted) -> None:
        login, password = event.values["login"], event.values["password"]
        work = partial(self._desk.sign_in, login, password)
        self.app.run_errand(self, work, what=_("signing in"), then=self._in, refused=self._stay, goes_on=True)

    async def _in(self, seat: Seat) -> None:
        with self.prevent():
            self.query_one(Form).forget()
        await self._desk.sit_down(seat)

    def _stay(self, refused: Refused) -> None:
        if not isinstance(refused, Outage):  # then Enter is all it takes to try again
            secret = self.query_one(Form).field("password").input
            with secret.prevent(secret.Changed):
                secret.value = ""
        self.app.refuse(refused)
