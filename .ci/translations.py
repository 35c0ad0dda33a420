"""Turns the translations (.po) into what gettext reads (.mo) when a wheel, an sdist or an editable install is built."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class Translations(BuildHookInterface):
    """Compiles every catalogue under data/locale beside its source."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Run before anything is packed; the results are packed although git ignores them."""
        for source in sorted(Path(self.root, "data", "locale").glob("*/LC_MESSAGES/*.po")):
            with source.open("rb") as text:
                catalogue = read_po(text, locale=source.parent.parent.name)
            with source.with_suffix(".mo").open("wb") as compiled:
                write_mo(compiled, catalogue)
        build_data["artifacts"].append("/data/locale/**/*.mo")
