"""People with and without an account: one home of a name, and two rows of one human that become one."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from accounts.enums import Role
from accounts.models import Person, User
from accounts.services import invitations, people
from accounts.services.people import Name
from core import changes
from core.dates import today
from core.models import StateChange
from partnerships.enums import RoleRequestState
from partnerships.models import Membership, RoleRequest
from students.models import Student
from tests.factories.accounts import InvitationFactory, PersonFactory, UserFactory
from tests.factories.core import ReadLogFactory, StateChangeFactory
from tests.factories.partnerships import (
    AffiliationFactory,
    GroupFactory,
    GroupSeatFactory,
    MembershipFactory,
    OrganisationFactory,
)
from tests.factories.students import EnrolmentFactory
from tests.helpers import login

pytestmark = pytest.mark.django_db


def at_commit() -> None:
    """Let the constraints that wait for the end of the transaction speak now."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def test_address_is_the_accounts_or_else_ones_own():
    without, with_account = (
        PersonFactory(email="bo@zorg.example"),
        UserFactory(email="an@zorg.example").person,
    )
    assert (without.address, with_account.address) == ("bo@zorg.example", "an@zorg.example")
    found = [Person.objects.with_address(email).get() for email in ("bo@zorg.example", "an@zorg.example")]
    assert found == [without, with_account]


def test_database_refuses_two_addresses_of_one_person():
    person = UserFactory().person
    with pytest.raises(IntegrityError, match="person_one_address"), transaction.atomic():
        Person.objects.filter(pk=person.pk).update(email="bo@zorg.example")


def test_database_refuses_an_account_of_nobody():
    User.objects.bulk_create([User(email="niemand@zorg.example")])
    with pytest.raises(IntegrityError, match="belongs to a person"), transaction.atomic():
        at_commit()
    User.objects.all().delete()


def test_database_refuses_to_take_the_person_from_an_account():
    person = UserFactory().person
    user = person.user
    Person.objects.filter(pk=person.pk).update(user=None)
    with pytest.raises(IntegrityError, match="belongs to a person"), transaction.atomic():
        at_commit()
    Person.objects.filter(pk=person.pk).update(user=user, email="")


def test_administrator_made_by_the_command_has_a_name():
    assert User.objects.create_superuser("beheer@zorg.example", "x").person.full_name == "beheer"


@pytest.mark.parametrize(
    ("whole", "parts"),
    [
        ("Noor van der Berg", ("Noor", "van der", "Berg")),
        ("  Bas   Kade ", ("Bas", "", "Kade")),
        ("Madonna", ("Madonna", "", "")),
    ],
)
def test_name_in_one_field_is_taken_apart(whole, parts):
    name = Name.of(whole)
    assert (name.first_name, name.name_prefix, name.last_name) == parts


def test_person_is_looked_for_among_the_own_people_only():
    here, elsewhere = PersonFactory(email="bo@zorg.example"), PersonFactory(email="an@zorg.example")
    own = Person.objects.filter(pk=here.pk)
    name = Name(first_name="Anders")
    assert people.find_or_make(among=own, email="bo@zorg.example", name=name) == here
    made = people.find_or_make(among=own, email="an@zorg.example", name=name)
    assert made != elsewhere
    here.refresh_from_db()
    assert (here.first_name, made.first_name) == (here.first_name, "Anders")


def two_rows() -> tuple[Person, Person]:
    """Someone with an account, and the same human as a school and an employer noted them."""
    kept = UserFactory().person
    enrolment = EnrolmentFactory(student__person__user=None)
    return kept, enrolment.student.person


def test_merge_moves_what_lives_and_leaves_history():
    kept, dropped = two_rows()
    seat = GroupSeatFactory(person=dropped)
    membership = MembershipFactory(person=dropped, role=Role.SUPERVISOR)
    act = StateChangeFactory(by=dropped)
    moved = people.merge(kept=kept, dropped=dropped, by=kept.pk)
    assert {row.kind: row.number for row in moved.moved} == {
        "studenten": 1,
        "plaatsen in groepen": 1,
        "rollen": 1,
    }
    for row in (seat, membership):
        row.refresh_from_db()
        assert row.person == kept
    assert Student.objects.get().person == kept
    assert StateChange.objects.get(pk=act.pk).by == dropped
    dropped.refresh_from_db()
    assert (dropped.merged_into, dropped.email) == (kept, "")


def test_who_was_two_students_reads_who_looked_at_either(client):
    kept = EnrolmentFactory(student__person__email="samira@leerling.example").student
    dropped = EnrolmentFactory(student__person__user=None).student
    for student in (kept, dropped):
        ReadLogFactory(reader=PersonFactory(first_name=f"Lezer{student.pk}"), subject=student.public_id)
    merged = f"Lezer{dropped.pk}"
    people.merge(kept=kept.person, dropped=dropped.person, by=kept.person_id)
    page = login(client, kept.person.user).get(reverse("students:me")).content.decode()
    assert f"Lezer{kept.pk}" in page
    assert merged in page


