"""What the screens may load and how they may draw: checked in the source, so that no screen forgets."""

from __future__ import annotations

import ast
import importlib
import inspect
import json
import pkgutil
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

import screens

SOURCES = sorted(Path(screens.__file__).parent.rglob("*.py"))
PARSES_MARKUP = {"Static", "Label", "Button", "Checkbox", "RadioButton", "OptionList", "DataTable", "Log", "notify"}
HEAVY = {"sqlmodel", "sqlalchemy", "pydantic", "typer", "phonenumbers", "xlsxwriter", "alembic", "pypinyin", "argon2"}

# Textual's own names that the screens mean to replace; any other private name in common would be an accident.
REPLACED = {
    "_process_messages",
    "_handle_exception",
    "_value",
    "_exception",
    "_return_code",
    "_get_screen",
    "_dispatch_message",
}
# `_on_…` handlers of one class do not hide those of another: Textual calls both.
MADE_BY_TEXTUAL = re.compile(
    r"_(on_\w+|computes|css_type_names?|decorated_handlers|inherit_\w+|merged_bindings|reactives)$"
)


def calls(path: Path) -> Iterator[tuple[str, ast.Call]]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            yield getattr(node.func, "id", getattr(node.func, "attr", "")), node


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.name)
def test_nothing_that_parses_markup_is_used_with_markup_on(path: Path) -> None:
    guarded = {"markup"}
    loose = [
        f"{path.name}:{call.lineno} {name}"
        for name, call in calls(path)
        if name in PARSES_MARKUP and (call.args or call.keywords)
        if not guarded & {keyword.arg for keyword in call.keywords}
    ]
    assert loose == []


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.name)
def test_widgets_draw_text_objects_and_never_markup_strings(path: Path) -> None:
    assert not re.search(r"\bfrom_markup\b|rich\.markup|Content\.from", path.read_text(encoding="utf-8"))


def imported_by(module: str) -> set[str]:
    code = f"import json, sys, {module}; print(json.dumps(sorted({{name.split('.')[0] for name in sys.modules}})))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return set(json.loads(done.stdout))


def test_the_door_is_painted_without_the_database_or_the_commands() -> None:
    assert imported_by("screens.seat.desk") & HEAVY == set()


def test_home_is_painted_without_the_screens_behind_it() -> None:
    code = "import json, sys, screens.start; screens.start.with_screens(None); print(json.dumps([*sys.modules]))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    rooms = {name.split(".")[1] for name in json.loads(done.stdout) if re.match(r"screens\.\w+\.screen$", name)}
    assert rooms - {"shell"} == {"home"}


def test_textual_is_told_how_to_run_before_it_is_imported() -> None:
    code = "import screens, sys; print('textual' in sys.modules); import screens.shell.app;"
    code += "from textual import constants as c;"
    code += "print(c.MAX_FPS, c.ESCAPE_DELAY)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "120", "0.025"]


def test_no_private_name_hides_one_of_textuals() -> None:
    hidden = {f"{cls.__name__}.{name}" for cls in _own_classes() for name in _names(cls) & _textual_names(cls)}
    assert {name for name in hidden if name.split(".")[1] not in REPLACED} == set()


def _own_classes() -> Iterator[type]:
    for info in pkgutil.walk_packages(screens.__path__, "screens."):
        module = importlib.import_module(info.name)
        for _name, cls in inspect.getmembers(module, inspect.isclass):
            if cls.__module__ == info.name and any(base.__module__.startswith("textual") for base in cls.__mro__):
                yield cls


def _names(cls: type) -> set[str]:
    own = {name for name in vars(cls) if re.match(r"_[a-z]", name)} | _assigned(cls)
    return {name for name in own if not MADE_BY_TEXTUAL.match(name)}


def _textual_names(cls: type) -> set[str]:
    bases = [base for base in cls.__mro__ if base.__module__.startswith("textual")]
    return {name for base in bases for name in {*vars(base), *_assigned(base)}}


@cache
def _assigned(cls: type) -> set[str]:
    # Finding a class in its file parses the file: many seconds when done again for each screen.
    return set(re.findall(r"self\.(_[a-z]\w*)(?:: [^=\n]+)? = ", inspect.getsource(cls)))


# Where typing goes on behind work that writes: signing in, the lines and callers of an intake, a new customer in it,
# the slips of a pad, scans that load a sheet, moving a stop. Behind all else keys wait until it was seen (ORD-11).
GOING_ON = {
    "call_screen.py": 3, "door.py": 1, "entering_screen.py": 1, "going_out.py": 2, "line_pad.py": 1, "newcomer.py": 1,
    "screen.py": 1,
}  # fmt: skip


def test_only_typing_that_goes_on_lets_keys_typed_ahead_through_behind_what_writes() -> None:
    found: dict[str, int] = {}
    for path in SOURCES:
        for _name, call in calls(path):
            said = [one.value for one in call.keywords if one.arg == "goes_on"]
            if any(isinstance(value, ast.Constant) and value.value for value in said):
                found[path.name] = found.get(path.name, 0) + 1
    assert found == GOING_ON
