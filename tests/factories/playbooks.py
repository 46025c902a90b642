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
