"""Turns the translations (.po) into what gettext reads (.mo) when a wheel, an sdist or an editable install is built."""

from __future__ import annotations

import runpy
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class Translations(BuildHookInterface):
    """Compiles every catalogue under data/locale beside its source."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Run before anything is packed; the results are packed although git ignores them."""
        translations = runpy.run_path(str(Path(self.root, "ordersdesk", "foundation", "texts", "translations.py")))
        for source in sorted(Path(self.root, "data", "locale").glob("*/LC_MESSAGES/*.po")):
            translations["compile_beside"](source)
        build_data["artifacts"].append("/data/locale/**/*.mo")
