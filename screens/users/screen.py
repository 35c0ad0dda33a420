"""Users: who may sit at the desk, as what, in which group; and who does not any more (USR-7)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from textual import getters, on
from textual.app import ComposeResult

from ordersdesk.dismissing import dismiss
from ordersdesk.foundation.texts.language import N_, _, bracketed, labelled, pgettext
from ordersdesk.people import account_actions as accounts
from ordersdesk.people.actions import add_user, set_password
from ordersdesk.people.queries import Account
from screens.forms.asking_screen import AskingScreen
from screens.forms.form_field import FormField
from screens.forms.question import Question
from screens.seat.desk import OrderDesk
from screens.users.rows import (
    COLUMNS,
    GROUP,
    LANGUAGE,
    LOGIN,
    NAME,
    OLD,
    PASSWORD,
    REASON,
    TO,
    apart,
    chosen,
    read,
    roles_field,
    said_roles,
)  # fmt: skip
from screens.widgets.keybar import Hint
from screens.widgets.laying import paragraph
from screens.widgets.lines import Lines
from screens.widgets.rows import Row
from screens.widgets.sheet import Sheet

Typed = Mapping[str, str]


class UsersScreen(AskingScreen):
    """The list, and at its foot what is asked about the one under the cursor."""

    NAME = N_("Users")
    ABOUT = N_(
        "N adds a user, Enter changes roles, G the group, M the name, P the password, O signs out everywhere."
        " D dismisses: they are out at once, and what waits for them goes to whoever you name; T takes them on again."
    )
    DEFAULT_CSS = """
    UsersScreen Lines { height: 1fr; margin: 1 0 0 0; }
    UsersScreen Sheet { height: 2; }
    """
    MAIN = "#users"
    app = getters.app(OrderDesk)

    def body(self) -> ComposeResult:
        """The list, its current row in full, and what is asked."""
        yield Lines(COLUMNS, empty=N_("Nobody."), id="users")
        detail = Sheet(id="detail")
        detail.can_focus = False
        yield detail
        yield Question()

    def on_screen_resume(self) -> None:
        """Read them as they are now."""
        if self.app.seat:
            self.app.run_errand(self, partial(read, self.app.desk), what=_("the users"), then=self._show)

    def on_language(self) -> None:
        """Read them in the other language."""
        self.on_screen_resume()

    def _show(self, rows: Sequence[Row]) -> None:
        lines = self.query_one("#users", Lines)
        lines.show_rows(rows, keep=True)
        if not self.is_asking:
            lines.focus()
        self.refresh_bindings()

    @property
    def _user(self) -> Account | None:
        row = self.query_one("#users", Lines).current
        return row.data if row else None

    def verb_hints(self) -> Sequence[Hint]:
        """What may be done with the one under the cursor."""
        if self.is_asking:
            return ()
        ask, new = self._ask, [LOGIN, NAME, roles_field(), GROUP, LANGUAGE, PASSWORD]
        hints, one = [Hint("n", _("New"), rank=1, do=partial(ask, new, self._new, None))], self._user
        if one and one.is_active:
            own = [OLD] if one.login == self.app.desk.user.login else []
            hints += [
                Hint("g", _("Group"), rank=2, do=partial(ask, [GROUP], self._group, one)),
                Hint("m", pgettext("person", "Name"), rank=3, do=partial(ask, [NAME], self._rename, one)),
                Hint("p", _("Password"), rank=2, do=partial(ask, [*own, PASSWORD], self._password, one)),
                Hint("o", _("Sign out"), rank=3, do=partial(self._sign_out, one.login)),
                Hint("d", _("Dismiss"), rank=2, do=partial(ask, [TO, REASON], self._dismiss, one)),
            ]
        elif one:
            hints.append(Hint("t", _("Take on again"), rank=1, do=partial(ask, [PASSWORD], self._again, one)))
        return hints

    @on(Lines.Moved, "#users")
    def _at(self, event: Lines.Moved) -> None:
        one = event.row.data if event.row else None
        told = labelled(one.name, said_roles(one)) if one else ""
        self.query_one("#detail", Sheet).show(lambda width: paragraph(told, width))
        self.refresh_bindings()

    @on(Lines.Chosen, "#users")
    async def _chosen(self, event: Lines.Chosen) -> None:
        """Enter: other roles."""
        one: Account = event.row.data
        await self._ask([roles_field(" ".join(one.roles))], self._roles, one)

    async def _ask(self, fields: Sequence[FormField], then: Callable[..., None], one: Account | None) -> None:
        title = bracketed(one.name, one.login) if one else _("New user")
        work = partial(then, one.login) if one else then
        await self.question.ask(fields, work, title=title, about=f"{then.__name__} {one.login if one else ''}")

    # --- what happens

    def _new(self, typed: Typed) -> None:
        values: dict[str, Any] = {**typed, "roles": apart(typed["roles"]), "group": chosen(typed["group"])}
        self._do(partial(add_user, self.app.desk, **values), lambda _id: _("{name} may sign in.").format(**typed))

    def _roles(self, login: str, typed: Typed) -> None:
        self._do(partial(accounts.set_roles, self.app.desk, login, apart(typed["roles"])), self._saved)

    def _group(self, login: str, typed: Typed) -> None:
        self._do(partial(accounts.set_group, self.app.desk, login, chosen(typed["group"])), self._saved)

    def _rename(self, login: str, typed: Typed) -> None:
        self._do(partial(accounts.rename, self.app.desk, login, typed["name"]), self._saved)

    def _password(self, login: str, typed: Typed) -> None:
        work = partial(set_password, self.app.desk, login=login, **typed)
        self._do(
            work, lambda _done: _("The new password is good from now on; {user} is signed out.").format(user=login)
        )

    def _dismiss(self, login: str, typed: Typed) -> None:
        work = partial(dismiss, self.app.desk, login, to=typed["to"], reason=typed["reason"])
        self._do(work, lambda done: " ".join(done.sentences(self.app.desk)))

    def _again(self, login: str, typed: Typed) -> None:
        work = partial(accounts.reinstate, self.app.desk, login=login, password=typed["password"])
        self._do(work, lambda name: _("{name} works here again, with a new password.").format(name=name))

    def _sign_out(self, login: str) -> None:
        self._do(partial(accounts.end_sign_ins, self.app.desk, login), self._signed_out)

    def _saved(self, _done: object) -> str:
        return _("Saved.")

    def _signed_out(self, name: str) -> str:
        return _("{name} is signed out everywhere.").format(name=name)

    def _do(self, work: Callable[[], Any], told: Callable[[Any], str]) -> None:
        self.app.run_errand(self, work, what=_("saving"), then=partial(self._done, told))

    async def _done(self, told: Callable[[Any], str], done: object) -> None:
        if self.is_asking:
            await self.close_question()
        self.on_screen_resume()
        self.say(told(done), "good")
