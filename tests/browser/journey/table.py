"""A group of the partnership in which a client sits: asked by name and address, without working for any member."""

from tests.browser.journey.people import Person
from tests.browser.journey.world import PARTNERSHIP

MISSING = "section:has(#missing)"
GROUP, MANDATE = "Sectortafel thuis wonen", "We spreken uit wat thuis wonen vraagt van wie zorg krijgt."


def coordinator_makes_a_group(coordinator: Person) -> None:
    coordinator.opens(f"/coordinatie/{PARTNERSHIP}/groepen/").follows("Nieuwe groep")
    coordinator.fills(
        name=GROUP,
        kind="sectortafel",
        mandate=MANDATE,
        voice_carer_or_client="1",
    ).presses("Groep opslaan")
    coordinator.sees(MANDATE).sees("mantelzorger of cliënt", within=MISSING)


def coordinator_seats_a_client(coordinator: Person, client: Person) -> None:
    """Nobody knows this person yet: the seat is given by name and address, and the invitation goes by mail."""
    coordinator.follows("Student, cliënt of deskundige toevoegen").follows(
        "Iemand die niet in de lijst staat"
    )
    coordinator.fills(first_name="Hennie", last_name="Bewoner", email=client.email, kind="cliënt")
    coordinator.presses("Toevoegen").sees("Zonder account komt er een uitnodiging", within="body")
    coordinator.sees("Hennie Bewoner").sees_not("mantelzorger of cliënt", within=MISSING)


def client_reads_the_papers(client: Person) -> None:
    """One comes in at the group, and sees that group and nothing else of the partnership."""
    client.makes_account("Hennie", "Bewoner").sees(MANDATE, "Hennie Bewoner").fits_the_screen()
    client.opens("/groepen/").sees(GROUP)
    client.sees_not("Coördinatie", within="body")
    assert client.page.request.get(f"/coordinatie/{PARTNERSHIP}/groepen/").status in {403, 404}
