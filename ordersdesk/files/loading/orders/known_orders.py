"""Which orders of a file the book holds already, whatever the mapping calls their key (FIL-1)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from sqlmodel import Session

from ordersdesk.files.loading.loads import Job, Key
from ordersdesk.files.loading.orders.baskets import Basket
from ordersdesk.files.loading.references import Party
from ordersdesk.foundation.store.bulk import chunks
from ordersdesk.orders.entry.past import PastOrder, differences
from ordersdesk.orders.entry.past_queries import Stored, told_of

Same = Callable[[Stored, PastOrder], bool]


@dataclass(frozen=True)
class Known:
    """An order of the book and what the file tells of it now."""

    stored: Stored
    told: PastOrder


def recognised(
    job: Job,
    session: Session,
    baskets: Mapping[Key, Basket],
    parties: Mapping[str, Party],
    read: Callable[[Key, Basket], PastOrder],
) -> dict[Key, Known]:
    """Return the file's orders that the book holds: by number, customer and day, else by the file's own key.

    Of several alike the one with the same lines is meant; none is taken for two orders of the file.
    """
    found: dict[Key, Known] = {}
    numbers = list(dict.fromkeys(basket.number for basket in baskets.values()))
    by_number: dict[str, list[Key]] = {}
    for key, basket in baskets.items():
        by_number.setdefault(basket.number, []).append(key)
    for piece in chunks(numbers, 200):
        keys = [key for number in piece for key in by_number[number]]
        stored = [each for part in chunks(keys) for each in _stored(job, session, part, baskets)]
        left = {key: read(key, baskets[key]) for key in keys}
        found |= dict(_matched(job, left, {each.id: each for each in stored}))
    return found


def _stored(job: Job, session: Session, keys: list[Key], baskets: Mapping[Key, Basket]) -> list[Stored]:
    numbers = {baskets[key].number for key in keys}
    return told_of(job.desk, session, theirs=numbers, keys={job.source(key) for key in keys})


def _matched(job: Job, left: dict[Key, PastOrder], stored: dict[int, Stored]) -> Iterator[tuple[Key, Known]]:
    near: dict[str, list[Stored]] = {}
    for each in stored.values():
        for name in {each.order.theirs, each.order.number, each.order.key}:
            near.setdefault(name, []).append(each)
    for same in _ways(job):
        for key, told in list(left.items()):
            alike = (each for name in (told.theirs, told.key) for each in near.get(name, ()))
            held = next((each for each in alike if each.id in stored and same(each, told)), None)
            if held is not None:
                del left[key], stored[held.id]
                yield key, Known(held, told)


def _ways(job: Job) -> list[Same]:
    """Return in which order two tellings are taken for one: what is surest first."""

    def numbered(stored: Stored, told: PastOrder) -> bool:
        own = not stored.is_past and stored.order.number == told.theirs
        return stored.order.customer_id == told.customer_id and (own or stored.order.theirs == told.theirs)

    def of_that_day(stored: Stored, told: PastOrder) -> bool:
        return numbered(stored, told) and stored.order.day == told.day

    said = job.fit.fields()
    ways: list[Same] = [
        lambda stored, told: of_that_day(stored, told) and not differences(stored.order, told, said),
        lambda stored, told: of_that_day(stored, told) and stored.order.key == told.key,
        of_that_day,
        lambda stored, told: stored.is_past and stored.order.key == told.key,
    ]
    # Where the day tells orders of one number apart, another day is another order.
    return ways if "date" in job.fit.key else [*ways, numbered]
