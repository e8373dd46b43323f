"""The keeper: the process that owns PostgreSQL and outlives the launcher by a moment.

Its standard input is a pipe that only the launcher holds open. When that closes, however the
launcher ended, the keeper ends the processes it was told to watch, then PostgreSQL, then itself.
It has a session of its own, so that Ctrl-C does not reach it.
"""

import fcntl
import json
import os
import select
import shutil
import signal
import sys
import time
from dataclasses import asdict, dataclass
from pathlib import Path

from .binaries import Binaries
from .cluster import Cluster
from .faults import Fault, from_os_error
from .owner import Account, scratch_directory
from .places import local
from .processes import end, exists

LOCK_DEADLINE = 20


@dataclass
class Order:
    """What the launcher wants: a database that lasts in `home`, a temporary one if `home` is
    None, or none at all if `directory` is None."""

    launcher: int
    directory: str | None = None
    major: int = 0
    home: str | None = None
    account: dict | None = None

    @classmethod
    def read(cls, text: str) -> "Order":
        return cls(**json.loads(text))

    def written(self) -> str:
        return json.dumps(asdict(self))


class Launcher:
    """The launcher as seen from here: what it says, and whether it is still there."""

    def __init__(self) -> None:
        self.gone = False
        self.watched: set[int] = set()
        self._unread = b""

    def listen(self, *, timeout: float = 0) -> None:
        if not select.select([0], [], [], timeout)[0]:
            return
        said = os.read(0, 4096)
        self.gone = not said
        *lines, self._unread = (self._unread + said).split(b"\n")
        for line in lines:
            verb, target = line.split()
            (self.watched.add if verb == b"watch" else self.watched.discard)(int(target))

    def has_gone(self) -> bool:
        self.listen()
        return self.gone

    @staticmethod
    def tell(**news: object) -> None:
        try:
            print(json.dumps(news), flush=True)
        except BrokenPipeError:
            sys.stdout = None  # gone meanwhile; a second attempt at exit would be a trace


def main() -> None:
    for signum in (signal.SIGINT, signal.SIGHUP):
        signal.signal(signum, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, _asked_to_end)
    keep(Order.read(sys.argv[1]), Launcher())


def keep(order: Order, launcher: Launcher) -> None:
    """Bring up what is ordered and keep it until the launcher goes; then leave nothing behind."""
    scratch = cluster = None
    try:
        account = Account(**order.account) if order.account else None
        scratch = scratch_directory(account)
        if order.directory:
            cluster = _cluster(order, account, scratch)
            _bring_up(cluster, order, launcher)
        launcher.tell(
            scratch=str(scratch),
            url=cluster and cluster.url,
            server=cluster and cluster.process.pid,
        )
        while not launcher.gone:
            launcher.listen(timeout=0.5)
            if cluster and cluster.process.poll() is not None:
                raise cluster.fault("PostgreSQL ended")
    except Fault as fault:
        launcher.tell(fault=str(fault))
    except OSError as error:
        if not (fault := from_os_error(error)):
            raise
        launcher.tell(fault=str(fault))
    finally:
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        for target in launcher.watched:
            end(target)
        if cluster:
            cluster.stop()
        if scratch:
            shutil.rmtree(scratch, ignore_errors=True)


def _asked_to_end(*_: object) -> None:
    raise Fault("The process that keeps PostgreSQL was asked to end. Start again.")


def lock_file(data: Path) -> Path:
    return data.with_name(f"{data.name}.lock")


def _cluster(order: Order, account: Account | None, scratch: Path) -> Cluster:
    return Cluster(
        binaries=Binaries(Path(order.directory), order.major),
        account=account,
        data=Path(order.home) / f"postgres-{order.major}" if order.home else scratch / "data",
        sockets=scratch,
        log=local("postgres.log" if order.home else "postgres-temporary.log"),
        temporary=order.home is None,
    )


def _bring_up(cluster: Cluster, order: Order, launcher: Launcher) -> None:
    lock = None if cluster.temporary else _lock(cluster.data, order.launcher)
    if not cluster.data.exists():
        cluster.create()
    cluster.adopt()
    cluster.start(keep_open=lock, abandoned=launcher.has_gone)
    if lock is not None:
        _note(lock, launcher=order.launcher, url=cluster.url)


def _lock(data: Path, launcher: int) -> int:
    """Lock the data directory; the lock falls when the last process that holds it open ends."""
    path = lock_file(data)
    lock = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    deadline = time.monotonic() + LOCK_DEADLINE
    while True:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            # Whoever holds it may be on the way out: a launcher that is alive is not.
            holder = read_note(path).get("launcher")
            if (holder and exists(holder)) or time.monotonic() > deadline:
                raise Fault(
                    f"fibro already runs in this checkout (process {holder}). "
                    "Stop it first, with Ctrl-C where it runs."
                ) from None
            time.sleep(0.05)
        else:
            _note(lock, launcher=launcher)
            return lock


def _note(lock: int, **note: object) -> None:
    os.ftruncate(lock, 0)
    os.pwrite(lock, json.dumps(note).encode(), 0)


def read_note(path: Path) -> dict:
    try:
        return json.loads(path.read_text())
    except (OSError, ValueError):
        return {}


if __name__ == "__main__":
    main()
