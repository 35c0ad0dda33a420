"""Proofs of the catalogue: every item is found by its code and by what it is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import RowMapping, select
from sqlmodel import Session

from ordersdesk.catalogue import particulars
from ordersdesk.catalogue.queries import ITEM, TERM
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.documents.proofs import Fault, fingerprint, fingerprints
from ordersdesk.foundation.texts import codes as coding
from ordersdesk.foundation.texts.language import _


def mistermed(session: Session) -> Iterator[tuple[int, str, RowMapping | None]]:
    """Give items (id, code, particulars) whose stored terms are not theirs, and owners of terms that are no items."""
    stored = fingerprints(session, TERM)
    for row in session.connection().execute(select(ITEM).order_by(ITEM.c.id)).mappings():
        values: Any = row
        is_right = stored.pop(row["id"], 0) == fingerprint(particulars.terms(values))
        if not is_right or row["found_by"] != particulars.found_by(values):
            yield row["id"], row["code"], row
    yield from ((owner, f"#{owner}", None) for owner in stored)


def codes(_desk: Desk, session: Session) -> Iterator[Fault]:
    """Give every item whose code is not in the form it is looked up by: another item has that one (CAT-2)."""
    for (stored,) in session.connection().execute(select(ITEM.c.code).order_by(ITEM.c.code)):
        if coding.code(stored) != stored:
            text = _("Item {code} cannot be found by its code: another spelling of it is one too. Keep one.")
            yield Fault("CAT-2", text.format(code=stored))


def terms(_desk: Desk, session: Session) -> Iterator[Fault]:
    """Give every item that is not found by what it is (CAT-2)."""
    for _id, code, _row in mistermed(session):
        yield Fault("CAT-2", _("The search terms of item {code} are not what it is called.").format(code=code))
