"""Finding a customer among all by anything a caller says, with a read by primary key measured beside it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from random import Random

from sqlalchemy import select

from ordersdesk.customers.finding.find_queries import find
from ordersdesk.customers.model.drafts import NewCustomer
from ordersdesk.customers.model.queries import CUSTOMER
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.searching.pinyin import readings
from tests.bench.figures import Figure, clocked, median, milliseconds, p95
from tests.bench.people import customer

# Milliseconds of the 95th in a hundred: of one key, of two words.
GOALS = {"sqlite": (1.5, 20.0), "postgresql": (10.0, 20.0)}

Say = Callable[[NewCustomer, int], str]


def _first_phone(who: NewCustomer) -> str:
    return who.phone.split("/")[0]


def _digits(who: NewCustomer) -> str:
    return "".join(char for char in _first_phone(who) if char.isdigit())


def _spelled(text: str, *, initials: bool) -> str:
    syllables = min(readings(text, person=True), default=("x",))
    return "".join(syllable[:1] if initials else syllable for syllable in syllables)


KEYS: dict[str, Say] = {
    "customer number": lambda _who, own: f"C{own:07d}",
    "phone, whole": lambda who, _own: _first_phone(who),
    "phone, last four": lambda who, _own: _digits(who)[-4:],
    "phone, any seven": lambda who, _own: _digits(who)[2:9],
    "phone, first three": lambda who, _own: _digits(who)[:3],
    "name, first two": lambda who, _own: who.name[:2],
    "name, two from within": lambda who, _own: who.name[2:4],
    "name, whole": lambda who, _own: who.contact if " " in who.name else who.name,
    "contact": lambda who, _own: who.contact,
    "contact, initials": lambda who, _own: _spelled(who.contact, initials=True),
    "contact, pinyin": lambda who, _own: _spelled(who.contact, initials=False),
    "address, road and number": lambda who, _own: who.address[3:].split("号")[0],
}
TWO_WORDS: dict[str, Say] = {
    "name of several words": lambda who, _own: who.name if " " in who.name else f"{who.name[2:4]} {who.contact}",
    "surname and last four": lambda who, _own: f"{who.contact[0]} {_digits(who)[-4:]}",
    "name and district": lambda who, _own: f"{who.name[2:4]} {who.address[:2]}",
    "contact and road": lambda who, _own: f"{who.contact} {who.address[3:6]}",
}


def lookups(desk: Desk, *, customers: int, times: int) -> Iterator[Figure]:
    """Look up so many customers by each key."""
    chosen = Random(7).sample(range(1, customers + 1), times)
    by_key = _primary_keys(desk, chosen)
    one, two = GOALS[desk.database.dialect]
    for keys, goal in ((KEYS, one), (TWO_WORDS, two)):
        for name, say in keys.items():
            taken = _clocked(desk, chosen, say)
            yield Figure(
                what=f"look-up: {name}",
                at=f"{desk.database.dialect}, {customers:,}",
                measured=milliseconds(taken),
                baseline=f"{milliseconds(by_key)} by id",
                ratio=f"{median(taken) / median(by_key):.1f} ×",
                goal=f"p95 ≤ {goal} ms",
                ok=p95(taken) * 1000 <= goal,
            )


def _clocked(desk: Desk, chosen: Sequence[int], say: Say) -> list[float]:
    texts = [say(customer(own), own) for own in chosen]
    for text in texts[:5]:
        find(desk, text)
    return clocked(partial(find, desk, text) for text in texts[5:])[0]


def _primary_keys(desk: Desk, chosen: Sequence[int]) -> list[float]:
    def read(own: int) -> None:
        with desk.reading() as session:
            session.connection().execute(select(CUSTOMER.c.name).where(CUSTOMER.c.id == own)).one()

    read(chosen[0])
    return clocked(partial(read, own) for own in chosen)[0]
