"""Foreseeable faults: each is one line that says what to do, never a stack trace."""

import errno
import os
import shutil
import sys
from contextlib import contextmanager
from pathlib import Path

NO_SPACE = "The disk is full. Free some space and start again."
ROOM_NEEDED = 200 * 1024 * 1024
SIGINT_STATUS = 130


class Fault(Exception):
    """A fault whose text is meant for the person at the terminal."""


@contextmanager
def told_in_one_line():
    """End the process with one line for a foreseeable fault, and quietly when interrupted."""
    try:
        yield
    except Fault as fault:
        sys.exit(f"fibro: {fault}")
    except KeyboardInterrupt as stop:
        sys.exit(getattr(stop, "status", SIGINT_STATUS))
    except BrokenPipeError:
        # Whoever read our output has gone; Python would complain when it flushes at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    except OSError as error:
        fault = from_os_error(error)
        if fault is None:
            raise
        sys.exit(f"fibro: {fault}")


def from_os_error(error: OSError) -> Fault | None:
    """The fault behind an error of the operating system, or None if it is not a foreseeable one."""
    match error.errno:
        case errno.ENOSPC | errno.EDQUOT:
            return Fault(NO_SPACE)
        case errno.EACCES | errno.EPERM | errno.EROFS:
            where = error.filename or "a file"
            return Fault(
                f"{where} cannot be used by this user. Start as the user who owns it, "
                "or set FIBRO_LOCAL to a directory of your own."
            )
    return None


def from_output(what: str, output: str, *, log: Path) -> Fault:
    """The fault of a command that failed: what went wrong, its last line, and where the rest is."""
    # On a full disk the log may have had no room for the reason.
    if "No space left on device" in output or shutil.disk_usage(log.parent).free < 1 << 20:
        return Fault(NO_SPACE)
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    reason = lines[-1] if lines else "it gave no reason"
    return Fault(f"{what}: {reason} (all of it is in {log})")


def require_room(place: Path) -> None:
    """Refuse to begin what would only half succeed on a nearly full disk."""
    while not place.exists():
        place = place.parent
    if shutil.disk_usage(place).free < ROOM_NEEDED:
        raise Fault(
            f"Less than {ROOM_NEEDED >> 20} MB are free on the disk of {place}. "
            "Free some space and start again."
        )
