"""One PostgreSQL server: its data directory made, its process started and stopped.

The server listens on a Unix socket in a directory that only its owner may enter, and nowhere else.
"""

import os
import re
import shutil
import signal
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from .binaries import Binaries
from .faults import NO_SPACE, Fault, require_room
from .owner import Account, give, options
from .processes import end, tied_to

USER = "fibro"
DATABASE = "fibro"
PORT = 5432
LOCALES = ("C.UTF-8", "en_US.UTF-8", "C")
FIRST_WITH_BUILTIN_LOCALE = 17
START_DEADLINE = 120
TEMPORARY_SETTINGS = {"fsync": "off", "full_page_writes": "off", "synchronous_commit": "off"}


@dataclass
class Cluster:
    binaries: Binaries
    account: Account | None
    data: Path
    sockets: Path
    log: Path
    temporary: bool = False
    process: subprocess.Popen | None = None

    @property
    def url(self) -> str:
        """The address as DATABASE_URL; the port is said so that PGPORT cannot change it."""
        return f"postgres://{USER}@:{PORT}/{self.sockets}/{DATABASE}"

    def create(self) -> None:
        """Make the data directory, all of it or nothing."""
        require_room(self.data.parent)
        half = Path(f"{self.data}.new")
        reasons = []
        for locale in LOCALES:
            shutil.rmtree(half, ignore_errors=True)
            half.mkdir(mode=0o700)
            give(half, self.account)
            done = self._run(self._initdb(half, locale))
            if done.returncode == 0:
                half.rename(self.data)
                return
            reasons.append(done.stdout)
        shutil.rmtree(half, ignore_errors=True)
        self.log.write_text(reasons[0])
        raise self.fault("The database could not be made")

    def adopt(self) -> None:
        """Give data that was copied by root, and so changed hands, back to whom it runs as."""
        if self.account and self.data.stat().st_uid != self.account.uid:
            owner = f"{self.account.uid}:{self.account.gid}"
            subprocess.run(["chown", "-R", owner, self.data], check=True)

    def start(self, *, keep_open: int | None, abandoned: Callable[[], bool]) -> None:
        """Start the server and wait until it takes connections. The descriptor `keep_open`, which
        holds the lock on the data, stays open for as long as any of its processes lives."""
        settings = {
            "listen_addresses": "",
            "port": PORT,
            "unix_socket_directories": self.sockets,
            "unix_socket_permissions": "0700",
            "max_connections": 100,
            "lc_messages": "C",
        }
        if self.temporary:
            settings |= TEMPORARY_SETTINGS
        command = [self.binaries.program("postgres"), "-D", str(self.data)]
        for name, value in settings.items():
            command += ["-c", f"{name}={value}"]
        with self.log.open("wb") as log:
            passed = [] if keep_open is None else [keep_open]
            self.process = self._spawn(command, log, signum=signal.SIGINT, pass_fds=passed)
        deadline = time.monotonic() + START_DEADLINE
        while not self._ready() and not abandoned():
            if self.process.poll() is not None:
                raise self.fault("PostgreSQL did not start")
            if time.monotonic() > deadline:
                raise Fault(f"PostgreSQL did not start in {START_DEADLINE} s: see {self.log}")
            time.sleep(0.02)

    def stop(self) -> None:
        """Stop the server; what is temporary need not be tidy."""
        if self.process is None:
            return
        signals = stop_signals(temporary=self.temporary)
        end(self.process.pid, signals=signals, patience=20, reap=self.process.poll)

    def fault(self, what: str) -> Fault:
        """The fault behind what the log says last."""
        said = self.log.read_text(errors="replace")
        if "No space left on device" in said:
            return Fault(NO_SPACE)
        if 'lock file "postmaster.pid" already exists' in said:
            return Fault("Another PostgreSQL uses the local database. Stop that one first.")
        reasons = re.findall(r"(?:FATAL|PANIC|error): +(.+)", said)
        return Fault(f"{what}: {reasons[-1] if reasons else 'no reason given'} (see {self.log})")

    def _ready(self) -> bool:
        """Whether the server says so in its own notes, as pg_ctl reads them."""
        try:
            notes = (self.data / "postmaster.pid").read_text().splitlines()
        except FileNotFoundError:
            return False
        return len(notes) > 7 and notes[0] == str(self.process.pid) and notes[7].strip() == "ready"

    def _initdb(self, data: Path, locale: str) -> list[str]:
        command = [self.binaries.program("initdb"), "-D", str(data), "--username", USER]
        command += ["--auth=trust", "--encoding=UTF8", "--no-instructions"]
        # Text search splits words by the C library's locale whatever the provider: where that is
        # plain C, accented letters break without a word.
        command += [f"--locale={locale}", "--lc-messages=C"]
        if self.binaries.major >= FIRST_WITH_BUILTIN_LOCALE:
            command += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        if self.temporary:
            command += ["--no-sync"]
        return command

    def _run(self, command: list[str]) -> subprocess.CompletedProcess:
        process = self._spawn(command, subprocess.PIPE, signum=signal.SIGTERM)
        output = process.communicate()[0].decode(errors="replace")
        return subprocess.CompletedProcess(command, process.returncode, output)

    def _spawn(self, command: list[str], output: int | IO, *, signum: int, pass_fds=()):
        return subprocess.Popen(
            command,
            cwd="/",
            env=_environment(),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            pass_fds=pass_fds,
            preexec_fn=tied_to(os.getpid(), signum),
            **options(self.account),
        )


def stop_signals(*, temporary: bool) -> tuple[int, ...]:
    """How to end a server: it writes its data first, or at once where nothing is to be kept."""
    return (
        (signal.SIGQUIT, signal.SIGKILL)
        if temporary
        else (
            signal.SIGINT,
            signal.SIGQUIT,
            signal.SIGKILL,
        )
    )


def _environment() -> dict[str, str]:
    """Ours without what would change the server: PG* as libpq reads it, and the locale."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("PG", "LC_", "LANG"))}
    return kept | {"LC_ALL": "C"}
