"""An application that nobody decides is told."""

from __future__ import annotations

from sqlalchemy import delete

from ordersdesk.approvals.queries import APPROVAL
from ordersdesk.credit.check_queries import applications
from ordersdesk.foundation.desk import Desk
from tests.credit.making import a_regular, applied, decided


def faults(desk: Desk) -> list[str]:
    with desk.reading() as session:
        return [fault.what for fault in applications(desk, session)]


def test_a_decided_application_is_whole(desk: Desk) -> None:
    a_regular(desk)
    number = applied(desk).number
    assert faults(desk) == []
    decided(desk, number)
    assert faults(desk) == []


def test_an_application_nobody_is_asked_about_is_told(desk: Desk) -> None:
    a_regular(desk)
    applied(desk)
    desk.database.write(lambda session: session.connection().execute(delete(APPROVAL)))
    assert faults(desk) == ["CR20261123-0001 is being decided by nobody."]
