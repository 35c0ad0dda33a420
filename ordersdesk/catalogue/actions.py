"""The verbs about items: add one, change one, take in many; mnemonic and search terms follow by themselves."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from sqlmodel import Session

from ordersdesk.catalogue import particulars
from ordersdesk.catalogue.queries import ITEM, TERM
from ordersdesk.catalogue.writing import Taken, known, take
from ordersdesk.foundation import codes
from ordersdesk.foundation.bulk import chunks, grown
from ordersdesk.foundation.desk import Desk, action
from ordersdesk.foundation.documents import record, stale
from ordersdesk.foundation.language import _
from ordersdesk.foundation.refusals import Refused
from ordersdesk.foundation.roles import Role

EDITORS = (Role.PLANNING, Role.MANAGER, Role.ADMIN)
MANY = 1_000  # new rows that change what a database should think of a table
Progress = Callable[[int], object]


@action
def add_item(desk: Desk, session: Session, values: Mapping[str, Any]) -> str:
    """Add an item and return its code (CAT-1); the mnemonic is made unless one is given (CAT-2)."""
    desk.needs(*EDITORS, doing=_("add an item"))
    clean = particulars.checked(values, desk.policy)
    particulars.complete(clean)
    if known(session, [clean["code"]]):
        raise Refused(
            "CAT-1",
            _("There is an item {code} already.").format(code=clean["code"]),
            mend=_("Choose another code, or change that item."),
            field="code",
        )
    take(session, [clean])
    item_id = known(session, [clean["code"]])[clean["code"]]["id"]
    record(desk, session, "item", item_id, "added", rule="CAT-1", note=clean["code"])
    return str(clean["code"])


@action
def edit_item(
    desk: Desk, session: Session, code: str, changes: Mapping[str, Any], *, version: int | None = None
) -> None:
    """Change some particulars of an item; refused as stale when it was changed since that version was read."""
    desk.needs(*EDITORS, doing=_("change an item"))
    clean = particulars.checked(changes, desk.policy)
    key = codes.code(code)
    held = known(session, [key]).get(key)
    if held is None:
        raise Refused(
            "CAT-1",
            _("There is no item {code}.").format(code=code[:40]),
            mend=_("Look it up by name."),
            field="code",
        )
    if version is not None and held["version"] != version:
        raise stale(held["code"])
    if clean.get("code", held["code"]) != held["code"]:
        raise Refused("CAT-1", _("The code of an item never changes."), mend=_("Add a new item."), field="code")
    particulars.complete(held | clean)
    if take(session, [clean | {"code": held["code"]}]).changed:
        details = {name: [str(held[name]), str(clean[name])] for name in clean if held[name] != clean[name]}
        record(desk, session, "item", held["id"], "changed", rule="CAT-1", details=details)


def add_many(desk: Desk, session: Session, rows: Iterable[Mapping[str, Any]], *, done: Progress | None = None) -> Taken:
    """Add or change items by their code in the caller's transaction (FIL-1); the same rows again change nothing.

    Only the fields a row has are changed; `done` is told how many rows have been taken in.
    """
    desk.needs(*EDITORS, doing=_("import items"))
    clean: dict[str, dict[str, Any]] = {}
    for row in rows:
        values = particulars.checked(row, desk.policy)
        particulars.complete({"name": "?"} | values)
        clean[values["code"]] = clean.get(values["code"], {}) | values
    taken = Taken()
    for piece in chunks(list(clean.values())):
        taken += take(session, piece)
        if done:
            done(taken.rows)
    if taken.added >= MANY:
        grown(session, ITEM, TERM)
    if taken.added or taken.changed:
        details = {"added": taken.added, "changed": taken.changed}
        record(desk, session, "item", 0, "imported", rule="FIL-1", details=details)
    return taken
