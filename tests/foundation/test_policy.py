"""The policy: defaults with their rules, a site's changes, and what is refused."""

import tomllib
from datetime import date, time
from decimal import Decimal
from pathlib import Path
from typing import get_args

import pytest
from pydantic import ValidationError

from ordersdesk.foundation.policy.policy import Row, keys, load, rows, sections
from ordersdesk.foundation.policy.roles import APPROVERS
from ordersdesk.foundation.policy.value_types import Approver
from ordersdesk.foundation.texts.data import data_path
from ordersdesk.foundation.texts.refusals import Refused
from tests.test_rules import SENTENCES


@pytest.fixture
def site(tmp_path: Path):
    def write(text: str) -> Path:
        path = tmp_path / "site.toml"
        path.write_text(text, encoding="utf-8")
        return path

    return write


def test_the_numbers_of_the_handbook_are_the_defaults():
    policy = load()
    assert (policy.stock.hold_minutes, policy.orders.duplicate_minutes, policy.orders.guard_minutes) == (30, 10, 30)
    assert policy.orders.large_order_limit == Decimal(50000)
    assert (policy.users.failures, policy.users.lock_minutes, policy.users.idle_minutes) == (5, 15, 10)
    assert policy.delivery.departures == (time(8, 30), time(13))
    assert policy.delivery.urgent_cars == (time(12), time(15, 30))
    assert [(slab.start, slab.fee) for slab in policy.delivery.fee_slabs] == [(0, 10), (100, 0)]


def test_a_policy_names_as_approver_whoever_may_approve_and_nobody_else():
    assert set(get_args(Approver)) == APPROVERS


def test_a_site_where_the_leader_still_decides_credit_keeps_its_policy(site):
    path = site('[approvals]\ncredit_sales = { role = "leader", minutes = 480 }\n')
    asked = load(path).approvals.answerers
    assert (asked["credit_manager"].role, asked["credit_sales"].role) == ("office_supervisor", "leader")


def test_every_value_carries_a_rule_that_has_its_sentence():
    assert {row.rule for row in rows(load())} - {rule for rule, _sentence in SENTENCES} == set()


def test_the_default_file_holds_every_setting_once_and_says_its_rule():
    text = data_path("policy.toml").read_text("utf-8")
    written = {name: set(values) for name, values in tomllib.loads(text).items()}
    assert written == {name: set(keys(name)) for name in sections()}
    for row in rows(load()):
        assert row.rule in text, row


def test_a_site_changes_single_values_and_the_list_says_where_they_come_from(site):
    path = site("[stock]\nhold_minutes = 45\n")
    policy = load(path)
    assert Row("stock.hold_minutes", "45", "STK-3", str(path)) in rows(policy)
    assert Row("stock.heartbeat_seconds", "60", "STK-3", "policy.toml") in rows(policy)
    assert load().stock.hold_minutes == 30


def test_a_table_is_added_to_and_a_list_is_replaced(site):
    policy = load(site('[delivery]\ndepartures = ["11:00"]\n[delivery.region_days]\n"西藏" = 9\n"海外" = 20\n'))
    assert policy.delivery.departures == (time(11),)
    days = policy.delivery.region_days
    assert (days["西藏"], days["海外"], days["江苏"]) == (9, 20, 2)


def test_days_of_the_site_are_read_from_dates(site):
    policy = load(site('[calendar]\nmake_up_days = [2027-02-20]\n[calendar.holidays]\n2027-01-01 = "New Year"\n'))
    assert policy.calendar.holidays == {date(2027, 1, 1): "New Year"}
    assert policy.calendar.make_up_days == (date(2027, 2, 20),)


