"""Reads of the catalogue: by anything an agent hears, and as an order needs it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from sqlalchemy import BindParameter, bindparam, or_, select
from sqlmodel import Session

from ordersdesk.catalogue.price_queries import prices_for
from ordersdesk.catalogue.tables import Item, ItemTerm, ItemUnit
from ordersdesk.catalogue.wares import Ware
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.documents.document import table_of
from ordersdesk.foundation.searching.lookup import SCANNED, Searched, finding
from ordersdesk.foundation.store.bulk import chunks
from ordersdesk.foundation.store.prepared import Prepared
from ordersdesk.foundation.texts.codes import code, spellings
from ordersdesk.foundation.texts.language import _
from ordersdesk.foundation.texts.refusals import Refused

__all__ = [
    "ITEM",
    "TERM",
    "UNIT",
    "Found",
    "coded_alike",
    "equivalents",
    "find",
    "find_within",
    "item",
    "meant",
    "prices_for",
    "wares",
    "with_barcodes",
]

ITEM, UNIT, TERM = table_of(Item), table_of(ItemUnit), table_of(ItemTerm)
SHOWN = 20  # results of one look-up
_WARE = (
    ITEM.c.id,
    ITEM.c.code,
    ITEM.c.mnemonic,
    ITEM.c.barcode,
    ITEM.c.name,
    ITEM.c.name_en,
    ITEM.c.spec,
    ITEM.c.unit,
    ITEM.c.list_price,
    ITEM.c.listing,
    ITEM.c.purchase_limit,
    ITEM.c.valuable,
    ITEM.c.discontinued,
    ITEM.c.replacement,
)
_SAID = ("brand", "model", "colour")  # fmt: skip
_BY = (ITEM.c.code, ITEM.c.barcode, ITEM.c.mnemonic)
_TYPED = Prepared(
    select(*_WARE, *(ITEM.c[name] for name in _SAID), UNIT.c.name, UNIT.c.factor)
    .outerjoin(UNIT, UNIT.c.item_id == ITEM.c.id)
    .where(or_(*(column.in_(bindparam("typed", expanding=True)) for column in _BY))),
    lists=["typed"],
)


def meant(session: Session, typed: Collection[str]) -> dict[str, tuple[Ware, ...]]:
    """Return what each typed text may mean (CAT-2): the item of that code, else all of that bar code, else mnemonic."""
    forms = {text: spellings(text) for text in typed}
    wanted = sorted({form for each in forms.values() for form in each})
    found = _wares(session, wanted) if wanted else []
    answers = {text: _meant(each, found) for text, each in forms.items()}
    return {text: same for text, same in answers.items() if same}


def wares(session: Session, typed: Collection[str]) -> dict[str, Ware]:
    """Return items by what was typed, where it means one item only."""
    return {text: same[0] for text, same in meant(session, typed).items() if len(same) == 1}


def _wares(session: Session, wanted: list[str]) -> list[Ware]:
    found: dict[int, tuple[Any, ...]] = {}
    units: dict[int, dict[str, int]] = {}
    for *ware, name, factor in _TYPED.rows(session, typed=wanted):
        found[ware[0]] = tuple(ware)
        packs = units.setdefault(ware[0], {})
        if name is not None:
            packs[name] = factor
    return [
        Ware(*ware[:-3], units=units[item_id], **dict(zip(_SAID, ware[-3:], strict=True)))
        for item_id, ware in found.items()
    ]


def _meant(forms: Collection[str], found: list[Ware]) -> tuple[Ware, ...]:
    first, *_others = (*forms, "")
    for same in (
        [ware for ware in found if ware.code == first],
        [ware for ware in found if ware.code in forms],
        [ware for ware in found if ware.barcode in forms],
        [ware for ware in found if ware.mnemonic in forms],
    ):
        if same:
            return tuple(sorted(same, key=lambda ware: (ware.discontinued, ware.code)))
    return ()


_FOUND = (
    ITEM.c.id, ITEM.c.code, ITEM.c.mnemonic, ITEM.c.barcode, ITEM.c.name, ITEM.c.name_en, ITEM.c.brand, ITEM.c.spec,
    ITEM.c.unit, ITEM.c.list_price, ITEM.c.listing, ITEM.c.discontinued, ITEM.c.replacement, ITEM.c.equivalents,
)  # fmt: skip
_SEARCHED = Searched(TERM, ITEM, ITEM.c.found_by)
_NAMED = {"code": ITEM.c.code, "barcode": ITEM.c.barcode, "mnemonic": ITEM.c.mnemonic}
_TYPED_AS: BindParameter[Any] = bindparam("typed", expanding=True)
_EXACT = select(*_FOUND).where(or_(*(column.in_(_TYPED_AS) for column in _NAMED.values()))).limit(SCANNED)
_CHOSEN = select(*_FOUND).where(ITEM.c.id.in_(bindparam("items", expanding=True)))


@dataclass(frozen=True)
class Found:
    """An item of a result list, and why it is there: code, barcode, mnemonic, name, brand, spec…"""

    id: int
    code: str
    mnemonic: str
    barcode: str
    name: str
    name_en: str
    brand: str
    spec: str
    unit: str
    list_price: Decimal
    listing: str
    discontinued: bool
    replacement: str
    equivalents: str
    why: str = ""


def find(desk: Desk, text: str, *, limit: int = SHOWN) -> list[Found]:
    """Return items by anything an agent hears (CAT-2): what is exact first, what is discontinued last."""
    with desk.reading() as session:
        return find_within(session, text, limit=limit)


def find_within(session: Session, text: str, *, limit: int = SHOWN) -> list[Found]:
    """Do the same inside the caller's session."""
    exact = _exact(session, text)
    named = {found.id for found in exact}
    hits = finding(session, _SEARCHED, text, limit=max(limit, SCANNED)) if len(exact) < limit else []
    places = {hit.owner_id: (place, hit.why) for place, hit in enumerate(hits) if hit.owner_id not in named}
    rows = session.connection().execute(_CHOSEN, {"items": list(places)}) if places else ()
    others = [replace(found, why=places[found.id][1]) for found in (Found(*row) for row in rows)]
    others.sort(key=lambda found: (found.discontinued, places[found.id]))
    return [*exact, *others][:limit]


