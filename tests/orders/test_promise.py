"""The delivery promise (DLV-2…5, DLV-7): boundaries, calendar, receiving hours, wishes, and its one line."""

from datetime import date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from ordersdesk.foundation.policy.policy import Policy, load
from ordersdesk.foundation.policy.windows import windows
from ordersdesk.foundation.texts.refusals import Refused
from ordersdesk.foundation.time.worktime import Calendar
from ordersdesk.orders.promise.promise import Promise, PromiseFacts, promise
from ordersdesk.orders.promise.rules import Due, is_over, was_kept
from ordersdesk.orders.promise.waves import Wave
from ordersdesk.orders.terms.reasons import said_of

POLICY = load()
CALENDAR = Calendar(POLICY)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=CALENDAR.zone)


def asked(now: str, size_class: str = "small", *, policy: Policy = POLICY, **more: object) -> Promise:
    facts = {"region": "上海"} | more
    return promise(PromiseFacts(now=at(now), size_class=size_class, **facts), policy, CALENDAR)  # pyright: ignore[reportArgumentType]


def other(**delivery: object) -> Policy:
    """The policy of a branch that delivers otherwise."""
    return POLICY.model_copy(update={"delivery": POLICY.delivery.model_copy(update=delivery)})


def said(found: Promise) -> tuple[str, str, str]:
    return str(found.date), found.part, found.explanation


def refused(now: str, size_class: str = "small", *, policy: Policy = POLICY, **more: object) -> Refused:
    with pytest.raises(Refused) as refusal:
        asked(now, size_class, policy=policy, **more)
    assert refusal.value.mend
    return refusal.value


@pytest.mark.parametrize(
    ("now", "day", "part", "explanation"),
    [
        ("2026-11-19T08:00", "2026-11-19", "afternoon", "Key customer before 12:00: today afternoon"),
        ("2026-11-19T11:59:59", "2026-11-19", "afternoon", "Key customer before 12:00: today afternoon"),
        ("2026-11-19T12:00", "2026-11-20", "morning", "Key customer after 12:00: Fri 20 Nov morning"),
        ("2026-11-20T12:00", "2026-11-23", "morning", "Key customer after 12:00: Mon 23 Nov morning"),
        ("2026-11-20T18:30", "2026-11-23", "morning", "Key customer after 12:00: Mon 23 Nov morning"),
        ("2026-11-21T09:00", "2026-11-23", "morning", "Key customer, next working day: Mon 23 Nov morning"),
        ("2026-09-20T11:59", "2026-09-20", "afternoon", "Key customer before 12:00: today afternoon"),
        ("2026-10-10T11:59", "2026-10-10", "afternoon", "Key customer before 12:00: today afternoon"),
        ("2026-10-09T12:00", "2026-10-10", "morning", "Key customer after 12:00: Sat 10 Oct morning"),
        (
            "2026-09-30T12:00",
            "2026-10-08",
            "morning",
            "Key customer after 12:00, National Day to 7 Oct: Thu 8 Oct morning",
        ),
    ],
)
def test_key_customers_get_the_same_afternoon_or_the_next_morning(now, day, part, explanation):
    assert said(asked(now, "key")) == (day, part, explanation)


@pytest.mark.parametrize(
    ("now", "day", "explanation"),
    [
        ("2026-11-19T08:00", "2026-11-20", "Next working day: Fri 20 Nov"),
        ("2026-11-19T23:59", "2026-11-20", "Next working day: Fri 20 Nov"),
        ("2026-11-20T09:00", "2026-11-23", "Next working day: Mon 23 Nov"),
        ("2026-11-21T09:00", "2026-11-23", "Next working day: Mon 23 Nov"),
        ("2026-09-19T09:00", "2026-09-20", "Next working day: Sun 20 Sep"),
        ("2026-09-30T09:00", "2026-10-08", "Next working day, National Day to 7 Oct: Thu 8 Oct"),
    ],
)
def test_everybody_else_gets_the_next_working_day(now, day, explanation):
    assert said(asked(now)) == (day, "", explanation)


def test_a_promise_into_a_year_without_published_holidays_warns():
    found = asked("2026-12-31T09:00")
    assert (str(found.date), "2027" in found.warning) == ("2027-01-04", True)
    assert asked("2026-12-30T09:00").warning == ""


