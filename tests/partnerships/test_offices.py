"""Chair and secretary write for their group, those of the steering group for the partnership; views and services ask."""

from functools import partial

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from accounts.enums import Role
from accounts.models import User
from core.dates import today
from core.models import FieldChange
from partnerships.actors import actor_of
from partnerships.models import Call, Group, Initiative
from partnerships.services import calls, closings, drafts, groups, initiatives, members, returns, sign_ups
from tests.factories.partnerships import (
    CallFactory,
    GroupFactory,
    GroupSeatFactory,
    InitiativeFactory,
    InitiativeResultFactory,
    MemberFactory,
    MembershipFactory,
    SignUpFactory,
)
from tests.helpers import coordinating, edit, login, press

pytestmark = pytest.mark.django_db


def in_office(group: Group, **office: bool) -> User:
    """A new person with this office in the group, of a member of its partnership."""
    joined = MemberFactory(partnership=group.partnership)
    role = MembershipFactory(organisation=joined.organisation, role=Role.COLLEAGUE)
    GroupSeatFactory(group=group, person=role.person, organisation=joined.organisation, **office)
    return role.person.user


@pytest.mark.parametrize("office", ["is_chair", "is_secretary"])
@pytest.mark.parametrize("kind", ["steering", "project"])
def test_office_is_of_the_group_and_of_the_steering_group_for_all(django_assert_num_queries, kind, office):
    group = GroupFactory(kind=kind)
    user = in_office(group, **{office: True})
    with django_assert_num_queries(1):
        actor = actor_of(user)
    assert actor.presides == {group.pk}
    assert actor.writes_for == ({group.partnership_id} if kind == "steering" else set())
    assert actor.coordinates == set()


def test_seat_without_an_office_gives_none():
    group = GroupFactory()
    for seat in ({}, {"is_observer": True}):
        actor = actor_of(in_office(group, **seat))
        assert (actor.groups, actor.offices) == ({group.pk}, ())


def test_chair_without_a_role_at_a_member_knows_the_partnership_from_within():
    seat = GroupSeatFactory(of="expert", is_chair=True, group__kind="project")
    actor = actor_of(seat.person.user)
    assert actor.inside == {seat.group.partnership_id}
    assert actor.takes_part == set()


# The own group


def change_page(group: Group) -> str:
    return reverse("partnerships:coordination-group-change", args=[group.partnership.slug, group.public_id])


def test_chair_changes_the_group_but_not_what_kind_it_is(client):
    """Else whoever chairs a working group would make it the steering group, and write for the whole partnership."""
    group = GroupFactory(kind="working", name="Werkgroep imago")
    login(client, in_office(group, is_chair=True))
    assert change_page(group) in client.get(group.get_absolute_url()).content.decode()
    page = client.get(change_page(group))
    assert "kind" not in page.context["form"].fields
    data = {"name": "Werkgroep beeld", "mandate": "Laat zien wat zorg is.", "delegates_per_organisation": "2"}
    answer = edit(client, change_page(group), data | {"kind": "steering"})
    assert answer.url == group.get_absolute_url()
    group.refresh_from_db()
    assert (group.name, group.mandate, group.kind) == (data["name"], data["mandate"], "working")


def test_service_keeps_the_kind_for_coordinators_and_on_record():
    group = GroupFactory(kind="working")
    chair, coordinator = actor_of(in_office(group, is_chair=True)), coordinating(group.partnership)
    group.kind = "steering"
    with pytest.raises(ValidationError, match="coördinator"):
        groups.save(group=group, by=chair, version=None)
    assert Group.objects.get().kind == "working"
    groups.save(group=group, by=coordinator, version=None)
    made = FieldChange.objects.get(model="partnerships.group", field="kind")
    assert (made.before, made.after, made.by_id) == ("working", "steering", coordinator.person_id)


def test_group_that_is_over_is_changed_by_nobody(client):
    group = GroupFactory()
    user = in_office(group, is_chair=True)
    over = today().replace(year=today().year - 1)
    Group.objects.update(ends_on=over)
    group.refresh_from_db()
    group.mandate = "Nog even door."
    for by in (actor_of(user), coordinating(group.partnership)):
        with pytest.raises(ValidationError):
            groups.save(group=group, by=by, version=None)
    coordinator = User.objects.get(person=by.person_id)
    login(client, coordinator)
    page = client.get(change_page(group), follow=True)
    assert page.redirect_chain == [(group.get_absolute_url(), 302)]
    assert "Deze groep is gestopt." in page.content.decode()


