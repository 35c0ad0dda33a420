"""Real files that tests run on when they lie beside the checkout; without them those tests are skipped."""

from __future__ import annotations

import csv
import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent / "shared" / "datasets"


def folder() -> Path:
    """Return where the files lie: `$ORDERSDESK_DATASETS`, or `shared/datasets` beside the checkout."""
    return Path(os.environ.get("ORDERSDESK_DATASETS") or ROOT)


def dataset(name: str) -> Path:
    """Return the path of one file, such as `phones/ilib_cn_parse_cases.csv`, or skip the test."""
    path = folder() / name
    if not path.exists():
        pytest.skip(f"no {name} on this machine")
    return path


def records(name: str) -> list[dict[str, str]]:
    """Return the rows of one CSV file by column name, or skip the test."""
    with dataset(name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def more(name: str) -> list[dict[str, str]]:
    """Return the rows of one CSV file where it lies on this machine; a test's own inputs stand without it."""
    return records(name) if (folder() / name).exists() else []
