"""The house rules that a machine can hold: arrows, what loads what, where SQL stands, how failures are caught."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from collections import Counter
from collections.abc import Iterator
from inspect import getsource as source_of
from pathlib import Path

import pytest
from importlinter.cli import lint_imports
from textual.app import App
from textual.message_pump import MessagePump
from textual.screen import Screen
from textual.widgets import Input

ROOT = Path(__file__).parent.parent
SQL = {"select", "insert", "update", "delete", "text", "func", "bindparam", "Select"}
# Besides a room's tables, queries and actions, and the foundation: the parts its actions are made of.
BEHIND_DOORS = {
    "documents": {"store"},
    "catalogue": {"writing"},
    "catalogue/prices": {"writing", "rows"},
    "customers/model": {"changing", "numbers", "indexing"},
    "orders/commitments": {"promotions"},
    "files": {"exports"},
    "files/loading": {"customers", "references"},
    "files/loading/orders": {"history"},
}


def sources(*packages: str) -> Iterator[tuple[Path, ast.Module]]:
    """Every module below some packages, parsed."""
    for package in packages:
        for path in sorted((ROOT / package).rglob("*.py")):
            yield path, ast.parse(path.read_text(encoding="utf-8"))


def imported(tree: ast.Module) -> Iterator[tuple[str, str]]:
    """Every (module, name) a module imports."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield from ((node.module, alias.name) for alias in node.names)
        elif isinstance(node, ast.Import):
            yield from ((alias.name, "") for alias in node.names)


def test_arrows_point_down_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    assert lint_imports(no_cache=True) == 0


def test_every_room_stands_on_a_floor_and_knows_no_screen() -> None:
    """A room the contracts do not name may import anything, and be imported by anybody, unseen."""
    rooms = {f"ordersdesk.{path.stem}" for path in (ROOT / "ordersdesk").glob("[a-z]*") if path.suffix in ("", ".py")}
    contracts = {one["name"]: one for one in PROJECT["tool"]["importlinter"]["contracts"]}
    floors = {room for floor in contracts["Arrows point down only"]["layers"] for room in floor.split(" : ")}
    core = set(contracts["The core knows no screen and no terminal"]["source_modules"])
    assert (rooms - floors, rooms - core) == (set(), {"ordersdesk.cli"})


def test_the_core_never_loads_a_screen_or_a_terminal() -> None:
    rooms = [
        ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        for path, _tree in sources("ordersdesk")
        if not {"cli", "versions"} & set(path.parts) and path.stem != "env"
    ]
    code = f"import importlib, sys; [importlib.import_module(room) for room in {rooms}]; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert {"textual", "typer", "rich", "screens"} & set(loaded.stdout.split()) == set()


def test_sql_stands_behind_the_doors_of_a_room() -> None:
    strays = [
        str(path.relative_to(ROOT))
        for path, tree in sources("ordersdesk", "screens")
        if any(module.split(".")[0] in ("sqlalchemy", "sqlmodel") and name in SQL for module, name in imported(tree))
        and "foundation" not in path.parts
        and not path.stem.endswith(("tables", "queries", "actions"))
        and path.stem not in BEHIND_DOORS.get(path.parent.relative_to(ROOT / "ordersdesk").as_posix(), set())
    ]
    assert strays == []


def test_what_textual_keeps_to_itself_is_used_in_one_module() -> None:
    kept = {
        name for kind in (App, Screen, Input, MessagePump) for name in re.findall(r"self\.(_[a-z]\w*)", source_of(kind))
    }
    found: list[str] = []
    for path, tree in sources("screens"):
        nodes = list(ast.walk(tree))
        own = {node.name for node in nodes if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)}
        read = {node.attr for node in nodes if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Load)}
        own |= {node.attr for node in nodes if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store)}
        used = (read & kept - own) | {module for module, _name in imported(tree) if module.startswith("textual._")}
        found += [f"{path.stem}: {name}" for name in sorted(used) if path.stem != "textual_inside"]
    assert found == []


def test_a_failure_is_never_swallowed_whole() -> None:
    """Who catches everything raises it again or hands it on by name."""
    swallowed = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path, tree in sources("ordersdesk", "screens")
        for node in ast.walk(tree)
        if isinstance(node, ast.ExceptHandler) and _catches_all(node) and not _passes_on(node)
    ]
    assert swallowed == []


def _catches_all(handler: ast.ExceptHandler) -> bool:
    names = (
        {node.id for node in ast.walk(handler.type) if isinstance(node, ast.Name)} if handler.type else {"Exception"}
    )
    return bool(names & {"Exception", "BaseException"})


