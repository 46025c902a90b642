"""Action lines: kept by who writes for the partnership, read by all who take part, and in short by everyone."""

import datetime as dt

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from accounts.enums import Role
from core import versions
from core.dates import today
from core.models import FieldChange, StateChange
from partnerships.models import ActionLine
from partnerships.services import action_lines as service
from partnerships.services import parts
from tests.factories.partnerships import (
    ActionLineFactory,
    ContactCardFactory,
    GroupFactory,
    GroupSeatFactory,
    InitiativeFactory,
    MemberFactory,
    MembershipFactory,
)
from tests.helpers import acting, coordinating, edit, login, made_from, member

pytestmark = pytest.mark.django_db


def list_of(partnership) -> str:
    return reverse("partnerships:partnership-action-lines", args=[partnership.slug])


def page(name, line) -> str:
    return reverse(
        f"partnerships:coordination-action-line-{name}", args=[line.partnership.slug, line.public_id]
    )


def create(partnership) -> str:
    return reverse("partnerships:coordination-action-line-create", args=[partnership.slug])


def change(client, line, **typed):
    """Its form with these fields typed over."""
    url = page("change", line)
    form = client.get(url).context["form"]
    stands = {name: form[name].value() for name in form.fields if form[name].value() is not None}
    return edit(client, url, {**stands, **typed})


def later(days):
    return time_machine.travel(dt.datetime.combine(today() + dt.timedelta(days=days), dt.time(12), dt.UTC))


@pytest.fixture
def joined(partnership):
    return MemberFactory(partnership=partnership)


@pytest.fixture
def line(partnership):
    return ActionLineFactory(partnership=partnership, number=1, title="Beter leren in de zorg")


def test_d01_adviser_keeps_action_lines_with_number_title_goal_owner_group_and_planning(
    client, partnership, coordinator, joined
):
    owner = member(joined.organisation, Role.CONTACT).person
    group = GroupFactory(partnership=partnership, kind="project")
    typed = {
        "number": 1,
        "title": "Beter leren in de zorg",
        "goal": "Wat je leert, herken je op je werk.",
        "owner": owner.pk,
        "group": group.pk,
        "starts_on": "2026-01-01",
        "ends_on": today() + dt.timedelta(days=300),
    }
    assert create(partnership) in client.get(list_of(partnership)).content.decode()
    made = edit(client, create(partnership), typed)
    line = ActionLine.objects.get()
    assert made.url == line.get_absolute_url()
    assert (line.number, line.owner, line.group) == (1, owner, group)
    change(client, line, number=2, title="Anders leren in de zorg")
    line.refresh_from_db()
    assert (line.number, line.title, line.owner) == (2, "Anders leren in de zorg", owner)
    shown = client.get(line.get_absolute_url())
    said = shown.content.decode()
    for told in ("Actielijn 2", line.title, line.goal, group.name, owner.last_name):
        assert told in said
    assert [(one.field, one.before, one.after) for one in shown.context["history"]] == [
        ("Nummer", "1", "2"),
        ("Titel", "Beter leren in de zorg", "Anders leren in de zorg"),
    ]


def test_d01_project_group_and_working_group_have_a_goal_a_chair_and_days(client, partnership, coordinator):
    """The groups of a partnership are kept on pages of their own, which the action line leads to."""
    group = GroupFactory(
        partnership=partnership,
        kind="working",
        mandate="Maakt een traject.",
        ends_on=today() + dt.timedelta(days=9),
    )
    seat = GroupSeatFactory(group=group, is_chair=True)
    said = client.get(
        ActionLineFactory(partnership=partnership, group=group).get_absolute_url()
    ).content.decode()
    assert group.get_absolute_url() in said
    said = client.get(group.get_absolute_url()).content.decode()
    for told in ("Werkgroep", group.mandate, seat.person.last_name, "voorzitter"):
        assert told in said


def test_first_number_that_is_free_is_proposed(client, partnership, coordinator):
    ActionLineFactory(partnership=partnership, number=7)
    ActionLineFactory(partnership=partnership, number=9, ends_on=today() - dt.timedelta(days=1))
    assert client.get(create(partnership)).context["form"].initial["number"] == 8


