"""Improvement proposals: from a student to an organisation, what that does with it, and who begins with it too."""

import datetime as dt
from datetime import timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from accounts.enums import Role
from core import versions
from core.dates import AMSTERDAM, today
from core.models import FieldChange, OutgoingMail
from core.reminding.engine import tick
from meetings.models import AdoptionWithdrawal, Decision, ImprovementProposal, ProposalAdoption
from meetings.presenters import next_steps
from meetings.queries import leaving
from meetings.reminders import REMINDERS
from partnerships.actors import actor_of
from partnerships.models import Partnership
from tests.factories.meetings import (
    AgendaItemFactory,
    ImprovementProposalFactory,
    MeetingFactory,
    ProposalAdoptionFactory,
)
from tests.factories.partnerships import AffiliationFactory, OrganisationFactory
from tests.factories.programmes import CohortFactory
from tests.factories.students import EnrolmentFactory
from tests.helpers import edit, link_of, login, member

pytestmark = pytest.mark.django_db


def text_of(response) -> str:
    return " ".join(response.content.decode().split())


def mails(kind: str) -> dict[str, OutgoingMail]:
    return {mail.to_email: mail for mail in OutgoingMail.objects.filter(kind=kind)}


def url(name: str, row) -> str:
    return reverse(f"meetings:proposal-{name}", args=[row.public_id])


@pytest.fixture
def student(table):
    """Someone who studies in the partnership, without a seat in any group."""
    cohort = CohortFactory(programme__partnership=table.partnership, programme__school=table.school)
    return EnrolmentFactory(cohort=cohort).student.person.user


@pytest.fixture
def proposal(table, student):
    """Sent in to De Linde, where the contact of the table receives it."""
    return ImprovementProposalFactory(
        partnership=table.partnership, organisation=table.employer, author=student.person
    )


def say(client, user, row, act: str, **data):
    """Press the button of a step on a page that shows the proposal as it is now."""
    login(client, user)
    row.refresh_from_db()
    return client.post(url(act, row), data | {"read": versions.of(row)})


def day(days: int) -> str:
    return f"{today() + timedelta(days=days):%d-%m-%Y}"


def test_b04_a_student_hands_in_a_proposal_and_follows_what_is_done_with_it(client, table, student):
    """Story B-04: from concept to carried out, a mail at every step, and adopted elsewhere."""
    login(client, student)
    assert url_of_own() in text_of(client.get(reverse("students:me")))
    data = {"title": "Overdracht met plaatjes", "text": "Bewoners wijzen aan hoe hun dag was."}
    answer = edit(client, reverse("meetings:proposal-create"), data | {"organisation": table.employer.pk})
    row = ImprovementProposal.objects.get()
    assert (row.state, row.partnership, row.author) == ("draft", table.partnership, student.person)
    assert answer.url == row.get_absolute_url()
    assert not OutgoingMail.objects.exists()
    login(client, table.contact)
    assert client.get(row.get_absolute_url()).status_code == 404

    say(client, student, row, "submit")
    row.refresh_from_db()
    assert (row.state, row.reaction_due) == ("submitted", today() + timedelta(days=10))
    assert "Overdracht met plaatjes" in mails("receiver_proposal_submitted")[table.contact.email].body

    owner = table.contact.person
    say(client, table.contact, row, "consider", owner=owner.pk, reaction_due=day(14))
    assert owner.full_name in mails("author_proposal_considered")[student.email].body
    say(client, table.contact, row, "adopt", answer="We beginnen op twee afdelingen.")
    assert "twee afdelingen" in mails("author_proposal_adopted")[student.email].body
    say(client, table.contact, row, "carry-out", outcome="Minder misverstanden.")
    assert "Minder misverstanden." in mails("author_proposal_carried_out")[student.email].body
    row.refresh_from_db()
    assert (row.state, row.owner) == ("carried_out", owner)

    elsewhere = member(table.member("Waterlicht"), Role.MANAGER)
    say(client, elsewhere, row, "begin-too", remark="In januari, op één afdeling.")
    assert "Waterlicht" in mails("author_proposal_begun_elsewhere")[student.email].body
    assert "Waterlicht" in mails("answerer_proposal_begun_elsewhere")[table.contact.email].body
    login(client, student)
    assert "begonnen bij 1 andere organisatie" in text_of(client.get(url_of_own()))
    page = text_of(client.get(row.get_absolute_url()))
    assert "Waterlicht" in page
    assert "Minder misverstanden." in page


def url_of_own() -> str:
    return reverse("meetings:proposal-own")


