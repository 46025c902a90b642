"""Where things are in a checkout, and the one kind of error a person sees."""

import contextlib
import errno
import os
import shutil
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
VAR = Path(os.environ.get("LEERPACT_VAR") or ROOT / "var")  # all that the commands of a checkout make
PYTHON = ROOT / ".venv" / "bin" / "python"


class Trouble(Exception):
    """Something a person has to do; shown as one line without a traceback."""


def is_root() -> bool:
    return os.geteuid() == 0


def private_directory(path: Path) -> Path:
    """Make a directory nobody else can list. As root others may pass through it, since the servers run as nobody."""
    try:
        path.mkdir(parents=True, exist_ok=True)
        path.chmod(0o711 if is_root() else 0o700)
    except PermissionError as error:
        raise Trouble(f"{path} belongs to another user: use that account, or remove the folder.") from error
    return path


def disk_trouble(folder: Path, megabytes: int) -> str:
    """What is amiss with the disk of a folder, in words for who must do something; nothing where so much is free on it."""
    there = next(path for path in (folder, *folder.parents) if path.exists())
    probe = there / f".probe-{os.getpid()}"
    try:
        probe.write_bytes(b"0" * 4096)
    except OSError as error:
        if error.errno == errno.EROFS:
            return f"De schijf van {folder} is alleen-lezen: daar kan Leerpact niets bewaren."
        if error.errno in {errno.ENOSPC, errno.EDQUOT}:
            return f"De schijf van {folder} is vol. Maak ruimte en probeer het opnieuw."
        return f"In {there} kan niets worden bewaard: {error.strerror}."
    finally:
        with contextlib.suppress(OSError):
            probe.unlink()
    free = shutil.disk_usage(there).free // 1024**2
    if free < megabytes:
        return f"Op de schijf van {folder} is nog {free} MB vrij; Leerpact heeft er {megabytes} nodig. Maak ruimte."
    return ""
