"""What becomes of a document that was decided about, where that is no more than a step of its flow."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlmodel import Session

from ordersdesk.documents.store import Store
from ordersdesk.foundation.desk import Desk

Step = Callable[[Desk, Session, int], None]
StepWithReason = Callable[[Desk, Session, int, str], None]


def after_yes(store: Store[Any], verb: str) -> Step:
    """Return the step after the last yes."""

    def step(desk: Desk, session: Session, document_id: int) -> None:
        store.step(desk, session, store.get(session, document_id), verb)

    return step


def with_reason(store: Store[Any], verb: str) -> StepWithReason:
    """Return the step after a no, or after its asker took it back; the reason is kept where the table has a place."""

    def step(desk: Desk, session: Session, document_id: int, reason: str) -> None:
        changes = {"reason": reason} if "reason" in store.table.c else {}
        store.step(desk, session, store.get(session, document_id), verb, changes=changes, note=reason)

    return step
