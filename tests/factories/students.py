"""Factories of students and plans."""

from datetime import date, timedelta
from uuid import uuid4

import factory
from django.core.files.base import ContentFile
from django.utils import timezone
from factory.django import DjangoModelFactory

from accounts.enums import Role
from core.dates import today
from core.files import keep
from partnerships.models import Studying
from students import enums, models
from students.models.enrolments import OPEN
from tests.factories.accounts import PersonWithAccountFactory
from tests.factories.partnerships import MembershipFactory, OrganisationFactory, PartnershipFactory
from tests.factories.programmes import CohortFactory, SessionFactory

_NOT_AGREED = {enums.GoalState.PROPOSED, enums.GoalState.LAPSED}


class StudentFactory(DjangoModelFactory):
    class Meta:
        model = models.Student

    person = factory.SubFactory(
        PersonWithAccountFactory,
        first_name=factory.Sequence(lambda n: f"Samira{n:05}"),  # lists sort by it
        last_name="Voorbeeld",
        email=factory.Sequence(lambda n: f"student{n}@leerling.example"),
    )
    born_on = date(2000, 3, 14)
    town = "Lelystad"
    pc4 = "8224"


class EnrolmentFactory(DjangoModelFactory):
    class Meta:
        model = models.Enrolment

    student = factory.SubFactory(StudentFactory)
    cohort = factory.SubFactory(CohortFactory)
    starts_on = factory.LazyFunction(lambda: today() - timedelta(days=60))
    ends_on = factory.LazyFunction(lambda: today() + timedelta(days=600))
    ended_on = factory.LazyAttribute(lambda row: None if row.state in OPEN else today())
    leaving_reason = factory.LazyAttribute(
        lambda row: "Ander werk" if row.state == enums.EnrolmentState.DROPPED_OUT else ""
    )
    state = enums.EnrolmentState.ENROLLED


class StudyingFactory(DjangoModelFactory):
    """A view over enrolments: what is made is an enrolment."""

    class Meta:
        model = Studying

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        made = EnrolmentFactory(cohort__programme__partnership=PartnershipFactory(), **kwargs)
        return model_class.objects.get(pk=made.pk)


class LearningPlanFactory(DjangoModelFactory):
    class Meta:
        model = models.LearningPlan

    enrolment = factory.SubFactory(EnrolmentFactory)

    class Params:
        active = factory.Trait(state=enums.PlanState.ACTIVE, activated_at=factory.LazyFunction(timezone.now))


class GoalFactory(DjangoModelFactory):
    """A goal with its first text; `agreed=True` makes that text the one in force."""

    class Meta:
        model = models.Goal
        skip_postgeneration_save = True

    plan = factory.SubFactory(LearningPlanFactory)
    position = factory.Sequence(lambda n: n)

    class Params:
        agreed = factory.Trait(state=enums.GoalState.AGREED)

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        state = kwargs.pop("state", enums.GoalState.PROPOSED)
        goal = model_class.objects.create(**{**kwargs, "state": enums.GoalState.PROPOSED, "result": ""})
        goal.latest = GoalVersionFactory(goal=goal, agreed=state not in _NOT_AGREED)
        if state not in _NOT_AGREED:
            goal.current = goal.latest
        goal.state = state
        if state == enums.GoalState.ASSESSED:
            goal.result = kwargs.get("result") or enums.GoalResult.PASSED
            goal.assessed_at = kwargs.get("assessed_at") or timezone.now()
        if state in {enums.GoalState.DEMONSTRATED, enums.GoalState.ASSESSED}:
            hand_in = HandInFactory(goal=goal)
            if state == enums.GoalState.ASSESSED:
                AssessmentFactory(hand_in=hand_in, result=goal.result)
        goal.save()
        return goal


class GoalVersionFactory(DjangoModelFactory):
    class Meta:
        model = models.GoalVersion

    goal = factory.SubFactory(GoalFactory)
    number = 1
    text = factory.Sequence(lambda n: f"Ik rapporteer volgens de methode {n}")
    due_on = factory.LazyFunction(lambda: today() + timedelta(days=30))

    class Params:
        agreed = factory.Trait(agreed_at=factory.LazyFunction(timezone.now))