@pytest.mark.parametrize(
    ("now", "region", "day", "explanation"),
    [
        ("2026-11-17T13:00", "江苏", "2026-11-19", "Carrier to 江苏, 2 working days: Thu 19 Nov"),
        (
            "2026-11-17T13:01",
            "江苏省",
            "2026-11-20",
            "Carrier to 江苏省, 2 working days, leaves Wed 18 Nov: Fri 20 Nov",
        ),
        ("2026-11-21T09:00", "江苏", "2026-11-25", "Carrier to 江苏, 2 working days, leaves Mon 23 Nov: Wed 25 Nov"),
        ("2026-11-17T09:00", "上海市", "2026-11-18", "Next working day: Wed 18 Nov"),
    ],
)
def test_other_regions_take_the_carriers_days(now, region, day, explanation):
    assert said(asked(now, region=region)) == (day, "", explanation)


NEVER = dict.fromkeys(("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"), ())


@pytest.mark.parametrize(
    ("calendar", "day"),
    [
        ({"tuesday": windows("08:00-12:00")}, "2026-12-01"),
        ({"legal": "none", "sunday": windows("09:00-12:00")}, "2026-12-06"),
    ],
)
def test_a_branch_that_works_one_day_a_week_promises_that_day(calendar, day):
    policy = POLICY.model_copy(update={"calendar": POLICY.calendar.model_copy(update=NEVER | calendar)})
    facts = PromiseFacts(now=at("2026-11-30T10:00"), size_class="small", region="上海")
    assert str(promise(facts, policy, Calendar(policy)).date) == day


def test_days_agreed_for_an_address_win_over_the_region():
    assert asked("2026-11-17T09:00", region="江苏", region_days=1).date == date(2026, 11, 18)


def test_a_key_customer_elsewhere_waits_for_the_carrier_too():
    assert asked("2026-11-17T09:00", "key", region="新疆").date == date(2026, 11, 26)


def test_a_region_nobody_knows_is_refused():
    assert refused("2026-11-17T09:00", region="Atlantis").rule == "DLV-2"


@pytest.mark.parametrize(
    ("now", "wave"),
    [("2026-11-19T07:00", "12:00"), ("2026-11-19T12:00", "12:00"), ("2026-11-19T12:01", "15:30")],
)
def test_urgent_goods_come_today_with_the_next_car(now, wave):
    found = asked(now, urgent=True, distance_km=20)
    day = date(2026, 11, 19)
    assert (found.date, found.part, found.leaves, found.rule) == (day, "afternoon", Wave(day, wave), "DLV-4")
    assert found.explanation == f"Urgent with the {wave} car: today afternoon"


def test_urgent_at_half_past_three_is_the_last_minute():
    assert asked("2026-11-19T15:30", urgent=True, distance_km=5).urgent_wave == "15:30"
    refusal = refused("2026-11-19T15:31", urgent=True, distance_km=5)
    assert refusal.rule == "DLV-4"
    assert refusal.message == "Urgent delivery is too late for today: the next car is tomorrow 12:00."


@pytest.mark.parametrize(
    ("now", "wave"), [("2026-11-20T15:31", "Mon 23 Nov 12:00"), ("2026-10-03T09:00", "Thu 8 Oct 12:00")]
)
def test_urgent_when_no_van_leaves_names_the_next_wave(now, wave):
    assert wave in refused(now, urgent=True, distance_km=5).message


@pytest.mark.parametrize(
    ("distance", "says"),
    [(20.1, "20.1 km away"), (20.01, "20.01 km away"), (None, "is not known"), (300, "up to 20 km")],
)
def test_urgent_goes_twenty_kilometres(distance, says):
    refusal = refused("2026-11-19T09:00", urgent=True, distance_km=distance)
    assert (refusal.rule, says in refusal.message) == ("DLV-4", True)


@pytest.mark.parametrize(
    ("now", "size_class", "hours", "day", "part", "latest"),
    [
        ("2026-11-19T09:00", "key", "09:00-11:30", "2026-11-20", "morning", "11:30"),
        ("2026-11-19T08:00", "key", "09:00-11:30", "2026-11-20", "morning", "11:30"),
        ("2026-11-19T13:00", "key", "14:00-16:00", "2026-11-20", "afternoon", "16:00"),
        ("2026-11-19T09:00", "small", "09:00-11:30", "2026-11-20", "morning", "11:30"),
        ("2026-11-19T09:00", "small", "16:00-20:00", "2026-11-20", "afternoon", "17:30"),
        ("2026-11-19T09:00", "small", "09:00-10:00,14:00-15:00", "2026-11-20", "", "15:00"),
        ("2026-11-20T09:00", "key", "08:00-12:00", "2026-11-23", "morning", "12:00"),
        ("2026-11-19T09:00", "key", "", "2026-11-19", "afternoon", "17:30"),
    ],
)
def test_receiving_hours_move_the_promise_later_but_never_earlier(now, size_class, hours, day, part, latest):
    found = asked(now, size_class, receiving=windows(hours))
    assert (str(found.date), found.part, f"{found.latest:%H:%M}") == (day, part, latest)


