"""Calls for employers: the gauge, signing up without an account, confirming by mail, forgetting in time."""

import re
from datetime import timedelta
from functools import partial
from urllib.parse import urlsplit

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from accounts.enums import Role
from accounts.models import Person, PersonalLink
from core import versions
from core.dates import today
from core.models import OutgoingMail
from core.tasks import deliver
from core.tokens import digest_of
from partnerships.actors import actor_of_person
from partnerships.enums import MemberRole, SignUpState
from partnerships.models import SignUp, SignUpLine
from partnerships.services import sign_ups as service
from tests.factories.accounts import UserFactory
from tests.factories.partnerships import (
    CallFactory,
    MemberFactory,
    MembershipFactory,
    OrganisationFactory,
    SignUpFactory,
)
from tests.factories.students import StudentFactory
from tests.helpers import link_of, login, member, open_link, side_by_side
from tests.partnerships.signing_up import ANSWERS, confirm, post, sign_up_url

pytestmark = pytest.mark.django_db


# Reading


@pytest.mark.parametrize("item_count", [1, 3])
def test_list_query_count(client, django_assert_num_queries, item_count):
    CallFactory.create_batch(item_count)
    CallFactory(is_published=False)
    with django_assert_num_queries(2):  # count, page
        response = client.get(reverse("partnerships:call-list"))
    assert len(response.context["page"]) == item_count


@pytest.mark.parametrize("item_count", [1, 3])
def test_detail_counts_each_partner_once(client, django_assert_num_queries, item_count):
    call = CallFactory()
    now = timezone.now()
    for state, condition in [
        (SignUpState.SIGNED, "als er begeleiders zijn"),
        (SignUpState.PLEDGED, ""),
        (SignUpState.PLEDGED, "als er begeleiders zijn"),
        (SignUpState.DROPPED_OUT, "te druk"),
        (SignUpState.INTEREST, ""),
    ]:
        SignUpFactory.create_batch(
            item_count, call=call, confirmed_at=now, state=state, condition=condition, places=5
        )
    SignUpFactory(call=call, places=400)  # not confirmed
    with django_assert_num_queries(3):  # itself, figures, contacts
        response = client.get(call.get_absolute_url())
    partners, places = response.context["partners"], response.context["places"]
    assert (partners.firm, partners.conditional) == (2 * item_count, item_count)
    assert (places.firm, places.conditional) == (10 * item_count, 5 * item_count)
    assert places.open == call.places_target - 15 * item_count
    assert response.context["talking"] == item_count


def test_unpublished_call_is_for_its_coordinators(client):
    call = CallFactory(is_published=False)
    lead = MemberFactory(partnership=call.partnership, role=MemberRole.LEAD).organisation
    assert client.get(call.get_absolute_url()).status_code == 404
    assert client.get(sign_up_url(call)).status_code == 404
    login(client, member(lead, Role.COORDINATOR))
    assert client.get(call.get_absolute_url()).status_code == 200


# Signing up


def test_who_is_signed_in_is_not_asked_again_who_they_are(client):
    call = CallFactory()
    employer = OrganisationFactory(name="Zorggroep De Linde")
    user = member(employer, Role.CONTACT)
    assert client.get(sign_up_url(call)).context["form"]["email"].value() is None
    login(client, user)
    form = client.get(sign_up_url(call)).context["form"]
    known = ("Zorggroep De Linde", user.person.full_name, user.email)
    assert tuple(form[name].value() for name in ("organisation_name", "contact_name", "email")) == known
    assert form["consent"].value() in {None, False}
    MembershipFactory(person=user.person, role=Role.CONTACT)
    assert client.get(sign_up_url(call)).context["form"]["organisation_name"].value() is None


