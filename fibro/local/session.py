"""The launcher's side: a database for as long as the session lasts, and commands run beside it.

However a session ends, by Ctrl-C, a signal, a fault, or the end of the process that started it,
its commands and its database end with it. If even this process is killed, the keeper sees to it.
"""

import fcntl
import json
import os
import select
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import IO

from . import binaries, owner
from .cluster import stop_signals
from .faults import Fault
from .keeper import Order, lock_file, read_note
from .places import ROOT
from .processes import end, exists

HEARTBEAT = 0.2
JOIN_DEADLINE = 60


class Stopped(KeyboardInterrupt):
    """Someone asked this process to end."""

    def __init__(self, signum: int) -> None:
        super().__init__()
        self.status = 128 + signum


class Session:
    """With `database` None there is none of our own; `url` is then None too."""

    def __init__(self, *, database: str | None) -> None:
        self.temporary = database == "temporary"
        self.database = database
        self.url: str | None = None
        self.scratch: Path | None = None
        self._server: int | None = None
        self._parent = os.getppid()

    def __enter__(self) -> "Session":
        for signum in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            if signal.getsignal(signum) != signal.SIG_IGN:  # as under nohup
                signal.signal(signum, _stop)
        self._keeper = subprocess.Popen(
            [sys.executable, "-m", "fibro.local.keeper", _order(self.database).written()],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            start_new_session=True,
        )
        try:
            news = self._news()
        except BaseException:
            self._close()
            raise
        self.url, self._server = news["url"], news["server"]
        self.scratch = Path(news["scratch"])
        return self

    def __exit__(self, *_) -> None:
        self._close()

    def run(
        self,
        command: list[str],
        *,
        env: Mapping[str, str],
        output: IO | None = None,
        interactive: bool = False,
    ) -> int:
        """Run a command to its end and return its status. An interactive one has the terminal:
        it stays in our process group, and Ctrl-C is its own affair."""
        shares_terminal = interactive and sys.stdin is not None and sys.stdin.isatty()
        if shares_terminal:
            signal.signal(signal.SIGINT, lambda *_: None)
        told = self._keeper.stdin.fileno()

        def target() -> int:
            return os.getpid() if shares_terminal else -os.getpid()

        def announce() -> None:
            # Said by the new process itself: there is no moment in which the keeper misses it.
            os.write(told, f"watch {target()}\n".encode())

        child = subprocess.Popen(
            command,
            cwd=ROOT,
            env=env,
            stdin=None if interactive else subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            process_group=None if shares_terminal else 0,
            preexec_fn=announce,
        )
        watched = child.pid if shares_terminal else -child.pid
        try:
            while True:
                try:
                    status = child.wait(timeout=HEARTBEAT)
                except subprocess.TimeoutExpired:
                    self._require_company()
                else:
                    self._require_company()
                    return status if status >= 0 else 128 - status
        finally:
            end(watched, reap=child.poll)
            self._tell(f"forget {watched}")

    def _require_company(self) -> None:
        """Go on only while the keeper keeps and the process that started us waits."""
        if select.select([self._keeper.stdout], [], [], 0)[0]:
            self._news()
        if os.getppid() != self._parent:
            raise Stopped(signal.SIGHUP)

    def _news(self) -> dict:
        line = self._keeper.stdout.readline()
        if not line:
            raise Fault("The process that keeps PostgreSQL was ended. Start again.")
        news = json.loads(line)
        if fault := news.get("fault"):
            raise Fault(fault)
        return news

    def _tell(self, words: str) -> None:
        with suppress(BrokenPipeError):
            os.write(self._keeper.stdin.fileno(), f"{words}\n".encode())

    def _close(self) -> None:
        for signum in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(signum, signal.SIG_IGN)
        self._keeper.stdin.close()
        self._keeper.wait()
        # Nothing is left to do here unless the keeper was killed.
        if self._server and exists(self._server):
            end(self._server, signals=stop_signals(temporary=self.temporary), patience=20)
        if self.scratch:
            shutil.rmtree(self.scratch, ignore_errors=True)


def running_url() -> str | None:
    """The address of the lasting database if a launcher in this checkout serves it already."""
    home, _ = owner.settle()
    for data in owner.data_directories(home):
        deadline = time.monotonic() + JOIN_DEADLINE
        while _locked(lock_file(data)) and time.monotonic() < deadline:
            note = read_note(lock_file(data))
            if note.get("url") and exists(note["launcher"]):
                return note["url"]
            time.sleep(HEARTBEAT)
    return None


def _locked(path: Path) -> bool:
    try:
        with path.open() as lock:
            fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except FileNotFoundError:
        return False
    except BlockingIOError:
        return True
    return False


def _order(database: str | None) -> Order:
    if database is None:
        return Order(launcher=os.getpid())
    home, account = owner.settle()
    lasting = database == "lasting"
    majors = {int(data.name.partition("-")[2]) for data in owner.data_directories(home)}
    chosen = binaries.find(made_by=majors if lasting else ())
    chosen = owner.within_reach(chosen, account)
    return Order(
        launcher=os.getpid(),
        directory=str(chosen.directory),
        major=chosen.major,
        home=str(home) if lasting else None,
        account=asdict(account) if account else None,
    )


def _stop(signum: int, _frame: object) -> None:
    raise Stopped(signum)
