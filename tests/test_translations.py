"""Chinese is complete: every text of the program is translated, with the same placeholders."""

from __future__ import annotations

import ast
import re
import string
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple, TypeGuard

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

from ordersdesk.foundation.texts.language import translator
from ordersdesk.kinds import KINDS
from screens.ground.keys import TABLE
from tests.one_meaning import ONE_MEANING, PLAIN

ROOT = Path(__file__).parent.parent
PO = ROOT / "data/locale/zh_CN/LC_MESSAGES/ordersdesk.po"
REPLACED = re.compile(
    "(?<!紧急)放行|大客(?!户)|拣货|拣到|未送成|包件|门店|写坏|短交|用户名|手机支付|兄弟分公司|当面拒收|当面应收|调度员"
    "|工号|担责|销售代表|审批驳回|审批同意|审批撤回|订金|贷款|帐期|手写送货单|手写单簿|白联|粉联|蓝联"
)


FIGURE = r"\{(?:number|numbers|slip|slips|code|order|count|pieces|quantity|amount|total|limit|at|time|rule|day)[^}]*\}"
# What is typed, stored or read by programs has the marks of its own form.
READ_BY_PROGRAMS = {
    "ordersdesk/approvals/actions.py", "ordersdesk/approvals/queries.py", "ordersdesk/catalogue/prices/writing.py",
    "ordersdesk/catalogue/writing.py", "ordersdesk/cli/flows.py", "ordersdesk/cli/frame/refusing.py",
    "ordersdesk/customers/records/actions.py", "ordersdesk/files/exports.py", "ordersdesk/files/mapping/rows.py",
    "ordersdesk/files/tables/reading.py", "ordersdesk/foundation/machine/crash.py",
    "ordersdesk/foundation/policy/allowed.py", "ordersdesk/foundation/store/bulk.py",
    "ordersdesk/orders/review/snapshot.py", "screens/customer/changes.py", "screens/ground/keys.py",
    "screens/item/changes.py",
}  # fmt: skip
OF_A_DAY = {
    "{month}{day}日", "{year}年{month}{day}日", "{month}{day}日 {weekday}", "我们{day}{weekday}{part}给您送到。",
    "我们今天（{day}{weekday}）{part}给您送到。", "我们明天（{day}{weekday}）{part}给您送到。",
    "{told}我们{day}再送一次。", "{month}{day}号{weekday}", "您的订单 {number} 是以后要的，货从{day}起给您留好。",
}  # fmt: skip


@cache
def catalogue() -> Catalog:
    with PO.open("rb") as file:
        return read_po(file, locale="zh_CN")


class Text(NamedTuple):
    """A text as gettext knows it: its words, and what they are said of when that is not clear by themselves."""

    words: str
    context: str | None = None


@cache
def places() -> dict[Text, list[str]]:
    """Every text marked with `_`, `N_`, `NP_`, `pgettext` or `ngettext`, with the places it stands at.

    Read from the syntax tree: what Babel's own search takes for a text differs between its releases.
    """
    found: dict[Text, list[str]] = {}
    for package in ("ordersdesk", "screens"):
        for path in sorted((ROOT / package).rglob("*.py")):
            for text, line in marked(path.read_text(encoding="utf-8")):
                found.setdefault(text, []).append(f"{path.relative_to(ROOT)}:{line}")
    return found


def marked(source: str) -> Iterator[tuple[Text, int]]:
    """The texts a module marks, with their lines."""
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Call(
                func=ast.Name(id="_" | "N_" | "ngettext") | ast.Attribute(attr="_" | "N_" | "ngettext"),
                args=[ast.Constant(value=str(words)), *_rest],
            ) if words:
                yield Text(words), node.lineno
            case ast.Call(
                func=ast.Name(id="NP_" | "pgettext"),
                args=[ast.Constant(value=str(context)), ast.Constant(value=str(words))],
            ):
                yield Text(words, context), node.lineno
            case _:
                pass


def message_of(text: Text) -> Message | None:
    return catalogue().get(text.words, text.context)


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
    assert {Text("Nothing found."), Text("Back", "key")} <= set(places())


def test_a_key_inside_a_mark_is_no_text() -> None:
    source = """_("To {state}").format(state=_(STATES["review"])), ngettext("one", "many", 2), N_("x" "y"), _(it)"""
    assert sorted(text.words for text, _line in marked(source)) == ["To {state}", "one", "xy"]


def test_a_text_is_found_with_its_context() -> None:
    source = """pgettext("pad", "Take back"), NP_("van", "Back"), _("Back")"""
    assert {text for text, _line in marked(source)} == {Text("Take back", "pad"), Text("Back", "van"), Text("Back")}


def test_every_text_is_translated() -> None:
    missing = [
        f"{found[0]} {text}"
        for text, found in places().items()
        if not all(translations(message_of(text))) or not translations(message_of(text))
    ]
    assert missing == []


def test_no_translation_is_doubtful() -> None:
    assert [message.id for message in catalogue() if message.id and message.fuzzy] == []


def test_every_placeholder_is_kept() -> None:
    wrong = [
        text
        for text in places()
        if (message := message_of(text))
        for translation in translations(message)
        if placeholders(translation) != placeholders(" ".join(forms(message)))
    ]
    assert wrong == []


