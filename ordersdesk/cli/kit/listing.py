"""Options that several lists take alike."""

from __future__ import annotations

from typing import Annotated

import typer

from ordersdesk.foundation.texts.language import _

AtMost = Annotated[int, typer.Option("--limit", min=1, max=100_000, help=_("At most so many."))]
Occasion = Annotated[str, typer.Option("--reason", metavar="OCCASION", help=_("Only this occasion, such as overdue."))]
