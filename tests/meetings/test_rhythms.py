"""How often a table meets: said once, and each next meeting planned in one press; and meetings that nobody held."""

import datetime as dt

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from accounts.enums import Role
from core import versions
from core.dates import today
from meetings.models import Meeting, Rhythm
from meetings.presenters.next_steps import for_person
from partnerships.actors import actor_of
from tests.factories.meetings import MeetingFactory, RhythmFactory
from tests.factories.partnerships import IndicatorFactory, InitiativeFactory
from tests.helpers import edit, login, member
from ui.formats import day as day_words

pytestmark = pytest.mark.django_db


def of_group(name: str, table) -> str:
    return reverse(f"meetings:group-{name}", args=[table.group.public_id])


def text_of(client, url: str) -> str:
    return " ".join(client.get(url).content.decode().split())


@pytest.mark.parametrize(
    ("every", "unit", "first", "after", "wanted"),
    [
        (1, "week", "2026-09-01", "2026-09-01", "2026-09-08"),
        (4, "week", "2026-09-01", "2026-10-30", "2026-11-24"),
        (6, "week", "2026-09-01", "2027-06-30", "2027-08-03"),
        (1, "month", "2026-09-08", "2026-09-08", "2026-10-13"),  # the second Tuesday
        (3, "month", "2026-09-08", "2026-10-01", "2026-12-08"),
        (1, "month", "2026-09-29", "2026-10-01", "2026-10-27"),  # the fifth one, or the last there is
        (12, "month", "2026-12-01", "2026-12-01", "2027-12-07"),
        (1, "week", "2026-09-01", "2026-01-01", "2026-09-01"),  # it has yet to begin
    ],
)
def test_the_next_day_of_a_rhythm(every, unit, first, after, wanted):
    rhythm = Rhythm(every=every, unit=unit, starts_on=dt.date.fromisoformat(first))
    with time_machine.travel(dt.datetime(2026, 1, 1, 12, tzinfo=dt.UTC)):
        assert rhythm.next_after(dt.date.fromisoformat(after)).isoformat() == wanted


def test_nothing_is_offered_past_the_last_day_of_a_rhythm(table):
    rhythm = RhythmFactory(group=table.group, until=today() + dt.timedelta(days=3))
    assert rhythm.next_after(today() + dt.timedelta(days=3)) is None


def test_b10_a_table_says_how_often_it_meets_and_plans_the_next_in_one_press(client, table):
    """Story B-10: who presides does not plan each meeting anew."""
    login(client, table.chair)
    first = today() + dt.timedelta(days=3)
    typed = {"title": "Werkgroep", "every": 4, "unit": "week", "starts_on": f"{first:%d-%m-%Y}"}
    typed |= {"starts": "10:00", "ends": "11:30", "place": "Molenhof"}
    assert edit(client, of_group("rhythm", table), typed).status_code == 302
    assert "Elke 4 weken op" in text_of(client, of_group("meetings", table))
    press = {"day": first.isoformat()}
    answer = client.post(of_group("rhythm-plan", table), press)
    meeting = Meeting.objects.get()
    assert answer.url == meeting.get_absolute_url()
    assert (meeting.day, meeting.place, meeting.state) == (first, "Molenhof", "draft")
    client.post(of_group("rhythm-plan", table), press)  # from the page of before
    assert Meeting.objects.count() == 1
    later = first + dt.timedelta(weeks=4)
    client.post(of_group("rhythm-plan", table), {"day": later.isoformat()})
    second = Meeting.objects.latest("starts_at")
    assert (second.day, second.previous) == (later, meeting)


@pytest.mark.parametrize("day", ["", "morgen", "2020-01-01"])
def test_a_day_that_is_not_the_next_plans_nothing(client, table, day):
    RhythmFactory(group=table.group)
    login(client, table.chair)
    answer = client.post(of_group("rhythm-plan", table), {"day": day}, follow=True)
    assert "Dit overleg is al gepland" in answer.content.decode()
    assert not Meeting.objects.exists()


