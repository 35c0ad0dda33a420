"""Where the files that are not code lie: inside the installed package, or beside it in a checkout."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parents[2]


def data_path(*parts: str) -> Path:
    """Return the path of a file or folder of `data/`, in a wheel and in an editable checkout alike."""
    root = _PACKAGE / "data" if is_installed() else _PACKAGE.parent / "data"
    return root.joinpath(*parts)


def is_installed() -> bool:
    """Tell whether the files lie inside the package, where nobody edits them."""
    return (_PACKAGE / "data").is_dir()
