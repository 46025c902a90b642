"""Where things are in a checkout, and the one kind of error a person sees."""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
VAR = ROOT / "var"
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
