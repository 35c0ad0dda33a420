"""Whether a change makes an order wait past its promise (DLV-2)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date

from ordersdesk.foundation.desk import Desk
from ordersdesk.orders.assessment.assessment import of_draft
from ordersdesk.orders.assessment.case import Line
from ordersdesk.orders.promise.lead_time import WAITS, goods_on
from ordersdesk.orders.terms.agreed import Agreed


def waits_past(new: Sequence[Line], old: Sequence[Agreed], promised_on: date, desk: Desk) -> bool:
    """Tell whether a change lets more goods be transferred or bought, and these come too late for the promise."""
    more = Counter({line.ware.id: line.short for line in new if line.ware and line.draft.shortage in WAITS})
    more.subtract({line.item_id: line.short for line in old if line.shortage in WAITS})
    here = goods_on(of_draft(new), desk.today(), desk.policy, desk.calendar)
    return here is not None and here >= promised_on and any(pieces > 0 for pieces in more.values())
