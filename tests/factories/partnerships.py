"""Factories of partnerships; traits instead of hidden siblings."""

from datetime import date, timedelta

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from accounts.enums import LinkAct, Role
from core.dates import today
from partnerships import enums, models
from tests.factories.accounts import (
    InvitationFactory,
    PersonalLinkFactory,
    PersonFactory,
    PersonWithAccountFactory,
)


class OrganisationFactory(DjangoModelFactory):
    class Meta:
        model = models.Organisation

    name = factory.Sequence(lambda n: f"Zorggroep {n}")
    slug = factory.Sequence(lambda n: f"zorggroep-{n}")
    kind = enums.OrganisationKind.CARE_PROVIDER
    branches = [enums.Branch.ELDERLY_CARE]
    province = "fl"
    town = "Lelystad"

    class Params:
        school = factory.Trait(
            kind=enums.OrganisationKind.SCHOOL,
            branches=[],
            name=factory.Sequence(lambda n: f"Roc {n}"),
            slug=factory.Sequence(lambda n: f"roc-{n}"),
        )


class LocationFactory(DjangoModelFactory):
    class Meta:
        model = models.Location

    organisation = factory.SubFactory(OrganisationFactory)
    name = factory.Sequence(lambda n: f"Molenhof {n}")
    municipality = "Lelystad"
    pc4 = "8224"


class MembershipFactory(DjangoModelFactory):
    class Meta:
        model = models.Membership
        skip_postgeneration_save = True

    person = factory.SubFactory(PersonWithAccountFactory)
    organisation = factory.SubFactory(OrganisationFactory)
    role = Role.CONTACT
    starts_on = factory.LazyFunction(lambda: today() - timedelta(days=30))

    @factory.post_generation
    def may_sign(membership, create, extracted, **kwargs):
        """`may_sign=True`: with a mandate to sign, as long as the role."""
        _mandated(membership, enums.MandateKind.SIGN, create and extracted)

    @factory.post_generation
    def may_consent(membership, create, extracted, **kwargs):
        """`may_consent=True`: with a mandate to agree to goals, as long as the role."""
        _mandated(membership, enums.MandateKind.CONSENT, create and extracted)


class MandateFactory(DjangoModelFactory):
    class Meta:
        model = models.Mandate

    membership = factory.SubFactory(MembershipFactory)
    kind = enums.MandateKind.SIGN
    starts_on = factory.SelfAttribute("membership.starts_on")


def _mandated(membership, kind, wanted):
    if wanted:
        MandateFactory(membership=membership, kind=kind)


class MembershipInvitationFactory(DjangoModelFactory):
    class Meta:
        model = models.MembershipInvitation

    invitation = factory.SubFactory(InvitationFactory)
    organisation = factory.SubFactory(OrganisationFactory)
    role = Role.CONTACT


class ThemeFactory(DjangoModelFactory):
    class Meta:
        model = models.Theme

    name = factory.Sequence(lambda n: f"Thema {n}")
    slug = factory.Sequence(lambda n: f"thema-{n}")


class PartnershipFactory(DjangoModelFactory):
    class Meta:
        model = models.Partnership

    name = factory.Sequence(lambda n: f"Zorgpact {n}")
    slug = factory.Sequence(lambda n: f"zorgpact-{n}")
    shape = enums.PartnershipShape.NETWORK
    provinces = ["fl"]


class JoinRequestFactory(DjangoModelFactory):
    class Meta:
        model = models.JoinRequest

    partnership = factory.SubFactory(PartnershipFactory)
    organisation = factory.SubFactory(OrganisationFactory)
    kind = enums.JoinRequestKind.INVITED
    partnership_yes_at = factory.LazyFunction(timezone.now)

    class Params:
        asked = factory.Trait(
            kind=enums.JoinRequestKind.ASKED,
            partnership_yes_at=None,
            organisation_yes_at=factory.LazyFunction(timezone.now),
        )
        accepted = factory.Trait(
            state=enums.JoinRequestState.ACCEPTED,
            partnership_yes_at=factory.LazyFunction(timezone.now),
            organisation_yes_at=factory.LazyFunction(timezone.now),
        )


