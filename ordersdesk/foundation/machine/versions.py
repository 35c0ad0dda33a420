"""Which version of a package is installed; asked for seldom, so what answers is loaded then."""

from __future__ import annotations

import importlib


def version_of(package: str) -> str:
    """Return the installed version, or "?" where the package runs without having been installed."""
    metadata = importlib.import_module("importlib.metadata")  # 9 ms of a start's first paint
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return "?"
