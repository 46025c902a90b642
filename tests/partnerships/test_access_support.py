"""Who gets what of support acts: administrators alone, and of an account that is open only who opened it."""

import pytest
from django.urls import reverse

from tests.factories.accounts import (
    ErasureRequestFactory,
    InvitationFactory,
    PersonFactory,
    SupportActFactory,
)
from tests.factories.partnerships import OrganisationFactory, PartnershipFactory
from tests.roles import Around, enter, expected, people

COLUMNS = ("anonymous", "outsider", "manager", "coordinator", "administrator")
ADMINISTRATOR = {"anonymous": 302, "administrator": 200, "*": 403}
REFUSED = {"anonymous": 302, "*": 403}  # an administrator too, of an account that another opened
OWN = ADMINISTRATOR | {"administrator": 302}
MATRIX = {
    ("GET", "support-list"): ADMINISTRATOR,
    ("GET", "support-begin"): OWN,  # asks the password once more
    ("POST", "support-begin"): ADMINISTRATOR,
    ("GET", "support-detail"): ADMINISTRATOR,
    ("GET", "support-address"): ADMINISTRATOR,
    ("POST", "support-address"): ADMINISTRATOR,
    ("GET", "support-close"): ADMINISTRATOR,
    ("POST", "support-close"): OWN,
    ("POST", "support-reopen"): OWN,
    ("POST", "support-sign-out"): OWN,
    ("POST", "support-second-step"): OWN,
    ("POST", "support-invite-again"): OWN,
    ("GET", "support-merge"): ADMINISTRATOR,
    ("POST", "support-merge"): ADMINISTRATOR,
    ("POST", "support-mail-again"): OWN,
    ("POST", "support-end"): OWN,
    ("GET", "erasure-list"): ADMINISTRATOR,
    ("GET", "erasure-detail"): ADMINISTRATOR,
    ("POST", "erasure-detail"): ADMINISTRATOR,
}
OF_NO_ACT = ("support-list", "support-begin", "erasure-list", "erasure-detail")


def path_of(name, act):
    arguments = [] if name in OF_NO_ACT else [act.public_id]
    if name == "erasure-detail":
        arguments.append(ErasureRequestFactory(person=act.subject).public_id)
    if name == "support-invite-again":
        arguments.append(InvitationFactory(person=act.subject).public_id)
    if name == "support-merge":
        other = SupportActFactory(administrator=act.administrator, subject=PersonFactory())
        arguments.append(other.public_id)
    return reverse(f"partnerships:{name}", args=arguments)


@pytest.fixture(autouse=True)
def _without_second_step(settings):
    settings.ADMIN_NEEDS_SECOND_STEP = False


@pytest.mark.django_db
@pytest.mark.parametrize("column", COLUMNS)
@pytest.mark.parametrize(("method", "name"), MATRIX)
def test_access(client, method, name, column):
    person = people([column], Around(employer=OrganisationFactory(), partnership=PartnershipFactory()))[
        column
    ]
    act = SupportActFactory(administrator=person.person) if column == "administrator" else SupportActFactory()
    enter(client, person)
    assert client.generic(method, path_of(name, act)).status_code == expected(MATRIX, column)[method, name]


@pytest.mark.django_db
@pytest.mark.parametrize(("method", "name"), [row for row in MATRIX if row[1] not in OF_NO_ACT])
def test_account_that_another_administrator_opened_stays_closed(client, method, name):
    administrator = people(["administrator"], Around())["administrator"]
    act = SupportActFactory()
    enter(client, administrator)
    answer = client.generic(method, path_of(name, act))
    assert answer.status_code == (200 if name == "support-detail" else 403)
    assert act.subject.address not in answer.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(("method", "name"), MATRIX)
def test_stolen_password_alone_opens_nothing(client, settings, method, name):
    settings.ADMIN_NEEDS_SECOND_STEP = True
    administrator = people(["administrator"], Around())["administrator"]
    act = SupportActFactory(administrator=administrator.person)
    enter(client, administrator)
    answer = client.generic(method, path_of(name, act))
    assert (answer.status_code, answer.url) == (302, reverse("mfa_index"))
