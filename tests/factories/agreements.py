"""Factories of agreements, their versions and signatures."""

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from accounts.enums import LinkAct
from agreements import enums, models
from core.dates import study_year_of, today
from tests.factories.accounts import PersonalLinkFactory, PersonWithAccountFactory
from tests.factories.core import StoredFileFactory
from tests.factories.placements import PlacementFactory
from tests.factories.programmes import AccreditationFactory


class AgreementFactory(DjangoModelFactory):
    class Meta:
        model = models.Agreement

    placement = factory.SubFactory(PlacementFactory)


class AgreementVersionFactory(DjangoModelFactory):
    """A text of its agreement; `asked=True` with `agreement__state="signing"` puts it to signature."""

    class Meta:
        model = models.AgreementVersion

    class Params:
        asked = factory.Trait(
            state=enums.VersionState.SIGNING,
            asked_at=factory.LazyFunction(timezone.now),
            waits_since=factory.SelfAttribute("asked_at"),
        )

    agreement = factory.SubFactory(AgreementFactory)
    number = factory.LazyAttribute(lambda version: version.agreement.versions.count() + 1)
    starts_on = factory.SelfAttribute("agreement.placement.starts_on")
    ends_on = factory.SelfAttribute("agreement.placement.ends_on")
    effective_from = factory.SelfAttribute("starts_on")
    location = factory.SelfAttribute("agreement.placement.slot.location")
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

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        """The digest is that of the text, so it comes last."""
        version = model_class(*args, **kwargs)
        version.digest = version.fingerprint()
        version.save()
        return version


class AccreditationGroundFactory(DjangoModelFactory):
    """The employer of its text was accredited on the first day, as the national source found."""

    class Meta:
        model = models.AccreditationGround

    version = factory.SubFactory(AgreementVersionFactory, asked=True)
    accreditation = factory.SubFactory(
        AccreditationFactory,
        organisation=factory.SelfAttribute("..version.agreement.placement.slot.organisation"),
        valid_from=factory.SelfAttribute("..version.starts_on"),
    )


class SignatureFactory(DjangoModelFactory):
    class Meta:
        model = models.Signature

    version = factory.SubFactory(AgreementVersionFactory)
    signer = enums.Signer.STUDENT
    person = factory.SubFactory(PersonWithAccountFactory)
    by = factory.SelfAttribute("person")
    name = "Samira Voorbeeld"
    signed_on = factory.LazyFunction(today)

    class Params:
        paper = factory.Trait(
            method=enums.SigningMethod.PAPER,
            scan=factory.SubFactory(StoredFileFactory),
            scan_name="scan.pdf",
            scan_digest="0" * 64,
        )


class SignatureObjectionFactory(DjangoModelFactory):
    class Meta:
        model = models.SignatureObjection

    signature = factory.SubFactory(SignatureFactory, paper=True)
    reason = "Dit is mijn handtekening niet."


class SignatureLinkFactory(DjangoModelFactory):
    class Meta:
        model = models.SignatureLink

    signature = factory.SubFactory(SignatureFactory)
    link = factory.SubFactory(PersonalLinkFactory, act=LinkAct.OBJECTION)


class SignedDocumentFactory(DjangoModelFactory):
    class Meta:
        model = models.SignedDocument

    version = factory.SubFactory(AgreementVersionFactory)
    file = factory.SubFactory(StoredFileFactory)
    digest = "0" * 64
