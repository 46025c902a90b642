"""Everyone may search; what is found is another matter (test_search)."""

import pytest
from django.urls import reverse

from tests.roles import Around, enter, expected, people

COLUMNS = ("anonymous", "outsider")
MATRIX = {("GET", "search"): {"*": 200}}


@pytest.mark.django_db
@pytest.mark.parametrize("column", COLUMNS)
@pytest.mark.parametrize(("method", "name"), MATRIX)
def test_access(client, method, name, column):
    enter(client, people([column], Around())[column])
    assert client.generic(method, reverse(f"search:{name}"), {"q": "zorg"}).status_code == 200
    assert expected(MATRIX, column)[method, name] == 200
