"""No grant outlives its source: whatever fact ends, in whatever order, nothing of what rested on it is read any more.

Each fact alone, on every page that told of it; every ordered pair of facts on which one grant rests, by the rows that
are there for the reader; and, since all orders are too many, some drawn by a fixed seed: by rows after each end, by pages
after the last. Accounts stay open in those, for whoever cannot sign in reads nothing anyway.
"""

import copy
import random
from collections import defaultdict
from contextlib import contextmanager
from itertools import permutations

import pytest
from django.db import transaction

from tests.browser.crawler import Answer, Crawl
from tests.canaries import words_of
from tests.helpers import login
from tests.portal.grants import CANARIES, ENDS, GRANTS, READERS, Region, region
from tests.strict import StrictClient

pytestmark = pytest.mark.django_db
FACTS = tuple(dict.fromkeys(fact for grant in GRANTS for fact in grant.rests_on))
PAIRS = sorted({pair for grant in GRANTS for pair in permutations(grant.rests_on, 2)})
ORDERS = 3
SEED = 20261128


@pytest.fixture(scope="module")
def made(once):
    return once(region)


@pytest.fixture(scope="module")
def signed_in(made, once):
    return once(lambda: {reader: login(StrictClient(), made.people[reader]) for reader in READERS})


@pytest.fixture
def clients(signed_in):
    """Each with the session as it began: where it ends, what ended is undone, but the browser forgot it."""
    found = {reader: StrictClient() for reader in signed_in}
    for reader, client in found.items():
        client.cookies = copy.deepcopy(signed_in[reader].cookies)
    return found


@pytest.fixture(scope="module")
def told(made, signed_in, once):
    """By reader and what is read the addresses that tell of it, of all that links lead to."""
    return once(lambda: {reader: _told(client) for reader, client in signed_in.items()})


def _told(client: StrictClient) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)

    class Looks:
        def get(self, path: str) -> Answer:
            response = client.get(path, follow=True)
            said = words_of(response) if response.status_code == 200 else ""
            for what, canary in CANARIES.items():
                if canary in said:
                    found[what].append(path)
            landed = response.redirect_chain[-1][0] if response.redirect_chain else path
            is_page = response.get("Content-Type", "").startswith("text/html")
            html = response.content.decode() if is_page else ""
            return Answer(f"https://leerpact.example{landed}", response.status_code, html, 0)

    Crawl(Looks(), lambda name: 4).run(["/mijn/", "/"], [])  # type: ignore[arg-type]  # as a visitor
    return found


def resting_on(*facts: str) -> list:
    return [grant for grant in GRANTS if set(facts) & set(grant.rests_on)]


def still_told(clients, grants, told) -> dict:
    """By grant the addresses that still tell of it; a reader opens each address once for all that stood there."""
    said: dict[tuple[str, str], str] = {}
    found = defaultdict(list)
    for grant in grants:
        for path in told[grant.reader][grant.reads]:
            if (grant.reader, path) not in said:
                said[grant.reader, path] = words_of(clients[grant.reader].get(path, follow=True))
            if CANARIES[grant.reads] in said[grant.reader, path]:
                found[grant].append(path)
    return found


@contextmanager
def taken_back():
    """What happens inside is undone."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def test_every_grant_is_there_and_told_of_on_a_page(made, told):
    assert [grant for grant in GRANTS if not made.reads(grant)] == []
    assert [grant for grant in GRANTS if not told[grant.reader][grant.reads]] == []
    assert set(FACTS) == set(ENDS)


def test_what_is_still_told_is_found(clients, told):
    """While every fact holds, each grant is told of wherever it was."""
    assert still_told(clients, GRANTS, told) == {grant: told[grant.reader][grant.reads] for grant in GRANTS}


@pytest.mark.parametrize("fact", FACTS)
def test_nothing_is_told_of_what_rested_on_a_fact_that_ended(made, clients, told, fact):
    with taken_back():
        assert made.end(fact)
        assert [grant for grant in resting_on(fact) if made.reads(grant)] == []
        found = still_told(clients, resting_on(fact), told)
    assert found == {}


@pytest.mark.parametrize("first", FACTS)
def test_what_ends_after_another_brings_nothing_back(made: Region, first):
    found = []
    with taken_back():
        assert made.end(first)
        for second in [other for one, other in PAIRS if one == first]:
            with taken_back():
                made.end(second)
                found += [(second, grant) for grant in resting_on(first, second) if made.reads(grant)]
    assert found == []


@pytest.mark.parametrize("number", range(ORDERS))
def test_nothing_comes_back_whatever_the_order(made, clients, told, number):
    order = [fact for fact in FACTS if not fact.startswith("account")]
    random.Random(SEED + number).shuffle(order)
    with taken_back():
        for at, fact in enumerate(order):
            made.end(fact)
            over = resting_on(*order[: at + 1])
            assert [grant for grant in over if made.reads(grant)] == [], order[: at + 1]
        found = still_told(clients, GRANTS, told)
    assert found == {}
