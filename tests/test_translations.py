"""Chinese is complete: every text of the program is translated, with the same placeholders."""

from __future__ import annotations

import ast
import re
import string
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

ROOT = Path(__file__).parent.parent
PO = ROOT / "data/locale/zh_CN/LC_MESSAGES/ordersdesk.po"
REPLACED = re.compile(
    "(?<!紧急)放行|大客(?!户)|拣货|拣到|未送成|包件|门店|写坏|短交|用户名|手机支付|兄弟分公司|当面拒收|当面应收|调度员"
    "|工号|担责|销售代表|审批驳回|审批同意|审批撤回|订金|贷款|帐期|手写送货单|手写单簿|白联|粉联|蓝联"
)


@cache
def catalogue() -> Catalog:
    with PO.open("rb") as file:
        return read_po(file, locale="zh_CN")


@cache
def texts() -> dict[str, str]:
    """Every text marked with `_`, `N_` or `ngettext`, with the place it was first seen at.

    Read from the syntax tree: what Babel's own search takes for a text differs between its releases.
    """
    found: dict[str, str] = {}
    for package in ("ordersdesk", "screens"):
        for path in sorted((ROOT / package).rglob("*.py")):
            for text, line in marked(path.read_text(encoding="utf-8")):
                found.setdefault(text, f"{path.relative_to(ROOT)}:{line}")
    return found


def marked(source: str) -> Iterator[tuple[str, int]]:
    """The texts a module marks, with their lines."""
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Call(
                func=ast.Name(id="_" | "N_" | "ngettext") | ast.Attribute(attr="_" | "N_" | "ngettext"),
                args=[ast.Constant(value=str(text)), *_rest],
            ) if text:
                yield text, node.lineno
            case _:
                pass


def translations(message: Message | None) -> list[str]:
    """Every form of a translation."""
    if message is None:
        return []
    return [message.string] if isinstance(message.string, str) else list(message.string or ())


def forms(message: Message) -> list[str]:
    """The source text, with its plural if it has one."""
    return [message.id] if isinstance(message.id, str) else list(message.id)


def placeholders(text: str) -> set[str]:
    return {name for _text, name, _spec, _conversion in string.Formatter().parse(text) if name is not None}


def test_texts_are_found() -> None:
    assert "Nothing found." in texts()


def test_a_key_inside_a_mark_is_no_text() -> None:
    source = """_("To {state}").format(state=_(STATES["review"])), ngettext("one", "many", 2), N_("x" "y"), _(it)"""
    assert sorted(text for text, _line in marked(source)) == ["To {state}", "one", "xy"]


def test_every_text_is_translated() -> None:
    missing = [
        f"{place} {text}"
        for text, place in texts().items()
        if not all(translations(catalogue().get(text))) or not translations(catalogue().get(text))
    ]
    assert missing == []


def test_no_translation_is_doubtful() -> None:
    assert [message.id for message in catalogue() if message.id and message.fuzzy] == []


def test_every_placeholder_is_kept() -> None:
    wrong = [
        text
        for text in texts()
        if (message := catalogue().get(text))
        for translation in translations(message)
        if placeholders(translation) != placeholders(" ".join(forms(message)))
    ]
    assert wrong == []


def test_nothing_is_translated_that_is_not_said() -> None:
    said = set(texts())
    ids = [forms(message)[0] for message in catalogue() if message.id]
    assert [text for text in ids if text not in said] == []


def test_no_translation_uses_a_word_that_was_replaced() -> None:
    """One thing, one word: each of these stands for something that has another name in the glossary."""
    every = [text for message in catalogue() for text in translations(message)]
    assert [text for text in every if REPLACED.search(text)] == []


def test_no_text_is_made_of_parts() -> None:
    """An f-string inside `_()`, or `_()` inside an f-string, would never be found in the catalogue."""
    made = re.compile(r"\b(?:N?_|ngettext)\(\s*f[\"']|\{(?:N?_|ngettext)\(\s*[\"']")
    found = [
        str(path.relative_to(ROOT))
        for package in ("ordersdesk", "screens")
        for path in sorted((ROOT / package).rglob("*.py"))
        if made.search(path.read_text(encoding="utf-8"))
    ]
    assert found == []
