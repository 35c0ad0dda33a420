"""What a kind of document declares of itself; lists, pages, questions, commands, home and checks are made from it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, Integer, Table
from sqlmodel import Session

from ordersdesk.documents.fields import Field
from ordersdesk.documents.inbox import Waiting
from ordersdesk.documents.occasion import Occasion
from ordersdesk.documents.store import Store
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.documents.document import Document, table_of
from ordersdesk.foundation.documents.proofs import Fault
from ordersdesk.foundation.flow import Flow, Verb
from ordersdesk.foundation.store.columns import MoneyColumn
from ordersdesk.foundation.texts.language import N_, _


@dataclass(frozen=True)
class Column:
    """One fact of a document in lists, tables and pages: its attribute and what it is called (N_).

    `labels` are the words (N_) of a code; `person` says a login by name; `drop` says which go first where it is narrow,
    the highest number first, 0 never; `width` in cells, 0 shares what is left; a code is as wide as its words.
    """

    name: str
    title: str
    labels: Mapping[str, str] = field(default_factory=dict[str, str])
    person: bool = False
    width: int = 0
    drop: int = 0
    filter: bool = False
    """A list can be asked for one of its words only."""


@dataclass(frozen=True)
class Act:
    """Something people do with a document: an action, the verbs of the flow it takes, and what it asks.

    `name` is its command; the first verb possible in the state counts, so that one act may stand for several of them.
    An act without verbs begins a document: it is called without a number.
    """

    name: str
    do: Callable[..., Any]
    verbs: tuple[str, ...] = ()
    fields: tuple[Field, ...] = ()
    help: str = ""
    example: str = ""
    roles: frozenset[str] = frozenset()
    """Who begins one; of an act with verbs, the flow says it."""

    def verb(self, flow: Flow, roles: Iterable[str], state: str) -> Verb | None:
        """Return the verb these roles take with it in this state, if there is one."""
        allowed = {verb.name: verb for verb in flow.allowed(roles, state)}
        return next((allowed[name] for name in self.verbs if name in allowed), None)


@dataclass(frozen=True)
class Check:
    """One proof of `ordersdesk check`, and what sets right what it finds, if anything can."""

    name: str
    faults: Callable[[Desk, Session], Iterable[Fault]]
    mend: Callable[[Desk], int] | None = None


@dataclass(frozen=True)
class Kind:
    """One kind of document: its life, where it is kept, and all that lists, pages, commands and home show of it.

    What approvals do to it: `looked` after each yes, since the world may have changed what is asked, `granted` after
    the last yes, `denied` at the first no (with the reason), `withdrawn` when its asker takes the request back (with
    the reason; a kind without it cannot), and `seen`: what an approver is shown, label (N_) to text, read anew when
    they decide.
    """

    flow: Flow
    table: type[Document]
    seen: Callable[[Desk, Session, int], Mapping[str, str]] | None = None
    looked: Callable[[Desk, Session, int], None] | None = None
    granted: Callable[[Desk, Session, int], None] | None = None
    denied: Callable[[Desk, Session, int, str], None] | None = None
    withdrawn: Callable[[Desk, Session, int, str], None] | None = None
    occasions: tuple[Occasion, ...] = ()
    """Why somebody must approve one."""
    inbox: tuple[Waiting, ...] = ()
    checks: tuple[Check, ...] = ()
    # What follows is for kinds whose list, page and commands are made from here.
    plural: str = ""
    """What its list is called (N_)."""
    key: str = ""
    """The key at home that opens its list."""
    store: Store[Any] | None = None
    about: str = ""
    """The attribute that says whom it concerns: home shows it beside the number of one that waits."""
    columns: tuple[Column, ...] = ()
    page: tuple[Column, ...] = ()
    acts: tuple[Act, ...] = ()
    is_open: Callable[[Table], ColumnElement[bool]] | None = None
    """What a list shows unless all are asked for; without it, all are shown."""
    signatures: tuple[str, ...] = ()
    """Who signs its paper by hand (N_), beside who made it; without any, it has no paper. P prints it."""
    nothing: str = N_("There is none.")
    """What an empty list says (N_)."""
    done: str = N_("{number}: {state}.")
    """What is said after an act (N_), with what its action returned and the state in words."""

    def core_table(self) -> Table:
        """Return the Core table of its documents."""
        return table_of(self.table)

    def heading(self) -> str:
        """Return what one is called at the top of its page and of its paper."""
        said = _(self.flow.title)
        return said[:1].upper() + said[1:]

    def told(self, done: Any) -> str:
        """Say what came of an act, by what its action returned."""
        facts: dict[str, Any] = {**vars(done), "state": _(self.flow.states[done.state])}
        return _(self.done).format(**facts)

    def words(self, column: Column) -> Mapping[str, str]:
        """Return the words (N_) of a fact that is a code, a state among them; of any other there are none."""
        return self.flow.states if column.name == "state" else column.labels

    def is_number(self, column: Column) -> bool:
        """Tell whether a fact is an amount or a count, which stand to the right."""
        found = self.core_table().c.get(column.name)
        return found is not None and isinstance(found.type, MoneyColumn | Integer)

    def is_for(self, roles: Iterable[str]) -> bool:
        """Tell whether the list made from here is of use to somebody with these roles."""
        return bool(self.key) and not self._roles().isdisjoint(roles)

    def _roles(self) -> frozenset[str]:
        """Return whoever does something with one, or whom one waits for."""
        named = [verb.roles for verb in self.flow.verbs] + [one.roles for one in (*self.acts, *self.inbox)]
        return frozenset[str]().union(*named)

    def begins(self) -> Act | None:
        """Return the act that makes a new one, if people make it."""
        return next((act for act in self.acts if not act.verbs), None)
