"""How far the property tests look: quickly and the same every time, or thoroughly with `ORDERSDESK_THOROUGH=1`."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, Phase, settings

THOROUGH = os.environ.get("ORDERSDESK_THOROUGH", "") not in ("", "0")

# No deadlines: a busy machine is no failure. The same examples every time, also of the thorough ones: a gate that
# fails by chance stops whoever comes next. New ones are found by hand: `pytest --hypothesis-seed=random`.
settings.register_profile("quick", max_examples=60, derandomize=True, database=None, deadline=None)
settings.register_profile(
    "thorough", max_examples=300, derandomize=True, database=None, deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)  # fmt: skip


def load() -> None:
    """Take the profile that was asked for; a test with settings of its own names them by `few`."""
    settings.load_profile("thorough" if THOROUGH else "quick")


def few(examples: int, **more: object) -> settings:
    """Settings of a test whose every example is dear: so many, and twice as many when looking thoroughly."""
    phases = (Phase.generate, Phase.shrink) if THOROUGH else (Phase.generate,)
    return settings(
        max_examples=examples * 2 if THOROUGH else examples,
        derandomize=True,
        database=None,
        deadline=None,
        phases=phases,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
        **more,  # type: ignore[arg-type]
    )
