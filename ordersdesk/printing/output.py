"""Where a paper goes: into a file, into a folder, or to a printer's queue (SLP-3)."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from ordersdesk.foundation.machine.reasons import reason
from ordersdesk.foundation.texts.language import _
from ordersdesk.foundation.texts.refusals import Outage, Refused
from ordersdesk.printing.filing import keep
from ordersdesk.printing.forms.form import Form
from ordersdesk.printing.papers import CHUNK, Paper, paper_named

PATIENCE = 60  # seconds a print queue may take to accept one piece
_QUEUE = re.compile(r"\w[\w.@:+\-]{0,126}")  # names CUPS gives, and none that `lp` would take for an option
_MEDIA = {"a4": "A4", "a5": "A5", "continuous": "Custom.241x140mm"}  # else a queue sets pages on its usual sheet
_UNFIT = re.compile(r"[^\w.\-]+")


@dataclass(frozen=True)
class Place:
    """A file, a folder or a printer."""

    path: Path | None = None
    is_folder: bool = False
    queue: str = ""


def place(to: str | Path) -> Place:
    """Read where papers shall go: what has a slash or an ending is a file or a folder, else it names a printer."""
    said = "" if "\0" in str(to) else str(to)  # no name of anything
    try:
        path = Path(said).expanduser()
        if said and (path.is_dir() or said.endswith("/")):
            return Place(path, is_folder=True)
        if said and (isinstance(to, Path) or "/" in said or path.suffix or path.exists()):
            return Place(path)
    except (OSError, RuntimeError) as error:  # no such name may stand anywhere, or `~somebody` is nobody
        text = _("{file} cannot be written: {reason}.").format(file=said[:200], reason=reason(error))
        raise _refused(text, _("Choose a folder you may write to.")) from error
    if not _QUEUE.fullmatch(said):
        raise _refused(
            _("“{name}” is no printer, file or folder.").format(name=said[:40]),
            _("Name a printer (`lpstat -e` lists them), a file such as slips.pdf, or a folder."),
        )
    return Place(queue=said)


def issue(
    forms: Sequence[Form],
    paper: str,
    to: str | Path,
    own: Path | None = None,
    *,
    title: str = "",
    each: bool = False,
    replace: bool = False,
) -> list[str]:
    """Make papers and deliver them whole or not at all; return the files or the printer they went to.

    `own` is the site's folder of templates; `each` puts every form into a file of its own.
    """
    return ready(forms, paper, to, own, title=title, each=each, replace=replace)()


def ready(
    forms: Sequence[Form],
    paper: str,
    to: str | Path,
    own: Path | None = None,
    *,
    title: str = "",
    each: bool = False,
    replace: bool = False,
) -> Callable[[], list[str]]:
    """Make papers now and return what delivers them: whoever must look once more may do so in between."""
    kind, goal = paper_named(paper), place(to)
    if goal.queue:
        return _for_queue(goal.queue, title or _span(forms), kind, forms, own)
    if goal.path and goal.is_folder:
        return _for_folder(goal.path, kind, forms, own, title=title, each=each)
    made = kind.make(forms, own)
    return lambda: [str(keep(goal.path or Path(), made, replace=replace))]


def _for_folder(
    folder: Path, kind: Paper, forms: Sequence[Form], own: Path | None, *, title: str, each: bool
) -> Callable[[], list[str]]:
    """Make one file for all, or one for each; when one cannot be written, none of this run stays."""
    runs = [([form], form.number) for form in forms] if each else [(list(forms), title or _span(forms))]
    made = [(name, kind.make(run, own)) for run, name in runs]

    def deliver() -> list[str]:
        written: list[Path] = []
        try:
            _make_folder(folder)
            for name, paper in made:
                written.append(keep(_free(folder, name, kind.suffix), paper))
        except BaseException:
            for path in written:
                path.unlink(missing_ok=True)
            raise
        return [str(path) for path in written]

    return deliver


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        said = _("{file} cannot be written: {reason}.").format(file=folder, reason=reason(error))
        raise _refused(said, _("Choose a folder you may write to.")) from error


def _free(folder: Path, name: str, suffix: str) -> Path:
    """Return a name nothing has yet: a second printing never covers the first."""
    fit = _UNFIT.sub("-", name).strip(".-") or "paper"
    tried = (folder / f"{fit[:100]}{again}{suffix}" for again in _counted())
    return next(path for path in tried if not path.exists())


def _counted() -> Iterator[str]:
    count = 1
    while True:
        yield f"-{count}" if count > 1 else ""
        count += 1


def _span(forms: Sequence[Form]) -> str:
    numbers = [form.number for form in forms]
    return f"{numbers[0]}_{numbers[-1]}" if len(numbers) > 1 else "".join(numbers)


def _for_queue(queue: str, title: str, kind: Paper, forms: Sequence[Form], own: Path | None) -> Callable[[], list[str]]:
    """Make pieces a printer can hold; all are made before the first is sent."""
    pieces = [kind.make(forms[start : start + CHUNK], own) for start in range(0, len(forms), CHUNK)]

    def deliver() -> list[str]:
        for piece in pieces:
            _sent(queue, title, piece, kind)
        return [queue]

    return deliver


def _sent(queue: str, title: str, paper: bytes, kind: Paper) -> None:
    program = shutil.which("lp")
    if program is None:
        raise _refused(
            _("This machine has no `lp` to print with."), _("Install CUPS, or print into a file or a folder.")
        )
    option = "raw" if kind.raw else f"media={_MEDIA[kind.name]}" if kind.name in _MEDIA else ""
    said = [program, "-d", queue, "-t", _UNFIT.sub(" ", title)[:100], *(["-o", option] if option else [])]
    try:
        done = subprocess.run(said, input=paper, capture_output=True, timeout=PATIENCE, check=False)
    except subprocess.TimeoutExpired as error:
        text = _("The printer {printer} did not say whether it took it.").format(printer=queue)
        raise Outage("SLP-3", text, mend=_("See what came out before you print it again."), is_unknown=True) from error
    except OSError as error:
        raise _failed(queue, str(error)) from error
    if done.returncode:
        raise _failed(queue, (done.stderr or done.stdout).decode("utf-8", "replace"))


def _failed(queue: str, why: str) -> Refused:
    reason = " ".join(why.split())[:200] or _("it said nothing")
    return _refused(
        _("The printer {printer} does not take it: {reason}").format(printer=queue, reason=reason),
        _("See to the printer, or print into a file."),
    )


def _refused(why: str, mend: str) -> Refused:
    return Refused("SLP-3", why, mend=mend, field="to")
