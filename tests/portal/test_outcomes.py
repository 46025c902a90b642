"""The page of figures: start, progress, drop-out, diplomas, and where people far from work take part."""

import re

import pytest
from django.conf import settings
from django.urls import reverse

from accounts.enums import Role
from accounts.models import User
from core.small_cells import is_small
from partnerships.enums import MemberRole
from portal import outcomes
from tests.core.test_small_cells import solved
from tests.demo.taken import taken
from tests.factories.core import StateChangeFactory
from tests.factories.partnerships import (
    IndicatorFactory,
    InitiativePartnerFactory,
    MeasurementFactory,
    MemberFactory,
    PartnershipFactory,
    SocialReturnActivityFactory,
)
from tests.factories.placements import PlacementFactory
from tests.factories.programmes import CohortFactory
from tests.factories.students import EnrolmentFactory, LearningPlanFactory
from tests.helpers import coordinating, login, member

pytestmark = pytest.mark.django_db
AGO = {"starts_on": "2023-09-01", "ends_on": "2025-07-31"}


@pytest.fixture
def cohort():
    return CohortFactory(programme__partnership=PartnershipFactory())


@pytest.fixture
def partnership(cohort):
    return cohort.programme.partnership


@pytest.fixture
def coordinator(client, partnership):
    user = User.objects.get(person=coordinating(partnership).person_id)
    login(client, user)
    return user


def page_of(partnership) -> str:
    return reverse("partnership-figures", args=[partnership.slug])


def shown(partnership) -> dict[str, list[int | None]]:
    return {str(line.label): list(line.numbers) for line in outcomes.of_partnership(partnership).years}


def fill(cohort, *, learning: int, completed: int, left: int, **fields) -> list:
    """So many students of one cohort."""
    ended = {"ended_on": "2025-06-30"}
    EnrolmentFactory.create_batch(completed, cohort=cohort, state="completed", **ended, **fields)
    EnrolmentFactory.create_batch(
        left, cohort=cohort, state="dropped_out", leaving_reason="verhuisd", **ended, **fields
    )
    return EnrolmentFactory.create_batch(learning, cohort=cohort, **fields)


def test_a11_board_member_sees_start_progress_dropping_out_and_diplomas(
    client, cohort, partnership, coordinator
):
    learning = fill(cohort, learning=12, completed=7, left=5, **AGO)
    fill(cohort, learning=6, completed=0, left=0, starts_on="2024-08-01", ends_on="2026-07-31")
    fill(CohortFactory(), learning=9, completed=9, left=9)  # of another partnership
    for enrolment in learning[:6]:
        PlacementFactory(enrolment=enrolment, slot__partnership=partnership)
        LearningPlanFactory(enrolment=enrolment, active=True)
    assert shown(partnership) == {
        "2023-2024": [24, 12, 7, 5],
        "2024-2025": [6, 6, 0, 0],
        "Alle jaren": [30, 18, 7, 5],
    }
    found = outcomes.of_partnership(partnership)
    assert [line.numbers for line in found.progress] == [[6], [12], [6], [12]]
    said = client.get(page_of(partnership)).content.decode()
    assert not any(enrolment.student.full_name in said for enrolment in learning)


def test_a11_small_groups_are_hidden_on_the_page_and_in_the_files(client, cohort, partnership, coordinator):
    fill(cohort, learning=12, completed=7, left=2, **AGO)
    answer = client.get(page_of(partnership))
    assert "niet getoond" in answer.content.decode()
    assert None in answer.context["found"].years[0].numbers
    assert "Groepen van minder dan 5 mensen" in answer.content.decode()
    for kind in ("csv", "xlsx"):
        rows = {
            (row[1], row[2]): row[3] for row in taken(client, f"{page_of(partnership)}?download=csv", kind)
        }
        assert rows["2023-2024", "Uitgevallen"] == "niet getoond"
        assert rows["2023-2024", "Nu aan het leren"] == "12"
        # One of the sum and what is hidden beside it goes too: 21 − 12 − 7 would be 2.
        assert "niet getoond" in {rows["2023-2024", "Begonnen"], rows["2023-2024", "Diploma"]}


def test_nothing_hidden_follows_from_what_the_page_shows(cohort, partnership):
    """Every sum that a reader knows of, solved: by year, over the years, and of who learns now."""
    learning = fill(cohort, learning=11, completed=3, left=8, **AGO)
    fill(cohort, learning=7, completed=6, left=1, starts_on="2024-09-01", ends_on="2026-07-31")
    fill(cohort, learning=9, completed=0, left=6, starts_on="2022-09-01", ends_on="2024-07-31")
    for enrolment in learning[:9]:
        LearningPlanFactory(enrolment=enrolment, active=True)
    found = outcomes.of_partnership(partnership)
    cells = {(str(line.label), name): number for line in found.years for name, number in line.titled}
    progress = {str(line.label): line.numbers[0] for line in found.progress}
    cells |= progress
    years = [str(line.label) for line in found.years]
    words = [outcomes.WORDS[name] for name in outcomes.COLUMNS]
    sums = [((year, words[0]), [(year, word) for word in words[1:]]) for year in years]
    sums += [((years[-1], word), [(year, word) for year in years[:-1]]) for word in words]
    sums += [((years[-1], words[1]), list(progress)[:2]), ((years[-1], words[1]), list(progress)[2:])]
    assert not any(number is not None and is_small(number) for number in cells.values())
    assert None in cells.values()
    assert not solved(cells, sums, cells)