class MemberFactory(DjangoModelFactory):
    class Meta:
        model = models.Member

    partnership = factory.SubFactory(PartnershipFactory)
    organisation = factory.SubFactory(OrganisationFactory)
    role = enums.MemberRole.MEMBER
    join_request = factory.SubFactory(
        JoinRequestFactory,
        accepted=True,
        partnership=factory.SelfAttribute("..partnership"),
        organisation=factory.SelfAttribute("..organisation"),
        role=factory.SelfAttribute("..role"),
    )


class PartnershipThemeFactory(DjangoModelFactory):
    class Meta:
        model = models.PartnershipTheme

    partnership = factory.SubFactory(PartnershipFactory)
    root = factory.SubFactory(ThemeFactory)
    name = factory.SelfAttribute("root.name")


class ActionLineFactory(DjangoModelFactory):
    class Meta:
        model = models.ActionLine

    partnership = factory.SubFactory(PartnershipFactory)
    number = factory.Sequence(lambda n: n + 1)
    title = factory.Sequence(lambda n: f"Actielijn {n}")


class GroupFactory(DjangoModelFactory):
    class Meta:
        model = models.Group

    partnership = factory.SubFactory(PartnershipFactory)
    kind = enums.GroupKind.STEERING
    name = factory.Sequence(lambda n: f"Stuurgroep {n}")


class DocumentFactory(DjangoModelFactory):
    """Of a whole partnership, or with `group=` of a group of it, whose seats alone read it; with one version."""

    class Meta:
        model = models.Document
        skip_postgeneration_save = True

    group = None
    partnership = factory.LazyAttribute(
        lambda row: row.group.partnership if row.group else PartnershipFactory()
    )
    for_members = factory.LazyAttribute(lambda row: row.group is None)
    title = factory.Sequence(lambda n: f"Draaiboek {n}")
    version = factory.RelatedFactory(
        "tests.factories.partnerships.DocumentVersionFactory", factory_related_name="document"
    )


class ValuationRuleFactory(DjangoModelFactory):
    class Meta:
        model = models.ValuationRule

    kind = "workplace"
    unit = "week"
    value = 100
    starts_on = factory.Sequence(lambda n: date(2020, 1, 1) + timedelta(days=n))
    source = "Een lijst"


class SocialReturnObligationFactory(DjangoModelFactory):
    """Of an amount, this year and next."""

    class Meta:
        model = models.SocialReturnObligation

    organisation = factory.SubFactory(OrganisationFactory)
    client = "Gemeente Polderstad"
    title = factory.Sequence(lambda n: f"Opdracht {n}")
    amount = 10000
    starts_on = factory.LazyFunction(lambda: today() - timedelta(days=100))
    ends_on = factory.LazyFunction(lambda: today() + timedelta(days=400))


class SocialReturnActivityFactory(DjangoModelFactory):
    class Meta:
        model = models.SocialReturnActivity

    obligation = factory.SubFactory(SocialReturnObligationFactory)
    kind = "workplace"
    what = factory.Sequence(lambda n: f"Plek {n}")
    quantity = 4
    value = 400
    starts_on = factory.LazyFunction(lambda: today() - timedelta(days=40))
    ends_on = factory.LazyFunction(lambda: today() - timedelta(days=10))


class MemberLetterFactory(DjangoModelFactory):
    """To all members, or with `group=` or `call=` to those."""

    class Meta:
        model = models.MemberLetter

    group = None
    call = None
    partnership = factory.LazyAttribute(
        lambda row: of.partnership if (of := row.group or row.call) else PartnershipFactory()
    )
    subject = "De bijeenkomst van maart"
    text = "We beginnen om twee uur."
    recipients = 3
    by = factory.SubFactory(PersonWithAccountFactory)


