"""One thread that looks things up while the agent types: of each kind only the newest question is ever asked.

Answers come back as messages that carry their question; an answer that has been overtaken is dropped, an error comes
back as a message too.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from textual.message import Message
from textual.message_pump import MessagePump

from ordersdesk.foundation.texts.language import _
from ordersdesk.foundation.texts.refusals import Refused, SignedOut


@dataclass(frozen=True)
class Question:
    """What was asked: the kind of search, the text, and its place in the line of questions."""

    kind: str
    text: str
    number: int


@dataclass
class Answered(Message, bubble=False):
    """The answer to a question, posted to the widget that asked."""

    question: Question
    answer: Any


@dataclass
class SearchFailed(Message, bubble=False):
    """The search raised an error."""

    question: Question
    error: Exception

    def tell(self, say: Callable[[str, str], object]) -> None:
        """Say why, as a refusal; of somebody who does not sit here any more the door says it, and nobody before."""
        if not isinstance(self.error, SignedOut):
            say(self.sentence(), "refused")

    def sentence(self) -> str:
        """Say why: what database or machine did not do, or that it is a fault of the program."""
        if isinstance(self.error, Refused):
            return str(self.error)
        return _("The search failed: {error}").format(error=type(self.error).__name__)


@dataclass(frozen=True)
class _Job:
    question: Question
    work: Callable[[], object]
    reply: Callable[[Message], object]


class SearchThread:
    """Asks one question at a time, in the order of their kinds; a newer question replaces a waiting one."""

    def __init__(
        self,
        name: str = "search",
        *,
        first: Callable[[Callable[[], object]], Callable[[], object]] = lambda work: work,
        signed_out: Callable[[SignedOut], object] = lambda _why: None,
    ) -> None:
        """`first` puts before each search what proves who asks; `signed_out` hears when nobody sits here any more."""
        self._first = first
        self._signed_out = signed_out
        self._turn = threading.Condition()
        self._waiting: dict[str, _Job] = {}
        self._newest: dict[str, int] = {}
        self._number = 0
        self._closed = False
        self._asking = False
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)
        self._thread.start()

    def ask(self, asker: MessagePump, kind: str, text: str, work: Callable[[], object]) -> Question:
        """Ask; `Answered` or `SearchFailed` goes to the asker unless a newer question of this kind comes first."""
        with self._turn:
            self._number += 1
            question = Question(kind, text, self._number)
            self._newest[kind] = question.number
            self._waiting[kind] = _Job(question, self._first(work), asker.post_message)
            self._turn.notify()
        return question

    @property
    def is_idle(self) -> bool:
        """Tell whether everything asked so far is answered."""
        with self._turn:
            return not self._waiting and not self._asking

    def is_newest(self, question: Question) -> bool:
        """Tell whether no newer question of the kind has been asked."""
        return self._newest.get(question.kind) == question.number

    def forget(self, kind: str) -> None:
        """Drop what was asked of a kind: nobody waits for it any more."""
        with self._turn:
            self._waiting.pop(kind, None)
            self._newest.pop(kind, None)

    def close(self, *, within: float = 1.0) -> None:
        """Ask nothing more and end; a search that is running gets a moment to finish."""
        with self._turn:
            self._closed = True
            self._waiting.clear()
            self._newest.clear()
            self._turn.notify()
        self._thread.join(within)

    def _run(self) -> None:
        while (job := self._next()) is not None:
            try:
                message: Message = Answered(job.question, job.work())
            except Exception as error:
                message = SearchFailed(job.question, error)
                if isinstance(error, SignedOut):
                    self._signed_out(error)
            self._reply(job, message)

    def _next(self) -> _Job | None:
        with self._turn:
            self._asking = False
            self._turn.wait_for(lambda: self._waiting or self._closed)
            if self._closed:
                return None
            self._asking = True
            return self._waiting.pop(next(iter(self._waiting)))

    def _reply(self, job: _Job, message: Message) -> None:
        if not self.is_newest(job.question):
            return
        try:
            job.reply(message)
        except RuntimeError:
            # The application closed its event loop while the search ran.
            return
