"""`ordersdesk export`: to a file, or through stdout."""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

from ordersdesk.cli.kit.places import refuse_place
from ordersdesk.cli.kit.telling import progress, say, tell_json
from ordersdesk.files.exports import export
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.texts.language import _, ngettext
from ordersdesk.foundation.texts.refusals import Refused
from ordersdesk.foundation.texts.texts import shown


def run_export(desk: Desk, kind: str, *, form: str, out: Path | None, replace: bool, as_json: bool) -> None:
    """Write what a desk keeps; a file is told about, stdout holds nothing else."""
    if out is None:
        _through_stdout(desk, kind, form)
        return
    refuse_place(out, rule="FIL-2", replace=replace)
    with progress(_("writing")):
        rows = export(desk, kind, out, replace=replace)
    if as_json:
        tell_json({"file": str(out), "rows": rows})
    else:
        say(ngettext("{file} has {rows} row.", "{file} has {rows} rows.", rows).format(file=out, rows=rows))


def _through_stdout(desk: Desk, kind: str, form: str) -> None:
    if form == "xlsx" and sys.stdout.isatty():
        raise Refused("FIL-2", _("A terminal cannot show a workbook."), mend=_("Name a file: --out FILE.xlsx"))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, f"{kind}.{form}")
        with progress(_("writing")):
            export(desk, kind, path)
        if sys.stdout.isatty():
            _to_terminal(path)
            return
        with path.open("rb") as written:
            shutil.copyfileobj(written, sys.stdout.buffer)
        sys.stdout.buffer.flush()


def _to_terminal(path: Path) -> None:
    """Show a table to a person: what customers typed never steers the terminal (FIL-3)."""
    with path.open(encoding="utf-8-sig", newline="") as written:
        for line in written:
            print("\t".join(shown(part) for part in line.rstrip("\r\n").split("\t")))
