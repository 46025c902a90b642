"""Administrators' pages of qualifications."""

import pytest
from django.urls import reverse

from tests.factories.accounts import UserFactory
from tests.factories.programmes import QualificationFactory, WorkProcessFactory
from tests.helpers import login
from tests.programmes.lists import GOOD, file_of, upload

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator(client):
    return login(client, UserFactory(is_staff=True))


@pytest.mark.parametrize("count", [1, 3])
def test_list_query_count(administrator, django_assert_num_queries, count):
    WorkProcessFactory.create_batch(count)
    with django_assert_num_queries(3):  # account with its session, count, page
        response = administrator.get(reverse("programmes:qualification-list"))
    assert len(response.context["page"]) == count


def test_list_without_rows_says_what_to_do(administrator):
    response = administrator.get(reverse("programmes:qualification-list"))
    assert "Er zijn nog geen kwalificaties." in response.content.decode()


def test_no_file_asks_for_one(administrator):
    response = administrator.post(reverse("programmes:qualification-import"), {})
    assert response.context["form"].errors["file"] == ["Kies een bestand."]


def test_markup_in_a_file_is_shown_as_text(administrator):
    response = upload(administrator, file_of(GOOD.replace("Bereidt voor", "<b>Bereidt</b>")))
    assert "&lt;b&gt;Bereidt&lt;/b&gt;" in response.content.decode()


def test_template_is_a_csv_file(administrator):
    QualificationFactory()
    response = administrator.get(reverse("programmes:qualification-template"))
    assert response["Content-Type"].startswith("text/csv")
    assert response.content.startswith(b"\xef\xbb\xbfcrebo;dossier_crebo;")
