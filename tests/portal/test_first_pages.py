"""The first page of each role: what waits, what is there, at the same price for one and for three."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.enums import Role
from partnerships.enums import MemberRole
from tests.factories.agreements import AgreementFactory, AgreementVersionFactory
from tests.factories.partnerships import (
    LocationFactory,
    MemberFactory,
    MembershipFactory,
    OrganisationFactory,
)
from tests.factories.placements import MatchFactory, PlacementFactory, SlotFactory, SupervisionFactory, access
from tests.factories.programmes import CohortFactory, CohortTeacherFactory, SessionFactory
from tests.factories.students import EnrolmentFactory, LearningPlanFactory
from tests.helpers import login, member
from tests.placements.scene import in_days
from ui.formats import short_day

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("count", [1, 3])
def test_employer_page_costs_the_same_for_one_and_three(client, django_assert_max_num_queries, count):
    organisation = OrganisationFactory()
    user = member(organisation, Role.CONTACT, may_sign=True)
    slots = SlotFactory.create_batch(count, organisation=organisation)
    for slot in slots:
        AgreementFactory(placement=PlacementFactory(slot=slot))
        MatchFactory(slot=slot)
    SlotFactory()
    login(client, user)
    url = reverse("employer-start", args=[organisation.slug])
    client.get(url)
    with django_assert_max_num_queries(12):
        page = client.get(url)
    assert len(page.context["contacts"]) == 0
    seats = [seat for place in page.context["locations"] for seat in place.seats]
    assert len([seat for seat in seats if not seat.is_free]) == count


@pytest.mark.parametrize("count", [1, 3])
def test_school_page_costs_the_same_for_one_and_three(client, django_assert_max_num_queries, count):
    school = OrganisationFactory(school=True)
    membership = MembershipFactory(organisation=school, role=Role.TEACHER)
    for _ in range(count):
        cohort = CohortFactory(programme__school=school)
        CohortTeacherFactory(cohort=cohort, membership=membership)
        SessionFactory(cohort=cohort)
        EnrolmentFactory(cohort=cohort)
    CohortFactory()
    login(client, membership.person.user)
    url = reverse("school-start", args=[school.slug])
    client.get(url)
    with django_assert_max_num_queries(12):
        page = client.get(url)
    assert len(page.context["cohorts"]) == count


@pytest.mark.parametrize("count", [1, 3])
def test_work_page_of_a_student_costs_the_same_for_one_and_three(
    client, django_assert_max_num_queries, count
):
    enrolment = EnrolmentFactory()
    for number in range(count):
        kind = "ordinary" if number == 0 else "exchange"
        weeks = {
            "starts_on": in_days(7 * number),
            "ends_on": in_days(7 * number + 6),
        }  # exchanges follow each other
        placement = PlacementFactory(slot=SlotFactory(), enrolment=enrolment, kind=kind, **weeks)
        AgreementFactory(placement=placement)
    LearningPlanFactory(enrolment=enrolment)
    login(client, enrolment.student.person.user)
    client.get(reverse("student-work"))
    with django_assert_max_num_queries(12):
        page = client.get(reverse("student-work"))
    assert len(page.context["placements"]) == count
    with django_assert_max_num_queries(9):
        assert len(client.get(reverse("student-placements")).context["rows"]) == count
    with django_assert_max_num_queries(12):
        client.get(reverse("student-start"))
    cohort = enrolment.cohort
    login(client, CohortTeacherFactory(cohort=cohort).membership.person.user)
    where = [cohort.programme.school.slug, cohort.public_id, enrolment.public_id]
    client.get(reverse("enrolment-placements", args=where))
    with django_assert_max_num_queries(11):
        page = client.get(reverse("enrolment-placements", args=where))
    assert len(page.context["rows"]) == count


def test_student_reads_who_guides_and_who_takes_over_on_a_day_to_come(client):
    placement = PlacementFactory()
    first = SupervisionFactory(placement=placement, starts_on=placement.starts_on, ends_on=in_days(9))
    later = SupervisionFactory(placement=placement, starts_on=in_days(10))
    page = login(client, placement.student.person.user).get(reverse("student-work")).content.decode()
    text = " ".join(page.split())
    assert f"Werkbegeleider: {first.membership.name}" in text
    assert re.search(rf"Vanaf [^<]+: {re.escape(later.membership.name)}", text)


def test_school_reads_earlier_places_of_a_student_with_what_was_agreed(client):
    enrolment = EnrolmentFactory()
    over = PlacementFactory(
        enrolment=enrolment, starts_on=in_days(-90), ends_on=in_days(-30), state="completed"
    )
    agreement = AgreementFactory(placement=over)
    cohort = enrolment.cohort
    login(client, CohortTeacherFactory(cohort=cohort).membership.person.user)
    where = [cohort.programme.school.slug, cohort.public_id, enrolment.public_id]
    url = reverse("enrolment-placements", args=where)
    assert url in client.get(reverse("enrolment-detail", args=where)).content.decode()
    page = client.get(url).content.decode()
    for shown in (over.slot.organisation.name, over.get_absolute_url(), agreement.get_absolute_url()):
        assert shown in page


def test_school_reads_who_at_work_may_look_in_the_plan(client):
    placement = PlacementFactory()
    cohort = placement.enrolment.cohort
    login(client, CohortTeacherFactory(cohort=cohort).membership.person.user)
    where = [cohort.programme.school.slug, cohort.public_id, placement.enrolment.public_id]
    page = client.get(reverse("enrolment-placements", args=where)).content.decode()
    shown = page.partition("Wie op het werk de doelen mag zien")[2]
    assert placement.organisation.name in shown


def text_of(page):
    """What a reader sees of a page, on one line."""
    return " ".join(re.sub(r"<[^>]+>", " ", page.content.decode()).split())


def test_employer_sees_by_location_who_is_there_until_when_and_what_is_free(client):
    organisation = OrganisationFactory()
    slot = SlotFactory(organisation=organisation, seats=3)
    placement = PlacementFactory(slot=slot)
    empty = SlotFactory(organisation=organisation, seats=1)
    user = member(organisation, Role.CONTACT)
    page = login(client, user).get(reverse("employer-start", args=[organisation.slug]))
    text = text_of(page)
    assert f"{placement.student.full_name}" in text
    assert f"tot en met {short_day(placement.ends_on)}" in text
    assert f"{slot.title} 2 plekken vrij" in text
    assert f"{empty.title} 1 plek vrij" in text
    places = {place.name: (place.taken, place.total) for place in page.context["locations"]}
    assert places[str(slot.location)] == (1, 3)


def test_free_seats_stand_above_those_that_are_taken(client):
    """Of a long list the rest is folded: what one can still offer is not in the fold."""
    organisation = OrganisationFactory()
    location = LocationFactory(organisation=organisation)
    taken = SlotFactory(organisation=organisation, location=location, seats=6)
    for seat_no in range(1, 7):
        PlacementFactory(slot=taken, seat_no=seat_no)
    SlotFactory(organisation=organisation, location=location, seats=1)
    user = member(organisation, Role.CONTACT)
    page = login(client, user).get(reverse("employer-start", args=[organisation.slug]))
    (place,) = page.context["locations"]
    assert [seat.is_free for seat in place.seats] == [True] + [False] * 6
    assert place.seats[0] in place.shown
    assert len(place.more) == 3


def test_tasks_of_one_kind_are_one_line_with_their_number_and_the_law_comes_first(client):
    organisation = OrganisationFactory()
    slot = SlotFactory(organisation=organisation, seats=4)
    matches = MatchFactory.create_batch(3, slot=slot, answer_by=in_days(-2))
    for _ in range(2):
        placement = PlacementFactory(slot=SlotFactory(organisation=organisation))
        AgreementVersionFactory(agreement__placement=placement, agreement__state="signing", asked=True)
    user = member(organisation, Role.CONTACT, may_sign=True)
    page = login(client, user).get(reverse("employer-start", args=[organisation.slug]))
    groups = [(str(group.title), group.count) for group in page.context["tasks"]]
    assert groups[:2] == [("Teken de praktijkovereenkomst", 2), ("Voorstellen beantwoorden", 3)]
    text = text_of(page)
    assert "3 keer: Voorstellen beantwoorden Te laat" in text
    assert "(en nog 2)" in text
    assert len(matches) == 3


def test_teacher_sees_of_each_cohort_what_is_missing_and_goes_there(client):
    school = OrganisationFactory(school=True)
    membership = MembershipFactory(organisation=school, role=Role.TEACHER)
    cohort = CohortFactory(programme__school=school)
    CohortTeacherFactory(cohort=cohort, membership=membership)
    EnrolmentFactory.create_batch(2, cohort=cohort)
    page = login(client, membership.person.user).get(reverse("school-start", args=[school.slug]))
    html = page.content.decode()
    address = reverse("cohort-detail", args=[school.slug, cohort.public_id])
    assert re.search(rf'href="{address}\?mist=plan">\s*2 zonder leerplan', html)
    assert re.search(rf'href="{address}\?mist=plek">\s*2 zonder plek', html)


def test_manager_is_not_told_that_no_student_learns_here(client):
    organisation = OrganisationFactory()
    PlacementFactory(slot=SlotFactory(organisation=organisation))
    page = login(client, member(organisation, Role.MANAGER)).get(
        reverse("employer-start", args=[organisation.slug])
    )
    text = page.content.decode()
    assert "Er leert hier nu geen student." not in text
    assert "Alleen contactpersonen en praktijkopleiders zien de studenten van de organisatie." in text
    assert reverse("placements:match-list") not in text


def test_task_list_keeps_the_clock_beside_its_day(client):
    organisation = OrganisationFactory()
    MatchFactory(slot=SlotFactory(organisation=organisation))
    page = login(client, member(organisation, Role.CONTACT)).get(
        reverse("employer-next-steps", args=[organisation.slug])
    )
    assert re.search(r'<p class="rows__meta">\s*<span>\s*<svg', page.content.decode())


def test_manager_who_teaches_nothing_finds_the_way_to_what_a_manager_does(client):
    school = OrganisationFactory(school=True)
    CohortFactory(programme__school=school)
    page = login(client, member(school, Role.MANAGER)).get(reverse("school-start", args=[school.slug]))
    text = page.content.decode()
    assert "Een beheerder van de school koppelt je" not in text
    assert "Je zorgt voor de mensen, de opleidingen en de cohorten" in text
    main = text[text.index("<main") : text.index("</main>")]
    for name in ("students:cohort-list", "programmes:programme-list", "partnerships:people-list"):
        assert reverse(name, args=[school.slug]) in main
    assert reverse("placements:match-list") not in main  # a manager sees none
    assert "Geen lessen gepland" not in main  # nor lessons


def test_manager_who_also_teaches_reads_how_to_add_oneself(client):
    school = OrganisationFactory(school=True)
    manager = member(school, Role.MANAGER)
    MembershipFactory(organisation=school, person=manager.person, role=Role.TEACHER)
    CohortFactory(programme__school=school)  # of a colleague
    text = login(client, manager).get(reverse("school-start", args=[school.slug])).content.decode()
    assert "Een beheerder van de school koppelt je" not in text
    own = text.split("zet jezelf erbij als docent.")[1].split("</p>")[0]
    assert f'href="{reverse("students:cohort-list", args=[school.slug])}"' in own


def test_teacher_without_a_cohort_reads_who_adds_one(client):
    school = OrganisationFactory(school=True)
    page = login(client, member(school, Role.TEACHER)).get(reverse("school-start", args=[school.slug]))
    assert "Een beheerder van de school koppelt je" in page.content.decode()


def test_student_reads_on_the_work_page_whose_turn_a_proposal_is(client):
    enrolment = EnrolmentFactory()
    MatchFactory(enrolment=enrolment, state="employer_agreed", employer_agreed_at=timezone.now())
    page = login(client, enrolment.student.person.user).get(reverse("student-work")).content.decode()
    assert "Wacht op jou" in page
    assert "akkoord werkgever" not in page


def test_employer_asks_who_coordinates_and_who_teaches_its_students(client):
    employer, body = OrganisationFactory(), OrganisationFactory(kind="knowledge_network")
    partnership = MemberFactory(organisation=employer).partnership
    MemberFactory(partnership=partnership, organisation=body, role=MemberRole.COORDINATING_BODY)
    coordinator = member(body, Role.COORDINATOR).person
    placed = PlacementFactory(slot=SlotFactory(organisation=employer)).enrolment
    teachers = [CohortTeacherFactory(cohort=placed.cohort).membership.person for _ in range(3)]
    CohortTeacherFactory()
    login(client, member(employer, Role.CONTACT))
    page = client.get(reverse("employer-start", args=[employer.slug]))
    first_two = sorted(teachers, key=lambda one: (one.sort_name, one.pk))[:2]
    names = [coordinator.full_name, *(one.full_name for one in first_two)]
    assert [card.name for card in page.context["contacts"]] == names
    assert all(name in page.content.decode() for name in names)


@pytest.mark.parametrize("count", [1, 3])
def test_supervisor_asks_at_work_and_at_school(client, django_assert_max_num_queries, count):
    employer = OrganisationFactory()
    trainer = member(employer, Role.PRACTICE_TRAINER).person
    user = member(employer, Role.SUPERVISOR)
    for _ in range(count):
        enrolment = EnrolmentFactory()
        access(enrolment=enrolment, organisation=employer, membership=user.person.memberships.get())
        CohortTeacherFactory(cohort=enrolment.cohort)
    login(client, user)
    url = reverse("students:supervisor-start")
    client.get(url)
    with django_assert_max_num_queries(12):
        page = client.get(url)
    cards = page.context["people"]
    assert cards[0].name == trainer.full_name
    assert len(cards) == 1 + min(count, 2)
