"""Pads and the numbers that do not add up, as rows of a list (SLP-7)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ordersdesk.delivery.pads.check_queries import Differing, Listed, Missing, PadsCheck, pads_check
from ordersdesk.delivery.pads.queries import PadRow, pads
from ordersdesk.delivery.pads.rules import CHECKS, reason_said
from ordersdesk.foundation.desk import Desk
from ordersdesk.foundation.texts.language import N_, NP_, _
from ordersdesk.foundation.texts.money import formatted
from ordersdesk.people.names import person
from screens.widgets.rows import Column, Row

PADS = (
    Column(N_("First number"), 12),
    Column(N_("Last number"), 12),
    Column(N_("Who has it"), least=10),
    Column(N_("Issued"), 10, drop=1),
    Column(N_("Entered"), 7, right=True),
    Column(NP_("pad", "Missing"), 8, right=True),
    Column(NP_("pad", "Left"), 8, right=True),
    Column(N_("Next"), 12, drop=2),
)
WRONG = (
    Column(N_("What"), 12),
    Column(NP_("document", "Number"), 20),
    Column(N_("Written"), 10, drop=2),
    Column(N_("For"), least=12),
    Column(N_("Reason"), 16, drop=1),
    Column(N_("Amount"), 11, right=True),
)


@dataclass(frozen=True)
class Read:
    """Both views as they are now: the pads, and what does not add up when the user may see it."""

    pads: Sequence[PadRow]
    check: PadsCheck | None


def read(desk: Desk) -> Read:
    """Read both views."""
    return Read(pads(desk), pads_check(desk) if desk.user.roles & CHECKS else None)


def pad_rows(found: Read, desk: Desk) -> list[Row]:
    """Return the pads as rows; one with missing numbers stands out."""
    return [_pad_row(pad, found.check, desk) for pad in found.pads]


def _pad_row(pad: PadRow, check: PadsCheck | None, desk: Desk) -> Row:
    missing = sum(one.count for one in check.missing if one.pad == pad.first) if check else 0
    cells = (
        pad.first, pad.last, _holder(desk, pad.login), str(pad.issued_on), f"{pad.entered:,}",
        f"{missing:,}" if missing else "", f"{pad.left:,}", pad.next,
    )  # fmt: skip
    return Row(pad.first, cells, tone="warn" if missing else "" if pad.left else "muted", data=pad)


def _holder(desk: Desk, login: str) -> str:
    return person(desk, login) if login else _("nobody: blank")


def wrong_rows(check: PadsCheck, desk: Desk) -> list[Row]:
    """Return what does not add up: missing first, then doubled, unpaired, and amounts that differ."""
    found: list[Row] = [_missing(one, desk) for one in check.missing]
    for what, some in ((N_("doubled"), check.doubled), (N_("unpaired"), check.unpaired)):
        found += [_listed(what, place, one) for place, one in enumerate(some)]
    return [*found, *_differing(check.differing)]


def _missing(one: Missing, desk: Desk) -> Row:
    about = _("{login}, issued {day}").format(login=_holder(desk, one.login), day=one.issued_on)
    return Row(("missing", one.numbers), (_("missing"), one.numbers, "", about, "", ""), tone="warn", data=one)


def _listed(what: str, place: int, one: Listed) -> Row:
    reason = reason_said(one.reason, one.note, spoiled=one.spoiled)
    amount = formatted(one.amount) if one.amount else ""
    cells = (_(what), one.number, str(one.written_on), one.about, reason, amount)
    return Row((what, one.number, place), cells, tone="warn" if what == "doubled" else "", data=one)


def _differing(some: Sequence[Differing]) -> Iterator[Row]:
    for one in some:
        about = _("{slip}: {total}").format(slip=one.slip, total=formatted(one.total))
        cells = (_("amount"), one.numbers, "", about, _("by {difference}").format(difference=formatted(one.difference)))
        yield Row(("amount", one.slip), (*cells, formatted(one.written)), data=one)


def told_of(row: Row | None, desk: Desk) -> str:
    """Say in full what stands under the cursor."""
    one = row.data if row else None
    if isinstance(one, Listed):
        said = _("{number} for {about}; entered by {who} on {day}.")
        return said.format(
            number=one.number, about=one.about or "–", who=person(desk, one.entered_by), day=one.entered_on
        )
    if isinstance(one, Missing):
        said = _("{numbers} from the pad of {login}, issued {day}: nobody entered them.")
        return said.format(numbers=one.numbers, login=_holder(desk, one.login), day=one.issued_on)
    if isinstance(one, Differing):
        said = _("{numbers} say {written}, {slip} says {total}.")
        facts = {"written": formatted(one.written), "total": formatted(one.total)}
        return said.format(numbers=one.numbers, slip=one.slip, **facts)
    return ""
