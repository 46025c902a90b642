"""Two entries of one human become one by the hand of a manager, or of an administrator who opened both."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from accounts.enums import Role, SecurityKind
from accounts.models import Invitation, Person, SecurityEvent
from accounts.services import support
from accounts.services.people import Name
from core.dates import today
from core.models import FieldChange, OutgoingMail, StateChange
from core.versions import Changed
from meetings.enums import MeetingState
from meetings.models import Meeting, Paper
from partnerships.models import Membership
from partnerships.queries.likeness import Pair, people_alike
from partnerships.queries.merging import hanging_on_roles
from partnerships.queries.people import known_at
from partnerships.services import memberships, people
from placements.models import Supervisor
from students.models import Student
from tests.factories.accounts import (
    InvitationFactory,
    PersonalLinkFactory,
    PersonFactory,
    SupportActFactory,
    UserFactory,
)
from tests.factories.meetings import PaperFactory
from tests.factories.partnerships import (
    AffiliationFactory,
    GroupFactory,
    GroupSeatFactory,
    MembershipFactory,
    OrganisationFactory,
    RoleRequestFactory,
    SignUpFactory,
)
from tests.factories.placements import PlacementFactory, SupervisionFactory
from tests.factories.students import StudentFactory
from tests.helpers import acting, login, member

pytestmark = pytest.mark.django_db


@pytest.fixture
def organisation():
    return OrganisationFactory(name="De Linde")


@pytest.fixture
def pair(organisation):
    """Who has an account, and the same human as a colleague wrote her down, with another address."""
    kept = UserFactory(first_name="Joke", last_name="Veldstra", email="joke@linde.example").person
    dropped = PersonFactory(first_name="Joke", last_name="Veldstra", email="jokke@linde.example")
    MembershipFactory(person=kept, organisation=organisation, role=Role.CONTACT)
    MembershipFactory(person=dropped, organisation=organisation, role=Role.SUPERVISOR)
    return kept, dropped


def path(name, organisation, *pair):
    return reverse(f"partnerships:{name}", args=[organisation.slug, *(row.public_id for row in pair)])


def merge(organisation, kept, dropped, *, by=None, **read):
    by = by or acting(organisation, Role.MANAGER)
    pair = {"kept_id": kept.pk, "dropped_id": dropped.pk}
    return people.merge_by_hand(
        organisation_id=organisation.pk, **pair, by=by, **{"read": None, "digest": None, **read}
    )


def test_paper_of_a_report_that_went_out_stays_with_who_put_it_in(organisation, pair):
    kept, dropped = pair
    going_on, gone_out = PaperFactory(by=dropped), PaperFactory(by=dropped)
    Meeting.objects.filter(pk=gone_out.meeting_id).update(state=MeetingState.CLOSED, place="Molenhof")
    merge(organisation, kept, dropped)
    assert [Paper.objects.get(pk=paper.pk).by for paper in (going_on, gone_out)] == [kept, dropped]


# On the pages of a manager


def test_manager_sees_who_look_alike_what_moves_and_makes_them_one(client, organisation, pair):
    kept, dropped = pair
    manager = member(organisation, Role.MANAGER)
    login(client, manager)
    url = path("person-merge", organisation, kept, dropped)
    assert url in client.get(reverse("partnerships:people-list", args=[organisation.slug])).content.decode()
    page = client.get(url).content.decode()
    for word in (
        "jokke@linde.example",
        "Werkbegeleider",
        "Kan inloggen",
        "Welke naam en welk adres blijven?",
    ):
        assert word in page, word
    shown = client.post(url, {"stays": kept.pk})
    assert "Rollen: 1" in shown.content.decode()
    assert "in plaats daarvan" not in shown.content.decode()  # an account cannot be the one that goes
    sent = {"stays": kept.pk, "read": shown.context["read"], "digest": shown.context["merging"].digest}
    for _turn in range(2):  # pressed twice it says what it did
        done = client.post(url, sent, follow=True)
        assert "zijn nu één. Alles staat bij" in done.content.decode()
    assert set(kept.memberships.values_list("role", flat=True)) == {Role.CONTACT, Role.SUPERVISOR}
    assert url not in done.content.decode()
    act = StateChange.objects.get(model="accounts.person", object_id=str(dropped.pk))
    assert (act.action, act.to_state, act.by) == ("merge", str(kept.pk), manager.person)
    assert FieldChange.objects.filter(
        model="accounts.person", field="merged_into", by=manager.person
    ).exists()
    events = SecurityEvent.objects.filter(person=kept).values_list("kind", "what")
    assert set(events) == {
        (SecurityKind.RIGHTS, f"supervisor {organisation.slug}"),
        (SecurityKind.MERGED, ""),
    }


def test_owner_of_the_account_is_told_who_did_it(organisation, pair, outbox):
    merge(organisation, *pair)
    assert outbox() == [("owner_people_merged", "joke@linde.example")]
    mail = OutgoingMail.objects.get()
    assert mail.subject == "De gegevens van Joke zijn bij je account gezet"
    assert reverse("partnerships:own-roles") in mail.body


def test_any_two_of_whom_one_has_no_account_can_be_chosen(client, organisation, pair):
    kept, dropped = pair
    MembershipFactory(organisation=organisation, role=Role.CONTACT)
    login(client, member(organisation, Role.MANAGER))
    assert (
        path("person-merge-find", organisation, kept)
        in client.get(path("person-detail", organisation, kept)).content.decode()
    )
    page = client.get(path("person-merge-find", organisation, kept))
    assert [row.pk for row in page.context["page"]] == [dropped.pk]
    page = client.get(path("person-merge-find", organisation, dropped))
    assert len(page.context["page"].items) == 3
    assert path("person-merge", organisation, dropped, kept) in page.content.decode()


def test_of_two_without_account_one_chooses_whose_name_and_address_stand(client, organisation):
    one, other = (
        PersonFactory(first_name="Joke", last_name=name, email=email)
        for name, email in (("Veldstra", ""), ("Veltstra", "joke@linde.example"))
    )
    for person in (one, other):
        MembershipFactory(person=person, organisation=organisation, role=Role.SUPERVISOR)
    login(client, member(organisation, Role.MANAGER))
    url = path("person-merge", organisation, other, one)
    shown = client.post(url, {"stays": one.pk})
    assert "1 rol staat er twee keer. Die gaat één keer verder." in shown.content.decode()
    sent = {"stays": one.pk, "read": shown.context["read"], "digest": shown.context["merging"].digest}
    client.post(url, sent)
    one.refresh_from_db()
    assert (one.full_name, one.email) == ("Joke Veldstra", "joke@linde.example")
    assert Membership.objects.running().filter(organisation=organisation, person=one).count() == 1


def test_students_of_a_role_that_stood_twice_go_along(organisation, pair):
    kept, dropped = pair
    MembershipFactory(person=kept, organisation=organisation, role=Role.SUPERVISOR)
    double = dropped.memberships.get()
    guided = SupervisionFactory(
        membership=Supervisor.objects.get(pk=double.pk),
        placement=PlacementFactory(slot__organisation=organisation),
    )
    (row,) = hanging_on_roles(pair)
    assert (row.kind, row.numbers) == ("begeleidingen", (0, 1))
    merge(organisation, kept, dropped)
    guided.refresh_from_db()
    assert guided.membership.person == kept


@pytest.mark.parametrize("number", [1, 3])
def test_list_asks_the_same_for_one_pair_and_for_three(client, organisation, fetched_in, number):
    for at in range(number):
        for letter in "ab":
            person = PersonFactory(
                first_name="Joke", last_name=f"{'xyz'[at] * 6}", email=f"{letter}{at}@a.example"
            )
            MembershipFactory(person=person, organisation=organisation, role=Role.SUPERVISOR)
    login(client, member(organisation, Role.MANAGER))
    answer = fetched_in(8, reverse("partnerships:people-list", args=[organisation.slug]))
    assert len(answer.context["alike"]) == number


def test_people_are_alike_by_name_or_address_unless_both_have_an_account(organisation, pair):
    kept, dropped = pair
    same = PersonFactory(first_name="Piet", last_name="Ander", email="joke@linde.example")
    for person in (same, UserFactory(first_name="Joke", last_name="Veldstra").person):
        MembershipFactory(person=person, organisation=organisation, role=Role.CONTACT)
    namesake = Person.objects.exclude(pk=kept.pk).get(user__isnull=False)
    # Of another organisation.
    MembershipFactory(person=PersonFactory(first_name="Joke", last_name="Veldstra"))
    assert set(people_alike(known_at(organisation.pk).select_related("user").order_by("pk"))) == {
        Pair(*sorted([kept.pk, dropped.pk])),
        Pair(*sorted([kept.pk, same.pk])),
        Pair(*sorted([dropped.pk, namesake.pk])),
    }


def test_two_who_are_two_are_not_offered_again_until_that_is_taken_back(client, organisation, pair):
    login(client, member(organisation, Role.MANAGER))
    people_list = reverse("partnerships:people-list", args=[organisation.slug])
    (shown,) = client.get(people_list).context["alike"]
    url = path("person-apart", organisation, *pair)
    for _turn in range(2):
        said = client.post(url, {"read": shown.read}, follow=True)
        assert "Genoteerd: dit zijn er twee." in said.content.decode()
    assert said.context["alike"] == []
    find = path("person-merge-find", organisation, pair[0])
    (row,) = client.get(find).context["apart"]
    assert f'value="{row.act.pk}"' in client.get(find).content.decode()
    for _turn in range(2):
        back = client.post(url, {"act": row.act.pk}, follow=True)
        assert [row.act for row in back.context["alike"]] == [None]


# What is refused


def elsewhere(way, person, organisation):
    if way == "role":
        MembershipFactory(person=person, role=Role.CONTACT)
    elif way == "former role":
        MembershipFactory(person=person, role=Role.CONTACT, ends_on=today() - timedelta(days=9))
    elif way == "invited":
        InvitationFactory(person=person, email=person.address)
    elif way == "seat":
        GroupSeatFactory(person=person, group=GroupFactory(), organisation=OrganisationFactory())
    elif way == "client":
        AffiliationFactory(person=person, kind="client")
    elif way == "asked":
        RoleRequestFactory(person=person)
    elif way == "signed up":
        SignUpFactory(contact=person)
    else:
        StudentFactory(person=person)


@pytest.mark.parametrize("which", [0, 1])
@pytest.mark.parametrize(
    "way", ["role", "former role", "invited", "seat", "client", "asked", "signed up", "student"]
)
def test_who_is_known_elsewhere_is_not_a_managers_and_nothing_of_it_is_told(
    client, organisation, pair, way, which
):
    elsewhere(way, pair[which], organisation)
    login(client, member(organisation, Role.MANAGER))
    answer = client.get(path("person-merge", organisation, *pair), follow=True).content.decode()
    assert "Anderen werken ook met een van deze twee. Vraag het aan een beheerder van Leerpact." in answer
    with pytest.raises(ValidationError, match="Anderen werken ook"):
        merge(organisation, *pair)
    pair[1].refresh_from_db()
    assert pair[1].merged_into is None


@pytest.mark.parametrize("wrong", ["itself", "merged", "two accounts", "account goes", "oneself", "contact"])
def test_pair_that_cannot_be_one(organisation, pair, wrong):
    kept, dropped = pair
    by = acting(organisation, Role.CONTACT if wrong == "contact" else Role.MANAGER)
    if wrong == "itself":
        dropped = kept
    elif wrong == "merged":
        MembershipFactory(person=kept, organisation=organisation, role=Role.COLLEAGUE)
        MembershipFactory(person=dropped, organisation=organisation, role=Role.COLLEAGUE)
        merge(organisation, kept, dropped)
    elif wrong == "two accounts":
        dropped = member(organisation, Role.CONTACT).person
    elif wrong == "account goes":
        kept, dropped = dropped, kept
    elif wrong == "oneself":
        kept = Person.objects.get(pk=by.person_id)
    with pytest.raises(ValidationError):
        merge(organisation, kept, dropped, by=by)


def test_someone_of_another_organisation_is_not_there(client, organisation, pair):
    login(client, member(organisation, Role.MANAGER))
    other = MembershipFactory(role=Role.SUPERVISOR, person=PersonFactory()).person
    for verb, url in (
        (client.get, path("person-merge", organisation, pair[0], other)),
        (client.post, path("person-merge", organisation, other, pair[0])),
        (client.post, path("person-apart", organisation, pair[0], other)),
    ):
        assert verb(url).status_code == 404


def test_what_came_after_the_page_is_read_again(organisation, pair):
    kept, dropped = pair
    by = acting(organisation, Role.MANAGER)
    told = people.looked_at_by_hand(
        organisation_id=organisation.pk, kept_id=kept.pk, dropped_id=dropped.pk, by=by
    )
    assert not OutgoingMail.objects.exists()
    MembershipFactory(person=dropped, organisation=organisation, role=Role.COLLEAGUE)
    with pytest.raises(Changed):
        merge(organisation, kept, dropped, digest=told.digest)
    with pytest.raises(Changed):
        merge(organisation, kept, dropped, read="7.7")
    dropped.refresh_from_db()
    assert dropped.merged_into is None


# What waits for an answer


def invite(organisation, email, role):
    return memberships.invite(
        organisation_id=organisation.pk,
        email=email,
        role=role,
        by=acting(organisation, Role.MANAGER),
        name=Name(first_name="Joke", last_name="Veldstra"),
    ).invitation


def test_link_that_went_to_another_address_opens_nothing_any_more(organisation, pair, outbox):
    """It may be that of a stranger, who would get the role, or do what the link is for."""
    kept, dropped = pair
    waiting = invite(organisation, dropped.email, Role.COLLEAGUE)
    link = PersonalLinkFactory(person=dropped, email=dropped.email)
    before = waiting.token_digest
    merge(organisation, kept, dropped)
    waiting.refresh_from_db()
    link.refresh_from_db()
    assert (waiting.person, waiting.email) == (kept, "joke@linde.example")
    assert before not in (waiting.token_digest, waiting.former_digest)
    assert (link.is_usable, link.renewed_by.email) == (False, "joke@linde.example")
    for kind in ("accounts.invitation", "holder_link_renewed", "owner_people_merged"):
        assert (kind, "joke@linde.example") in outbox()


def test_invitation_to_what_is_held_or_asked_already_is_withdrawn_and_said(organisation, pair):
    kept, dropped = pair
    held = invite(organisation, dropped.email, Role.CONTACT)
    first, again = (invite(organisation, person.address, Role.COLLEAGUE) for person in (dropped, kept))
    told = merge(organisation, kept, dropped)
    waiting = Invitation.objects.unanswered().filter(person=kept)
    assert list(waiting) == [again]
    held.refresh_from_db()
    first.refresh_from_db()
    assert None not in (held.revoked_at, first.revoked_at)
    assert told.solved == [
        "2 uitnodigingen gaan over wat er al is of al is gevraagd. Die worden ingetrokken."
    ]


# By an administrator


@pytest.fixture
def administrator(settings):
    settings.ADMIN_NEEDS_SECOND_STEP = False
    return UserFactory(admin=True)


@pytest.fixture
def acts(administrator, pair):
    return [SupportActFactory(administrator=administrator.person, subject=person) for person in pair]


def test_administrator_makes_two_one_under_an_act_for_both(client, administrator, acts, pair, outbox):
    kept, dropped = pair
    StudentFactory(person=dropped)
    login(client, administrator)
    url = reverse("partnerships:support-merge", args=[acts[0].public_id, acts[1].public_id])
    assert url in client.get(acts[0].get_absolute_url()).content.decode()
    assert "De Linde" in client.get(url).content.decode()
    shown = client.post(url, {"stays": kept.pk})
    sent = {"stays": kept.pk, "read": shown.context["read"], "digest": shown.context["merging"].digest}
    for _turn in range(2):
        done = client.post(url, sent, follow=True)
        assert "zijn nu één. Alles staat bij" in done.content.decode()
    assert Student.objects.get().person == kept
    noted = SecurityEvent.objects.filter(kind=SecurityKind.MERGED).values_list("person", "support")
    assert set(noted) == {(act.subject_id, act.pk) for act in acts}
    assert ("owner_people_merged", "joke@linde.example") in outbox()


@pytest.mark.parametrize("wrong", ["over", "of another"])
def test_administrator_needs_an_act_that_runs_for_each(client, administrator, acts, pair, wrong):
    if wrong == "over":
        support.end(act_id=acts[1].pk, by=administrator.person.pk)
    else:
        acts[1] = SupportActFactory(subject=pair[1])
    login(client, administrator)
    url = reverse("partnerships:support-merge", args=[acts[0].public_id, acts[1].public_id])
    assert client.post(url, {"stays": pair[0].pk}).status_code == (302 if wrong == "over" else 403)
    with pytest.raises(ValidationError):
        support.merge(
            kept_act_id=acts[0].pk,
            dropped_act_id=acts[1].pk,
            by=administrator.person.pk,
            read=None,
            digest=None,
        )


def test_account_alone_offers_no_merge_and_says_what_to_do(client, administrator, pair):
    act = SupportActFactory(administrator=administrator.person, subject=pair[0])
    login(client, administrator)
    page = client.get(act.get_absolute_url()).content.decode()
    assert "Open ook het account van de ander" in page
