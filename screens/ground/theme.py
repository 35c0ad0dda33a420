"""Two calm themes; colours are named for what they say, and the stylesheet uses the names only.

Every text is readable (contrast 4.5 : 1) on every ground, also where a terminal has 256 colours or 16: of the latter
no shade is sure, so a terminal with 16 gets themes made of them.
"""

from __future__ import annotations

from textual.theme import Theme

SIXTEEN = ("standard", "windows")  # what rich calls terminals of 16 colours

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
    variables={"muted": "#a0a9b2", "cursor": "#33566f", "on-cursor": "#ffffff"},
)

LIGHT = Theme(
    name="desk-light",
    primary="#1a5480",
    secondary="#4c5864",
    accent="#6f4700",
    warning="#6f4700",
    error="#8f2420",
    success="#1f5a28",
    foreground="#1d2329",
    background="#f6f5f1",
    surface="#eeece6",
    panel="#e4e1da",
    dark=False,
    variables={"muted": "#4f5963", "cursor": "#1a5480", "on-cursor": "#ffffff"},
)

DARK_OF_16 = Theme(
    name=DARK.name,
    primary="#55ffff",
    secondary="#aaaaaa",
    accent="#ffff55",
    warning="#ffff55",
    error="#ff5555",
    success="#55ff55",
    foreground="#ffffff",
    background="#000000",
    surface="#000000",
    panel="#000000",
    dark=True,
    variables={"muted": "#aaaaaa", "cursor": "#aaaaaa", "on-cursor": "#000000"},
)

LIGHT_OF_16 = Theme(
    name=LIGHT.name,
    primary="#0000aa",
    secondary="#000000",
    accent="#0000aa",
    warning="#aa0000",
    error="#aa0000",
    success="#000000",
    foreground="#000000",
    background="#ffffff",
    surface="#ffffff",
    panel="#ffffff",
    dark=False,
    variables={"muted": "#000000", "cursor": "#0000aa", "on-cursor": "#ffffff"},
)


def themes(colours: str | None) -> tuple[Theme, Theme]:
    """Return the dark and the light theme for a terminal's colours, by the name rich has for them."""
    return (DARK_OF_16, LIGHT_OF_16) if colours in SIXTEEN else (DARK, LIGHT)
