"""One visit of one page in the browser, and everything that must hold there."""

import gzip
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Response

# Looking for ::before and ::after behind each text takes axe two fifths of its time, and where it finds one it gives no
# verdict on the contrast. Without, it judges every text by what lies behind it otherwise.
WITHOUT_PSEUDO = "axe.configure({checks: [{id: 'color-contrast', options: {ignorePseudo: true}}]});"
AXE = (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8") + WITHOUT_PSEUDO
AXE_OPTIONS = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}
NARROW = (320, 390)
HTML_BUDGET, TOTAL_BUDGET = 15_000, 60_000  # bytes, compressed


@dataclass(frozen=True)
class Look:
    theme: str  # light or dark
    width: int

    def __str__(self) -> str:
        return f"{self.theme} {self.width}"


LOOKS = [Look("light", 1280), Look("dark", 390), Look("light", 390), Look("dark", 1280)]


class Watch:
    """Listens to a page: what the console reports, and how much it loads."""

    def __init__(self, context: BrowserContext) -> None:
        self.page: Page = context.new_page()
        self.faults: list[str] = []
        self.sizes: dict[str, int] = {}
        self._static: dict[str, int] = {}
        self.page.on("console", self._console)
        self.page.on("pageerror", lambda error: self.faults.append(f"script error: {error}"))
        self.page.on("response", self._response)

    def _console(self, message: ConsoleMessage) -> None:
        if message.type == "error" or "Content Security Policy" in message.text:
            self.faults.append(f"console: {message.text[:200]}")

    def _response(self, response: Response) -> None:
        kind = response.request.resource_type
        if response.status >= 400:
            self.faults.append(f"{response.url} gave {response.status}")
        elif kind in {"document", "stylesheet", "script"} and response.status == 200:
            self.sizes[kind] = self.sizes.get(kind, 0) + self._size(kind, response)

    def _size(self, kind: str, response: Response) -> int:
        if kind == "document":
            return 0  # measured from the page itself: its body is awkward to ask for inside this event
        if response.url not in self._static:
            length = response.headers.get("content-length")
            self._static[response.url] = int(length) if length else 0
        return self._static[response.url]

    def visit(self, url: str, looks: list[Look]) -> list[str]:
        """Open once, then look at it in each theme and width, and at last at the narrowest screen.

        With one look it is stretched as well: letters of twice the size, words of 90 letters. All looks together take so
        long that this is left to the run in which every page has one.
        """
        self.faults.clear()
        self.sizes.clear()
        self._dress(looks[0])
        response = self.page.goto(url, wait_until="load")
        assert response is not None
        self._check_weight(len(gzip.compress(response.body())))
        for look in looks:
            if look != looks[0]:
                self._dress(look)
            self._stretch(look)
            self.faults += [f"{look}: {fault}" for fault in self._axe()]
            self.faults += [f"{look}: {fault}" for fault in self.page.evaluate(UNTIDY)]
        for width in NARROW:
            self._fits(width, "")
        if len(looks) == 1:
            self._fits_when_stretched()
        return list(self.faults)

    def _fits_when_stretched(self) -> None:
        self.page.evaluate("document.documentElement.style.fontSize = '200%'")
        for width in NARROW:
            self._fits(width, " with text of twice the size")
        self.page.evaluate("document.documentElement.style.fontSize = ''")
        self.page.evaluate(LONG_WORDS)
        for width in NARROW:
            self._fits(width, " with a word of 90 letters")

    def _fits(self, width: int, when: str) -> None:
        self.page.set_viewport_size({"width": width, "height": 640})
        overflow = self.page.evaluate(SIDEWAYS)
        if overflow:
            self.faults.append(f"scrolls sideways at {width}{when}: {overflow}")

    def _dress(self, look: Look) -> None:
        # Without motion: axe would measure a colour half way its change from one theme to the other.
        self.page.emulate_media(color_scheme=look.theme, reduced_motion="reduce")  # type: ignore[arg-type]  # one of two words
        self.page.set_viewport_size({"width": look.width, "height": 900})

    def _stretch(self, look: Look) -> None:
        """As tall as the page, so that the fixed bar of phones lies below what one scrolls past it."""
        height = self.page.evaluate("document.documentElement.scrollHeight")
        self.page.set_viewport_size({"width": look.width, "height": max(900, height)})

    def _check_weight(self, html: int) -> None:
        total = html + sum(self.sizes.values())
        if html > HTML_BUDGET:
            self.faults.append(f"HTML of {html} bytes compressed")
        if total > TOTAL_BUDGET:
            self.faults.append(f"HTML, CSS and JavaScript of {total} bytes compressed")

    def _axe(self) -> list[str]:
        violations: list[dict[str, Any]] = self.page.evaluate(
            "options => window.axe.run(document, options).then(result => result.violations)", AXE_OPTIONS
        )
        return [
            f"axe {violation['id']}: {node['target']} {' '.join(node['html'].split())[:120]}"
            for violation in violations
            for node in violation["nodes"][:3]
        ]


