"""Screens in tests: nothing blinks, and keys typed by a test are never taken for one burst of a scanner."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

import screens.ground.held_key
import screens.ground.typed_ahead
from tests.screens.acting import type_keys
from tests.screens.toy import ToyApp


@pytest.fixture(autouse=True)
def _calm(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Input, "_toggle_cursor", lambda _self: None)
    monkeypatch.setattr(screens.ground.typed_ahead, "SAME_BURST", 0.0)
    monkeypatch.setattr(screens.ground.held_key, "REPEAT", 0.0)


@pytest.fixture
async def pilot(tmp_path: Path) -> AsyncIterator[Pilot[int]]:
    """The toy desk, signed in, with a search that answers at once."""
    app = ToyApp(tmp_path)
    app.slowness = 0.0
    async with app.run_test(size=(80, 24)) as pilot:
        await type_keys(pilot, "li<Enter>pw<Enter>")
        yield pilot
