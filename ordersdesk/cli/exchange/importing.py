"""`ordersdesk import`: the dry run as tables, the writing, and the file of bad rows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from ordersdesk.cli.kit.telling import progress, say, tell_json, tell_table
from ordersdesk.files import imports
from ordersdesk.files.imports import Plan
from ordersdesk.files.loading.loads import Counts
from ordersdesk.files.mapping.fields import TYPE_NAMES, Field
from ordersdesk.files.mapping.joining import Join
from ordersdesk.files.mapping.kinds import KINDS
from ordersdesk.files.mapping.problems import Tally
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.texts.language import _, ngettext, word_list

SHOWN = 20  # problems listed one by one


@dataclass(frozen=True)
class Wanted:
    """What the command line asks for."""

    kind: str
    file: Path
    mapping: Path | None
    sheet: str | None
    encoding: str | None
    history: bool
    commit: bool
    keep_good: bool
    bad_rows: Path | None
    update: bool = False
    join: Path | None = None
    on: str = ""

    def joining(self) -> Join | None:
        """Return how a second file is joined, if one is: `--on OURS` or `--on OURS=THEIRS`."""
        ours, _equals, theirs = self.on.partition("=")
        return Join(str(self.join.absolute()), ours.strip(), theirs.strip() or ours.strip()) if self.join else None


def run_import(desk: Desk, wanted: Wanted, *, as_json: bool) -> bool:
    """Read a file and write it when asked to; False when a dry run shows that it would be refused."""
    with progress(_("reading")) as step:
        planned = imports.plan(
            desk, wanted.kind, wanted.file, wanted.mapping,
            sheet=wanted.sheet, encoding=wanted.encoding, history=wanted.history, update=wanted.update,
            join=wanted.joining(),
            progress=lambda _what, done, of: step(done, of),
        )  # fmt: skip
    if not as_json:
        _tell(planned)
    # Before anything is written: the bad rows must not be lost when their file cannot be made.
    bad = imports.bad_rows(planned, wanted.bad_rows) if wanted.bad_rows and len(planned.problems) else 0
    fine = wanted.keep_good or not len(planned.problems)
    if wanted.commit:
        with progress(_("writing")) as step:
            imports.commit(desk, planned, keep_good=wanted.keep_good, progress=lambda _what, done, of: step(done, of))
    if as_json:
        tell_json(summary(planned) | {"committed": wanted.commit, "bad_rows_written": bad})
    else:
        _tell_end(wanted, planned.counts, fine=fine, bad=bad)
    return fine


def summary(planned: Plan) -> dict[str, Any]:
    """Return a plan as programs read it."""
    return {
        "kind": planned.kind,
        "file": planned.sheet.path.name,
        "sheet": planned.sheet.name,
        "encoding": planned.sheet.encoding,
        "rows": planned.rows,
        "good_rows": planned.good_rows,
        "bad_rows": len(planned.problems),
        "left_out": dict(planned.problems.left_out),
        "records": planned.counts,
        "sums": planned.sums,
        "sample": [{"row": row.row} | dict(row.values) for row in planned.sample],
        "problems": planned.problems.by_kind(),
        "first_problems": planned.problems.first(SHOWN),
        "remarks": planned.problems.remarks.by_kind(),
        "first_remarks": planned.problems.remarks.first(SHOWN),
    }


def _tell(planned: Plan) -> None:
    problems = planned.problems
    say(
        ngettext(
            "{file}: of {rows} row {good} good, {bad} bad, {left} left out.",
            "{file}: of {rows} rows {good} good, {bad} bad, {left} left out.",
            planned.rows,
        ).format(
            file=planned.sheet.path.name, rows=planned.rows, good=planned.good_rows,
            bad=len(problems), left=planned.left_out,
        )
    )  # fmt: skip
    for reason, count in problems.left_out.most_common():
        say(_("  left out {count}: {reason}").format(count=count, reason=reason))
    _tell_tally(problems, _("Problem"))
    _tell_tally(problems.remarks, _("To know"))
    _tell_sample(planned)
    for name, sums in planned.sums.items():
        if sums:
            tell_table([name, _("Amount")], sorted(sums.items()))
    counts = planned.counts
    say(
        _("{new} new, {changed} changed, {same} known already, {repeats} repeated in the file.").format(
            new=counts.new, changed=counts.changed, same=counts.same, repeats=counts.repeats
        )
    )
    if counts.differs:
        told = ngettext(
            "{count} is known, and the file says otherwise (see above): it stays as it is without --update.",
            "{count} are known, and the file says otherwise (see above): they stay as they are without --update.",
            counts.differs,
        )
        say(told.format(count=counts.differs))


def _tell_sample(planned: Plan) -> None:
    """Show the first rows as they were understood, so that a wrong column is seen before it is written."""
    names = list(dict.fromkeys(name for row in planned.sample for name in row.values))
    kind = KINDS[planned.kind]
    labels = [field.label if (field := kind.field(name)) else name for name in names]
    rows = ([row.row, *(_short(row.values.get(name)) for name in names)] for row in planned.sample)
    if planned.sample:
        say(_("The first rows, as they are understood:"))
        tell_table([_("Row"), *labels], rows)


def _short(value: object) -> object:
    return value if value is None or isinstance(value, bool | int | Decimal | date) else str(value)[:40]


def tell_fields(kind: str, *, as_json: bool) -> None:
    """Say which fields an import of a kind knows, what each takes, and under which headers it is found."""
    known = KINDS.get(kind) if kind in imports.IMPORTED else None
    if known is None:
        raise imports.not_imported(kind)
    if as_json:
        tell_json([field_facts(field) for field in known.fields])
        return
    tell_table(
        [_("Field"), _("Needed"), _("Takes"), _("Headers")],
        ((f.name, f.required, takes(f), word_list(f.headers)) for f in known.fields),
    )
    key = word_list(field.label for name in known.key if (field := known.field(name)))
    say(_("Rows with the same {key} are the same; a mapping can say otherwise (key).").format(key=key))


def field_facts(field: Field) -> dict[str, Any]:
    """Return a field as programs read it."""
    return {
        "name": field.name,
        "needed": field.required,
        "type": field.type,
        "choices": list(field.choices),
        "headers": list(field.headers),
    }


def takes(field: Field) -> str:
    """Say what a field takes."""
    return word_list(field.choices) if field.choices else _(TYPE_NAMES[field.type])


def _tell_tally(tally: Tally, what: str) -> None:
    if tally.counts:
        tell_table(
            [_("Rows"), _("Column"), what, _("Rule"), _("First")],
            ((k.count, k.column, k.message, k.rule, word_list(map(str, k.rows))) for k in tally.by_kind()),
        )
        tell_table(
            [_("Row"), _("Column"), _("Value"), what],
            ((p.row, p.column, p.value[:60], p.message) for p in tally.first(SHOWN)),
        )


def _tell_end(wanted: Wanted, counts: Counts, *, fine: bool, bad: int) -> None:
    if bad:
        told = ngettext(
            "{count} bad row is in {file}: mend it and import that file.",
            "{count} bad rows are in {file}: mend them and import that file.",
            bad,
        )
        say(told.format(count=bad, file=wanted.bad_rows))
    if wanted.commit and counts.new + counts.changed:
        say(_("Written."))
    elif wanted.commit:
        say(_("Nothing was written: the file holds nothing new to take."))
    elif fine:
        say(_("Nothing was written: this was a dry run. Write it with --commit."))
    else:
        say(_("Nothing was written. Mend the rows, or take the good ones: --commit --keep-good --bad-rows FILE"))
