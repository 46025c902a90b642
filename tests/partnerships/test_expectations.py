"""Whom a group expects at its table, how many of each, and who is still missing."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from core import periods
from core.models import FieldChange
from partnerships.actors import actor_of
from partnerships.enums import MemberRole, Perspective
from partnerships.models import Group, GroupExpectation, Membership
from partnerships.models.expectations import Lacking
from partnerships.services import affiliations, drafts, groups
from tests.factories.partnerships import (
    GroupExpectationFactory,
    GroupFactory,
    GroupSeatFactory,
    MemberFactory,
    MembershipFactory,
    OrganisationFactory,
)
from tests.helpers import coordinating, edit

pytestmark = pytest.mark.django_db


def seat(group, member, **fields):
    person = MembershipFactory(organisation=member.organisation).person
    return GroupSeatFactory(group=group, person=person, organisation=member.organisation, **fields)


def read(group):
    return Group.objects.with_expected().get(pk=group.pk)


def test_group_without_names_expects_a_delegate_of_each_member():
    group = GroupFactory()
    present, absent, observer = (
        MemberFactory(partnership=group.partnership, role=role)
        for role in (MemberRole.MEMBER, MemberRole.MEMBER, MemberRole.OBSERVER)
    )
    seat(group, present)
    seat(group, absent, is_observer=True)
    seats = group.seats.with_held()
    missing = read(group).missing([present, absent, observer], seats)
    assert missing.organisations == [
        Lacking(absent.organisation.name, 1, organisation=absent.organisation_id)
    ]
    for role in Membership.objects.filter(organisation=present.organisation):
        periods.end(role)  # who works there no more is no delegate
    assert read(group).missing([present], seats.all()).organisations == [
        Lacking(present.organisation.name, 1, organisation=present.organisation_id)
    ]


def test_named_organisations_are_expected_alone_each_with_its_number():
    group = GroupFactory(delegates_per_organisation=3)
    two, one, none, left = MemberFactory.create_batch(4, partnership=group.partnership)
    for member, number in ((two, 3), (one, 1), (left, 1)):
        GroupExpectationFactory(group=group, organisation=member.organisation, number=number)
    seat(group, two)
    seat(group, one)
    missing = read(group).missing([two, one, none], group.seats.with_held())
    assert missing.organisations == [Lacking(two.organisation.name, 2, organisation=two.organisation_id)]


def test_voices_are_counted_and_delegates_are_none():
    group = GroupFactory()
    for voice, number in ((Perspective.STUDENT, 2), (Perspective.CARER_OR_CLIENT, 1)):
        GroupExpectationFactory(group=group, perspective=voice, number=number)
    GroupSeatFactory(group=group, of="student")
    GroupSeatFactory(group=group, of="client", is_observer=True)
    missing = read(group).missing([], group.seats.with_held())
    assert missing.voices == [
        Lacking("student", 1, voice="student"),
        Lacking("mantelzorger of cliënt", 1, voice="carer_or_client"),
    ]
    assert not missing.organisations


@pytest.mark.parametrize(
    "values",
    [
        {"perspective": ""},
        {"perspective": Perspective.DELEGATE},
        {"number": 0},
        {"organisation": "an organisation", "perspective": Perspective.STUDENT},
    ],
)
def test_database_holds_one_of_both_and_a_number(values):
    if "organisation" in values:
        values = values | {"organisation": OrganisationFactory()}
    with pytest.raises(IntegrityError), transaction.atomic():
        GroupExpectationFactory(**values)


@pytest.mark.parametrize("of_organisation", [True, False])
def test_database_holds_each_once_for_a_group(of_organisation):
    row = GroupExpectationFactory(organisation=OrganisationFactory() if of_organisation else None)
    GroupExpectationFactory(organisation=row.organisation)  # of another group
    with pytest.raises(IntegrityError), transaction.atomic():
        GroupExpectationFactory(group=row.group, organisation=row.organisation, perspective=row.perspective)


# The form


def page_of(group) -> str:
    return reverse("partnerships:coordination-group-change", args=[group.partnership.slug, group.public_id])


def rows_of(group) -> dict[str, int]:
    return {
        row.organisation.name if row.organisation else row.perspective: row.number
        for row in group.expectations.select_related("organisation")
    }


def test_numbers_are_filled_in_shown_and_on_record(client, partnership, coordinator):
    member, other = MemberFactory.create_batch(2, partnership=partnership)
    group = GroupFactory(partnership=partnership, delegates_per_organisation=2)
    named, unnamed = (f"delegates_of_{row.organisation_id}" for row in (member, other))
    data = {"name": group.name, "kind": group.kind, "delegates_per_organisation": "2"}
    answer = edit(client, page_of(group), {**data, "voice_student": "2", named: "2", unnamed: ""})
    assert answer.url == group.get_absolute_url()
    assert rows_of(group) == {"student": 2, member.organisation.name: 2}
    said = " ".join(client.get(group.get_absolute_url()).content.decode().split())
    assert f"<li> {member.organisation.name}, nog 2 </li>" in said
    assert "<li> student, nog 2 </li>" in said
    assert other.organisation.name not in said
    listed = client.get(reverse("partnerships:coordination-groups", args=[partnership.slug]))
    assert "student; 1 organisatie" in " ".join(listed.content.decode().split())
    form = client.get(page_of(group)).context["form"]
    assert (form["voice_student"].value(), form[named].value(), form[unnamed].value()) == (2, 2, None)
    edit(client, page_of(group), {**data, "voice_student": "1", "voice_practice_expert": "1", named: "0"})
    assert rows_of(group) == {"student": 1, "practice_expert": 1}
    changes = FieldChange.objects.filter(model="partnerships.group", field="expectations").order_by("pk")
    assert [[part["name"] for part in change.after] for change in changes] == [
        [f"{member.organisation.name}: 2", "student: 2"],
        ["student: 1", "praktijkexpert: 1"],
    ]
    said = client.get(group.get_absolute_url()).content.decode()
    assert "Wie er verwacht worden" in said


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"voice_student": "-1"}, "voice_student"),
        ({"voice_student": "101"}, "voice_student"),
        ({"voice_student": "veel"}, "voice_student"),
        ({"named": "3"}, "__all__"),
        ({"named": "2", "voice_student": "3"}, "__all__"),
    ],
)
def test_number_that_cannot_be_is_refused_and_kept(client, partnership, coordinator, typed, said):
    member = MemberFactory(partnership=partnership)
    group = GroupFactory(partnership=partnership, delegates_per_organisation=2, max_size=4)
    data = {"name": group.name, "kind": group.kind, "delegates_per_organisation": "2", "max_size": "4"}
    typed = {f"delegates_of_{member.organisation_id}" if k == "named" else k: v for k, v in typed.items()}
    page = edit(client, page_of(group), data | typed)
    assert list(page.context["form"].errors) == [said]
    for name, value in typed.items():
        assert f'value="{value}"' in str(page.context["form"][name])
    assert not group.expectations.exists()


def test_service_holds_the_numbers_to_the_group():
    group = GroupFactory(delegates_per_organisation=1, max_size=2)
    by = coordinating(group.partnership)
    member = MemberFactory(partnership=group.partnership)
    for expected in ({"delegates": {member.organisation_id: 2}}, {"voices": {"student": 3}}):
        with pytest.raises(ValidationError):
            groups.save(group=group, by=by, **expected, version=None)
    groups.save(
        group=group, by=by, delegates={member.organisation_id: 1}, voices={"student": 1}, version=None
    )
    groups.save(group=group, by=by, version=None)  # says nothing of it
    assert GroupExpectation.objects.count() == 2


def test_new_group_is_made_with_whom_it_expects(client, partnership, coordinator):
    data = {"name": "Werkgroep", "kind": "working", "delegates_per_organisation": "1", "voice_student": "1"}
    client.post(reverse("partnerships:coordination-group-create", args=[partnership.slug]), data)
    assert rows_of(Group.objects.get()) == {"student": 1}
    assert not FieldChange.objects.exists()


def test_draft_is_thrown_away_with_whom_it_expects():
    group = GroupExpectationFactory().group
    drafts.group(group_id=group.pk, by=coordinating(group.partnership), read=None)
    assert not GroupExpectation.objects.exists()


def test_page_of_a_group_stays_light_whatever_ended(client, partnership, coordinator, fetched_in):
    """With a voice that is expected, a seat and a client that ended lately, and a change on record."""
    group = GroupExpectationFactory(group__partnership=partnership).group
    by = actor_of(coordinator)
    stands, left = GroupSeatFactory(group=group), GroupSeatFactory(group=group, of="client")
    groups.end_seat(group_id=group.pk, public_id=stands.public_id, by=by, read=None)
    affiliations.end(affiliation_id=left.affiliation_id, by=by, read=None)
    groups.save(group=Group.objects.get(), by=by, voices={"student": 2}, version=None)
    Group.objects.update(mandate="Anders")
    page = fetched_in(11, group.get_absolute_url())
    assert [item.row for item in page.context["ended"]] == [stands]
    assert [(item.row, seat) for item, seat in page.context["left"]] == [(left.affiliation, left)]
    assert page.context["history"]
