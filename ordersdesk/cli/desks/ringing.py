"""`ordersdesk call`: what a softphone runs at every ring."""

from __future__ import annotations

import json

from ordersdesk.cli.kit.setting import Setting
from ordersdesk.foundation.machine.popline import pop
from ordersdesk.foundation.texts.language import _
from ordersdesk.foundation.texts.refusals import Refused
from ordersdesk.foundation.texts.texts import escaped


def ring(setting: Setting, number: str) -> None:
    """Pop the intake of the running desk and say whose it was (CAL-1)."""
    _refuse_none(number)
    login = pop(setting.home, number, login=setting.user)
    if setting.json:
        print(escaped(json.dumps({"popped": number, "desk": login}, ensure_ascii=False)))
    else:
        print(_("The desk of {user} shows the caller.").format(user=login))


def _refuse_none(number: str) -> None:
    """Refuse (CUS-3) what holds no digit, unless it is a word telephone systems send for a withheld number."""
    if any(char.isdecimal() for char in number):
        return
    from ordersdesk.foundation.phones.spelling import WITHHELD, plain, sip_user

    said = sip_user(plain(number[:200])).strip(" \"'<>-").lower()
    if not said or said not in WITHHELD:
        raise Refused(
            "CUS-3",
            _("“{number}” is no phone number.").format(number=number[:40]),
            mend=_("Give the number as the telephone shows it."),
            field="number",
        )
