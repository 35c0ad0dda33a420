"""Past orders out of a file: closed documents that feed usual items, last orders and averages (FIL-1, CAL-4)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from itertools import islice
from typing import ClassVar

from sqlmodel import Session

from ordersdesk.files.loading import references
from ordersdesk.files.loading.loads import Counts, Job, Key, Roles, Told
from ordersdesk.files.loading.orders.baskets import Basket, Baskets, figures
from ordersdesk.files.loading.orders.known_orders import Known, recognised
from ordersdesk.files.loading.references import Good, Party
from ordersdesk.files.mapping.rows import Bad, Mapped
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.policy.roles import Role
from ordersdesk.foundation.texts.language import _, word_list
from ordersdesk.orders.entry.history_actions import add_history, rewrite_history
from ordersdesk.orders.entry.past import NOON, PastLine, PastOrder, differences
from ordersdesk.orders.entry.past_queries import known_keys, taken_numbers

SLICE = 500  # orders in memory at once as they are written
# Our fields that a past order keeps under another name.
_KEPT_AS = {"order_state": "state", "payment_state": "paid", "received": "paid", "refunded": "paid"}
NOTHING = Decimal("0.00")
Said = Mapping[str, tuple[str, str]]


@dataclass
class History:
    """Orders the book does not hold yet come in closed; those it holds stay, unless they are to be written anew."""

    ROLES: ClassVar[Roles] = (Role.MANAGER, Role.BRANCH_GM, Role.ADMIN)
    job: Job
    baskets: Baskets = field(init=False)
    parties: dict[str, Party] = field(default_factory=dict[str, Party])
    goods: dict[str, list[Good]] = field(default_factory=dict[str, list[Good]])
    new: dict[Key, Basket] = field(default_factory=dict[Key, Basket])
    changed: list[tuple[Known, Basket, Said]] = field(default_factory=list[tuple[Known, Basket, Said]])

    def __post_init__(self) -> None:
        self.baskets = Baskets(self.job)

    def take(self, row: Mapped) -> None:
        """Take one good row in."""
        self.baskets.take(row)

    def spoil(self, row: Bad) -> None:
        """Keep the order of a bad row out."""
        self.baskets.spoil(row)

    def check(self, session: Session) -> Counts:
        """Find customers and items, tell new orders from known ones and say where these differ, and add up."""
        good = self.baskets.good()
        self.parties = references.customers(session, self.job, {basket.customer for basket in good.values()})
        self.goods = references.items(session, {line[1] for basket in good.values() for line in basket.lines})
        good = {key: basket for key, basket in good.items() if self._is_found(key, basket)}
        known = recognised(self.job, session, good, self.parties, self._told)
        # By date, so that the last order of a customer is written last.
        fresh = [(key, basket) for key, basket in good.items() if key not in known]
        self.new = dict(sorted(fresh, key=lambda pair: (pair[1].at, pair[1].row)))
        differs = sum(self._compared(known[key], good[key]) for key in known)
        self._add_up([*self.new.values(), *(basket for _known, basket, _said in self.changed)])
        changed = len(self.changed)
        return Counts(len(self.new), changed, len(known) - differs, differs=differs - changed)

    def _is_found(self, key: Key, basket: Basket) -> bool:
        wrong = 0
        if basket.customer not in self.parties:
            wrong = basket.row
            self.job.problem(wrong, "customer", basket.customer, _("there is no such customer"), "CUS-2")
        if basket.at.date() > self.job.desk.today():
            wrong = basket.row
            self.job.problem(wrong, "date", basket.at.date(), _("is still to come: that is no past order"), "ORD-1")
        for line in basket.lines:
            good = references.meant(self.job, line[0], line[1], self.goods)
            if good is None or not self._has_unit(line[0], line[7], good):
                wrong = line[0]
        if wrong:
            self.baskets.hold_back(key, basket, wrong)
        return not wrong

    def _has_unit(self, row: int, unit: str, good: Good) -> bool:
        if not unit or unit == good.unit or unit in good.packs:
            return True
        units = word_list((good.unit, *(f"{name}={factor}" for name, factor in good.packs.items())))
        text = _("is no unit of this item; it has: {units}. Give it as a pack unit of the item first")
        self.job.problem(row, "unit", unit, text.format(units=units), "CAT-1")
        return False

    def _compared(self, known: Known, basket: Basket) -> bool:
        """Say where a known order differs, and tell whether it does."""
        said = differences(known.stored.order, known.told, self._said())
        if not said:
            return False
        if not known.stored.is_past:
            for name, (before, after) in said.items():
                text = _("differs from order {number} of this desk: ask for a change")
                shown = f"{before[:90]} → {after[:90]}"
                self.job.remark(basket.row, _field(name), shown, text.format(number=known.stored.order.number), "CHG-1")
            return True
        self.job.differs(basket.row, {_field(name): pair for name, pair in said.items()})
        if self.job.update:
            self.changed.append((known, basket, said))
        return True

    def _said(self) -> set[str]:
        return {_KEPT_AS.get(name, name) for name in self.job.fit.fields()}

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
        return len(self.new) + len(self.changed)

    def write(self, desk: Desk, session: Session, told: Told) -> None:
        """Write the new orders, some at a time, and those anew that changed."""
        done, orders = 0, self._orders(session)
        while part := list(islice(orders, SLICE)):
            add_history(desk, session, part)
            told(done := done + len(part))
        for known, _basket, said in sorted(self.changed, key=lambda each: each[0].stored.id):
            rewrite_history(desk, session, known.stored, self._over(known), said)
            told(done := done + 1)

    def _over(self, known: Known) -> PastOrder:
        """Lay what the file says over what the book holds: what it does not say stays."""
        said, stored = self._said(), known.stored.order
        kept = {name: getattr(stored, name) for name in _OPTIONAL if name not in said}
        return replace(known.told, **kept, time=stored.time if known.told.time == NOON else known.told.time)

    def _orders(self, session: Session) -> Iterator[PastOrder]:
        numbers, keys = self._numbers(session), self._keys(session)
        for key, basket in self.new.items():
            yield replace(self._told(key, basket), number=numbers[key], key=keys[key])

    def _told(self, key: Key, basket: Basket) -> PastOrder:
        party, lines = self.parties[basket.customer], tuple(self._lines(basket))
        day, fee = basket.head.get("delivery_date"), basket.money("fee") or NOTHING
        total = sum((line.amount for line in lines), fee)
        facts = {name: str(sum_) for name in ("received", "refunded") if (sum_ := basket.money(name)) is not None}
        return PastOrder(
            key=self.job.source(key),
            number=basket.number,
            theirs=basket.number,
            customer_id=party.id,
            customer_name=party.name,
            day=basket.at.date(),
            time=basket.at.time() if basket.at.time() != datetime.min.time() else NOON,
            lines=lines,
            channel=basket.text("channel") or "phone",
            contact=basket.text("contact"),
            phone=basket.text("phone"),
            address=basket.text("address"),
            payment=basket.text("payment") or "cash",
            invoice=basket.text("invoice") or "none",
            delivery_date=day if isinstance(day, date) else None,
            fee=fee,
            note=basket.text("note"),
            agent=basket.text("agent"),
            state=basket.text("order_state") or "closed",
            paid=basket.text("payment_state") or _paid(total, basket.money("received"), basket.money("refunded")),
            facts=facts,
        )

    def _lines(self, basket: Basket) -> Iterator[PastLine]:
        for line in basket.lines:
            good = self.goods[line[1]][0]
            price, amount = figures(line)
            factor = good.packs.get(line[7], 1) if line[7] != good.unit else 1
            each = price if factor == 1 else (price / factor).quantize(price)
            yield PastLine(good.id, good.code, line[2] or good.name, good.unit, line[3] * factor, each, amount, line[6])

    def _numbers(self, session: Session) -> dict[Key, str]:
        """Give each order the file's number; where two share one, customer and day tell them apart."""
        tails = {key: _tails(basket) for key, basket in self.new.items()}
        count = Counter(basket.number for basket in self.new.values())
        used = taken_numbers(self.job.desk, session, sorted({name for each in tails.values() for name in each}))
        numbers: dict[Key, str] = {}
        for key, basket in self.new.items():
            names = tails[key][count[basket.number] > 1 :]
            place = 2
            while not (free := [name for name in names if name not in used]):
                names = [f"{tails[key][-1]}/{place}"]
                used |= taken_numbers(self.job.desk, session, names)
                place += 1
            numbers[key] = free[0]
            used.add(free[0])
        return numbers

    def _keys(self, session: Session) -> dict[Key, str]:
        """Give each new order a key of its own, also where the file's key belongs to another order by now."""
        used = known_keys(session, [self.job.source(key) for key in self.new])
        found: dict[Key, str] = {}
        for key, basket in self.new.items():
            name, place = self.job.source(key), 1
            while name in used:
                name = f"{self.job.source(key)}|{basket.customer}|{basket.at:%Y%m%d}|{place}"
                used |= known_keys(session, [name])
                place += 1
            found[key] = name
            used.add(name)
        return found


_OPTIONAL = ("channel", "contact", "phone", "address", "payment", "invoice", "delivery_date", "fee", "note", "agent",
             "state", "paid")  # fmt: skip


def _field(name: str) -> str:
    """Return our field of an import for what a past order calls otherwise."""
    return {"state": "order_state", "paid": "payment_state", "lines": "item"}.get(name, name)


def _tails(basket: Basket) -> list[str]:
    number, customer = basket.number, basket.customer
    return [number, f"{number}/{customer}", f"{number}/{customer}/{basket.at:%Y%m%d}"]


def _paid(total: Decimal, received: Decimal | None, refunded: Decimal | None) -> str:
    """Tell from the money how far an order was paid; a file that says nothing of it tells of paid orders."""
    if refunded and refunded >= (received if received is not None else total):
        return "refunded"
    if received is None:
        return "paid"
    if not received:
        return "unpaid"
    return "paid" if received >= total else "partly paid"
