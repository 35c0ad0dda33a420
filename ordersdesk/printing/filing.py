"""Putting a paper into a file: whole or not at all, and never over another unasked (SLP-3)."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from ordersdesk.foundation.language import _
from ordersdesk.foundation.refusals import Refused


def keep(path: Path, paper: bytes, *, replace: bool = False) -> Path:
    """Write a paper to a file and return where; refused (SLP-3) when it cannot stand there."""
    if path.is_dir():
        raise _refused(_("{file} is a folder.").format(file=path), _("Name a file in it."))
    if path.exists() and not replace:
        raise _refused(_("There is such a file already: {file}.").format(file=path), _("Choose another name."))
    try:
        _put(path, paper)
    except OSError as error:
        said = _("{file} cannot be written: {reason}.").format(file=path, reason=error.strerror or error)
        raise _refused(said, _("Choose a folder you may write to.")) from error
    return path


def _put(path: Path, paper: bytes) -> None:
    # Beside its place and renamed: whoever looks sees the whole paper or none.
    handle, name = tempfile.mkstemp(prefix=".", suffix=path.suffix, dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(paper)
        Path(name).chmod(0o600)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _refused(why: str, mend: str) -> Refused:
    return Refused("SLP-3", why, mend=mend, field="file")
