"""The pages on which an agreement is read, changed, asked for and ended."""

import pytest
from django.urls import reverse

from accounts.enums import Role
from agreements.enums import AgreementState
from agreements.models import Agreement
from agreements.services import agreements
from core.dates import today
from core.models import ReadLog
from partnerships.enums import MemberRole
from placements.models import Placement
from tests.agreements.cases import agreement_case, url, words
from tests.factories.partnerships import MemberFactory, OrganisationFactory
from tests.factories.placements import PlacementFactory, SlotFactory
from tests.factories.students import EnrolmentFactory
from tests.helpers import login, member

pytestmark = pytest.mark.django_db


# Reading


def test_detail_shows_the_text_and_explains_the_pok(client, case):
    page = words(login(client, case.student).get(case.agreement.get_absolute_url()))
    assert '<abbr title="praktijkovereenkomst">POK</abbr>' in page
    assert case.agreement.current.practice_trainer in page
    assert "De school werkt nog aan deze overeenkomst" in page


def test_reading_is_noted_once_a_day_except_the_students_own(client, case):
    login(client, case.student).get(case.agreement.get_absolute_url())
    assert ReadLog.objects.count() == 0
    login(client, case.contact)
    client.get(case.agreement.get_absolute_url())
    client.get(url("agreement-pdf", case, 1))
    log = ReadLog.objects.get()
    assert (log.reader_id, log.subject) == (case.contact.pk, case.placement.student.public_id)


def test_coordinator_sees_the_state_and_nothing_of_the_text(client, case):
    lead = OrganisationFactory()
    MemberFactory(partnership=case.placement.slot.partnership, organisation=lead, role=MemberRole.LEAD)
    agreements.change(agreement_id=case.agreement.pk, by=None, guidance="Geheim gesprek.")
    page = words(login(client, member(lead, Role.COORDINATOR)).get(case.agreement.get_absolute_url()))
    assert "Concept" in page or "concept" in page
    assert "Geheim gesprek." not in page
    assert ReadLog.objects.count() == 0


def test_old_version_says_that_it_is_replaced_and_what_changed(client, case):
    case.ask()
    agreements.change(agreement_id=case.agreement.pk, by=None, guidance="Elke dag samen.")
    login(client, case.student)
    assert "vervangen door versie 2" in words(client.get(url("agreement-version", case, 1)))
    newest = words(client.get(url("agreement-version", case, 2)))
    assert "Veranderd sinds versie 1" in newest
    assert client.get(url("agreement-version", case, 3)).status_code == 404


def test_missing_accreditation_is_named_with_who_can_mend_it(client):
    case = agreement_case(accredited=False)
    case.ask()
    case.sign_all()
    page = words(login(client, case.student).get(case.agreement.get_absolute_url()))
    crebo = case.placement.enrolment.cohort.programme.qualifications.earliest("pk").crebo
    assert "nog niet actief" in page
    assert f"voor crebo {crebo}" in page
    assert "Een docent van de school controleert dit" in page


def test_school_hears_that_nobody_can_sign_for_a_party(client, case):
    case.contact.memberships.update(may_sign=False)
    case.ask()
    page = words(login(client, case.teacher).get(case.agreement.get_absolute_url()))
    assert "Niemand kan in het portaal tekenen voor: werkgever" in page


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
    with django_assert_num_queries(7):  # session, user, actor (2), count, rows, signatures
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


@pytest.mark.parametrize("name", ["agreement-change", "agreement-ask", "agreement-sign", "agreement-end"])
def test_unknown_or_broken_ids_are_404(client, case, name):
    login(client, case.teacher)
    path = url(name, case)
    for other in ("00000000-0000-4000-8000-000000000000", str(case.placement.public_id)):
        response = client.post(path.replace(str(case.agreement.public_id), other))
        assert response.status_code == 404
    assert client.post(path.replace(str(case.agreement.public_id), "1")).status_code == 404


# Changing and ending


def form_data(case, **changes):
    version = Agreement.objects.get(pk=case.agreement.pk).current
    data = {
        "version": version.pk,
        "starts_on": version.starts_on.isoformat(),
        "ends_on": version.ends_on.isoformat(),
        "hours_reason": version.hours_reason,
        "practice_trainer": version.practice_trainer,
        "school_contact": version.school_contact,
        "guidance": version.guidance,
        "content": version.content,
        "assessment": version.assessment,
        "ending": version.ending,
        **{f"hours_{year}": hours for year, hours in version.years},
    }
    return data | changes


