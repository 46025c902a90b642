"""What a PDF says: its text as it is copied, and its tags as a screen reader walks them."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pypdf


@dataclass
class Tag:
    """An element of the structure, such as L, LI, H1 or P."""

    kind: str
    children: list[Tag] = field(default_factory=list)

    def walk(self) -> Iterator[Tag]:
        """Itself and all below, in the order of reading."""
        yield self
        for child in self.children:
            yield from child.walk()

    def all(self, kind: str) -> Iterator[Tag]:
        """Every element of a kind, in the order of reading."""
        return (tag for tag in self.walk() if tag.kind == kind)

    def children_of(self, kind: str) -> list[Tag]:
        """Those of a kind right below."""
        return [child for child in self.children if child.kind == kind]


def text_of(content: bytes) -> str:
    """All pages, with single spaces."""
    reader = pypdf.PdfReader(io.BytesIO(content))
    return " ".join("\n".join(page.extract_text() for page in reader.pages).split())


def tags_of(content: bytes) -> Tag:
    """The tree of tags."""
    root: Any = pypdf.PdfReader(io.BytesIO(content)).trailer["/Root"]["/StructTreeRoot"]
    return _tag(root)


def _tag(element: Any) -> Tag:
    kids = element.get("/K", [])
    found = kids.get_object() if hasattr(kids, "get_object") else kids
    below = [kid.get_object() for kid in (found if isinstance(found, list) else [found])]
    tags = [_tag(kid) for kid in below if isinstance(kid, dict) and ("/S" in kid)]
    return Tag(str(element.get("/S", "/Root")).removeprefix("/"), tags)
