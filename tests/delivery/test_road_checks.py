"""What a hand in the database did to the road is found (SLP-4, PAY-6, SLP-6)."""

from __future__ import annotations

from sqlalchemy import text

from ordersdesk.check import check
from ordersdesk.delivery.handover.actions import delivered
from ordersdesk.delivery.handover.refused_actions import partly_refused
from ordersdesk.foundation.desk import Desk
from tests.delivery.building import a_slip
from tests.delivery.roads import a_sheet, driver, on_the_road


def faults(desk: Desk) -> list[str]:
    """What the proofs of the road find."""
    names = ("slip sums", "slips on route sheets", "cash of route sheets", "refusals at the door")
    return [f"{fault}" for proof in check(desk) if proof.name in names for fault in proof.faults]


def test_a_road_as_it_should_be_has_no_faults_and_a_tampered_one_has(desk: Desk) -> None:
    slips = [on_the_road(desk, ("A4-80", 10)) for _each in range(4)]
    here = a_slip(desk, state="picked").head.number
    a_sheet(desk, here)
    delivered(driver(desk), slips[0])
    partly_refused(driver(desk), slips[1], {1: 2}, "wrong")
    partly_refused(driver(desk), slips[3], {1: 10}, "wrong")
    assert faults(desk) == []
    with desk.database.engine.begin() as hand:
        hand.execute(text("UPDATE slip SET collected = NULL WHERE number = :slip"), {"slip": slips[0]})
        hand.execute(text("UPDATE slip SET due = due + 1 WHERE number = :slip"), {"slip": slips[1]})
        hand.execute(text("UPDATE slip SET left_at = NULL WHERE number = :slip"), {"slip": slips[2]})
        hand.execute(text("UPDATE slip SET sheet_id = NULL WHERE number = :slip"), {"slip": here})
    assert len(faults(desk)) == 4
