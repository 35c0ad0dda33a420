"""What may be said of a picked slip: found pieces by position, parcels counted; pure (SLP-4)."""

from __future__ import annotations

from collections.abc import Mapping

from ordersdesk.delivery.model.views import SlipView
from ordersdesk.foundation.texts.language import _
from ordersdesk.foundation.texts.refusals import Refused

MOST_PARCELS = 9_999  # a parcel's label has room for four digits


def lacking(slip: SlipView, found: Mapping[int, int] | None) -> dict[int, int]:
    """Return by line what the shelf did not have; a line nobody spoke of was found whole; refused (SLP-4) else."""
    said = dict(found or {})
    short: dict[int, int] = {}
    for line in slip.lines:
        pieces = said.pop(line.position, line.pieces)
        if not 0 <= pieces <= line.pieces:
            text = _("Line {position}: {found} found of {pieces} cannot be.")
            raise _refused(
                text.format(position=line.position, found=pieces, pieces=line.pieces),
                _("Say how many of these pieces were found, from none to all."),
            )
        if pieces < line.pieces:
            short[line.id] = line.pieces - pieces
    if said:
        raise _refused(
            _("{slip} has no line {position}.").format(slip=slip.head.number, position=min(said)),
            _("Look at the positions on the slip."),
        )
    return short


def counted(parcels: int) -> int:
    """Return the parcels of a slip; refused (SLP-4) when nobody can have counted that."""
    if not 1 <= parcels <= MOST_PARCELS:
        raise Refused(
            "SLP-4",
            _("{parcels} parcels cannot be.").format(parcels=parcels),
            mend=_("Count the parcels: from 1 to {most}.").format(most=MOST_PARCELS),
            field="parcels",
        )
    return parcels


def _refused(message: str, mend: str) -> Refused:
    return Refused("SLP-4", message, mend=mend, field="found")
