"""The reckoning: every result that was told is compared with the rows, and the book proves itself."""

from __future__ import annotations

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from sqlalchemy import select

from ordersdesk.calls.queries import CALL
from ordersdesk.check import check
from ordersdesk.delivery.model.queries import SLIP
from ordersdesk.foundation.desk import Desk
from ordersdesk.orders.book.page_queries import by_number
from ordersdesk.orders.model.queries import ORDER
from tests.chaos.desks import Told, desk_at
from tests.chaos.shop import Shop
from tests.properties.proofs import prove

Orders = dict[str, tuple[str, str]]


def wrong(shop: Shop) -> Iterator[str]:
    """Yield everything that was told and is not so, and every fault of the book."""
    desk = desk_at(shop.url)
    told = shop.told()
    with desk.reading() as session:
        found = session.connection().execute(select(ORDER.c.key, ORDER.c.number, ORDER.c.state)).all()
    orders: Orders = {row[0]: (row[1], row[2]) for row in found}
    done = [words for _desk, words in told if "done" in words]
    yield from (f"fault: {words['fault']}" for _desk, words in told if "fault" in words)
    yield from (
        f"a clock that is off wrote: {words}" for one, words in told if one.kind == "turned" and "done" in words
        if words["done"] != "backup"
    )  # fmt: skip
    yield from _orders(desk, orders, done)
    yield from _refused(orders, [words for _desk, words in told if "refused" in words])
    yield from _parked(desk, done)
    yield from _printed(desk, done)
    yield from _backups(done)
    yield from (f"check: {fault}" for part in check(desk) for fault in part.faults)
    prove(desk.database)
    desk.database.close()


def _orders(desk: Desk, orders: Orders, done: list[Told]) -> Iterator[str]:
    regretted = {words["number"] for words in done if words["done"] == "regret"}
    for words in done:
        if words["done"] != "order":
            continue
        number, _state = orders.get(words["key"], ("", ""))
        if number != words["number"]:
            yield f"told {words['number']} for {words['key']}, the book has {number or 'nothing'}"
        elif [line.quantity for line in by_number(desk, number).lines] != words["pieces"]:
            yield f"{number} has other pieces than were told"
    states = {number: state for number, state in orders.values()}
    back = {number: states.get(number, "nowhere") for number in regretted}
    yield from (f"{number} was pulled back and is {state}" for number, state in back.items() if state != "draft")


def _refused(orders: Orders, refused: list[Told]) -> Iterator[str]:
    """What was refused was not done, unless it was said that nobody knows."""
    for words in refused:
        key = words["of"].get("key")
        if words["of"].get("try") == "order" and not words["unknown"] and key in orders:
            yield f"{key} was refused ({words['refused']}) and is {orders[key][0]}"


def _parked(desk: Desk, done: list[Told]) -> Iterator[str]:
    with desk.reading() as session:
        rows = session.connection().execute(select(CALL.c.key, CALL.c.draft).where(CALL.c.state == "parked")).all()
    calls = {key: draft for key, draft in rows}
    for words in done:
        if words["done"] == "park" and calls.get(words["key"]) != {"pieces": words["pieces"]}:
            yield f"the call {words['key']} was parked and is {calls.get(words['key'])}"


def _printed(desk: Desk, done: list[Told]) -> Iterator[str]:
    """A slip that was told is on one paper and counted once."""
    with desk.reading() as session:
        prints = dict(session.connection().execute(select(SLIP.c.number, SLIP.c.prints)).all())  # type: ignore[arg-type]
    papers: dict[str, list[Path]] = defaultdict(list)
    for words in done:
        if words["done"] == "print":
            for slip in words["slips"]:
                papers[slip] += [Path(file) for file in words["files"]]
    for slip, files in papers.items():
        if prints.get(slip) != 1 or len(files) != 1 or slip not in files[0].read_text(encoding="utf-8"):
            yield f"{slip} is counted {prints.get(slip)} times and told on {files}"


def _backups(done: list[Told]) -> Iterator[str]:
    last = {words["file"]: words["holds"] for words in done if words["done"] == "backup"}
    for file, holds in last.items():
        with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as copy:
            if copy.execute("PRAGMA integrity_check").fetchone()[0] != "ok":
                yield f"the backup {file} is damaged"
            for number in holds:
                if not copy.execute("SELECT count(*) FROM sales_order WHERE number = ?", [number]).fetchone()[0]:
                    yield f"the backup {file} lacks {number}, which was told before it"


def told(shop: Shop) -> list[str]:
    """Say what was done, refused and done to the shop."""
    words = [one for _desk, one in shop.told()]
    done = Counter(one["done"] for one in words if "done" in one)
    refused = Counter(f"{one['refused']}{' (unknown)' if one['unknown'] else ''}" for one in words if "refused" in one)
    return [
        f"desks: {len(shop.gone) + len(shop.desks)}",
        f"told done: {sum(done.values()):,} ({_counted(done)})",
        f"refused: {sum(refused.values()):,} ({_counted(refused)})",
        f"went wrong: {sum(shop.did.values())} ({_counted(shop.did)})",
    ]


def _counted(counts: Counter[str]) -> str:
    return ", ".join(f"{name} {count:,}" for name, count in counts.most_common())