def test_the_explanation_names_the_receiving_hours_that_moved_it():
    found = asked("2026-11-19T09:00", "key", receiving=windows("09:00-11:30"))
    assert found.explanation == "Key customer before 12:00, receives 09:00-11:30: Fri 20 Nov morning"


def test_hours_in_which_we_never_deliver_are_refused():
    assert refused("2026-11-19T09:00", receiving=windows("19:00-21:00")).rule == "DLV-7"


def test_urgent_goods_cannot_wait_for_the_customers_morning():
    refusal = refused("2026-11-19T09:00", urgent=True, distance_km=5, receiving=windows("09:00-11:30"))
    assert (refusal.rule, refusal.field) == ("DLV-7", "urgent")


@pytest.mark.parametrize(
    ("wished", "part", "explanation"),
    [
        ("2026-11-20", "", "Next working day: Fri 20 Nov"),
        ("2026-11-20", "afternoon", "As wished: Fri 20 Nov afternoon"),
        ("2026-11-25", "", "As wished: Wed 25 Nov"),
        ("2026-11-25", "morning", "As wished: Wed 25 Nov morning"),
    ],
)
def test_a_later_day_is_promised_as_wished(wished, part, explanation):
    found = asked("2026-11-19T09:00", wished_date=date.fromisoformat(wished), wished_part=part)
    assert said(found) == (wished, part, explanation)


@pytest.mark.parametrize(
    ("wished", "rule", "says"),
    [
        ("2026-11-19", "DLV-2", "Thu 19 Nov cannot be promised. Next working day: Fri 20 Nov."),
        ("2026-11-18", "DLV-2", "Wed 18 Nov cannot be promised."),
        ("2026-11-21", "DLV-3", "There is no delivery on Sat 21 Nov: not a working day."),
        ("2027-06-30", "DLV-2", "2027-06-30 is too far away."),
    ],
)
def test_a_wish_that_cannot_be_kept_is_refused_with_its_rule(wished, rule, says):
    refusal = refused("2026-11-19T09:00", wished_date=date.fromisoformat(wished))
    assert (refusal.rule, refusal.message[: len(says)], refusal.field) == (rule, says, "deliver_on")


def test_a_wish_on_a_holiday_names_it_and_the_next_day():
    refusal = refused("2026-09-29T09:00", wished_date=date(2026, 10, 2))
    assert (refusal.message, refusal.mend) == (
        "There is no delivery on Fri 2 Oct: National Day.",
        "The next possible day is Thu 8 Oct.",
    )


def test_a_morning_wished_on_the_afternoon_of_the_promise_is_too_early():
    refusal = refused("2026-11-19T09:00", "key", wished_date=date(2026, 11, 19), wished_part="morning")
    assert (refusal.rule, refusal.mend) == ("DLV-2", "Possible from today afternoon.")


def test_a_part_in_which_the_customer_is_closed_is_refused():
    refusal = refused(
        "2026-11-19T09:00",
        wished_date=date(2026, 11, 24),
        wished_part="afternoon",
        receiving=windows("09:00-11:00"),
    )
    assert (refusal.rule, refusal.mend) == ("DLV-7", "Take the morning.")


def test_urgent_and_another_day_contradict_each_other():
    assert refused("2026-11-19T09:00", urgent=True, distance_km=1, wished_date=date(2026, 11, 20)).rule == "DLV-4"


@given(
    st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 31)),
    st.sampled_from(["key", "small"]),
    st.sampled_from(["上海", "江苏 苏州市", "新疆维吾尔自治区"]),
    st.sampled_from(["", "09:00-11:00", "14:00-18:00"]),
)
def test_every_promise_is_a_working_day_ahead_and_explained_in_one_line(now, size_class, region, hours):
    facts = PromiseFacts(
        now=now.replace(tzinfo=CALENDAR.zone), size_class=size_class, region=region, receiving=windows(hours)
    )
    found = promise(facts, POLICY, CALENDAR)
    assert CALENDAR.is_working_day(found.date)
    assert found.date >= now.date()
    assert found.leaves
    assert not found.leaves.has_left(facts.now)
    assert cell_len(found.explanation) <= 76


