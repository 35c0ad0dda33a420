"""Putting a paper into a file: whole or not at all, and never over another unasked (SLP-3)."""

from __future__ import annotations

from pathlib import Path

from ordersdesk.foundation.machine.reasons import reason
from ordersdesk.foundation.machine.whole_files import whole
from ordersdesk.foundation.texts.language import _
from ordersdesk.foundation.texts.refusals import Refused


def keep(path: Path, paper: bytes, *, replace: bool = False) -> Path:
    """Write a paper to a file and return where; refused (SLP-3) when it cannot stand there."""
    if path.is_dir():
        raise _refused(_("{file} is a folder.").format(file=path), _("Name a file in it."))
    try:
        with whole(path, replace=replace) as partial:
            partial.write_bytes(paper)
    except FileExistsError as error:
        raise _refused(
            _("There is such a file already: {file}.").format(file=path), _("Choose another name.")
        ) from error
    except OSError as error:
        said = _("{file} cannot be written: {reason}.").format(file=path, reason=reason(error))
        raise _refused(said, _("Choose a folder you may write to.")) from error
    return path


def _refused(why: str, mend: str) -> Refused:
    return Refused("SLP-3", why, mend=mend, field="file")
