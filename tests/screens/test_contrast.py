"""Everything can be read: contrast of at least 4.5 : 1 for every style, in both themes, in 16, 256 and all colours."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from rich.color import Color, ColorSystem
from rich.style import Style
from textual.pilot import Pilot
from textual.theme import Theme
from textual.widget import Widget

import screens
from ordersdesk.foundation.desk import Desk
from screens.ground.theme import DARK, DARK_OF_16, LIGHT, LIGHT_OF_16
from tests.screens.acting import settled
from tests.screens.seated import desk_of
from tests.screens.tour import STOPS, visit, walking

LEAST = 4.5
GROUNDS = ("background", "surface", "panel")
TEXTS = ("foreground", "primary", "secondary", "accent", "warning", "error", "success", "muted")
SYSTEMS = {"truecolor": ColorSystem.TRUECOLOR, "256": ColorSystem.EIGHT_BIT, "standard": ColorSystem.STANDARD}
THEMES = {"truecolor": (DARK, LIGHT), "256": (DARK, LIGHT), "standard": (DARK_OF_16, LIGHT_OF_16)}
# The 16 colours as xterm and as a PC's text mode show them: what a theme of 16 may be seen in.
XTERM = (
    "000000 cd0000 00cd00 cdcd00 0000ee cd00cd 00cdcd e5e5e5 7f7f7f ff0000 00ff00 ffff00 5c5cff ff00ff 00ffff ffffff"
)
PC = "000000 aa0000 00aa00 aa5500 0000aa aa00aa 00aaaa aaaaaa 555555 ff5555 55ff55 ffff55 5555ff ff55ff 55ffff ffffff"
PALETTES = [[f"#{colour}" for colour in palette.split()] for palette in (XTERM, PC)]
CASES = [(colours, theme) for colours in SYSTEMS for theme in THEMES[colours]]


def seen(colour: Color, colours: str) -> list[tuple[int, ...]]:
    """How a colour is seen: of the 16 there is more than one palette."""
    shown = colour.downgrade(SYSTEMS[colours])
    if colours == "standard":
        assert shown.number is not None
        return [tuple(Color.parse(palette[shown.number]).get_truecolor()) for palette in PALETTES]
    return [tuple(shown.get_truecolor())]


def contrast(style: Style, colours: str) -> float:
    """The contrast of text in a style, where it is seen worst."""
    assert style.color is not None
    assert style.bgcolor is not None
    text, ground = (style.bgcolor, style.color) if style.reverse else (style.color, style.bgcolor)
    return min(_ratio(*pair) for pair in zip(seen(text, colours), seen(ground, colours), strict=True))


def _ratio(one: tuple[int, ...], two: tuple[int, ...]) -> float:
    low, high = sorted(_luminance(colour) for colour in (one, two))
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: tuple[int, ...]) -> float:
    parts = [part / 255 for part in colour]
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_the_measure_is_that_of_the_standard() -> None:
    assert contrast(Style.parse("#000000 on #ffffff"), "truecolor") == 21.0
    assert contrast(Style.parse("#767676 on #ffffff"), "truecolor") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize(("colours", "theme"), CASES, ids=lambda value: getattr(value, "name", value))
def test_every_colour_of_text_can_be_read_on_every_ground(colours: str, theme: Theme) -> None:
    named = {name: getattr(theme, name) for name in (*GROUNDS, *TEXTS) if hasattr(theme, name)} | theme.variables
    pairs = [(text, ground) for text in TEXTS for ground in GROUNDS] + [("on-cursor", "cursor")]
    styles = {(text, ground): Style.parse(f"{named[text]} on {named[ground]}") for text, ground in pairs}
    assert {pair for pair, style in styles.items() if contrast(style, colours) < LEAST} == set()


def test_stylesheets_name_colours_whole_because_a_line_of_text_drops_what_shines_through() -> None:
    folder = Path(screens.__file__).parent
    found = [
        f"{path.name}: {rule}"
        for path in sorted([*folder.rglob("*.py"), *folder.rglob("*.tcss")])
        if path.name != "theme.py"
        for rule in re.findall(r"(?:color|background): *(?:\$[\w-]+ +\d+%|#\w+|[a-z]+)[;} ]", path.read_text("utf-8"))
    ]
    assert found == []


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
async def test_a_list_can_be_read_in_every_theme_on_every_terminal(desk: Desk, tmp_path: Path) -> None:
    async with walking(desk, tmp_path) as (pilot, world):
        await visit(pilot, world, next(stop for stop in STOPS if stop.screen == "DispatchScreen"))
        for colours, theme in CASES:
            await put_on(pilot, colours, theme)
            assert unreadable(pilot, colours) == {}


async def put_on(pilot: Pilot[int], colours: str, theme: Theme) -> None:
    app = desk_of(pilot)
    app.wear(colours)
    if app.theme == theme.name:
        app.refresh_css(animate=False)
    app.theme = theme.name
    await settled(pilot)


def unreadable(pilot: Pilot[int], colours: str = "truecolor") -> dict[str, float]:
    """What is on the screen, or could be, with less contrast than it needs."""
    measured = {what: contrast(style, colours) for what, style in styles(pilot)}
    return {what: ratio for what, ratio in measured.items() if ratio < LEAST}


def styles(pilot: Pilot[int]) -> Iterator[tuple[str, Style]]:
    """Every style of every widget there is, drawn now or not, and every text that is drawn."""
    for widget in pilot.app.screen.walk_children(Widget):
        if type(widget).__module__.startswith("screens") and widget.display:
            yield type(widget).__name__, widget.rich_style
            for name in type(widget)._get_component_classes():
                if not name.endswith("--cursor") or name == "lines--cursor":
                    yield name, widget.rich_style + widget.get_component_rich_style(name, partial=True)
    for strip in pilot.app.screen._compositor.render_strips():
        for segment in strip:
            if segment.text.strip(" ▁▂▃▄▅▆▇█▌▐") and segment.style and segment.style.bgcolor and segment.style.color:
                yield segment.text, segment.style
