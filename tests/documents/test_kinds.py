"""The list of documents is complete: nothing with a flow or a document's columns lives beside it."""

from __future__ import annotations

import importlib
import pkgutil

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