def test_whoever_came_back_counts_once_and_the_waiting_list_not(cohort, partnership):
    fill(cohort, learning=5, completed=5, left=5, **AGO)
    before = EnrolmentFactory(
        cohort=cohort, state="dropped_out", leaving_reason="ziek", ended_on="2024-01-01", **AGO
    )
    EnrolmentFactory(cohort=cohort, student=before.student, continues=before, **AGO)
    EnrolmentFactory(cohort=cohort, state="waiting", **AGO)
    never = EnrolmentFactory(
        cohort=cohort, state="dropped_out", leaving_reason="elders", ended_on="2024-01-01", **AGO
    )
    StateChangeFactory(
        model="students.enrolment",
        object_id=never.pk,
        action="drop_out",
        from_state="waiting",
        to_state="dropped_out",
    )
    assert shown(partnership) == {"2023-2024": [16, 6, 5, 5]}


def counting(partnership, people, **of_initiative):
    indicator = IndicatorFactory(
        initiative__partnership=partnership,
        initiative__is_published=True,
        counts_distance=True,
        **of_initiative,
    )
    MeasurementFactory(indicator=indicator, value=99, measured_on="2026-01-01")
    MeasurementFactory(indicator=indicator, value=people, measured_on="2026-09-01")
    return indicator


def test_e12_observer_sees_where_people_far_from_work_take_part(client, partnership):
    observer = MemberFactory(partnership=partnership, role=MemberRole.OBSERVER).organisation
    employer = MemberFactory(partnership=partnership).organisation
    counting(partnership, 14, initiative__title="Meedoen op Molenhof")
    counting(partnership, 8, initiative__title="Proeftuin")
    IndicatorFactory(initiative__partnership=partnership, initiative__is_published=True)
    done = {"obligation__organisation": employer, "kind": "employment"}
    SocialReturnActivityFactory(**done, people=4, what="Baan van Kees")
    SocialReturnActivityFactory(**done, people=3)
    SocialReturnActivityFactory(**done, people=9, counts=False)
    SocialReturnActivityFactory(people=9)  # of who is no member
    login(client, member(observer, Role.COLLEAGUE))
    said = client.get(page_of(partnership)).content.decode()
    found = outcomes.of_partnership(partnership).distance
    assert [line.numbers[0] for line in found] == [14, 8, 7, 29]
    for told in ("Meedoen op Molenhof", "Proeftuin", "SROI: werk voor iemand"):
        assert told in said
    assert "Kees" not in said
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"  # whose pages say in which language a title is
    file = client.get(page_of(partnership), {"download": "csv"})
    lines = b"".join(file.streaming_content).decode()
    assert "Meedoen op Molenhof" in lines
    assert "<span" not in lines


def test_e12_few_are_hidden_and_so_is_what_gives_them_away(partnership):
    counting(partnership, 14)
    counting(partnership, 8)
    counting(partnership, 2)
    numbers = [line.numbers[0] for line in outcomes.of_partnership(partnership).distance]
    assert sorted(numbers, key=str) == [14, 24, None, None]


def test_school_and_employer_have_the_page_over_their_own_people(client, cohort, partnership):
    learning = fill(cohort, learning=8, completed=6, left=5, **AGO)
    fill(CohortFactory(programme__partnership=partnership), learning=20, completed=0, left=0)
    school = cohort.programme.school
    employer = MemberFactory(partnership=partnership).organisation
    for enrolment in learning[:7]:
        PlacementFactory(enrolment=enrolment, slot__organisation=employer, slot__partnership=partnership)
    initiative = counting(partnership, 6, initiative__title="Meedoen").initiative
    InitiativePartnerFactory(initiative=initiative, organisation=employer)
    for organisation, role, numbers in (
        (school, Role.MANAGER, [19, 8, 6, 5]),
        (employer, Role.CONTACT, [7, 7, 0, 0]),
    ):
        login(client, member(organisation, role))
        answer = client.get(reverse("organisation-figures", args=[organisation.slug]))
        assert list(answer.context["found"].years[0].numbers) == numbers
    assert "Meedoen" in answer.content.decode()


def test_page_without_anyone_says_so(client, partnership, coordinator):
    said = client.get(page_of(partnership)).content.decode()
    assert "Hier is nog niemand begonnen." in said
    assert "download=" not in said


@pytest.mark.parametrize("number", [1, 3])
def test_page_costs_the_same_for_many(
    client, django_assert_num_queries, cohort, partnership, coordinator, number
):
    for each in range(number):
        fill(cohort, learning=2, completed=1, left=1, starts_on=f"202{each}-09-01", ends_on="2026-07-31")
        counting(partnership, 5)
    client.get(page_of(partnership))
    with django_assert_num_queries(4):
        client.get(page_of(partnership))


def test_links_lead_to_it(client, partnership, coordinator):
    inside = client.get(reverse("partnerships:partnership-inside", args=[partnership.slug])).content.decode()
    assert re.search(rf'href="{page_of(partnership)}"', inside)