def test_change_saves_a_new_version(client, case):
    login(client, case.teacher)
    response = client.post(url("agreement-change", case), form_data(case, guidance="Anders."))
    assert response.status_code == 302
    case.agreement.refresh_from_db()
    assert (case.agreement.current.number, case.agreement.current.guidance) == (2, "Anders.")


def test_change_form_unchanged_saves_nothing(client, case):
    login(client, case.teacher).post(url("agreement-change", case), form_data(case))
    assert case.agreement.versions.count() == 1


def test_change_with_the_same_old_page_twice_keeps_the_first(client, case):
    login(client, case.teacher)
    data = form_data(case, guidance="Eerste.")
    client.post(url("agreement-change", case), data)
    again = client.post(url("agreement-change", case), data | {"guidance": "Tweede."})
    assert again.status_code == 200
    assert "Iemand anders heeft deze overeenkomst gewijzigd" in words(again)
    assert "Tweede." in words(again)  # nothing typed is lost
    assert case.agreement.versions.count() == 2


def test_fewer_hours_than_the_norm_ask_for_a_reason(client, case):
    login(client, case.teacher)
    year = case.agreement.current.years[0][0]
    few = form_data(case, **{f"hours_{year}": 1})
    refused = client.post(url("agreement-change", case), few)
    assert "minder uren dan de norm" in words(refused)
    client.post(url("agreement-change", case), few | {"hours_reason": "Vrijstelling."})
    case.agreement.refresh_from_db()
    assert case.agreement.current.hours_reason == "Vrijstelling."


def test_longer_period_asks_for_the_hours_of_the_new_year(client, case):
    login(client, case.teacher)
    later = case.agreement.current.ends_on.replace(year=case.agreement.current.ends_on.year + 1)
    case.placement.enrolment.ends_on = later
    case.placement.enrolment.save()
    response = client.post(url("agreement-change", case), form_data(case, ends_on=later.isoformat()))
    assert response.status_code == 200
    assert len(response.context["hour_fields"]) == 3


@pytest.mark.parametrize(
    "changes",
    [
        {"starts_on": ""},
        {"starts_on": "31-02-2026"},
        {"ends_on": "2020-01-01"},
        {"ends_on": "9999-12-31"},
        {"starts_on": "0001-01-01", "ends_on": "9999-12-31"},
        {"practice_trainer": ""},
        {"practice_trainer": "x" * 121},
        {"guidance": "x" * 2001},
        {"content": ""},
        {"guidance": "Zijn bsn is 111222333"},
        {"version": "abc"},
        {"version": "99999999999999999999"},
        {"hours": "hostile"},
    ],
)
def test_change_refuses_wrong_values_kindly(client, case, changes):
    login(client, case.teacher)
    if "hours" in changes:
        year = case.agreement.current.years[0][0]
        for value in ("", "-1", "abc", "1e9", "99999", "<script>"):
            response = client.post(url("agreement-change", case), form_data(case, **{f"hours_{year}": value}))
            assert response.status_code == 200
    else:
        response = client.post(url("agreement-change", case), form_data(case, **changes))
        assert response.status_code == 200
        assert 'class="errsum' in words(response) or "errsum" in words(response)
    assert case.agreement.versions.count() == 1


def test_ask_twice_says_that_it_is_asked(client, case):
    login(client, case.teacher)
    assert client.post(url("agreement-ask", case)).status_code == 302
    again = client.post(url("agreement-ask", case), follow=True)
    assert "De handtekeningen zijn al gevraagd." in words(again)


def test_end_with_reason_and_twice(client, case):
    case.ask()
    case.sign_all()
    login(client, case.teacher)
    data = {"last_day": today().isoformat(), "reason": "De locatie sluit."}
    assert client.post(url("agreement-end", case), data | {"reason": ""}).status_code == 200
    assert client.post(url("agreement-end", case), data | {"last_day": "2090-01-01"}).status_code == 200
    assert client.post(url("agreement-end", case), data).status_code == 302
    again = client.post(url("agreement-end", case), data, follow=True)
    assert "Alleen een actieve overeenkomst" in words(again)
    case.agreement.refresh_from_db()
    assert case.agreement.state == AgreementState.ENDED
