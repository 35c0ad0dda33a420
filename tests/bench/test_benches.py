"""The benches follow the program: a function that moves is noticed by the tests, not by who wants to measure."""

from __future__ import annotations

from tests.bench.__main__ import BENCHES, DIALECTS


def test_every_bench_finds_what_it_measures() -> None:
    assert all(callable(bench) and set(dialects) <= set(DIALECTS) for bench, dialects in BENCHES.values())