def test_b04_a_rejection_needs_a_reason_which_the_author_reads(client, table, student, proposal):
    """Story B-04: the reason is required."""
    say(client, table.contact, proposal, "consider", owner=table.contact.person.pk, reaction_due=day(5))
    refused = say(client, table.contact, proposal, "reject", reason="")
    assert refused.status_code == 200
    assert ImprovementProposal.objects.get().state == "considered"
    say(client, table.contact, proposal, "reject", reason="Dat doen we al.")
    mail = mails("author_proposal_rejected")[student.email]
    assert "Dat doen we al." in mail.body
    login(client, student)
    assert "Dat doen we al." in text_of(client.get(link_of(mail)))


def test_a_proposal_is_taken_back_until_someone_considers_it(client, table, student, proposal):
    say(client, student, proposal, "withdraw")
    assert ImprovementProposal.objects.get().state == "draft"
    mail = mails("receiver_proposal_withdrawn")[table.contact.email]
    assert link_of(mail) == reverse("meetings:proposal-list", args=[table.partnership.slug])
    say(client, student, proposal, "submit")
    say(client, table.contact, proposal, "consider", owner=table.contact.person.pk, reaction_due=day(5))
    say(client, student, proposal, "withdraw")
    assert ImprovementProposal.objects.get().state == "considered"


def test_b05_an_organisation_gets_a_proposal_names_an_owner_and_is_reminded(client, table, proposal):
    """Story B-05: assign an owner, report back, and a reminder after the term without reaction.

    answerer_proposal_waiting.txt
    """
    manager = member(table.employer, Role.MANAGER)
    colleague = member(table.employer, Role.COLLEAGUE)
    steps = next_steps.for_person(actor_of(manager))
    assert [(step.kind, step.due) for step in steps] == [("proposal", proposal.reaction_due)]
    for days in (6, 7, 8, 9):  # three days before the term, or the first working day after
        with time_machine.travel(at_noon(days), tick=False):
            tick(REMINDERS)
    waiting = mails("reminder_proposal")
    assert set(waiting) == {table.contact.email, manager.email, table.chair.email}
    assert proposal.title in waiting[manager.email].body

    say(client, manager, proposal, "consider", owner=colleague.person.pk, reaction_due=day(9))
    given = mails("answerer_proposal_given")
    assert list(given) == [colleague.email]
    assert proposal.title in given[colleague.email].body
    assert not next_steps.for_person(actor_of(manager))
    assert [step.kind for step in next_steps.for_person(actor_of(colleague))] == ["proposal"]
    say(client, colleague, proposal, "adopt", answer="Dat gaan we doen.")
    proposal.refresh_from_db()
    assert proposal.state == "adopted"
    [hanging] = leaving.answers_for(colleague.person.memberships.get())
    assert hanging.thing == proposal.title

    other = table.contact.person
    say(client, colleague, proposal, "hand-over", owner=other.pk, reaction_due=day(20))
    proposal.refresh_from_db()
    assert (proposal.owner, proposal.reaction_due) == (other, today() + timedelta(days=20))
    assert other.full_name in mails("author_proposal_handed_over")[proposal.author.user.email].body
    fields = set(
        FieldChange.objects.filter(model="meetings.improvementproposal").values_list("field", flat=True)
    )
    assert fields == {"owner", "reaction_due"}


def at_noon(days: int) -> dt.datetime:
    return dt.datetime.combine(today() + timedelta(days=days), dt.time(12), AMSTERDAM)


def test_an_owner_elsewhere_or_a_day_that_has_passed_is_refused(client, table, proposal):
    stranger = member(OrganisationFactory(), Role.CONTACT)
    refused = say(client, table.contact, proposal, "consider", owner=stranger.person.pk, reaction_due=day(5))
    assert "owner" in refused.context["form"].errors
    own = table.contact.person.pk
    refused = say(client, table.contact, proposal, "consider", owner=own, reaction_due=day(-1))
    assert "reaction_due" in refused.context["form"].errors
    assert ImprovementProposal.objects.get().state == "submitted"


def test_what_the_organisation_said_is_taken_back_and_the_author_hears_that(client, table, proposal):
    say(client, table.contact, proposal, "consider", owner=table.contact.person.pk, reaction_due=day(5))
    OutgoingMail.objects.update(state="sent", sent_at=timezone.now())
    login(client, table.contact)
    act = client.get(proposal.get_absolute_url()).context["undo"].act
    client.post(url("take-back", proposal), {"act": act.pk})
    proposal.refresh_from_db()
    assert (proposal.state, proposal.owner) == ("submitted", None)
    assert proposal.reaction_due == proposal.day + timedelta(days=10)
    assert proposal.author.user.email in mails("reader_act_taken_back")


