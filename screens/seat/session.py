"""What is opened behind the painted door: the rooms and the database, and who sits at the desk; it knows no screen.

Imported in a thread, never before; the screens come from whoever starts the desk (`screens/start.py`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from textual.screen import Screen

from ordersdesk.approvals.rules import answering
from ordersdesk.calls import queries as calls
from ordersdesk.calls.queries import Ring
from ordersdesk.delivery.model.flow import BACK, CARE, CASH, OFFICE, OVER, STORE
from ordersdesk.delivery.pads.rules import PAIRS
from ordersdesk.foundation.desk import NOBODY, Desk
from ordersdesk.foundation.machine import log
from ordersdesk.foundation.machine.host import this_door
from ordersdesk.foundation.machine.own_files import guard_home
from ordersdesk.foundation.machine.versions import version_of
from ordersdesk.foundation.phones.writing import readable
from ordersdesk.foundation.policy.policy import load
from ordersdesk.foundation.policy.roles import DESK_ROLES, MACHINES, Role
from ordersdesk.foundation.store.database import Database
from ordersdesk.foundation.store.schema import HEAD, refuse_unknown
from ordersdesk.foundation.texts.daynames import weekday
from ordersdesk.foundation.time.clock import Clock, SystemClock
from ordersdesk.orders.promise.waves import wave_clock
from ordersdesk.people import queries as people
from ordersdesk.people.actions import recoveries_to_tell, sign_in
from ordersdesk.people.rules import for_programs
from screens.ground.areas import APPROVALS, BOOK, DISPATCH, HOME, INTAKE

Areas = Mapping[str, Callable[[], Screen[Any]]]

FOR_ALL = ("stock", BOOK, "customer")
DISPATCHERS = OFFICE | STORE | BACK | CASH | OVER | CARE  # whoever does something with a slip may look at them


@dataclass(frozen=True)
class Seat:
    """Somebody at the desk: the signed-in desk, the language they speak, and where they may go."""

    desk: Desk
    language: str
    areas: Areas
    behind: Callable[[], Any]
    told: tuple[str, ...] = ()
    """What they must know before anything else (USR-1)."""

    def time(self) -> str:
        """Say day and time at the branch (ORD-12)."""
        now = self.desk.local()
        return f"{weekday(now.date())} {now:%H:%M}"

    def wave(self) -> str:
        """Say how long the next wave waits (JOY-2)."""
        return wave_clock(self.desk.local(), self.desk.policy, self.desk.calendar)

    def caller(self, number: str) -> str:
        """Return whose number rings, when it is one customer's."""
        return self.behind().caller(self.desk, number)

    def phone(self, number: str) -> str:
        """Write a number as people read it (CUS-3)."""
        return readable(number, self.desk.policy.phones)

    def open_calls(self) -> list[Ring]:
        """Return my calls that are not ended."""
        return [ring for ring in calls.unfinished(self.desk) if ring.agent == self.desk.user.login]

    def prove(self) -> None:
        """Refuse (USR-1, USR-7) whoever is dismissed or signed out meanwhile."""
        with self.desk.reading() as session:
            self.desk.proven(session)

    def be_heard(self) -> bool:
        """Tell the stock that this desk is there: calls keep holds, orders whose day has come get goods (STK-3).

        Refused (USR-1, USR-7) when its user is signed out; True when they have other roles than at sign-in.
        """
        with self.desk.reading() as session:
            present = self.desk.proven(session).user
        for ring in self.open_calls():
            self.behind().still_there(self.desk, holder=ring.key)
        self.behind().reserve_due(self.desk)
        return present.roles != self.desk.user.roles


@dataclass(frozen=True)
class Opened:
    """The open desk with nobody at it; all the application needs of the rooms."""

    desk: Desk
    home: Callable[[], Screen[Any]]
    """The first screen after the door."""
    behind: Callable[[], Any]
    """The screens behind home (`screens/registry.py`), loaded when they are first asked for."""

    @property
    def house(self) -> str:
        """Whose desk it is."""
        return f"{self.desk.policy.branch.company} · {self.desk.policy.branch.name}"

    def sign_in(self, login: str, password: str) -> Seat:
        """Seat somebody; refused (USR-6) when they do not come in, (USR-2) when it is no person."""
        desk = sign_in(self.desk, login=login, password=password, door=this_door())
        if desk.user.roles & MACHINES:
            raise for_programs(desk.user.login)
        recoveries = tuple(one.sentence(desk.zone) for one in recoveries_to_tell(desk))
        with desk.reading() as session:
            account = people.account(session, desk.user.login)
        log.note("signed in", user=desk.user.id)
        return Seat(desk, account.language if account else "", self._areas(desk), self.behind, recoveries)

    def _areas(self, desk: Desk) -> Areas:
        names = list(FOR_ALL)
        names += [INTAKE] if desk.user.roles & DESK_ROLES else []
        names += [APPROVALS] if desk.user.roles & answering(desk.policy) else []
        names += [DISPATCH] if desk.user.roles & DISPATCHERS else []
        names += ["pads"] if desk.user.roles & PAIRS else []
        names += ["users"] if Role.ADMIN in desk.user.roles else []
        return {HOME: self.home, **{name: partial(self._made, name) for name in names}}

    def _made(self, area: str) -> Screen[Any]:
        return self.behind().AREAS[area]()

    def furnish(self) -> None:
        """Import the screens behind home, before somebody goes there and waits for it."""
        self.behind()

    def order_screen(self, number: str) -> Screen[Any]:
        """Make the screen of one order."""
        return self.behind().OrderScreen(number)

    def list_screen(self, kind: str) -> Screen[Any]:
        """Make the list of a kind of document."""
        return self.behind().list_screen(kind)

    def document_screen(self, kind: str, number: str) -> Screen[Any]:
        """Make the page of one document of a kind."""
        return self.behind().document_screen(kind, number)

    def customer_screen(self, customer_id: int) -> Screen[Any]:
        """Make the screen of one customer."""
        return self.behind().CardScreen(customer_id)

    def read_slip(self, seat: Seat, number: str) -> Any:
        """Read what the page of a slip shows; refused when there is no such slip."""
        return self.behind().read_slip(seat.desk, number)

    def slip_screen(self, found: Any) -> Screen[Any]:
        """Make the screen of one slip."""
        return self.behind().SlipScreen(found)

    def read_sheet(self, seat: Seat, number: str) -> Any:
        """Read what the page of a route sheet shows; refused when there is no such sheet."""
        return self.behind().read_sheet(seat.desk, number)

    def sheet_screen(self, found: Any) -> Screen[Any]:
        """Make the screen of one route sheet."""
        return self.behind().RouteScreen(found)

    def close(self) -> None:
        """Give the database back."""
        self.desk.database.close()


def open_desk(*, home: Path, db: str, policy: Path | None = None, clock: Clock | None = None) -> Desk:
    """Open the desk; refused (POL-1, DB-1, DB-2, DB-6) when it cannot be worked on."""
    site = policy or home / "policy.toml"
    rules = load(site if site.exists() else None)
    log.keep(home)
    guard_home(home)
    database = Database(db or f"sqlite:///{home / 'desk.db'}", is_made=True)
    refuse_unknown(database)
    log.note("desk opened", version=version_of("ordersdesk"), schema=HEAD, database=database.dialect)
    return Desk(NOBODY, rules.branch.code, clock or SystemClock(), rules, database, people.proven)
