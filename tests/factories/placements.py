"""Factories of slots, matches and placements."""

from datetime import timedelta

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from accounts.enums import Role
from core.dates import today
from placements import enums, models
from placements.queries import due
from students.enums import AccessScope
from students.models import LearnerAccess
from tests.factories.accounts import PersonFactory
from tests.factories.partnerships import (
    LocationFactory,
    MembershipFactory,
    OrganisationFactory,
    PartnershipFactory,
)
from tests.factories.students import EnrolmentFactory

DAY = timedelta(days=1)
_ENDED = (enums.PlacementState.BROKEN_OFF, enums.PlacementState.CANCELLED)


class SupervisorFactory(MembershipFactory):
    """A work supervisor without an account, unless `person` says otherwise."""

    class Meta:
        model = models.Supervisor

    role = Role.SUPERVISOR
    person = factory.SubFactory(PersonFactory)


class SupervisionFactory(DjangoModelFactory):
    class Meta:
        model = models.Supervision

    placement = factory.SubFactory("tests.factories.placements.PlacementFactory")
    organisation = factory.SelfAttribute("placement.organisation")
    starts_on = factory.SelfAttribute("placement.starts_on")

    @classmethod
    def _create(cls, model_class, *args, membership=None, **kwargs):
        kwargs["membership_id"] = (
            membership or SupervisorFactory(organisation=kwargs["placement"].organisation)
        ).pk
        return super()._create(model_class, *args, **kwargs)


class AnswerTermFactory(DjangoModelFactory):
    class Meta:
        model = models.AnswerTerm

    starts_on = factory.LazyFunction(today)
    remind_after, colleague_after, expires_after = 2, 3, 4
    source = "afspraak van de partners"


class SlotFactory(DjangoModelFactory):
    class Meta:
        model = models.Slot
        skip_postgeneration_save = True

    organisation = factory.SubFactory(OrganisationFactory)
    location = factory.SubFactory(LocationFactory, organisation=factory.SelfAttribute("..organisation"))
    partnership = factory.SubFactory(PartnershipFactory)
    title = factory.Sequence(lambda n: f"BBL Verzorgende, Molenhof {n}")
    seats = 2
    starts_on = factory.LazyFunction(today)
    ends_on = factory.LazyFunction(lambda: today() + timedelta(days=365))
    state = enums.SlotState.ONLINE
    confirmed_on = factory.LazyFunction(today)

    class Params:
        draft = factory.Trait(state=enums.SlotState.DRAFT, confirmed_on=None)

    @factory.post_generation
    def qualifications(slot, create, extracted, **kwargs):
        """`qualifications=[…]`; without it the slot gets none."""
        if create and extracted:
            slot.qualifications.set(extracted)


class MatchFactory(DjangoModelFactory):
    class Meta:
        model = models.Match

    slot = factory.SubFactory(SlotFactory)
    enrolment = factory.SubFactory(EnrolmentFactory)
    reason = "Dicht bij huis."
    answer_by = factory.LazyFunction(due.answer_by)
    state = enums.MatchState.PROPOSED
    close_cause = factory.LazyAttribute(
        lambda match: enums.Cause.SILENCE if match.state == enums.MatchState.EXPIRED else ""
    )


class PlacementFactory(DjangoModelFactory):
    class Meta:
        model = models.Placement

        skip_postgeneration_save = True

    slot = factory.SubFactory(SlotFactory)
    state = enums.PlacementState.CONFIRMED
    organisation = factory.SelfAttribute("slot.organisation")
    seat_no = 1
    enrolment = factory.SubFactory(EnrolmentFactory)
    student = factory.SelfAttribute("enrolment.student")
    starts_on = factory.SelfAttribute("slot.starts_on")
    ends_on = factory.LazyAttribute(
        lambda row: (
            max(row.starts_on, today()) if row.state == enums.PlacementState.BROKEN_OFF else row.slot.ends_on
        )
    )
    would_end_on = factory.LazyAttribute(
        lambda row: max(row.ends_on, row.slot.ends_on) if row.state in enums.STOPPED_EARLY else None
    )
    ended_at = factory.LazyAttribute(lambda row: timezone.now() if row.state in _ENDED else None)

    @factory.post_generation
    def supervisor(placement, create, extracted, **kwargs):
        """`supervisor=…` guides the student from the first day."""
        if create and extracted:
            SupervisionFactory(placement=placement, membership=extracted)


def ended(enrolment, last_day):
    """The ordinary placement of now ended on that day: the employer of then, as the student finds another."""
    rows = models.Placement.objects.filter(student=enrolment.student, kind="ordinary", ends_on__gt=last_day)
    rows.filter(starts_on__gt=last_day).update(state=enums.PlacementState.CANCELLED, ended_at=timezone.now())
    rows.exclude(starts_on__gt=last_day).update(ends_on=last_day)


def _make_way(enrolment, kind, starts_on, ends_on):
    """Nobody works in two places: what was there that day ends the day before, what came later does not go ahead."""
    others = models.Placement.objects.filter(student=enrolment.student, kind=kind).seated()
    others = others.filter(starts_on__lte=ends_on, ends_on__gte=starts_on)
    others.filter(starts_on__gte=starts_on).update(
        state=enums.PlacementState.CANCELLED, would_end_on=None, ended_at=timezone.now()
    )
    others.filter(starts_on__lt=starts_on).update(ends_on=starts_on - DAY)


def access(*, enrolment=None, organisation=None, membership=None, **fields):
    """An employer's access to the goals of a student, and a supervisor's, by the placement that they rest on.

    A placement of the same student and employer is used again, so that a supervisor's comes beside the employer's. One
    elsewhere ends the day before, for nobody works in two places.
    """
    enrolment = enrolment or EnrolmentFactory()
    organisation = organisation or OrganisationFactory()
    kind = enums.PlacementKind.EXCHANGE if fields.pop("scope", "") == AccessScope.EXCHANGE else "ordinary"
    same = models.Placement.objects.filter(enrolment=enrolment, organisation=organisation, kind=kind)
    placement = same.first() if membership else None
    if placement is None:
        starts_on = fields.pop("starts_on", today() - timedelta(days=30))
        ends_on = fields.pop("ends_on", None) or today() + timedelta(days=300)
        slot = SlotFactory(
            organisation=organisation, starts_on=starts_on, ends_on=max(ends_on, starts_on + DAY)
        )
        _make_way(enrolment, kind, starts_on, ends_on)
        placement = PlacementFactory(
            slot=slot,
            enrolment=enrolment,
            kind=kind,
            starts_on=starts_on,
            ends_on=ends_on,
            confirmed_on=starts_on,
        )
    if membership:
        SupervisionFactory(placement=placement, membership=membership, **fields)
    found = LearnerAccess.objects.filter(enrolment=enrolment, organisation=organisation)
    return found.filter(membership=membership).latest("starts_on", "pk")