@pytest.mark.parametrize(
    ("now", "leaves", "closes"),
    [
        ("2026-11-19T08:00", ("2026-11-19", "13:00"), "12:00"),
        ("2026-11-19T11:59", ("2026-11-19", "13:00"), "12:00"),
        ("2026-11-19T12:00", ("2026-11-20", "08:30"), None),
        ("2026-11-20T23:59", ("2026-11-23", "08:30"), None),
        ("2026-11-21T09:00", ("2026-11-23", "08:30"), None),
    ],
)
def test_key_customers_go_with_the_one_o_clock_departure_or_the_next_mornings(now, leaves, closes):
    found = asked(now, "key")
    assert found.leaves == Wave(date.fromisoformat(leaves[0]), leaves[1])
    assert (f"{found.closes:%H:%M}" if found.closes else None) == closes


@pytest.mark.parametrize(("now", "part"), [("2026-11-19T13:00", "afternoon"), ("2026-11-19T13:01", "morning")])
def test_a_cut_off_later_than_the_departure_promises_no_van_that_has_left(now, part):
    found = asked(now, "key", policy=other(key_cut_off=time(14)))
    assert (found.part, found.date.day) == (part, 19 if part == "afternoon" else 20)


WISHED = date(2026, 11, 25)
THEN = "Goods here Tue 24 Nov, then the next working day: Wed 25 Nov"


@pytest.mark.parametrize(
    ("who", "facts", "date_part", "leaves", "explanation"),
    [
        # Who × wish: today's afternoon stays what it is, another day is as wished.
        ("key", {}, "23 afternoon", "23 13:00", "Key customer before 12:00: today afternoon"),
        ("key", {"wished_date": date(2026, 11, 23)}, "23 afternoon", "23 13:00",
         "Key customer before 12:00: today afternoon"),
        ("key", {"wished_date": date(2026, 11, 24)}, "24", "24 13:00", "As wished: Tue 24 Nov"),
        ("key", {"wished_date": WISHED, "wished_part": "morning"}, "25 morning", "25 08:30",
         "As wished: Wed 25 Nov morning"),
        ("small", {"wished_date": date(2026, 11, 24)}, "24", "24 13:00", "Next working day: Tue 24 Nov"),
        ("small", {"wished_date": date(2026, 11, 24), "wished_part": "morning"}, "24 morning", "24 08:30",
         "As wished: Tue 24 Nov morning"),
        # Wish × receiving hours: a customer who opens in the morning only gets a morning.
        ("small", {"wished_date": WISHED, "receiving": windows("09:00-11:30")}, "25 morning", "25 08:30",
         "As wished: Wed 25 Nov morning"),
        ("small", {"wished_date": WISHED, "receiving": windows("09:00-16:00")}, "25", "25 13:00",
         "As wished: Wed 25 Nov"),
        # Who × goods: what is here today waits for nothing, what comes tomorrow is counted from its evening.
        ("key", {"goods_on": date(2026, 11, 23)}, "23 afternoon", "23 13:00",
         "Key customer before 12:00: today afternoon"),
        ("small", {"goods_on": date(2026, 11, 23)}, "24", "24 13:00", "Next working day: Tue 24 Nov"),
        ("small", {"goods_on": date(2026, 11, 24)}, "25", "25 13:00", THEN),
        ("key", {"goods_on": date(2026, 11, 24)}, "25 morning", "25 08:30", f"{THEN} morning"),
        # Carrier × goods × wish.
        ("small", {"region": "江苏"}, "25", "23 13:00", "Carrier to 江苏, 2 working days: Wed 25 Nov"),
        ("small", {"region": "江苏", "goods_on": date(2026, 11, 24)}, "27", "25 13:00",
         "Goods here Tue 24 Nov, Carrier to 江苏, 2 working days: Fri 27 Nov"),
        ("key", {"region": "江苏", "wished_date": date(2026, 11, 27)}, "27", "25 13:00", "As wished: Fri 27 Nov"),
        # Urgent × goods that are here today.
        ("small", {"urgent": True, "distance_km": 5, "goods_on": date(2026, 11, 23)}, "23 afternoon", "23 12:00",
         "Urgent with the 12:00 car: today afternoon"),
    ],
)  # fmt: skip
def test_who_orders_what_is_wished_where_it_goes_and_when_goods_are_here_cross(
    who, facts, date_part, leaves, explanation
):
    found = asked("2026-11-23T09:00", who, **facts)
    assert found.leaves
    told = (f"{found.date.day} {found.part}".strip(), f"{found.leaves.day.day} {found.leaves.at}", found.explanation)
    assert told == (date_part, leaves, explanation)


