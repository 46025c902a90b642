"""Two organisations or locations that are one: found, looked at beside each other, and merged with nothing lost."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from lxml.html import document_fromstring

from accounts.enums import Role, SecurityKind
from accounts.models import SecurityEvent
from core.dates import today
from core.models import FieldChange, OutgoingMail, StateChange
from core.versions import Changed
from meetings.enums import MeetingState
from meetings.models import Absence, Meeting
from partnerships.enums import JoinRequestState, MemberRole
from partnerships.middleware import _NAMES_ONE
from partnerships.models import Member, Membership, Organisation
from partnerships.queries.likeness import (
    Pair,
    _share,
    organisations_alike,
    organisations_like,
)
from partnerships.queries.role_requests import organisations_named
from partnerships.services import organisations
from programmes.models import AccreditationCheck, Programme
from tests.demo.taken import addresses, taken
from tests.factories.accounts import UserFactory
from tests.factories.meetings import AbsenceFactory
from tests.factories.partnerships import (
    GroupExpectationFactory,
    GroupFactory,
    JoinRequestFactory,
    LocationFactory,
    MemberFactory,
    MembershipFactory,
    OrganisationFactory,
    PartnershipFactory,
)
from tests.factories.placements import SlotFactory
from tests.factories.programmes import AccreditationFactory, ProgrammeFactory
from tests.helpers import acting, actor_of, login, member

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator():
    return UserFactory(admin=True)


@pytest.fixture
def pair():
    return OrganisationFactory(name="De Linde", slug="linde"), OrganisationFactory(
        name="Zorg De Linde", slug="zl"
    )


def merge(kept, dropped, read=None, **more):
    by = actor_of(UserFactory(admin=True))
    return organisations.merge(
        kept_id=kept.pk, dropped_id=dropped.pk, by=by, read=read, **{"digest": None, **more}
    )


# The act


def test_everything_is_at_the_one_that_stays_and_the_other_is_found_by_its_name(pair):
    kept, dropped = pair
    manager = member(dropped, Role.MANAGER)
    slot = SlotFactory(organisation=dropped, location=LocationFactory(organisation=dropped))
    merge(kept, dropped)
    slot.refresh_from_db()
    assert (slot.organisation, slot.location.organisation) == (kept, kept)
    assert actor_of(manager).organisations(Role.MANAGER) == {kept.pk}
    assert list(organisations_like(among=Organisation.objects.all(), name="Zorg de linde")) == [kept]
    assert list(organisations_named("zorg de l")) == [kept]


def test_who_did_it_and_what_became_of_it_is_on_record(pair):
    kept, dropped = pair
    dropped.kvk = "12345678"
    dropped.save()
    by = actor_of(UserFactory(admin=True))
    organisations.merge(kept_id=kept.pk, dropped_id=dropped.pk, by=by, read=None, digest=None)
    act = StateChange.objects.get(model="partnerships.organisation", object_id=str(dropped.pk))
    assert (act.action, act.to_state, act.by_id) == ("merge", str(kept.pk), by.person_id)
    changes = {(row.object_id, row.field): row.after for row in FieldChange.objects.all()}
    assert changes[str(dropped.pk), "merged_into"] == {"id": kept.pk, "name": "De Linde"}
    assert changes[str(kept.pk), "kvk"] == "12345678"


def test_managers_of_both_are_told_and_roles_stand_among_ones_security(pair):
    kept, dropped = pair
    people = [member(organisation, Role.MANAGER) for organisation in pair]
    contact = member(dropped, Role.CONTACT)
    merge(kept, dropped)
    mails = OutgoingMail.objects.filter(kind="manager_organisations_merged")
    assert {mail.person.user for mail in mails} == set(people)
    assert mails[0].subject == "Zorg De Linde en De Linde zijn één organisatie in Leerpact"
    assert reverse("partnerships:people-list", args=["linde"]) in mails[0].body
    event = SecurityEvent.objects.get(person=contact.person, kind=SecurityKind.RIGHTS)
    assert event.what == "contact linde"


def test_dry_run_tells_the_same_and_changes_nothing(pair):
    kept, dropped = pair
    MembershipFactory(organisation=dropped)
    by = actor_of(UserFactory(admin=True))
    told = organisations.looked_at(kept_id=kept.pk, dropped_id=dropped.pk, by=by)
    dropped.refresh_from_db()
    assert (dropped.merged_into, Membership.objects.filter(organisation=dropped).count()) == (None, 1)
    assert not OutgoingMail.objects.exists()
    assert merge(kept, dropped, digest=told.digest) == told
    assert [(row.kind, row.number) for row in told.moved] == [("rollen", 1)]


def test_what_came_after_the_page_is_read_again(pair):
    kept, dropped = pair
    by = actor_of(UserFactory(admin=True))
    told = organisations.looked_at(kept_id=kept.pk, dropped_id=dropped.pk, by=by)
    MembershipFactory(organisation=dropped)
    with pytest.raises(Changed):
        merge(kept, dropped, digest=told.digest)
    dropped.refresh_from_db()
    assert dropped.merged_into is None
    with pytest.raises(Changed):
        merge(kept, dropped, read="7.7")


@pytest.mark.parametrize("wrong", ["itself", "merged", "other sort", "over"])
def test_what_cannot_be_one_is_refused(pair, wrong):
    kept, dropped = pair
    if wrong == "itself":
        kept = dropped
    elif wrong == "merged":
        merge(OrganisationFactory(), dropped)
    elif wrong == "other sort":
        kept = OrganisationFactory(school=True)
    else:
        Organisation.objects.filter(pk=kept.pk).update(valid_until=today() - timedelta(days=2))
    with pytest.raises(ValidationError):
        merge(kept, dropped)


def test_only_an_administrator_merges_organisations(pair):
    kept, dropped = pair
    by = acting(kept, Role.MANAGER)
    with pytest.raises(ValidationError, match="beheerders"):
        organisations.merge(kept_id=kept.pk, dropped_id=dropped.pk, by=by, read=None, digest=None)


def test_merged_twice_over_everything_leads_to_the_last(pair):
    kept, dropped = pair
    last = OrganisationFactory(name="Linde Groot")
    merge(kept, dropped)
    merge(last, kept)
    dropped.refresh_from_db()
    assert dropped.merged_into == last


# What stands twice


def test_the_row_that_coordinates_goes_on(pair):
    kept, dropped = pair
    partnership = PartnershipFactory()
    MemberFactory(partnership=partnership, organisation=kept)
    leads = MemberFactory(partnership=partnership, organisation=dropped, role=MemberRole.LEAD)
    told = merge(kept, dropped)
    assert Member.objects.running().get(partnership=partnership) == leads
    leads.refresh_from_db()
    assert leads.organisation == kept
    assert f"Allebei doen mee in {partnership}. Dat gaat één keer verder, als penvoerder." in told.solved
    assert Member.objects.filter(partnership=partnership).count() == 2


def test_one_question_for_one_partnership_is_left(pair):
    kept, dropped = pair
    partnership, joined = PartnershipFactory(), PartnershipFactory()
    asked = [JoinRequestFactory(partnership=partnership, organisation=row) for row in pair]
    MemberFactory(partnership=joined, organisation=kept)
    late = JoinRequestFactory(partnership=joined, organisation=dropped)
    merge(kept, dropped)
    for request in (*asked, late):
        request.refresh_from_db()
    assert [row.state for row in (*asked, late)] == [
        JoinRequestState.OPEN,
        JoinRequestState.EXPIRED,
        JoinRequestState.EXPIRED,
    ]


def test_group_expects_delegates_of_both_once(pair):
    group = GroupFactory()
    for organisation, number in zip(pair, (1, 2), strict=True):
        GroupExpectationFactory(group=group, organisation=organisation, number=number)
    elsewhere = GroupExpectationFactory(organisation=pair[1])
    told = merge(*pair)
    assert f"{group} verwacht afgevaardigden van allebei. Dat wordt één keer." in told.solved
    assert group.expectations.values_list("organisation", "number").get() == (pair[0].pk, 2)
    elsewhere.refresh_from_db()
    assert elsewhere.organisation == pair[0]


def test_report_that_went_out_goes_on_naming_who_was_missing_as_on_that_day(pair):
    """Of a meeting that is still held the row is handed over; once its report has gone out nothing of it changes."""
    kept, dropped = pair
    going_on = AbsenceFactory(organisation=dropped)
    gone_out = AbsenceFactory(organisation=dropped)
    Meeting.objects.filter(pk=gone_out.meeting_id).update(state=MeetingState.CLOSED)
    merge(kept, dropped)
    assert Absence.objects.get(pk=going_on.pk).organisation == kept
    assert Absence.objects.get(pk=gone_out.pk).name == "Zorg De Linde"


def test_locations_of_one_name_become_one(pair):
    one, other = (LocationFactory(organisation=row, name="Zuid") for row in pair)
    slot = SlotFactory(organisation=pair[1], location=other)
    merge(*pair)
    slot.refresh_from_db()
    assert slot.location == one
    other.refresh_from_db()
    assert (other.merged_into, other.is_closed) == (one, True)


def test_programmes_of_one_name_are_told_apart():
    kept, dropped = OrganisationFactory(school=True), OrganisationFactory(school=True, name="Roc Oud")
    for school in (kept, dropped):
        ProgrammeFactory(school=school, name="Verzorgende IG")
    told = merge(kept, dropped)
    names = set(Programme.objects.filter(school=kept).values_list("name", flat=True))
    assert names == {"Verzorgende IG", "Verzorgende IG (Roc Oud)"}
    assert any("Verzorgende IG (Roc Oud)" in sentence for sentence in told.solved)


def test_accreditation_found_before_counts_for_the_one_that_stays(pair):
    kept, dropped = pair
    school, old_school = OrganisationFactory(school=True), OrganisationFactory(school=True)
    found = AccreditationFactory(organisation=dropped, school=old_school, crebo="25655")
    merge(kept, dropped)
    merge(school, old_school)
    later = AccreditationFactory(
        organisation=kept, school=school, crebo="25655", checked_on=found.checked_on + timedelta(days=1)
    )
    counting = AccreditationCheck.objects.counting()
    assert list(counting) == list(AccreditationCheck.objects.counting_for(school.pk)) == [later]
    assert set(AccreditationCheck.objects.of_the_same(later)) == {found, later}
    teacher, contact = acting(school, Role.TEACHER), acting(kept, Role.CONTACT)
    assert set(AccreditationCheck.objects.visible_to(teacher)) == {found, later}
    assert set(AccreditationCheck.objects.visible_to(contact)) == {found, later}
    assert (found.employer_id, found.found_by_id) != (kept.pk, school.pk)  # as it was loaded, before
    found = AccreditationCheck.objects.for_list().get(pk=found.pk)
    assert (found.employer_id, found.found_by_id) == (kept.pk, school.pk)


# Old addresses


def test_old_addresses_lead_to_the_one_that_stays(client, pair):
    kept, dropped = pair
    login(client, member(kept, Role.MANAGER))
    merge(kept, dropped)
    for name in ("organisation-detail", "people-list", "location-create"):
        old, new = (reverse(f"partnerships:{name}", args=[row.slug]) for row in (dropped, kept))
        answer = client.get(old + "?page=2")
        assert (answer.status_code, answer.url) == (302, new + "?page=2")
    assert client.post(reverse("partnerships:location-create", args=[dropped.slug])).status_code == 404


def test_address_of_one_that_nobody_could_see_tells_strangers_nothing(client, pair):
    kept, dropped = pair
    Organisation.objects.filter(pk=dropped.pk).update(is_published=False)
    merge(kept, dropped)
    url = reverse("partnerships:organisation-detail", args=[dropped.slug])
    assert client.get(url).status_code == 404
    login(client, member(kept, Role.CONTACT))
    assert client.get(url).status_code == 302


def routes(patterns=None, before="") -> list[str]:
    found = []
    for pattern in patterns if patterns is not None else get_resolver().url_patterns:
        if isinstance(pattern, URLResolver):
            found += routes(pattern.url_patterns, before + str(pattern.pattern))
        elif isinstance(pattern, URLPattern):
            found.append(before + str(pattern.pattern))
    return found


def test_every_address_with_a_name_in_it_is_known_as_one_of_an_organisation_or_not():
    others = (
        "initiatieven/<slug",
        "samenwerkingen/<slug",
        "oproepen/<slug",
        "coordinatie/<slug",
        "wijzigen/<slug",
        "organisaties/<slug",
        "sitemap-<slug",
        "volgen/<slug",
        "fasen/<slug",
        "draaiboeken/<slug",
    )
    named = [route for route in routes() if "<slug:" in route]
    assert len(named) >= 40
    unknown = [
        route for route in named if not _NAMES_ONE.search(route) and not any(part in route for part in others)
    ]
    assert unknown == []


def test_page_says_under_what_names_it_was_known(client, pair, administrator):
    kept, dropped = pair
    merge(kept, dropped)
    url = reverse("partnerships:organisation-detail", args=[kept.slug])
    assert "Ook bekend als Zorg De Linde." in client.get(url).content.decode()
    find = reverse("partnerships:organisation-merge-find", args=[kept.slug])
    assert find not in client.get(url).content.decode()
    login(client, administrator)
    assert find in client.get(url).content.decode()


# Found


def test_those_that_look_alike_are_found(pair):
    OrganisationFactory(name="Icare")
    OrganisationFactory(school=True, name="De Linde")
    assert organisations_alike() == [Pair(pair[0].pk, pair[1].pk)]
    kvk = [OrganisationFactory(name=name, kvk="12345678") for name in ("Het Huis", "Woonzorg Oost")]
    site = [
        OrganisationFactory(name=name, website="https://www.stam.example/x") for name in ("Stam", "Bosrand")
    ]
    assert set(organisations_alike()) == {Pair(one.pk, other.pk) for one, other in (pair, kvk, site)}


def test_likeness_is_counted_as_the_database_counts_it():

    for one, other in (("molenhof", "molenhoff"), ("de linde", "linde"), ("a b", "b a"), ("x", "y")):
        with connection.cursor() as cursor:
            cursor.execute("SELECT similarity(%s, %s)", [one, other])
            expected = cursor.fetchone()[0]
        assert _share(one, other) == pytest.approx(expected, abs=1e-6)


@pytest.mark.parametrize("number", [1, 3])
def test_list_costs_the_same_for_one_and_three(client, administrator, django_assert_num_queries, number):
    login(client, administrator)
    for at in range(number):
        OrganisationFactory.create_batch(2, name=f"Naam{'abc'[at] * 5}")
    with django_assert_num_queries(4):
        page = client.get(reverse("partnerships:organisation-alike-list"))
    assert len(page.context["pairs"]) == number


# The pages


def test_administrator_reads_chooses_and_confirms(client, pair, administrator):
    kept, dropped = pair
    member(dropped, Role.CONTACT)
    login(client, administrator)
    assert (
        "De Linde en Zorg De Linde"
        in client.get(reverse("partnerships:organisation-alike-list")).content.decode()
    )
    found = client.get(reverse("partnerships:organisation-merge-find", args=["linde"]), {"naam": "zorg de"})
    url = reverse("partnerships:organisation-merge", args=["linde", "zl"])
    assert url in found.content.decode()
    assert client.get(url).context["merging"] is None
    nothing = client.post(url, {})
    assert nothing.context["form"].errors == {"stays": ["Maak een keuze."]}
    shown = client.post(url, {"stays": kept.pk})
    assert "Rollen: 1" in shown.content.decode()
    sent = {"stays": kept.pk, "read": shown.context["read"], "digest": shown.context["merging"].digest}
    MembershipFactory(organisation=dropped)
    again = client.post(url, sent)
    assert "Rollen: 2" in again.content.decode()
    assert "Lees opnieuw" in again.content.decode()
    sent["digest"] = again.context["merging"].digest
    done = client.post(url, sent, follow=True)
    assert "Zorg De Linde en De Linde zijn nu één. Alles staat bij De Linde." in done.content.decode()
    dropped.refresh_from_db()
    assert dropped.merged_into == kept


def test_two_that_cannot_be_one_are_not_shown_beside_each_other(client, pair, administrator):
    login(client, administrator)
    school = OrganisationFactory(school=True)
    page = client.get(reverse("partnerships:organisation-merge", args=["linde", school.slug]), follow=True)
    assert "kunnen niet worden samengevoegd" in page.content.decode()


def test_organisations_that_look_alike_are_taken_along(client, administrator):
    login(client, administrator)
    OrganisationFactory(name="Zorggroep De Linde")
    OrganisationFactory(name="Stichting De Linde")
    page = client.get(reverse("partnerships:organisation-alike-list"))
    (address,) = addresses(document_fromstring(page.content.decode()))
    assert [taken(client, address, kind) for kind in ("csv", "xlsx")] == [
        [["Zorggroep De Linde", "Stichting De Linde"]]
    ] * 2
