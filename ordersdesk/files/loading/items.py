"""Items out of a file (FIL-1, CAT-1)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, ClassVar

from sqlmodel import Session

from ordersdesk.catalogue import particulars
from ordersdesk.catalogue.actions import EDITORS, add_many
from ordersdesk.catalogue.queries import with_barcodes
from ordersdesk.catalogue.writing import known
from ordersdesk.files.loading.loads import Counts, Folded, Job, Roles, Told
from ordersdesk.files.loading.made_codes import APART, MadeCodes
from ordersdesk.files.mapping.rows import Bad, Mapped
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.store.bulk import chunks
from ordersdesk.foundation.texts import codes
from ordersdesk.foundation.texts.language import _, word_list
from ordersdesk.foundation.texts.refusals import Refused


@dataclass
class Items:
    """Items are added or changed by their code."""

    ROLES: ClassVar[Roles] = EDITORS
    job: Job
    rows: Folded = field(init=False)
    good: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])
    made: list[str] = field(default_factory=list[str])

    def __post_init__(self) -> None:
        self.rows = Folded(self.job)

    def take(self, row: Mapped) -> None:
        """Take one good row in."""
        code = codes.code(str(row.values.get("code", "")))
        named = (str(row.values.get(name, "")) for name in ("barcode", *APART))
        self.rows.add(row, (code,) if code else ("", *named))

    def spoil(self, row: Bad) -> None:
        """A bad row spoils no other."""

    def check(self, session: Session) -> Counts:
        """Check each item and compare it with what is stored."""
        new = changed = 0
        clean: list[dict[str, Any]] = []
        rows: dict[str, int] = {}
        made = MadeCodes(session)
        for _key, row in self.rows:
            try:
                values = particulars.checked(row.values, self.job.desk.policy)
                if not values.get("code") and values.get("name"):
                    values["code"] = made.code_of(values)
                particulars.complete(values)
            except Refused as refused:
                self.job.refused(row.row, refused, row.values)
                continue
            clean.append(values)
            rows[values["code"]] = row.row
        for piece in chunks(clean):
            held = known(session, [row["code"] for row in piece])
            for row in piece:
                before = held.get(row["code"])
                new += before is None
                changed += before is not None and any(before[name] != value for name, value in row.items())
        self._tell_shared(session, rows, {row["code"]: row.get("barcode", "") for row in clean})
        self.good, self.made = clean, sorted(made.made)
        for code in self.made:
            self.job.remark(rows[code], "code", code, _("is a code made for goods without one"), "CAT-1")
        return Counts(new, changed, len(clean) - new - changed, self.rows.repeats)

    def _tell_shared(self, session: Session, rows: dict[str, int], barcodes: dict[str, str]) -> None:
        """Say which bar codes several items will have: a scan will have to ask which of them is meant (CAT-2)."""
        owners = with_barcodes(session, sorted({barcode for barcode in barcodes.values() if barcode}))
        for code, barcode in barcodes.items():
            if barcode:
                owners.setdefault(barcode, set()).add(code)
        for code, barcode in barcodes.items():
            others = sorted(owners.get(barcode, set[str]()) - {code}) if barcode else ()
            if others:
                text = _("is the bar code of {codes} too: a scan will ask which is meant")
                self.job.remark(rows[code], "barcode", barcode, text.format(codes=word_list(others)[:200]), "CAT-2")

    def size(self) -> int:
        """Return how many records will be written."""
        return len(self.good)

    def write(self, desk: Desk, session: Session, told: Told) -> None:
        """Add and change the items."""
        if taken := known(session, self.made):
            code = min(taken)
            raise Refused(
                "CAT-1",
                _("There is an item {code} already.").format(code=code),
                mend=_("Something changed since the dry run: run it again."),
                field="file",
            )
        add_many(desk, session, self.good, done=told)
