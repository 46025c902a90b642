"""The pages on which agreements are read, and their lists."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils.formats import date_format

from accounts.enums import Role
from accounts.models import Person
from accounts.services import people
from agreements.services import agreements
from core import periods
from core.dates import today
from core.models import ReadLog
from partnerships.actors import actor_of
from partnerships.enums import MemberRole
from placements.models import Placement
from programmes.models import AccreditationCheck
from tests.agreements.cases import agreement_case, url, words
from tests.factories.partnerships import LocationFactory, MemberFactory, OrganisationFactory
from tests.factories.placements import PlacementFactory, SlotFactory
from tests.factories.programmes import AccreditationFactory
from tests.factories.students import EnrolmentFactory
from tests.helpers import login, member

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
LIST = 6  # account with its session, count, rows, texts, signatures, read log


# Reading


def test_detail_shows_the_text_and_explains_the_pok(client, case):
    page = words(login(client, case.student).get(case.agreement.get_absolute_url()))
    assert 'popovertarget="hint-pok"' in page
    assert case.pending.practice_trainer in page
    assert "De school werkt nog aan deze overeenkomst" in page


def test_reading_is_noted_once_a_day_except_the_students_own(client, case):
    login(client, case.student).get(case.agreement.get_absolute_url())
    assert ReadLog.objects.count() == 0
    login(client, case.contact)
    client.get(case.agreement.get_absolute_url())
    client.get(url("agreement-pdf", case, 1))
    log = ReadLog.objects.get()
    assert (log.reader_id, log.subject) == (case.contact.person.pk, case.placement.student.public_id)


def test_coordinator_sees_the_state_and_nothing_of_the_text(client, case):
    lead = OrganisationFactory()
    MemberFactory(partnership=case.placement.slot.partnership, organisation=lead, role=MemberRole.LEAD)
    case.change(guidance="Geheim gesprek.")
    page = words(login(client, member(lead, Role.COORDINATOR)).get(case.agreement.get_absolute_url()))
    assert "Concept" in page or "concept" in page
    assert "Geheim gesprek." not in page
    assert ReadLog.objects.get().subject == case.placement.student.public_id  # whose name is on the page


def test_page_says_on_which_checks_it_was_signed_to_who_may_read_them(client, case):
    first, second = AccreditationCheck.objects.order_by("crebo")
    case.ask()
    said = "Getekend op een erkenning voor crebo"
    assert said not in words(login(client, case.teacher).get(case.agreement.get_absolute_url()))
    case.sign_all()
    AccreditationFactory(
        organisation=case.employer, crebo=second.crebo, corrects=second, reason="Het verkeerde jaar."
    )
    for user in (case.teacher, case.contact):
        page = words(login(client, user).get(case.agreement.get_absolute_url()))
        assert page.count(said) == 2
        assert f'<a href="{first.get_absolute_url()}">' in page
        assert page.count("sindsdien gecorrigeerd") == 1
    assert said not in words(login(client, case.student).get(case.agreement.get_absolute_url()))


def test_version_says_whether_it_holds_and_what_changed(client, case):
    case.ask()
    case.change(guidance="Elke dag samen.")
    case.ask()
    login(client, case.student)
    assert "Nooit van kracht geweest" in words(client.get(url("agreement-version", case, 1)))
    newest = words(client.get(url("agreement-version", case, 2)))
    assert "Veranderd sinds versie 1" in newest
    assert client.get(url("agreement-version", case, 3)).status_code == 404


def test_detail_says_the_deal_in_one_sentence(client):
    case = agreement_case(week=[0, 480, 480, 0, 480, 0, 0])
    login(client, case.contact)
    page = words(client.get(case.agreement.get_absolute_url()))
    name, place = case.placement.student.first_name, case.placement.slot.location.name
    assert f"{name} werkt 24 uur per week bij {place}, op dinsdag, woensdag en vrijdag." in page
    login(client, case.student)
    assert "Je werkt 24 uur per week" in words(client.get(case.agreement.get_absolute_url()))


def test_first_text_says_whether_it_is_being_made_or_waits_for_signatures(client, case):
    login(client, case.teacher)
    assert "Wordt nu gemaakt" in words(client.get(case.agreement.get_absolute_url()))
    case.ask()
    page = words(client.get(case.agreement.get_absolute_url()))
    assert "Wordt nu gemaakt" not in page
    assert "Wacht op handtekeningen" in page


def test_detail_shows_what_holds_beside_what_is_asked(client, case):
    case.ask()
    case.sign_all()
    case.amend(effective_from=today() + DAY)
    page = words(login(client, case.student).get(case.agreement.get_absolute_url()))
    for part in ("Van kracht sinds", "Geldt nu", "Gevraagd vanaf", "Zo is het beter.", "Lezen en tekenen"):
        assert part.lower() in page.lower()
    assert "Er vervalt niets." in page


def test_signed_change_that_holds_later_still_says_what_it_changes(client, case):
    case.ask()
    case.sign_all()
    wing = LocationFactory(organisation=case.employer, name="De Nieuwe Vleugel")
    case.amend("location", location=wing, effective_from=today() + 9 * DAY)
    case.sign_all()
    page = words(login(client, case.student).get(case.agreement.get_absolute_url()))
    assert "Geldt vanaf" in page
    assert "De Nieuwe Vleugel" in page
    assert "voordat je tekent" not in page


def test_detail_names_the_days_of_an_interruption(client, case):
    case.ask()
    case.sign_all()
    away = [today() + 20 * DAY, today() + 40 * DAY]
    case.amend("break", breaks=[[day.isoformat() for day in away]])
    case.sign_all()
    sentence = f"Onderbroken van {date_format(away[0], 'j F Y')} tot en met {date_format(away[1], 'j F Y')}."
    path = case.agreement.get_absolute_url()
    assert sentence in words(login(client, case.student).get(path))
    with time_machine.travel(f"{away[1] + DAY} 12:00+01:00"):
        assert "Onderbroken" not in words(login(client, case.student).get(path))


def test_placement_page_says_what_is_agreed_and_not_what_the_place_once_offered(client, case):
    case.ask()
    case.sign_all()
    case.amend("location", location=LocationFactory(organisation=case.employer, name="De Nieuwe Vleugel"))
    path = case.placement.get_absolute_url()
    login(client, case.contact)
    assert "De Nieuwe Vleugel" not in words(client.get(path))
    case.sign_all()
    with time_machine.travel(f"{max(today(), case.agreed.holds.lower)} 12:00+01:00"):
        page = words(client.get(path))
    assert "De Nieuwe Vleugel" in page
    assert case.agreed.practice_trainer in page


def test_ended_agreement_stays_with_its_text_for_all_three(client, case):
    case.ask()
    case.sign_all()
    agreements.end(
        agreement_id=case.agreement.pk,
        last_day=today(),
        then="placement",
        reason="De locatie sluit.",
        by=actor_of(case.teacher),
        read=None,
    )
    for who, path in (
        (case.student, reverse("student-placements")),
        (case.contact, reverse("agreements:agreement-employer-list", args=[case.employer.slug])),
        (case.teacher, reverse("agreements:agreement-school-list", args=[case.school.slug])),
    ):
        page = words(login(client, who).get(path))
        assert case.agreement.get_absolute_url() in page
        assert "vervallen" not in page.replace('value="lapsed">vervallen', "")
        detail = words(client.get(case.agreement.get_absolute_url()))
        assert case.agreed.practice_trainer in detail
        assert "eindigt op" in detail or "beëindigd op" in detail


def test_missing_accreditation_is_named_with_who_can_mend_it(client):
    case = agreement_case(accredited=False)
    case.ask()
    case.sign_all()
    page = words(login(client, case.student).get(case.agreement.get_absolute_url()))
    crebo = case.placement.enrolment.cohort.programme.qualifications.earliest("pk").crebo
    assert "nog niet actief" in page
    assert "voor crebo" in page
    assert str(crebo) in page
    assert "Een docent van de school controleert dit" in page


def test_school_hears_that_nobody_can_sign_for_a_party(client, case):
    periods.end(case.contact.person.memberships.get().mandates.get())
    case.ask()
    page = words(login(client, case.teacher).get(case.agreement.get_absolute_url()))
    assert "Niemand kan in Leerpact tekenen voor: werkgever" in page


@pytest.mark.parametrize(("name", "who"), [("school", "teacher"), ("employer", "contact")])
@pytest.mark.parametrize("count", [1, 3])
def test_list_query_count(client, case, django_assert_num_queries, name, who, count):
    for seat in range(2, count + 1):
        enrolment = EnrolmentFactory(cohort=case.placement.enrolment.cohort)
        placement = PlacementFactory(slot=case.placement.slot, seat_no=seat, enrolment=enrolment)
        agreements.draft(placement_id=placement.pk, by=None)
    agreement_case()  # of others: must not show
    login(client, getattr(case, who))
    organisation = case.school if name == "school" else case.employer
    with django_assert_num_queries(LIST):
        response = client.get(reverse(f"agreements:agreement-{name}-list", args=[organisation.slug]))
    assert len(response.context["rows"]) == count


def test_detail_query_count(client, case, django_assert_max_num_queries):
    case.ask()
    login(client, case.teacher).get(case.agreement.get_absolute_url())
    with django_assert_max_num_queries(12):
        client.get(case.agreement.get_absolute_url())


def test_list_filters_by_name_and_state(client, case):
    login(client, case.teacher)
    path = reverse("agreements:agreement-school-list", args=[case.school.slug])
    found = [
        len(client.get(f"{path}?{query}").context["rows"])
        for query in (
            "naam=voorbeeld",
            "naam=niemand",
            "status=draft",
            "status=active",
            "status=onzin",
            "page=x",
        )
    ]
    assert found == [1, 0, 1, 0, 1, 1]


def test_empty_list_says_so(client):
    employer = OrganisationFactory()
    login(client, member(employer, Role.CONTACT))
    page = words(client.get(reverse("agreements:agreement-employer-list", args=[employer.slug])))
    assert "Er zijn hier nog geen overeenkomsten" in page


def test_placement_of_another_student_shows_nothing(client, case):
    slot = SlotFactory(organisation=case.employer)
    other = PlacementFactory(slot=slot)
    agreement = agreements.draft(placement_id=other.pk, by=None)
    login(client, case.student)
    assert client.get(agreement.get_absolute_url()).status_code == 404
    assert Placement.objects.count() == 2


@pytest.mark.parametrize(
    "name", ["change", "ask", "sign", "end", "withdraw", "paper", "decline", "follow-up"]
)
def test_unknown_or_broken_ids_are_404(client, case, name):
    login(client, case.teacher)
    path = url(f"agreement-{name}", case)
    for other in ("00000000-0000-4000-8000-000000000000", str(case.placement.public_id)):
        response = client.post(path.replace(str(case.agreement.public_id), other))
        assert response.status_code == 404
    assert client.post(path.replace(str(case.agreement.public_id), "1")).status_code == 404


def renamed(case, **names):
    for user, last_name in ((case.student, "Nieuw"), (case.teacher, "Ook-Nieuw")):
        user.person.last_name = last_name
        people.save_own(person=user.person, version=None)
    for organisation in (case.employer, case.school):
        organisation.name += " Nieuw"
        organisation.save()


@pytest.mark.parametrize("asked", [False, True])
def test_draft_follows_another_name_and_what_was_asked_keeps_its_names_and_says_so(client, case, asked):
    before = {user: user.person.full_name for user in (case.student, case.teacher)}
    employer, school = case.employer.name, case.school.name
    if asked:
        case.ask()
    renamed(case)
    page = words(login(client, case.contact).get(case.agreement.get_absolute_url()))
    version = case.agreement.versions.get()
    for user in (case.student, case.teacher):
        now = Person.objects.get(user=user).full_name
        assert (f"{before[user]} heet nu {now}." in page) is asked
    for name in (employer, school):
        assert (f"{name} heet nu {name} Nieuw." in page) is asked
    assert version.parties["student"] == before[case.student]
    if not asked:
        case.ask()
        assert case.agreement.versions.get().parties["student"].endswith("Nieuw")
