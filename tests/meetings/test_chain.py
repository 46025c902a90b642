"""From a need to what became of it: agenda, meeting, decision, action, the owner's first page, the register."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.enums import Role
from core import states, versions
from core.dates import today
from core.models import OutgoingMail
from meetings.models import Action, Attendance, Decision, Meeting, Need
from partnerships.actors import actor_of
from partnerships.models import Initiative
from tests.factories.meetings import (
    ActionFactory,
    AgendaItemFactory,
    AttendanceFactory,
    MeetingFactory,
    NeedFactory,
)
from tests.factories.partnerships import (
    AffiliationFactory,
    GroupFactory,
    GroupSeatFactory,
    InitiativeFactory,
)
from tests.helpers import edit, link_of, login, member, open_link

pytestmark = pytest.mark.django_db


def text_of(response) -> str:
    return " ".join(response.content.decode().split())


def mails(kind: str) -> dict[str, OutgoingMail]:
    return {mail.to_email: mail for mail in OutgoingMail.objects.filter(kind=kind)}


def plan(client, table, days: int = 7) -> Meeting:
    day = today() + timedelta(days=days)
    page = reverse("meetings:group-meeting-create", args=[table.group.public_id])
    data = {"title": "Overleg instroom", "kind": "meeting", "day": f"{day:%d-%m-%Y}", "starts": "10:00"}
    answer = edit(client, page, data | {"ends": "11:30", "place": "Molenhof"})
    assert answer.status_code == 302, text_of(answer)
    return Meeting.objects.latest("pk")


def url(name: str, row) -> str:
    return reverse(f"meetings:{name}", args=[row.public_id])


def test_d02_needs_are_bundled_into_an_item_and_keep_who_brought_them(client, table):
    """Story D-02: every need keeps its origin (organisation, date)."""
    login(client, table.contact)
    page = reverse("meetings:need-create", args=[table.partnership.slug])
    answer = edit(client, page, {"title": "Meer begeleiders", "organisation": table.employer.pk})
    need = Need.objects.get()
    assert answer.url == need.get_absolute_url()
    assert list(mails("coordinator_need_voiced")) == [table.coordinator.email]
    other = NeedFactory(partnership=table.partnership, organisation=table.school, title="Begeleiding op maat")

    login(client, table.chair)
    meeting = plan(client, table)
    assert "Meer begeleiders" in text_of(client.get(meeting.get_absolute_url()))
    data = {"needs": [need.public_id, other.public_id], "title": "Begeleiding"}
    assert client.post(url("item-needs", meeting), data).status_code == 302
    page = text_of(client.get(meeting.get_absolute_url()))
    assert "1. Begeleiding" in page
    assert "Zorggroep De Linde" in page
    assert "ROC De Delta" in page
    assert {row.state for row in Need.objects.all()} == {"bundled"}
    assert {(row.organisation, row.day) for row in meeting.items.get().needs.all()} == {
        (table.employer, today()),
        (table.school, today()),
    }


def test_d08_a_dialogue_table_from_invitation_to_report(client, table):
    """Story D-08: invite, agenda, report, decisions, actions, all in one place."""
    login(client, table.chair)
    meeting = plan(client, table)
    client.post(url("item-create", meeting), {"title": "Introductiedag", "kind": "decide"})
    item = meeting.items.get()
    page = text_of(client.get(url("meeting-invite", meeting)))
    assert table.teacher.person.full_name in page
    people = [row.person_id for row in table.group.seats.all()]
    client.post(url("meeting-invite", meeting), {"person": people, "read": versions.of(meeting)})
    sent = mails("invited_meeting_planned")
    assert set(sent) == {table.chair.email, table.teacher.email}
    assert "Introductiedag" in sent[table.teacher.email].body

    client.logout()
    own = open_link(client, sent[table.teacher.email])
    assert "Introductiedag" in text_of(client.get(own))
    attendance = Attendance.objects.get(person=table.teacher.person)
    data = {"answer": "substitute", "substitute": "Soraya, docent", "read": versions.of(attendance)}
    assert client.post(own, data).status_code == 302
    attendance.refresh_from_db()
    assert (attendance.answer, attendance.substitute) == ("substitute", "Soraya, docent")

    login(client, table.chair)
    Meeting.objects.update(starts_at=timezone.now() - timedelta(hours=1), ends_at=timezone.now())
    meeting.refresh_from_db()
    client.post(url("meeting-hold", meeting), {"read": versions.of(meeting)})
    client.post(url("meeting-attend", meeting), {"present": [attendance.public_id]})
    edit(client, url("item-minute", item), {"minutes": "Iedereen wil een gezamenlijke dag."})
    data = {"text": "Er komt één introductiedag.", "reason": "Dat scheelt tijd."}
    assert client.post(url("item-decide", item), data).status_code == 302
    due = today() + timedelta(days=10)
    given = {"title": "Zaal boeken", "owner": table.teacher.person.pk, "due_on": f"{due:%d-%m-%Y}"}
    answer = edit(client, url("item-give", item), given)
    assert answer.status_code == 302, text_of(answer)
    meeting.refresh_from_db()
    client.post(url("meeting-close", meeting), {"read": versions.of(meeting)})
    report = mails("invited_meeting_reported")
    assert set(report) == {table.chair.email, table.teacher.email}
    body = report[table.teacher.email].body
    assert "1. Er komt één introductiedag." in body
    assert "Zaal boeken" in body

    login(client, table.teacher)
    page = text_of(client.get(meeting.get_absolute_url()))
    for words in ("Iedereen wil een gezamenlijke dag.", "Er komt één introductiedag.", "Zaal boeken"):
        assert words in page
    start = text_of(client.get(reverse("school-start", args=[table.school.slug])))
    assert "Zaal boeken" in start
    action = Action.objects.get()
    finish = {"outcome": "De aula is geboekt.", "read": versions.of(action)}
    assert client.post(url("action-finish", action), finish).status_code == 302
    listed = text_of(client.get(reverse("meetings:group-actions", args=[table.group.public_id]) + "?alle=1"))
    assert "1 gereed" in listed
    assert "Zaal boeken" not in text_of(client.get(reverse("school-start", args=[table.school.slug])))


def test_b09_who_is_missing_and_could_stand_in_is_shown_before_the_invitations_go(client, table):
    """Story B-09: the page names missing delegates and voices, and who of that organisation could come."""
    other = table.member("Woonzorg Poldermeer")
    stand_in = member(other, Role.CONTACT)
    login(client, table.chair)
    page = text_of(client.get(url("meeting-invite", plan(client, table))))
    assert "Woonzorg Poldermeer" in page
    assert stand_in.person.full_name in page


def test_b10_a_member_finds_agenda_decisions_and_late_actions(client, table):
    """Story B-10: agenda, papers and decisions, and which actions are late; the register is append-only."""
    item = AgendaItemFactory(meeting__group=table.group, meeting__held=True)
    ActionFactory(group=table.group, title="Bel de school", due_on=today() - timedelta(days=2))
    login(client, table.chair)
    client.post(url("item-decide", item), {"text": "We gaan door."})
    login(client, table.teacher)
    assert "We gaan door." in text_of(
        client.get(reverse("meetings:group-decisions", args=[table.group.public_id]))
    )
    page = text_of(client.get(reverse("meetings:group-actions", args=[table.group.public_id])))
    assert "Bel de school" in page
    assert "1 te laat" in page


def test_b11_a_student_of_a_group_sees_the_papers_of_that_group_alone(client, table):
    """Story B-11: nothing of the steering group, in no list and at no address."""
    student = AffiliationFactory(partnership=table.partnership, kind="student")
    GroupSeatFactory(
        group=table.group,
        person=student.person,
        organisation=None,
        affiliation=student,
        perspective="student",
    )
    steering = GroupFactory(partnership=table.partnership, kind="steering")
    own = MeetingFactory(group=table.group, title="Eigen overleg")
    secret = MeetingFactory(group=steering, title="Overleg van de stuurgroep")
    item = AgendaItemFactory(meeting__group=steering, meeting__held=True)
    action = ActionFactory(group=steering, title="Actie van de stuurgroep")
    login(client, student.person.user)
    page = text_of(client.get(reverse("meetings:meeting-list")))
    assert "Eigen overleg" in page
    assert "stuurgroep" not in page.lower()
    assert client.get(own.get_absolute_url()).status_code == 200
    for address in (
        secret.get_absolute_url(),
        item.meeting.get_absolute_url(),
        action.get_absolute_url(),
        reverse("meetings:group-decisions", args=[steering.public_id]),
        reverse("meetings:partnership-meetings", args=[table.partnership.slug]),
    ):
        assert client.get(address).status_code == 404


def test_e03_a_decision_stops_an_initiative_with_its_reason(client, table):
    """Story E-03: decided on its results, logged with the reason."""
    initiative = InitiativeFactory(partnership=table.partnership, state="running")
    item = AgendaItemFactory(meeting__group=table.group, meeting__held=True)
    login(client, table.chair)  # of a working group: it decides about its own work
    data = {"text": "We stoppen.", "initiative": initiative.pk, "phase": "stop", "reason": "Zo maar."}
    client.post(url("item-decide", item), data)
    assert Initiative.objects.get().state == "running"
    login(client, table.coordinator)
    del data["reason"]
    refused = client.post(url("item-decide", item), data)
    assert "We stoppen." in text_of(refused)  # what was typed is there still
    assert Decision.objects.count() == 1
    client.post(url("item-decide", item), data | {"reason": "Te weinig studenten."})
    initiative = Initiative.objects.get()
    assert (initiative.state, initiative.stop_reason) == ("stopped", "Te weinig studenten.")
    decision = Decision.objects.latest("number")
    assert decision.change == states.history(initiative).last()
    assert decision.initiative == initiative


def test_a_later_decision_replaces_an_earlier_one_and_both_stand(client, table):
    item = AgendaItemFactory(meeting__group=table.group, meeting__held=True)
    login(client, table.chair)
    client.post(url("item-decide", item), {"text": "Op dinsdag."})
    first = Decision.objects.get()
    client.post(url("item-decide", item), {"text": "Op woensdag.", "replaces": first.pk})
    page = text_of(client.get(reverse("meetings:group-decisions", args=[table.group.public_id])))
    assert "vervangen door besluit 2" in page
    assert "Vervangt besluit 1." in page
    again = client.post(url("item-decide", item), {"text": "Op vrijdag.", "replaces": first.pk})
    assert again.status_code == 200
    assert Decision.objects.count() == 2


def test_a_need_is_answered_and_its_bringer_hears(client, table):
    need = NeedFactory(
        partnership=table.partnership, person=table.contact.person, organisation=table.employer
    )
    login(client, table.coordinator)
    data = {"answer": "Er komt een cursus.", "read": versions.of(need)}
    client.post(url("need-answer", need), data)
    mail = mails("bringer_need_answered")[table.contact.email]
    assert "Er komt een cursus." in mail.body
    assert link_of(mail) == need.get_absolute_url()
    again = client.post(url("need-answer", need), data)  # pressed twice
    assert again.status_code == 302
    assert len(mails("bringer_need_answered")) == 1


def test_a_name_that_is_not_to_be_shown_is_read_by_coordinators_alone(client, table):
    need = NeedFactory(
        partnership=table.partnership,
        person=table.contact.person,
        organisation=table.employer,
        is_anonymous=True,
    )
    name = table.contact.person.full_name
    addresses = [
        need.get_absolute_url(),
        reverse("meetings:need-list", args=[table.partnership.slug]),
        reverse("meetings:need-list", args=[table.partnership.slug]) + "?download=csv",
    ]
    for user, reads in ((table.coordinator, True), (table.contact, True), (table.teacher, False)):
        login(client, user)
        for address in addresses:
            answer = client.get(address)
            body = b"".join(answer) if answer.streaming else answer.content
            shown = name in body.decode().replace(f'title="{name}"', "")
            if address == addresses[0] or user != table.contact:
                assert shown is reads, (user, address)
    meeting = MeetingFactory(group=table.group, draft=True)
    login(client, table.chair)
    client.post(url("item-needs", meeting), {"needs": [need.public_id]})
    page = text_of(client.get(meeting.get_absolute_url()))
    assert need.title in page
    assert name not in page


def test_a_cancelled_meeting_gives_its_needs_back_and_leaves_the_agenda(client, table):
    need = NeedFactory(partnership=table.partnership)
    login(client, table.chair)
    meeting = plan(client, table)
    client.post(url("item-needs", meeting), {"needs": [need.public_id]})
    people = [row.person_id for row in table.group.seats.all()]
    meeting.refresh_from_db()
    client.post(url("meeting-invite", meeting), {"person": people, "read": versions.of(meeting)})
    meeting.refresh_from_db()
    client.post(url("meeting-cancel", meeting), {"reason": "Griep.", "read": versions.of(meeting)})
    need.refresh_from_db()
    assert (need.state, need.item) == ("open", None)
    mail = mails("invited_meeting_cancelled")[table.teacher.email]
    assert "Griep." in mail.body
    assert "METHOD:CANCEL" in mail.calendar
    assert "SEQUENCE:1" in mail.calendar


def test_another_time_is_mailed_with_a_new_edition_of_the_entry(client, table):
    login(client, table.chair)
    meeting = plan(client, table)
    people = [row.person_id for row in table.group.seats.all()]
    client.post(url("meeting-invite", meeting), {"person": people, "read": versions.of(meeting)})
    first = mails("invited_meeting_planned")[table.teacher.email]
    page = url("meeting-change", meeting)
    kept = {
        "title": meeting.title,
        "kind": "meeting",
        "place": "Molenhof",
        "starts": "14:00",
        "ends": "15:00",
    }
    edit(client, page, kept | {"day": f"{meeting.day + timedelta(days=1):%d-%m-%Y}"})
    changed = mails("invited_meeting_changed")[table.teacher.email]
    assert "SEQUENCE:0" in first.calendar
    assert "SEQUENCE:1" in changed.calendar
    client.logout()
    assert client.get(link_of(first)).status_code == 404  # the former link opens nothing any more
    assert client.get(open_link(client, changed)).status_code == 200


def test_next_meeting_begins_with_what_the_last_had(client, table):
    login(client, table.chair)
    last = plan(client, table)
    page = client.get(
        reverse("meetings:group-meeting-create", args=[table.group.public_id]) + f"?na={last.public_id}"
    )
    form = page.context["form"]
    assert form.initial["day"] == last.day + timedelta(weeks=4)
    assert form.initial["place"] == "Molenhof"
    assert form["kind"].value() == "meeting"


def test_no_kind_stands_chosen_for_a_meeting_that_follows_none(client, table):
    login(client, table.chair)
    page = client.get(reverse("meetings:group-meeting-create", args=[table.group.public_id]))
    assert not page.context["form"]["kind"].value()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({}, "Vul in"),
        ({"day": "31-02-2027"}, "day"),
        ({"starts": "12:00", "ends": "10:00"}, "Het einde moet na het begin zijn"),
        ({"link": "javascript:alert(1)"}, "link"),
        ({"kind": "kick_off"}, "kind"),
        ({"title": "\u200b"}, "title"),
    ],
)
def test_a_meeting_that_cannot_be_is_refused_and_keeps_what_was_typed(client, table, data, words):
    login(client, table.chair)
    day = f"{today() + timedelta(days=3):%d-%m-%Y}"
    whole = {"title": "Ons overleg", "kind": "meeting", "day": day, "starts": "10:00", "ends": "11:00"}
    page = reverse("meetings:group-meeting-create", args=[table.group.public_id])
    answer = client.post(page, whole | data if data else {"place": "Hier"})
    assert answer.status_code == 200
    assert not Meeting.objects.exists()
    assert answer.context["form"].errors
    assert ("Ons overleg" if data and "title" not in data else "Hier" if not data else "") in text_of(answer)


def test_an_action_on_a_past_day_or_for_a_stranger_is_refused(client, table):
    login(client, table.chair)
    page = reverse("meetings:group-action-create", args=[table.group.public_id])
    day = f"{today() - timedelta(days=1):%d-%m-%Y}"
    answer = edit(client, page, {"title": "Bel", "owner": table.teacher.person.pk, "due_on": day})
    assert "due_on" in answer.context["form"].errors
    stranger = ActionFactory().owner
    soon = f"{today() + timedelta(days=1):%d-%m-%Y}"
    answer = edit(client, page, {"title": "Bel", "owner": stranger.pk, "due_on": soon})
    assert "owner" in answer.context["form"].errors
    assert "Bel" in text_of(answer)


def test_links_lead_only_where_the_reader_may_go(client, table):
    """A client of the group reads the needs of an item without a way to them; an owner outside it no way to the meeting."""
    affiliate = AffiliationFactory(partnership=table.partnership)
    GroupSeatFactory(
        group=table.group,
        person=affiliate.person,
        organisation=None,
        affiliation=affiliate,
        perspective="carer_or_client",
    )
    item = AgendaItemFactory(meeting__group=table.group, meeting__held=True)
    need = NeedFactory(partnership=table.partnership, state="bundled", item=item)
    action = ActionFactory(group=table.group, meeting=item.meeting, item=item, owner=table.contact.person)
    login(client, affiliate.person.user)
    page = text_of(client.get(item.meeting.get_absolute_url()))
    assert need.title in page
    assert need.get_absolute_url() not in page
    login(client, table.contact)
    page = text_of(client.get(action.get_absolute_url()))
    assert item.meeting.get_absolute_url() not in page
    draft = AgendaItemFactory(meeting__group=table.group, meeting__draft=True)
    hidden = NeedFactory(partnership=table.partnership, state="bundled", item=draft)
    assert draft.meeting.title not in text_of(client.get(hidden.get_absolute_url()))


def test_an_invitation_waits_until_the_meeting_begins(client, table):
    meeting = MeetingFactory(group=table.group)
    row = AttendanceFactory(meeting=meeting, person=table.teacher.person)
    start = reverse("school-start", args=[table.school.slug])
    login(client, table.teacher)
    assert meeting.title in text_of(client.get(start))
    Meeting.objects.update(starts_at=timezone.now() - timedelta(minutes=5))
    assert meeting.title not in text_of(client.get(start))
    client.post(url("attendance-answer", row), {"answer": "yes", "read": versions.of(row)})
    row.refresh_from_db()
    assert row.answer == ""


def test_who_leaves_reads_which_actions_wait_and_who_closes_what_stays(client, table):
    from meetings.queries import leaving  # noqa: PLC0415 - beside its one use

    action = ActionFactory(group=table.group, owner=table.teacher.person, title="Zaal boeken")
    ActionFactory(owner=table.teacher.person)  # of a partnership in which the school takes no part
    role = table.teacher.person.memberships.get()
    assert [one.thing for one in leaving.hangs_on(role)] == [action.title]
    MeetingFactory(group=table.group)
    assert len(leaving.stays_open(table.partnership)) == 2


def test_every_task_of_a_table_says_what_it_is_about(table):
    """The page of all tasks links each by its second line."""
    from meetings.presenters import next_steps  # noqa: PLC0415 - beside its one use

    NeedFactory(partnership=table.partnership)
    ActionFactory(group=table.group, owner=table.coordinator.person)
    AttendanceFactory(
        meeting=MeetingFactory(partnership=table.partnership),
        person=table.coordinator.person,
        organisation=table.coordinator.person.memberships.get().organisation,
    )
    actor = actor_of(table.coordinator)
    steps = next_steps.for_person(actor, table.partnership.pk)
    assert len(steps) == 3
    assert all(str(step.title) and str(step.text) for step in steps)