class DocumentVersionFactory(DjangoModelFactory):
    class Meta:
        model = models.DocumentVersion

    document = factory.SubFactory(DocumentFactory, version=None)
    number = factory.LazyAttribute(lambda row: row.document.versions.count() + 1)
    file = factory.SubFactory("tests.factories.core.StoredFileFactory")
    file_name = "draaiboek.pdf"
    by = factory.SubFactory(PersonWithAccountFactory)


class GroupExpectationFactory(DjangoModelFactory):
    """Of a voice, or with `organisation=` of an organisation."""

    class Meta:
        model = models.GroupExpectation

    group = factory.SubFactory(GroupFactory)
    organisation = None
    perspective = factory.LazyAttribute(lambda row: "" if row.organisation else enums.Perspective.STUDENT)


def _enrolled(row):
    """The key of an enrolment by which the person takes part."""
    from tests.factories.students import EnrolmentFactory  # noqa: PLC0415  those stand on these

    programme = {"cohort__programme__partnership": row.partnership}
    return EnrolmentFactory(student__person=row.person, **programme).pk


class AffiliationFactory(DjangoModelFactory):
    class Meta:
        model = models.Affiliation

    person = factory.SubFactory(PersonWithAccountFactory)
    partnership = factory.SubFactory(PartnershipFactory)
    kind = enums.AffiliationKind.CLIENT
    source_id = factory.LazyAttribute(lambda row: _enrolled(row) if row.kind == "student" else 0)


class GroupSeatFactory(DjangoModelFactory):
    class Meta:
        model = models.GroupSeat

    group = factory.SubFactory(GroupFactory)
    person = factory.SubFactory(PersonWithAccountFactory)
    organisation = factory.Maybe("affiliation", None, factory.SubFactory(OrganisationFactory))
    affiliation = None
    perspective = factory.LazyAttribute(
        lambda row: row.affiliation.voice if row.affiliation else enums.Perspective.DELEGATE
    )

    class Params:
        of = factory.Trait(
            # the kind of affiliation that the seat rests on
            affiliation=factory.SubFactory(
                AffiliationFactory,
                kind=factory.SelfAttribute("..of"),
                person=factory.SelfAttribute("..person"),
                partnership=factory.SelfAttribute("..group.partnership"),
            )
        )

    starts_on = factory.LazyFunction(lambda: today() - timedelta(days=30))


class InitiativeFactory(DjangoModelFactory):
    class Meta:
        model = models.Initiative

    partnership = factory.SubFactory(PartnershipFactory)
    title = factory.Sequence(lambda n: f"Initiatief {n}")
    slug = factory.Sequence(lambda n: f"initiatief-{n}")
    kind = enums.InitiativeKind.PROJECT
    state = enums.InitiativePhase.RUNNING
    summary = "Samen leren op de werkvloer."
    provinces = ["fl"]
    branches = [enums.Branch.ELDERLY_CARE]
    is_published = True


class InitiativePartnerFactory(DjangoModelFactory):
    class Meta:
        model = models.InitiativePartner

    initiative = factory.SubFactory(InitiativeFactory)
    organisation = factory.SubFactory(OrganisationFactory)


class IndicatorFactory(DjangoModelFactory):
    class Meta:
        model = models.Indicator

    initiative = factory.SubFactory(InitiativeFactory)
    label = factory.Sequence(lambda n: f"Uitval {n}")
    unit = "%"
    direction = enums.Direction.DOWN
    baseline = 22
    target = 10


class MeasurementFactory(DjangoModelFactory):
    class Meta:
        model = models.Measurement

    indicator = factory.SubFactory(IndicatorFactory)
    measured_on = date(2026, 1, 31)
    value = 17
    source = "Eigen telling"


class InitiativeParticipantFactory(DjangoModelFactory):
    class Meta:
        model = models.InitiativeParticipant

    initiative = factory.SubFactory(InitiativeFactory)
    person = factory.SubFactory(PersonWithAccountFactory)
    kind = enums.ParticipantKind.STAFF
    consent = "Ik doe vrijwillig mee."


