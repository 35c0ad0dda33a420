"""Forms: Enter goes on, Up goes back, refusals stand beside their field, nothing typed is lost."""

from __future__ import annotations

from textual.pilot import Pilot

from ordersdesk.foundation.texts.refusals import Refused
from screens.forms.form import Form
from screens.forms.form_field import Choice, matching
from tests.screens.acting import screen_text, type_keys, wait_for, wait_until
from tests.screens.toy import WAYS, ToyApp

TO_THE_FORM = "<F2>13800<Enter>"


def form(pilot: Pilot[int]) -> Form:
    return pilot.app.screen.query_one(Form)


def focused_field(pilot: Pilot[int]) -> str | None:
    assert pilot.app.focused is not None
    parent = pilot.app.focused.parent
    return parent.id if parent else None


async def test_enter_accepts_and_goes_on(pilot: Pilot[int]) -> None:
    await type_keys(pilot, TO_THE_FORM + "Road 5<Enter>3<Enter>")
    assert form(pilot).values() == {"road": "Road 5", "boxes": "3", "way": "", "note": ""}
    assert focused_field(pilot) == "field-way"


async def test_up_and_shift_tab_go_back_whatever_stands_there(pilot: Pilot[int]) -> None:
    await type_keys(pilot, TO_THE_FORM + "Road 5<Enter>x<Up>")
    assert focused_field(pilot) == "field-road"
    await type_keys(pilot, "<Down><Shift+Tab>")
    assert focused_field(pilot) == "field-road"


async def test_a_refusal_stands_beside_its_field_and_keeps_the_focus_there(pilot: Pilot[int]) -> None:
    await type_keys(pilot, TO_THE_FORM + "Road 5<Enter>x<Enter>")
    await wait_for(pilot, "Boxes           x", "That is not a number.", "Type digits. (ORD-1)")
    assert focused_field(pilot) == "field-boxes"


async def test_the_status_line_says_what_mends_it_and_not_again_what_stands_beside_the_field(
    pilot: Pilot[int],
) -> None:
    await type_keys(pilot, TO_THE_FORM + "Road 5<Enter>x<Enter>")
    await wait_for(pilot, "Type digits. (ORD-1)", "That is not a number.")
    assert screen_text(pilot.app).count("That is not a number.") == 1


async def test_a_refusal_too_long_for_its_note_is_said_in_full_in_the_status_line(pilot: Pilot[int]) -> None:
    await type_keys(pilot, TO_THE_FORM)
    why = "This road is closed to our vans from the first snow until the last of it has gone."
    form(pilot).refuse(Refused("CUS-3", why, mend="Take another.", field="road"))
    await wait_for(pilot, "from the fir…", "gone. (CUS-3) Take another.")


async def test_a_field_put_right_takes_its_refusal_off_the_screen(pilot: Pilot[int]) -> None:
    await type_keys(pilot, TO_THE_FORM + "Road 5<Enter>x<Enter>")
    await wait_for(pilot, "Type digits.")
    await type_keys(pilot, "<Backspace>3<Enter>")
    await wait_for(pilot, "36 pieces")
    await wait_until(pilot, lambda: "not a number" not in screen_text(pilot.app))


async def test_what_was_typed_behind_a_refusal_is_kept(pilot: Pilot[int]) -> None:
    await type_keys(pilot, TO_THE_FORM + "Road 5<Enter>x<Enter>post<Enter>")
    await wait_for(pilot, "kept: post⏎")
    assert form(pilot).values()["boxes"] == "x"


async def test_confirm_goes_to_the_first_field_that_is_refused(pilot: Pilot[int]) -> None:
    await type_keys(pilot, TO_THE_FORM + "<Tab>")
    assert focused_field(pilot) == "field-road"
    await type_keys(pilot, "<Enter>")
    await wait_for(pilot, "This is needed.")


async def test_a_refusal_from_a_room_is_shown_at_the_field_it_names(pilot: Pilot[int]) -> None:
    await type_keys(pilot, TO_THE_FORM)
    assert form(pilot).refuse(Refused("CUS-3", "No such road.", field="road"))
    assert not form(pilot).refuse(Refused("CUS-3", "No such thing.", field="elsewhere"))
    await wait_for(pilot, "No such road.")


async def test_f4_shows_the_choices_and_enter_takes_one(pilot: Pilot[int]) -> None:
    await type_keys(pilot, TO_THE_FORM + "Road 5<Enter>3<Enter><F4>")
    await wait_for(pilot, "1 Our van", "3 By post")
    await type_keys(pilot, "<Down><Down><Enter>")
    assert (form(pilot).values()["way"], focused_field(pilot)) == ("post", "field-note")
    assert "By post" in screen_text(pilot.app)


async def test_a_number_picks_a_choice(pilot: Pilot[int]) -> None:
    await type_keys(pilot, TO_THE_FORM + "Road 5<Enter>3<Enter><F4>2<Enter>")
    assert (form(pilot).values()["way"], focused_field(pilot)) == ("vat", "field-note")


