"""Factories of agreements, their versions and signatures."""

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from agreements import enums, models
from core.dates import study_year_of, today
from tests.factories.placements import PlacementFactory


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
