"""Factories of meetings; traits instead of hidden siblings."""

from datetime import time, timedelta

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from core.dates import today
from meetings import enums, models
from tests.factories.accounts import PersonalLinkFactory, PersonWithAccountFactory
from tests.factories.partnerships import OrganisationFactory, PartnershipFactory, PromiseFactory


def in_days(days: int):
    """At this moment of the day, so many days from now."""
    return factory.LazyFunction(lambda: timezone.now() + timedelta(days=days))


class MeetingFactory(DjangoModelFactory):
    """Of a whole partnership in a week, or with `group=` of a group; to come, with its invitations out."""

    class Meta:
        model = models.Meeting

    group = None
    partnership = factory.LazyAttribute(
        lambda row: row.group.partnership if row.group else PartnershipFactory()
    )
    title = factory.Sequence(lambda n: f"Overleg {n}")
    starts_at = in_days(7)
    ends_at = factory.LazyAttribute(lambda row: row.starts_at + timedelta(hours=2))
    place = "Molenhof, zaal 2"
    state = enums.MeetingState.INVITED
    # Called off after the invitations.
    sequence = factory.LazyAttribute(lambda row: int(row.state == enums.MeetingState.CANCELLED))

    class Params:
        draft = factory.Trait(state=enums.MeetingState.DRAFT)
        held = factory.Trait(state=enums.MeetingState.HELD, starts_at=in_days(-1))


class AgendaItemFactory(DjangoModelFactory):
    class Meta:
        model = models.AgendaItem

    meeting = factory.SubFactory(MeetingFactory)
    position = factory.Sequence(lambda n: n + 1)
    title = factory.Sequence(lambda n: f"Punt {n}")


class PaperFactory(DjangoModelFactory):
    class Meta:
        model = models.Paper

    meeting = factory.SubFactory(MeetingFactory)
    file = factory.SubFactory("tests.factories.core.StoredFileFactory")
    file_name = factory.Sequence(lambda n: f"stuk {n}.pdf")
    by = factory.SubFactory(PersonWithAccountFactory)


class AttendanceFactory(DjangoModelFactory):
    class Meta:
        model = models.Attendance

    meeting = factory.SubFactory(MeetingFactory)
    person = factory.SubFactory(PersonWithAccountFactory)


class AttendanceLinkFactory(DjangoModelFactory):
    class Meta:
        model = models.AttendanceLink

    attendance = factory.SubFactory(AttendanceFactory)
    link = factory.SubFactory(
        PersonalLinkFactory, act="meeting", person=factory.SelfAttribute("..attendance.person")
    )


class DecisionFactory(DjangoModelFactory):
    """Under an item of a meeting that is held."""

    class Meta:
        model = models.Decision

    item = factory.SubFactory(AgendaItemFactory, meeting__held=True)
    meeting = factory.SelfAttribute("item.meeting")
    partnership = factory.SelfAttribute("meeting.partnership")
    group = factory.SelfAttribute("meeting.group")
    number = factory.Sequence(lambda n: n + 1)
    text = factory.Sequence(lambda n: f"Besluit over {n}")
    by = factory.SubFactory(PersonWithAccountFactory)


class ActionFactory(DjangoModelFactory):
    """Of a whole partnership, to do within a week; with `group=` of a group."""

    class Meta:
        model = models.Action

    group = None
    partnership = factory.LazyAttribute(
        lambda row: row.group.partnership if row.group else PartnershipFactory()
    )
    title = factory.Sequence(lambda n: f"Doe iets {n}")
    owner = factory.SubFactory(PersonWithAccountFactory)
    due_on = factory.LazyFunction(lambda: today() + timedelta(days=7))


class NeedFactory(DjangoModelFactory):
    class Meta:
        model = models.Need

    partnership = factory.SubFactory(PartnershipFactory)
    person = factory.SubFactory(PersonWithAccountFactory)
    title = factory.Sequence(lambda n: f"Behoefte {n}")


class ImprovementProposalFactory(DjangoModelFactory):
    """To an organisation of a partnership, sent in today; `draft=True` is not sent yet, `considered=True` has an owner."""

    class Meta:
        model = models.ImprovementProposal

    partnership = factory.SubFactory(PartnershipFactory)
    organisation = factory.SubFactory(OrganisationFactory)
    author = factory.SubFactory(PersonWithAccountFactory)
    title = factory.Sequence(lambda n: f"Voorstel {n}")
    text = factory.Sequence(lambda n: f"Het kan beter, en wel zo: {n}.")
    state = enums.ProposalState.SUBMITTED
    reaction_due = factory.LazyFunction(lambda: today() + timedelta(days=10))

    class Params:
        draft = factory.Trait(state=enums.ProposalState.DRAFT, reaction_due=None)
        considered = factory.Trait(
            state=enums.ProposalState.CONSIDERED, owner=factory.SubFactory(PersonWithAccountFactory)
        )
        adopted = factory.Trait(
            state=enums.ProposalState.ADOPTED,
            owner=factory.SubFactory(PersonWithAccountFactory),
            answer="We beginnen op twee afdelingen.",
        )


class ProposalAdoptionFactory(DjangoModelFactory):
    class Meta:
        model = models.ProposalAdoption

    proposal = factory.SubFactory(ImprovementProposalFactory, adopted=True)
    organisation = factory.SubFactory(OrganisationFactory)
    by = factory.SubFactory(PersonWithAccountFactory)


class AdoptionWithdrawalFactory(DjangoModelFactory):
    class Meta:
        model = models.AdoptionWithdrawal

    adoption = factory.SubFactory(ProposalAdoptionFactory)
    by = factory.SelfAttribute("adoption.by")


class RhythmFactory(DjangoModelFactory):
    """Every four weeks from today; with `group=` of a group."""

    class Meta:
        model = models.Rhythm

    group = None
    partnership = factory.LazyAttribute(
        lambda row: row.group.partnership if row.group else PartnershipFactory()
    )
    title = "Overleg"
    starts_on = factory.LazyFunction(today)
    starts = time(10)
    ends = time(12)
    place = "Molenhof"


class AbsenceFactory(DjangoModelFactory):
    class Meta:
        model = models.Absence

    meeting = factory.SubFactory(MeetingFactory, held=True)
    organisation = None
    perspective = factory.LazyAttribute(lambda row: "" if row.organisation else "student")


class AdoptionFactory(DjangoModelFactory):
    """Of the report of a meeting of the same table, that was held before."""

    class Meta:
        model = models.Adoption

    meeting = factory.SubFactory(MeetingFactory, held=True)
    report = factory.SubFactory(
        MeetingFactory,
        partnership=factory.SelfAttribute("..meeting.partnership"),
        group=factory.SelfAttribute("..meeting.group"),
        state=enums.MeetingState.CLOSED,
        starts_at=in_days(-30),
    )
    by = factory.SubFactory(PersonWithAccountFactory)


class PromisedActionFactory(DjangoModelFactory):
    class Meta:
        model = models.PromisedAction

    promise = factory.SubFactory(PromiseFactory)
    action = factory.SubFactory(ActionFactory)
