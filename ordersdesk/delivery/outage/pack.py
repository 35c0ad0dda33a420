"""The power-cut pack in a folder: every paper as text, and as PDF where it can be set; all of it or nothing (JOY-9)."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from ordersdesk.delivery.model.flow import CARE
from ordersdesk.delivery.outage import forms as forms
from ordersdesk.delivery.outage.actions import note_taken_out, reserve
from ordersdesk.delivery.outage.queries import OnTheRoad, OpenOrder, PricedItem, on_the_road, open_orders, price_list
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.machine.own_files import refuse_own
from ordersdesk.foundation.machine.reasons import reason
from ordersdesk.foundation.machine.whole_files import to_disk
from ordersdesk.foundation.texts.language import _, bracketed
from ordersdesk.foundation.texts.refusals import Refused
from ordersdesk.people.queries import Account, accounts
from ordersdesk.printing.devices.plain import texts
from ordersdesk.printing.filing import keep
from ordersdesk.printing.forms.form import Form
from ordersdesk.printing.papers import paper_named

NAMES = ("plan", "slips", "prices", "orders", "road")
TEXT = "text"
LARGEST = 400  # rows of one form that is set as PDF: longer lists come in parts, so that memory stays small

Step = Callable[[int, int], None]


@dataclass(frozen=True)
class Wish:
    """What is wanted: how many blank slips, whose numbers they are, and on which paper."""

    slips: int
    login: str = ""
    form: str = "a4"
    more: bool = False
    replace: bool = False


@dataclass(frozen=True)
class Pack:
    """What lies in the folder now."""

    folder: str
    files: tuple[str, ...]
    numbers: str
    items: int
    orders: int
    slips_out: int
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True)
class Known:
    """Everything the papers say, read in one go."""

    items: Sequence[PricedItem]
    orders: Sequence[OpenOrder]
    out: Sequence[OnTheRoad]
    people: Sequence[Account]


def make_pack(desk: Desk, folder: Path, wish: Wish, *, own: Path | None = None, step: Step | None = None) -> Pack:
    """Make the pack; refused (JOY-9) when the folder is not free: then no number is reserved and nothing written."""
    desk.needs(*CARE, doing=_("make the power-cut pack"))
    paper_named(wish.form)
    with _staged(folder, over=wish.replace) as stage:
        numbers = reserve(desk, login=wish.login, slips=wish.slips, more=wish.more)
        known = read(desk)
        papers = papers_of(desk, known, numbers, (wish.login or desk.user.login).strip().lower())
        warnings = _written(stage, papers, wish.form, own, step or (lambda _done, _of: None))
        note_taken_out(desk, orders=len(known.orders), slips=len(known.out), items=len(known.items))
    files = tuple(sorted(path.name for path in folder.iterdir() if path.stem in NAMES))
    said = forms.said_numbers(desk.policy, numbers)
    return Pack(str(folder), files, said, len(known.items), len(known.orders), len(known.out), tuple(warnings))


def read(desk: Desk) -> Known:
    """Return everything the papers say, read in one go."""
    people = accounts(desk)
    with desk.reading() as session:
        until = desk.calendar.next_working_day(desk.today())
        return Known(price_list(desk, session), open_orders(desk, session, until), on_the_road(desk, session), people)


def papers_of(desk: Desk, known: Known, numbers: Sequence[int], login: str) -> dict[str, list[Form]]:
    """Return the papers of a pack by name, the blank slips with these numbers for whoever writes them."""
    head = forms.Head(desk.policy, desk.local(), desk.user.name or desk.user.login, _day(desk.today()))
    return {
        "plan": [forms.plan(head, known.people, numbers)],
        "slips": [forms.blank(head, number, _named(known.people, login)) for number in numbers],
        "prices": forms.prices(head, known.items),
        "orders": forms.orders(head, known.orders),
        "road": [forms.road(head, known.out)] if known.out else [],
    }


def _named(people: Sequence[Account], login: str) -> str:
    return next((one.name for one in people if one.login == login and one.name), login)


def _day(day: date) -> str:
    return f"{day:%Y%m%d}"


def _written(stage: Path, papers: dict[str, list[Form]], form: str, own: Path | None, step: Step) -> list[str]:
    """Write the text of every paper first: it is there whatever becomes of the PDF."""
    made = {name: found for name, found in papers.items() if found}
    for name, found in made.items():
        keep(stage / f"{name}.txt", texts(found).encode())
    if form == TEXT:
        return []
    paper = paper_named(form)
    try:
        for done, (name, found) in enumerate(made.items()):
            step(done, len(made))
            keep(stage / f"{name}{paper.suffix}", paper.make(list(_short(found)), own))
    except Refused as no:
        for name in made:
            (stage / f"{name}{paper.suffix}").unlink(missing_ok=True)
        return [_("Only plain text was made: {reason}").format(reason=no.message)]
    return []


def _short(found: Sequence[Form]) -> Generator[Form]:
    for form in found:
        rows = form.rows
        parts = [rows[start : start + LARGEST] for start in range(0, len(rows), LARGEST)] or [rows]
        for place, part in enumerate(parts, 1):
            title = bracketed(form.title, f"{place}/{len(parts)}" if len(parts) > 1 else "")
            yield replace(form, title=title, rows=part)


@contextmanager
def _staged(folder: Path, *, over: bool) -> Generator[Path]:
    """Give a folder beside the wanted one; when all is written its files move over, else it is as it was."""
    try:
        refuse_own(folder)
        _refuse_folder(folder, over=over)
        stage = Path(tempfile.mkdtemp(prefix=".pack-", dir=folder if folder.is_dir() else folder.parent))
    except (OSError, ValueError) as error:  # a name with an impossible character is a ValueError
        raise _refused(
            _("{folder} cannot be written: {reason}.").format(folder=str(folder)[:200], reason=reason(error)),
            _("Choose a folder you may write to."),
        ) from error
    try:
        yield stage
        _moved(stage, folder)
    finally:
        shutil.rmtree(stage, ignore_errors=True)


def _refuse_folder(folder: Path, *, over: bool) -> None:
    if folder.exists() and not folder.is_dir():
        raise _refused(_("{file} is a file.").format(file=folder), _("Name a folder."))
    if not folder.parent.is_dir():
        raise _refused(_("There is no folder {folder}.").format(folder=folder.parent), _("Make it first."))
    lying = [path.name for path in folder.iterdir() if path.stem in NAMES] if folder.is_dir() else []
    if lying and not over:
        raise _refused(
            _("{folder} has a pack already.").format(folder=folder), _("Choose another folder, or say --replace.")
        )


def _moved(stage: Path, folder: Path) -> None:
    if not folder.is_dir():
        stage.rename(folder)
        return
    fresh = {path.name for path in stage.iterdir()}
    for name in fresh:
        refuse_own(folder / name)
    for path in sorted(stage.iterdir()):
        path.replace(folder / path.name)
    for old in folder.iterdir():  # what an older pack had and this one has not would be taken for today's
        if old.stem in NAMES and old.suffix in (".txt", ".pdf", ".prn", ".bin") and old.name not in fresh:
            old.unlink()
    to_disk(folder)


def _refused(why: str, mend: str) -> Refused:
    return Refused("JOY-9", why, mend=mend, field="folder")
