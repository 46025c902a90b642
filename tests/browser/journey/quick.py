"""Someone without a browser, for the many who do what one of them does in a browser: as quick as the site answers."""

from __future__ import annotations

import re
from typing import Any, Self
from urllib.parse import urlencode, urljoin, urlsplit

from lxml import html

from tests.browser.crawler import Visitor
from tests.browser.journey.people import Someone
from tools.local.site import Site


class Quick(Someone):
    """Follows the links and sends the forms that a page has, as they stand there, by the same words as a hand would."""

    def __init__(self, site: Site, email: str) -> None:
        super().__init__(site, email)
        self.site_url = site.url
        self.signs_out()

    def opens(self, path: str) -> Self:
        self.pressed += 1
        return self._arrives(self.visitor.get(path))

    def _arrives(self, answer: Any) -> Self:
        assert answer.status == 200, f"{answer.url} gave {answer.status}: {answer.html[:300]}"
        self.url = answer.url
        self.body = html.document_fromstring(answer.html).body
        self.main = self.body.find(".//main")
        return self

    def follows(self, name: str, *, within: str = "main") -> Self:
        self.pressed += 1
        (link, *_others) = [item for item in self.main.iter("a") if name in _words(item)]
        return self._arrives(self.visitor.get(urljoin(self.url, link.get("href"))))

    def presses(self, name: str, *, within: str = "main") -> Self:
        self.pressed += 1
        (button, *_others) = [item for item in self.main.iter("button") if name in _words(item)]
        form = next(item for item in button.iterancestors("form"))
        sent = form.form_values() + (
            [(button.get("name"), button.get("value"))] if button.get("name") else []
        )
        to = urljoin(self.url, button.get("formaction") or form.get("action") or "")
        if form.get("method", "get").lower() == "post":
            return self._arrives(self.visitor.send(to, sent))
        return self._arrives(self.visitor.get(f"{to.partition('?')[0]}?{urlencode(sent)}"))

    def fills(self, **answers: object) -> Self:
        for name, answer in answers.items():
            field = next(item for item in self.main.iter("input", "textarea") if item.get("name") == name)
            if field.get("type") == "checkbox":
                self.pressed += 1
                field.checked = bool(answer)
            else:
                self.typed.append(name)
                field.value = str(answer)
        return self

    def sees(self, *words: str, within: str = "main") -> Self:
        text = _words(self.body)
        for word in words:
            assert word.lower() in text.lower(), f"no {word!r} at {self.url}: {text[:500]}"
        return self

    @property
    def path(self) -> str:
        return urlsplit(self.url).path

    def signs_out(self) -> Self:
        self.visitor = Visitor(self.site_url)
        return self


def _words(element: Any) -> str:
    return re.sub(r"\s+", " ", element.text_content()).strip()
