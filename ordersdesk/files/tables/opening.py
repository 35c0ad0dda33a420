"""Opening a file for reading: what it really is by its first bytes, unpacked from .gz and .xz on the way (FIL-1)."""

from __future__ import annotations

import gzip
import lzma
import re
import zipfile
import zlib
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import BinaryIO, cast

from ordersdesk.foundation.texts.language import N_, _
from ordersdesk.foundation.texts.refusals import Refused

CHUNK = 1 << 20
SUSPICIOUS = 1 << 26  # bytes from which a workbook has to have been packed as workbooks are …
THICKEST = 200  # … not more than so many times
WORKBOOK_LIMIT = 1 << 29  # bytes of an unpacked workbook: beyond it a file is a trap, not a table

# First bytes of files people rename to .csv or .xls by mistake, and what to call them.
_OTHERS = (
    (b"%PDF", N_("a PDF document")),
    (b"\x89PNG", N_("a picture")),
    (b"\xff\xd8\xff", N_("a picture")),
    (b"GIF8", N_("a picture")),
    (b"Rar!", N_("a RAR archive")),
    (b"7z\xbc\xaf", N_("a 7-Zip archive")),
    (b"SQLite format 3", N_("a database file")),
    (b"\x7fELF", N_("a program")),
    (b"MZ\x90", N_("a program")),
    (b"BZh", N_("a bzip2 archive")),
    (b"{\\rtf", N_("a text document")),
)
_DAMAGED = (EOFError, lzma.LZMAError, zlib.error, gzip.BadGzipFile)


@contextmanager
def opened(path: Path) -> Generator[BinaryIO, None, None]:
    """Open a file, unpacked if it is .gz or .xz; refused (FIL-1) when it is missing, a folder or cut short."""
    try:
        with path.open("rb") as raw:
            magic = raw.read(6)
            raw.seek(0)
            if magic.startswith(b"\x1f\x8b"):
                with gzip.GzipFile(fileobj=raw) as unpacked:
                    yield cast(BinaryIO, unpacked)
            elif magic == b"\xfd7zXZ\x00":
                with lzma.LZMAFile(raw) as unpacked:
                    yield cast(BinaryIO, unpacked)
            else:
                yield raw
    except _DAMAGED as error:
        raise not_read(path, _("The archive is damaged or cut short."), _("Fetch the file again.")) from error
    except OSError as error:
        raise not_read(path, _unreadable(path), _("Give the path of a CSV, XLSX or XLS file.")) from error


def _unreadable(path: Path) -> str:
    if path.is_dir():
        return _("This is a folder, not a file.")
    return _("It cannot be opened.") if path.exists() else _("There is no such file.")


def chunks(path: Path) -> Iterator[bytes]:
    """Give the unpacked file piece by piece."""
    with opened(path) as file:
        while chunk := file.read(CHUNK):
            yield chunk


def format_of(path: Path) -> str:
    """Return `text`, `xlsx`, `xlsb`, `xls` or `ods` by what the file holds; else refuse (FIL-1), naming what it is."""
    with opened(path) as file:
        head = file.read(4096)
    if not head.strip():
        raise not_read(path, _("The file is empty."), _("Export it again."))
    if head.startswith(b"PK\x03\x04"):
        return _kind_of_zip(path)
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        return "xls"
    for magic, name in _OTHERS:
        if head.startswith(magic):
            raise _other(path, _(name))
    if head.lstrip(b"\xef\xbb\xbf \r\n\t")[:5].lower() in (b"<html", b"<!doc", b"<tabl", b"<?xml"):
        raise _other(path, _("a web page, whatever its name says"))
    if _is_json(head):
        raise _other(path, _("JSON"))
    return "text"


def _is_json(head: bytes) -> bool:
    """Say whether a file begins as a list of objects does, or an object: what an export as JSON is."""
    return re.match(rb'(?:\xef\xbb\xbf)?\s*(?:\[\s*\]|(?:\[\s*)?\{\s*(?:\}|"[^"]*"\s*:))', head) is not None


def _kind_of_zip(path: Path) -> str:
    try:
        with zipfile.ZipFile(BytesIO(whole(path))) as archive:
            names = set(archive.namelist())
            unpacked = sum(info.file_size for info in archive.infolist())
            packed = sum(info.compress_size for info in archive.infolist())
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise damaged(path) from error
    if unpacked > WORKBOOK_LIMIT or (unpacked > SUSPICIOUS and unpacked > packed * THICKEST):
        raise not_read(path, _("Unpacked it would be too large to read."), _("Save it as CSV."))
    if "xl/workbook.xml" in names:
        return "xlsx"
    if "xl/workbook.bin" in names:
        return "xlsb"
    if "content.xml" in names:
        return "ods"
    raise _other(path, _("a ZIP archive that holds no workbook"))


def whole(path: Path) -> bytes:
    """Return the unpacked file in one piece, for workbooks; refused (FIL-1) beyond any sane size."""
    with opened(path) as file:
        content = file.read(WORKBOOK_LIMIT + 1)
    if len(content) > WORKBOOK_LIMIT:
        raise not_read(path, _("It is too large to read in one piece."), _("Save it as CSV."))
    return content


def not_read(path: Path, why: str, mend: str) -> Refused:
    """Return the refusal (FIL-1) of a whole file."""
    return Refused("FIL-1", _("{file} was not read. {why}").format(file=path.name, why=why), mend=mend, field="file")


def damaged(path: Path) -> Refused:
    """Return the refusal (FIL-1) of a workbook that does not open."""
    why = _("The workbook is damaged or cut short.")
    return not_read(path, why, _("Open it in a spreadsheet program and save it again."))


def _other(path: Path, name: str) -> Refused:
    why = _("It is {what}, not a table.").format(what=name)
    return not_read(path, why, _("CSV, XLSX and XLS are read: save the table as one of them."))
