"""What every page in every test must keep to; docs/conventions/tests.md lists it."""

import re
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.conf import settings
from django.template import Template
from django.test import Client, TestCase
from lxml import etree
from lxml.html import HtmlElement, document_fromstring

# Django's own pages: not ours to correct
NOT_OURS = ("/beheer/tabellen/",)
# Their forms stand on pages that are kept for everyone: the browser says instead that they are ours
ASK_NO_TOKEN = ("/taal/", "/thema/")
DATA = ("application/json", "application/ld+json")  # which no browser runs
ADDRESSES = {"href", "src", "action"}
BLOCKED = re.compile(r"\s*(javascript|data):", re.IGNORECASE)


class UndefinedVariable(AssertionError):
    """A template used a name that its view does not pass."""


class RefuseUndefined(str):
    """For TEMPLATES' string_if_invalid: fails where one of our own templates prints an undefined variable."""

    def __new__(cls) -> "RefuseUndefined":
        return super().__new__(cls, "%s")

    def __mod__(self, name: Any) -> str:
        origin = _template_being_rendered()
        if origin.startswith(str(settings.ROOT / "templates")):
            raise UndefinedVariable(
                f"{Path(origin).relative_to(settings.ROOT)} prints {name}, which is undefined"
            )
        return ""


def _template_being_rendered() -> str:
    """Django does not hand the template over, so look for it on the stack, nearest first."""
    frame: Any = sys._getframe(2)
    while frame is not None:
        node = frame.f_locals.get("self")
        origin = getattr(node, "origin", None)
        if origin is not None and (isinstance(node, Template) or hasattr(node, "token")):
            return str(origin.name)
        frame = frame.f_back
    return ""


@dataclass
class PageCheck:
    """What a strict CSP blocks and what a careless form lacks; where the page's links lead; its CSRF token."""

    faults: list[str] = field(default_factory=list)
    hrefs: list[str] = field(default_factory=list)
    token: str = ""
    _ids: set[str] = field(default_factory=set)

    def see(self, element: HtmlElement) -> None:
        tag, values = element.tag, element.attrib
        place = f"<{tag}> at line {element.sourceline}"
        for name, value in values.items():
            if name == "class":
                continue
            if name == "style":
                self.faults.append(f"{place} has an inline style")
            elif name.startswith(("on", "hx-on")):
                self.faults.append(f"{place} has an inline handler {name}")
            elif name in ADDRESSES and BLOCKED.match(value):
                self.faults.append(f"{place} has a {name} that the CSP blocks: {value[:30]}")
        if tag == "style":
            self.faults.append(f"{place}: inline style sheet")
        if tag == "script" and "src" not in values and values.get("type") not in DATA:
            self.faults.append(f"{place}: inline script")
        if "id" in values:
            if values["id"] in self._ids:
                self.faults.append(f"{place} repeats the id {values['id']}")
            self._ids.add(values["id"])
        if tag == "form" and values.get("method", "get").lower() == "post":
            token = element.find(".//input[@name='csrfmiddlewaretoken']")
            if token is None and values.get("action") not in ASK_NO_TOKEN:
                self.faults.append(f"{place} posts without a CSRF token")
            elif token is not None:
                self.token = token.get("value", "")
        if tag == "form" and element.find(".//input[@type='password']") is not None:
            names = element.xpath(".//input[@autocomplete='username' or @autocomplete='email']")
            if not names:
                self.faults.append(f"{place} asks for a password without saying whose")
        if tag == "option" and (element.text or "").strip() == "---------":
            self.faults.append(f"{place} has no words for an open choice")
        if tag == "a" and values.get("href"):
            self.hrefs.append(values["href"])


def checked(html: str) -> PageCheck:
    check = PageCheck()
    root = document_fromstring(html or "<html></html>")  # a redirect has no text
    for element in root.iter(etree.Element):
        check.see(element)
    whole = root.xpath("string()", smart_strings=False)
    if "{{" in whole or "{%" in whole:
        check.faults += [
            f"unrendered template code: {text.strip()[:60]}"
            for text in root.itertext()
            if "{{" in text or "{%" in text
        ]
    return check


class StrictClient(Client):
    """Django's client that runs what waits for the commit, and refuses careless pages."""

    def request(self, **request: Any) -> Any:
        with TestCase.captureOnCommitCallbacks(execute=True):
            response = super().request(**request)
        html = response.get("Content-Type", "").startswith("text/html") and not response.streaming
        if html and not request["PATH_INFO"].startswith(NOT_OURS):
            faults = checked(response.content.decode()).faults
            if faults:
                raise AssertionError(f"{request['PATH_INFO']}: " + "; ".join(faults))
        return response
