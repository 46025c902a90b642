"""Pages where a school records what it found out about the accreditation of an employer."""

import pytest
from django.urls import reverse

from accounts.enums import Role
from placements.presenters import next_steps
from programmes.models import AccreditationCheck
from tests.factories.accounts import UserFactory
from tests.factories.partnerships import MemberFactory, MembershipFactory, OrganisationFactory
from tests.factories.programmes import AccreditationFactory
from tests.helpers import login
from tests.placements.scene import actor, in_days


def url(name, *args):
    return reverse(f"placements:{name}", args=args)


def text(response):
    return " ".join(response.content.decode().split())


def found(**changes):
    return {
        "learning_company_id": "100012345",
        "status": "verified",
        "valid_from": in_days(-10).isoformat(),
        "valid_until": "",
        "checked_on": in_days(0).isoformat(),
        "source": "register",
        "proof": "https://register.example/100012345",
        **changes,
    }


def check(scene, **changes):
    return found(organisation=scene.employer.pk, crebo=scene.qualification.crebo, **changes)


def test_teacher_records_a_check_and_later_a_withdrawal(client, scene):
    login(client, scene.teacher)
    address = url("accreditation-create", scene.school.slug)
    assert client.post(address, check(scene)).status_code == 302
    client.post(address, check(scene, status="withdrawn", valid_until=in_days(-1).isoformat()))
    rows = scene.employer.accreditation_checks.order_by("pk")
    assert [(row.school, row.status, row.by) for row in rows] == [
        (scene.school, "verified", scene.teacher.person),
        (scene.school, "withdrawn", scene.teacher.person),
    ]
    page = text(client.get(rows[0].get_absolute_url()))
    for shown in (
        "in orde",
        "ingetrokken",
        "https://register.example/100012345",
        scene.teacher.person.full_name,
    ):
        assert shown in page


def test_a_second_press_records_nothing_more(client, scene):
    login(client, scene.teacher)
    for _ in range(2):
        assert client.post(url("accreditation-create", scene.school.slug), check(scene)).status_code == 302
    assert scene.employer.accreditation_checks.count() == 1


def test_correction_stands_beside_what_it_corrects(client, scene):
    wrong = AccreditationFactory(
        school=scene.school, organisation=scene.employer, crebo=scene.qualification.crebo
    )
    login(client, scene.teacher)
    address = url("accreditation-correct", wrong.public_id)
    assert "Waarom" in text(client.get(address))
    without_reason = client.post(address, found(status="unknown", reason=""))
    assert "reason" in without_reason.context["form"].errors
    for _ in range(2):
        response = client.post(address, found(status="unknown", reason="Verkeerd gelezen."))
        assert response.status_code == 302
    right = AccreditationCheck.objects.get(corrects=wrong)
    page = text(client.get(wrong.get_absolute_url()))
    assert "Verkeerd gelezen." in page
    assert "Gecorrigeerd op" in page
    assert url("accreditation-correct", right.public_id) in page
    assert address not in page


def test_what_was_corrected_meanwhile_is_read_again_first(client, scene):
    wrong = AccreditationFactory(school=scene.school, organisation=scene.employer)
    AccreditationFactory(
        school=scene.school, organisation=scene.employer, corrects=wrong, reason="Verkeerd gelezen."
    )
    login(client, scene.teacher)
    address = url("accreditation-correct", wrong.public_id)
    response = client.post(address, found(status="unknown", reason="Iets anders."))
    assert "al gecorrigeerd" in text(response)
    assert "Iets anders." in text(response)
    assert AccreditationCheck.objects.count() == 2
    assert client.get(address).status_code == 302


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"crebo": "1234"}, "crebo"),
        ({"crebo": "abcde"}, "crebo"),
        ({"organisation": 999999}, "organisation"),
        ({"status": "misschien"}, "status"),
        ({"status": "withdrawn"}, "valid_until"),
        ({"valid_from": ""}, "valid_from"),
        ({"valid_until": "2001-01-01"}, "valid_until"),
        ({"checked_on": "2999-01-01"}, "checked_on"),
        ({"learning_company_id": "1" * 21}, "learning_company_id"),
        ({"source": ""}, "source"),
        ({"proof": "x" * 501}, "proof"),
    ],
)
def test_check_with_something_wrong_is_shown_again(client, scene, change, field):
    login(client, scene.teacher)
    response = client.post(url("accreditation-create", scene.school.slug), {**check(scene), **change})
    assert response.status_code == 200
    assert field in response.context["form"].errors
    assert not scene.employer.accreditation_checks.exists()


