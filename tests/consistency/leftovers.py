"""Finds what nothing names."""

import ast
import importlib
import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.apps import AppConfig
from django.core.management.base import BaseCommand

from tests.consistency.source import APPS, Texts

# Called by whatever reads the decorator, by another name than the function's
HANDED_ON = re.compile(
    r"^(\w+\.)?(receiver|shared_task|task|register|filter|simple_tag|inclusion_tag|tag|fixture|hookimpl|display"
    r"|rule|invariant|initialize)\b"
)
OURS = {*APPS, "tools", "tests", "benchmarks", "drills"}
# Django finds these classes by their base
FOUND_BY_BASE = (AppConfig, BaseCommand)


@dataclass(frozen=True)
class Named:
    """Something that a module names: its own name, and the class it stands in."""

    module: str
    name: str
    owner: str = ""

    def __str__(self) -> str:
        return f"{self.module}: {self.owner}.{self.name}" if self.owner else f"{self.module}: {self.name}"


def named(texts: Texts) -> Iterator[Named]:
    """The constants, public functions and classes of these modules, and the public methods and properties of the classes."""
    for module, text in texts.items():
        for node in ast.parse(text).body:
            yield from (Named(module, name) for name in _constants(node))
            if not isinstance(node, ast.FunctionDef | ast.ClassDef) or _is_handed_on(node):
                continue
            if not node.name.startswith("_"):
                yield Named(module, node.name)
            if isinstance(node, ast.ClassDef):
                yield from (
                    Named(module, inner.name, node.name)
                    for inner in node.body
                    if isinstance(inner, ast.FunctionDef)
                    and not inner.name.startswith("_")
                    and not _is_handed_on(inner)
                )


def _constants(node: ast.stmt) -> list[str]:
    if not isinstance(node, ast.Assign | ast.AnnAssign):
        return []
    targets = node.targets if isinstance(node, ast.Assign) else [node.target]
    names = [name for target in targets for name in ast.walk(target) if isinstance(name, ast.Name)]
    return [name.id for name in names if name.id.isupper() and not name.id.startswith("_")]


def _is_handed_on(node: ast.FunctionDef | ast.ClassDef) -> bool:
    return any(HANDED_ON.match(ast.unparse(decorator)) for decorator in node.decorator_list)


def unnamed(texts: Texts, readers: Texts) -> list[Named]:
    """What these modules define and no reader names. readers: modules and templates in which a name counts.

    A docstring, a comment, an import and `__all__` do not count: to be spoken of or passed on is not to be used.
    """
    called, asked = set(), set()
    for name, text in readers.items():
        if name.endswith(".py"):
            names, attributes = words_of(text)
            called |= names
            asked |= attributes
        else:
            asked |= set(re.findall(r"[A-Za-z_]\w*", text))
    return [
        item for item in named(texts) if item.name not in asked and (item.owner or item.name not in called)
    ]


def words_of(text: str) -> tuple[set[str], set[str]]:
    """Names that a module reads; and the attributes that it reads, with what its strings may name."""
    names, attributes = set(), set()
    tree = ast.parse(text)
    listed = {
        id(constant)
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__"
        for constant in ast.walk(node.value)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
            names.add(node.id)
        elif isinstance(node, ast.Attribute):
            attributes.add(node.attr)
        elif isinstance(node, ast.alias) and node.asname:
            names.add(node.name)
        elif (
            isinstance(node, ast.Constant)
            and id(node) not in listed
            and isinstance(node.value, str)
            and re.fullmatch(r"[\w.:-]+", node.value)  # "ui.pages.Page", "has_next", "-starts_on__date"
        ):
            attributes |= set(re.split(r"[.:-]|__", node.value)) | {node.value}
    return names, attributes


def is_asked_for(item: Named) -> bool:
    """Whether Django finds this class by its base, or a class that is not ours has this method: of a package, of Python."""
    owner = getattr(importlib.import_module(_dotted(item.module)), item.owner or item.name)
    if not item.owner:
        return isinstance(owner, type) and issubclass(owner, FOUND_BY_BASE)
    others = [base for base in owner.__mro__ if base.__module__.partition(".")[0] not in OURS]
    return any(item.name in vars(base) for base in others) or item.name.startswith(("clean_", "filter_"))


def _dotted(module: str) -> str:
    return module.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def unused_classes(stylesheets: Texts, readers: Texts) -> list[str]:
    """Classes of the stylesheets that no reader names, whole or by the part before what it fills in."""
    everything = "\n".join(readers.values())
    found = {
        name
        for text in stylesheets.values()
        for name in re.findall(
            r"\.(-?[a-z][\w-]*)", re.sub(r"/\*.*?\*/|url\([^)]*\)", "", text, flags=re.DOTALL)
        )
    }
    words = set(re.findall(r"[a-z][\w-]*", everything))
    stems = set(re.findall(r"([a-z][\w-]*)\{", everything))
    return sorted(
        name
        for name in found
        if name not in words
        and not any(
            name.startswith(stem) and (stem.endswith(("-", "__")) or name.removeprefix(stem).isdigit())
            for stem in stems
        )
    )


def unknown_documents(readers: Texts, documents: set[str]) -> list[str]:
    """Documents that a text names and that are not in the repository, as `file: document`."""
    return sorted(
        {
            f"{name}: {found}"
            for name, text in readers.items()
            for found in re.findall(r"[\w./-]*\w\.md\b", text)
            if not any(
                path == found.lstrip("./") or path.endswith("/" + found.lstrip("./")) for path in documents
            )
        }
    )


def tags_of(text: str) -> set[str]:
    """Names of the tags and filters that a module registers."""
    by_name = set(re.findall(r'register\.\w+\(\s*"(\w+)"', text))
    for node in ast.parse(text).body:
        if isinstance(node, ast.FunctionDef):
            for decorator in map(ast.unparse, node.decorator_list):
                if decorator.startswith("register."):
                    named = re.search(r"name='(\w+)'", decorator)
                    by_name.add(named[1] if named else node.name)
    return by_name


def unused_tags(texts: Texts, templates: Texts) -> list[str]:
    """Tags and filters that no template uses, as `file: tag`."""
    used = {name for text in templates.values() for name in re.findall(r"(?:\{%\s*|\||\|\s*)(\w+)", text)}
    return [f"{module}: {tag}" for module, text in texts.items() for tag in sorted(tags_of(text) - used)]
