"""Pages where schools record what SBB says of an employer."""

import pytest
from django.urls import reverse

from tests.factories.partnerships import OrganisationFactory
from tests.factories.programmes import AccreditationFactory
from tests.helpers import login
from tests.placements.scene import in_days


def url(name, *args):
    return reverse(name, args=args)


def accreditation(scene, **changes):
    return {
        "organisation": scene.employer.pk,
        "learning_company_id": "100012345",
        "crebo": scene.qualification.crebo,
        "status": "verified",
        "valid_from": in_days(-10).isoformat(),
        "valid_until": "",
        "withdrawn_on": "",
        "checked_on": in_days(0).isoformat(),
        "source": "register",
        **changes,
    }


def test_teacher_records_a_check_and_later_a_withdrawal(client, scene):
    login(client, scene.teacher)
    assert client.post(url("programmes:accreditation-create"), accreditation(scene)).status_code == 302
    row = scene.employer.accreditations.get()
    gone = accreditation(scene, status="withdrawn", withdrawn_on=in_days(0).isoformat())
    assert client.post(row.get_absolute_url(), gone).status_code == 302
    row.refresh_from_db()
    assert row.status == "withdrawn"
    page = client.get(row.get_absolute_url()).content.decode()
    assert "in orde" in page
    assert "ingetrokken" in page


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"crebo": "1234"}, "crebo"),
        ({"crebo": "abcde"}, "crebo"),
        ({"organisation": 999999}, "organisation"),
        ({"status": "misschien"}, "status"),
        ({"status": "withdrawn"}, "withdrawn_on"),
        ({"valid_until": "2001-01-01"}, "valid_until"),
        ({"checked_on": "2999-01-01"}, "checked_on"),
        ({"learning_company_id": "1" * 21}, "learning_company_id"),
        ({"source": ""}, "source"),
    ],
)
def test_check_with_something_wrong_is_shown_again(client, scene, change, field):
    login(client, scene.teacher)
    response = client.post(url("programmes:accreditation-create"), accreditation(scene, **change))
    assert response.status_code == 200
    assert field in response.context["form"].errors
    assert not scene.employer.accreditations.exists()


def test_check_of_an_employer_out_of_reach_is_refused(client, scene):
    login(client, scene.teacher)
    other = OrganisationFactory()
    assert (
        client.post(
            url("programmes:accreditation-create"), accreditation(scene, organisation=other.pk)
        ).status_code
        == 200
    )
    row = AccreditationFactory(organisation=other)
    assert client.get(row.get_absolute_url()).status_code == 404


def test_crebo_of_a_known_check_cannot_be_changed_by_hand(client, scene):
    login(client, scene.coordinator)
    row = AccreditationFactory(organisation=scene.employer, crebo="95555")
    client.post(row.get_absolute_url(), accreditation(scene, crebo="96666"))
    assert list(scene.employer.accreditations.values_list("crebo", flat=True)) == ["95555"]