def test_employer_with_whom_the_school_has_nothing_is_no_choice(client, scene):
    login(client, scene.teacher)
    other = OrganisationFactory()
    response = client.post(
        url("accreditation-create", scene.school.slug), {**check(scene), "organisation": other.pk}
    )
    assert "organisation" in response.context["form"].errors
    assert not AccreditationCheck.objects.exists()


def test_the_address_fills_in_what_is_known(client, scene):
    AccreditationFactory(
        school=scene.school,
        organisation=scene.employer,
        crebo=scene.qualification.crebo,
        learning_company_id="LB-77",
    )
    login(client, scene.teacher)
    address = url("accreditation-create", scene.school.slug)
    chosen = {"werkgever": scene.employer.slug, "crebo": scene.qualification.crebo}
    form = client.get(address, chosen).context["form"]
    assert form["organisation"].value() == scene.employer.pk
    assert (form["crebo"].value(), form["learning_company_id"].value()) == (chosen["crebo"], "LB-77")
    assert client.get(address, {"werkgever": "bestaat-niet"}).status_code == 200


def test_coordinator_reads_and_records_nothing(client, scene):
    row = AccreditationFactory(school=scene.school, organisation=scene.employer)
    elsewhere = AccreditationFactory(school=OrganisationFactory(school=True), organisation=scene.employer)
    login(client, scene.coordinator)
    page = text(client.get(url("accreditation-list")))
    assert row.get_absolute_url() in page
    assert elsewhere.get_absolute_url() not in page
    assert "Controle vastleggen" not in page
    assert "Nieuwe controle vastleggen" not in text(client.get(row.get_absolute_url()))


def test_employer_reads_what_each_school_found(client, scene):
    other = OrganisationFactory(school=True)
    MemberFactory(partnership=scene.partnership, organisation=other)
    for school in (scene.school, other, None):
        AccreditationFactory(school=school, organisation=scene.employer)
    login(client, scene.contact)
    page = text(client.get(url("accreditation-own", scene.employer.slug)))
    for shown in (scene.school.name, other.name, "landelijke bron"):
        assert shown in page


def test_administrator_records_the_national_source(client, scene):
    login(client, UserFactory(is_staff=True))
    address = url("accreditation-create-national")
    assert address in text(client.get(url("accreditation-list")))
    client.post(address, check(scene))
    row = AccreditationCheck.objects.get()
    assert (row.school, row.status) == (None, "verified")
    assert "landelijke bron" in text(client.get(url("accreditation-list")))


def test_teacher_of_two_schools_chooses_for_which(client, scene):
    other = OrganisationFactory(school=True, name="Roc Twee")
    MembershipFactory(person=scene.teacher.person, organisation=other, role=Role.TEACHER)
    login(client, scene.teacher)
    page = text(client.get(url("accreditation-list")))
    assert url("accreditation-create", scene.school.slug) in page
    assert url("accreditation-create", other.slug) in page
    assert "Roc Twee" in page


@pytest.mark.parametrize("count", [1, 3])
def test_list_costs_the_same_for_one_and_three(client, scene, django_assert_num_queries, count):
    school = OrganisationFactory(school=True)
    for number in range(count):
        scene.placement()
        AccreditationFactory(school=scene.school, organisation=scene.employer, crebo=f"9666{number}")
    for by in (scene.school, school):
        AccreditationFactory(
            school=by,
            organisation=scene.employer,
            crebo=scene.qualification.crebo,
            status="withdrawn",
            valid_until=in_days(-1),
        )
    login(client, scene.teacher)
    client.get(url("accreditation-list"))
    with django_assert_num_queries(7):
        page = client.get(url("accreditation-list"))
    assert (len(page.context["lost"]), len(page.context["rows"])) == (count, count + 1)


def test_doubt_of_another_school_is_a_signal_and_a_next_step(client, scene):
    placement = scene.placement()
    AccreditationFactory(
        school=OrganisationFactory(school=True),
        organisation=scene.employer,
        crebo=scene.qualification.crebo,
        status="withdrawn",
        valid_until=in_days(-1),
    )
    login(client, scene.teacher)
    look_again = f"?werkgever={scene.employer.slug}"
    for address in (url("accreditation-list"), placement.get_absolute_url()):
        page = text(client.get(address))
        assert "Een andere school" in page
        assert look_again in page
    steps = next_steps.for_teacher(actor(scene.teacher), scene.school.pk)
    assert [step.url for step in steps] == [placement.get_absolute_url()]
    login(client, scene.contact)
    assert "Een andere school" not in text(client.get(placement.get_absolute_url()))
