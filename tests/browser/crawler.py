"""What a person can reach from the first page by following links, without a browser: quick, and it names dead links."""

import http.cookiejar
import urllib.error
import urllib.request
from collections import Counter, deque
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urldefrag, urlencode, urljoin, urlsplit

from django.urls import Resolver404, resolve

from tests.strict import page_faults

INSTANCES = 2  # of each url name, so that a list of a hundred does not make a hundred visits
VARIANTS = 1  # of each url name with a query (filter, page, sort)
NOT_FOLLOWED = ("/static/", "/demo/", "/beheer/tabellen/")
MAX_QUERIES = 12


class Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.hrefs: list[str] = []
        self.token = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if tag == "a" and values.get("href"):
            self.hrefs.append(values["href"] or "")
        if tag == "input" and values.get("name") == "csrfmiddlewaretoken":
            self.token = values.get("value") or ""


@dataclass
class Answer:
    url: str
    status: int
    html: str
    queries: int


@dataclass
class Reached:
    """`pages`: one path for each url name that answers with a page; `names`: every name that answered well."""

    pages: dict[str, str] = field(default_factory=dict)
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

    def sign_in_as(self, key: str) -> None:
        links = Links()
        links.feed(self.get("/demo/").html)
        fields = {"csrfmiddlewaretoken": links.token, "person": key}
        request = urllib.request.Request(urljoin(self.site_url, "/demo/"), data=urlencode(fields).encode())
        answer = self._open(request)
        assert answer.status == 200, f"signing in as {key} gave {answer.status} at {answer.url}"

    def _open(self, request: urllib.request.Request) -> Answer:
        try:
            response = self._opener.open(request, timeout=30)
        except urllib.error.HTTPError as error:
            response = error
        with response:
            is_page = response.headers.get_content_type() == "text/html"
            html = response.read().decode() if is_page else ""
            timing = response.headers.get("Server-Timing", "")
            queries = int(timing.partition('desc="')[2].rstrip('"') or 0)
            return Answer(response.url, response.status, html, queries)


def url_name(path: str) -> str:
    try:
        return resolve(path, urlconf="portal.demo.urls").view_name or ""
    except Resolver404:
        return ""


def reachable(visitor: Visitor, start: list[str], probes: list[str]) -> Reached:
    """Breadth first from `start`, then `probes`; every page is checked as the test client checks it.

    A probe may be refused (it is not everybody's page); a link may not.
    """
    reached = Reached()
    waiting, seen = deque([*start, *(path for path in probes if path not in start)]), set(start)
    only_probed = set(probes) - set(start)
    visits: Counter[tuple[str, bool]] = Counter()
    while waiting:
        path = waiting.popleft()
        name, has_query = url_name(urlsplit(path).path), "?" in path
        if visits[name, has_query] >= (VARIANTS if has_query else INSTANCES):
            continue
        visits[name, has_query] += 1
        answer = visitor.get(path)
        if answer.status >= 400 or not name:
            if path not in only_probed or answer.status >= 500:
                reached.faults.append(f"{path} gave {answer.status}")
            continue
        reached.names |= {name, url_name(urlsplit(answer.url).path)}
        if not answer.html:
            continue
        landed = urlsplit(answer.url).path
        reached.pages.setdefault(url_name(landed), landed)
        reached.faults += [f"{path}: {fault}" for fault in page_faults(answer.html)]
        if answer.queries > MAX_QUERIES:
            reached.faults.append(f"{path} takes {answer.queries} queries")
        for link in _links(answer):
            only_probed.discard(link)
            if link not in seen:
                seen.add(link)
                waiting.append(link)
    return reached


def _links(answer: Answer) -> list[str]:
    """Addresses on this site, in the order of the page."""
    links = Links()
    links.feed(answer.html)
    found = []
    host = urlsplit(answer.url).netloc
    for href in links.hrefs:
        parts = urlsplit(urldefrag(urljoin(answer.url, href)).url)
        if (
            parts.netloc == host
            and parts.scheme.startswith("http")
            and not parts.path.startswith(NOT_FOLLOWED)
        ):
            found.append(f"{parts.path}?{parts.query}" if parts.query else parts.path)
    return found
