"""Who reads which value of the policy, found in the source: what nobody reads is no setting but a promise."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from ordersdesk.foundation.policy.policy import Policy, sections

Read = tuple[str, str]  # section and key
POLICY = "Policy"
SECTIONS = {section.__name__: name for name, section in sections().items()}
# By which pure code takes a section without knowing the policy.
PROTOCOLS = {"PhonePlan": "Phones"}


@dataclass
class _Reads(ast.NodeVisitor):
    """Collect what one module reads; a name is known by its annotation or by what was assigned to it."""

    words: frozenset[str]
    found: set[Read] = field(default_factory=set[Read])
    imported: set[str] = field(default_factory=set[str])
    known: dict[str, str] = field(default_factory=dict[str, str])

    def visit_ImportFrom(self, node: ast.ImportFrom) -> None:
        if node.module and node.module.endswith("settings"):
            self.imported |= {alias.name for alias in node.names}

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        own = {name: model for name, model in self.known.items() if name.startswith("self.")}
        outer, self.known = self.known, dict(self.known)
        for arg in (*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs):
            self.known.pop(arg.arg, None)
            if (model := self._annotated(arg.annotation)) is not None:
                self.known[arg.arg] = model
        self.generic_visit(node)
        own |= {name: model for name, model in self.known.items() if name.startswith("self.")}
        self.known = outer | own

    def visit_Assign(self, node: ast.Assign) -> None:
        self.generic_visit(node)
        for target in node.targets:
            pairs = [(target, node.value)]
            if isinstance(target, ast.Tuple) and isinstance(node.value, ast.Tuple):
                pairs = list(zip(target.elts, node.value.elts, strict=False))
            for name, value in pairs:
                if model := self._model(value):
                    self.known[ast.unparse(name)] = model

    def visit_Attribute(self, node: ast.Attribute) -> None:
        if section := SECTIONS.get(self._model(node.value) or ""):
            self.found.add((section, node.attr))
        self.generic_visit(node)

    def visit_Call(self, node: ast.Call) -> None:
        """A value read by a name that is worked out is one of those the code has words for."""
        is_by_name = isinstance(node.func, ast.Name) and node.func.id == "getattr"
        if is_by_name and (section := SECTIONS.get(self._model(node.args[0]) or "")):
            keys = sections()[section].model_fields
            self.found |= {(section, key) for key in keys if _is_said(key, self.words)}
        self.generic_visit(node)

    def _model(self, node: ast.expr) -> str | None:
        said = self.known.get(ast.unparse(node)) if isinstance(node, ast.Name | ast.Attribute) else None
        if said or not isinstance(node, ast.Attribute):
            return said or (POLICY if isinstance(node, ast.Name) and node.id == "policy" else None)
        if node.attr in ("policy", "_policy"):
            return POLICY
        if self._model(node.value) == POLICY and node.attr in Policy.model_fields:
            return next(model for model, name in SECTIONS.items() if name == node.attr)
        return None

    def _annotated(self, node: ast.expr | None) -> str | None:
        name = ast.unparse(node).strip("'\"").split(".")[-1] if node else ""
        model = PROTOCOLS.get(name, name)
        if model == POLICY:
            return POLICY
        is_ours = model != name or name in self.imported or (node and ast.unparse(node).startswith("settings."))
        return model if model in SECTIONS and is_ours else None


def reads(modules: Mapping[str, ast.Module]) -> set[Read]:
    """Return every (section, key) some module reads; what a section's own property reads counts if that is read."""
    found: set[Read] = set()
    words = frozenset(word for tree in modules.values() for word in _words(tree))
    for tree in modules.values():
        collector = _Reads(words)
        collector.visit(tree)
        found |= collector.found
    return found | {read for tree in modules.values() for read in _behind_properties(tree, found)}


def _words(tree: ast.Module) -> Iterator[str]:
    """Give the texts of a module, but for what is only explained; of a text that is built, its beginning too."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value
        elif isinstance(node, ast.JoinedStr) and node.values and isinstance(node.values[0], ast.Constant):
            yield f"{node.values[0].value}…"


def _is_said(key: str, words: frozenset[str]) -> bool:
    """Tell whether the code has a word for a key, whole or put together: `change_` and `minor`."""
    beginning, _line, end = key.partition("_")
    return key in words or (f"{beginning}_…" in words and end in words)


def _behind_properties(tree: ast.Module, found: set[Read]) -> Iterator[Read]:
    for model in (node for node in ast.walk(tree) if isinstance(node, ast.ClassDef) and _is_section(node)):
        for method in (node for node in model.body if isinstance(node, ast.FunctionDef)):
            if (SECTIONS[model.name], method.name) in found:
                used = (node for node in ast.walk(method) if isinstance(node, ast.Attribute))
                yield from ((SECTIONS[model.name], node.attr) for node in used)


def _is_section(node: ast.ClassDef) -> bool:
    return node.name in SECTIONS and any(ast.unparse(base) == "Section" for base in node.bases)
