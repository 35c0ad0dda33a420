"""Two calm themes; colours are named for what they say, and the stylesheet uses the names only."""

from __future__ import annotations

from textual.theme import Theme

DARK = Theme(
    name="desk-dark",
    primary="#7fb4d6",
    secondary="#9aa7b4",
    accent="#e3b873",
    warning="#e3b873",
    error="#e58a86",
    success="#93c794",
    foreground="#d8dde3",
    background="#161a1f",
    surface="#1d232a",
    panel="#262e37",
    dark=True,
)

LIGHT = Theme(
    name="desk-light",
    primary="#1f5f8b",
    secondary="#5b6875",
    accent="#8a5a00",
    warning="#8a5a00",
    error="#a8322d",
    success="#2b6e33",
    foreground="#1d2329",
    background="#f5f4f0",
    surface="#ebe9e3",
    panel="#dedbd3",
    dark=False,
)
