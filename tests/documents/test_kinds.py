"""The list of documents is complete: nothing with a flow or a document's columns lives beside it."""

from __future__ import annotations

import importlib
import pkgutil

import pytest

import ordersdesk
from ordersdesk.foundation.documents.document import Document
from ordersdesk.foundation.flow import Flow
from ordersdesk.foundation.policy.roles import ROLE_NAMES
from ordersdesk.kinds import KINDS

SKIPPED = ("ordersdesk.foundation.migrations.", "ordersdesk.cli")


def test_every_flow_is_listed() -> None:
    found = {
        value.kind
        for module in pkgutil.walk_packages(ordersdesk.__path__, "ordersdesk.")
        if not module.name.startswith(SKIPPED)
        for value in vars(importlib.import_module(module.name)).values()
        if isinstance(value, Flow)
    }
    assert found == set(KINDS)


def test_every_document_table_is_listed() -> None:
    assert {kind.table for kind in KINDS.values()} == set(Document.__subclasses__())


def test_flows_only_name_states_and_roles_that_exist() -> None:
    for kind in KINDS.values():
        named = {state for verb in kind.flow.verbs for state in (*verb.from_, *verb.to)} | {kind.flow.start}
        assert named <= set(kind.flow.states)
        assert {role for verb in kind.flow.verbs for role in verb.roles} <= set(ROLE_NAMES)


def test_two_kinds_never_share_a_number_prefix() -> None:
    assert len({kind.flow.prefix for kind in KINDS.values()}) == len(KINDS)


def test_one_key_at_home_opens_one_list() -> None:
    keys = [kind.key for kind in KINDS.values() if kind.key] + ["u"]  # an administrator's users
    assert sorted(keys) == sorted(set(keys))


@pytest.mark.parametrize("name", [name for name, kind in KINDS.items() if kind.acts])
def test_one_key_on_a_page_does_one_thing_in_every_state(name: str) -> None:
    kind = KINDS[name]
    for state in kind.flow.states:
        offered = [act.verb(kind.flow, ROLE_NAMES, state) for act in kind.acts]
        keys = [verb.key for verb in offered if verb and verb.key] + ["p"] * bool(kind.signatures)
        assert sorted(keys) == sorted(set(keys)), state


def test_every_act_takes_verbs_of_its_flow_and_every_verb_people_take_has_an_act() -> None:
    """A verb that only a yes or a no takes, or another document, has no key."""
    for kind in KINDS.values():
        taken = {name for act in kind.acts for name in act.verbs}
        assert taken <= {verb.name for verb in kind.flow.verbs}
        assert not kind.acts or {verb.name for verb in kind.flow.verbs if verb.key} <= taken
