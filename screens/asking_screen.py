"""A screen with a main part and, at its foot, what an act asks before it is done."""

from __future__ import annotations

from typing import ClassVar

from screens.screen import DeskScreen
from screens.widgets.question import Question


class AskingScreen(DeskScreen):
    """Yield a `Question` at the end of `body()`; `MAIN` is what has the cursor while nothing is asked."""

    MAIN: ClassVar[str] = ""

    @property
    def question(self) -> Question:
        """What is asked."""
        return self.query_one(Question)

    @property
    def is_asking(self) -> bool:
        """Tell whether something is asked now."""
        return self.question.is_open

    async def close_question(self) -> None:
        """Nothing is asked any more."""
        await self.question.close()
        self.query_one(self.MAIN).focus()

    @property
    def has_step_back(self) -> bool:
        """Esc puts a question away first."""
        return super().has_step_back or self.is_asking

    def step_back(self) -> bool:
        """Put away what was opened last; nothing is done."""
        if super().step_back():
            return True
        was_asking = self.is_asking
        if was_asking:
            self.call_later(self.close_question)
        return was_asking
