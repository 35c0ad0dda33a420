"""Past orders out of a file: closed documents that feed usual items, last orders and averages (FIL-1, CAL-4)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import islice
from uuid import uuid4

from sqlalchemy import select
from sqlmodel import Session

from ordersdesk.files import references
from ordersdesk.files.baskets import Basket, Baskets, figures
from ordersdesk.files.loads import Counts, Job, Key, Told
from ordersdesk.files.references import Good, Party
from ordersdesk.files.rows import Bad, Mapped
from ordersdesk.foundation.bulk import chunks
from ordersdesk.foundation.language import _
from ordersdesk.foundation.roles import Role
from ordersdesk.orders.history_actions import PastLine, PastOrder, add_history, known_keys
from ordersdesk.orders.queries import ORDER

ROLES = (Role.MANAGER, Role.BRANCH_GM, Role.ADMIN)
SLICE = 500  # orders in memory at once as they are written


@dataclass
class History:
    """Orders the book does not hold yet come in closed; those it holds stay as they are."""

    job: Job
    baskets: Baskets = field(init=False)
    parties: dict[str, Party] = field(default_factory=dict[str, Party])
    goods: dict[str, list[Good]] = field(default_factory=dict[str, list[Good]])
    new: dict[Key, Basket] = field(default_factory=dict[Key, Basket])

    def __post_init__(self) -> None:
        self.job.desk.needs(*ROLES)
        self.baskets = Baskets(self.job)

    def take(self, row: Mapped) -> None:
        """Take one good row in."""
        self.baskets.take(row)

    def spoil(self, row: Bad) -> None:
        """Keep the order of a bad row out."""
        self.baskets.spoil(row)

    def check(self, session: Session) -> Counts:
        """Find customers and items, tell new orders from known ones, and add up what comes in."""
        good = self.baskets.good()
        self.parties = references.customers(session, self.job, {basket.customer for basket in good.values()})
        self.goods = references.items(session, {line[1] for basket in good.values() for line in basket.lines})
        good = {key: basket for key, basket in good.items() if self._is_found(key, basket)}
        known = known_keys(session, [self.job.source(key) for key in good])
        # By date, so that the last order of a customer is written last.
        fresh = [(key, basket) for key, basket in good.items() if self.job.source(key) not in known]
        self.new = dict(sorted(fresh, key=lambda pair: (pair[1].at, pair[1].row)))
        self._add_up(good.values())
        return Counts(new=len(self.new), same=len(good) - len(self.new))

    def _is_found(self, key: Key, basket: Basket) -> bool:
        wrong = 0
        if basket.customer not in self.parties:
            wrong = basket.row
            self.job.problem(wrong, "customer", basket.customer, _("there is no such customer"), "CUS-2")
        for line in basket.lines:
            if references.meant(self.job, line[0], line[1], self.goods) is None:
                wrong = line[0]
        if wrong:
            self.baskets.hold_back(key, basket, wrong)
        return not wrong

    def _add_up(self, baskets: Iterable[Basket]) -> None:
        years: Counter[str] = Counter()
        kinds: Counter[str] = Counter()
        sums: dict[str, Decimal] = {}
        for basket in baskets:
            for line in basket.lines:
                amount, kind = figures(line)[1], self.goods[line[1]][0].category
                for name in (str(basket.at.year), kind):
                    sums[name] = sums.get(name, Decimal(0)) + amount
                years[str(basket.at.year)] += 1
                kinds[kind] += 1
        self.job.sums["year"] = {name: sums[name] for name in sorted(years)}
        self.job.sums["category"] = {name: sums[name] for name in sorted(kinds)}

    def size(self) -> int:
        """Return how many records will be written."""
        return len(self.new)

    def write(self, session: Session, told: Told) -> None:
        """Write the new orders, some at a time."""
        done, orders = 0, self._orders(session)
        while part := list(islice(orders, SLICE)):
            add_history(self.job.desk, session, part)
            told(done := done + len(part))

    def _orders(self, session: Session) -> Iterator[PastOrder]:
        numbers = self._numbers(session)
        for key, basket in self.new.items():
            party = self.parties[basket.customer]
            yield PastOrder(
                key=self.job.source(key),
                number=numbers[key],
                customer_id=party.id,
                customer_name=party.name,
                day=basket.at.date(),
                lines=tuple(self._lines(basket)),
                channel=basket.text("channel") or "phone",
                address=basket.text("address"),
                note=basket.text("note"),
                agent=basket.text("agent"),
            )

    def _lines(self, basket: Basket) -> Iterator[PastLine]:
        for line in basket.lines:
            good = self.goods[line[1]][0]
            price, amount = figures(line)
            yield PastLine(good.id, good.code, line[2] or good.name, good.unit, line[3], price, amount)

    def _numbers(self, session: Session) -> dict[Key, str]:
        """Give each order the file's number; where two share one, customer and day tell them apart."""
        said = {key: basket.text("number") for key, basket in self.new.items()}
        count = Counter(said.values())
        used = self._taken(session, list(said.values()))
        numbers: dict[Key, str] = {}
        for key, basket in self.new.items():
            tails = ("", f"/{basket.customer}", f"/{basket.customer}/{basket.at:%Y%m%d}", f"/{basket.row}")
            several = count[said[key]] > 1
            free = (said[key] + tail for tail in tails[several:] if said[key] + tail not in used)
            numbers[key] = next(free, f"{said[key]}/{uuid4().hex[:8]}")
            used.add(numbers[key])
        return numbers

    def _taken(self, session: Session, numbers: list[str]) -> set[str]:
        found: set[str] = set()
        for piece in chunks(numbers):
            chosen = (ORDER.c.branch == self.job.desk.branch) & ORDER.c.number.in_(piece)
            found.update(session.connection().execute(select(ORDER.c.number).where(chosen)).scalars())
        return found