def _exact(session: Session, text: str) -> list[Found]:
    """Return the items whose code, bar code or mnemonic this is, in that order."""
    forms = spellings(text)
    rows = session.connection().execute(_EXACT, {"typed": forms}) if forms else ()
    items = [Found(*row) for row in rows]
    found = [replace(item, why=next(why for why in _NAMED if getattr(item, why) in forms)) for item in items]
    return sorted(found, key=lambda item: ([*_NAMED].index(item.why), item.discontinued, item.code))


def with_barcodes(session: Session, barcodes: Sequence[str]) -> dict[str, set[str]]:
    """Return the codes of the items that have these bar codes."""
    found: dict[str, set[str]] = {}
    for piece in chunks(barcodes):
        rows = session.connection().execute(select(ITEM.c.barcode, ITEM.c.code).where(ITEM.c.barcode.in_(piece)))
        for barcode, owner in rows:
            found.setdefault(barcode, set()).add(owner)
    return found


def coded_alike(session: Session, names: Mapping[str, str]) -> str:
    """Return the code of the item with just these particulars, the first when there are several; empty for none."""
    same = [ITEM.c[name] == text for name, text in names.items()]
    return session.connection().execute(select(ITEM.c.code).where(*same).order_by(ITEM.c.id).limit(1)).scalar() or ""


def equivalents(session: Session, item_id: int) -> list[Found]:
    """Return what can be sold instead (STK-4, STK-5): the same group, and the replacement of a discontinued item."""
    connection = session.connection()
    own = connection.execute(select(ITEM.c.equivalents, ITEM.c.replacement).where(ITEM.c.id == item_id)).first()
    if own is None:
        return []
    group = (ITEM.c.equivalents == own.equivalents) & (ITEM.c.equivalents != "")
    instead = (ITEM.c.code == own.replacement) & (ITEM.c.code != "")
    sold = (ITEM.c.id != item_id) & ITEM.c.discontinued.is_(False)
    others = [
        Found(*row) for row in connection.execute(select(*_FOUND).where(or_(group, instead), sold).limit(SCANNED))
    ]
    return sorted(others, key=lambda item: (item.code != own.replacement, item.code))


def item(desk: Desk, typed: str) -> dict[str, Any]:
    """Return all particulars of an item with its packs; refused (CAT-2) when there is none."""
    with desk.reading() as session:
        row = session.connection().execute(select(ITEM).where(ITEM.c.code == code(typed))).mappings().first()
        if row is None:
            raise Refused(
                "CAT-2",
                _("There is no item {code}.").format(code=typed[:40]),
                mend=_("Look it up by name."),
                field="code",
            )
        packs = select(UNIT.c.name, UNIT.c.factor).where(UNIT.c.item_id == row["id"]).order_by(UNIT.c.factor)
        return {**row, "packs": {pack.name: pack.factor for pack in session.connection().execute(packs)}}
