"""Factories of playbooks."""

import factory
from factory.django import DjangoModelFactory

from core.dates import today
from playbooks import enums, models
from tests.factories.accounts import PersonFactory
from tests.factories.partnerships import PartnershipFactory


class PlaybookFactory(DjangoModelFactory):
    class Meta:
        model = models.Playbook

    partnership = factory.SubFactory(PartnershipFactory)
    slug = factory.Sequence(lambda n: f"draaiboek-{n}")


class PlaybookVersionFactory(DjangoModelFactory):
    """A draft; published with `published=True`, after its parts; with `parts=` titles of texts."""

    class Meta:
        model = models.PlaybookVersion
        skip_postgeneration_save = True

    playbook = factory.SubFactory(PlaybookFactory)
    number = factory.LazyAttribute(lambda row: row.playbook.versions.count() + 1)
    title = "Samen opleiden in de wijk"
    summary = "Zo begin je met een wijkteam dat leert."

    @factory.post_generation
    def parts(version, create, extracted, **kwargs):
        for title in extracted or ():
            PlaybookPartFactory(version=version, title=title)

    @factory.post_generation
    def published(version, create, extracted, **kwargs):
        if extracted:
            published(version)


def published(version):
    """As when it was published, past the service."""
    before = models.PlaybookVersion.objects.current().filter(playbook=version.playbook)
    before.update(state=enums.VersionState.REPLACED)
    version.state, version.published_on = enums.VersionState.PUBLISHED, today()
    version.save()
    return version


class PlaybookPartFactory(DjangoModelFactory):
    class Meta:
        model = models.PlaybookPart

    version = factory.SubFactory(PlaybookVersionFactory)
    kind = enums.PartKind.TEXT
    title = factory.Sequence(lambda n: f"Stuk {n}")
    body = "Zo doe je dat."
    position = factory.LazyAttribute(lambda row: row.version.parts.count() + 1)


class PlaybookLeadFactory(DjangoModelFactory):
    """Waits for an answer."""

    class Meta:
        model = models.PlaybookLead

    version = factory.SubFactory(PlaybookVersionFactory, parts=["Vergaderen"], published=True)
    contact = factory.SubFactory(PersonFactory, email=factory.Sequence(lambda n: f"vrager{n}@buiten.example"))
    organisation_name = factory.Sequence(lambda n: f"Zorggroep Buiten {n}")
    town = "Hengelo"
    question = "Hoeveel uur kost het?"


class PlaybookAdoptionFactory(DjangoModelFactory):
    """Begun with a published version; its parts are taken as they are there."""

    class Meta:
        model = models.PlaybookAdoption
        skip_postgeneration_save = True

    partnership = factory.SubFactory(PartnershipFactory)
    version = factory.SubFactory(PlaybookVersionFactory, parts=["Vergaderen"], published=True)
    by = factory.SubFactory(PersonFactory)

    @factory.post_generation
    def parts(adoption, create, extracted, **kwargs):
        for part in adoption.version.parts.all():
            copied = {
                name: getattr(part, name) for name in ("key", "kind", "title", "body", "details", "position")
            }
            AdoptedPartFactory(adoption=adoption, base=part, **copied)


class AdoptedPartFactory(DjangoModelFactory):
    class Meta:
        model = models.AdoptedPart

    adoption = factory.SubFactory(PlaybookAdoptionFactory)
    kind = enums.PartKind.TEXT
    title = factory.Sequence(lambda n: f"Eigen stuk {n}")
    body = "Zo doen wij dat."
    position = factory.LazyAttribute(lambda row: row.adoption.parts.count() + 1)


class PartChoiceFactory(DjangoModelFactory):
    class Meta:
        model = models.PartChoice

    part = factory.SubFactory(AdoptedPartFactory)
    choice = enums.Choice.KEEP
    number = 2
    before = factory.LazyAttribute(
        lambda row: (
            {"base": row.part.base_id, "is_left": False}
            | {name: getattr(row.part, name) for name in ("kind", "title", "body", "details", "position")}
        )
    )
    row_version_after = 1
    by = factory.SubFactory(PersonFactory)


class PlaybookOfferFactory(DjangoModelFactory):
    """Waits for an answer."""

    class Meta:
        model = models.PlaybookOffer

    part = factory.SubFactory(AdoptedPartFactory)
    kind = factory.SelfAttribute("part.kind")
    title = factory.SelfAttribute("part.title")
    body = factory.SelfAttribute("part.body")
    why = "Bij ons werkt dit beter."
    by = factory.SubFactory(PersonFactory)
