"""The choices of a field, shown right under it; the focus stays in the field and typing narrows the list."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from textual.widget import Widget

from ordersdesk.foundation.texts.language import N_, _
from screens.forms.form_field import Choice
from screens.ground.layers import layers_of
from screens.widgets.lines import Lines
from screens.widgets.rows import Column, Row

TALLEST = 8


class ChoiceList(Lines, can_focus=False):
    """A list that belongs to the field that opened it."""

    DEFAULT_CSS = "ChoiceList { height: auto; display: none; } ChoiceList.-open { display: block; }"

    def __init__(self) -> None:
        super().__init__([Column("", 2, right=True), Column("")], titles=False, empty=N_("Nothing fits"))
        self.owner: Widget | None = None
        self._all: Sequence[Choice] = ()
        self.was_touched = False
        """Whether the person moved in the list or narrowed it; only then does Enter take a row over their text."""

    @property
    def choice(self) -> Choice | None:
        """The choice under the cursor."""
        return self.current.data if self.current else None

    @property
    def is_open(self) -> bool:
        """Tell whether a field shows its choices."""
        return self.owner is not None

    def open_for(self, owner: Widget, options: Sequence[Choice], *, with_question: bool = False) -> None:
        """Show the choices of a field; those that come `with_question` go with it, they are no layer of their own."""
        self.owner, self._all = owner, options
        for node in owner.ancestors:
            if node.parent is self.parent and isinstance(self.parent, Widget):
                self.parent.move_child(self, after=cast(Widget, node))
        self.add_class("-open")
        self.narrow(options)
        self.was_touched = False
        if not with_question:
            layers_of(self).opened(self)
        self.screen.refresh_bindings()

    def narrow(self, options: Sequence[Choice]) -> None:
        """Show these choices only, each with the number that picks it."""
        numbers = {option: str(number) for number, option in enumerate(self._all, 1)}
        cells = [(numbers.get(option, ""), _(option.label)) for option in options]
        self.show_rows([Row(option.value, text, data=option) for option, text in zip(options, cells, strict=True)])
        self.styles.height = max(1, min(len(options), TALLEST))
        self.was_touched = True

    def action_up(self) -> None:
        """One choice up."""
        self.was_touched = True
        super().action_up()

    def action_down(self) -> None:
        """One choice down."""
        self.was_touched = True
        super().action_down()

    def put_away(self) -> None:
        """Close it; the text in the field stays."""
        self.close()

    def close(self) -> None:
        """Put the list away."""
        self.owner = None
        self.remove_class("-open")
        self.screen.refresh_bindings()
