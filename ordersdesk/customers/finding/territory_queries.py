"""The territories a customer may live in, each with the route that serves it: those of the policy and those in use."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlmodel import Session

from ordersdesk.customers.model.queries import CUSTOMER
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.texts.language import _, word_list
from ordersdesk.foundation.texts.refusals import Refused

SHOWN = 20  # territories that a refusal lists


def territories(desk: Desk) -> dict[str, str]:
    """Return territory -> usual route, those of the policy first, then the busiest."""
    with desk.reading() as session:
        return _known(desk, session)


def _known(desk: Desk, session: Session) -> dict[str, str]:
    count = func.count()
    columns = (CUSTOMER.c.territory, CUSTOMER.c.route, count)
    grouped = select(*columns).where(CUSTOMER.c.territory != "").group_by(CUSTOMER.c.territory, CUSTOMER.c.route)
    sizes: dict[str, int] = {}
    usual: dict[str, str] = {}
    for territory, route, many in session.connection().execute(grouped.order_by(count.desc())):
        sizes[territory] = sizes.get(territory, 0) + many
        usual[territory] = usual.get(territory) or route
    busiest = sorted(sizes, key=lambda name: (-sizes[name], name))
    return desk.policy.customers.territories | {name: usual[name] for name in busiest if name not in
                                                desk.policy.customers.territories}  # fmt: skip


def route_of(desk: Desk, session: Session, territory: str) -> str:
    """Return the route of a territory; refused (CUS-4) when nobody knows the territory, once any is known."""
    own = desk.policy.customers.territories
    if territory in own:
        return own[territory]
    lives = select(CUSTOMER.c.route).where(CUSTOMER.c.territory == territory)
    routes = [row for (row,) in session.connection().execute(lives.order_by(CUSTOMER.c.route.desc()).limit(1))]
    if routes:
        return str(routes[0])
    known = _known(desk, session)
    if known:
        raise Refused(
            "CUS-4",
            _("“{value}” is not known here.").format(value=territory[:40]),
            mend=_("Choose one of: {choices}.").format(choices=word_list(list(known)[:SHOWN])),
            field="territory",
        )
    return ""