class PlanVersionFactory(DjangoModelFactory):
    class Meta:
        model = models.PlanVersion

    plan = factory.SubFactory(LearningPlanFactory)
    number = 1


class ConsentFactory(DjangoModelFactory):
    class Meta:
        model = models.Consent

    goal_version = factory.LazyFunction(lambda: GoalFactory().latest)
    number = factory.LazyAttribute(
        lambda consent: models.Consent.objects.filter(goal_version=consent.goal_version).count() + 1
    )
    party = enums.Party.STUDENT
    capacity = Role.STUDENT
    answer = enums.Answer.YES
    organisation = factory.Maybe(
        factory.LazyAttribute(lambda consent: consent.party == enums.Party.EMPLOYER),
        factory.SubFactory(OrganisationFactory),
        None,
    )
    at = factory.LazyFunction(timezone.now)


class GoalRemarkFactory(DjangoModelFactory):
    class Meta:
        model = models.GoalRemark

    goal = factory.SubFactory(GoalFactory)
    party = enums.Party.EMPLOYER
    text = "Goed gedaan."


class EvidenceFactory(DjangoModelFactory):
    """A piece of evidence; `content` gives it a file with those bytes."""

    class Meta:
        model = models.Evidence

    goal = factory.SubFactory(GoalFactory)
    text = "Ik heb drie keer gerapporteerd."

    @classmethod
    def _create(cls, model_class, *args, content=None, content_type="application/pdf", **kwargs):
        if content is not None:
            kwargs["file"] = keep(
                file=ContentFile(content),
                path=f"evidence/{uuid4()}",
                content_type=content_type,
                subject=kwargs["goal"].plan.enrolment.student.public_id,
            )
            kwargs.setdefault("file_name", "verslag.pdf")
        return super()._create(model_class, *args, **kwargs)


class PracticeOpinionFactory(DjangoModelFactory):
    """An opinion of a work supervisor on an agreed text."""

    class Meta:
        model = models.PracticeOpinion

    version = factory.LazyFunction(lambda: GoalFactory(state=enums.GoalState.BUSY).current)
    membership = factory.SubFactory(MembershipFactory, role=Role.SUPERVISOR)
    by = factory.SelfAttribute("membership.person")
    text = "Deed dit twee keer zonder hulp."
    at = factory.LazyFunction(timezone.now)


class HandInFactory(DjangoModelFactory):
    """A hand-in of a goal with one piece of evidence that its teachers can read."""

    class Meta:
        model = models.HandIn
        skip_postgeneration_save = True

    goal = factory.SubFactory(GoalFactory)
    version = factory.LazyAttribute(lambda hand_in: hand_in.goal.current)
    at = factory.LazyFunction(timezone.now)

    @factory.post_generation
    def evidence(hand_in, create, extracted, **kwargs):
        if hand_in.opinion is None:
            hand_in.evidence.set(extracted or [EvidenceFactory(goal=hand_in.goal, for_teachers=True)])


class AssessmentFactory(DjangoModelFactory):
    class Meta:
        model = models.Assessment

    hand_in = factory.SubFactory(HandInFactory)
    result = enums.GoalResult.PASSED
    feedback = "Laat het nog een keer zien."
    at = factory.LazyFunction(timezone.now)


class WorkSituationFactory(DjangoModelFactory):
    class Meta:
        model = models.WorkSituation

    enrolment = factory.SubFactory(EnrolmentFactory)
    text = "Een collega en ik dachten anders over de planning."
    for_teachers = True


class TreatmentFactory(DjangoModelFactory):
    """A situation in a session; with an `answer` it was treated there."""

    class Meta:
        model = models.Treatment

    situation = factory.SubFactory(WorkSituationFactory)
    session = factory.SubFactory(SessionFactory, cohort=factory.SelfAttribute("..situation.enrolment.cohort"))
    treated_at = factory.LazyAttribute(lambda row: timezone.now() if getattr(row, "answer", "") else None)
