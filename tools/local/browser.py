"""The browser tests need Debian's Chromium; `python -m tools.local.browser` gets it where it may, else says how."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from tools.local.paths import Trouble, is_root

# The headless build of the same source takes a fifth less time than `chromium --headless`.
# libatomic1: Playwright's driver needs it, and a bare system lacks it.
PACKAGES = ["chromium-headless-shell", "libatomic1"]
INSTALL = f"apt-get install -y --no-install-recommends {' '.join(PACKAGES)}"


def chromium() -> str:
    return shutil.which("chromium-headless-shell") or shutil.which("chromium") or ""


def _missing() -> bool:
    return not chromium() or not any(Path("/usr/lib").glob("*/libatomic.so.1"))


def ensure() -> None:
    if not _missing():
        return
    if not is_root() or not shutil.which("apt-get"):
        raise Trouble(f"the browser tests need Chromium; as root: {INSTALL}")
    print(f"Installing {' and '.join(PACKAGES)} …", flush=True)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in ("apt-get update -qq", f"{INSTALL} -qq"):
        done = subprocess.run(command.split(), capture_output=True, text=True, check=False, env=environment)
    if done.returncode or _missing():
        raise Trouble(
            f"Chromium could not be installed: {(done.stderr.strip() or 'no message').splitlines()[-1]}"
        )


if __name__ == "__main__":
    try:
        ensure()
    except Trouble as trouble:
        print(f"make: {trouble}", file=sys.stderr)
        sys.exit(1)
