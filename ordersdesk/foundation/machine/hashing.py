"""What must not be readable even in a stolen database: passwords and codes are stored as Argon2id (USR-6, JOY-10)."""

from __future__ import annotations

from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError, VerifyMismatchError

from ordersdesk.foundation.machine import log


@cache
def _hasher() -> PasswordHasher:
    # OWASP's smaller Argon2id setting: 19 MiB a check keeps the desk within its memory budget.
    return PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)


def hashed(secret: str) -> str:
    """Return what is stored; takes some hundredths of a second, so never inside a transaction."""
    return _hasher().hash(secret)


def matches(stored: str, secret: str) -> bool:
    """Tell whether this is the secret that was stored; what was stored damaged is nobody's."""
    try:
        return _hasher().verify(stored, secret)
    except VerifyMismatchError:
        return False
    except (InvalidHashError, VerificationError) as error:
        log.warn("stored hash damaged", kind=type(error).__name__)
        return False