def _passes_on(handler: ast.ExceptHandler) -> bool:
    within = [node for statement in handler.body for node in ast.walk(statement)]
    named = any(isinstance(node, ast.Name) and node.id == handler.name for node in within)
    return named or any(isinstance(node, ast.Raise) for node in within)


def test_nothing_reads_the_wall_clock_but_the_clock() -> None:
    readers = [
        str(path.relative_to(ROOT))
        for path, tree in sources("ordersdesk")
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr in ("now", "today", "utcnow")
        and isinstance(node.value, ast.Name) and node.value.id in ("datetime", "date")
    ]  # fmt: skip
    assert readers == ["ordersdesk/foundation/time/clock.py"]


def test_modules_stay_small() -> None:
    long = {
        str(path.relative_to(ROOT)): lines
        for path, _tree in sources("ordersdesk", "screens")
        if "versions" not in path.parts
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > 350
    }
    assert long == {}


def test_a_folder_is_a_room_one_can_hold_in_ones_head() -> None:
    folders = Counter(path.parent for path, _tree in sources("ordersdesk", "screens") if path.name != "__init__.py")
    crowded = {str(folder.relative_to(ROOT)): files for folder, files in folders.items() if files > 12}
    assert {folder for folder in crowded if not folder.endswith("migrations/versions")} == set()


def test_every_module_says_what_it_is() -> None:
    assert [str(path) for path, tree in sources("ordersdesk", "screens", "tests") if _is_silent(path, tree)] == []


def _is_silent(path: Path, tree: ast.Module) -> bool:
    return bool(tree.body) and not ast.get_docstring(tree) and "versions" not in path.parts


def test_nothing_is_left_to_do() -> None:
    marks = ("TO" + "DO", "FIX" + "ME")
    found = [
        str(path.relative_to(ROOT))
        for path, _tree in sources("ordersdesk", "screens", "tests")
        if any(mark in path.read_text(encoding="utf-8") for mark in marks)
    ]
    assert found == []


PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
RUN_TIME = (ROOT / "requirements.lock").read_text(encoding="utf-8")
DEVELOPMENT = (ROOT / ".ci/development.lock").read_text(encoding="utf-8")


def pinned(lock: str) -> dict[str, str]:
    """Every line of a lock that pins something, by name."""
    return {name_of(line): line.split(" \\")[0] for line in lock.splitlines() if "==" in line and line[0] != " "}


def name_of(requirement: str) -> str:
    name = re.match(r"[\w.-]+", requirement)
    assert name, requirement
    return name[0].lower().replace("_", "-").replace(".", "-")


def test_the_run_time_lock_pins_what_a_desk_needs_and_no_tool() -> None:
    extras = PROJECT["project"]["optional-dependencies"]
    wanted = {name_of(line) for line in [*PROJECT["project"]["dependencies"], *extras["postgres"]]}
    assert wanted - set(pinned(RUN_TIME)) == set()
    assert set(pinned(RUN_TIME)) & {"babel", "pytest", "hatchling", "ruff"} == set()


def test_the_development_lock_pins_every_extra_and_what_builds_the_package() -> None:
    extras = [name for names in PROJECT["project"]["optional-dependencies"].values() for name in names]
    wanted = {name_of(line) for line in [*extras, *PROJECT["build-system"]["requires"]]} - {"ordersdesk"}
    assert wanted - set(pinned(DEVELOPMENT)) == set()
    assert pinned(RUN_TIME).items() - pinned(DEVELOPMENT).items() == set()


@pytest.mark.parametrize("lock", [RUN_TIME, DEVELOPMENT], ids=["run time", "development"])
def test_a_lock_has_hashes_and_names_no_place(lock: str) -> None:
    assert [word for word in ("://", "--index", "--extra", "--find", "--trusted", " @ ") if word in lock] == []
    assert [part for part in re.split(r"\n(?=\S)", lock.strip()) if "--hash=sha256:" not in part] == []


def test_a_package_before_its_first_release_is_bounded() -> None:
    """A 0.x package may change anything with its next minor release."""
    extras = [name for names in PROJECT["project"]["optional-dependencies"].values() for name in names]
    everything = [*PROJECT["project"]["dependencies"], *extras, *PROJECT["build-system"]["requires"]]
    loose = [line for line in everything if re.search(r">=0\.", line) and "<0." not in line]
    assert loose == []