def test_members_read_it_and_change_nothing(client, line, joined):
    user = member(joined.organisation, Role.COLLEAGUE)
    login(client, user)
    inside = reverse("partnerships:partnership-inside", args=[line.partnership.slug])
    assert list_of(line.partnership) in client.get(inside).content.decode()
    for url in (list_of(line.partnership), line.get_absolute_url()):
        said = client.get(url).content.decode()
        assert line.title in said
        assert page("change", line) not in said
        assert create(line.partnership) not in said
    assert client.get(page("change", line)).status_code == 403


def test_chair_of_the_steering_group_writes_it_too(client, line, joined):
    user = member(joined.organisation, Role.COLLEAGUE)
    group = GroupFactory(partnership=line.partnership, kind="steering")
    GroupSeatFactory(group=group, person=user.person, organisation=joined.organisation, is_chair=True)
    login(client, user)
    change(client, line, title="Anders leren")
    line.refresh_from_db()
    assert line.title == "Anders leren"


def test_owner_shows_what_the_own_contact_card_allows(client, line, joined):
    owner = member(joined.organisation, Role.CONTACT).person
    owner.phone = "0320 11 22 33"
    owner.save()
    line.owner = owner
    line.save()
    login(client, member(joined.organisation, Role.COLLEAGUE))
    for url in (list_of(line.partnership), line.get_absolute_url()):
        said = client.get(url).content.decode()
        assert owner.address in said
        assert owner.phone not in said
    ContactCardFactory(person=owner, show_email="nobody", show_phone="partnerships")
    said = client.get(line.get_absolute_url()).content.decode()
    assert owner.address not in said
    assert owner.phone in said


def test_owner_who_works_for_no_member_any_more_is_only_named(client, line, joined):
    user = member(joined.organisation, Role.CONTACT)
    line.owner = user.person
    line.save()
    role = user.person.memberships.get()
    role.ends_on = today() - dt.timedelta(days=1)
    role.save()
    login(client, member(joined.organisation, Role.COLLEAGUE))
    said = client.get(line.get_absolute_url()).content.decode()
    assert user.person.last_name in said
    assert "doet niet meer mee" in said
    assert user.person.address not in said


def test_initiatives_stand_under_their_line_as_far_as_one_may_see_them(client, line, joined):
    shown = InitiativeFactory(partnership=line.partnership, action_line=line, state="running")
    over = InitiativeFactory(partnership=line.partnership, action_line=line, state="finished")
    hidden = InitiativeFactory(partnership=line.partnership, action_line=line, is_published=False)
    login(client, member(joined.organisation, Role.COLLEAGUE))
    said = client.get(list_of(line.partnership)).content.decode()
    assert shown.title in said
    assert over.title not in said
    said = client.get(line.get_absolute_url()).content.decode()
    assert shown.title in said
    assert over.title in said
    assert hidden.title not in said


def test_page_of_an_initiative_leads_insiders_to_its_line_and_tells_visitors_its_name(client, line, joined):
    url = InitiativeFactory(partnership=line.partnership, action_line=line).get_absolute_url()
    said = client.get(url).content.decode()
    assert f"1. {line.title}" in said
    assert line.get_absolute_url() not in said
    login(client, member(joined.organisation, Role.COLLEAGUE))
    assert line.get_absolute_url() in client.get(url).content.decode()


def test_initiative_is_put_under_a_line_that_is_not_over(client, line, coordinator):
    over = ActionLineFactory(partnership=line.partnership, ends_on=today() - dt.timedelta(days=1))
    new = reverse("partnerships:coordination-initiative-create", args=[line.partnership.slug])
    assert list(client.get(new).context["form"].fields["action_line"].queryset) == [line]
    initiative = InitiativeFactory(partnership=line.partnership, action_line=over)
    url = reverse(
        "partnerships:coordination-initiative-change", args=[line.partnership.slug, initiative.slug]
    )
    assert set(client.get(url).context["form"].fields["action_line"].queryset) == {line, over}


def test_everyone_reads_number_title_and_goal_of_lines_that_run(client, line):
    line.goal = "Wat je leert, herken je op je werk."
    line.save()
    ended = ActionLineFactory(
        partnership=line.partnership, ends_on=today() - dt.timedelta(days=1), title="Oud"
    )
    said = client.get(line.partnership.get_absolute_url()).content.decode()
    assert f"1. {line.title}" in said
    assert line.goal in said
    assert ended.title not in said
    assert list_of(line.partnership) not in said


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"number": 0}, "number"),
        ({"number": 1000}, "number"),
        ({"number": "twee"}, "number"),
        ({"title": ""}, "title"),
        ({"goal": "a" * 1001}, "goal"),
        ({"owner": 0}, "owner"),
        ({"group": "x"}, "group"),
        ({"ends_on": today() - dt.timedelta(days=2)}, "ends_on"),
        ({"starts_on": "2126-01-01"}, "starts_on"),
    ],
)
def test_what_cannot_be_is_refused_and_stays_in_the_form(client, line, coordinator, typed, field):
    said = change(client, line, **{"title": "Getypt", **typed})
    assert list(said.context["form"].errors) == [field]
    if field != "title":
        assert "Getypt" in said.content.decode()
    line.refresh_from_db()
    assert line.title == "Beter leren in de zorg"


