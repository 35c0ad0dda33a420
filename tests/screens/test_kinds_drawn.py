"""Every kind whose list and page are made from its declaration: drawn in both languages, whatever texts it holds."""

from __future__ import annotations

from pathlib import Path

import pytest

from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.texts import language
from ordersdesk.kinds import KINDS
from tests.builders import a_customer
from tests.properties.made import NUMBER, make_hostile
from tests.screens.acting import screen_text, settled
from tests.screens.seated import desk_of, seated

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
MADE = {name: kind for name, kind in KINDS.items() if kind.store}


@pytest.mark.parametrize("code", ["en", "zh_CN"])
@pytest.mark.parametrize("name", [name for name, kind in MADE.items() if kind.plural])
async def test_list_and_page_are_drawn_with_hostile_texts(desk: Desk, tmp_path: Path, name: str, code: str) -> None:
    kind = KINDS[name]
    a_customer(desk)
    desk.database.write(lambda session: make_hostile(desk, session, name))
    language.use(code)
    async with seated(desk, tmp_path, "manager", "finance", login="he", size=(80, 24)) as pilot:
        app = desk_of(pilot)
        await app.show_list(name)
        await settled(pilot)
        listed = screen_text(app)
        await app.show_document(name, NUMBER)
        await settled(pilot)
        for text in (listed, screen_text(app)):
            assert (NUMBER in text, language._(kind.flow.states[kind.flow.start]) in text) == (True, True)
            assert ("\x1b" in text, "\u202e" in text) == (False, False)
