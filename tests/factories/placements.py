"""Factories of slots, matches, placements and agreements."""

from datetime import timedelta

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from core.dates import study_year_of, today
from placements import enums, models
from tests.factories.partnerships import LocationFactory, OrganisationFactory, PartnershipFactory
from tests.factories.students import EnrolmentFactory


class SupervisorFactory(DjangoModelFactory):
    class Meta:
        model = models.Supervisor

    organisation = factory.SubFactory(OrganisationFactory)
    name = factory.Sequence(lambda n: f"Begeleider {n}")
    email = factory.Sequence(lambda n: f"begeleider{n}@zorg.example")


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


class AccreditationFactory(DjangoModelFactory):
    class Meta:
        model = models.Accreditation

    organisation = factory.SubFactory(OrganisationFactory)
    learning_company_id = "voorbeeld-1"
    crebo = "95001"
    status = enums.AccreditationStatus.VERIFIED
    valid_from = factory.LazyFunction(lambda: today() - timedelta(days=400))
    checked_on = factory.LazyFunction(today)
    source = "voorbeeldgegevens"


class MatchFactory(DjangoModelFactory):
    class Meta:
        model = models.Match

    slot = factory.SubFactory(SlotFactory)
    enrolment = factory.SubFactory(EnrolmentFactory)
    reason = "Dicht bij huis."


class PlacementFactory(DjangoModelFactory):
    class Meta:
        model = models.Placement

    slot = factory.SubFactory(SlotFactory)
    seat_no = 1
    enrolment = factory.SubFactory(EnrolmentFactory)
    student = factory.SelfAttribute("enrolment.student")
    starts_on = factory.SelfAttribute("slot.starts_on")
    ends_on = factory.SelfAttribute("slot.ends_on")


class AgreementFactory(DjangoModelFactory):
    class Meta:
        model = models.Agreement

    placement = factory.SubFactory(PlacementFactory)


class AgreementVersionFactory(DjangoModelFactory):
    """The newest version of its agreement; `asked=True` with `agreement__state="signing"` puts it to signature."""

    class Meta:
        model = models.AgreementVersion
        skip_postgeneration_save = True

    class Params:
        asked = factory.Trait(asked_at=factory.LazyFunction(timezone.now))

    agreement = factory.SubFactory(AgreementFactory)
    number = factory.LazyAttribute(lambda version: version.agreement.versions.count() + 1)
    starts_on = factory.SelfAttribute("agreement.placement.starts_on")
    ends_on = factory.SelfAttribute("agreement.placement.ends_on")
    total_hours = 610
    hours_per_year = factory.LazyAttribute(lambda version: {str(study_year_of(version.starts_on)): 610})
    parties = factory.LazyFunction(
        lambda: {
            "student": "Samira Voorbeeld",
            "employer": "Zorggroep De Linde",
            "learning_company_id": "voorbeeld-1",
            "location": "Molenhof, Lelystad",
            "school": "Roc De Brug",
            "programme": "Verzorgende BBL",
            "route": "bbl",
            "cohort": "Groep 1",
            "qualifications": [{"crebo": "95001", "name": "Verzorgende", "level": 3}],
            "is_example": False,
        }
    )
    practice_trainer = "Ans Voorbeeld"
    school_contact = "Jeroen Voorbeeld"
    guidance = "Elke week een gesprek."
    content = "De werkprocessen van de opleiding."
    assessment = "De school beslist, de werkgever geeft een oordeel."
    ending = "In overleg, schriftelijk."

    @factory.post_generation
    def current(version, create, extracted, **kwargs):
        """The newest version is the one that can be signed."""
        version.digest = version.fingerprint()
        version.save()
        version.agreement.current = version
        version.agreement.save()


class SignatureFactory(DjangoModelFactory):
    class Meta:
        model = models.Signature

    version = factory.SubFactory(AgreementVersionFactory)
    signer = enums.Signer.STUDENT
    name = "Samira Voorbeeld"
    signed_on = factory.LazyFunction(today)
