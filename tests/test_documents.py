"""What the documents name is there: files, commands, names in code; and the code they show is the code."""

import importlib
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import get_commands

ROOT: Path = settings.ROOT
APPS = [
    "core",
    "ui",
    "accounts",
    "partnerships",
    "meetings",
    "programmes",
    "students",
    "placements",
    "agreements",
    "search",
    "portal",
    "demo",
    "tools",
    "tests",
    "benchmarks",
    "drills",
]
OWN = re.compile(rf"^({'|'.join(APPS)})(\.\w+)*\.(?!(csv|yaml|md|py|css|js)$)\w+$")
PATH = re.compile(r"^[\w.<>*-][\w.<>*/-]*/[\w.<>*-]*$")
# A block of code whose first line names its file, as a comment of Python or of a template
SHOWN = re.compile(r"^```\w+\n(?:# |\{# )([\w/]+\.\w+)(?: #\})?\n(.*?)^```", re.M | re.S)
# What running makes, and what lies outside the checkout
MADE = ("var/", ".venv/", "css/portal.css")


def documents() -> list[Path]:
    folders = [ROOT / "docs", ROOT / "demo"]
    return [
        *sorted(ROOT.glob("*.md")),
        *(path for folder in folders for path in sorted(folder.rglob("*.md"))),
    ]


def words_in_code(text: str) -> Iterator[str]:
    """What stands between backticks in running text."""
    for words in re.findall(r"`([^`\n]+)`", re.sub(r"^```.*?^```", "", text, flags=re.M | re.S)):
        yield words.split("(")[0].split(":")[0].strip()


def missing_paths(text: str, folder: Path) -> list[str]:
    """Files and folders that are named and not there. `<app>` stands for any; a name may count from the document."""
    found = []
    for word in words_in_code(text):
        if not PATH.match(word) or word.startswith(MADE):
            continue
        pattern = re.sub(r"<\w+>", "*", word).rstrip("/")
        if not any(
            any(place.glob(pattern)) for place in (ROOT, folder, ROOT / "static/css/src", ROOT / "docs")
        ):
            found.append(word)
    return found


def missing_links(text: str, folder: Path) -> list[str]:
    """Links to files that are not there."""
    links = re.findall(r"\]\(([^)#\s]+)", text)
    return [link for link in links if "://" not in link and not (folder / link).exists()]


def missing_names(text: str) -> list[str]:
    """Names in our own code, written with their module, that are not there."""
    names = {word for word in words_in_code(text) if OWN.match(word)}
    return sorted(name for name in names if not is_there(name))


def is_there(name: str) -> bool:
    parts = name.split(".")
    for length in range(len(parts), 0, -1):
        try:
            thing = importlib.import_module(".".join(parts[:length]))
        except ModuleNotFoundError:
            continue
        for part in parts[length:]:
            if not hasattr(thing, part):
                return False
            thing = getattr(thing, part)
        return True
    return False


def missing_commands(text: str) -> list[str]:
    """Targets of make, modules to run and management commands that are not there."""
    targets = set(re.findall(r"^([\w-]+):", (ROOT / "Makefile").read_text(), re.M))
    code = "\n".join(
        [*re.findall(r"`([^`\n]+)`", text), *re.findall(r"^```sh\n(.*?)^```", text, re.M | re.S)]
    )
    made = re.findall(r"^(?:[A-Z]+=\S+ )?make ([a-z-]+)", code, re.M)
    modules = [name for name in re.findall(r"python -m ([\w.]+)", code) if name.split(".")[0] in APPS]
    commands = re.findall(r"manage\.py (\w+)", code)
    return [
        *(f"make {name}" for name in made if name not in targets),
        *(name for name in modules if not is_there(name)),
        *(f"manage.py {name}" for name in commands if name not in get_commands()),
    ]


def other_code(text: str) -> list[str]:
    """Code shown under the name of a file (`# app/file.py`) in which it does not stand."""
    return [
        name for name, code in SHOWN.findall(text) if code not in (ROOT / name).read_text(encoding="utf-8")
    ]


@pytest.mark.parametrize("path", documents(), ids=lambda path: str(path.relative_to(ROOT)))
def test_what_a_document_names_is_there(path):
    text = path.read_text(encoding="utf-8")
    assert missing_paths(text, path.parent) == []
    assert missing_links(text, path.parent) == []
    assert missing_names(text) == []
    assert missing_commands(text) == []
    assert other_code(text) == []


def test_the_documents_name_something():
    """So that a change of how they are written blinds nothing."""
    text = "\n".join(path.read_text(encoding="utf-8") for path in documents())
    words = list(words_in_code(text))
    assert len(documents()) > 15
    assert sum(bool(PATH.match(word)) for word in words) > 80
    assert sum(bool(OWN.match(word)) for word in words) > 25
    assert len(SHOWN.findall(text)) > 6


FAULTS = [
    (missing_paths, "`core/nothing.py`"),
    (missing_paths, "`<app>/nothing.py`"),
    (missing_paths, "`tests/nowhere/`"),
    (missing_links, "[there](nowhere.md)"),
    (missing_names, "`core.mail.nothing`"),
    (missing_names, "`core.nothing.send`"),
    (missing_commands, "`make nothing`"),
    (missing_commands, "`python -m tools.local.nothing`"),
    (missing_commands, "```sh\n.venv/bin/python manage.py nothing\n```"),
    (other_code, "```django\n{# templates/base.html #}\n<nothing>\n```"),
    (other_code, "```python\n# core/mail.py\ndef nothing() -> None:\n```"),
]


@pytest.mark.parametrize(
    ("check", "text"), FAULTS, ids=[f"{check.__name__} {text}" for check, text in FAULTS]
)
def test_a_planted_fault_is_found(check, text):
    assert len(check(text, ROOT) if check in {missing_paths, missing_links} else check(text)) == 1


def test_document_for_hosts_says_how_long_a_connection_is_kept():
    assert '"CONN_MAX_AGE": 3600' in (settings.ROOT / "portal/settings/base.py").read_text()
    assert "four database connections for an hour" in (settings.ROOT / "docs/deploy.md").read_text()
