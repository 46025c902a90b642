"""Who reads what a student shows: by the flag of what one is, and with some goals only what belongs to those."""

from datetime import timedelta

import pytest

from accounts.enums import Role
from accounts.models import User
from core.dates import today
from partnerships.actors import actor_of
from students.enums import AccessScope, Party, Reader
from students.models import Evidence, WorkSituation
from students.models.sharing import flags
from students.services import evidence as evidence_service
from students.services import situations as situation_service
from tests.factories.partnerships import OrganisationFactory
from tests.factories.placements import access, ended
from tests.factories.students import (
    EvidenceFactory,
    GoalFactory,
    WorkSituationFactory,
)
from tests.helpers import edit, login, member
from tests.students.worlds import World, supervisor, url

pytestmark = pytest.mark.django_db
EVERYONE = frozenset(Reader)


@pytest.fixture
def readers(made) -> dict[Reader, User]:
    return {Reader.TEACHERS: made.teacher, Reader.SUPERVISOR: supervisor(made), Reader.EMPLOYER: made.trainer}


@pytest.mark.parametrize("chosen", [frozenset(), *({reader} for reader in Reader), EVERYONE])
def test_each_kind_of_reader_reads_by_its_own_flag(made, readers, chosen):
    EvidenceFactory(goal=GoalFactory(plan=made.plan), **flags(chosen))
    WorkSituationFactory(enrolment=made.enrolment, **flags(chosen))
    for rows in (Evidence.objects, WorkSituation.objects):
        found = {reader for reader, user in readers.items() if rows.visible_to(actor_of(user)).exists()}
        assert found == chosen
        assert rows.visible_to(made.actors[Party.STUDENT]).exists()


def host(made: World, *goals) -> tuple[User, User]:
    """A trainer and a supervisor of an organisation that sees only these goals."""
    organisation = OrganisationFactory()
    trainer, guide = member(organisation, Role.PRACTICE_TRAINER), member(organisation, Role.SUPERVISOR)
    for membership in (None, guide.person.memberships.get()):
        access(
            enrolment=made.enrolment,
            organisation=organisation,
            membership=membership,
            scope=AccessScope.EXCHANGE,
        )
    made.enrolment.placements.get(organisation=organisation).goals.set(goals)
    return trainer, guide


def test_exchange_host_reads_evidence_of_the_exchange_goals_only(client, made):
    exchanged, other = GoalFactory(plan=made.plan, agreed=True), GoalFactory(plan=made.plan, agreed=True)
    shown = EvidenceFactory(goal=exchanged, text="Bij de buren gedaan", **flags(EVERYONE))
    EvidenceFactory(goal=other, text="Thuis gedaan", **flags(EVERYONE))
    WorkSituationFactory(enrolment=made.enrolment, **flags(EVERYONE))
    for user in host(made, exchanged):
        assert list(Evidence.objects.visible_to(actor_of(user))) == [shown]
        assert not WorkSituation.objects.visible_to(actor_of(user)).exists()
        login(client, user)
        assert "Bij de buren gedaan" in client.get(url("goal-detail", exchanged)).content.decode()
        assert client.get(url("goal-detail", other)).status_code == 404
        assert client.get(url("enrolment-situations", made.enrolment)).status_code == 403


def test_nothing_is_read_once_the_access_has_ended(made, readers):
    EvidenceFactory(goal=GoalFactory(plan=made.plan), **flags(EVERYONE))
    WorkSituationFactory(enrolment=made.enrolment, **flags(EVERYONE))
    ended(made.enrolment, today() - timedelta(days=1))
    for reader in (Reader.SUPERVISOR, Reader.EMPLOYER):
        actor = actor_of(readers[reader])
        assert not Evidence.objects.visible_to(actor).exists()
        assert not WorkSituation.objects.visible_to(actor).exists()


def test_readers_are_taken_back_and_sending_again_as_private_does_so_too(client, made):
    goal = GoalFactory(plan=made.plan, agreed=True)
    login(client, made.student)
    data = {"text": "Zo deed ik het", "readers": ["teachers", "employer"]}
    client.post(url("evidence-add", goal), data)
    row = Evidence.objects.get()
    assert row.readers == {Reader.TEACHERS, Reader.EMPLOYER}
    client.post(url("evidence-add", goal), {"text": "Zo deed ik het"})
    row.refresh_from_db()
    assert row.readers == frozenset()
    edit(client, url("evidence-share", row), {"readers": ["supervisor"]})
    row.refresh_from_db()
    assert row.readers == {Reader.SUPERVISOR}
    page = " ".join(client.get(url("evidence-share", row)).content.decode().split())
    assert all(words in page for words in ("Voor mijn docenten", "Ja → Nee", str(made.student.person)))
    edit(client, url("evidence-share", row), {})
    row.refresh_from_db()
    assert row.readers == frozenset()


def test_situation_sent_again_as_private_is_not_shared_any_more(made):
    student = made.actors[Party.STUDENT]
    kept = {"enrolment_id": made.enrolment.pk, "text": "De lift was leeg.", "by": student}
    situation_service.bring_in(readers=["teachers"], **kept)
    situation_service.bring_in(**kept)
    assert WorkSituation.objects.get().readers == frozenset()


def test_others_cannot_choose_the_readers(made):
    row = EvidenceFactory(goal=GoalFactory(plan=made.plan), for_teachers=True)
    situation = WorkSituationFactory(enrolment=made.enrolment)
    for party in (Party.SCHOOL, Party.EMPLOYER):
        for act in (
            lambda by: evidence_service.share(evidence_id=row.pk, readers=EVERYONE, by=by, version=None),
            lambda by: situation_service.share(
                situation_id=situation.pk, readers=EVERYONE, by=by, version=None
            ),
        ):
            with pytest.raises(Exception, match="student"):
                act(made.actors[party])


@pytest.mark.parametrize("count", [1, 3])
def test_page_of_shown_situations_costs_the_same_for_one_and_three(
    client, made, django_assert_num_queries, count
):
    WorkSituationFactory.create_batch(count, enrolment=made.enrolment, for_employer=True)
    WorkSituationFactory(enrolment=made.enrolment)
    login(client, made.trainer)
    # session, user, actor, enrolment, note of the read, count, page, students, treatments
    with django_assert_num_queries(7):
        response = client.get(url("enrolment-situations", made.enrolment))
    assert len(response.context["situations"].items) == count
    assert (
        url("enrolment-situations", made.enrolment)
        in client.get(made.plan.get_absolute_url()).content.decode()
    )
