"""A flow is data: the states of a document kind and the verbs between them, read by guards, key bars and tests."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ordersdesk.foundation.policy.roles import ROLE_NAMES
from ordersdesk.foundation.texts.language import _, word_list
from ordersdesk.foundation.texts.refusals import Refused


@dataclass(frozen=True)
class Verb:
    """Something a role may do to a document in some states; an empty `to` leaves the state as it is."""

    name: str
    from_: tuple[str, ...]
    to: tuple[str, ...]
    roles: frozenset[str]
    rule: str
    label: str
    key: str = ""


@dataclass(frozen=True)
class Flow:
    """The whole life of one document kind."""

    kind: str
    title: str
    prefix: str
    start: str
    states: dict[str, str]
    verbs: tuple[Verb, ...]

    def verb(self, name: str) -> Verb:
        """Return a verb by name; an unknown one is a bug, not a refusal."""
        return next(verb for verb in self.verbs if verb.name == name)

    def allowed(self, roles: Iterable[str], state: str) -> list[Verb]:
        """Return what these roles may do in this state: the key bar and the menu are made from it."""
        held = set(roles)
        return [verb for verb in self.verbs if state in verb.from_ and held & verb.roles]

    def check(self, verb: Verb, *, roles: Iterable[str], state: str, number: str, to: str = "") -> None:
        """Refuse a verb in a wrong state (its own rule) or by a wrong role (USR-2)."""
        if state not in verb.from_ or (to and to not in verb.to):
            raise Refused(
                verb.rule,
                _("{document} is {state}: “{verb}” is not possible now.").format(
                    document=number or _(self.title), state=_(self.states.get(state, state)), verb=_(verb.label)
                ),
                mend=_("Possible when it is: {states}.").format(
                    states=word_list(_(self.states[name]) for name in verb.from_)
                ),
            )
        if not verb.roles & set(roles):
            raise refused_role(verb.roles, doing=_(verb.label))


def refused_role(needed: Iterable[str], *, doing: str = "") -> Refused:
    """Build the refusal of USR-2: it names the role that is needed."""
    names = word_list(sorted(_(ROLE_NAMES.get(role, role)) for role in needed))
    message = _("You may not do this: {verb}.").format(verb=doing) if doing else _("You may not do this.")
    return Refused("USR-2", message, mend=_("It needs the role: {roles}.").format(roles=names))
