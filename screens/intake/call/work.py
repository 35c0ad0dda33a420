"""What an agent has typed so far: plain values that a file, a parked call and the screen can all hold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import uuid4

from ordersdesk.foundation.time.typed_days import day_typed
from ordersdesk.foundation.time.typed_times import time_typed
from ordersdesk.orders.promise.waves import said as kept_time
from ordersdesk.orders.terms.draft import Draft, DraftLine

MOMENTS = ("rang_at", "answered_at")
# Terms that belong to a customer: with another caller on the line none of them may stay.
THEIRS = ("contact", "phone", "address", "region", "payment", "contract")


@dataclass
class WorkLine:
    """One line as it was typed."""

    item: str
    quantity: str
    shortage: str = ""
    note: str = ""


@dataclass
class Work:
    """One intake: the caller, the lines, the terms, and what is being typed at this moment (CAL-5)."""

    key: str = field(default_factory=lambda: uuid4().hex)
    presented: str = ""
    rang_at: datetime | None = None
    answered_at: datetime | None = None
    customer: str = ""
    lines: list[WorkLine] = field(default_factory=list[WorkLine])
    terms: dict[str, str] = field(default_factory=dict[str, str])
    terms_of: str = ""
    """The customer whose contact, address and payment the terms name."""
    accepted: list[str] = field(default_factory=list[str])
    typing: dict[str, str] = field(default_factory=dict[str, str])
    opened: bool = False
    corrects: str = ""
    """The rejected or pulled-back order that this one takes the place of (ORD-4)."""

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing would be lost by forgetting it."""
        return not (self.presented or self.customer or self.lines or any(self.typing.values()))

    def change_customer(self, number: str) -> None:
        """Put another customer on the line; the terms of the one before go, those of the order stay."""
        self.customer = number
        if self.terms_of != number:
            self.terms = {name: text for name, text in self.terms.items() if name not in THEIRS}
            self.terms_of = number

    def draft(self, today: date, *, said_total: Decimal | None = None) -> Draft:
        """Return what the orders room is asked about; refused (ORD-1) when the day or time typed is none."""
        said, is_urgent = self.terms, self.terms.get("urgent") == "yes"
        lines = (DraftLine(item=line.item, quantity=line.quantity, shortage=line.shortage or None, note=line.note)  # type: ignore[arg-type]
                 for line in self.lines)  # fmt: skip
        return Draft(
            key=self.key,
            customer=self.customer,
            lines=tuple(lines),
            invoice=said.get("invoice") or "none",
            channel=said.get("channel") or "phone",
            urgent=is_urgent,
            latest=time_typed(said.get("latest", "")) if is_urgent else None,
            department=said.get("department", "") if is_urgent else "",
            papers=said.get("papers", "") if is_urgent else "",
            deliver_on=day_typed(said.get("deliver_on", ""), today),
            said_total=said_total,
            accepted=tuple(self.accepted),
            corrects=self.corrects,
            contact=said.get("contact", ""),
            phone=said.get("phone", ""),
            address=said.get("address", ""),
            region=said.get("region", ""),
            payment=said.get("payment", ""),
            contract=said.get("contract", ""),
            note=said.get("note", ""),
        )

    @classmethod
    def of(cls, draft: Draft) -> Work:
        """Return the intake that an order given back as a draft goes on in."""
        return cls(
            customer=draft.customer, terms_of=draft.customer, corrects=draft.corrects,
            lines=[WorkLine(line.item, str(line.quantity), line.shortage or "", line.note) for line in draft.lines],
            terms={
                "contact": draft.contact, "phone": draft.phone, "address": draft.address, "region": draft.region,
                "payment": draft.payment,
                "invoice": draft.invoice, "channel": draft.channel, "contract": draft.contract, "note": draft.note,
                "deliver_on": draft.deliver_on.isoformat() if draft.deliver_on else "",
                "urgent": "yes" if draft.urgent else "no", "department": draft.department, "papers": draft.papers,
                "latest": kept_time(draft.latest) if draft.latest else "",
            },
        )  # fmt: skip

    def as_data(self) -> dict[str, Any]:
        """Return it as plain data for a file or a call's record."""
        return asdict(self) | {name: at.isoformat() for name in MOMENTS if (at := getattr(self, name)) is not None}

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Work:
        """Read it back; what a newer or older program wrote and this one does not know is left out."""
        known = {one.name: data[one.name] for one in fields(cls) if one.name in data}
        known |= {name: datetime.fromisoformat(known[name]) for name in MOMENTS if known.get(name)}
        names = {one.name for one in fields(WorkLine)}
        known["lines"] = [
            WorkLine(**{key: value for key, value in line.items() if key in names}) for line in known.get("lines", [])
        ]
        return cls(**known)
