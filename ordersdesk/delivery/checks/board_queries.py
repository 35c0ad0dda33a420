"""How many slips there are in which state on which route: the figures of the dispatch board."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import case, func, or_, select

from ordersdesk.delivery.model.queries import GOES_WITH, OPEN, SLIP
from ordersdesk.foundation.desk import Desk

ON_ROAD, CHASED = "on the road", "chased"


def figures(desk: Desk) -> Mapping[tuple[str, str], int]:
    """Return counts by (route or carrier, state): everything open, and what is over of today's slips.

    Loaded slips that have left count as `ON_ROAD`; those that left before their paper count once more as `CHASED`.
    """
    left = (SLIP.c.state == "loaded") & SLIP.c.left_at.is_not(None)
    state = case((left, ON_ROAD), else_=SLIP.c.state)
    chased = case((SLIP.c.released_first & (SLIP.c.prints == 0), 1), else_=0)
    shown = or_(SLIP.c.state.in_(OPEN), SLIP.c.leaves_on == desk.today(), SLIP.c.released_first & (SLIP.c.prints == 0))
    chosen = select(GOES_WITH, state, func.count(), func.sum(chased)).where(
        SLIP.c.branch == desk.branch, shown, SLIP.c.state != "void"
    )
    found: dict[tuple[str, str], int] = {}
    with desk.reading() as session:
        for route, name, count, without in session.connection().execute(chosen.group_by(GOES_WITH, state)):
            found[route, name] = count
            if without:
                found[route, CHASED] = found.get((route, CHASED), 0) + int(without)
    return found
