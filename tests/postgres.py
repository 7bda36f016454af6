"""A PostgreSQL server of the tests' own, from the machine's binaries, on a port and in a folder of its own."""

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def binaries() -> Path | None:
    """The folder with initdb and pg_ctl, the newest version first."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), reverse=True)
    if found:
        return found[0].parent
    on_path = shutil.which("initdb")
    return Path(on_path).resolve().parent if on_path else None


def _as_owner(folder: Path) -> list[str]:
    """PostgreSQL refuses to run as root; its own user, or nobody, owns the folder then."""
    if os.geteuid() != 0:
        return []
    user = "postgres" if _user_exists("postgres") else "nobody"
    shutil.chown(folder, user)
    runuser = shutil.which("runuser", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin")
    assert runuser is not None
    return [runuser, "-u", user, "--"]


def _user_exists(name: str) -> bool:
    return subprocess.run(["id", name], capture_output=True, check=False).returncode == 0


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def server() -> Iterator[str]:
    """A running server; its address with a database named `market`."""
    folder_of_binaries = binaries()
    assert folder_of_binaries is not None
    folder = Path(tempfile.mkdtemp(prefix="market-pg-"))
    owner = _as_owner(folder)
    port = _free_port()
    data = str(folder / "data")
    options = f"-p {port} -k {folder} -c listen_addresses=127.0.0.1 -c fsync=off -c full_page_writes=off"

    def run(*command: str) -> None:
        subprocess.run([*owner, *command], check=True, capture_output=True, cwd=folder)

    try:
        run(
            str(folder_of_binaries / "initdb"),
            "-D",
            data,
            "-U",
            "market",
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--locale=C.UTF-8",
        )
        run(str(folder_of_binaries / "pg_ctl"), "-D", data, "-o", options, "-w", "-l", str(folder / "log"), "start")
        run(str(folder_of_binaries / "createdb"), "-h", "127.0.0.1", "-p", str(port), "-U", "market", "market")
        yield f"postgresql+psycopg://market@127.0.0.1:{port}/market"
    finally:
        stop = [*owner, str(folder_of_binaries / "pg_ctl"), "-D", data, "-m", "immediate", "stop"]
        subprocess.run(stop, capture_output=True, check=False, cwd="/")
        shutil.rmtree(folder, ignore_errors=True)