def test_the_rhythm_of_a_table_is_changed_by_who_presides_it_and_read_by_its_seats(client, table):
    rhythm = RhythmFactory(group=table.group)
    login(client, table.teacher)
    assert client.get(of_group("rhythm", table)).status_code == 403
    assert "Elke 4 weken" in text_of(client, of_group("meetings", table))
    login(client, table.chair)
    stale = versions.of(rhythm)
    Rhythm.objects.update(place="Elders")
    form = client.get(of_group("rhythm", table)).context["form"]
    typed = {name: form[name].value() for name in form.fields if form[name].value() is not None}
    answer = client.post(of_group("rhythm", table), {**typed, "every": 2, "read": stale})
    assert answer.status_code == 200
    assert Rhythm.objects.get().every == 4


def test_meeting_that_nobody_held_is_a_task_of_who_presides_and_of_the_coordinator(client, table):
    past = timezone.now() - dt.timedelta(days=2)
    forgotten = MeetingFactory(group=table.group, starts_at=past, title="Vergeten overleg")
    MeetingFactory(group=table.group)
    steps = for_person(actor_of(table.chair))
    assert [step.url for step in steps] == [forgotten.get_absolute_url()]
    assert steps[0].kind == "unheld"
    at_office = for_person(actor_of(table.coordinator), table.partnership.pk)
    assert [step.url for step in at_office] == [forgotten.get_absolute_url()]
    assert for_person(actor_of(table.teacher)) == []
    assert for_person(actor_of(member(table.school, Role.COORDINATOR)), table.partnership.pk) == []


def test_b10_results_that_are_due_are_offered_for_the_agenda(client, table):
    meeting = MeetingFactory(group=table.group)
    initiative = InitiativeFactory(partnership=table.partnership)
    due = IndicatorFactory(initiative=initiative, due_on=today() + dt.timedelta(days=20), target=5)
    IndicatorFactory(initiative=initiative, due_on=today() + dt.timedelta(days=300), target=5)
    elsewhere = IndicatorFactory(due_on=today(), target=5)
    login(client, table.chair)
    page = client.get(meeting.get_absolute_url())
    assert [row.offer.title for row in page.context["offers"]["result"]] == [due.label]
    client.post(reverse("meetings:item-result", args=[meeting.public_id, due.public_id]))
    item = meeting.items.get()
    assert (item.initiative, item.title) == (initiative, initiative.title)
    assert "result" not in client.get(meeting.get_absolute_url()).context["offers"]
    for key in (due.public_id, elsewhere.public_id):
        client.post(reverse("meetings:item-result", args=[meeting.public_id, key]))
    assert meeting.items.count() == 1


def test_initiatives_that_wait_for_a_decision_are_offered_for_the_agenda(client, table):
    meeting = MeetingFactory(group=table.group)
    made = {"partnership": table.partnership}
    in_a_month = meeting.day + dt.timedelta(days=30)
    idea = InitiativeFactory(
        **made, title="Een idee", state="idea", refreshed_on=today() - dt.timedelta(days=3)
    )
    InitiativeFactory(**made, title="Zou begonnen zijn", state="preparation", starts_on=meeting.day)
    InitiativeFactory(**made, title="Stopt binnenkort", state="running", ends_on=in_a_month)
    for state, day in (
        ("preparation", None),
        ("running", None),
        ("finished", in_a_month),
        ("running", in_a_month),
    ):
        later = {"ends_on": day and day + dt.timedelta(days=60)} if state == "running" else {"ends_on": day}
        InitiativeFactory(**made, state=state, **later)
    InitiativeFactory(state="idea")
    InitiativeFactory(**made, state="idea", is_published=False, title="Nog niet openbaar")
    login(client, table.chair)
    page = client.get(meeting.get_absolute_url())
    offered = page.context["offers"]["phase"]
    assert [row.offer.title for row in offered] == ["Een idee", "Zou begonnen zijn", "Stopt binnenkort"]
    said = page.content.decode()
    assert "Initiatieven die wachten op een besluit" in said
    assert f"Loopt tot en met {day_words(in_a_month)}" in said
    address = reverse("meetings:item-phase", args=[meeting.public_id, idea.slug])
    client.post(address)
    client.post(address)  # pressed twice
    item = meeting.items.get()
    assert (item.initiative, item.title, item.kind) == (idea, "Een idee", "decide")
    titles = [row.offer.title for row in client.get(meeting.get_absolute_url()).context["offers"]["phase"]]
    assert titles == ["Zou begonnen zijn", "Stopt binnenkort"]
