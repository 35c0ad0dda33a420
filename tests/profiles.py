"""How far the property tests look: quickly and the same every time, or thoroughly with `ORDERSDESK_THOROUGH=1`."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, Phase, settings

THOROUGH = os.environ.get("ORDERSDESK_THOROUGH", "") not in ("", "0")

# No deadlines: a busy machine is no failure. Only new examples can find something new, so the thorough ones are random.
settings.register_profile("quick", max_examples=60, derandomize=True, database=None, deadline=None)
settings.register_profile(
    "thorough", max_examples=600, database=None, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)


def load() -> None:
    """Take the profile that was asked for; a test with settings of its own names them by `few`."""
    settings.load_profile("thorough" if THOROUGH else "quick")


def few(examples: int, **more: object) -> settings:
    """Settings of a test whose every example is dear: so many, and four times as many when looking thoroughly."""
    phases = (Phase.generate, Phase.shrink) if THOROUGH else (Phase.generate,)
    return settings(
        max_examples=examples * 4 if THOROUGH else examples,
        derandomize=not THOROUGH,
        database=None,
        deadline=None,
        phases=phases,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
        **more,  # type: ignore[arg-type]
    )