def test_who_takes_part_proposes_to_members_at_which_someone_receives_it(client, table):
    affiliate = AffiliationFactory(partnership=table.partnership).person.user
    empty = table.member("Zonder mensen")
    elsewhere = OrganisationFactory()
    member(elsewhere, Role.CONTACT)
    login(client, affiliate)
    page = reverse("meetings:proposal-create")
    found = set(client.get(page).context["form"].fields["organisation"].queryset)
    assert table.employer in found
    assert not {empty, elsewhere} & found
    data = {"title": "Beter", "text": "Zo.", "organisation": elsewhere.pk}
    refused = edit(client, page, data)
    assert "organisation" in refused.context["form"].errors
    assert "Zo." in text_of(refused)
    assert not ImprovementProposal.objects.exists()


def test_of_two_partnerships_the_organisation_takes_part_in_the_chosen_one(client, table):
    from tests.meetings.conftest import Table  # noqa: PLC0415

    other = Table()
    person = AffiliationFactory(partnership=table.partnership).person
    AffiliationFactory(partnership=other.partnership, person=person)
    login(client, person.user)
    data = {"title": "Beter", "text": "Zo.", "partnership": other.partnership.pk}
    page = reverse("meetings:proposal-create")
    refused = edit(client, page, data | {"organisation": table.employer.pk})
    assert "organisation" in refused.context["form"].errors
    edit(client, page, data | {"organisation": other.employer.pk})
    assert ImprovementProposal.objects.get().partnership == other.partnership


def test_a_name_that_is_not_to_be_shown_is_read_by_the_organisation_and_the_coordinators(
    client, table, student
):
    row = ImprovementProposalFactory(
        partnership=table.partnership, organisation=table.employer, author=student.person, is_anonymous=True
    )
    listed = reverse("meetings:proposal-list", args=[table.partnership.slug])
    name = student.person.full_name
    for user, reads in ((table.coordinator, True), (table.contact, True), (table.teacher, False)):
        login(client, user)
        for address in (row.get_absolute_url(), listed, f"{listed}?download=csv"):
            answer = client.get(address)
            body = b"".join(answer) if answer.streaming else answer.content
            assert (name in body.decode()) is reads, (user, address)


def test_a_proposal_comes_on_an_agenda_and_a_decision_is_about_it(client, table, proposal):
    meeting = MeetingFactory(group=table.group, draft=True)
    login(client, table.chair)
    assert proposal.title in text_of(client.get(meeting.get_absolute_url()))
    address = reverse("meetings:item-proposal", args=[meeting.public_id, proposal.public_id])
    client.post(address)
    client.post(address)  # pressed twice: it is there once
    assert [item.proposal for item in meeting.items.all()] == [proposal]
    item = AgendaItemFactory(meeting__group=table.group, meeting__held=True)
    decide = reverse("meetings:item-decide", args=[item.public_id])
    client.post(decide, {"text": "Iedereen probeert het.", "proposal": proposal.pk})
    assert Decision.objects.get().proposal == proposal
    register = reverse("meetings:group-decisions", args=[table.group.public_id])
    assert proposal.title in text_of(client.get(register))


def test_an_organisation_begins_once_and_only_with_what_was_adopted(client, table, proposal):
    waterlicht = table.member("Waterlicht")
    manager = member(waterlicht, Role.MANAGER)
    say(client, manager, proposal, "begin-too")
    assert not ProposalAdoption.objects.exists()
    adopted = ImprovementProposalFactory(
        partnership=table.partnership, organisation=table.employer, adopted=True
    )
    say(client, manager, adopted, "begin-too", remark="Nu.")
    say(client, manager, adopted, "begin-too", remark="Nog eens.")
    assert [row.remark for row in ProposalAdoption.objects.all()] == ["Nu."]
    login(client, table.contact)  # of the organisation itself
    assert client.get(url("begin-too", adopted)).status_code == 403


