"""Several colleagues invited at once, a line each: all or none, and each line that cannot be is named."""

import pytest
from django.urls import reverse

from accounts.enums import Role
from core.models import OutgoingMail
from partnerships.models import MembershipInvitation
from tests.factories.partnerships import MembershipFactory
from tests.helpers import login

pytestmark = pytest.mark.django_db

LINES = """Anna de Boer, a.deboer@linde.example
Vos, Bram <b.vos@linde.example>;

Chaimae El Idrissi\tc.elidrissi@linde.example
"""


@pytest.fixture
def manager():
    return MembershipFactory(role=Role.MANAGER)


def press(client, manager, lines, role=Role.PRACTICE_TRAINER):
    login(client, manager.person.user)
    path = reverse("partnerships:people-invite-many", args=[manager.organisation.slug])
    return client.post(path, {"lines": lines, "role": role}, follow=True)


def invited():
    rows = MembershipInvitation.objects.select_related("invitation__person").order_by("pk")
    return [(row.invitation.person.full_name, row.invitation.email, row.role) for row in rows]


def test_each_line_is_one_invitation_with_a_mail_of_its_own(client, manager):
    page = press(client, manager, LINES).content.decode()
    assert "3 uitnodigingen zijn onderweg" in page
    role = Role.PRACTICE_TRAINER
    assert invited() == [
        ("Anna de Boer", "a.deboer@linde.example", role),
        ("Bram Vos", "b.vos@linde.example", role),
        ("Chaimae El Idrissi", "c.elidrissi@linde.example", role),
    ]
    assert OutgoingMail.objects.filter(kind__startswith="accounts.invitation").count() == 3


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("Dirk", "Regel 2: Schrijf een naam en een e-mailadres"),
        ("d.bos@linde.example", "Regel 2: De naam ontbreekt."),
        (" <d.bos@linde.example>;", "Regel 2: De naam ontbreekt."),
        ("Dirk Bos, d.bos@linde", "Regel 2: Schrijf een naam en een e-mailadres"),
        ("Dirk Bos, a.deboer@LINDE.example", "Regel 2: Dit adres staat er twee keer"),
        ("www.winst.nl, d.bos@linde.example", "Regel 2: "),
    ],
)
def test_line_that_cannot_be_is_named_and_nobody_is_invited(client, manager, line, says):
    typed = f"Anna de Boer, a.deboer@linde.example\n{line}"
    page = press(client, manager, typed).content.decode()
    assert says in page
    assert "Anna de Boer, a.deboer@linde.example" in page
    assert invited() == []


def test_who_was_invited_before_is_named_and_nobody_is_invited(client, manager):
    press(client, manager, "Anna de Boer, a.deboer@linde.example")
    page = press(client, manager, "Bram Vos, b.vos@linde.example\nAnna de Boer, a.deboer@linde.example")
    assert "Regel 2: Deze persoon is al uitgenodigd" in page.content.decode()
    assert len(invited()) == 1


def test_who_looks_like_someone_known_is_invited_alone(client, manager):
    MembershipFactory(
        organisation=manager.organisation, person__first_name="Anna", person__last_name="Bakker"
    )
    page = press(client, manager, "Anna Bakker, anna@elders.example").content.decode()
    assert "Regel 1: Je kent Anna Bakker met een ander adres" in page
    assert invited() == []


def test_more_than_thirty_are_refused(client, manager):
    lines = "\n".join(f"Anna Nummer{chr(97 + n % 26)}{n}, a{n}@linde.example" for n in range(31))
    assert "Niet meer dan 30 tegelijk" in press(client, manager, lines).content.decode()
    assert invited() == []


def test_each_fault_stands_on_a_line_of_its_own(client, manager):
    page = press(client, manager, "Dirk\nd.bos@linde.example").content.decode()
    error = page[page.index('id="id_lines_error"') :].partition("</p>")[0]
    first, second = error.split("<br>")
    assert "Regel 1:" in first
    assert "Regel 2:" in second
