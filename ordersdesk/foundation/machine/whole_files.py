"""Files that are written whole or not at all, and are on the disk when that is said (SLP-3, FIL-2, DB-4)."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Generator
from contextlib import contextmanager, suppress
from pathlib import Path

from ordersdesk.foundation.machine.own_files import refuse_own

try:
    import fcntl
except ImportError:  # Windows: what a killed desk left is not swept
    fcntl = None

PART = ".desk-part"  # the end of the name of a file that is not whole yet


@contextmanager
def whole(target: Path, *, replace: bool = False, own: bool = False) -> Generator[Path, None, None]:
    """Give a file to fill, readable by its owner only; filled, it stands at the target and is on the disk.

    Refused (DB-7) over the desk's own files, unless it is to be one of them; FileExistsError when something stands
    there that may not be replaced.
    """
    if not own:
        refuse_own(target)
    _sweep(target.parent)
    handle, name = tempfile.mkstemp(prefix=".", suffix=PART, dir=target.parent)
    partial = Path(name)
    try:
        if fcntl:
            fcntl.flock(handle, fcntl.LOCK_EX)  # as long as it is held, nobody sweeps it
        yield partial
        partial.chmod(0o600)
        to_disk(partial)
        _put(partial, target, replace=replace)
        to_disk(target.parent)
    finally:
        os.close(handle)
        _drop(partial)


def _put(partial: Path, target: Path, *, replace: bool) -> None:
    if replace:
        partial.replace(target)
        return
    try:
        os.link(partial, target)  # unlike a rename, it never takes the place of a file made meanwhile
    except FileExistsError:
        raise
    except OSError as error:  # a file system without links
        if target.exists():
            raise FileExistsError(str(target)) from error
        partial.replace(target)


def to_disk(path: Path) -> None:
    """Wait until a file, or what a folder says of its files, would outlive a power cut."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError:
        if not path.is_dir():  # some file systems keep no account of folders
            raise
    finally:
        os.close(handle)


def _sweep(folder: Path) -> None:
    """Delete what a killed desk left half written: nobody holds it any more."""
    with suppress(OSError):
        for left in folder.glob(f".*{PART}"):
            with suppress(OSError):
                _drop_unheld(left)


def _drop_unheld(left: Path) -> None:
    if fcntl is None:
        return
    with left.open("rb") as file:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        _drop(left)


def _drop(partial: Path) -> None:
    for more in ("", "-journal", "-wal", "-shm"):
        Path(f"{partial}{more}").unlink(missing_ok=True)
