"""Factories of programmes."""

from datetime import date, timedelta

import factory
from django.db import transaction
from django.utils import timezone
from factory.django import DjangoModelFactory

from core.dates import today
from programmes import models
from programmes.enums import AccreditationStatus
from tests.factories.accounts import PersonWithAccountFactory
from tests.factories.meetings import NeedFactory
from tests.factories.partnerships import MembershipFactory, OrganisationFactory, PartnershipFactory


class QualificationFileFactory(DjangoModelFactory):
    class Meta:
        model = models.QualificationFile

    crebo = factory.Sequence(lambda n: f"{93000 + n}")
    name = factory.Sequence(lambda n: f"Dossier {n}")
    valid_from = date(2020, 8, 1)
    source = "voorbeeld"


class QualificationFactory(DjangoModelFactory):
    class Meta:
        model = models.Qualification

    file = factory.SubFactory(QualificationFileFactory)
    crebo = factory.Sequence(lambda n: f"{95000 + n}")
    name = factory.Sequence(lambda n: f"Verzorgende {n}")
    level = 3


class CoreTaskFactory(DjangoModelFactory):
    class Meta:
        model = models.CoreTask

    qualification = factory.SubFactory(QualificationFactory)
    code = "B1-K1"
    title = "Biedt zorg"


class WorkProcessFactory(DjangoModelFactory):
    class Meta:
        model = models.WorkProcess

    core_task = factory.SubFactory(CoreTaskFactory)
    number = factory.Sequence(lambda n: n % 90 + 1)
    code = factory.LazyAttribute(lambda process: f"{process.core_task.code}-W{process.number}")
    title = factory.Sequence(lambda n: f"Werkproces {n}")


class ProgrammeFactory(DjangoModelFactory):
    class Meta:
        model = models.Programme
        skip_postgeneration_save = True

    school = factory.SubFactory(OrganisationFactory, school=True)
    name = factory.Sequence(lambda n: f"Verzorgende BBL {n}")

    @classmethod
    @transaction.atomic  # what has no such row is refused when a transaction ends
    def _create(cls, model_class, *args, **kwargs):
        """With the row of the partnership in which it is given."""
        with transaction.atomic():  # both are looked at together at the end
            programme = super()._create(model_class, *args, **kwargs)
            if programme.partnership_id:
                programme.partnerships.create(partnership_id=programme.partnership_id)
        return programme

    @factory.post_generation
    def qualifications(programme, create, extracted, **kwargs):
        """`qualifications=[…]`; without it the programme gets none."""
        if create and extracted:
            programme.qualifications.set(extracted)


class ProgrammePartnershipFactory(DjangoModelFactory):
    """The partnership in which a programme is given, which then names it."""

    class Meta:
        model = models.ProgrammePartnership

    programme = factory.SubFactory(ProgrammeFactory)
    partnership = factory.SubFactory(PartnershipFactory)

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        row = super()._create(model_class, *args, **kwargs)
        models.Programme.objects.filter(pk=row.programme_id).update(partnership=row.partnership)
        return row


class PartnerEmployerFactory(DjangoModelFactory):
    class Meta:
        model = models.PartnerEmployer

    programme = factory.SubFactory(ProgrammeFactory)
    organisation = factory.SubFactory(OrganisationFactory)


class CohortFactory(DjangoModelFactory):
    class Meta:
        model = models.Cohort

    programme = factory.SubFactory(ProgrammeFactory)
    name = factory.Sequence(lambda n: f"Groep {n}")
    starts_on = factory.LazyFunction(lambda: today() - timedelta(days=60))
    ends_on = factory.LazyFunction(lambda: today() + timedelta(days=600))
    capacity = 15


class CohortTeacherFactory(DjangoModelFactory):
    class Meta:
        model = models.CohortTeacher

    cohort = factory.SubFactory(CohortFactory)
    membership = factory.SubFactory(
        MembershipFactory, role="teacher", organisation=factory.SelfAttribute("..cohort.programme.school")
    )
    starts_on = factory.LazyAttribute(lambda row: min(row.cohort.starts_on, today()))


class SessionFactory(DjangoModelFactory):
    class Meta:
        model = models.Session

    cohort = factory.SubFactory(CohortFactory)
    theme = factory.Sequence(lambda n: f"Les {n}")
    starts_at = factory.LazyFunction(lambda: timezone.now() + timedelta(days=3))
    ends_at = factory.LazyAttribute(lambda session: session.starts_at + timedelta(hours=3))


class AccreditationFactory(DjangoModelFactory):
    """A check that the national source gives; `school=` makes it one that a school found out."""

    class Meta:
        model = models.AccreditationCheck

    school = None
    organisation = factory.SubFactory(OrganisationFactory)
    learning_company_id = "voorbeeld-1"
    crebo = "95001"
    status = AccreditationStatus.VERIFIED
    valid_from = factory.LazyFunction(lambda: today() - timedelta(days=400))
    checked_on = factory.LazyFunction(today)
    source = "voorbeeldgegevens"


class DifferenceFactory(DjangoModelFactory):
    class Meta:
        model = models.Difference

    need = factory.SubFactory(NeedFactory)
    work_process = factory.SubFactory(WorkProcessFactory)


class CohortRequestFactory(DjangoModelFactory):
    """Of a programme in a partnership, not answered yet."""

    class Meta:
        model = models.CohortRequest

    programme = factory.SubFactory(ProgrammeFactory, partnership=factory.SubFactory(PartnershipFactory))
    name = factory.Sequence(lambda n: f"Instroom {n}")
    starts_on = factory.LazyFunction(lambda: today() + timedelta(days=120))
    capacity = 15
    asked_by = factory.SubFactory(PersonWithAccountFactory)
