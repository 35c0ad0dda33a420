"""The verbs about items: add one, change one, take in many; mnemonic and search terms follow by themselves."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from sqlalchemy import select
from sqlmodel import Session

from ordersdesk.catalogue import particulars
from ordersdesk.catalogue.queries import ITEM, TERM
from ordersdesk.catalogue.writing import Taken, known, take
from ordersdesk.foundation.desk import Desk, action
from ordersdesk.foundation.documents.document import record, stale
from ordersdesk.foundation.policy.roles import Role
from ordersdesk.foundation.store.bulk import chunks, grown
from ordersdesk.foundation.texts import codes
from ordersdesk.foundation.texts.language import _
from ordersdesk.foundation.texts.refusals import Refused

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
    _refuse_replacement(session, clean["code"], clean)
    take(desk, session, [clean])
    return str(clean["code"])


@action
def edit_item(
    desk: Desk, session: Session, code: str, changes: Mapping[str, Any], *, version: int | None = None
) -> None:
    """Change some particulars of an item; refused as stale when it was changed since that version was read."""
    _edit_within(desk, session, code, changes, version=version)


@action
def discontinue(desk: Desk, session: Session, code: str, *, replacement: str = "", version: int | None = None) -> None:
    """Sell an item no longer; who asks for it, or for one that it replaced itself, hears what comes instead (CAT-2)."""
    _edit_within(desk, session, code, {"discontinued": True, "replacement": replacement}, version=version)
    if instead := codes.code(replacement):
        chosen = select(ITEM.c.code).where(ITEM.c.replacement == codes.code(code)).order_by(ITEM.c.id)
        for other in session.connection().execute(chosen).scalars().all():
            take(desk, session, [{"code": other, "replacement": instead}])


def _edit_within(
    desk: Desk, session: Session, code: str, changes: Mapping[str, Any], *, version: int | None = None
) -> None:
    desk.needs(*EDITORS, doing=_("change an item"))
    clean = particulars.checked(changes, desk.policy)
    key = codes.code(code)
    held = known(session, [key], lock=True).get(key)
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
    _refuse_replacement(session, held["code"], clean)
    take(desk, session, [clean | {"code": held["code"]}])


def _refuse_replacement(session: Session, code: str, values: Mapping[str, Any]) -> None:
    """Refuse (CAT-2) a replacement that cannot be sold in the place of an item: none such, or itself no longer sold."""
    instead = values.get("replacement", "")
    if not instead:
        return
    found = known(session, [instead]).get(instead)
    if found is None or found["discontinued"] or instead == code:
        text = _("{replacement} cannot replace {item}: it is not sold.")
        if instead == code:
            text = _("{item} cannot replace itself.")
        raise Refused(
            "CAT-2",
            text.format(replacement=instead[:40], item=code),
            mend=_("Name an item that is sold."),
            field="replacement",
        )


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
        taken += take(desk, session, piece)
        if done:
            done(taken.rows)
    if taken.added >= MANY:
        grown(session, ITEM, TERM)
    if taken.added or taken.changed:
        details = {"added": taken.added, "changed": taken.changed}
        record(desk, session, "item", 0, "imported", rule="FIL-1", details=details)
    return taken