def test_who_says_by_mistake_that_an_organisation_begins_takes_it_back_and_may_begin_again(client, table):
    waterlicht = table.member("Waterlicht")
    manager, other = member(waterlicht, Role.MANAGER), member(waterlicht, Role.MANAGER)
    adopted = ImprovementProposalFactory(
        partnership=table.partnership, organisation=table.employer, adopted=True
    )
    say(client, manager, adopted, "begin-too", remark="Nu.")
    adoption = ProposalAdoption.objects.get()
    back = url("begin-not", adoption)
    assert back in text_of(client.get(adopted.get_absolute_url()))
    login(client, other)
    assert back not in text_of(client.get(adopted.get_absolute_url()))
    assert client.post(back).status_code == 403
    OutgoingMail.objects.update(state="sent", sent_at=timezone.now())
    login(client, manager)
    client.post(back)
    client.post(back)  # pressed twice
    assert AdoptionWithdrawal.objects.get().adoption == adoption
    told = {mail.to_email for mail in OutgoingMail.objects.filter(kind="reader_act_taken_back")}
    assert adopted.author.address in told
    page = text_of(client.get(adopted.get_absolute_url()))
    assert "Ook elders begonnen" not in page
    say(client, manager, adopted, "begin-too", remark="Toch wel.")
    assert [row.remark for row in ProposalAdoption.objects.standing()] == ["Toch wel."]
    with pytest.raises(IntegrityError), transaction.atomic():
        ProposalAdoptionFactory(proposal=adopted, organisation=waterlicht)


def test_after_two_weeks_it_stands_that_an_organisation_begins(client, table, clock):
    waterlicht = table.member("Waterlicht")
    manager = member(waterlicht, Role.MANAGER)
    adopted = ImprovementProposalFactory(
        partnership=table.partnership, organisation=table.employer, adopted=True
    )
    adoption = ProposalAdoptionFactory(
        proposal=adopted, organisation=waterlicht, by=manager.person, day=today() - timedelta(days=15)
    )
    login(client, manager)
    assert url("begin-not", adoption) not in text_of(client.get(adopted.get_absolute_url()))
    assert "14 dagen" in text_of(client.post(url("begin-not", adoption), follow=True))
    assert not AdoptionWithdrawal.objects.exists()


def test_a_partnership_says_within_how_many_days_an_organisation_reacts(client, table, student):
    Partnership.objects.filter(pk=table.partnership.pk).update(proposal_days=21)
    row = ImprovementProposalFactory(
        partnership=table.partnership, organisation=table.employer, author=student.person, draft=True
    )
    login(client, student)
    assert "De Linde reageert binnen 21 dagen." in text_of(client.get(row.get_absolute_url()))
    say(client, student, row, "submit")
    row.refresh_from_db()
    assert row.reaction_due == today() + timedelta(days=21)
    login(client, table.teacher)
    listed = reverse("meetings:proposal-list", args=[table.partnership.slug])
    assert "Dat gebeurt binnen 21 dagen." in text_of(client.get(listed))
    with pytest.raises(IntegrityError), transaction.atomic():
        Partnership.objects.filter(pk=table.partnership.pk).update(proposal_days=0)


@pytest.mark.parametrize("number", [1, 3])
def test_proposals_cost_the_same_whatever_their_number(
    client, table, student, number, django_assert_num_queries
):
    rows = ImprovementProposalFactory.create_batch(
        number, partnership=table.partnership, organisation=table.employer, author=student.person
    )
    for row in rows:
        ProposalAdoptionFactory(proposal=row)
    foreign = ImprovementProposalFactory(title="Van anderen")
    for user, address, cost in (
        (table.teacher, reverse("meetings:proposal-list", args=[table.partnership.slug]), 6),
        (student, url_of_own(), 5),
    ):
        login(client, user)
        client.get(address)
        with django_assert_num_queries(cost):
            page = text_of(client.get(address))
        assert foreign.title not in page
        assert rows[0].title in page


def test_a_proposal_that_changed_meanwhile_is_not_written_over(client, table, student):
    row = ImprovementProposalFactory(
        partnership=table.partnership, organisation=table.employer, author=student.person, draft=True
    )
    login(client, student)
    page = url("change", row)
    form = client.get(page).context["form"]
    ImprovementProposal.objects.update(title="Iets anders")
    data = {form.made_from_name: form.made_from, "title": "Van mij", "text": "Zo."}
    client.post(page, data | {"organisation": table.employer.pk})
    assert ImprovementProposal.objects.get().title == "Iets anders"


def test_a_step_is_taken_back_by_the_act_that_was_read(client, table, proposal):
    say(client, table.contact, proposal, "consider", owner=table.contact.person.pk, reaction_due=day(5))
    login(client, table.contact)
    act = client.get(proposal.get_absolute_url()).context["undo"].act
    say(client, table.contact, proposal, "adopt", answer="Ja.")
    client.post(url("take-back", proposal), {"act": act.pk})
    assert ImprovementProposal.objects.get().state == "adopted"
