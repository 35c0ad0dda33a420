"""Phrases: what the program says is kept as template and facts, and said in the language of whoever reads it."""

from __future__ import annotations

import copy
import pickle
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from sqlalchemy import text

from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.documents.document import record, timeline
from ordersdesk.foundation.store.columns import KEPT, FactsColumn, PhraseColumn
from ordersdesk.foundation.texts import language
from ordersdesk.foundation.texts.daynames import short_day
from ordersdesk.foundation.texts.language import (
    _,
    bracketed,
    clauses,
    in_turn,
    labelled,
    line_list,
    ngettext,
    pgettext,
    phrase_of,
    word_list,
)
from ordersdesk.foundation.texts.phrases import Phrase, kept
from ordersdesk.foundation.texts.texts import clean
from tests.marked import marked

HOSTILE = ("[red]{0}{x.__class__}%s[/]", "\u202egnol\u2066", "x" * 10_000, '["{day}", {}]', "\\", "⏎\n")


def read_in(code: str, phrase: str) -> str:
    """What a reader of a language is told, of a phrase that was said in another."""
    assert isinstance(phrase, Phrase)
    language.use(code)
    return phrase_of(kept(phrase))


@pytest.mark.parametrize(
    ("say", "chinese"),
    [
        (lambda: _("slip {number} left").format(number="SL1"), "送货单 SL1 已发车"),
        (lambda: ngettext("{count} piece", "{count} pieces", 2).format(count=2), "数量 2"),
        (lambda: pgettext("a shop", "closed"), "已关门"),
        (lambda: word_list(["A4", "A5"]), "A4、A5"),
        (lambda: word_list([_("morning"), "A5"]), "上午、A5"),
        (lambda: labelled("SL1", _("too dear")), "SL1：嫌价格高"),
        (lambda: bracketed(_("too dear"), "SL1"), "嫌价格高（SL1）"),
        (lambda: short_day(date(2026, 11, 23)), "11月23日 周一"),
        (lambda: clauses([_("morning"), _("afternoon"), "A5"]), "上午，下午，A5"),
        (lambda: in_turn([_("The order waits again."), _("It is not confirmed.")]), "订单又在等待。订单尚未确认。"),
        (lambda: line_list(["typed", "", labelled("a", "b")]), "typed\na：b"),
    ],
)
def test_a_phrase_is_said_in_the_readers_language_and_back(say: Callable[[], str], chinese: str) -> None:
    english = say()
    assert read_in("zh_CN", english) == chinese == say()
    assert read_in("en", say()) == english


@pytest.mark.parametrize("fact", HOSTILE)
def test_a_hostile_fact_is_a_fact_like_any_other(fact: str) -> None:
    phrase = labelled(fact, word_list([fact, "A5"]))
    assert read_in("zh_CN", phrase) == f"{fact}：{fact}、A5"


def test_a_note_is_kept_as_facts_and_read_by_everybody_in_their_language(desk: Desk) -> None:
    noted(desk, _("slip {number} left").format(number="SL1"), {"why": [_("too dear"), "typed"]})
    language.use("zh_CN")
    assert read(desk) == ("送货单 SL1 已发车", {"why": ["嫌价格高", "typed"]})
    assert raw(desk) == f'{KEPT}["slip {{number}} left", {{"number": "SL1"}}]'


@pytest.mark.parametrize("typed", ["too dear", "", '["slip {number} left", {}]', *HOSTILE])
def test_what_a_person_typed_stays_as_it_was_typed(desk: Desk, typed: str) -> None:
    noted(desk, typed, {"why": [typed]})
    language.use("zh_CN")
    assert read(desk) == (typed, {"why": [typed]})


def test_nobody_can_type_what_would_be_taken_for_a_phrase(desk: Desk) -> None:
    forged = f'{KEPT}["slip {{number}} left", {{"number": "SL9"}}]'
    noted(desk, forged, {"why": forged})
    assert (clean(forged, field="note"), *read(desk)) == (forged[1:], forged[1:], {"why": forged[1:]})


def test_what_was_read_is_written_again_as_facts(desk: Desk) -> None:
    noted(desk, _("too dear"), {"why": _("too dear")})
    language.use("zh_CN")
    noted(desk, labelled("SL1", read(desk)[0]), read(desk)[1])
    language.use("en")
    assert read(desk) == ("SL1: too dear", {"why": "too dear"})


def test_a_text_of_an_older_version_is_said_in_english_and_facts_that_do_not_fit_harm_nobody() -> None:
    language.use("zh_CN")
    assert phrase_of(["No longer said of {number}.", {"number": "SL1"}]) == "No longer said of SL1."
    assert phrase_of(["slip {number} left", {"slip": "SL1"}]) == "送货单 {number} 已发车"


def test_a_phrase_is_a_text_for_everybody_else() -> None:
    phrase = labelled("SL1", _("too dear"))
    for same in (copy.deepcopy(phrase), pickle.loads(pickle.dumps(phrase))):
        assert (same, kept(same)) == ("SL1: too dear", kept(phrase))  # type: ignore[arg-type]
    assert (type(str(phrase)), _(phrase), clean(phrase, field="note")) == (str, phrase, phrase)


def test_whatever_keeps_no_phrase_refuses_it_in_a_test(desk: Desk) -> None:
    with pytest.raises(AssertionError, match="too dear"):
        desk.database.write(lambda session: session.connection().execute(text("SELECT :said"), {"said": _("too dear")}))


def test_a_marked_text_is_seen_in_whatever_is_kept(desk: Desk) -> None:
    with marked(), pytest.raises(AssertionError, match="too dear"):
        noted(desk, f"said: {_('too dear')}", {})


def test_columns_of_phrases_are_texts_and_json_to_the_database() -> None:
    assert (PhraseColumn.impl.__visit_name__, FactsColumn.impl.__visit_name__) == ("string", "JSON")


def noted(desk: Desk, note: str, details: dict[str, Any]) -> None:
    desk.database.write(lambda session: record(desk, session, "slip", 1, "told", note=note, details=details))


def read(desk: Desk) -> tuple[str, dict[str, Any]]:
    with desk.reading() as session:
        last = timeline(session, "slip", 1)[-1]
    return last.note, last.details


def raw(desk: Desk) -> str:
    with desk.reading() as session:
        return session.connection().execute(text("SELECT note FROM timeline ORDER BY id DESC")).scalar_one()
