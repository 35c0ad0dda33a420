"""Every rule id leads to a sentence: what code, screens, policy and guides mention stands in `data/rules.md`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent
SENTENCE = re.compile(r"^- \*\*([A-Z]{2,3}-\d+)\*\* (\S.*)$", re.MULTILINE)
SENTENCES = SENTENCE.findall((ROOT / "data/rules.md").read_text(encoding="utf-8"))
ID = re.compile(r"\b(?!GTIN|UTF)[A-Z]{2,4}-\d{1,2}\b")  # these two are standards


def sources() -> Iterator[Path]:
    yield from (ROOT / "ordersdesk").rglob("*.py")
    yield from (ROOT / "screens").rglob("*.py")
    yield from (ROOT / "data").glob("policy.toml")
    yield from (ROOT / "data/guide").rglob("*.md")


def mentioned() -> set[str]:
    return {rule for path in sources() for rule in ID.findall(path.read_text(encoding="utf-8"))}


def test_every_rule_that_is_mentioned_has_its_sentence() -> None:
    assert mentioned() - {rule for rule, _sentence in SENTENCES} == set()


def test_every_sentence_belongs_to_one_rule_that_is_used() -> None:
    rules = [rule for rule, _sentence in SENTENCES]
    assert (len(rules), set(rules) - mentioned()) == (len(set(rules)), set())


def test_every_sentence_is_one() -> None:
    assert [rule for rule, sentence in SENTENCES if not sentence.endswith(".") or ". " in sentence] == []
