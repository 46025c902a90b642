"""Who gets what from the pages that join several apps."""

import pytest
from django.urls import reverse

from tests.roles import Around, enter, expected, people

COLUMNS = ("anonymous", "outsider")
MATRIX = {
    ("GET", "livez"): {"*": 200},
    ("GET", "readyz"): {"*": 200},
    ("GET", "metrics"): {"*": 404},  # but for who gives the token: test_metrics.py
    ("POST", "set-language"): {"*": 302},
    ("POST", "set-theme"): {"*": 302},
    ("GET", "home"): {"*": 200},
    ("GET", "for-employers"): {"*": 200},
    ("GET", "for-students"): {"*": 200},
    ("GET", "robots"): {"*": 200},
    ("GET", "sitemap"): {"*": 200},
    ("GET", "sitemap-section"): {"*": 200},
    ("GET", "about"): {"*": 200},
    ("GET", "help"): {"*": 200},
    ("GET", "accessibility"): {"*": 200},
    ("GET", "privacy"): {"*": 200},
    ("GET", "colophon"): {"*": 200},
    ("GET", "styleguide"): {"*": 200},  # in production 404, except for staff: test_styleguide.py
    ("GET", "administration"): {"anonymous": 302, "*": 403},
    ("GET", "start"): {"anonymous": 302, "*": 200},  # with a role it leads on: test_navigation.py
}


@pytest.mark.django_db
@pytest.mark.parametrize("column", COLUMNS)
@pytest.mark.parametrize(("method", "name"), MATRIX)
def test_access(client, method, name, column):
    enter(client, people([column], Around())[column])
    url = reverse(name, args=["initiatieven"] if name == "sitemap-section" else None)
    assert client.generic(method, url).status_code == expected(MATRIX, column)[method, name]