async def test_typing_narrows_open_choices_and_esc_puts_them_away(pilot: Pilot[int]) -> None:
    await type_keys(pilot, TO_THE_FORM + "Road 5<Enter>3<Enter><F4>va")
    await wait_for(pilot, "Customer's van")
    await wait_until(pilot, lambda: "By post" not in screen_text(pilot.app))
    await type_keys(pilot, "<Esc>")
    await wait_until(pilot, lambda: "Customer's van" not in screen_text(pilot.app))
    assert form(pilot).values()["way"] == "va"


async def test_a_text_that_fits_two_choices_asks_which(pilot: Pilot[int]) -> None:
    await type_keys(pilot, TO_THE_FORM + "Road 5<Enter>3<Enter>va<Enter>")
    await wait_for(pilot, "More than one fits.", "Customer's van")
    await type_keys(pilot, "<Down><Enter>")
    assert form(pilot).values()["way"] == "vat"


async def test_f4_where_there_is_nothing_to_choose_says_so(pilot: Pilot[int]) -> None:
    await type_keys(pilot, TO_THE_FORM + "<F4>")
    await wait_for(pilot, "F4 (Choices) does nothing here.")


async def test_question_mark_helps_in_an_empty_field_and_is_text_in_a_full_one(pilot: Pilot[int]) -> None:
    await type_keys(pilot, TO_THE_FORM + "why?")
    assert form(pilot).values()["road"] == "why?"
    await type_keys(pilot, "<Backspace><Backspace><Backspace><Backspace>?")
    await wait_for(pilot, "Where the goods go.")
    assert form(pilot).values()["road"] == ""


async def test_hostile_text_is_drawn_safely_while_it_is_typed(pilot: Pilot[int]) -> None:
    await type_keys(pilot, TO_THE_FORM)
    form(pilot).fill({"road": "[/] \x1b[31m王\u202e"})
    await wait_for(pilot, "[/] ␛[31m王·")


async def test_esc_never_loses_typing(pilot: Pilot[int]) -> None:
    app = pilot.app
    assert isinstance(app, ToyApp)
    await type_keys(pilot, TO_THE_FORM + "Road 5<Enter>")
    await app.go_to("home")
    await app.close_area("intake")
    app.offer_area("intake", type(app).intake)
    await type_keys(pilot, "<F2>")
    assert form(pilot).values()["road"] == "Road 5"


def test_a_text_means_the_choice_it_names_begins_or_holds() -> None:
    van, vat, post = WAYS
    assert [matching(WAYS, text) for text in ("van", "VA", "cust", "y po", "zz")] == [
        [van],
        [van, vat],
        [vat],
        [post],
        [],
    ]
    assert matching([Choice("1", "One"), Choice("10", "Ten")], "1") == [Choice("1", "One")]


async def test_enter_never_chooses_over_a_text_that_is_no_choice(pilot: Pilot[int]) -> None:
    await type_keys(pilot, TO_THE_FORM + "Road 5<Enter>3<Enter>zz<Enter><Enter>")
    await wait_for(pilot, "Not one of the choices.", "1 Our van")
    assert (form(pilot).values()["way"], focused_field(pilot)) == ("zz", "field-way")
    await type_keys(pilot, "<Down><Down><Enter>")
    assert (form(pilot).values()["way"], focused_field(pilot)) == ("post", "field-note")


async def test_enter_leaves_a_choice_as_it_is_while_nobody_moved_in_the_list(pilot: Pilot[int]) -> None:
    await type_keys(pilot, TO_THE_FORM + "Road 5<Enter>3<Enter>post<Enter><Up><F4><Enter>")
    assert (form(pilot).values()["way"], focused_field(pilot)) == ("post", "field-note")


async def test_enter_takes_the_row_under_the_cursor_of_an_empty_field(pilot: Pilot[int]) -> None:
    await type_keys(pilot, TO_THE_FORM + "Road 5<Enter>3<Enter><F4><Enter>")
    assert (form(pilot).values()["way"], focused_field(pilot)) == ("van", "field-note")


async def test_typing_after_a_refused_choice_takes_the_place_of_what_was_refused(pilot: Pilot[int]) -> None:
    await type_keys(pilot, TO_THE_FORM + "Road 5<Enter>3<Enter>zz<F9>")
    await type_keys(pilot, "post")
    assert form(pilot).values()["way"] == "post"
    await type_keys(pilot, "<Enter><Up>zz<Enter>")
    await type_keys(pilot, "by<Enter>")
    assert (form(pilot).values()["way"], focused_field(pilot)) == ("post", "field-note")


async def test_a_message_goes_when_the_next_field_is_accepted(pilot: Pilot[int]) -> None:
    await type_keys(pilot, TO_THE_FORM + "<F4>")
    await wait_for(pilot, "F4 (Choices) does nothing here.")
    await type_keys(pilot, "Road 5<Enter>")
    await wait_until(pilot, lambda: "does nothing" not in screen_text(pilot.app))
