"""Administrators' pages of qualifications."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from programmes.models import QualificationFile, WorkProcess
from tests.factories.accounts import UserFactory
from tests.factories.programmes import QualificationFactory, WorkProcessFactory
from tests.helpers import login
from tests.programmes.test_qualifications_import import GOOD, HOSTILE_FILES, file_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator(client):
    return login(client, UserFactory(is_staff=True))


def upload(client, content: bytes, name: str = "kwalificaties.csv"):
    return client.post(
        reverse("programmes:qualification-import"), {"file": SimpleUploadedFile(name, content)}
    )


def held_in(response) -> str:
    return re.search(r'name="held" value="([^"]+)"', response.content.decode())[1]


@pytest.mark.parametrize("count", [1, 3])
def test_list_query_count(administrator, django_assert_num_queries, count):
    WorkProcessFactory.create_batch(count)
    with django_assert_num_queries(6):  # session, user, memberships, seats, count, page
        response = administrator.get(reverse("programmes:qualification-list"))
    assert len(response.context["page"]) == count


def test_list_without_rows_says_what_to_do(administrator):
    response = administrator.get(reverse("programmes:qualification-list"))
    assert "Er zijn nog geen kwalificaties." in response.content.decode()


def test_check_then_commit(administrator):
    response = upload(administrator, file_of(GOOD))
    assert "1 rij, geen fouten" in response.content.decode()
    assert QualificationFile.objects.count() == 0
    data = {"held": held_in(response)}
    response = administrator.post(reverse("programmes:qualification-commit"), data, follow=True)
    assert (
        "Ingelezen: 1 nieuwe versie van een dossier, 1 nieuwe kwalificatie, 1 nieuwe kerntaak, 1 nieuw werkproces."
        in response.content.decode()
    )
    assert WorkProcess.objects.count() == 1
    again = administrator.post(reverse("programmes:qualification-commit"), data, follow=True)
    assert "Alles in dit bestand was er al." in again.content.decode()


@pytest.mark.parametrize("name", HOSTILE_FILES)
def test_hostile_file_shows_errors_and_writes_nothing(administrator, name):
    response = upload(administrator, HOSTILE_FILES[name])
    assert response.status_code == 200
    page = response.content.decode()
    assert 'role="alert"' in page or 'id="row-errors"' in page
    assert 'name="held"' not in page
    assert QualificationFile.objects.count() == 0


def test_no_file_asks_for_one(administrator):
    response = administrator.post(reverse("programmes:qualification-import"), {})
    assert response.context["form"].errors["file"] == ["Kies een bestand."]


def test_markup_in_a_file_is_shown_as_text(administrator):
    response = upload(administrator, file_of(GOOD.replace("Bereidt voor", "<b>Bereidt</b>")))
    assert "&lt;b&gt;Bereidt&lt;/b&gt;" in response.content.decode()


@pytest.mark.parametrize("held", ["", "x", "x" * 100])
def test_commit_of_something_else_is_refused(administrator, held):
    response = administrator.post(reverse("programmes:qualification-commit"), {"held": held}, follow=True)
    assert "De controle is verlopen. Kies het bestand opnieuw." in response.content.decode()
    assert QualificationFile.objects.count() == 0


def test_commit_of_anothers_check_is_refused(client):
    login(client, UserFactory(is_staff=True))
    held = held_in(upload(client, file_of(GOOD)))
    login(client, UserFactory(is_staff=True))
    client.post(reverse("programmes:qualification-commit"), {"held": held})
    assert QualificationFile.objects.count() == 0


def test_template_is_a_csv_file(administrator):
    QualificationFactory()
    response = administrator.get(reverse("programmes:qualification-template"))
    assert response["Content-Type"].startswith("text/csv")
    assert response.content.startswith(b"\xef\xbb\xbfcrebo;dossier_crebo;")
