"""What an employer signed up with, opened by the link in the mail, and changed."""

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.html import strip_tags

from accounts.enums import Role
from core.models import FieldChange, OutgoingMail
from partnerships.actors import actor_of_person
from partnerships.enums import MemberRole
from partnerships.services import sign_ups as service
from tests.factories.accounts import UserFactory
from tests.factories.partnerships import (
    MemberFactory,
    SignUpFactory,
)
from tests.helpers import actor_of, coordinating, edit, link_of, login, made_from, member, open_link
from tests.partnerships.signing_up import ANSWERS, post

pytestmark = pytest.mark.django_db


@pytest.fixture
def own(client):
    """A confirmed sign-up, opened by its link in this browser; gives the sign-up and the path of its page."""
    sign_up = SignUpFactory(confirmed_at=timezone.now(), organisation_name="Zorg Zuid", places=10)
    post(client, sign_up.call, email=sign_up.email)
    return sign_up, open_link(client, OutgoingMail.objects.get(kind="employer_sign_up_known"))


CHANGED = {name: ANSWERS[name] for name in ("neighbourhood", "setting", "condition", "remark")}


def test_employer_changes_its_sign_up_and_it_shows_how(client, own):
    sign_up, path = own
    lead = MemberFactory(partnership=sign_up.call.partnership, role=MemberRole.LEAD).organisation
    coordinator = member(lead, Role.COORDINATOR)
    edit(client, path, {**CHANGED, "organisation_name": "Zorg Zuid", "places": "4"})
    sign_up.refresh_from_db()
    assert sign_up.places == 4
    change = FieldChange.objects.get(field="places")
    assert (change.before, change.after, change.by) == (10, 4, sign_up.contact)
    mail = OutgoingMail.objects.get(kind="coordinator_sign_up_changed")
    assert mail.subject == f"Zorg Zuid heeft de aanmelding gewijzigd ({sign_up.call.title})"
    assert "aantal plekken" in mail.body
    page = login(client, coordinator).get(link_of(mail)).content.decode()
    assert "aantal plekken" in page.lower()
    assert not FieldChange.objects.filter(field__in=("remark", "contact")).exists()


def test_saving_it_as_it_is_tells_nobody(client, own):
    sign_up, path = own
    lead = MemberFactory(partnership=sign_up.call.partnership, role=MemberRole.LEAD).organisation
    member(lead, Role.COORDINATOR)
    stored = {name: getattr(sign_up, name) for name in ("neighbourhood", "setting", "condition", "remark")}
    edit(client, path, {**stored, "organisation_name": "Zorg Zuid", "places": "10"})
    assert not OutgoingMail.objects.filter(kind="coordinator_sign_up_changed").exists()


def test_wrong_changes_keep_what_was_typed(client, own):
    sign_up, path = own
    page = edit(client, path, {**CHANGED, "organisation_name": "Zorg Zuid", "places": "nul"})
    assert page.context["form"].errors["places"]
    assert "Overvecht" in page.content.decode()
    sign_up.refresh_from_db()
    assert sign_up.places == 10


def test_two_who_open_the_same_link_see_both_texts(client, own):
    sign_up, path = own
    page = made_from(client, path)
    service.change(
        sign_up_id=sign_up.pk, by=actor_of_person(sign_up.contact_id), remark="Liever in maart.", read=None
    )
    answer = client.post(path, {**page, **CHANGED, "organisation_name": "Zorg Zuid", "places": "10"})
    shown = strip_tags(answer.content.decode())
    assert "Liever in maart." in shown
    assert CHANGED["remark"] in shown
    sign_up.refresh_from_db()
    assert sign_up.remark == "Liever in maart."