def test_sign_up_counts_after_the_link_in_the_mail(client, smtp_server):
    call = CallFactory()
    lead = MemberFactory(partnership=call.partnership, role=MemberRole.COORDINATING_BODY).organisation
    coordinator = member(lead, Role.COORDINATOR)
    member(lead, Role.CONTACT)
    member(MemberFactory(partnership=call.partnership).organisation, Role.COORDINATOR)
    response = post(client, call)
    assert response.url == reverse("partnerships:sign-up-sent", args=[call.slug])
    assert client.get(response.url).status_code == 200
    deliver()
    (mail,) = smtp_server.messages
    assert (mail["To"], mail["Subject"]) == ("noor@linde.example", f"Bevestig je aanmelding: {call.title}")
    assert call.sign_ups.all().figures()["talking_partners"] == 0
    link = client.post(re.search(r"/link/\S+", mail.get_content()).group()).url
    assert "Zorggroep De Linde" in client.get(link).content.decode()
    assert SignUp.objects.get().confirmed_at is None  # opening it uses nothing up
    assert confirm(client, link).url == link
    assert call.sign_ups.all().figures()["talking_partners"] == 1
    deliver()
    _first, _receipt, told = smtp_server.messages
    assert (told["To"], "Zorggroep De Linde" in told["Subject"]) == (coordinator.email, True)
    assert "10 plekken" in told.get_content()
    assert "06 12345678" in told.get_content()


def test_who_signed_up_is_a_person(client):
    call = CallFactory()
    post(client, call, contact_name="Noor van der Berg")
    person = SignUp.objects.get().contact
    assert (person.first_name, person.name_prefix, person.last_name) == ("Noor", "van der", "Berg")
    assert (person.address, person.has_account) == ("noor@linde.example", False)
    assert OutgoingMail.objects.get().is_secret


def test_confirming_twice_tells_the_coordinators_once(client):
    call = CallFactory()
    member(MemberFactory(partnership=call.partnership, role=MemberRole.LEAD).organisation, Role.COORDINATOR)
    post(client, call)
    link = open_link(client, OutgoingMail.objects.get())
    for _ in range(2):
        assert confirm(client, link, follow=True).status_code == 200
    assert OutgoingMail.objects.filter(kind="coordinator_sign_up_confirmed").count() == 1


@pytest.mark.django_db(transaction=True)
def test_confirming_at_the_same_moment_counts_once():
    answer = SignUpFactory()
    by = actor_of_person(answer.contact_id)
    results = side_by_side(*[partial(service.confirm, sign_up_id=answer.pk, by=by, read=None)] * 4)
    assert sorted(results) == [False, False, False, True]


@pytest.mark.django_db(transaction=True)
def test_one_address_at_the_same_moment_is_one_sign_up():
    call = CallFactory()
    asked = ("organisation_name", "contact_name", "email")
    fields = {name: ANSWERS[name] for name in asked}
    fields["lines"] = [SignUpLine(places=10, neighbourhood="Overvecht")]
    side_by_side(*[partial(service.sign_up, call_id=call.pk, language="nl", **fields)] * 4)
    assert (SignUp.objects.count(), Person.objects.count()) == (1, 1)
    digests = {digest_of(link_of(mail).split("/")[2]) for mail in OutgoingMail.objects.all()}
    assert len(digests) == 4
    assert set(PersonalLink.objects.usable().values_list("digest", flat=True)) == digests


def test_repeated_address_gets_the_same_page(client):
    call = CallFactory()
    SignUpFactory(
        call=call,
        contact__email="noor@linde.example",
        confirmed_at=timezone.now(),
        organisation_name="Eerder",
    )
    known, fresh = post(client, call), post(client, call, email="ander@linde.example")
    assert (known.status_code, known.url) == (fresh.status_code, fresh.url)
    assert SignUp.objects.with_address("noor@linde.example").get().organisation_name == "Eerder"
    mail = OutgoingMail.objects.get(kind="employer_sign_up_known")  # employer_sign_up_known
    assert mail.subject == f"Je hebt je al aangemeld: {call.title}"
    assert "Je hoeft niet in te loggen" in mail.body
    assert b"Eerder" in client.get(open_link(client, mail)).content