class StoryVersionFactory(DjangoModelFactory):
    class Meta:
        model = models.StoryVersion

    initiative = factory.SubFactory(InitiativeFactory)
    number = factory.LazyAttribute(lambda row: row.initiative.stories.count() + 1)
    text = "Zo ging onze eerste nacht."


class FundingFactory(DjangoModelFactory):
    class Meta:
        model = models.Funding

    initiative = factory.SubFactory(InitiativeFactory)
    source = factory.Sequence(lambda n: f"Subsidie {n}")


class MilestoneFactory(DjangoModelFactory):
    class Meta:
        model = models.Milestone

    initiative = factory.SubFactory(InitiativeFactory)
    title = factory.Sequence(lambda n: f"Twintig maatjes opgeleid {n}")
    due_on = date(2027, 3, 1)


class InitiativeProposalFactory(DjangoModelFactory):
    class Meta:
        model = models.InitiativeProposal

    partnership = factory.SubFactory(PartnershipFactory)
    organisation = factory.SubFactory(OrganisationFactory)
    by = factory.SubFactory(PersonWithAccountFactory)
    title = factory.Sequence(lambda n: f"Voorstel {n}")
    kind = enums.InitiativeKind.EXPERIMENT
    summary = "Samen leren in de nacht."
    question = "Blijven meer eerstejaars als ze de nacht niet alleen leren kennen?"
    aim = "Van de tien eerstejaars stopt er ten hoogste één."
    success_measure = "Uitval van 22 naar 10 procent"


class InitiativeResultFactory(DjangoModelFactory):
    class Meta:
        model = models.InitiativeResult

    initiative = factory.SubFactory(InitiativeFactory)
    label = "Geplaatste studenten"
    value = "24"
    measured_on = date(2020, 7, 1)
    source = "eigen telling"


class CallFactory(DjangoModelFactory):
    class Meta:
        model = models.Call

    partnership = factory.SubFactory(PartnershipFactory)
    title = factory.Sequence(lambda n: f"Werkgevers gezocht {n}")
    slug = factory.Sequence(lambda n: f"werkgevers-gezocht-{n}")
    summary = "Tien werkgevers met elk ongeveer tien plekken."
    study_year = factory.LazyFunction(lambda: today().year)
    partners_target = 10
    places_target = 100
    deadline = factory.LazyFunction(lambda: today() + timedelta(days=60))
    is_published = True


class SignUpFactory(DjangoModelFactory):
    class Meta:
        model = models.SignUp
        skip_postgeneration_save = True

    call = factory.SubFactory(CallFactory)
    organisation_name = factory.Sequence(lambda n: f"Zorg Voorbeeld {n}")
    contact = factory.SubFactory(
        PersonFactory,
        first_name="Noor",
        last_name="Voorbeeld",
        email=factory.Sequence(lambda n: f"werkgever{n}@zorg.example"),
    )
    places = 10  # the database makes the line that says so
    neighbourhood = "Overvecht"

    @factory.post_generation
    def told(self, create, extracted, **kwargs):
        if create and self.condition and self.confirmed_at:
            PledgeConditionFactory(sign_up=self, text=self.condition, is_told=True)


class SignUpLineFactory(DjangoModelFactory):
    class Meta:
        model = models.SignUpLine

    sign_up = factory.SubFactory(SignUpFactory)
    places = 4
    neighbourhood = "Zuilen"


class PledgeConditionFactory(DjangoModelFactory):
    class Meta:
        model = models.PledgeCondition

    sign_up = factory.SubFactory(SignUpFactory, confirmed_at=factory.LazyFunction(timezone.now))
    text = "Als er een begeleider is"


class SignUpLinkFactory(DjangoModelFactory):
    class Meta:
        model = models.SignUpLink

    sign_up = factory.SubFactory(SignUpFactory)
    link = factory.SubFactory(
        PersonalLinkFactory, act=LinkAct.SIGN_UP, person=factory.SelfAttribute("..sign_up.contact")
    )