def test_form_of_a_seat_gives_an_office_and_says_what_it_brings(client, partnership, coordinator):
    joined = MemberFactory(partnership=partnership)
    role = MembershipFactory(organisation=joined.organisation, role=Role.COLLEAGUE)
    steering, other = (
        GroupFactory(partnership=partnership),
        GroupFactory(partnership=partnership, kind="working"),
    )
    here = {row: [partnership.slug, row.public_id] for row in (steering, other)}
    said = "teksten, initiatieven en oproepen"
    assert (
        said
        not in client.get(reverse("partnerships:coordination-seat-give", args=here[other])).content.decode()
    )
    url = reverse("partnerships:coordination-seat-give", args=here[steering])
    assert said in client.get(url).content.decode()
    client.post(url, {"membership": role.pk, "perspective": "delegate", "is_secretary": "on"})
    assert steering.seats.get().is_secretary
    assert "(secretaris)" in " ".join(client.get(steering.get_absolute_url()).content.decode().split())
    assert actor_of(role.person.user).writes_for == {partnership.pk}


def test_database_holds_one_chair_and_one_secretary_at_a_time():
    group = GroupFactory(kind="working")
    for office in ("is_chair", "is_secretary"):
        in_office(group, **{office: True})
        with pytest.raises(IntegrityError), transaction.atomic():
            in_office(group, **{office: True})
    in_office(GroupFactory(partnership=group.partnership), is_chair=True)


@pytest.mark.parametrize(("office", "word"), [("is_chair", "voorzitter"), ("is_secretary", "secretaris")])
def test_second_chair_or_secretary_is_refused_in_words(office, word):
    group = GroupFactory(kind="working")
    in_office(group, **{office: True})
    joined = MemberFactory(partnership=group.partnership)
    role = MembershipFactory(organisation=joined.organisation, role=Role.COLLEAGUE)
    seat = {"group_id": group.pk, "membership": role, "perspective": "delegate", "is_observer": False}
    by = coordinating(group.partnership)
    with pytest.raises(ValidationError, match=f"al een {word}"):
        groups.give_seat(**seat, **{office: True}, by=by)
    groups.give_seat(**seat, by=by)


def test_office_is_handed_over_in_one_act_and_both_stay_in_the_group(client, partnership, coordinator):
    group = GroupFactory(partnership=partnership, kind="working")
    old, new = in_office(group, is_chair=True), in_office(group)
    seat = group.seats.get(person=new.person)
    url = reverse(
        "partnerships:coordination-seat-office", args=[partnership.slug, group.public_id, seat.public_id]
    )
    assert url in client.get(group.get_absolute_url()).content.decode()
    assert f"Neemt het over van {old.person.full_name}" in client.get(url).content.decode()
    for _press in range(2):
        press(client, url, seat, {"is_chair": "on"})
    assert actor_of(new).presides == {group.pk}
    assert (actor_of(old).presides, actor_of(old).groups) == (set(), {group.pk})
    assert group.seats.running().count() == 2
    assert group.seats.count() == 4  # who chaired it until when can still be seen
    page = client.get(group.get_absolute_url())
    assert page.context["ended"] == []


def test_who_chaired_is_no_second_chair_when_the_end_of_that_seat_is_taken_back():
    group = GroupFactory(kind="working")
    old, new = in_office(group, is_chair=True), in_office(group)
    by = coordinating(group.partnership)
    ended = group.seats.get(person=old.person)
    groups.end_seat(group_id=group.pk, public_id=ended.public_id, by=by, read=None)
    seat = group.seats.get(person=new.person)
    groups.change_office(
        group_id=group.pk, public_id=seat.public_id, is_chair=True, is_secretary=False, by=by, read=None
    )
    with pytest.raises(ValidationError, match="al een voorzitter"):
        returns.seat(group_id=group.pk, public_id=ended.public_id, by=by, read=None)


def test_observer_takes_no_office_and_nobody_else_hands_it_over():
    group = GroupFactory(kind="working")
    chair = in_office(group, is_chair=True)
    seat = group.seats.get(person=in_office(group, is_observer=True).person)
    change = partial(
        groups.change_office,
        group_id=group.pk,
        public_id=seat.public_id,
        is_chair=True,
        is_secretary=False,
        read=None,
    )
    with pytest.raises(ValidationError, match="Waarnemers"):
        change(by=coordinating(group.partnership))
    with pytest.raises(ValidationError, match="coördinator"):
        change(by=actor_of(chair))


# The partnership


def test_secretary_of_the_steering_group_writes_initiatives_and_calls(client):
    group = GroupFactory()
    partnership = group.partnership
    login(client, in_office(group, is_secretary=True))
    made = {"title": "Samen leren", "kind": "project", "summary": "Kort"}
    url = reverse("partnerships:coordination-initiative-create", args=[partnership.slug])
    assert client.post(url, made).status_code == 302
    initiative = Initiative.objects.get()
    url = reverse("partnerships:coordination-initiative-move", args=[partnership.slug, initiative.slug])
    press(client, url, initiative, {"action": "start"})
    initiative.refresh_from_db()
    assert initiative.state == "running"
    call = CallFactory(partnership=partnership)
    url = reverse("partnerships:coordination-call-close", args=[partnership.slug, call.slug])
    press(client, url, call)
    assert Call.objects.get().is_closed


