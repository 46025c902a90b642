"""Write docs/sbom.json: every package that production installs, with its version (CycloneDX).

.venv/bin/python tools/make_sbom.py

After `make lock`; a test holds the file to requirements.txt, which has the digests. Licences are in LICENTIES.md
(tools/make_licences.py).
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
COMMAND = [
    *(sys.executable, "-m", "cyclonedx_py", "requirements", "requirements.txt"),
    *("--pyproject", "pyproject.toml", "--output-reproducible", "--of", "JSON"),
]


def main() -> None:
    """Let the tool of CycloneDX read the locked requirements; where a host gets its packages is its own choice."""
    done = subprocess.run(COMMAND, cwd=ROOT, check=True, capture_output=True)  # noqa: S603 - ours throughout
    made = json.loads(done.stdout)
    made.pop("$schema", None)
    made["metadata"].pop("tools", None)
    for part in made["components"]:
        part.pop("externalReferences", None)
        part.pop("description", None)
    (ROOT / "docs" / "sbom.json").write_text(
        json.dumps(made, indent=1, sort_keys=True) + "\n", encoding="utf-8"
    )


if __name__ == "__main__":
    main()