class CooperationVersionFactory(DjangoModelFactory):
    """A draft, or with `asked=True` one that waits for signatures; `parties` are the organisations that sign."""

    class Meta:
        model = models.CooperationVersion
        skip_postgeneration_save = True

    partnership = factory.SubFactory(PartnershipFactory)
    number = factory.LazyAttribute(lambda row: row.partnership.cooperation_versions.count() + 1)
    vision = "Goede zorg door mensen die graag blijven."

    @factory.post_generation
    def parties(version, create, extracted, **kwargs):
        for organisation in extracted or ():
            CooperationPartyFactory(version=version, organisation=organisation)

    @factory.post_generation
    def asked(version, create, extracted, **kwargs):
        if extracted:
            put_up_for_signature(version)


def put_up_for_signature(version):
    """As when signatures were asked, past the service."""
    version.state = enums.CooperationState.SIGNING
    version.asked_at, version.digest = timezone.now(), version.fingerprint()
    version.save()
    version.refresh_from_db(fields=["row_version"])


class CooperationPartyFactory(DjangoModelFactory):
    class Meta:
        model = models.CooperationParty

    version = factory.SubFactory(CooperationVersionFactory)
    organisation = factory.SubFactory(OrganisationFactory)


class PromiseFactory(DjangoModelFactory):
    class Meta:
        model = models.Promise

    version = factory.SubFactory(CooperationVersionFactory)
    text = "Elke student krijgt een eigen leerplan."


class CooperationSignatureFactory(DjangoModelFactory):
    """On paper, or with `person=` in the portal; a draft is put up for signature first."""

    class Meta:
        model = models.CooperationSignature

    party = factory.SubFactory(CooperationPartyFactory)
    person = None
    is_paper = factory.LazyAttribute(lambda row: row.person is None)
    function = "bestuurder"
    signed_on = factory.LazyFunction(today)

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        version = kwargs["party"].version
        if version.is_draft:
            put_up_for_signature(version)
        return super()._create(model_class, *args, **kwargs)


class ContactNoteFactory(DjangoModelFactory):
    class Meta:
        model = models.ContactNote

    sign_up = factory.SubFactory(SignUpFactory, confirmed_at=factory.LazyFunction(timezone.now))
    day = factory.LazyFunction(today)
    kind = "called"
    text = "Belt terug na de vakantie"
    by = factory.SubFactory(PersonFactory)


class ContactCardFactory(DjangoModelFactory):
    class Meta:
        model = models.ContactCard

    person = factory.SubFactory(PersonWithAccountFactory)


class PointOfContactFactory(DjangoModelFactory):
    """Someone of an organisation who said yes to being asked about it, unless it is of something else."""

    class Meta:
        model = models.PointOfContact

    membership = factory.SubFactory(MembershipFactory)
    organisation = factory.SelfAttribute("membership.organisation")
    state = "agreed"

    class Params:
        of_partnership = factory.Trait(partnership=factory.SubFactory(PartnershipFactory), organisation=None)
        asked = factory.Trait(state="asked")


class RoleRequestFactory(DjangoModelFactory):
    class Meta:
        model = models.RoleRequest

    person = factory.SubFactory(PersonWithAccountFactory)
    organisation = factory.SubFactory(OrganisationFactory)


class SavedSearchFactory(DjangoModelFactory):
    """Confirmed a week ago, and nothing was told since."""

    class Meta:
        model = models.SavedSearch

    email = factory.Sequence(lambda n: f"volger{n}@voorbeeld.test")
    language = "nl"
    searched = "initiatives"
    rhythm = "weekly"
    asked_at = factory.LazyFunction(lambda: timezone.now() - timedelta(days=8))
    confirmed_at = factory.SelfAttribute("asked_at")
    told_until = factory.SelfAttribute("asked_at")
