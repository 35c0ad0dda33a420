"""Imports: first a dry run with every problem by row and column, then all or nothing, or the good rows only (FIL-1)."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from sqlmodel import Session

from ordersdesk.files.loading.calls import CallLog
from ordersdesk.files.loading.customers import Customers
from ordersdesk.files.loading.items import Items
from ordersdesk.files.loading.loads import Counts, Job, Load
from ordersdesk.files.loading.orders.history import History
from ordersdesk.files.loading.orders.web_orders import WebOrders
from ordersdesk.files.loading.prices import Prices
from ordersdesk.files.loading.receipts import Receipts
from ordersdesk.files.loading.stock import StockLoad
from ordersdesk.files.mapping import mapping_file
from ordersdesk.files.mapping.joining import Join
from ordersdesk.files.mapping.kinds import KINDS
from ordersdesk.files.mapping.mapping import Mapping, default
from ordersdesk.files.mapping.problems import Problem, Problems, write_bad_rows
from ordersdesk.files.mapping.rows import Bad, LeftOut, Mapped, outcomes
from ordersdesk.files.tables.reading import Sheet
from ordersdesk.foundation.desk import Desk, action
from ordersdesk.foundation.store.bulk import uncollected
from ordersdesk.foundation.texts.data import data_path
from ordersdesk.foundation.texts.language import _, ngettext, word_list
from ordersdesk.foundation.texts.refusals import Refused
from ordersdesk.foundation.texts.texts import shown

# Told what is being done (`read`, `write`), how far it is, and about how much there is.
Progress = Callable[[str, int, int], object]
IMPORTED = ("customers", "items", "stock", "receipts", "prices", "orders", "calls")
UNSHOWN = ("xls", "xlsb")
SAMPLE = 10  # rows shown as they were understood
_TOLD_EVERY = 1000
_LOADS: dict[str, type[Load]] = {
    "customers": Customers,
    "items": Items,
    "stock": StockLoad,
    "receipts": Receipts,
    "prices": Prices,
    "orders": WebOrders,
    "history": History,
    "calls": CallLog,
}


@dataclass
class Plan:
    """What an import would do; nothing has been written yet."""

    kind: str
    sheet: Sheet
    rows: int
    counts: Counts
    problems: Problems
    sums: dict[str, dict[str, Decimal]]
    load: Load
    sample: list[Mapped]
    """The first rows as they were understood."""

    @property
    def good_rows(self) -> int:
        """How many rows can be taken: all that are neither bad, whatever found it out, nor left out."""
        return self.rows - len(self.problems) - self.left_out

    @property
    def left_out(self) -> int:
        """How many rows the mapping leaves out."""
        return self.problems.left_out.total()


def plan(
    desk: Desk,
    kind: str,
    path: Path,
    mapping: Path | Mapping | None = None,
    *,
    sheet: str | None = None,
    encoding: str | None = None,
    history: bool = False,
    update: bool = False,
    join: Join | None = None,
    progress: Progress | None = None,
) -> Plan:
    """Read a file and compare it with what is stored (dry run); refused (FIL-1) when file or mapping cannot be read."""
    fit, problems, loads = _fit(kind, mapping), Problems(), _LOADS["history" if history and kind == "orders" else kind]
    desk.needs(*loads.ROLES, doing=_("import this file"))
    opened = fit.opened(path, sheet, encoding=encoding)
    join = join or fit.join
    # Bad rows are written as they stand in the first file, to be joined again.
    whole = join.joined(opened, problems) if join else opened
    fit = fit.fitted(whole)
    warned(opened, problems, read=fit.columns())
    job = Job(desk, fit, problems, history=history, update=update)
    load = loads(job)
    sample: list[Mapped] = []
    with uncollected():
        rows = _read(job, _Sampled(load, sample), whole, progress)
        with desk.reading() as session:
            counts = load.check(session)
    return Plan(kind, opened, rows, counts, job.problems, job.sums, load, sample)


def warned(sheet: Sheet, problems: Problems, *, read: Collection[str] = ()) -> None:
    """Say what is not seen: a hidden sheet or column, and of a build other than XLSX how cells show their values."""
    if sheet.is_hidden:
        text = _("sheet “{sheet}” is hidden in the workbook: is it meant?").format(sheet=shown(sheet.name))
        problems.remarks.add(Problem(0, "", sheet.path.name, "FIL-1", text))
    for column in sheet.columns:
        if column in sheet.hidden_columns and column in read:
            text = _("is a hidden column of the sheet, and is read: delete it there if it is not meant")
            problems.remarks.add(Problem(0, column, "", "FIL-1", text))
    if sheet.kind in UNSHOWN:
        text = _(
            "is read without number formats (00123 as 123), error cells as empty, "
            "hidden rows and columns as all others: if that matters, save it as XLSX"
        )
        problems.remarks.add(Problem(0, "", sheet.path.name, "FIL-1", text))


@dataclass
class _Sampled:
    """A load that keeps the first rows it takes, to be shown."""

    load: Load
    sample: list[Mapped]

    def take(self, row: Mapped) -> None:
        """Hand a good row on."""
        if len(self.sample) < SAMPLE:
            self.sample.append(row)
        self.load.take(row)

    def spoil(self, row: Bad) -> None:
        """Hand a bad row on."""
        self.load.spoil(row)


def _fit(kind: str, mapping: Path | Mapping | None) -> Mapping:
    if kind not in IMPORTED or kind not in KINDS:
        raise not_imported(kind)
    if isinstance(mapping, Mapping):
        return mapping
    return mapping_file.load(_found(mapping), kind) if mapping else default(kind)


def not_imported(kind: str) -> Refused:
    """Return the refusal (FIL-1) of a kind of record no file can bring."""
    text = _("“{kind}” cannot be imported.").format(kind=kind[:40])
    return Refused("FIL-1", text, mend=word_list(IMPORTED), field="kind")


def _found(mapping: Path) -> Path:
    """Return the mapping file itself, or the one of that name that comes with the program."""
    ours = data_path("imports", f"{mapping.name.removesuffix('.toml')}.toml")
    return mapping if mapping.exists() or len(mapping.parts) > 1 or not ours.exists() else ours


def _read(job: Job, load: _Sampled, sheet: Sheet, progress: Progress | None) -> int:
    rows, desk = 0, job.desk
    read = outcomes(job.fit, sheet, today=desk.today(), zone=desk.zone, currency=desk.policy.branch.currency)
    for rows, outcome in enumerate(read, 1):
        match outcome:
            case Mapped(row=row):
                if row in sheet.hidden:
                    text = _("is a hidden row of the sheet, and is taken: delete it there if it is not meant")
                    job.remark(row, "", "", text)
                load.take(outcome)
            case LeftOut(reason=reason):
                job.problems.leave_out(reason)
            case Bad(problems=problems):
                for problem in problems:
                    job.problems.add(problem)
                load.spoil(outcome)
        if progress and rows % _TOLD_EVERY == 0:
            progress("read", rows, sheet.about)
    if progress:
        progress("read", rows, rows)
    return rows


def commit(desk: Desk, planned: Plan, *, keep_good: bool = False, progress: Progress | None = None) -> Counts:
    """Write a plan in one transaction, all of it or nothing; refused (FIL-1) while rows are bad, unless the good ones
    are to be kept."""
    bad = len(planned.problems)
    if bad and not keep_good:
        raise Refused(
            "FIL-1",
            ngettext("{count} row cannot be taken.", "{count} rows cannot be taken.", bad).format(count=bad),
            mend=_("Mend them, or take the good rows only (--keep-good)."),
            field="file",
        )
    size = planned.load.size()

    def told(done: int) -> None:
        if progress:
            progress("write", done, size)

    with uncollected():
        _write(desk, planned.load, told)
    return planned.counts


@action
def _write(desk: Desk, session: Session, load: Load, told: Callable[[int], None]) -> None:
    """Whoever may bring such a file may have lost that right while it was being read."""
    desk.needs(*load.ROLES, doing=_("import this file"))
    load.write(desk, session, told)


def bad_rows(planned: Plan, path: Path) -> int:
    """Write the bad rows to a file that can be mended and fed again, and return how many there are."""
    return write_bad_rows(planned.sheet, planned.problems, path)
