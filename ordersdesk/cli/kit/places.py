"""Where a command writes a file: a folder, a missing folder and a file that is there already are refused by name."""

from __future__ import annotations

from pathlib import Path

from ordersdesk.foundation.texts.language import _
from ordersdesk.foundation.texts.refusals import Refused


def refuse_place(file: Path, *, rule: str, replace: bool) -> None:
    """Refuse a place no new file can go to, before anything is read for it."""
    if file.is_dir():
        why, mend = _("{file} is a folder."), _("Name a file in it.")
    elif not file.parent.is_dir():
        why, mend = _("There is no folder {folder}."), _("Make it first, or choose another.")
    elif file.exists() and not replace:
        why, mend = _("There is such a file already: {file}."), _("Choose another name, or say --replace.")
    else:
        return
    raise Refused(rule, why.format(file=file, folder=file.parent), mend=mend, field="file")
