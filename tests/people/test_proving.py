"""Whoever acts is proven in the transaction they act in (USR-1, USR-7)."""

from __future__ import annotations

import ast
from dataclasses import replace
from pathlib import Path

import pytest

from ordersdesk.calls.actions import answer
from ordersdesk.customers.records.actions import block
from ordersdesk.foundation.desk import NOBODY, SYSTEM, Desk
from ordersdesk.foundation.texts.refusals import SignedOut
from ordersdesk.people import account_actions as accounts
from ordersdesk.people import actions
from ordersdesk.people.account_actions import dismiss_within
from tests.builders import a_customer
from tests.people.making import PASSWORD, a_user, proving, refused, signed_in

ROOT = Path(__file__).parent.parent.parent


def dismiss(boss: Desk, login: str) -> None:
    boss.database.write(lambda session: dismiss_within(boss.proven(session), session, login, reason=""))


def acts(desk: Desk) -> object:
    """Any action."""
    return answer(desk, key="k").id


def test_who_signed_in_acts(desk: Desk) -> None:
    assert acts(a_user(desk, "lin")) == 1


def test_nobody_acts_without_signing_in(desk: Desk) -> None:
    no = refused(acts, proving(desk).signed_in(NOBODY))
    assert (type(no), no.rule) == (SignedOut, "USR-1")


def test_nobody_acts_by_saying_a_name(desk: Desk) -> None:
    lin = a_user(desk, "lin")
    for claimed in (replace(lin.user, id=2), replace(lin.user, login="mei"), replace(lin.user, credentials=2)):
        assert refused(acts, lin.signed_in(claimed)).rule == "USR-1"


def test_a_user_called_system_is_not_the_program(desk: Desk) -> None:
    assert refused(acts, proving(desk).signed_in(replace(SYSTEM))).rule == "USR-1"
    assert refused(a_user, desk, "system").field == "login"


def test_a_dismissed_users_open_desk_does_nothing_more(desk: Desk) -> None:
    boss, lin = a_user(desk, "boss", "admin"), a_user(desk, "lin")
    dismiss(boss, "lin")
    no = refused(acts, lin)
    assert (type(no), no.rule, no.message) == (SignedOut, "USR-7", "Lin does not work here any more.")


@pytest.mark.parametrize("end", [
    lambda boss, lin: actions.set_password(boss, login="lin", password="another password"),
    lambda boss, lin: actions.set_password(lin, login="lin", password="another password", old=PASSWORD),
    lambda boss, lin: accounts.end_sign_ins(boss, "lin"),
    lambda boss, lin: accounts.end_sign_ins(lin, "lin"),
])  # fmt: skip
def test_a_new_password_and_signing_out_everywhere_end_open_desks(desk: Desk, end: object) -> None:
    boss, lin = a_user(desk, "boss", "admin"), a_user(desk, "lin")
    end(boss, lin)  # type: ignore[operator]
    no = refused(acts, lin)
    assert (type(no), no.rule) == (SignedOut, "USR-1")
    assert acts(boss) == 1


def test_roles_count_as_they_are_now_not_as_at_sign_in(desk: Desk) -> None:
    boss, lin, customer = a_user(desk, "boss", "admin"), a_user(desk, "lin"), a_customer(desk)
    assert refused(block, lin, customer, reason="owes").rule == "USR-2"
    accounts.set_roles(boss, "lin", ["leader"])
    block(lin, customer, reason="owes")
    accounts.set_roles(boss, "lin", ["agent"])
    assert refused(block, lin, customer, reason="owes").rule == "USR-2"


def test_an_administrator_who_is_none_any_more_makes_no_other(desk: Desk) -> None:
    boss, other = a_user(desk, "boss", "admin"), a_user(desk, "other", "admin")
    accounts.set_roles(other, "boss", ["agent"])
    no = refused(actions.add_user, boss, login="x", name="X", roles=["admin"], password=PASSWORD)
    assert no.rule == "USR-2"


def test_a_name_is_written_as_it_is_now(desk: Desk) -> None:
    boss, lin = a_user(desk, "boss", "admin"), a_user(desk, "lin")
    accounts.rename(boss, "lin", "林晓")
    assert desk.database.write(lambda session: lin.proven(session).user.name) == "林晓"
    assert signed_in(desk, "lin").user.name == "林晓"


def test_no_room_writes_past_the_proof() -> None:
    """`Database.write` is called by `@action` and the steps of the schema, and by nothing else."""
    writers = {
        str(path.relative_to(ROOT))
        for package in ("ordersdesk", "screens")
        for path in (ROOT / package).rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "write"
        and ast.unparse(node.func.value).endswith("database")
    }  # fmt: skip
    assert writers == {"ordersdesk/foundation/desk.py", "ordersdesk/foundation/migrations/__init__.py"}


def test_every_desk_of_the_program_proves_who_acts() -> None:
    proofs = {
        ast.unparse(node.args[-1])
        for package in ("ordersdesk", "screens")
        for path in (ROOT / package).rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "Desk"
    }
    assert proofs == {"proven", "people.proven"}