# What axe does not mind and an eye does
UNTIDY = """() => {
  const style = element => getComputedStyle(element), faults = [];
  for (const icon of document.querySelectorAll("main .ico")) {
    const around = style(icon.parentElement).display;
    if (style(icon).display === "block" && !/flex|grid/.test(around))
      faults.push("an icon stands on a line of its own in " + icon.parentElement.textContent.trim().slice(0, 40));
  }
  for (const lead of document.querySelectorAll("h1 + .lead")) {
    const gap = lead.getBoundingClientRect().top - lead.previousElementSibling.getBoundingClientRect().bottom;
    if (gap < 8) faults.push(`the lead stands ${gap} px below its title`);
  }
  for (const list of document.querySelectorAll("ul, ol")) {
    if (style(list).listStyleType !== "none" && parseFloat(style(list).paddingInlineStart) < 16)
      faults.push("bullets or numbers stand outside their list: " + list.textContent.trim().slice(0, 40));
  }
  for (const element of document.querySelectorAll("main *:not(.vh, thead *, .journey__label, .journey__label *)")) {
    const own = [...element.childNodes].filter(node => node.nodeType === Node.TEXT_NODE);
    const {width, height} = element.getBoundingClientRect();
    const text = own.map(node => node.data).join(" ").trim();
    if (text.length > 8 && height > 6 * Math.max(width, 16))
      faults.push(`${Math.round(width)} px are left for the text ` + text.slice(0, 40));
  }
  for (const button of document.querySelectorAll(".btn")) {
    const texts = document.createTreeWalker(button, NodeFilter.SHOW_TEXT);
    for (let text = texts.nextNode(); text; text = texts.nextNode()) {
      for (const word of text.data.matchAll(/[\\p{L}]{2,16}/gu)) {
        const letters = document.createRange();
        letters.setStart(text, word.index);
        letters.setEnd(text, word.index + word[0].length);
        const lines = new Set([...letters.getClientRects()].map(line => Math.round(line.top)));
        if (lines.size > 1) faults.push("a button breaks within the word " + word[0]);
      }
    }
  }
  return faults;
}"""
# The first element that sticks out, for the message
SIDEWAYS = """() => {
  const root = document.documentElement;
  if (root.scrollWidth <= root.clientWidth) return "";
  for (const element of document.body.querySelectorAll("*")) {
    if (element.getBoundingClientRect().right > root.clientWidth + 1)
      return element.tagName.toLowerCase() + "." + element.className;
  }
  return "wider than the screen";
}"""
# What people and registers wrote gets a word that is longer than any box; our own short words stay.
LONG_WORDS = """() => {
  const word = "Ziekenhuisverplaatsingsbegeleiding".repeat(3).slice(0, 90);
  const own = ".btn, .status, .vh, .steps, .hint, .tabbar, thead, legend, label, summary, select, script, style, svg";
  const texts = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
  for (let text = texts.nextNode(); text; text = texts.nextNode())
    if (!text.parentElement.closest(own)) text.data = text.data.replace(/[\\p{L}]{3,}/u, word);
}"""
