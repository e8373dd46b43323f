"""Ending processes, our own children or not."""

import ctypes
import os
import signal
import sys
import time
from collections.abc import Callable

PR_SET_PDEATHSIG = 1
libc = ctypes.CDLL(None) if sys.platform == "linux" else None


def end(
    target: int,
    *,
    signals: tuple[int, ...] = (signal.SIGTERM, signal.SIGKILL),
    patience: float = 8,
    reap: Callable[[], object] = lambda: None,
) -> None:
    """End a process, or a process group (as a negative number): ask first, insist later."""
    for signum in signals:
        try:
            os.kill(target, signum)
        except ProcessLookupError:
            return
        except PermissionError:
            pass  # macOS says this of a process that has ended and waits to be reaped
        if _ended(target, time.monotonic() + patience, reap):
            return


def _ended(target: int, deadline: float, reap: Callable[[], object]) -> bool:
    while time.monotonic() < deadline:
        reap()
        if not exists(target):
            return True
        time.sleep(0.02)
    return False


def exists(target: int) -> bool:
    try:
        os.kill(target, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def tied_to(parent: int, signum: int) -> Callable[[], None]:
    """A preexec_fn: the new process gets the signal when its parent ends (Linux only). It comes
    after the change of user, which would undo it."""

    def tie() -> None:
        if libc:
            libc.prctl(PR_SET_PDEATHSIG, signum)
            if os.getppid() != parent:
                os._exit(1)

    return tie