def test_number_is_of_one_line_at_a_time(client, line, coordinator):
    said = edit(client, create(line.partnership), {"number": 1, "title": "Een tweede"})
    assert "Kies een ander nummer" in said.content.decode()
    with pytest.raises(IntegrityError), transaction.atomic():
        ActionLineFactory(partnership=line.partnership, number=1)
    ActionLineFactory(number=1)  # of another partnership
    line.ends_on = today() + dt.timedelta(days=5)
    line.save()
    ActionLineFactory(partnership=line.partnership, number=1, starts_on=today() + dt.timedelta(days=6))


def test_line_is_ended_at_once_and_goes_on_for_two_weeks(client, line, coordinator):
    initiative = InitiativeFactory(partnership=line.partnership, action_line=line)
    end = page("end", line)
    assert end in client.get(line.get_absolute_url()).content.decode()
    asked = client.get(end)
    said = client.post(end, {"read": asked.context["read"]}, follow=True).content.decode()
    assert "Actielijn laten doorgaan" in said
    assert page("change", line) not in said
    assert not ActionLine.objects.running().exists()
    initiative.refresh_from_db()
    assert initiative.action_line == line
    line.refresh_from_db()
    for _press in range(2):
        said = client.post(page("reopen", line), {"read": line.row_version}, follow=True).content.decode()
    assert page("end", line) in said
    assert ActionLine.objects.running().get() == line
    assert StateChange.objects.filter(model="partnerships.actionline").count() == 2


def test_line_does_not_come_back_when_another_has_its_number_or_after_two_weeks(line):
    by = coordinating(line.partnership)
    parts.end(part=line, by=by, read=None)
    with pytest.raises(ValidationError, match="is beëindigd"):
        parts.end(part=line, by=by, read=None)
    with later(15), pytest.raises(ValidationError, match="14 dagen"):
        parts.reopen(part=line, by=by, read=None)
    ActionLineFactory(partnership=line.partnership, number=line.number)
    with pytest.raises(ValidationError, match="ander nummer"):
        parts.reopen(part=line, by=by, read=None)


def test_line_that_is_over_is_not_changed(client, line, coordinator):
    parts.end(part=line, by=coordinating(line.partnership), read=None)
    said = client.get(page("change", line), follow=True)
    assert said.redirect_chain == [(line.get_absolute_url(), 302)]
    assert "Deze actielijn is beëindigd." in said.content.decode()


def test_nothing_happens_on_an_old_page(client, line, coordinator):
    old = versions.of(line)
    ActionLine.objects.filter(pk=line.pk).update(goal="Anders")
    said = client.post(page("end", line), {"read": old}, follow=True).content.decode()
    assert str(versions.CHANGED) in said
    assert ActionLine.objects.running().exists()
    parts.end(part=line, by=coordinating(line.partnership), read=None)
    client.post(page("reopen", line), {"read": old})
    assert not ActionLine.objects.running().exists()


def test_two_tabs_lose_nothing(client, line, coordinator):
    first, second = (made_from(client, page("change", line)) for _ in range(2))
    typed = {"number": 1, "title": line.title}
    client.post(page("change", line), {**first, **typed, "goal": "Van de een"})
    said = client.post(page("change", line), {**second, **typed, "goal": "Van de ander"}).content.decode()
    assert "<ins>ander</ins>" in said
    line.refresh_from_db()
    assert line.goal == "Van de een"


