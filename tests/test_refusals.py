"""Every refusal in the code has a rule id, a reason and what to do."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
RULE = re.compile(r"[A-Z]{2,4}-\d+$")
CALLS = [
    (f"{path.relative_to(ROOT)}:{node.lineno}", node)
    for folder in ("ordersdesk", "screens")
    for path in sorted((ROOT / folder).rglob("*.py"))
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("Refused", "Stale")
]


@pytest.mark.parametrize(("place", "call"), CALLS, ids=[place for place, _call in CALLS])
def test_a_refusal_says_which_rule_why_and_what_to_do(place: str, call: ast.Call) -> None:
    rule, *reason = call.args
    named = not isinstance(rule, ast.Constant) or RULE.match(str(rule.value))
    mended = any(keyword.arg == "mend" for keyword in call.keywords)
    assert (bool(named), len(reason), mended) == (True, 1, True), place
