"""Customers: looked up by anything, made in five fields, compared with those they may be, changed with a lock."""

from __future__ import annotations

from pathlib import Path

import pytest

from ordersdesk.customers.finding.card_queries import Card, card
from ordersdesk.customers.finding.find_queries import find
from ordersdesk.customers.model.drafts import NewCustomer
from ordersdesk.customers.records.actions import create, edit
from ordersdesk.foundation.desk import Desk
from screens.customer.card import CardScreen
from screens.customer.making import MakingScreen
from tests.screens.acting import screen_text, type_keys, wait_for, wait_until
from tests.screens.seated import desk_of, seated

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)

MINGYUAN = NewCustomer(
    name="明远办公", contact="王芳", phone="13800138000", address="浦东新区张江路88号", territory="浦东", agent="lin"
)
TYPED = "<F7>Blue Whale<Enter>Ann<Enter>(021) 6234 5678<Enter>上海市浦东大道1号<Enter><Enter>"


def mingyuan(desk: Desk) -> int:
    """A known customer."""
    return create(desk, MINGYUAN).id


def known(desk: Desk, customer_id: int) -> Card:
    found = card(desk, customer_id)
    assert found is not None
    return found


async def test_the_list_masks_phones_and_the_card_shows_them(desk: Desk, tmp_path: Path) -> None:
    mingyuan(desk)
    async with seated(desk, tmp_path, size=(100, 30)) as pilot:
        await type_keys(pilot, "<F7>8000")
        await wait_for(pilot, "明远办公", "phone", "138****8000")
        await type_keys(pilot, "<Enter>")
        await wait_until(pilot, lambda: isinstance(desk_of(pilot).screen, CardScreen))
        await wait_for(pilot, "王芳  13800138000", "浦东新区张江路88号", "cash on delivery", "To complete:")


async def test_nobody_found_makes_a_new_customer_with_one_key_a_field(desk: Desk, tmp_path: Path) -> None:
    mingyuan(desk)
    async with seated(desk, tmp_path) as pilot:
        await type_keys(pilot, TYPED)
        await wait_until(pilot, lambda: isinstance(desk_of(pilot).screen, CardScreen))
        await wait_for(pilot, "Blue Whale", "Ann  021-62345678", "浦东")
        assert [found.name for found in find(desk, "62345678")] == ["Blue Whale"]


async def test_a_number_nobody_has_becomes_the_phone_of_the_new_customer(desk: Desk, tmp_path: Path) -> None:
    async with seated(desk, tmp_path) as pilot:
        await type_keys(pilot, "<F7>13911112222<Enter>Zhou Trading<Enter>")
        screen = desk_of(pilot).screen
        assert isinstance(screen, MakingScreen)
        assert screen.newcomer.form.values()["phone"] == "13911112222"


async def test_what_is_no_phone_is_refused_once_and_then_kept_as_a_note(desk: Desk, tmp_path: Path) -> None:
    async with seated(desk, tmp_path) as pilot:
        await type_keys(pilot, "<F7>Zhou<Enter><Enter>ask the guard<Enter>")
        await wait_for(pilot, "(CUS-3)", "Enter again keeps it as a")
        await type_keys(pilot, "<Enter>")
        await wait_for(pilot, "kept as a note")


async def test_a_likely_duplicate_is_shown_beside_and_may_be_the_same(desk: Desk, tmp_path: Path) -> None:
    who = mingyuan(desk)
    async with seated(desk, tmp_path) as pilot:
        await type_keys(
            pilot, "<F7><Ctrl+N>Mingyuan Office<Enter>Li<Enter>138 0013 8000<Enter>上海市X路<Enter>浦东<Enter>"
        )
        await wait_for(pilot, "Known already? same phone", "C000001", "Mingyuan Office", "明远办公", "1  this customer")
        await type_keys(pilot, "1")
        await wait_for(pilot, "王芳  13800138000")
        assert len(known(desk, who).contacts) == 1


async def test_the_same_company_gets_a_new_contact(desk: Desk, tmp_path: Path) -> None:
    who = mingyuan(desk)
    async with seated(desk, tmp_path) as pilot:
        await type_keys(pilot, "<F7><Ctrl+N>明远办公<Enter>Li<Enter>13800138000<Enter>上海市X路<Enter>浦东<Enter>")
        await wait_for(pilot, "Known already?")
        await type_keys(pilot, "2")
        await wait_for(pilot, "上海市X路")
        assert [contact.name for contact in known(desk, who).contacts] == ["王芳", "Li"]


