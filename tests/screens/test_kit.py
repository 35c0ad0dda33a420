"""Lists and pages that are made from kinds: reached from home, worked by the keys of the flow (DLV-8)."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from textual.pilot import Pilot

from ordersdesk.delivery.troubles.actions import claim, told
from ordersdesk.delivery.troubles.queries import TROUBLE, TROUBLES, is_open
from ordersdesk.foundation.desk import Desk
from screens.kit import reading
from tests.builders import as_role
from tests.documents.test_store import a_trouble
from tests.screens.acting import screen_text, type_keys, wait_for, wait_until
from tests.screens.seated import desk_of, seated

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


def bar_of(pilot: Pilot[int]) -> str:
    """The key bar."""
    return screen_text(pilot.app).splitlines()[-1]


async def test_trouble_is_followed_to_its_end_by_keys_alone(desk: Desk, tmp_path: Path) -> None:
    number = a_trouble(desk, cause="rain [/]")
    async with seated(desk, tmp_path, "dispatcher", login="he") as pilot:
        await type_keys(pilot, "t")
        await wait_for(pilot, number, "late", "rain [/]", "1 document")
        await type_keys(pilot, "<Enter>")
        await wait_for(pilot, number, "customer not told", "Story", "Begun")
        await type_keys(pilot, "t<F9>")
        await wait_for(pilot, f"{number} about SL20261123-0001: customer told.")
        await type_keys(pilot, "c30<Enter>德邦物流<Enter><Enter>")
        await wait_for(pilot, "claimed", "30.00", "德邦物流")
        await type_keys(pilot, "s31<Enter><Enter>")
        await wait_for(pilot, "A claim of 30.00 brings between nothing and that.")
        await type_keys(pilot, "<Esc>")
        await type_keys(pilot, "s<Ctrl+U>30<Enter><Enter>")
        await wait_for(pilot, f"{number} about SL20261123-0001: settled.")
    assert TROUBLES.listed(desk, is_open(TROUBLE)) == []


async def test_a_list_shows_the_finished_ones_when_asked(desk: Desk, tmp_path: Path) -> None:
    a_trouble(desk)
    async with seated(desk, tmp_path, "dispatcher", login="he") as pilot:
        await type_keys(pilot, "t<Enter>t<F9>")
        await wait_for(pilot, "customer told.")
        await type_keys(pilot, "x<F9>")
        await wait_for(pilot, ": closed.")
        await type_keys(pilot, "<Esc>")
        await wait_for(pilot, "There is no trouble on the road.")
        await type_keys(pilot, "a")
        await wait_for(pilot, "closed", "1 document")


async def test_a_new_one_is_begun_from_the_list(desk: Desk, tmp_path: Path) -> None:
    a_trouble(desk)
    async with seated(desk, tmp_path, "dispatcher", login="he") as pilot:
        await type_keys(pilot, "tn")
        await type_keys(pilot, "SL20261123-0001<Enter>lots<Enter>")
        await wait_for(pilot, "Not one of the choices.")
        await type_keys(pilot, "<Ctrl+U>damaged<Enter>box soaked<Enter><Enter>")
        await wait_for(pilot, "2 documents")
    assert [one.cause for one in TROUBLES.listed(desk)] == ["rain", "box soaked"]


@pytest.mark.parametrize("role", ["dispatcher", "agent", "finance", "order_group"])
async def test_the_key_bar_offers_what_the_flow_allows_the_role(desk: Desk, tmp_path: Path, role: str) -> None:
    number = a_trouble(desk)
    offered = {"agent": "Customer told", "order_group": "Customer told", "finance": "Claim", "dispatcher": "Claim"}
    async with seated(desk, tmp_path, role, login="he") as pilot:
        await desk_of(pilot).show_document("exception", number)
        await wait_until(pilot, lambda: offered[role] in bar_of(pilot))
        assert [word in bar_of(pilot) for word in ("Settled", "Close")] == [False, False]


async def test_a_list_that_ends_too_early_says_so(desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MOST", 1)
    first, _second = a_trouble(desk), a_trouble(desk)
    async with seated(desk, tmp_path, "dispatcher", login="he") as pilot:
        await type_keys(pilot, "t")
        await wait_for(pilot, first, "More than 1 documents: the list ends there.")
        assert screen_text(pilot.app).count("EX2026") == 1


async def test_after_a_question_was_put_away_enter_opens_the_line_again(desk: Desk, tmp_path: Path) -> None:
    number = a_trouble(desk)
    async with seated(desk, tmp_path, "dispatcher", login="he") as pilot:
        await type_keys(pilot, "tnSL9<Esc><Enter>")
        await wait_for(pilot, f"Trouble on the road {number}", "Story")


async def test_its_paper_is_printed_from_its_page(desk: Desk, tmp_path: Path) -> None:
    number = a_trouble(desk)
    async with seated(desk, tmp_path, "dispatcher", login="he") as pilot:
        await type_keys(pilot, "t<Enter>p")
        await wait_for(pilot, "Where to")
        await type_keys(pilot, f"text<Enter><Ctrl+U>{tmp_path}/trouble.txt<F9>")
        await wait_for(pilot, "Printed to")
        await type_keys(pilot, "p")
        await wait_until(pilot, lambda: not pilot.app.screen.query("Form"))
    said = (tmp_path / "trouble.txt").read_text(encoding="utf-8")
    assert [word in said for word in ("Trouble on the road", number, "Received by")] == [True] * 3


async def test_a_question_begins_with_what_the_document_says_already(desk: Desk, tmp_path: Path) -> None:
    claim(as_role(desk, "dispatcher"), a_trouble(desk), amount=Decimal(1500), on="德邦物流")
    async with seated(desk, tmp_path, "dispatcher", login="he") as pilot:
        await type_keys(pilot, "t<Enter>s")
        await wait_for(pilot, "1,500.00", "Note")
        await type_keys(pilot, "<F9>")
        await wait_for(pilot, ": settled.")
    assert [one.settled for one in TROUBLES.listed(desk)] == [Decimal(1500)]


async def test_what_somebody_else_changed_is_shown_before_it_is_acted_on(desk: Desk, tmp_path: Path) -> None:
    number = a_trouble(desk)
    async with seated(desk, tmp_path, "dispatcher", login="he") as pilot:
        await type_keys(pilot, "t<Enter>c30<Enter>德邦物流")
        told(as_role(desk, "dispatcher"), number, how="fax")
        await type_keys(pilot, "<F9>")
        await wait_for(pilot, f"{number} was changed by somebody else meanwhile.", "→ customer told")
        assert [one.claim_on for one in TROUBLES.listed(desk)] == [""]
        await type_keys(pilot, "c<F9>")
        await wait_for(pilot, f"{number} about SL20261123-0001: claimed.", "30.00 on 德邦物流")
