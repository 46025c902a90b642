"""How a browser signs in as one of the demo's people."""

from playwright.sync_api import Page


def sign_in(page: Page, person: str, site: str = "") -> None:
    """Press the demo's button of this person and wait until the first page has loaded whole.

    A press alone returns while that page is still coming in: what is counted then is counted in half a page.
    `site` is the address of the running portal, where the page's context does not know it.
    """
    page.goto(f"{site}/demo/")
    with page.expect_navigation():
        page.locator(f"form:has(input[value='{person}']) button").click()
