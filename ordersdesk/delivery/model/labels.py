"""Why goods come back, as data: refused at the door, or not handed over at all (SLP-6, DLV-8)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from ordersdesk.foundation.texts.language import N_, NP_, _, word_list
from ordersdesk.foundation.texts.refusals import Refused

LATE, LOST, DAMAGED = "late", "lost", "damaged"
TROUBLES = {LATE: NP_("on the road", "late"), LOST: N_("lost"), DAMAGED: N_("damaged")}


@dataclass(frozen=True)
class Reason:
    """A reason with what follows from it."""

    name: str
    comes_again: bool = False
    """Whether the customer still wants the goods."""
    trouble: str = ""
    """The kind of trouble on the road it is, if it is one (DLV-8)."""


REFUSALS: Mapping[str, Reason] = {
    "damaged": Reason(N_("damaged"), comes_again=True, trouble=DAMAGED),
    "wrong": Reason(N_("wrong goods"), comes_again=True),
    "not_ordered": Reason(N_("not ordered")),
    "not_wanted": Reason(N_("not wanted any more")),
    "too_late": Reason(N_("came too late")),
    "too_dear": Reason(N_("too dear")),
}
FAILURES: Mapping[str, Reason] = {
    "nobody": Reason(N_("nobody there"), comes_again=True),
    "closed": Reason(NP_("a shop", "closed"), comes_again=True),
    "address": Reason(N_("wrong address"), comes_again=True),
    "no_money": Reason(N_("no money"), comes_again=True),
    "van": Reason(N_("the van broke down"), comes_again=True),
    "weather": Reason(N_("weather"), comes_again=True),
}
# How a customer is told or answers (SLP-8, DLV-8).
WAYS = {
    "call": NP_("by phone", "call"), "message": N_("message"), "email": N_("e-mail"), "fax": N_("fax"),
    "paper": N_("on paper"),
}  # fmt: skip
ASKED = ("call", "message")


def words(code: str) -> str:
    """Return a reason's name, to be translated; what is no code is somebody's own words."""
    reason = REFUSALS.get(code) or FAILURES.get(code)
    return reason.name if reason else code


def refused_words(pieces: int, code: str, say: Callable[[str], str] = _) -> str:
    """Say how many pieces of a line were refused and why; nothing when none were (SLP-6)."""
    return say(N_("{count} refused: {why}")).format(count=pieces, why=say(words(code))) if pieces else ""


def known(code: str, among: Mapping[str, object], *, rule: str, field: str) -> str:
    """Return a code that is one of the table's; refused with what is allowed otherwise."""
    bare = code.strip().lower()
    if bare in among:
        return bare
    raise Refused(
        rule,
        _("“{code}” is none of the reasons there are.").format(code=code[:40]) if bare else _("Say why."),
        mend=_("Allowed: {allowed}.").format(allowed=word_list(among)),
        field=field,
    )
