"""Of each kind only the newest question is answered, errors come back as messages, and nothing is left running."""

from __future__ import annotations

import threading
from collections.abc import Callable
from queue import SimpleQueue
from typing import Any

import pytest
from textual.message import Message

from screens.ground.search_thread import Answered, Question, SearchFailed, SearchThread


class Asker:
    """Collects what is posted to it."""

    def __init__(self) -> None:
        self.got: SimpleQueue[Message] = SimpleQueue()

    def post_message(self, message: Message) -> bool:
        self.got.put(message)
        return True


class Gate:
    """Work that waits until it is let through."""

    def __init__(self) -> None:
        self.begun = threading.Event()
        self.open = threading.Event()

    def __call__(self) -> str:
        self.begun.set()
        assert self.open.wait(20)
        return "late"


def ask(search: SearchThread, asker: Any, kind: str, text: str, work: Callable[[], object]) -> Question:
    return search.ask(asker, kind, text, work)


@pytest.fixture
def search() -> Any:
    thread = SearchThread()
    yield thread
    thread.close()


def test_an_answer_carries_its_question(search: SearchThread) -> None:
    asker = Asker()
    question = ask(search, asker, "caller", "138", lambda: ["Wang"])
    assert asker.got.get(timeout=20) == Answered(question, ["Wang"])


def test_an_error_comes_back_as_a_message(search: SearchThread) -> None:
    asker, error = Asker(), ValueError("no")

    def fail() -> None:
        raise error

    question = ask(search, asker, "caller", "138", fail)
    assert asker.got.get(timeout=20) == SearchFailed(question, error)


def test_only_the_newest_question_of_a_kind_is_asked_and_answered(search: SearchThread) -> None:
    asker, gate, asked = Asker(), Gate(), []
    ask(search, asker, "caller", "1", gate)
    assert gate.begun.wait(20)
    ask(search, asker, "caller", "13", lambda: asked.append("13"))
    newest = ask(search, asker, "caller", "138", lambda: "Wang")
    gate.open.set()
    assert asker.got.get(timeout=20) == Answered(newest, "Wang")
    assert (asked, asker.got.empty()) == ([], True)


def test_kinds_do_not_push_each_other_out(search: SearchThread) -> None:
    asker, gate = Asker(), Gate()
    first = ask(search, asker, "caller", "1", gate)
    second = ask(search, asker, "item", "a4", lambda: "paper")
    gate.open.set()
    assert [asker.got.get(timeout=20), asker.got.get(timeout=20)] == [
        Answered(first, "late"),
        Answered(second, "paper"),
    ]


def test_an_answer_nobody_waits_for_any_more_is_dropped(search: SearchThread) -> None:
    asker, gate = Asker(), Gate()
    forgotten = ask(search, asker, "caller", "1", gate)
    assert gate.begun.wait(20)
    search.forget("caller")
    last = ask(search, asker, "item", "a4", lambda: "paper")
    gate.open.set()
    assert asker.got.get(timeout=20) == Answered(last, "paper")
    assert not search.is_newest(forgotten)


def test_closing_ends_the_thread_and_drops_what_waits() -> None:
    search, asker, gate = SearchThread("closing"), Asker(), Gate()
    ask(search, asker, "caller", "1", gate)
    assert gate.begun.wait(20)
    ask(search, asker, "item", "a4", lambda: "paper")
    gate.open.set()
    search.close(within=20)
    assert [thread for thread in threading.enumerate() if thread.name == "closing"] == []
    assert asker.got.empty()