@pytest.mark.parametrize(
    ("text", "rule", "says", "mends"),
    [
        ("[stock]\nhold_minutes = 0", "STK-3", "stock.hold_minutes = 0", "a whole number from 1 to 10080"),
        ('[stock]\nhold_minutes = "30"', "STK-3", "stock.hold_minutes = 30", "a whole number"),
        ("[stock]\nhold_minutes = true", "STK-3", "stock.hold_minutes = true", "a whole number"),
        ("[catalogue]\nagreed_wins = 1", "CAT-3", "agreed_wins = 1", "true | false"),
        ("[orders]\nlarge_order_limit = -1", "ORD-5", "large_order_limit = -1", "a number from 0 to 999999999.99"),
        ("[orders]\nlarge_order_limit = nan", "ORD-5", "large_order_limit = NaN", "a number from 0"),
        ("[orders]\nlarge_order_limit = true", "ORD-5", "large_order_limit = true", "a number from 0"),
        ('[delivery]\nkey_cut_off = "noon"', "DLV-2", "key_cut_off = noon", "text like 12:00"),
        ('[delivery]\nkey_cut_off = "25:00"', "DLV-2", "key_cut_off = 25:00", "text like 12:00"),
        ('[delivery]\nurgent_cars = ["15:30", "12:00"]', "DLV-4", "urgent_cars = 15:30, 12:00", "in order"),
        ("[delivery]\ndepartures = []", "DLV-2", "delivery.departures", "in order"),
        ('[delivery]\nwaves = ["12:00"]', "POL-1", "delivery.waves", "Write delivery.departures"),
        ("[delivery]\nfee_slabs = [{from = 5, fee = 1}]", "DLV-1", "fee_slabs", "from + fee"),
        ("[delivery]\nfee_slabs = [{from = 0, fe = 1}]", "DLV-1", "fee_slabs.0.fe", "from + fee"),
        ("[delivery.region_days]\nX = 0", "DLV-2", "region_days.X = 0", "a whole number from 1 to 366"),
        ('[calendar]\nmonday = ["08:30-07:00"]', "DLV-3", "monday.0 = 08:30-07:00", "text like 08:30-12:00"),
        ('[calendar]\nmonday = ["09:00-12:00", "11:00-13:00"]', "DLV-3", "calendar.monday", "in order"),
        ('[branch]\ntime_zone = "Asia/Atlantis"', "ORD-12", "time_zone = Asia/Atlantis", "Asia/Shanghai"),
        ('[branch]\nlanguage = "fr"', "CAL-2", "language = fr", "en | zh_CN"),
        ('[phones]\narea_code = "O21"', "CUS-3", "area_code = O21", "text like 021"),
        (
            '[approvals]\naccount_order = { role = "agent" }',
            "USR-2",
            "account_order.role = agent",
            "role: leader | manager",
        ),
        ("[approvals.overdue]\nminutes = 0", "USR-2", "overdue.minutes = 0", "minutes: a whole number from 1 to 10080"),
        ("[approvals]\ncode_digits = 3", "JOY-10", "code_digits = 3", "a whole number from 4 to 12"),
        ('[approvals]\nlarg_order = { role = "manager", minutes = 5 }', "POL-1", "approvals.larg_order", "large_order"),
        ("[approvals]\nrain = 5", "POL-1", "approvals.rain", "account_order"),
        ("[approvals]\noverdue = 5", "USR-2", "approvals.overdue = 5", "minutes: a whole number from 1 to 10080"),
        ('[approvals]\nanswerable = ["rain"]', "USR-4", "answerable = rain", "a list"),
        ("[stock]\nhold_minuts = 3", "POL-1", "stock.hold_minuts", "hold_minutes"),
        ("[stok]\nhold_minutes = 3", "POL-1", "stok", "stock"),
        ("stock = 3", "STK-3", "stock = 3", "a section [stock]"),
        ("[stock", "POL-1", "site.toml", "Correct the file"),
    ],
)
def test_a_wrong_site_file_is_refused_with_key_value_and_what_is_allowed(site, text, rule, says, mends):
    with pytest.raises(Refused) as refused:
        load(site(text))
    assert refused.value.rule == rule
    assert says in refused.value.message
    assert mends in refused.value.mend


def test_a_missing_or_binary_site_file_is_refused(tmp_path):
    binary = tmp_path / "binary.toml"
    binary.write_bytes(b"\xff\xfe\x00\x01")
    for path in (tmp_path / "nothing.toml", binary):
        with pytest.raises(Refused, match="cannot be read") as refused:
            load(path)
        assert refused.value.rule == "POL-1"


def test_nobody_changes_a_policy_in_force():
    with pytest.raises(ValidationError):
        load().stock.hold_minutes = 1  # pyright: ignore[reportAttributeAccessIssue]
