"""What a person can reach from the first page by following links, without a browser: quick, and it names dead links."""

import hashlib
import http.cookiejar
import re
import urllib.error
import urllib.request
from collections import Counter, deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cache
from urllib.parse import urldefrag, urlencode, urljoin, urlsplit

from django.urls import Resolver404, resolve
from lxml.html import HtmlElement, document_fromstring

from tests.strict import PageCheck, checked

NOT_FOLLOWED = ("/static/", "/demo/", "/beheer/tabellen/")
MAX_QUERIES = 12
# Pages that grew with what they show: to be brought back to twelve, and no higher meanwhile.
MORE = {
    "meetings:meeting-detail": 14,
    "partnerships:partnership-detail": 15,
    "partnerships:initiative-inside": 14,
}


# The same question for one row after another: a second time is chance, a third a loop.
MAX_ALIKE = 2
# The library asks of each way to confirm whether the person has it.
MORE_ALIKE = {"account_reauthenticate": 6}


@dataclass
class Answer:
    url: str
    status: int
    html: str
    queries: int
    alike: int = 0


@dataclass
class Reached:
    """`pages`: one path for each url name that answers with a page; `names`: every name that answered well.

    `shapes`: what those pages are made of, see `shapes_of`.
    """

    pages: dict[str, str] = field(default_factory=dict)
    shapes: dict[str, frozenset[str]] = field(default_factory=dict)
    names: set[str] = field(default_factory=set)
    faults: list[str] = field(default_factory=list)


class Visitor:
    """Keeps cookies, follows redirects."""

    def __init__(self, site_url: str) -> None:
        self.site_url = site_url
        jar = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        self._opener = urllib.request.build_opener(jar)

    def get(self, path: str) -> Answer:
        return self._open(urllib.request.Request(urljoin(self.site_url, path)))

    def send(self, path: str, fields: Sequence[tuple[str, str]]) -> Answer:
        data = urlencode(fields).encode()
        return self._open(urllib.request.Request(urljoin(self.site_url, path), data=data))

    def sign_in_as(self, key: str) -> None:
        token = checked(self.get("/demo/").html).token or ""
        answer = self.send("/demo/", [("csrfmiddlewaretoken", token), ("person", key)])
        assert answer.status == 200, f"signing in as {key} gave {answer.status} at {answer.url}"

    def _open(self, request: urllib.request.Request) -> Answer:
        try:
            response = self._opener.open(request, timeout=30)
        except urllib.error.HTTPError as error:
            response = error
        with response:
            is_page = response.headers.get_content_type() == "text/html"
            html = response.read().decode() if is_page else ""
            timing = dict(re.findall(r'(\w+);desc="(\d+)"', response.headers.get("Server-Timing", "")))
            counts = {name: int(timing.get(name, 0)) for name in ("queries", "alike")}
            return Answer(response.url, response.status, html, **counts)


@cache
def url_name(path: str) -> str:
    try:
        return resolve(path, urlconf="demo.urls").view_name or ""
    except Resolver404:
        return ""


class Crawl:
    """One person's way through the site: breadth first from `start`, then what of `probes` no link led to.

    A probe may be refused (it is not everybody's page), a link may not. Every page is checked as the test client
    checks it. A list of a hundred does not make a hundred visits: `samples(name)` of each url name, one with a query,
    and one that is the list as a file.
    """

    def __init__(self, visitor: Visitor, samples: Callable[[str], int]) -> None:
        self.visitor = visitor
        self.samples = samples
        self.reached = Reached()
        self._seen: set[str] = set()
        self._visits: Counter[tuple[str, str]] = Counter()

    def run(self, start: list[str], probes: list[str]) -> Reached:
        self._follow(start)
        for path in probes:
            if path not in self._seen:
                self._follow([path], refusable=path)
        return self.reached

    def _follow(self, start: list[str], refusable: str = "") -> None:
        waiting = deque(start)
        self._seen.update(start)
        while waiting:
            path = waiting.popleft()
            fresh = [link for link in self._visit(path, path == refusable) if link not in self._seen]
            waiting.extend(dict.fromkeys(fresh))
            self._seen.update(fresh)

    def _visit(self, path: str, refusable: bool) -> list[str]:
        """The links of a page; none where enough of its kind were seen."""
        name, kind = url_name(urlsplit(path).path), _kind_of(path)
        if self._visits[name, kind] >= (1 if kind else self.samples(name)):
            return []
        self._visits[name, kind] += 1
        answer = self.visitor.get(path)
        if answer.status >= 400 or not name:
            if not refusable or answer.status >= 500:
                self.reached.faults.append(f"{path} gave {answer.status}")
            return []
        landed = urlsplit(answer.url).path
        if url_name(landed) == "account_login" != name:  # the page is for others
            return []
        self.reached.names |= {name, url_name(landed)}
        if not answer.html:
            return []
        if url_name(landed) not in self.reached.pages:
            self.reached.pages[url_name(landed)] = landed
            self.reached.shapes[url_name(landed)] = shapes_of(answer.html)
        page = checked(answer.html)
        self.reached.faults += [f"{path}: {fault}" for fault in page.faults]
        if answer.queries > MORE.get(url_name(landed), MAX_QUERIES):
            self.reached.faults.append(f"{path} takes {answer.queries} queries")
        if answer.alike > MORE_ALIKE.get(url_name(landed), MAX_ALIKE):
            self.reached.faults.append(f"{path} asks the same {answer.alike} times")
        return _links(answer.url, page)


def shapes_of(html: str) -> frozenset[str]:
    """The elements with their classes, without the words: of what the page is about, and of all around it."""
    page = document_fromstring(html)
    main = page.find(".//main")
    inside = {} if main is None else dict.fromkeys(main.iter("*"))
    around = [element for element in page.iter("*") if element not in inside]
    return frozenset(
        part + hashlib.sha256(" ".join(map(_shape, elements)).encode()).hexdigest()
        for part, elements in (("main", inside), ("around", around))
    )


def _shape(element: HtmlElement) -> str:
    return f"{element.tag}.{element.get('class', '')}"


def _kind_of(path: str) -> str:
    """A page as it is, one of its lists as a file, or otherwise with a query."""
    query = urlsplit(path).query
    return "file" if "download=" in query else "query" if query else ""


def _links(url: str, page: PageCheck) -> list[str]:
    """Addresses on this site, in the order of the page."""
    found = []
    host = urlsplit(url).netloc
    for href in page.hrefs:
        parts = urlsplit(urldefrag(urljoin(url, href)).url)
        if (
            parts.netloc == host
            and parts.scheme.startswith("http")
            and not parts.path.startswith(NOT_FOLLOWED)
        ):
            found.append(f"{parts.path}?{parts.query}" if parts.query else parts.path)
    return found
