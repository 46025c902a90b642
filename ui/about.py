"""What a public page tells search engines and whoever shares it: title, description, address, picture, and what it is."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.templatetags.static import static
from django.utils.safestring import SafeString, mark_safe

PICTURE = "img/share.png"  # 1200 × 630, which every network shows whole
# What closes a script, or begins a tag, in text that stands in one.
_ESCAPES = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


@dataclass(frozen=True)
class About:
    """`kind` is the type at schema.org and `more` its further properties, as plain values; `path` is the page's own."""

    title: str
    text: str
    path: str
    kind: str
    more: Mapping[str, Any] = field(default_factory=dict)
    picture: str = PICTURE

    @property
    def url(self) -> str:
        """The one address of the page, whatever filters or language were asked for."""
        return absolute(self.path)

    @property
    def picture_url(self) -> str:
        """The picture's whole address."""
        return absolute(static(self.picture))

    @property
    def json_ld(self) -> SafeString:
        """JSON-LD for a script element, in which nothing can end that element."""
        said = {
            "@context": "https://schema.org",
            "@type": self.kind,
            "name": self.title,
            "description": self.text,
            "url": self.url,
            **{name: value for name, value in self.more.items() if value},
        }
        return mark_safe(json.dumps(said, ensure_ascii=False).translate(_ESCAPES))  # noqa: S308  # nosec B308 B703 - escaped here


def absolute(path: str) -> str:
    """The address with the portal's own name before it; one that has a name already stays."""
    return path if path.startswith(("http://", "https://")) else f"{settings.SITE_URL}{path}"
