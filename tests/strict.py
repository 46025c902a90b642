"""What every page in every test must keep to; docs/conventions/tests.md lists it."""

import re
import sys
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.template import Template
from django.test import Client, TestCase

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
# Django's own pages: not ours to correct
NOT_OURS = ("/beheer/tabellen/",)


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


class PageCheck(HTMLParser):
    """Collects what a strict CSP blocks and what a careless form lacks; and where the page's links lead."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.faults: list[str] = []
        self.hrefs: list[str] = []
        self.token = ""
        self.post_form_without_token = ""
        self.ids: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        place = f"<{tag}> at line {self.getpos()[0]}"
        for name, value in values.items():
            if name == "style":
                self.faults.append(f"{place} has an inline style")
            elif name.startswith("on") or name.startswith("hx-on"):
                self.faults.append(f"{place} has an inline handler {name}")
            elif name in {"href", "src", "action"} and re.match(r"\s*(javascript|data):", value, re.I):
                self.faults.append(f"{place} has a {name} that the CSP blocks: {value[:30]}")
        if tag == "style":
            self.faults.append(f"{place}: inline style sheet")
        if tag == "script" and "src" not in values and values.get("type") != "application/json":
            self.faults.append(f"{place}: inline script")
        if "id" in values:
            if values["id"] in self.ids:
                self.faults.append(f"{place} repeats the id {values['id']}")
            self.ids.add(values["id"])
        if tag == "form" and values.get("method", "get").lower() == "post":
            self.post_form_without_token = place
        if tag == "input" and values.get("name") == "csrfmiddlewaretoken":
            self.post_form_without_token = ""
            self.token = values.get("value", "")
        if tag == "a" and values.get("href"):
            self.hrefs.append(values["href"])

    def handle_endtag(self, tag: str) -> None:
        if tag == "form" and self.post_form_without_token:
            self.faults.append(f"{self.post_form_without_token} posts without a CSRF token")
            self.post_form_without_token = ""

    def handle_data(self, data: str) -> None:
        if "{{" in data or "{%" in data:
            self.faults.append(f"unrendered template code at line {self.getpos()[0]}: {data.strip()[:60]}")


def checked(html: str) -> PageCheck:
    check = PageCheck()
    check.feed(html)
    check.close()
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
