"""Who leads to what in the source: from screens and commands down to the actions of the rooms."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).parent.parent
OUTSIDE = ("screens", "ordersdesk.cli")  # where people and programs come in
Name = tuple[str, str]  # module and what stands in it
Sources = Mapping[str, ast.Module]


def sources() -> dict[str, ast.Module]:
    """Every module of the program by its name, parsed."""
    return {
        ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): ast.parse(
            path.read_text("utf-8")
        )
        for folder in ("ordersdesk", "screens")
        for path in sorted((ROOT / folder).rglob("*.py"))
    }


def actions(modules: Sources) -> set[Name]:
    """Return every verb of a room: what is one transaction."""
    return {
        (module, node.name)
        for module, tree in modules.items()
        for node in tree.body
        if isinstance(node, ast.FunctionDef) and any(ast.unparse(mark) == "action" for mark in node.decorator_list)
    }


def reached(modules: Sources) -> set[Name]:
    """Return all that screens and commands come to, directly or through what they use."""
    uses = {name: found for module, tree in modules.items() for name, found in _Module(module, tree).uses()}
    waiting = [name for name in uses if name[0].startswith(OUTSIDE)]
    seen: set[Name] = set()
    while waiting:
        name = waiting.pop()
        if name not in seen:
            seen.add(name)
            waiting += uses.get(name, ())
    return seen


@dataclass
class _Module:
    name: str
    tree: ast.Module
    imported: dict[str, Name] = field(default_factory=dict[str, Name])

    def uses(self) -> Iterator[tuple[Name, set[Name]]]:
        """Give everything that stands in the module with what it uses; what is imported leads to where it stands."""
        self.imported = dict(self._imports(self.tree))
        own = {name: node for node in self.tree.body for name in _named(node)}
        for name, target in self.imported.items():
            yield (self.name, name), {target}
        for name, node in own.items():
            within = self.imported | dict(self._imports(node))
            yield (self.name, name), {found for each in ast.walk(node) for found in self._used(each, within, own)}

    def _imports(self, node: ast.AST) -> Iterator[tuple[str, Name]]:
        for each in ast.walk(node):
            if isinstance(each, ast.ImportFrom) and each.module:
                yield from ((alias.asname or alias.name, (each.module, alias.name)) for alias in each.names)
            elif isinstance(each, ast.Import):
                yield from ((alias.asname or alias.name, (alias.name, "")) for alias in each.names)

    def _used(self, node: ast.AST, within: Mapping[str, Name], own: Mapping[str, ast.stmt]) -> Iterator[Name]:
        if isinstance(node, ast.Name) and node.id in within:
            yield within[node.id]
        elif isinstance(node, ast.Name) and node.id in own:
            yield self.name, node.id
        elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in within:
            module, name = within[node.value.id]
            yield f"{module}.{name}".rstrip("."), node.attr


def _named(node: ast.stmt) -> Iterator[str]:
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        yield node.name
    elif isinstance(node, ast.Assign | ast.AnnAssign):
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        yield from (each.id for target in targets for each in ast.walk(target) if isinstance(each, ast.Name))
