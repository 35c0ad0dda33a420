"""Two people at one route sheet or slip at the same moment: goods leave once, a slip has one outcome (SLP-5, SLP-6)."""

from __future__ import annotations

from ordersdesk.delivery.handover.actions import Back, delivered
from ordersdesk.delivery.handover.failed_actions import failed
from ordersdesk.delivery.model.queries import by_number
from ordersdesk.delivery.routes.departing_actions import Departed, depart
from ordersdesk.delivery.routes.loading_actions import Loaded, load
from ordersdesk.delivery.routes.queries import sheet
from ordersdesk.foundation.desk import Desk
from ordersdesk.stock.queries import discrepancies
from tests.concurrency.together import at_once
from tests.delivery.building import a_slip
from tests.delivery.counting import shelf
from tests.delivery.roads import a_sheet, dispatcher, driver, on_the_road


def test_a_sheet_two_people_send_off_leaves_once(desk: Desk) -> None:
    slips = [a_slip(desk, ("A4-80", 4), state="picked").head.number for _each in range(3)]
    number, people = a_sheet(desk, *slips), dispatcher(desk)
    done = at_once([lambda: depart(people, number)] * 4)
    assert (sum(isinstance(each, Departed) for each in done), shelf(desk)) == (1, [(1, 988, 0, 0)])


def test_a_slip_scanned_for_two_vans_is_on_one(desk: Desk) -> None:
    slip, people = a_slip(desk, state="picked").head.number, dispatcher(desk)
    vans = [a_sheet(desk), a_sheet(desk)]
    done = at_once([lambda van=van: load(people, van, [slip]) for van in vans])
    assert sum(isinstance(each, Loaded) for each in done) == 1
    assert sorted(len(sheet(desk, van).slips) for van in vans) == [0, 1]


def test_a_slip_has_one_outcome_whoever_tells_first(desk: Desk) -> None:
    slip, people = on_the_road(desk, ("A4-80", 10)), driver(desk)
    done = at_once([lambda: delivered(people, slip), lambda: failed(people, slip, "nobody")] * 2)
    assert sum(isinstance(each, Back) for each in done) == 1
    assert shelf(desk) == [(1, 990, 0, 0) if by_number(desk, slip).head.state == "delivered" else (1, 1000, 10, 0)]
    with desk.reading() as session:
        assert discrepancies(session) == []
