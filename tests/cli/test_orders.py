"""Orders from the command line obey the rules of the screen."""

from __future__ import annotations

import io
import json
import re
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Command

ORDER = {"customer": "C000001", "contact": "王芳", "phone": "13800138000", "address": "张江路88号"}


def written(folder: Path, *lines: tuple[str, Any], **more: Any) -> str:
    """Write an order file and return its path."""
    path = folder / "order.json"
    wanted = [{"item": item, "quantity": quantity} for item, quantity in lines]
    path.write_text(json.dumps({**ORDER, "lines": wanted, **more}), encoding="utf-8")
    return str(path)


def test_an_order_is_confirmed_with_its_figures(command: Command, tmp_path: Path) -> None:
    done = command("--user", "lin", "--json", "orders", "submit", written(tmp_path, ("A4-80", 5)))
    told = done.json()
    assert (done.code, told["state"], told["goods"], told["fee"], told["total"]) == (
        0, "confirmed", "125.00", "0.00", "125.00",
    )  # fmt: skip
    assert told["promise"]


def test_it_says_so_to_people_too(command: Command, tmp_path: Path) -> None:
    done = command("orders", "submit", written(tmp_path, ("A4-80", "1箱")))
    assert [word in done.out for word in ("SO2", "confirmed", "明远办公", "250.00")] == [True] * 4


def test_the_same_file_twice_is_one_order(command: Command, tmp_path: Path) -> None:
    file = written(tmp_path, ("A4-80", 5))
    first = command("--json", "orders", "submit", file).json()
    again = command("--json", "orders", "submit", file).json()
    assert (again["number"], again["repeated"]) == (first["number"], True)


def test_a_file_with_a_key_of_its_own_keeps_it(command: Command, tmp_path: Path) -> None:
    numbers = {
        command("--json", "orders", "submit", written(tmp_path, (item, 1), key=f"web-{item}")).json()["number"]
        for item in ("A4-80", "PEN-1")
    }
    assert len(numbers) == 2


def test_goods_typed_twice_are_asked_about_and_the_file_says_yes(command: Command, tmp_path: Path) -> None:
    twice = (("A4-80", 1), ("A4-80", 2))
    asked = command("orders", "submit", written(tmp_path, *twice))
    assert (asked.code, '"accepted": ["ORD-4:A4-80"]' in asked.err) == (1, True)
    yes = command("--json", "orders", "submit", written(tmp_path, *twice, accepted=["ORD-4:A4-80"]))
    assert (yes.code, yes.json()["state"]) == (0, "confirmed")


def test_stdin_is_a_file_too(command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    order = json.dumps({**ORDER, "lines": [{"item": "A4-80", "quantity": 1}]}).encode()
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(order)))
    assert command("orders", "submit", "-").code == 0


def test_every_finding_is_told_when_it_is_refused(command: Command, tmp_path: Path) -> None:
    done = command("--json", "orders", "submit", written(tmp_path, ("A4-80", 500), ("NONE", 1), contact=""))
    found = done.json()["refused"]["findings"]
    assert done.code == 1
    assert [(one["rule"], one["field"]) for one in found if one["weight"] == "stop"] == [
        ("ORD-1", "contact"), ("ORD-1", "lines.1.item"), ("STK-5", "lines.0.shortage"),
    ]  # fmt: skip


def test_people_read_findings_on_stderr(command: Command, tmp_path: Path) -> None:
    done = command("orders", "submit", written(tmp_path, ("A4-80", 500)))
    assert (done.code, done.out) == (1, "")
    assert "STK-5" in done.err
    assert "Only 100" in done.err


def test_what_waits_says_for_whom(command: Command, tmp_path: Path) -> None:
    done = command("orders", "submit", written(tmp_path, lines=[
        {"item": "A4-80", "quantity": 5000, "shortage": "purchase"}
    ]))  # fmt: skip
    assert done.code == 0
    assert "in review" in done.out
    assert "Waits for" in done.out


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("{", "line 1, column 2"),
        ("[]", "order"),
        ('{"lines": 5}', "lines"),
        ('{"surprise": 1}', "surprise"),
        ("\ud800".encode("utf-8", "surrogatepass").decode("latin-1"), "JSON"),
    ],
)
def test_what_cannot_be_read_is_refused_with_the_place(
    command: Command, tmp_path: Path, content: str, told: str
) -> None:
    (tmp_path / "bad.json").write_text(content, encoding="latin-1")
    done = command("orders", "submit", str(tmp_path / "bad.json"))
    assert done.code == 1
    assert done.err.startswith("ORD-1")
    assert told in done.err


def test_a_missing_file_is_refused(command: Command, tmp_path: Path) -> None:
    assert command("orders", "submit", str(tmp_path / "none.json")).code == 1


def test_without_a_file_it_is_wrongly_called(command: Command) -> None:
    assert command("orders", "submit").code == 2


def test_the_schema_describes_an_order(command: Command) -> None:
    assert {"customer", "lines", "accepted"} <= set(command("orders", "submit", "--schema").json()["properties"])


def test_the_book_filters(command: Command, tmp_path: Path) -> None:
    number = command("--json", "--user", "lin", "orders", "submit", written(tmp_path, ("A4-80", 5))).json()["number"]
    listed = [
        [entry["number"] for entry in command("--json", "orders", "list", *words).json()]
        for words in ([], ["--agent", "lin"], ["--agent", "mei"], ["--customer", "c000001"], ["--since", "2099-01-01"])
    ]
    assert listed == [[number], [number], [], [number], []]


@pytest.mark.parametrize(
    ("option", "known"), [("--state", "review, confirmed"), ("--delivery", "delivered"), ("--channel", "phone, web")]
)
def test_a_word_an_option_does_not_know_is_wrongly_called(command: Command, option: str, known: str) -> None:
    done = command("orders", "list", option, "foo")
    assert (done.code, "“foo”" in done.err, known in " ".join(re.sub("[│╮╯]", " ", done.err).split())) == (
        2,
        True,
        True,
    )


def test_a_day_that_is_none_is_wrongly_called(command: Command) -> None:
    assert command("orders", "list", "--since", "soon").code == 2


def test_one_order_is_shown_whole(command: Command, tmp_path: Path) -> None:
    number = command("--json", "orders", "submit", written(tmp_path, ("A4-80", 5))).json()["number"]
    shown = command("orders", "show", number.lower())
    told = command("--json", "orders", "show", number).json()
    assert [word in shown.out for word in (number, "A4复印纸", "张江路88号", "Confirm")] == [True] * 4
    assert [event["verb"] for event in told["story"]] == ["begin", "enter", "clear"]


def test_an_unknown_order_is_refused(command: Command) -> None:
    done = command("--json", "orders", "show", "SO20000101-0001")
    assert (done.code, done.json()["refused"]["rule"]) == (1, "ORD-9")


def test_a_total_nobody_can_have_read_out_is_refused_at_once(command: Command, tmp_path: Path) -> None:
    file = tmp_path / "order.json"
    file.write_text('{"customer": "C000001", "said_total": "1e999999999"}', encoding="utf-8")
    done = command("--json", "orders", "submit", str(file))
    assert (done.code, done.json()["refused"]["field"]) == (1, "said_total")
