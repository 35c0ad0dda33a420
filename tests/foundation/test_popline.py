"""A telephone pops the intake of a running desk."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import stat
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from ordersdesk.foundation.machine.popline import LONGEST, line_of, pop
from ordersdesk.foundation.machine.popping import PopListener
from ordersdesk.foundation.texts.refusals import Refused


@pytest.fixture
def rung() -> list[str]:
    return []


@pytest.fixture
async def desk_of_lin(tmp_path: Path, rung: list[str]) -> AsyncIterator[PopListener]:
    listener = PopListener(tmp_path, "lin", rung.append)
    assert await listener.start()
    yield listener
    await listener.stop()


async def last_words(reader: asyncio.StreamReader) -> bytes:
    """What a caller hears before the desk hangs up."""
    with contextlib.suppress(ConnectionResetError):
        return await asyncio.wait_for(reader.read(), 10)
    return b""


async def test_a_ring_reaches_the_desk(tmp_path: Path, desk_of_lin: PopListener, rung: list[str]) -> None:
    who = await asyncio.to_thread(pop, tmp_path, "138 0013 8000", login="lin")
    assert (who, rung) == ("lin", ["138 0013 8000"])


async def test_the_only_desk_needs_no_name(tmp_path: Path, desk_of_lin: PopListener, rung: list[str]) -> None:
    await asyncio.to_thread(pop, tmp_path, "10086")
    assert rung == ["10086"]


async def test_two_desks_need_a_name(tmp_path: Path, desk_of_lin: PopListener, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("USER", "root")
    mei = PopListener(tmp_path, "mei", print)
    await mei.start()
    with pytest.raises(Refused) as no:
        await asyncio.to_thread(pop, tmp_path, "10086")
    await mei.stop()
    assert (no.value.rule, no.value.mend) == ("CAL-1", "Name one with --user LOGIN.")


async def test_whoever_is_on_the_line_when_the_desk_is_left_is_hung_up_on(
    desk_of_lin: PopListener, rung: list[str]
) -> None:
    reader, writer = await asyncio.open_unix_connection(desk_of_lin.path)
    for _turn in range(10):
        await asyncio.sleep(0)  # the desk picks it up
    await desk_of_lin.stop()
    assert (await last_words(reader), rung) == (b"", [])
    writer.close()


async def test_only_its_owner_can_open_the_line(desk_of_lin: PopListener) -> None:
    assert stat.S_IMODE(desk_of_lin.path.stat().st_mode) == 0o600


async def test_a_newer_desk_of_the_same_user_takes_the_calls(
    tmp_path: Path, desk_of_lin: PopListener, rung: list[str]
) -> None:
    newer: list[str] = []
    second = PopListener(tmp_path, "lin", newer.append)
    await second.start()
    await desk_of_lin.stop()
    await asyncio.to_thread(pop, tmp_path, "10086", login="lin")
    await second.stop()
    assert (rung, newer) == ([], ["10086"])


@pytest.mark.parametrize("line", [b"hello\n", b"[1]\n", b'{"call": 5}\n', b'{"call": "\\u001b[2J"}\n', b"\xff\n"])
async def test_anything_else_on_the_line_rings_nothing(desk_of_lin: PopListener, rung: list[str], line: bytes) -> None:
    reader, writer = await asyncio.open_unix_connection(str(desk_of_lin.path))
    writer.write(line)
    assert await reader.readline() == b'{"ok": false}\n'
    writer.close()
    assert rung == []


async def test_a_line_without_end_is_hung_up_on(desk_of_lin: PopListener, rung: list[str]) -> None:
    reader, writer = await asyncio.open_unix_connection(str(desk_of_lin.path))
    writer.write(b"1" * (LONGEST * 3))
    assert (await last_words(reader), rung) == (b"", [])
    writer.close()


def test_without_a_desk_the_call_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused) as no:
        pop(tmp_path, "10086", login="lin")
    assert no.value.rule == "CAL-1"
    assert "`ordersdesk desk`" in no.value.mend


def test_the_socket_of_a_killed_desk_is_no_desk(tmp_path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as left:
        left.bind(str(line_of(tmp_path, "lin")))
    with pytest.raises(Refused, match="No desk of lin"):
        pop(tmp_path, "10086", login="lin")


async def test_a_home_may_lie_deep(tmp_path: Path) -> None:
    home = tmp_path.joinpath(*["a-long-folder-name"] * 10)
    rung: list[str] = []
    listener = PopListener(home, "lin", rung.append)
    assert await listener.start()
    await asyncio.to_thread(pop, home, "10086", login="lin")
    await listener.stop()
    assert (rung, line_of(home, "lin").exists()) == (["10086"], False)


def test_the_sender_loads_nothing_heavy() -> None:
    code = "import sys, ordersdesk.foundation.machine.popline; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert not {"asyncio", "sqlmodel", "sqlalchemy", "textual", "typer", "rich", "pydantic"} & set(loaded)


async def test_a_line_makes_the_home_it_needs_and_one_that_cannot_be_made_is_no_fault(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    line = PopListener(tmp_path / "new", "lin", print)
    assert await line.start()
    assert (tmp_path / "new").stat().st_mode & 0o777 == 0o700
    await line.stop()
    assert not await PopListener(tmp_path / "file" / "home", "lin", print).start()
