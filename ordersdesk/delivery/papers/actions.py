"""Slips go on paper: taken, laid out, delivered, and only then counted as printed (SLP-2, SLP-3)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from ordersdesk.delivery.papers.job_actions import Taken, done, give_up, renew, take, take_again
from ordersdesk.delivery.papers.slip_form import COPIES, plies, slips_of
from ordersdesk.delivery.slips.print_rules import Skipped, Waiting, Wanted
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.policy.policy import Policy
from ordersdesk.foundation.store.bulk import chunks
from ordersdesk.foundation.texts.language import N_, _, translator, word_list
from ordersdesk.foundation.texts.refusals import Outage, Refused
from ordersdesk.foundation.texts.texts import clean
from ordersdesk.printing.devices.plain import leaves
from ordersdesk.printing.forms.form import Form
from ordersdesk.printing.output import place, ready
from ordersdesk.printing.papers import CHUNK, paper_named

LARGEST = 1000  # slips of one file in a folder: 4,000 pages

Step = Callable[[int, int], None]


def _silent(_done: int, _of: int) -> None:
    """Say nothing of how far it is."""


@dataclass(frozen=True, kw_only=True)
class On:
    """On what slips are printed: paper and copies as the policy says unless named, where to, the site's templates."""

    to: str | Path
    form: str = ""
    copies: tuple[str, ...] = ()
    own: Path | None = None
    each: bool = False
    """Every slip in a file of its own."""
    replace: bool = False


@dataclass(frozen=True)
class Printed:
    """What is on paper now, where it went, and what is not, with the reason."""

    job: str
    numbers: tuple[str, ...]
    places: tuple[str, ...]
    skipped: tuple[Skipped, ...] = ()
    failed: str = ""
    """Why the printing ended before its end; what had gone out by then is printed and counted."""


def print_slips(desk: Desk, wanted: Wanted, on: On, *, step: Step = _silent) -> Printed:
    """Print what waits for its first paper, each slip once whoever else prints at the same moment (SLP-2).

    When printer or disk fails, nothing that did not go out is marked; refused when nothing went out at all.
    """
    _refuse_unknown(on)
    return _printed(desk, take(desk, wanted), on, step)


def reprint(desk: Desk, numbers: Sequence[str], on: On, *, why: str = "", step: Step = _silent) -> Printed:
    """Print slips again: counted, marked as that on the paper, told on their timelines; no state changes (SLP-2)."""
    _refuse_unknown(on)
    said = clean(why, field="why")
    return _printed(desk, take_again(desk, numbers), on, step, again=True, why=said)


def preview(desk: Desk, numbers: str | Sequence[str], copies: Sequence[str] = ()) -> list[list[str]]:
    """Return the pages of one slip or of several, each as its lines, exactly as the text form prints them now."""
    _refuse_no_copy(copies)
    forms = slips_of(desk, [numbers] if isinstance(numbers, str) else numbers)
    return leaves([_with_copies(form, copies, desk.policy) if copies else form for form in forms])


@dataclass
class _Run:
    """One printing under way: what it has taken, and what became of it."""

    taken: Taken
    again: bool
    why: str
    numbers: list[str]
    places: list[str]
    skipped: list[Skipped]
    out: set[str] = field(default_factory=set[str])
    """What may be on paper and is not counted: nobody lets go of it, it is in doubt until a person has looked."""


def paper_found(desk: Desk, numbers: Sequence[str]) -> list[str]:
    """Count slips as printed whose paper was found after a printing that never said how it went (SLP-2)."""
    taken = take(desk, Wanted(numbers=tuple(numbers), looked=True))
    sure = [slip for slip in taken.slips if slip.id not in taken.doubtful]
    try:
        if taken.skipped or sure:
            refused = taken.skipped[0] if taken.skipped else Skipped(sure[0].number, _("no printing of it went astray"))
            raise Refused(
                "SLP-2",
                _("{number} was not printed: {why}").format(number=refused.number, why=refused.why),
                mend=_("Print it: ordersdesk slips print --number {number}").format(number=refused.number),
                field="number",
            )
    except Refused:
        give_up(desk, taken.job, sure)
        raise
    done(desk, taken.job, taken.slips, why=_("its paper was found"))
    return [slip.number for slip in taken.slips]


