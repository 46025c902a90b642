"""Several colleagues invited at once, a line each: all or none, and each line that cannot be is named."""

import datetime as dt

import pytest
from django.urls import reverse

from accounts.enums import Role
from core.models import OutgoingMail
from partnerships.enums import MandateKind, OrganisationKind
from partnerships.forms.role_words import may_of
from partnerships.models import Membership, MembershipInvitation
from partnerships.rules.memberships import roles_of
from partnerships.services.memberships import begin
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


def press(client, manager, lines, role=Role.PRACTICE_TRAINER, **more):
    login(client, manager.person.user)
    path = reverse("partnerships:people-invite-many", args=[manager.organisation.slug])
    return client.post(path, {"lines": lines, "role": role} | more, follow=True)


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


@pytest.mark.parametrize("ticked", [True, False])
def test_one_tick_lets_all_of_them_sign(client, manager, ticked):
    press(client, manager, LINES, **({"may_sign": "on"} if ticked else {}))
    for invited_to in MembershipInvitation.objects.select_related("organisation"):
        role = begin(invitation=invited_to, person=invited_to.invitation.person)
        assert role.mandates.filter(kind=MandateKind.SIGN).exists() == ticked
    assert Membership.objects.filter(role=Role.PRACTICE_TRAINER).count() == 3


def test_a_role_that_cannot_sign_is_not_invited_to_sign(client, manager):
    page = press(client, manager, LINES, role=Role.COLLEAGUE, may_sign="on").content.decode()
    assert "Deze rol kan geen overeenkomsten tekenen." in page
    assert not MembershipInvitation.objects.exists()


def test_who_is_no_party_of_agreements_is_not_asked_who_signs(client):
    manager = MembershipFactory(role=Role.MANAGER, organisation__kind=OrganisationKind.MUNICIPALITY)
    assert "overeenkomsten" not in press(client, manager, "").content.decode().split("<form")[-2]
    press(client, manager, LINES, role=Role.CONTACT, may_sign="on")
    assert list(MembershipInvitation.objects.values_list("may_sign", flat=True)) == [False] * 3


@pytest.mark.parametrize("page", ["people-invite", "people-invite-many"])
def test_each_role_says_what_it_lets_someone_do(client, manager, page):
    login(client, manager.person.user)
    text = client.get(reverse(f"partnerships:{page}", args=[manager.organisation.slug])).content.decode()
    fields = text.split('name="role"')[1:]
    assert len(fields) == len(roles_of(manager.organisation))
    for field, role in zip(fields, roles_of(manager.organisation), strict=True):
        assert f'<span class="check__hint">{may_of(role, manager.organisation)}</span>' in field


def test_list_names_who_was_invited_to_which_role(client, manager):
    page = press(client, manager, LINES).content.decode()
    waiting = page.split("Uitgenodigd, nog geen antwoord")[-1]
    for name, address in [("Anna de Boer", "a.deboer@"), ("Bram Vos", "b.vos@")]:
        row = waiting.split(name)[1].split("</tr>")[0]
        assert address in row
        assert "praktijkopleider" in row


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


def test_nobody_lets_oneself_sign_in_a_list_of_others(client, manager):
    lines = f"{LINES}{manager.person.full_name}, {manager.person.user.email}"
    page = press(client, manager, lines, may_sign="on").content.decode()
    assert "Regel 5: Je kunt jezelf dit recht niet geven." in page.replace("U kunt uzelf", "Je kunt jezelf")
    assert invited() == []
    assert 'name="may_sign"' in page
    assert "checked" in page.split('name="may_sign"')[1].split(">")[0]
    assert manager.person.user.email in page


def test_list_invites_again_nobody_who_was_invited_or_works_there(client, manager):
    press(client, manager, LINES)
    own = MembershipFactory(role=Role.PRACTICE_TRAINER, organisation=manager.organisation).person
    page = press(client, manager, f"{LINES}{own.full_name}, {own.address}", may_sign="on").content.decode()
    assert [f"Regel {number}: " in page for number in (1, 2, 4, 5)] == [True] * 4
    assert len(invited()) == 3
    assert not MembershipInvitation.objects.filter(may_sign=True).exists()


@pytest.mark.parametrize("role", [Role.CONTACT, Role.PRACTICE_TRAINER])
def test_only_managers_of_today_let_others_sign(client, manager, role):
    other = MembershipFactory(role=role, organisation=manager.organisation, may_sign=True)
    elsewhere = MembershipFactory(role=Role.MANAGER)
    manager.starts_on, manager.ends_on = dt.date(2019, 1, 1), dt.date(2020, 1, 1)
    manager.save()
    path = reverse("partnerships:people-invite-many", args=[manager.organisation.slug])
    for membership in (manager, other, elsewhere):
        login(client, membership.person.user)
        data = {"lines": LINES, "role": Role.CONTACT, "may_sign": "on"}
        assert client.post(path, data).status_code in {403, 404}
    assert invited() == []