def test_who_was_two_people_reads_what_changed_of_either(client):
    kept, dropped = two_rows()
    dropped.first_name = "Yildiz"
    changes.save(dropped, by=None, update_fields=["first_name"])
    EnrolmentFactory(student__person=kept)
    people.merge(kept=kept, dropped=dropped, by=kept.pk)
    login(client, kept.user)
    for page in ("accounts:profile", "students:me"):
        assert "Yildiz" in client.get(reverse(page)).content.decode()


def test_dry_run_tells_the_same_and_changes_nothing():
    kept, dropped = two_rows()
    MembershipFactory(person=dropped)
    told = people.looked_at(kept=kept, dropped=dropped, by=None)
    dropped.refresh_from_db()
    assert (dropped.merged_into, Membership.objects.filter(person=dropped).count()) == (None, 1)
    assert people.merge(kept=kept, dropped=dropped, by=None) == told
    assert told.moved


def test_merge_of_two_with_the_same_role_keeps_one_running():
    organisation = OrganisationFactory()
    kept, dropped = UserFactory().person, PersonFactory()
    for person in (kept, dropped):
        MembershipFactory(person=person, organisation=organisation, role=Role.SUPERVISOR)
    people.merge(kept=kept, dropped=dropped, by=None)
    rows = Membership.objects.filter(organisation=organisation)
    assert {row.person for row in rows} == {kept}
    assert rows.running().count() == 1


def test_whatever_merging_ends_is_on_record():
    """A right that goes on once leaves who ended the other, when, and what day stood before: also seats and mandates."""
    by, kept, dropped = PersonFactory(), UserFactory().person, PersonFactory()
    organisation, group = OrganisationFactory(), GroupFactory()
    for person in (kept, dropped):
        MembershipFactory(person=person, organisation=organisation, role=Role.CONTACT, may_sign=True)
        GroupSeatFactory(person=person, group=group, organisation=organisation)
        AffiliationFactory(person=person, partnership=group.partnership, kind="client")
    people.merge(kept=kept, dropped=dropped, by=by.pk)
    ended = StateChange.objects.filter(action="end", by=by, subject=dropped.public_id)
    assert sorted(ended.values_list("model", flat=True)) == [
        "partnerships.affiliation",
        "partnerships.groupseat",
        "partnerships.mandate",
        "partnerships.membership",
    ]


def test_merge_of_two_with_the_same_role_in_the_past_keeps_both_rows():
    kept, dropped = PersonFactory(), PersonFactory()
    organisation = OrganisationFactory()
    days = {"starts_on": today() - timedelta(days=90), "ends_on": today() - timedelta(days=9)}
    for person in (kept, dropped):
        MembershipFactory(person=person, organisation=organisation, role=Role.SUPERVISOR, **days)
    people.merge(kept=kept, dropped=dropped, by=None)
    rows = Membership.objects.filter(person=kept, organisation=organisation)
    assert [row.ends_on for row in rows] == [days["ends_on"]] * 2
    assert rows.filter(ended_at=None).count() == 1


def test_merge_of_two_who_asked_the_same_leaves_one_question():
    kept, dropped = UserFactory().person, PersonFactory()
    same, other = OrganisationFactory(), OrganisationFactory()
    for person, organisation in ((kept, same), (dropped, same), (dropped, other)):
        RoleRequest.objects.create(person=person, organisation=organisation)
    people.merge(kept=kept, dropped=dropped, by=kept.pk)
    rows = RoleRequest.objects.filter(person=kept)
    assert {row.organisation for row in rows.open()} == {same, other}
    closed = rows.get(state=RoleRequestState.EXPIRED)
    assert StateChange.objects.get(model=closed._meta.label_lower, object_id=closed.pk).by == kept


def test_account_is_never_merged_away():
    one, other = UserFactory().person, UserFactory().person
    for kept, dropped in ((one, other), (one, one)):
        with pytest.raises(ValidationError):
            people.merge(kept=kept, dropped=dropped, by=None)


def test_accepting_joins_account_and_person_and_loses_nothing():
    invited = PersonFactory(email="bo@zorg.example")
    MembershipFactory(person=invited, role=Role.SUPERVISOR)
    InvitationFactory(token="geheim", person=invited, email=invited.email, purpose=Role.CONTACT)
    user = invitations.accept_as_new(
        token="geheim", first_name="Bo", last_name="Jansen", password="een lang wachtwoord"
    )
    assert user.person == invited
    assert invited.memberships.filter(role=Role.SUPERVISOR).exists()


def test_accepting_with_an_account_makes_two_rows_one():
    user = UserFactory(email="bo@zorg.example")
    invited = PersonFactory(email="bo@zorg.example")
    membership = MembershipFactory(person=invited, role=Role.SUPERVISOR)
    InvitationFactory(token="geheim", person=invited, email=invited.email, purpose=Role.CONTACT)
    invitations.accept(token="geheim", user=user, digest=None)
    membership.refresh_from_db()
    invited.refresh_from_db()
    assert (membership.person, invited.merged_into) == (user.person, user.person)
