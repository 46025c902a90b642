"""A link to object to a signature works until a text falls that never was signed by all; one that was stays on record."""

from datetime import timedelta

import pytest

from accounts.models import PersonalLink
from agreements.services import agreements, versions
from core.dates import today
from core.models import OutgoingMail
from partnerships.actors import actor_of
from placements.services import break_offs
from tests.helpers import open_link

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def asked(case):
    """A first text with the student's signature on paper."""
    case.ask()
    case.on_paper("student")
    return case


@pytest.fixture
def active(asked):
    """The same in force."""
    asked.sign("employer", asked.contact)
    asked.sign("school", asked.teacher)
    return asked


def works() -> bool:
    return PersonalLink.objects.usable().exists()


def teacher(case):
    return actor_of(case.teacher)


def decline(case):
    versions.decline(
        agreement_id=case.agreement.pk, version_id=case.version_id, reason="Nee.", by=actor_of(case.contact)
    )


def rewrite(case):
    case.change(assessment="Anders.")


def end(case):
    agreements.end(
        agreement_id=case.agreement.pk,
        last_day=today() + 5 * DAY,
        reason="Verhuisd",
        then="placement",
        by=teacher(case),
        read=None,
    )


def break_off(case):
    break_offs.break_off(placement_id=case.placement.pk, reason="Verhuisd", by=teacher(case), read=None)


def follow_with_a_change(case):
    change = case.amend()
    for party, by in (("student", case.student), ("employer", case.contact), ("school", case.teacher)):
        case.sign(party, by, version_id=change.pk)


@pytest.mark.parametrize("over", [decline, rewrite, break_off])
def test_link_works_while_the_text_waits_and_is_withdrawn_with_it(asked, over):
    assert works()
    over(asked)
    assert not works()


@pytest.mark.parametrize("over", [end, break_off, follow_with_a_change])
def test_link_works_on_when_a_text_that_was_in_force_is_over(active, over):
    """Whoever never signed can say so, also when others went on from that text."""
    over(active)
    assert works()


def test_change_that_is_withdrawn_takes_its_link_along(case):
    case.ask()
    case.sign_all()
    change = case.amend()
    case.on_paper("student", version_id=change.pk)
    assert works()
    versions.withdraw(agreement_id=case.agreement.pk, version_id=change.pk, by=teacher(case))
    assert not works()


def break_off_and_take_back(case):
    break_off(case)
    break_offs.take_back(placement_id=case.placement.pk, by=teacher(case), read=None)


def test_text_that_waits_again_gives_the_link_back(asked):
    break_off_and_take_back(asked)
    assert works()


def test_link_in_place_of_which_there_is_a_newer_one_stays_withdrawn(asked):
    former = PersonalLink.objects.get()
    PersonalLink.objects.filter(pk=former.pk).update(revoked_at=former.created_at)
    PersonalLink.objects.create(
        person=former.person, email=former.email, act=former.act, digest="x", renewed_from=former
    )
    break_off_and_take_back(asked)
    former.refresh_from_db()
    assert former.revoked_at is not None


def test_page_of_a_link_that_was_withdrawn_opens_no_more(client, asked):
    path = open_link(client, OutgoingMail.objects.get(kind="named_signature_recorded"))
    assert client.get(path).status_code == 200
    break_off(asked)
    assert client.get(path).status_code == 404
