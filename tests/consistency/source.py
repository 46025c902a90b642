"""The files that the guards read."""

import ast
import os
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from django.conf import settings

ROOT: Path = settings.ROOT
APPS = (
    "core",
    "ui",
    "accounts",
    "partnerships",
    "meetings",
    "programmes",
    "students",
    "placements",
    "agreements",
    "playbooks",
    "search",
    "portal",
    "demo",
)
Texts = dict[str, str]  # path from the root → text


def modules(*folders: str) -> Iterator[Path]:
    for folder in folders:
        yield from (path for path in sorted((ROOT / folder).rglob("*.py")) if "migrations" not in path.parts)


def own_files() -> Iterator[Path]:
    """Nothing hidden, installed or made by running."""
    for folder, inner, names in os.walk(ROOT):
        inner[:] = sorted(name for name in inner if name[0] != "." and name not in {"var", "__pycache__"})
        yield from (Path(folder, name) for name in sorted(names) if name[0] != ".")


def text_of(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return ""


def short(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def texts(paths: Iterable[Path]) -> Texts:
    return {short(path): text_of(path) for path in paths}


def room(name: str) -> Texts:
    """The modules of a room in every app: `<app>/<name>.py`, or all in `<app>/<name>/`."""
    return texts(path for path in modules(*APPS) if path.relative_to(ROOT).parts[1] in {name, f"{name}.py"})


def faults(guard: Callable[[str], Iterator[str]], found: Texts) -> list[str]:
    """What the guard says of each text, with its name."""
    return [f"{name}: {fault}" for name, text in found.items() for fault in guard(text)]


def refuse(found: Iterable[str], known: frozenset[str] = frozenset()) -> None:
    """Fails on a fault, but for the known ones; and on a known one that is no longer there."""
    seen = set(found)
    new, mended = sorted(seen - known), sorted(known - seen)
    assert not new, "\n".join(new)
    assert not mended, "\n".join(["mended, so take it out of tests/consistency/known.py:", *mended])


def functions(text: str) -> Iterator[ast.FunctionDef]:
    """The functions of a module, in the order in which they stand; not those in classes."""
    yield from (node for node in ast.parse(text).body if isinstance(node, ast.FunctionDef))


def public_functions(text: str) -> Iterator[ast.FunctionDef]:
    yield from (node for node in functions(text) if not node.name.startswith("_"))


def calls(text: str) -> Iterator[tuple[str, ast.Call]]:
    """The last name of whatever is called (`save` of `row.save()`), and the call."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Call):
            if isinstance(node.func, ast.Attribute):
                yield node.func.attr, node
            elif isinstance(node.func, ast.Name):
                yield node.func.id, node
