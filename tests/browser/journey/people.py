"""People of the journey: an address where mail arrives, a browser of their own, and what hands and eyes do."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Self
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.journey.world import PASSWORD
from tests.browser.mailbox import Mailbox
from tools.local.site import Site

PHONE, DESK = 390, 1280


class Someone:
    """Opens pages by links in mails and on pages; types into fields by their names; presses what is written."""

    def __init__(self, site: Site, email: str) -> None:
        self.email = email
        self.mailbox = Mailbox(site.mail)
        self.pressed = (
            0  # links, buttons, boxes and choices, and pages that a menu leads to; not what signing in takes
        )
        self.typed: list[str] = []  # the fields in which something was written

    def opens(self, path: str) -> Self:
        """The page with that address."""
        raise NotImplementedError

    def follows(self, name: str, *, within: str = "main") -> Self:
        """The link with these words; `within` narrows to a part of the page, by selector or by words in a row."""
        raise NotImplementedError

    def presses(self, name: str, *, within: str = "main") -> Self:
        """The button with these words."""
        raise NotImplementedError

    def fills(self, **answers: object) -> Self:
        """By the name of the field: text, date, choice by its words, True or False for a box, a file by its path."""
        raise NotImplementedError

    def sees(self, *words: str, within: str = "main") -> Self:
        """These words, small or capital."""
        raise NotImplementedError

    @property
    def path(self) -> str:
        """Where one is."""
        raise NotImplementedError

    def signs_out(self) -> Self:
        """As one whose session is over."""
        raise NotImplementedError

    def leaves(self) -> Self:
        """Closes the page and stays signed in."""
        return self

    def fits_the_screen(self) -> Self:
        """Nothing to scroll sideways."""
        return self

    def opens_mail(self, subject: str) -> Self:
        """The newest mail to this person about that; follows its link."""
        self.opens(self.mailbox.link(self.email, subject))
        self.pressed -= 1
        return self

    @contextmanager
    def uncounted(self) -> Iterator[None]:
        """What is pressed and typed within the block is not counted."""
        pressed, typed = self.pressed, list(self.typed)
        yield
        self.pressed, self.typed = pressed, typed

    def gives_password(self) -> Self:
        """On the sign-in page that a link of a mail led to; goes on to what the link was for."""
        with self.uncounted():
            return self.fills(login=self.email, password=PASSWORD).presses("Inloggen")

    def signs_in(self) -> Self:
        return self.opens("/account/inloggen/").gives_password()

    def makes_account(self, first_name: str, last_name: str, *, subject: str = "Uitnodiging") -> Self:
        """From the mailed invitation to the first page."""
        self.opens_mail(subject).fills(first_name=first_name, last_name=last_name, password=PASSWORD)
        return self.presses("Mijn account maken")


class Person(Someone):
    """In a browser."""

    def __init__(
        self, site: Site, browser: Browser, email: str, *, width: int = DESK, scripts: bool = True
    ) -> None:
        super().__init__(site, email)
        self.context = browser.new_context(
            base_url=site.url,
            viewport={"width": width, "height": 900},
            locale="nl-NL",
            timezone_id="Europe/Amsterdam",
            accept_downloads=True,
            java_script_enabled=scripts,
        )
        self.context.set_default_timeout(60_000)  # an act for thirty on a busy machine
        self.scripts = scripts
        self.faults: list[str] = []
        self.page = self._new_page()

    def _new_page(self) -> Page:
        page = self.context.new_page()
        page.on("pageerror", lambda error: self.faults.append(f"{page.url}: {error}"))
        page.on("console", lambda message: self._console(message.type, message.text))
        return page

    def _console(self, kind: str, text: str) -> None:
        if kind in {"error", "warning"}:
            self.faults.append(f"{self.page.url}: {text[:300]}")

    # Going somewhere

    def opens(self, path: str) -> Self:
        if self.page.is_closed():
            self.page = self._new_page()
        self.pressed += 1
        answer = self.page.goto(path)
        assert answer is not None
        assert answer.ok, f"{path} gave {answer.status}: {self.text()[:300]}"
        return self

    def leaves(self) -> Self:
        """The next link that is opened opens a new page."""
        self.page.close()
        return self

    def follows(self, name: str, *, within: str = "main") -> Self:
        self.pressed += 1
        self._in(within).get_by_role("link", name=name).first.click()
        return self._arrived()

    def presses(self, name: str, *, within: str = "main") -> Self:
        self.pressed += 1
        self._in(within).get_by_role("button", name=name).first.click()
        return self._arrived()

    def _in(self, within: str) -> Locator:
        return self.page.locator(within).first

    def _arrived(self) -> Self:
        self.page.wait_for_load_state("domcontentloaded")
        return self

    # Typing

    def fills(self, **answers: object) -> Self:
        for name, answer in answers.items():
            self._fill(name, answer)
        return self

    def _fill(self, name: str, answer: object) -> None:
        named = f":is([name='{name}'], [name$='-{name}'])"  # forms that share a page carry a prefix
        field = self.page.locator(f"main {named}:not([type=hidden])").first
        expect(field, f"{name} at {self.page.url}").to_be_attached()
        kind = field.get_attribute("type") or field.evaluate("element => element.localName")
        if kind in {"radio", "checkbox", "select"}:
            self.pressed += 1
        else:
            self.typed.append(name)
        if kind in {"radio", "checkbox"} and not isinstance(answer, bool):
            for words in answer if isinstance(answer, (list, tuple)) else [answer]:
                label = self.page.locator(f"main label:has({named})", has_text=str(words)).first
                label.locator("input").check()
        elif kind == "checkbox":
            field.set_checked(bool(answer))
        elif kind == "file":
            field.set_input_files(answer)  # type: ignore[arg-type]  # a file where the field is one
        elif kind == "select":
            field.select_option(label=self._option(field, str(answer)))
        elif isinstance(answer, (list, tuple)):  # boxes under one name, such as the days of a week
            boxes = self.page.locator(f"main {named}")
            for at, text in enumerate(answer):
                boxes.nth(at).fill(str(text))
        else:
            field.fill(str(answer))

    @staticmethod
    def _option(field: Locator, words: str) -> str:
        labels = field.locator("option").all_inner_texts()
        found = [label for label in labels if words in label]
        assert found, f"no option with {words!r}, only {labels}"
        return found[0].strip()

    # Looking

    def text(self) -> str:
        return self.page.locator("body").inner_text()

    def sees(self, *words: str, within: str = "main") -> Self:
        for word in words:
            expect(self._in(within), f"{self.email} at {self.page.url}").to_contain_text(
                re.compile(re.escape(word), re.IGNORECASE)
            )
        return self

    def is_told(self, words: str) -> Self:
        """A message after an act on a part of the page; the focus goes there, as the button is gone."""
        message = self.page.locator(".messages", has_text=words)
        expect(message).to_be_visible()
        if self.scripts:
            expect(message).to_be_focused()
        return self

    def sees_not(self, *words: str, within: str = "main") -> Self:
        for word in words:
            expect(self._in(within)).not_to_contain_text(word)
        return self

    @property
    def path(self) -> str:
        return urlsplit(self.page.url).path

    def downloads(self, name: str) -> Path:
        """Where the file that this link gives was kept."""
        with self.page.expect_download() as arriving:
            self.page.locator("main").get_by_role("link", name=name).first.click()
        return Path(arriving.value.path())

    # Being someone

    def signs_out(self) -> Self:
        self.context.clear_cookies()
        return self

    def fits_the_screen(self) -> Self:
        wide = self.page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        assert wide <= 0, f"{self.page.url} scrolls sideways by {wide} px"
        return self
