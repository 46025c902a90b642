"""The map of the provinces in light and dark: its figures can be read, and what has something stands out from the ground."""

import re
from typing import Literal

import pytest
from playwright.sync_api import Browser

from tools.local.site import Site

SEEN, READ = 3, 4.5  # WCAG 2.2, 1.4.11 and 1.4.3
COLOURS = """() => [...document.querySelectorAll(".nlmap a")].map(link => {
    let ground = link.closest(".nlmap");
    while (getComputedStyle(ground).backgroundColor === "rgba(0, 0, 0, 0)") ground = ground.parentElement;
    return [
        getComputedStyle(link.querySelector("use")).fill,
        getComputedStyle(link.querySelector("text")).fill,
        getComputedStyle(ground).backgroundColor,
    ];
})"""


def light(colour: str) -> float:
    """The relative luminance of a colour as a browser gives it."""
    parts = [int(part) / 255 for part in re.findall(r"\d+", colour)[:3]]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((light(one), light(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def faults(colours: list[list[str]]) -> list[str]:
    """Provinces that hardly differ from what lies behind them, and figures that hardly differ from their province."""
    found = []
    for province, figure, ground in colours:
        if contrast(province, ground) < SEEN:
            found.append(f"{province} on {ground}")
        if contrast(figure, province) < READ:
            found.append(f"the figure {figure} on {province}")
    return found


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", ["/", "/initiatieven/"])
def test_map_can_be_seen_and_read(
    site: Site, browser: Browser, path: str, scheme: Literal["light", "dark"]
) -> None:
    size = {"width": 1280, "height": 900}
    with browser.new_context(viewport=size, color_scheme=scheme) as context:
        page = context.new_page()
        page.goto(site.url + path)
        colours = page.evaluate(COLOURS)
    assert len(colours) >= 3
    assert len({province for province, _figure, _ground in colours}) >= 2
    assert faults(colours) == []


def test_colours_that_hardly_differ_are_seen() -> None:
    white, pale, ink = "rgb(255, 255, 255)", "rgb(143, 196, 197)", "rgb(16, 41, 45)"
    assert faults([[ink, white, white]]) == []
    assert len(faults([[pale, ink, white], [pale, white, white]])) == 3