def test_nothing_is_translated_that_is_not_said() -> None:
    ids = [Text(forms(message)[0], message.context) for message in catalogue() if message.id]
    assert [text for text in ids if text not in places()] == []


def test_a_short_word_used_in_several_rooms_has_a_context() -> None:
    """A word or two rarely mean one thing: those that do, on all their places, are named in `ONE_MEANING`."""
    short = ((text.words.strip(), found) for text, found in places().items() if is_short(text))
    assert sorted({words for words, found in short if len(set(map(room, found))) > 1} - ONE_MEANING) == []


def test_a_word_with_a_context_has_one_everywhere() -> None:
    """Where a word has two meanings, the place without a context is a guess, unless it is the word's plain one."""
    with_context = {text.words for text in places() if text.context}
    assert sorted({text.words for text in places() if not text.context} & with_context - PLAIN) == []


def is_short(text: Text) -> bool:
    return text.context is None and len(text.words.split()) <= 2 and any(map(str.isalpha, text.words))


def room(place: str) -> str:
    """The package a place is in: `ordersdesk/orders`, `screens/slip`."""
    return "/".join(place.split(":")[0].split("/")[:2])


def test_placeholders_never_touch_each_other() -> None:
    """`{sheet}{count}` is read `SO20261201-000100:47`; only the parts of a day, as it is spoken, stand side by side."""
    touching = [text for message in catalogue() for text in translations(message) if "}{" in text]
    assert sorted(set(touching) - OF_A_DAY) == []


def test_figures_and_numbers_keep_a_space_from_words() -> None:
    """`送货单 SL… 已送达`, `还差 3 件`: codes and figures stand apart from Chinese on both sides."""
    close = [
        text
        for message in catalogue()
        for text in translations(message)
        if re.search(rf"[\u4e00-\u9fff]{FIGURE}|{FIGURE}[\u4e00-\u9fff]", text)
    ]
    assert sorted(set(close) - OF_A_DAY) == []


def test_no_translation_uses_a_word_that_was_replaced() -> None:
    """One thing, one word: each of these stands for something that has another name in the glossary."""
    every = [text for message in catalogue() for text in translations(message)]
    assert [text for text in every if REPLACED.search(text)] == []


def test_the_language_puts_the_marks_between_texts_not_the_code() -> None:
    """Lists, labels and notes are written by `word_list`, `clause_list`, `labelled`, `bracketed`: `；：（）`."""
    by_code = {
        str(path.relative_to(ROOT))
        for package in ("ordersdesk", "screens")
        for path in (ROOT / package).rglob("*.py")
        if "migrations" not in path.parts and any(map(puts_a_mark, ast.walk(ast.parse(path.read_text("utf-8")))))
    }
    assert sorted(by_code - READ_BY_PROGRAMS) == []


def puts_a_mark(node: ast.AST) -> bool:
    """Whether texts are put beside each other with a mark of English between."""
    match node:
        case ast.Call(func=ast.Attribute(attr="join", value=ast.Constant(value=str(mark)))):
            return mark.strip() in {",", ";", ":"}
        case ast.JoinedStr(values=parts):
            between = zip(parts, parts[1:], parts[2:], strict=False)
            return any(
                isinstance(mark, ast.Constant)
                and mark.value in {": ", "; ", ", ", " ("}
                and isinstance(before, ast.FormattedValue)
                and isinstance(after, ast.FormattedValue)
                for before, mark, after in between
            )
        case _:
            return False


def test_keys_are_verbs_of_two_to_four_characters() -> None:
    """What the key bar shows is read at a glance: 批准, 补打, 查进度."""
    say = translator("zh_CN")
    verbs = (verb.label for kind in KINDS.values() for verb in kind.flow.verbs if verb.key)
    labels = {say(label) for label in (*verbs, *(key.label for key in TABLE), *hints())}
    assert [label for label in labels if not 0 < len(label) <= 4] == []


def hints() -> Iterator[str]:
    """Every text without a fact that a screen puts beside a key."""
    for path in sorted((ROOT / "screens").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Hint":
                found = marked(ast.unparse(node.args[1]))
                yield from (text.words for text, _line in found if not text.context and "{" not in text.words)


def test_no_text_is_made_of_parts() -> None:
    """An f-string inside `_()`, or `_()` inside an f-string, would never be found in the catalogue."""
    found = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for package in ("ordersdesk", "screens")
        for path in sorted((ROOT / package).rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if is_made_of_parts(node)
    ]
    assert found == []


def is_made_of_parts(node: ast.AST) -> TypeGuard[ast.expr]:
    """Whether a text to translate is put together, or stands in one that is."""
    match node:
        case ast.Call(func=ast.Name(id="_" | "N_" | "ngettext"), args=[text, *_rest]):
            return isinstance(text, ast.JoinedStr)
        case ast.FormattedValue(value=ast.Call(func=ast.Name(id="_" | "N_" | "ngettext"), args=[text, *_rest])):
            return isinstance(text, ast.Constant)
        case _:
            return False


@pytest.mark.parametrize(
    ("source", "is_made"),
    [('_(f"{a} b")', True), ("f\"{_('a')} b\"", True), ('f"{_(a)} b"', False), ('{N_("a"): f"{b}"}', False)],
)
def test_a_text_made_of_parts_is_known_by_its_place(source: str, is_made: bool) -> None:
    assert any(map(is_made_of_parts, ast.walk(ast.parse(source)))) == is_made
