"""Small things about processes that the standard library leaves to /proc."""

import contextlib
import ctypes
import os
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Sequence
from pathlib import Path

NOBODY = 65534
PR_SET_PDEATHSIG = 1


def free_port(preferred: int = 0) -> int:
    """A loopback port nobody listens on, the preferred one where possible."""
    for candidate in (preferred, 0):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", candidate))
            except OSError:
                continue
            return int(probe.getsockname()[1])
    raise OSError("no free port")


def is_alive(pid: int) -> bool:
    """Running, and not a zombie: those hold nothing, but kill(pid, 0) still finds them."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return False
    return stat.rpartition(")")[2].split()[0] not in "ZX"


def command_of(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
    except (FileNotFoundError, ProcessLookupError):
        return ""


def wait_until(condition: Callable[[], bool], seconds: float) -> bool:
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            return False
        time.sleep(0.02)
    return True


def stop(pid: int, first: signal.Signals, seconds: float = 15) -> None:
    """Ask, wait, insist. Works for children and for processes another command left behind."""
    for number in (first, signal.SIGQUIT, signal.SIGKILL):
        try:
            os.kill(pid, number)
        except ProcessLookupError:
            break
        if wait_until(lambda: is_gone(pid), seconds):
            break


def is_gone(pid: int) -> bool:
    """Ended, and taken note of where it was our own child."""
    with contextlib.suppress(ChildProcessError):
        os.waitpid(pid, os.WNOHANG)
    return not is_alive(pid)


def end_with_parent() -> None:
    """For preexec_fn: a child gets SIGTERM when the process that started it is killed."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def unprivileged(probe: Path) -> tuple[list[str], int]:
    """The command prefix that drops root's rights, and the uid that must own the data.

    PostgreSQL refuses to run as root. Normally "nobody" runs it; where that account cannot reach the checkout (a home
    closed to others) a user namespace without mapping does, in which root is an ordinary user that still owns its files.
    """
    if os.geteuid() != 0:
        return [], os.geteuid()
    as_nobody = ["setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups", "--"]
    if _works([*as_nobody, "test", "-x", str(probe)]):
        return as_nobody, NOBODY
    as_nameless = ["unshare", "--user", "--"]
    if _works([*as_nameless, "test", "-x", str(probe)]):
        return as_nameless, 0
    return [], -1


def _works(command: Sequence[str]) -> bool:
    try:
        return subprocess.run(command, capture_output=True, check=False).returncode == 0
    except FileNotFoundError:
        return False
