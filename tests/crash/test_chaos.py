"""The chaos run works: what goes wrong is done, a desk whose clock is off writes nothing, and a lie would be found."""

from __future__ import annotations

from pathlib import Path

from tests.chaos.reckoning import wrong
from tests.chaos.shop import Shop


def test_what_was_told_is_compared_with_the_book(tmp_path: Path) -> None:
    with Shop("sqlite", tmp_path / "home") as shop:
        worker = shop.hire()
        shop.hear(worker, at_least=8)
        shop.take_file_away()
        shop.turn_clock()
        shop.kill(worker)
        assert list(wrong(shop)) == []
        turned = shop.gone[0]
        assert {words["refused"] for words in turned.told if "refused" in words} >= {"DB-8"}
        worker.told.append({"done": "order", "key": "made up", "number": "SO1", "pieces": [1]})
        assert list(wrong(shop)) == ["told SO1 for made up, the book has nothing"]
