"""Help and refusals name someone who can help this reader, with what that person shows."""

import pytest
from django.conf import settings
from django.urls import reverse

from accounts.enums import Role
from partnerships.enums import Audience
from tests.factories.accounts import UserFactory
from tests.factories.partnerships import ContactCardFactory, OrganisationFactory
from tests.helpers import login, member
from tests.placements.scene import Scene
from ui.acts import too_many

pytestmark = pytest.mark.django_db


def refusals(client):
    """Each page that refuses or explains, as this person gets it."""
    yield "404", client.get("/bestaat-niet/")
    yield "405", client.get(reverse("set-language"))
    yield "429", too_many(client.get(reverse("help")).wsgi_request)
    yield "help", client.get(reverse("help"))


def pages(client, statuses):
    found = {}
    for name, response in refusals(client):
        assert response.status_code == statuses[name], name
        found[name] = response.content.decode()
    return found


STATUSES = {"404": 404, "405": 405, "429": 429, "help": 200}


def test_who_has_a_role_reads_the_managers_of_the_own_organisation(client):
    organisation = OrganisationFactory()
    manager = member(organisation, Role.MANAGER).person
    user = member(organisation, Role.COLLEAGUE)
    login(client, user)
    for name, content in pages(client, STATUSES).items():
        assert manager.full_name in content, name
        assert f'href="mailto:{manager.address}"' in content, name


def test_student_reads_the_own_teachers(client):
    scene = Scene()
    user = UserFactory()
    scene.enrolment(student__person=user.person)
    login(client, user)
    for name, content in pages(client, STATUSES).items():
        assert scene.teacher.person.full_name in content, name


def test_page_without_right_names_who_can_help(client):
    scene = Scene()
    manager = member(scene.employer, Role.MANAGER).person
    placement = scene.placement()
    login(client, scene.contact)
    answer = client.get(reverse("placements:match-list"))
    assert answer.status_code == 200
    login(client, scene.supervisor)
    refused = client.get(reverse("placements:slot-start", args=[scene.employer.slug]))
    assert refused.status_code == 403, placement
    assert manager.full_name in refused.content.decode()


def test_visitor_reads_who_runs_the_portal(client):
    for address in ("/bestaat-niet/", reverse("help")):
        content = client.get(address).content.decode()
        assert settings.OPERATOR.name in content
        assert f'href="mailto:{settings.OPERATOR.email}"' in content


def test_form_without_a_token_names_who_can_help(csrf_client):
    refused = csrf_client.post(reverse("account_login"), {"login": "iemand@voorbeeld.example"})
    assert refused.status_code == 403
    assert settings.OPERATOR.email in refused.content.decode()


def test_what_a_manager_hides_is_on_none_of_them(client):
    organisation = OrganisationFactory()
    manager = member(organisation, Role.MANAGER).person
    ContactCardFactory(person=manager, show_email=Audience.NOBODY, show_phone=Audience.NOBODY)
    user = member(organisation, Role.COLLEAGUE)
    login(client, user)
    for name, content in pages(client, STATUSES).items():
        assert manager.address not in content, name
        assert settings.OPERATOR.email in content, name
