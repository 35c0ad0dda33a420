"""Money is `Decimal` in code and integer minor units in the store, rounded half-up in one place (CAT-5)."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from ordersdesk.foundation.texts.language import _
from ordersdesk.foundation.texts.refusals import Refused

MINOR = Decimal("0.01")
LARGEST = Decimal("999999999999.99")


def rounded(amount: Decimal) -> Decimal:
    """Round half-up to minor units."""
    return amount.quantize(MINOR, ROUND_HALF_UP)


def formatted(amount: Decimal) -> str:
    """Write an amount for a screen or a table: `1,234.50`."""
    return f"{amount:,.2f}"


def parsed(text: str, *, field: str | None = None) -> Decimal:
    """Read an amount a person or a file wrote: `1,234.50`, `¥12`; refused (CAT-5) when it is none."""
    bare = text.strip().lstrip("¥￥").replace(",", "").strip()
    try:
        amount = Decimal(bare)
    except InvalidOperation:
        amount = Decimal("NaN")
    if not amount.is_finite() or abs(amount) > LARGEST:
        raise Refused(
            "CAT-5",
            _("“{text}” is no amount of money.").format(text=text[:40]),
            mend=_("Write it like 1234.50."),
            field=field,
        )
    return rounded(amount)