async def test_a_different_customer_needs_a_reason(desk: Desk, tmp_path: Path) -> None:
    mingyuan(desk)
    async with seated(desk, tmp_path) as pilot:
        await type_keys(pilot, "<F7><Ctrl+N>明远办公<Enter>Li<Enter>13911112222<Enter>上海市X路<Enter>浦东<Enter>")
        await wait_for(pilot, "same name in this territory", "Territory 浦东")
        await type_keys(pilot, "3<Enter>")
        await wait_for(pilot, "This is needed.", "(CUS-4)")
        await type_keys(pilot, "another shop<Enter>")
        await wait_until(pilot, lambda: isinstance(desk_of(pilot).screen, CardScreen))
        assert len(find(desk, "明远")) == 2


async def test_esc_from_the_question_goes_back_to_what_was_typed(desk: Desk, tmp_path: Path) -> None:
    mingyuan(desk)
    async with seated(desk, tmp_path) as pilot:
        await type_keys(pilot, "<F7><Ctrl+N>明远办公<Enter>Li<Enter>13911112222<Enter>上海市X路<Enter>浦东<Enter>")
        await wait_for(pilot, "Known already?")
        await type_keys(pilot, "<Esc>")
        assert "13911112222" in screen_text(pilot.app)


async def test_an_edit_is_saved_and_shown(desk: Desk, tmp_path: Path) -> None:
    who = mingyuan(desk)
    async with seated(desk, tmp_path) as pilot:
        await desk_of(pilot).show_customer(who)
        await wait_for(pilot, "明远办公")
        await type_keys(pilot, "eMingyuan [/] Ltd<F9>")
        await wait_for(pilot, "Saved.", "Mingyuan [/] Ltd")
        assert known(desk, who).name == "Mingyuan [/] Ltd"


async def test_an_edit_over_somebody_elses_is_refused_and_the_typing_kept(desk: Desk, tmp_path: Path) -> None:
    who = mingyuan(desk)
    async with seated(desk, tmp_path) as pilot:
        await desk_of(pilot).show_customer(who)
        await wait_for(pilot, "明远办公")
        await type_keys(pilot, "e")
        edit(desk, who, version=known(desk, who).version, changes={"bank": "ICBC"})
        await type_keys(pilot, "Mingyuan Ltd<F9>")
        await wait_for(pilot, "was changed by somebody else")
        await type_keys(pilot, "<Esc>e<F9>")
        await wait_for(pilot, "Saved.", "Mingyuan Ltd", "ICBC")


async def test_a_leader_blocks_with_a_reason_and_only_a_manager_lifts_it(desk: Desk, tmp_path: Path) -> None:
    who = mingyuan(desk)
    async with seated(desk, tmp_path, "leader", size=(100, 30)) as pilot:
        await desk_of(pilot).show_customer(who)
        await wait_for(pilot, "B Block")
        await type_keys(pilot, "bbounced cheque<Enter>")
        await wait_for(pilot, "Blocked: bounced cheque")
        assert "Lift the block" not in screen_text(pilot.app)


async def test_a_contact_is_picked_and_changed(desk: Desk, tmp_path: Path) -> None:
    who = mingyuan(desk)
    async with seated(desk, tmp_path) as pilot:
        await desk_of(pilot).show_customer(who)
        await wait_for(pilot, "明远办公")
        await type_keys(pilot, "t<Enter>王小芳<F9>")
        await wait_for(pilot, "王小芳  13800138000")


async def test_a_leader_merges_a_second_record_into_the_one_on_screen(desk: Desk, tmp_path: Path) -> None:
    who = mingyuan(desk)
    other = NewCustomer(
        name="Blue Whale", contact="Ann", phone="62345678", address="上海市浦东大道1号", territory="浦东"
    )
    create(desk, other)
    async with seated(desk, tmp_path, "leader", size=(120, 40)) as pilot:
        await type_keys(pilot, "<F7>C000001<Enter>")
        await wait_for(pilot, "明远办公", "Merge")
        await type_keys(pilot, "mC000002<Enter>")
        await wait_for(pilot, "Blue Whale · 浦东 · 上海市浦东大道1号")
        await type_keys(pilot, "yes<Enter>")
        await wait_for(pilot, "Saved.", "Before", "C000002")
    assert known(desk, who).old_numbers == ("C000002",)


async def test_an_agent_has_no_key_to_merge(desk: Desk, tmp_path: Path) -> None:
    mingyuan(desk)
    async with seated(desk, tmp_path, size=(120, 40)) as pilot:
        await type_keys(pilot, "<F7>C000001<Enter>")
        await wait_for(pilot, "明远办公", "Edit")
        assert "Merge" not in screen_text(pilot.app)