def test_sent_twice_both_links_open_what_came_last(client):
    call = CallFactory()
    post(client, call)
    old = OutgoingMail.objects.get()
    opened = open_link(client, old)
    before = SignUp.objects.get()
    post(client, call, places="3", contact_name="Noor Anders")
    new = OutgoingMail.objects.latest("pk")
    assert [client.get(link_of(mail)).status_code for mail in (old, new)] == [200, 200]
    late = client.post(opened, {"read": versions.of(before)}, follow=True).content.decode()
    assert "Er is iets gewijzigd" in late  # what came last is read before it is confirmed
    assert "3 plekken: Overvecht, verpleeghuis" in " ".join(late.split())
    assert SignUp.objects.get().confirmed_at is None
    confirm(client, opened)
    assert (SignUp.objects.get().places, SignUp.objects.get().contact_name) == (3, "Noor Anders")
    assert "is bevestigd" in client.get(open_link(client, new)).content.decode()
    assert Person.objects.count() == 1


def test_employer_gets_a_receipt_of_what_it_signed_up_with(client):
    call = CallFactory()
    post(client, call)
    confirm(client, open_link(client, OutgoingMail.objects.get()))
    receipt = OutgoingMail.objects.get(kind="employer_sign_up_received")
    assert (receipt.to_email, receipt.subject) == (
        "noor@linde.example",
        f"We hebben je aanmelding: {call.title}",
    )
    assert "Zorggroep De Linde (Overvecht)" in receipt.body
    assert "bellen je op 06 12345678" in receipt.body
    assert client.get(link_of(receipt)).status_code == 200


def test_phone_number_is_asked_and_may_stay_empty(client):
    call = CallFactory()
    assert post(client, call, phone="").status_code == 302
    assert SignUp.objects.get().phone == ""
    assert list(post(client, call, phone="bel maar").context["form"].errors) == ["phone"]
    post(client, call, phone="0612345678")
    assert SignUp.objects.get().phone == "06 12345678"
    assert SignUp.objects.get().contact.phone == ""  # what a visitor types is no person's number elsewhere


@pytest.mark.parametrize("is_known_as", ["account", "role", "student"])
def test_visitor_does_not_rewrite_the_name_of_someone_who_is_known_otherwise(client, is_known_as):
    call = CallFactory()
    post(client, call)
    contact = SignUp.objects.get().contact
    known_as = {
        "account": lambda: UserFactory(email="noor@linde.example", person=contact),
        "role": lambda: MembershipFactory(person=contact),
        "student": lambda: StudentFactory(person=contact),
    }
    known_as[is_known_as]()
    was = Person.objects.get(pk=contact.pk)
    post(client, call, places="3", contact_name="Iemand Anders")
    contact.refresh_from_db()
    assert (contact.full_name, contact.language) == (was.full_name, was.language)
    assert SignUp.objects.get().places == 3


def test_no_more_than_a_few_mails_to_one_box(client):
    call = CallFactory()
    answers = {post(client, call).status_code for _ in range(6)}
    assert answers == {302}
    assert OutgoingMail.objects.count() == 4


def test_a_fair_fits_and_a_flood_does_not(client):
    call = CallFactory()
    statuses = [post(client, call, email=f"w{number}@zorg.example").status_code for number in range(61)]
    assert (statuses[:60], statuses[60]) == ([302] * 60, 429)


