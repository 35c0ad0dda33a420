"""Translations (.po) compiled into what gettext reads (.mo): by the build, and in a checkout whenever one was edited.

The build runs this file by its path, so it needs nothing of the program; Babel is a tool and no part of a desk.
"""

from __future__ import annotations

import importlib
import os
from pathlib import Path
from typing import Any


def compile_beside(source: Path) -> None:
    """Write the compiled catalogue beside its source, whole or not at all: several programs may do it at once."""
    pofile: Any = importlib.import_module("babel.messages.pofile")
    mofile: Any = importlib.import_module("babel.messages.mofile")
    with source.open("rb") as text:
        catalogue = pofile.read_po(text, locale=source.parent.parent.name)
    partial = source.with_suffix(f".{os.getpid()}.mo")
    with partial.open("wb") as compiled:
        mofile.write_mo(compiled, catalogue)
    partial.replace(source.with_suffix(".mo"))


def compile_edited(source: Path) -> None:
    """Compile a catalogue that was edited since; without the tools of a checkout the older one is spoken."""
    compiled = source.with_suffix(".mo")
    if not source.exists() or (compiled.exists() and compiled.stat().st_mtime >= source.stat().st_mtime):
        return
    try:
        compile_beside(source)
    except (ImportError, OSError):
        return