def test_service_asks_who_writes_and_what_fits(line, joined):
    outsider = acting(MemberFactory().organisation, Role.MANAGER)
    for by in (
        outsider,
        acting(joined.organisation, Role.MANAGER),
        coordinating(MemberFactory().partnership),
    ):
        for act in (
            lambda by: service.save(line=line, by=by, version=None),
            lambda by: parts.end(part=line, by=by, read=None),
            lambda by: parts.reopen(part=line, by=by, read=None),
            lambda by: service.save(
                line=ActionLine(partnership=line.partnership, number=5), by=by, version=None
            ),
        ):
            with pytest.raises(ValidationError, match="stuurgroep"):
                act(by)
    by = coordinating(line.partnership)
    line.owner_id = outsider.person_id
    with pytest.raises(ValidationError, match="lid van deze samenwerking"):
        service.save(line=line, by=by, version=None)
    line.owner_id, line.group = None, GroupFactory()
    with pytest.raises(ValidationError, match="groep van deze samenwerking"):
        service.save(line=line, by=by, version=None)


def test_nothing_begins_where_the_partnership_is_over(client, line, coordinator):
    line.partnership.ends_on = today() - dt.timedelta(days=1)
    line.partnership.save()
    for url in (create(line.partnership), page("change", line)):
        assert "Deze samenwerking is beëindigd." in client.get(url, follow=True).content.decode()


def test_lines_that_are_over_stand_last(client, line, coordinator):
    over = ActionLineFactory(partnership=line.partnership, number=0, ends_on=today() - dt.timedelta(days=1))
    rows = client.get(list_of(line.partnership)).context["rows"]
    assert [row.line for row in rows] == [line, over]


def test_lists_cost_the_same_for_one_and_for_three(client, fetched_in, partnership, coordinator, joined):
    for number in (1, 2):
        for line in ActionLineFactory.create_batch(
            number, partnership=partnership, group=GroupFactory(partnership=partnership)
        ):
            line.owner = member(joined.organisation, Role.CONTACT).person
            line.save()
            InitiativeFactory(partnership=partnership, action_line=line)
        fetched_in(7, list_of(partnership))
    line = ActionLine.objects.last()
    for number in (1, 2):
        InitiativeFactory.create_batch(number, partnership=partnership, action_line=line)
        fetched_in(11, line.get_absolute_url())


def end_page(role) -> str:
    return reverse("partnerships:people-end", args=[role.organisation.slug, role.public_id])


def test_d01_whoever_owns_an_action_line_and_leaves_is_asked_who_owns_it_next(client, partnership, joined):
    manager = member(joined.organisation, Role.MANAGER)
    role = member(joined.organisation, Role.CONTACT).person.memberships.get()
    line = ActionLineFactory(partnership=partnership, owner=role.person, title="Beter leren")
    over = ActionLineFactory(
        partnership=partnership, owner=role.person, ends_on=today() - dt.timedelta(days=1)
    )
    elsewhere = ActionLineFactory(owner=role.person)
    login(client, manager)
    said = client.get(end_page(role)).content.decode()
    assert "Trekt de actielijn Beter leren" in said
    assert over.title not in said
    assert elsewhere.title not in said
    successor = member(joined.organisation, Role.COLLEAGUE)
    chosen = {f"line-{line.pk}": successor.person.memberships.get().pk, "read": versions.of(role)}
    assert client.post(end_page(role), chosen).status_code == 302
    line.refresh_from_db()
    assert line.owner == successor.person
    assert FieldChange.objects.get(field="owner").object_id == str(line.pk)


def test_action_line_without_a_successor_keeps_who_left_until_a_coordinator_chooses(
    client, partnership, joined
):
    manager = member(joined.organisation, Role.MANAGER)
    role = member(joined.organisation, Role.CONTACT).person.memberships.get()
    line = ActionLineFactory(partnership=partnership, owner=role.person)
    stranger = member(MemberFactory().organisation, Role.CONTACT).person.memberships.get()
    login(client, manager)
    forged = {f"line-{line.pk}": stranger.pk, "read": versions.of(role)}
    assert client.post(end_page(role), forged).status_code == 200
    client.post(end_page(role), {"read": versions.of(role)})
    line.refresh_from_db()
    assert line.owner == role.person
    assert "doet niet meer mee" in client.get(line.get_absolute_url()).content.decode()


def test_owner_of_an_action_line_with_another_role_in_the_partnership_is_not_asked(
    client, partnership, joined
):
    role = member(joined.organisation, Role.CONTACT).person.memberships.get()
    MembershipFactory(person=role.person, organisation=joined.organisation, role=Role.PRACTICE_TRAINER)
    line = ActionLineFactory(partnership=partnership, owner=role.person)
    login(client, member(joined.organisation, Role.MANAGER))
    assert line.title not in client.get(end_page(role)).content.decode()