def test_who_signed_up_for_a_call_is_told_to_coordinators_alone(client):
    sign_up = SignUpFactory(confirmed_at="2026-01-01T12:00+01:00", state="pledged", places=7)
    call = sign_up.call
    login(client, in_office(GroupFactory(partnership=call.partnership), is_chair=True))
    page = client.get(reverse("partnerships:coordination-call", args=[call.partnership.slug, call.slug]))
    said = page.content.decode()
    assert sign_up.organisation_name not in said
    assert page.context["figures"]["firm_places"] == 7
    assert "Wie zich heeft aangemeld, zien de coördinatoren." in said


def test_services_ask_who_may_write_for_a_partnership():
    """Whoever comes past the page is refused as well: a stranger, and the chair of another group."""
    group = GroupFactory(kind="project")
    partnership = group.partnership
    result = InitiativeResultFactory(initiative__partnership=partnership)
    initiative = result.initiative
    call = CallFactory(partnership=partnership)
    values = {
        "label": "Studenten",
        "value": "3",
        "measured_on": today(),
        "source": "telling",
        "reason": "Fout",
    }
    acts = (
        partial(initiatives.save, initiative=initiative, themes=[], title="Anders", version=None),
        partial(initiatives.move, initiative_id=initiative.pk, action="finish", read=None),
        partial(initiatives.take_back, initiative_id=initiative.pk, act_id=0),
        partial(initiatives.add_result, initiative_id=initiative.pk, result=result),
        partial(initiatives.correct_result, result_id=result.pk, **values),
        partial(calls.save, call=call, version=None),
        partial(closings.call, call_id=call.pk, read=None),
        partial(returns.call, call_id=call.pk, act_id=0),
        partial(drafts.call, call_id=call.pk, read=None),
        partial(drafts.initiative, initiative_id=initiative.pk, read=None),
    )
    for user in (in_office(group, is_chair=True), in_office(GroupFactory(), is_chair=True)):
        for act in acts:
            with pytest.raises(ValidationError, match="stuurgroep"):
                act(by=actor_of(user))


def test_chair_of_the_steering_group_does_nothing_with_people():
    seat = GroupSeatFactory()
    group, partnership = seat.group, seat.group.partnership
    chair = actor_of(in_office(group, is_chair=True))
    sign_up = SignUpFactory(call__partnership=partnership, confirmed_at="2026-01-01T12:00+01:00")
    joined = MemberFactory(partnership=partnership)
    role = MembershipFactory(organisation=joined.organisation)
    this = {"group_id": group.pk, "public_id": seat.public_id, "read": None}
    acts = (
        partial(
            groups.give_seat, group_id=group.pk, membership=role, perspective="delegate", is_observer=False
        ),
        partial(groups.end_seat, **this),
        partial(groups.invite_again, **this),
        partial(returns.seat, **this),
        partial(returns.group, group_id=group.pk, read=None),
        partial(returns.partnership, partnership_id=partnership.pk, read=None),
        partial(returns.member, member_id=joined.pk, read=None),
        partial(closings.group, group_id=group.pk, read=None),
        partial(closings.partnership, partnership_id=partnership.pk, read=None),
        partial(
            groups.save, group=Group(partnership=partnership, kind="project", name="Nieuw"), version=None
        ),
        partial(members.end, member_id=joined.pk, read=None),
        partial(members.change_role, member_id=joined.pk, role="observer", version=None),
        partial(sign_ups.move, sign_up_id=sign_up.pk, action="talk", read=None),
        partial(sign_ups.take_back, sign_up_id=sign_up.pk, act_id=0),
        partial(sign_ups.accept, sign_up_id=sign_up.pk, organisation=None, kind="welfare", read=None),
    )
    for act in acts:
        with pytest.raises(ValidationError, match="Alleen een coördinator van deze samenwerking"):
            act(by=chair)


def test_draft_is_there_for_who_writes_and_for_nobody_else():
    group = GroupFactory()
    writes = actor_of(in_office(group, is_secretary=True))
    reads = actor_of(in_office(group))
    rows = [
        make(partnership=group.partnership, is_published=False) for make in (InitiativeFactory, CallFactory)
    ]
    for row in rows:
        assert type(row).objects.visible_to(writes).filter(pk=row.pk).exists()
        assert not type(row).objects.visible_to(reads).filter(pk=row.pk).exists()
