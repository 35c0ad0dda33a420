"""The sentence that says what became of a change."""

from __future__ import annotations

from ordersdesk.foundation.policy.roles import ROLE_NAMES
from ordersdesk.foundation.texts.language import _, in_turn, word_list
from ordersdesk.foundation.texts.money import formatted
from ordersdesk.orders.changes.actions import Requested


def told(done: Requested) -> str:
    """Say whether a change is applied, and whom it or its order waits for."""
    roles = word_list(dict.fromkeys(_(ROLE_NAMES.get(one.role, one.role)) for one in done.waits))
    if done.state != "applied":
        return _("{request} waits for {roles}: {why}").format(
            request=done.number, roles=roles, why=done.waits[0].sentence if done.waits else ""
        )
    if done.old_total == done.new_total:
        applied = _("{request} is applied.").format(request=done.number)
    else:
        applied = _("{request} is applied: {old} → {new}.").format(
            request=done.number, old=formatted(done.old_total), new=formatted(done.new_total)
        )
    return in_turn((applied, _("The order waits for {roles}.").format(roles=roles) if roles else ""))