def test_sign_up_works_with_the_cache_away(client, cache_away):
    assert post(client, CallFactory()).status_code == 302


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"organisation_name": ""}, "organisation_name"),
        ({"organisation_name": "x" * 121}, "organisation_name"),
        ({"contact_name": " "}, "contact_name"),
        ({"email": "geen adres"}, "email"),
        ({"email": "a@b.nl\r\nBcc: c@d.nl"}, "email"),
        ({"places": "0"}, "places"),
        ({"places": "501"}, "places"),
        ({"places": "tien"}, "places"),
        ({"places": "9" * 400}, "places"),
        ({"neighbourhood": ""}, "neighbourhood"),
        ({"condition": "x" * 301}, "condition"),
        ({"remark": "x" * 1001}, "remark"),
        ({"remark": "bsn 111222333"}, "remark"),
        ({"consent": ""}, "consent"),
    ],
)
def test_wrong_answers_are_said_and_nothing_typed_is_lost(client, changes, field):
    response = post(client, CallFactory(), **changes)
    assert response.status_code == 200
    assert list(response.context["form"].errors) == [field]
    assert "Zorggroep De Linde" in response.content.decode() or field == "organisation_name"
    assert (SignUp.objects.count(), OutgoingMail.objects.count()) == (0, 0)


def test_hostile_texts_stay_texts(client):
    call = CallFactory()
    text = '<script>alert(1)</script>%(name)s"\x00\u202e'
    refused = post(client, call, organisation_name=text)
    assert list(refused.context["form"].errors) == ["organisation_name"]
    assert "<script>alert" not in refused.content.decode()
    post(client, call, organisation_name='%(name)s"', remark=text, condition="=1+1\r\nBcc: x@y.nl")
    mail = OutgoingMail.objects.get()
    assert "\n" not in mail.subject
    html = client.get(open_link(client, mail)).content.decode()
    assert "<script>alert" not in html


def test_sign_up_needs_the_csrf_token(csrf_client):
    assert post(csrf_client, CallFactory()).status_code == 403


# Closed, gone, forgotten


def test_closed_call_says_so(client):
    call = CallFactory(deadline=today() - timedelta(days=1))
    assert client.get(call.get_absolute_url()).status_code == 200
    for response in (client.get(sign_up_url(call)), post(client, call)):
        assert response.status_code == 410
        assert "gesloten" in response.content.decode()
    assert SignUp.objects.count() == 0


def test_call_that_closes_before_the_service_runs_refuses():
    call = CallFactory(deadline=today() - timedelta(days=1))
    with pytest.raises(ValidationError):
        service.sign_up(
            call_id=call.pk,
            language="nl",
            lines=[SignUpLine(places=1, neighbourhood="Overvecht")],
            **{name: ANSWERS[name] for name in ("organisation_name", "contact_name", "email")},
        )


def test_link_of_an_unpublished_call_does_not_work(client):
    call = CallFactory()
    post(client, call)
    link = open_link(client, OutgoingMail.objects.get())
    call.is_published = False
    call.save()
    assert client.get(link).status_code == 404


def test_mail_functions_speak_the_language_of_the_reader(client):
    """employer_sign_up_confirm in the language of the page, coordinator_sign_up_confirmed in the coordinator's."""
    call = CallFactory()
    lead = MemberFactory(partnership=call.partnership, role=MemberRole.LEAD).organisation
    user = member(lead, Role.COORDINATOR)
    user.person.language = "en"
    user.person.save()
    client.cookies["taal"] = "nl"
    post(client, call, places="1")
    confirm(client, open_link(client, OutgoingMail.objects.get()))
    subjects = list(OutgoingMail.objects.order_by("pk").values_list("subject", flat=True))
    assert subjects == [
        f"Bevestig je aanmelding: {call.title}",
        f"We hebben je aanmelding: {call.title}",
        f"New employer: Zorggroep De Linde ({call.title})",
    ]
    told = OutgoingMail.objects.latest("pk")
    assert (
        login(client, user).get(urlsplit(told.link).path).context["sign_up"].email
        == call.sign_ups.get().email
    )


def test_members_of_other_organisations_are_not_told(client):
    call = CallFactory()
    member(OrganisationFactory(), Role.COORDINATOR)
    post(client, call)
    confirm(client, open_link(client, OutgoingMail.objects.get()))
    assert OutgoingMail.objects.filter(kind="coordinator_sign_up_confirmed").count() == 0
