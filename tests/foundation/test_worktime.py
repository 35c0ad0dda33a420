"""Working time: windows, legal holidays with make-up days, closures, and years nobody has published yet."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ordersdesk.foundation.policy.policy import Policy, load
from ordersdesk.foundation.policy.windows import windows
from ordersdesk.foundation.texts.refusals import Refused
from ordersdesk.foundation.time.legal_days import by_law, published
from ordersdesk.foundation.time.worktime import Calendar

POLICY = load()
CALENDAR = Calendar(POLICY)


def calendar(**changes: object) -> Calendar:
    changed = POLICY.calendar.model_copy(update=changes)
    return Calendar(Policy.model_copy(POLICY, update={"calendar": changed}))


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=CALENDAR.zone)


@pytest.mark.parametrize(
    ("day", "works", "why"),
    [
        ("2026-11-20", True, ""),  # an ordinary Friday
        ("2026-11-21", False, ""),  # an ordinary Saturday
        ("2026-09-20", True, ""),  # Sunday worked for National Day
        ("2026-10-10", True, ""),  # Saturday worked for National Day
        ("2026-09-30", True, ""),
        ("2026-10-01", False, "National Day"),
        ("2026-10-07", False, "National Day"),
        ("2026-10-08", True, ""),
        ("2026-02-14", True, ""),  # Saturday worked for Spring Festival
        ("2026-02-17", False, "Spring Festival"),
        ("2026-01-01", False, "New Year's Day"),
    ],
)
def test_the_legal_calendar_of_2026_is_known(day, works, why):
    when = date.fromisoformat(day)
    assert (CALENDAR.is_working_day(when), CALENDAR.closed_for(when)) == (works, why)


def test_the_next_working_day_jumps_over_holidays_and_lands_on_make_up_days():
    nexts = {
        "2026-09-30": "2026-10-08",
        "2026-10-09": "2026-10-10",
        "2026-09-19": "2026-09-20",
        "2026-11-20": "2026-11-23",
    }
    found = {day: str(CALENDAR.next_working_day(date.fromisoformat(day))) for day in nexts}
    assert found == nexts


def test_working_days_are_counted_across_national_day():
    start = date(2026, 9, 29)
    assert [str(CALENDAR.add_working_days(start, days)) for days in range(4)] == [
        "2026-09-29",
        "2026-09-30",
        "2026-10-08",
        "2026-10-09",
    ]
    assert CALENDAR.add_working_days(date(2026, 10, 3), 0) == date(2026, 10, 8)


def test_a_year_that_is_not_published_is_closed_on_the_days_of_the_law_and_says_so():
    assert CALENDAR.next_working_day(date(2026, 12, 31)) == date(2027, 1, 4)
    assert (CALENDAR.unconfirmed(date(2026, 12, 31)), CALENDAR.unconfirmed(date(2027, 1, 1))) == (False, True)
    assert CALENDAR.warning(date(2027, 1, 4)) == "The holidays of 2027 are not published yet; this day is unconfirmed."
    assert CALENDAR.warning(date(2026, 12, 31)) == CALENDAR.warning(None) == ""


@pytest.mark.parametrize(
    ("before", "closed", "after", "name"),
    [
        ("2026-12-31", "2027-01-01", "2027-01-04", "New Year's Day"),
        ("2027-02-04", "2027-02-05", "2027-02-09", "Spring Festival"),  # the eve, a Friday
        ("2028-01-24", "2028-01-25", "2028-01-31", "Spring Festival"),  # the eve to the third day, Tuesday to Friday
        ("2027-04-02", "2027-04-05", "2027-04-06", "Tomb-sweeping Day"),
        ("2028-04-03", "2028-04-04", "2028-04-05", "Tomb-sweeping Day"),  # by the sun, not always on the fifth
        ("2028-04-28", "2028-05-01", "2028-05-03", "Labour Day"),
        ("2027-06-08", "2027-06-09", "2027-06-10", "Dragon Boat Festival"),
        ("2027-09-14", "2027-09-15", "2027-09-16", "Mid-autumn Festival"),
        ("2027-09-30", "2027-10-01", "2027-10-04", "National Day"),
        ("2034-02-17", "2034-02-20", "2034-02-22", "Spring Festival"),  # the year after a leap month at its end
    ],
)
def test_the_days_of_the_law_are_closed_before_anybody_publishes_them(before, closed, after, name):
    opened, shut, reopened = (date.fromisoformat(day) for day in (before, closed, after))
    assert (CALENDAR.closed_for(shut), CALENDAR.is_working_day(shut)) == (name, False)
    assert (CALENDAR.is_working_day(opened), CALENDAR.next_working_day(opened)) == (True, reopened)


def test_what_the_law_names_was_closed_in_the_years_that_are_published():
    known = published().holidays
    assert [str(day) for year in (2025, 2026) for day, name in by_law(year).items() if known.get(day) != name] == []


def test_the_days_of_the_moon_are_known_for_as_long_as_any_promise_reaches():
    assert [year for year in range(2025, 2101) if len(by_law(year)) < 12] == []
    assert {day.month for day in by_law(2101)} == {1, 5, 10}


def test_the_site_adds_the_year_that_is_not_published():
    own = calendar(holidays={date(2027, 1, 1): "New Year"}, make_up_days=(date(2027, 1, 2),), confirmed_years=(2027,))
    assert own.closed_for(date(2027, 1, 1)) == "New Year"
    assert own.next_working_day(date(2026, 12, 31)) == date(2027, 1, 2)
    assert own.is_working_day(date(2027, 1, 2))
    assert not own.unconfirmed(date(2027, 1, 1))


def test_a_branch_closure_wins_over_everything():
    own = calendar(closures={date(2026, 10, 10): "Stock-taking"})
    assert own.closed_for(date(2026, 10, 10)) == "Stock-taking"
    assert own.next_working_day(date(2026, 10, 9)) == date(2026, 10, 12)


def test_without_a_legal_calendar_only_weekdays_count():
    own = calendar(legal="none")
    assert own.is_working_day(date(2026, 10, 1))
    assert not own.is_working_day(date(2026, 10, 10))
    assert not own.unconfirmed(date(2030, 1, 1))


def test_a_branch_may_work_on_saturday_mornings():
    own = calendar(saturday=windows("09:00-12:00"))
    assert [str(window) for window in own.windows(date(2026, 11, 21))] == ["09:00-12:00"]
    assert not own.is_working_day(date(2026, 10, 3))  # a Saturday in National Day


@pytest.mark.parametrize(
    ("start", "minutes", "end"),
    [
        ("2026-11-20T11:30", 30, "2026-11-20T12:00"),  # ends with the window, not with the next one's start
        ("2026-11-20T11:30", 31, "2026-11-20T13:01"),
        ("2026-11-20T17:20", 20, "2026-11-23T08:40"),  # Friday to Monday
        ("2026-11-21T10:00", 240, "2026-11-23T13:30"),  # asked on a Saturday
        ("2026-09-30T17:00", 60, "2026-10-08T09:00"),  # across National Day
        ("2026-10-09T17:00", 60, "2026-10-10T09:00"),  # into a make-up Saturday
        ("2026-11-20T07:00", 0, "2026-11-20T08:30"),
    ],
)
def test_working_minutes_are_added_inside_the_windows_only(start, minutes, end):
    assert CALENDAR.add_working_minutes(at(start), minutes) == at(end)


def test_a_pause_moves_the_deadline_by_its_working_time_only():
    lunch_and_more = (at("2026-11-20T11:00"), at("2026-11-20T14:00"))
    assert CALENDAR.add_working_minutes(at("2026-11-20T10:00"), 120, [lunch_and_more]) == at("2026-11-20T15:00")


def test_pauses_that_overlap_count_once():
    pauses = [(at("2026-11-20T09:00"), at("2026-11-20T10:00")), (at("2026-11-20T09:30"), at("2026-11-20T09:45"))]
    assert CALENDAR.add_working_minutes(at("2026-11-20T08:30"), 60, pauses) == at("2026-11-20T10:30")


def test_moments_may_come_in_any_zone_and_come_back_in_branch_time():
    end = CALENDAR.add_working_minutes(datetime(2026, 11, 20, 3, 30, tzinfo=UTC), 30)
    assert (end.isoformat(), end.tzinfo) == ("2026-11-20T12:00:00+08:00", CALENDAR.zone)


def test_a_day_with_a_clock_change_has_the_hours_it_has():
    berlin = POLICY.branch.model_copy(update={"time_zone": "Europe/Berlin"})
    nights = POLICY.calendar.model_copy(update={"legal": "none", "sunday": windows("00:00-12:00")})
    own = Calendar(POLICY.model_copy(update={"branch": berlin, "calendar": nights}))
    midnight = datetime(2026, 3, 29, tzinfo=own.zone)
    assert own.add_working_minutes(midnight, 11 * 60) == midnight.replace(hour=12)


moments = st.datetimes(datetime(2025, 12, 1), datetime(2027, 2, 1), timezones=st.just(UTC)).map(
    lambda moment: moment.replace(second=0, microsecond=0)
)
pauses = st.lists(
    st.tuples(moments, st.integers(1, 3000)).map(lambda pair: (pair[0], pair[0] + timedelta(minutes=pair[1]))),
    max_size=3,
)


@given(moments, st.integers(0, 3000), st.integers(1, 3000), pauses)
def test_working_minutes_added_in_two_steps_end_where_one_step_ends(start, first, second, breaks):
    halfway = CALENDAR.add_working_minutes(start, first, breaks)
    whole = CALENDAR.add_working_minutes(start, first + second, breaks)
    assert CALENDAR.add_working_minutes(halfway, second, breaks) == whole


NEVER = calendar(
    legal="none",
    **dict.fromkeys(("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"), ()),
)


@pytest.mark.parametrize(
    "ask",
    [
        lambda: NEVER.next_working_day(date(2026, 11, 20)),
        lambda: NEVER.working_days_before(date(2026, 11, 20), 1),
        lambda: NEVER.add_working_days(date(2026, 11, 20), 0),
        lambda: NEVER.add_working_minutes(at("2026-11-20"), 1),
    ],
)
def test_a_calendar_without_any_working_day_is_refused_in_both_directions(ask):
    with pytest.raises(Refused) as refused:
        ask()
    assert (refused.value.rule, refused.value.field) == ("DLV-3", "calendar")


def flooded(days: int) -> Calendar:
    """A branch that works every day of the week but so many days on end from 1 January 2027."""
    every = {"saturday": windows("08:30-12:00"), "sunday": windows("08:30-12:00")}
    closures = {date(2027, 1, 1) + timedelta(days=each): "Flood" for each in range(days)}
    return calendar(legal="none", closures=closures, **every)


def test_a_closure_of_four_hundred_days_is_counted_over():
    own, before, after = flooded(400), date(2026, 12, 31), date(2028, 2, 5)
    assert (own.next_working_day(before), own.working_days_before(after, 1)) == (after, before)
    assert own.add_working_minutes(at("2026-12-31T17:30"), 0) == at("2028-02-05T08:30")


@pytest.mark.parametrize(
    ("ask", "day"),
    [
        (lambda own: own.next_working_day(date(2026, 12, 31)), "2028-02-05"),
        (lambda own: own.working_days_before(date(2028, 2, 6), 1), "2027-01-01"),
        (lambda own: own.add_working_minutes(at("2026-12-31T17:30"), 0), "2028-02-05"),
    ],
)
def test_a_longer_one_is_taken_for_a_wrong_calendar(ask, day):
    with pytest.raises(Refused) as refused:
        ask(flooded(401))
    told = (refused.value.rule, refused.value.field, refused.value.message)
    assert told == ("DLV-3", "calendar", f"The calendar knows no working day before {day}.")


@pytest.mark.parametrize(
    ("day", "days", "before"),
    [
        ("2026-11-24", 0, "2026-11-24"),
        ("2026-11-24", 1, "2026-11-23"),
        ("2026-11-23", 1, "2026-11-20"),
        ("2026-11-23", 3, "2026-11-18"),
        ("2026-10-08", 1, "2026-09-30"),
        ("2026-10-12", 1, "2026-10-10"),  # a Saturday that is worked
    ],
)
def test_working_days_are_counted_back(day, days, before):
    assert CALENDAR.working_days_before(date.fromisoformat(day), days) == date.fromisoformat(before)


@pytest.mark.parametrize(
    ("start", "pauses", "end"),
    [
        ("2026-11-20T12:00", [], "2026-11-20T13:00"),
        ("2026-11-20T10:00", [("2026-11-20T10:00", "2026-11-20T11:00")], "2026-11-20T11:00"),
        ("2026-11-20T10:00", [("2026-11-20T09:00", "2026-11-20T10:00")], "2026-11-20T10:00"),
        ("2026-11-20T17:30", [], "2026-11-23T08:30"),
    ],
)
def test_nought_minutes_end_where_work_goes_on(start, pauses, end):
    breaks = [(at(begin), at(over)) for begin, over in pauses]
    assert CALENDAR.add_working_minutes(at(start), 0, breaks) == at(end)


@pytest.mark.parametrize(("zone", "start"), [("America/New_York", "20:00"), ("Pacific/Auckland", "00:30")])
def test_the_day_is_the_branchs_and_not_the_machines(zone, start):
    branch = POLICY.branch.model_copy(update={"time_zone": zone})
    hours = POLICY.calendar.model_copy(update={"legal": "none", "friday": windows("00:00-21:00")})
    own = Calendar(POLICY.model_copy(update={"branch": branch, "calendar": hours}))
    begin = datetime.fromisoformat(f"2026-11-20T{start}").replace(tzinfo=own.zone)
    assert own.add_working_minutes(begin, 30) == begin + timedelta(minutes=30)
