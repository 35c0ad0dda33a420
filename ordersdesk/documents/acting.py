"""An act of a kind done with the document as somebody saw it (ORD-11)."""

from __future__ import annotations

import inspect
from collections.abc import Mapping
from typing import Any

from sqlmodel import Session

from ordersdesk.documents.kind import Act, Kind
from ordersdesk.foundation.desk import Desk, action
from ordersdesk.foundation.documents.document import stale


@action
def act_as_seen(
    desk: Desk, session: Session, kind: Kind, act: Act, number: str, *, version: int, given: Mapping[str, Any]
) -> Any:
    """Do an act in one transaction with a look at the document; refused (ORD-11) when it is another than was seen."""
    assert kind.store is not None
    if kind.store.by_number(desk, session, number, lock=True).version != version:
        raise stale(number)
    return inspect.unwrap(act.do)(desk, session, number, **given)
