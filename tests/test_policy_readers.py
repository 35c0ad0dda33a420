"""Every value of the policy changes something: the code that reads it is found, and missed when it goes."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from ordersdesk.foundation.policy.policy import sections
from tests.foundation.readers import reads

ROOT = Path(__file__).parent.parent
SHOWING = ("ordersdesk/orders/terms/occasions.py",)  # it says from which threshold on, and holds nobody to it
MODULES = {
    name: ast.parse(path.read_text(encoding="utf-8"))
    for folder in ("ordersdesk", "screens")
    for path in sorted((ROOT / folder).rglob("*.py"))
    if (name := path.relative_to(ROOT).as_posix()) not in SHOWING
}
KEYS = {(name, key) for name, section in sections().items() for key in section.model_fields}


def test_every_value_of_the_policy_has_a_reader() -> None:
    assert sorted(KEYS - reads(MODULES)) == []


@pytest.mark.parametrize(
    ("module", "section", "key"),
    [
        ("ordersdesk/stock/actions.py", "stock", "hold_minutes"),
        ("ordersdesk/orders/changes/plan/rules.py", "changes", "top_amount"),
        ("ordersdesk/orders/assessment/assessment.py", "catalogue", "agreed_wins"),
        ("ordersdesk/foundation/phones/numbering_plans.py", "phones", "short_prefixes"),
        ("ordersdesk/foundation/time/worktime.py", "calendar", "make_up"),
    ],
)
def test_a_reader_that_is_taken_out_is_missed(module: str, section: str, key: str) -> None:
    source = ast.unparse(MODULES[module]).replace(f".{key}", ".something_else")
    assert (section, key) not in reads(MODULES | {module: ast.parse(source)})


@pytest.mark.parametrize(
    ("reader", "section", "key"),
    [
        ("def f(desk):\n    return desk.policy.stock.hold_minutes", "stock", "hold_minutes"),
        ("def f(desk):\n    mine = desk.policy.orders\n    return mine.most_lines", "orders", "most_lines"),
        ("def f(plan: PhonePlan):\n    return plan.area_code", "phones", "area_code"),
        ("def f(policy: Policy):\n    return getattr(policy.choices, 'invoices')", "choices", "invoices"),
    ],
)
def test_a_reader_is_known_however_the_code_says_it(reader: str, section: str, key: str) -> None:
    assert (section, key) in reads({"a": ast.parse(reader)})


def test_the_same_word_of_another_section_is_no_reader() -> None:
    reader = "def f(desk):\n    return desk.policy.customers.number_prefix"
    assert reads({"a": ast.parse(reader)}) == {("customers", "number_prefix")}
