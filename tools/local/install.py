"""Make .venv and put the hash-locked requirements in it. Standard library only: this runs before anything else.

`python3 tools/local/install.py` does nothing when everything is in place. uv does the work in seconds; it is itself
installed by pip from the same locked file, and where it cannot be had pip does all of it.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
VENV = ROOT / ".venv"
STAMP = VENV / "installed"
REQUIREMENTS = ROOT / "requirements-dev.txt"


def main() -> int:
    if sys.version_info < (3, 11):  # noqa: UP036 - the system's Python may be older
        return _fail(f"Python 3.11 or newer is needed; this is {sys.version.split()[0]}.")
    wanted = _fingerprint()
    if STAMP.exists() and STAMP.read_text() == wanted and (VENV / "bin" / "python").exists():
        return 0
    print("Installing the requirements in .venv …", flush=True)
    if not _usable_venv() and (problem := _make_venv()):
        return _fail(problem)
    if not (_install_with_uv() or _pip("-r", str(REQUIREMENTS))):
        return _fail("The requirements could not be installed: see the lines above.")
    STAMP.write_text(wanted)
    return 0


def _fail(message: str) -> int:
    print(f"make: {message}", file=sys.stderr)
    return 1


def _fingerprint() -> str:
    """Changes with the requirements, the Python and the place: an environment cannot be moved."""
    lock = hashlib.sha256(REQUIREMENTS.read_bytes()).hexdigest()
    return f"{lock} {sys.version.split()[0]} {sys.base_prefix} {VENV}"


def _usable_venv() -> bool:
    """In this place, with pip, and of the Python that runs this."""
    tell = "import sys, pip; print(sys.prefix, sys.base_prefix, sys.version, sep='|')"
    try:
        ran = subprocess.run(
            [VENV / "bin" / "python", "-c", tell], capture_output=True, text=True, check=False
        )
    except OSError:
        return False
    return ran.stdout.strip() == "|".join((str(VENV), sys.base_prefix, sys.version))


def _make_venv() -> str:
    shutil.rmtree(VENV, ignore_errors=True)
    made = subprocess.run(
        [sys.executable, "-m", "venv", str(VENV)], capture_output=True, text=True, check=False
    )
    if made.returncode == 0:
        return ""
    shutil.rmtree(VENV, ignore_errors=True)
    if "ensurepip" in made.stdout + made.stderr:
        return "python3-venv is missing: apt-get install python3-venv"
    return f"the environment cannot be made: {(made.stderr or made.stdout).strip().splitlines()[-1]}"


def _pip(*arguments: str) -> bool:
    command = [str(VENV / "bin" / "python"), "-m", "pip", "install", "-q", "--require-hashes", *arguments]
    return subprocess.run(command, check=False).returncode == 0


def _install_with_uv() -> bool:
    with tempfile.TemporaryDirectory() as folder:
        only_uv = Path(folder) / "uv.txt"
        only_uv.write_text(_locked("uv"))
        if not _pip("-r", str(only_uv)):
            return False
    command = [
        str(VENV / "bin" / "uv"),
        "pip",
        "install",
        "-q",
        "--compile-bytecode",
        "--require-hashes",
        "-r",
        str(REQUIREMENTS),
    ]
    environment = {**os.environ, "VIRTUAL_ENV": str(VENV)}
    return subprocess.run(command, check=False, env=environment).returncode == 0


def _locked(name: str) -> str:
    """The lines of one package in the locked file: name==version and its hashes."""
    kept: list[str] = []
    for line in REQUIREMENTS.read_text().splitlines():
        if kept and not line.startswith(" "):
            break
        if kept or line.startswith(f"{name}=="):
            kept.append(line)
    return "\n".join(kept) + "\n"


if __name__ == "__main__":
    sys.exit(main())
