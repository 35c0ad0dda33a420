"""`ordersdesk call`: what a softphone runs at every ring."""

from __future__ import annotations

import json

from ordersdesk.cli.setting import Setting
from ordersdesk.foundation.language import _
from ordersdesk.foundation.popline import pop


def ring(setting: Setting, number: str) -> None:
    """Pop the intake of the running desk and say whose it was (CAL-1)."""
    login = pop(setting.home, number, login=setting.user)
    if setting.json:
        print(json.dumps({"popped": number, "desk": login}, ensure_ascii=False))
    else:
        print(_("The desk of {user} shows the caller.").format(user=login))
