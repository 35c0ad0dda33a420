"""One key table, in which a function key means one thing."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from screens.ground.keys import BY_ID, TABLE, Where, as_markdown, bindings, key_name
from screens.shell.app import DeskApp

README = Path(__file__).parents[2] / "README.md"


def test_every_row_has_its_own_id() -> None:
    assert len(BY_ID) == len(TABLE)


def test_a_function_key_belongs_to_one_row_only() -> None:
    counted = Counter(key for row in TABLE for key in row.keys if key.startswith("f") and key[1:].isdigit())
    assert {key for key, rows in counted.items() if rows > 1} == set()


def test_a_key_means_one_thing_in_one_place() -> None:
    counted = Counter((key, row.where) for row in TABLE for key in row.keys)
    assert {place for place, rows in counted.items() if rows > 1} == set()


def test_keys_that_terminals_steal_are_never_the_only_way() -> None:
    stolen = {"f1", "f10", "f11"}
    assert [row.id for row in TABLE if set(row.keys) <= stolen] == []


def test_keys_that_browsers_keep_for_themselves_are_none_of_ours() -> None:
    kept = {f"ctrl+{shift}{key}" for key in "tnw" for shift in ("", "shift+")}
    assert [row.id for row in TABLE if set(row.keys) & kept] == []


def test_the_fixed_keys_stay_what_they_are() -> None:
    fixed = {row.keys[0]: row.id for row in TABLE if row.keys[0][1:].isdigit()}
    assert fixed == {
        "f1": "help",
        "f2": "intake",
        "f3": "leave",
        "f4": "choices",
        "f5": "stock",
        "f6": "book",
        "f7": "customer",
        "f8": "park",
        "f9": "confirm",
    }


def test_bindings_carry_all_keys_of_a_row() -> None:
    (binding,) = bindings("back")
    assert (binding.id, binding.key, binding.action) == ("back", "escape,f12", "back")


def test_the_application_binds_every_row_that_acts_everywhere() -> None:
    bound = {getattr(binding, "id", None) for binding in DeskApp.BINDINGS}
    assert bound == {row.id for row in TABLE if row.where is Where.EVERYWHERE}


@pytest.mark.parametrize(
    ("key", "printed"),
    [("f1", "F1"), ("shift+tab", "Shift+Tab"), ("question_mark", "?"), ("ctrl+r", "Ctrl+R"), ("pageup", "PgUp")],
)
def test_keys_are_named_as_on_the_keyboard(key: str, printed: str) -> None:
    assert key_name(key) == printed


def test_the_readme_lists_the_key_table() -> None:
    if not README.exists():
        pytest.skip("no README yet")
    assert as_markdown() in README.read_text(encoding="utf-8")