def _printed(desk: Desk, taken: Taken, on: On, step: Step, *, again: bool = False, why: str = "") -> Printed:
    run = _Run(taken, again, why, [], [], list(taken.skipped))
    left, failed = list(taken.slips), ""
    try:
        for part in _parts(left, on):
            _on_paper(desk, run, part, on)
            left = left[len(part) :]
            step(len(taken.slips) - len(left), len(taken.slips))
    except Refused as no:
        if not run.numbers and not run.out:
            raise
        failed = str(no)
        run.skipped += [
            Skipped(slip.number, _("it may be on paper already") if slip.number in run.out else no.message)
            for slip in left
            if slip.number not in run.numbers
        ]
    finally:
        if kept := [slip for slip in left if slip.number not in run.out]:
            give_up(desk, taken.job, kept)
    return Printed(taken.job, tuple(run.numbers), tuple(dict.fromkeys(run.places)), tuple(run.skipped), failed)


def _parts(slips: Sequence[Waiting], on: On) -> Iterator[list[Waiting]]:
    """Cut into what goes out and is counted at once: all for one file, else what a printer or the memory takes."""
    goal = place(on.to)
    if goal.queue or (goal.is_folder and on.each):
        return chunks(slips, CHUNK)
    return chunks(slips, LARGEST if goal.is_folder else max(1, len(slips)))


def _on_paper(desk: Desk, run: _Run, slips: Sequence[Waiting], on: On) -> None:
    """Lay slips out, look whether they are still ours and as they were, deliver them, count them."""
    wanted = list(slips)
    while wanted:
        deliver = ready(
            _forms(desk, run, wanted, on), on.form or desk.policy.slips.form, on.to, on.own,
            title=_title(desk, run.taken), each=on.each, replace=on.replace,
        )  # fmt: skip
        ours = renew(desk, run.taken.job, wanted)
        if len(ours) == len(wanted):
            run.out |= {slip.number for slip in wanted}
            run.places += _delivered(run, deliver)
            _count(desk, run, wanted)
            return
        gone = [slip for slip in wanted if slip.id not in ours]
        give_up(desk, run.taken.job, gone)
        run.skipped += [Skipped(slip.number, _("it was changed meanwhile")) for slip in gone]
        wanted = [slip for slip in wanted if slip.id in ours]


def _delivered(run: _Run, deliver: Callable[[], list[str]]) -> list[str]:
    """Deliver papers; one that was refused is not out, of one that nobody answered for it is not known."""
    try:
        return deliver()
    except Refused as no:
        if not (isinstance(no, Outage) and no.is_unknown):
            run.out.clear()
        raise


def _count(desk: Desk, run: _Run, slips: Sequence[Waiting]) -> None:
    """Count slips whose paper is out; what changed in that very moment is told by name, the others count."""
    try:
        done(desk, run.taken.job, slips, again=run.again, why=run.why)
        run.numbers += [slip.number for slip in slips]
        run.out.difference_update(run.numbers)
    except Outage:
        raise
    except Refused as no:
        if len(slips) == 1:
            give_up(desk, run.taken.job, slips)
            run.out.discard(slips[0].number)
            run.skipped.append(Skipped(slips[0].number, str(no)))
            return
        for slip in slips:
            _count(desk, run, [slip])


def _forms(desk: Desk, run: _Run, slips: Sequence[Waiting], on: On) -> list[Form]:
    forms = slips_of(desk, [slip.number for slip in slips])
    return [
        _marked(
            _with_copies(form, on.copies, desk.policy) if on.copies else form, is_doubtful=slip.id in run.taken.doubtful
        )
        for slip, form in zip(slips, forms, strict=True)
    ]


def _marked(form: Form, *, is_doubtful: bool) -> Form:
    """Let two papers of one slip be told apart where a program died and nobody knows whether the first came out."""
    if form.reprint or not is_doubtful:
        return form
    return replace(form, reprint=translator(form.language)(N_("Perhaps a second paper")))


def _with_copies(form: Form, wanted: Sequence[str], policy: Policy) -> Form:
    return replace(form, copies=plies(translator(form.language), policy, wanted))


def _title(desk: Desk, taken: Taken) -> str:
    if len(taken.slips) == 1:
        return taken.slips[0].number
    return f"slips-{desk.today():%Y%m%d}-{taken.job[-6:]}"


def _refuse_unknown(on: On) -> None:
    """Refuse what cannot be printed on before anything is taken."""
    place(on.to)
    if on.form:
        paper_named(on.form)
    _refuse_no_copy(on.copies)


def _refuse_no_copy(copies: Sequence[str]) -> None:
    unknown = next((ply for ply in copies if ply not in COPIES), None)
    if unknown is not None:
        raise Refused(
            "SLP-2",
            _("There is no copy “{name}”.").format(name=unknown[:40]),
            mend=_("Choose among: {names}.").format(names=word_list(COPIES)),
            field="copies",
        )
