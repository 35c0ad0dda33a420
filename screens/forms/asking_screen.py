"""A screen with a main part and, at its foot, what an act asks before it is done."""

from __future__ import annotations

from typing import ClassVar

from screens.forms.question import Question
from screens.shell.screen import DeskScreen


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
        """Nothing is asked any more: it was answered, or what it was about is gone."""
        await self.question.close()
        self.query_one(self.MAIN).focus()