@pytest.mark.parametrize(
    ("facts", "rule", "field", "says"),
    [
        ({"urgent": True, "goods_on": date(2026, 11, 24)}, "DLV-4", "urgent",
         "Urgent goods go today, and some are only here on Tue 24 Nov."),
        ({"urgent": True, "region": "江苏 苏州市"}, "DLV-4", "urgent",
         "Urgent goods go with our own vans, and these do not go to 江苏 苏州市."),
        ({"urgent": True, "distance_km": None}, "DLV-4", "distance_km",
         "Urgent delivery goes up to 20 km, and how far this address is away is not known."),
        ({"urgent": True, "distance_km": 20.1}, "DLV-4", "urgent",
         "Urgent delivery goes up to 20 km; this address is 20.1 km away."),
        ({"urgent": True, "receiving": windows("09:00-11:30")}, "DLV-7", "urgent",
         "Urgent goods come this afternoon, but the customer only receives 09:00-11:30."),
        ({"urgent": True, "wished_date": date(2026, 11, 24)}, "DLV-4", "deliver_on",
         "Tue 24 Nov cannot be promised. Urgent with the 12:00 car: today afternoon."),
        ({"wished_date": WISHED, "wished_part": "afternoon", "receiving": windows("09:00-11:30")}, "DLV-7",
         "deliver_on", "The customer only receives 09:00-11:30."),
        ({"goods_on": date(2026, 11, 24), "wished_date": date(2026, 11, 24)}, "DLV-2", "deliver_on",
         f"Tue 24 Nov cannot be promised. {THEN}."),
        ({"region": "江苏", "wished_date": date(2026, 11, 24)}, "DLV-2", "deliver_on",
         "Tue 24 Nov cannot be promised. Carrier to 江苏, 2 working days: Wed 25 Nov."),
        ({"region": "", "address": "人民路1号"}, "CUS-12", "region", "The address names neither province nor city."),
        ({"region": "", "address": "朝阳区望京街1号"}, "CUS-12", "region",
         "The address may be in 北京 / 吉林 长春市."),
    ],
)  # fmt: skip
def test_every_no_names_its_rule_its_field_and_its_facts(facts, rule, field, says):
    refusal = refused("2026-11-23T09:00", **({"distance_km": 5} | facts))
    assert (refusal.rule, refusal.field, refusal.message) == (rule, field, says)


def test_a_key_customers_morning_before_the_van_leaves_is_still_too_early():
    refusal = refused("2026-11-19T08:00", "key", wished_date=date(2026, 11, 19), wished_part="morning")
    assert (refusal.rule, refusal.message) == (
        "DLV-2",
        "Thu 19 Nov morning cannot be promised. Key customer before 12:00: today afternoon.",
    )


@pytest.mark.parametrize(
    ("facts", "closes", "urgent_wave"),
    [
        ({"size_class": "key"}, "12:00", ""),
        ({"size_class": "key", "wished_date": WISHED}, None, ""),
        ({"size_class": "key", "receiving": windows("09:00-11:30")}, None, ""),
        ({"size_class": "small"}, None, ""),
        ({"urgent": True, "distance_km": 5}, "12:00", "12:00"),
    ],
)
def test_only_what_leaves_today_closes_today_and_only_urgent_goods_have_a_car(facts, closes, urgent_wave):
    found = asked("2026-11-19T09:00", **facts)
    assert (f"{found.closes:%H:%M}" if found.closes else None, found.urgent_wave) == (closes, urgent_wave)


def test_the_furthest_day_is_still_promised():
    asked_on, furthest = "2026-11-18T09:00", date(2027, 5, 17)  # 180 days on
    assert asked(asked_on, wished_date=furthest).date == furthest
    refusal = refused(asked_on, wished_date=date(2027, 5, 18))
    assert (refusal.rule, refusal.mend) == ("DLV-2", "Choose a day up to 2027-05-17.")