def test_closed_sign_up_says_so_and_its_link_opens_nothing_more(client, own):
    sign_up, path = own
    by = coordinating(sign_up.call.partnership)
    service.move(sign_up_id=sign_up.pk, action="drop_out", by=by, reason="Te druk", read=None)
    assert client.get(path).status_code == 404
    with pytest.raises(ValidationError):
        service.change(sign_up_id=sign_up.pk, by=actor_of_person(sign_up.contact_id), places=3, read=None)
    post(client, sign_up.call, email=sign_up.email)
    again = open_link(client, OutgoingMail.objects.filter(kind="employer_sign_up_known").latest("pk"))
    assert "Vraag het de coördinatoren" in client.get(again).content.decode()


def test_another_than_who_signed_up_changes_nothing(client):
    sign_up = SignUpFactory(confirmed_at=timezone.now())
    for by in (actor_of_person(SignUpFactory().contact_id), actor_of(UserFactory(admin=True))):
        with pytest.raises(ValidationError):
            service.change(sign_up_id=sign_up.pk, by=by, places=3, read=None)
        with pytest.raises(ValidationError):
            service.confirm(sign_up_id=sign_up.pk, by=by, read=None)


def test_coordinator_writes_down_what_the_employer_told_and_the_employer_can_put_it_right(client):
    sign_up = SignUpFactory(confirmed_at=timezone.now(), organisation_name="Zorg Zuid", places=10)
    lead = MemberFactory(partnership=sign_up.call.partnership, role=MemberRole.LEAD).organisation
    coordinator = member(lead, Role.COORDINATOR)
    page = f"/coordinatie/{sign_up.call.partnership.slug}/aanmeldingen/{sign_up.public_id}/"
    assert f"{page}wijzigen/" in login(client, coordinator).get(page).content.decode()
    edit(client, f"{page}wijzigen/", {**CHANGED, "organisation_name": "Zorg Zuid", "places": "6"})
    sign_up.refresh_from_db()
    assert sign_up.places == 6
    change = FieldChange.objects.get(field="places")
    assert (change.before, change.after, change.by) == (10, 6, coordinator.person)
    assert not OutgoingMail.objects.filter(kind="coordinator_sign_up_changed").exists()
    mail = OutgoingMail.objects.get(kind="employer_sign_up_changed")
    assert (mail.to_email, mail.subject) == (
        sign_up.email,
        f"Je aanmelding is gewijzigd: {sign_up.call.title}",
    )
    assert "aantal plekken" in mail.body
    client.logout()
    own = open_link(client, mail)
    edit(client, own, {**CHANGED, "organisation_name": "Zorg Zuid", "places": "7"})
    sign_up.refresh_from_db()
    assert sign_up.places == 7


def test_coordinator_changes_no_sign_up_that_was_closed_and_sees_no_button(client):
    sign_up = SignUpFactory(confirmed_at=timezone.now())
    lead = MemberFactory(partnership=sign_up.call.partnership, role=MemberRole.LEAD).organisation
    coordinator = member(lead, Role.COORDINATOR)
    service.move(
        sign_up_id=sign_up.pk, action="drop_out", by=actor_of(coordinator), reason="Te druk", read=None
    )
    with pytest.raises(ValidationError):
        service.change(sign_up_id=sign_up.pk, by=actor_of(coordinator), places=3, read=None)
    page = f"/coordinatie/{sign_up.call.partnership.slug}/aanmeldingen/{sign_up.public_id}/"
    assert "wijzigen/" not in login(client, coordinator).get(page).content.decode()
    assert client.get(f"{page}wijzigen/").status_code == 302


def test_accepting_makes_the_contact_the_first_manager_with_the_same_row():
    sign_up = SignUpFactory(confirmed_at=timezone.now())
    lead = MemberFactory(partnership=sign_up.call.partnership, role=MemberRole.LEAD).organisation
    by = actor_of(member(lead, Role.COORDINATOR))
    organisation = service.accept(sign_up_id=sign_up.pk, by=by, organisation=None, kind="welfare", read=None)
    assert organisation.invitations.get().invitation.person == sign_up.contact
