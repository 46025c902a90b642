"""What the coordinator sees of it all: figures, never the plans."""

from tests.browser.journey.people import Person
from tests.browser.journey.world import PARTNERSHIP


def figures_of(coordinator: Person) -> dict[str, str]:
    """The figures of the first page by their labels."""
    coordinator.opens(f"/coordinatie/{PARTNERSHIP}/")
    found = coordinator.page.locator("main dl.figures > div")
    return {
        part.locator("dt").inner_text().strip(): part.locator("dd").first.inner_text().strip()
        for part in found.all()
    }


def have_changed(coordinator: Person, before: dict[str, str]) -> None:
    """Two seats were offered and one was given; that one student of many has a place stays hidden."""
    after = figures_of(coordinator)
    assert (before["Vrije plekken"], after["Vrije plekken"]) == ("0", "1")
    assert (before["Studenten geplaatst"], after["Studenten geplaatst"]) == ("0", "niet getoond")
    # Nor is what it could be counted from.
    coordinator.sees_not("van 2 aangeboden plekken").sees_not("Yara")