@pytest.mark.parametrize(
    ("now", "region", "explanation", "days"),
    [
        ("2026-11-17T13:00:59", "江苏", "Carrier to 江苏, 2 working days: Thu 19 Nov", 2),  # the minute it leaves
        ("2026-11-17T13:00:59", "江苏 苏州市", "Carrier to 江苏 苏州市, 2 working days: Thu 19 Nov", 2),
        ("2026-11-17T09:00", "上海", "Next working day: Wed 18 Nov", 0),
        ("2026-11-17T09:00", "Near", "Carrier to Near, 1 working day: Wed 18 Nov", 1),
    ],
)
def test_a_promise_keeps_where_it_goes_and_the_days_of_its_carrier(now, region, explanation, days):
    found = asked(now, region=region, policy=other(region_days=POLICY.delivery.region_days | {"Near": 1}))
    assert (found.region, found.explanation, found.days, found.by_carrier) == (region, explanation, days, days > 0)


def test_what_an_order_keeps_names_the_day_that_was_today():
    found = asked("2026-11-19T09:00", "key")
    wished = asked("2026-11-19T09:00", "key", wished_date=WISHED)
    assert [said_of(one.written, one.date, one.part) for one in (found, wished)] == [
        "Key customer before 12:00: Thu 19 Nov afternoon", "As wished: Wed 25 Nov",
    ]  # fmt: skip


def test_a_branch_that_needs_two_days_says_so():
    two = other(other_days=2)
    assert said(asked("2026-11-19T09:00", policy=two)) == ("2026-11-23", "", "In 2 working days: Mon 23 Nov")
    waits = asked("2026-11-19T09:00", policy=two, goods_on=date(2026, 11, 20))
    assert said(waits) == ("2026-11-24", "", "Goods here Fri 20 Nov, In 2 working days: Tue 24 Nov")


THREE = other(departures=(time(9, 30), time(12), time(15, 30)), urgent_cars=(time(9, 30), time(15, 30)))


def test_the_last_of_three_departures_takes_the_carriers_goods():
    found = asked("2026-11-17T14:00", policy=THREE, region="江苏")
    assert (str(found.date), found.leaves) == ("2026-11-19", Wave(date(2026, 11, 17), "15:30"))


def test_an_urgent_car_of_the_morning_brings_goods_in_the_morning():
    found = asked("2026-11-19T09:00", policy=THREE, urgent=True, distance_km=5)
    assert said(found) == ("2026-11-19", "morning", "Urgent with the 09:30 car: today morning")
    assert (found.urgent_wave, f"{found.closes:%H:%M}") == ("09:30", "09:30")


LATE = other(departures=(time(13), time(16)))  # no van leaves early enough for a morning: its goods go the day before


def test_a_morning_no_van_can_reach_any_more_is_the_next_one():
    promised = {now: asked(f"2026-11-19T{now}", "key", policy=LATE) for now in ("12:00", "16:00", "16:01")}
    assert {now: str(found.date) for now, found in promised.items()} == {
        "12:00": "2026-11-20", "16:00": "2026-11-20", "16:01": "2026-11-23",
    }  # fmt: skip
    assert promised["16:01"].leaves == Wave(date(2026, 11, 20), "16:00")


def test_a_wished_morning_no_van_can_reach_any_more_is_too_early():
    wish = {"wished_date": date(2026, 11, 20), "wished_part": "morning", "policy": LATE}
    assert asked("2026-11-19T16:00", **wish).leaves == Wave(date(2026, 11, 19), "16:00")
    refusal = refused("2026-11-19T16:01", **wish)
    assert (refusal.rule, refusal.message, refusal.mend) == (
        "DLV-2", "Fri 20 Nov morning cannot be promised. Next working day: Fri 20 Nov.", "Possible from Fri 20 Nov.",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("part", "came", "kept"),
    [
        ("morning", "2026-11-24T12:00:59", True),
        ("morning", "2026-11-24T12:01", False),
        ("afternoon", "2026-11-24T17:30:59.9", True),
        ("afternoon", "2026-11-24T17:31", False),
        ("", "2026-11-24T23:59:59", True),
        ("", "2026-11-25T00:00", False),
        ("morning", "2026-11-23T17:00", True),  # the evening before
        ("afternoon", "2026-11-25T08:30", False),
    ],
)
def test_a_promise_is_kept_to_the_last_minute_of_its_part(part, came, kept):
    due = Due(date(2026, 11, 24), part)
    assert (was_kept(due, at(came), POLICY), is_over(due, at(came), POLICY)) == (kept, not kept)
