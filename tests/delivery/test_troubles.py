"""Trouble on the road: the customer is told, the claim on the carrier followed to its end (DLV-8)."""

from __future__ import annotations

from decimal import Decimal

import pytest

from ordersdesk.delivery.handover.failed_actions import note_trouble
from ordersdesk.delivery.troubles.actions import claim, close, settle, told
from ordersdesk.delivery.troubles.queries import TROUBLE, TROUBLES, is_open
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.texts.refusals import Refused
from tests.builders import as_role
from tests.delivery.roads import on_the_road


def test_a_claim_is_followed_until_it_is_settled(desk: Desk) -> None:
    slip, people = on_the_road(desk), as_role(desk, "dispatcher")
    number = note_trouble(people, slip, kind="late", cause="snow").number
    with pytest.raises(Refused, match="Say on whom"):
        claim(people, number, amount=Decimal("9"))
    told(people, number, how="call", note="王芳 knows")
    claim(people, number, amount=Decimal("30"), on="德邦物流")
    with pytest.raises(Refused, match="between nothing and that"):
        settle(people, number, amount=Decimal("31"))
    assert settle(people, number, amount=Decimal("20")).state == "settled"
    assert TROUBLES.listed(desk, is_open(TROUBLE)) == []
    other = note_trouble(people, slip, kind="late", cause="snow").number
    told(people, other, how="message")
    assert close(people, other).state == "closed"


def test_a_customer_is_told_of_what_was_claimed_before_or_it_stays_on_the_list(desk: Desk) -> None:
    people = as_role(desk, "dispatcher")
    number = note_trouble(people, on_the_road(desk), kind="damaged", cause="rain").number
    claim(people, number, amount=Decimal("30"), on="德邦物流")
    assert settle(people, number, amount=Decimal("30")).state == "settled"
    assert [row.number for row in TROUBLES.listed(desk, is_open(TROUBLE))] == [number]
    assert (told(people, number, how="call").state, TROUBLES.listed(desk, is_open(TROUBLE))) == ("settled", [])
