"""Factories of slots, matches and placements."""

from datetime import timedelta

import factory
from factory.django import DjangoModelFactory

from core.dates import today
from placements import enums, models
from placements.queries import due
from tests.factories.partnerships import LocationFactory, OrganisationFactory, PartnershipFactory
from tests.factories.students import EnrolmentFactory


class SupervisorFactory(DjangoModelFactory):
    class Meta:
        model = models.Supervisor

    organisation = factory.SubFactory(OrganisationFactory)
    name = factory.Sequence(lambda n: f"Begeleider {n}")
    email = factory.Sequence(lambda n: f"begeleider{n}@zorg.example")


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

    slot = factory.SubFactory(SlotFactory)
    seat_no = 1
    enrolment = factory.SubFactory(EnrolmentFactory)
    student = factory.SelfAttribute("enrolment.student")
    starts_on = factory.SelfAttribute("slot.starts_on")
    ends_on = factory.SelfAttribute("slot.ends_on")
