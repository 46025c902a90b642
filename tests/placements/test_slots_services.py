"""Verbs on slots."""

import uuid
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from accounts.enums import Role
from core.dates import today
from core.models import OutgoingMail
from core.states import history
from partnerships.models import Member
from placements.enums import Cause, MatchState, SlotState, Visibility
from placements.models import Match, Slot
from placements.models.slots import SlotQuerySet
from placements.queries import finding
from placements.queries.finding import Found
from placements.queries.sight import sight_of
from placements.services import slots
from tests.factories.partnerships import MembershipFactory, OrganisationFactory, PartnershipFactory
from tests.factories.programmes import CohortFactory, ProgrammeFactory, QualificationFactory
from tests.placements.scene import Scene, actor, in_days
from ui import formats
from ui.history import field_lines


@pytest.fixture
def content(scene):
    def make(**changes):
        return {
            "title": "BBL Verzorgende, Molenhof",
            "location": scene.location,
            "partnership": scene.partnership,
            "seats": 3,
            "starts_on": in_days(0),
            "ends_on": in_days(365),
            "qualifications": [scene.qualification],
            **changes,
        }

    return make


def save(scene, **fields):
    return slots.save(organisation=scene.employer, by=actor(scene.contact), **{"version": None, **fields})


def test_save_makes_a_draft_and_the_same_form_again_makes_no_second(scene, content):
    ident = uuid.uuid4()
    first = save(scene, content=content(), public_id=ident)
    again = save(scene, content=content(seats=4), public_id=ident)
    assert (first.pk, again.pk) == (again.pk, first.pk)
    slot = Slot.objects.get()
    assert (slot.state, slot.seats, list(slot.qualifications.all())) == (
        SlotState.DRAFT,
        4,
        [scene.qualification],
    )


def test_save_refuses_the_slot_of_another_employer(scene, content):
    other = scene.slot(organisation=OrganisationFactory())
    with pytest.raises(ValidationError):
        save(scene, content=content(title="Van mij"), public_id=other.public_id)
    assert Slot.objects.get().title == other.title


def test_save_refuses_a_closed_slot(scene, content):
    slot = scene.slot(state=SlotState.CLOSED)
    with pytest.raises(ValidationError):
        save(scene, content=content(), public_id=slot.public_id)


def test_fewer_seats_are_refused_below_what_is_given_away(scene, content):
    slot = scene.slot(seats=3)
    for seat_no in (1, 2):
        scene.placement(slot, seat_no=seat_no)
    with pytest.raises(ValidationError) as caught:
        save(scene, content=content(seats=1), public_id=slot.public_id)
    assert list(caught.value.message_dict) == ["seats"]
    save(scene, content=content(seats=2), public_id=slot.public_id)
    assert Slot.objects.get().seats == 2


def test_fewer_seats_move_who_sits_too_high(scene, content):
    slot = scene.slot(seats=3)
    high = scene.placement(slot, seat_no=3)
    save(scene, content=content(seats=1), public_id=slot.public_id)
    high.refresh_from_db()
    assert high.seat_no == 1


def test_period_and_programme_of_placed_students_stay(scene, content):
    slot = scene.slot()
    scene.placement(slot)
    other = QualificationFactory()
    for change in ({"ends_on": in_days(300)}, {"qualifications": [other]}):
        with pytest.raises(ValidationError):
            save(scene, content=content(**change), public_id=slot.public_id)
    save(
        scene,
        content=content(ends_on=in_days(400), qualifications=[scene.qualification, other]),
        public_id=slot.public_id,
    )


def test_publish_confirms_and_records_who(scene):
    slot = scene.slot(draft=True)
    by = actor(scene.contact)
    slots.publish(slot_id=slot.pk, visibility=Visibility.REGION, by=by, version=None)
    slot.refresh_from_db()
    assert (slot.state, slot.visibility, slot.confirmed_on) == (SlotState.ONLINE, Visibility.REGION, today())
    assert history(slot).get().by_id == scene.contact.person.pk


def test_publish_to_named_partners_needs_partners(scene):
    slot = scene.slot(draft=True)
    with pytest.raises(ValidationError):
        slots.publish(slot_id=slot.pk, visibility=Visibility.NAMED, by=actor(scene.contact), version=None)
    slots.publish(
        slot_id=slot.pk,
        visibility=Visibility.NAMED,
        partners=[scene.school],
        by=actor(scene.contact),
        version=None,
    )
    assert list(slot.partners.all()) == [scene.school]


@pytest.mark.parametrize("fault", ["no programme", "over", "no member"])
def test_publish_refuses_what_nobody_could_take(scene, fault):
    slot = scene.slot(draft=True)
    if fault == "no programme":
        slot.qualifications.clear()
    elif fault == "over":
        Slot.objects.update(starts_on=in_days(-20), ends_on=in_days(-1))
    else:
        Member.objects.filter(organisation=scene.employer).delete()
    with pytest.raises(ValidationError):
        slots.publish(
            slot_id=slot.pk, visibility=Visibility.PARTNERSHIP, by=actor(scene.contact), version=None
        )
    assert Slot.objects.get().state == SlotState.DRAFT


def test_set_visibility_back_to_partnership_forgets_the_named(scene):
    slot = scene.slot(visibility=Visibility.NAMED)
    slot.partners.add(scene.school)
    slots.set_visibility(
        slot_id=slot.pk, visibility=Visibility.PARTNERSHIP, by=actor(scene.contact), version=None
    )
    slot.refresh_from_db()
    assert (slot.visibility, slot.partners.count()) == (Visibility.PARTNERSHIP, 0)
    Slot.objects.update(state=SlotState.CLOSED)
    with pytest.raises(ValidationError):
        slots.set_visibility(
            slot_id=slot.pk, visibility=Visibility.REGION, by=actor(scene.contact), version=None
        )


def test_who_may_find_an_online_slot_and_when_is_on_record(scene, content):
    """With what it was; a draft was seen by nobody."""
    by = actor(scene.contact)
    slot = scene.slot(visibility=Visibility.PARTNERSHIP)
    slots.set_visibility(
        slot_id=slot.pk, visibility=Visibility.NAMED, partners=[scene.school], by=by, version=None
    )
    slot.refresh_from_db()
    moved = slot.ends_on + timedelta(days=7)
    save(scene, content=content(starts_on=slot.starts_on, ends_on=moved), public_id=slot.public_id)
    lines = [(line.field, line.before, line.after, line.change.by) for line in field_lines(slot)]
    assert sorted(lines[:2]) == [
        ("Genoemde partners", "(leeg)", scene.school.name, scene.contact.person),
        (
            "Wie mag deze plek vinden",
            "de hele samenwerking",
            "genoemde partners",
            scene.contact.person,
        ),
    ]
    assert lines[2:] == [("Laatste dag", formats.day(slot.ends_on), formats.day(moved), scene.contact.person)]
    draft = scene.slot(draft=True)
    slots.set_visibility(slot_id=draft.pk, visibility=Visibility.REGION, by=by, version=None)
    assert field_lines(draft) == []


def test_confirm_moves_the_day_of_an_online_slot_only(scene):
    slot = scene.slot(confirmed_on=in_days(-40))
    slots.confirm(slot_id=slot.pk, by=actor(scene.contact), read=None)
    slots.confirm(slot_id=slot.pk, by=actor(scene.contact), read=None)
    slot.refresh_from_db()
    assert slot.confirmed_on == today()
    with pytest.raises(ValidationError):
        slots.confirm(slot_id=scene.slot(draft=True).pk, by=actor(scene.contact), read=None)
    with pytest.raises(ValidationError):
        slots.confirm(
            slot_id=scene.slot(starts_on=in_days(-20), ends_on=in_days(-1)).pk,
            by=actor(scene.contact),
            read=None,
        )


def test_close_ends_open_matches_and_tells_why(scene, outbox):
    slot = scene.slot()
    proposed, agreed = scene.match(slot), scene.agreed(slot)
    declined = scene.match(slot, state=MatchState.DECLINED)
    elsewhere = scene.match()
    slots.close(slot_id=slot.pk, reason="Verbouwing", by=actor(scene.contact), read=None)
    assert dict(Match.objects.values_list("pk", "state")) == {
        proposed.pk: MatchState.EXPIRED,
        agreed.pk: MatchState.EXPIRED,
        declined.pk: MatchState.DECLINED,
        elsewhere.pk: MatchState.PROPOSED,
    }
    ended = Match.objects.get(pk=proposed.pk)
    assert (ended.close_cause, ended.answer_reason) == (Cause.SLOT_CLOSED, "Verbouwing")
    mails = {mail.kind: mail.body for mail in OutgoingMail.objects.all()}
    of_all = mails.pop("parties_slots_closed")  # of both students, for who proposed them
    assert of_all.count("- Je voorstel van ") == 2
    assert "Reden: Verbouwing" in of_all
    assert all("De werkgever heeft deze plek gesloten. Reden: Verbouwing" in body for body in mails.values())
    assert outbox() == [
        ("parties_slots_closed", scene.teacher.email),
        ("student_match_withdrawn", agreed.enrolment.student.person.user.email),
    ]


def test_close_needs_a_reason_and_reopen_confirms_again(scene):
    slot = scene.slot(confirmed_on=in_days(-40))
    with pytest.raises(ValidationError):
        slots.close(slot_id=slot.pk, reason=" ", by=actor(scene.contact), read=None)
    slots.close(slot_id=slot.pk, reason="Verbouwing", by=actor(scene.contact), read=None)
    slots.reopen(slot_id=slot.pk, by=actor(scene.contact), read=None)
    slot.refresh_from_db()
    assert (slot.state, slot.confirmed_on) == (SlotState.ONLINE, today())


def test_copy_makes_one_waiting_draft(scene):
    slot = scene.slot(visibility=Visibility.NAMED, tasks="Wassen")
    slot.partners.add(scene.school)
    first, again = (
        slots.copy(slot_id=slot.pk, by=actor(scene.contact)),
        slots.copy(slot_id=slot.pk, by=actor(scene.contact)),
    )
    assert first.pk == again.pk
    assert (first.state, first.tasks, first.copied_from_id) == (SlotState.DRAFT, "Wassen", slot.pk)
    assert (list(first.qualifications.all()), list(first.partners.all())) == (
        [scene.qualification],
        [scene.school],
    )
    slots.publish(slot_id=first.pk, visibility=Visibility.PARTNERSHIP, by=actor(scene.contact), version=None)
    assert slots.copy(slot_id=slot.pk, by=actor(scene.contact)).pk != first.pk


def test_copy_of_a_full_place_is_free(scene):
    slot = scene.slot(seats=2)
    for seat in (1, 2):
        scene.placement(slot=slot, seat_no=seat)
    draft = slots.copy(slot_id=slot.pk, by=actor(scene.contact))
    slots.publish(slot_id=draft.pk, visibility=Visibility.PARTNERSHIP, by=actor(scene.contact), version=None)
    free = set(Slot.objects.with_free())
    assert (draft in free, slot in free) == (True, False)
    draft.refresh_from_db()
    assert draft.qualification_ids == [scene.qualification.pk]


# Who may find what


def found(user):
    return set(Slot.objects.visible_to(actor(user)).values_list("title", flat=True))


def test_visible_to_follows_the_reach_the_employer_chose(scene):
    other_school = OrganisationFactory(school=True)
    for title, visibility in [("genoemd", "named"), ("samen", "partnership"), ("regio", "region")]:
        scene.slot(title=title, visibility=visibility)
    Slot.objects.get(title="genoemd").partners.add(other_school)
    scene.slot(title="concept", draft=True)
    scene.slot(title="oud", confirmed_on=in_days(-46))
    scene.slot(title="dicht", state=SlotState.CLOSED)
    student = scene.enrolment().student.person.user
    assert found(scene.contact) == {"genoemd", "samen", "regio", "concept", "oud", "dicht"}
    assert found(scene.coordinator) == {"genoemd", "samen", "regio", "oud", "dicht"}
    assert found(scene.teacher) == {"samen", "regio"}
    assert found(student) == {"samen", "regio"}
    assert found(scene.supervisor) == set()
    Slot.objects.get(title="genoemd").partners.add(scene.school)
    assert found(scene.teacher) == found(student) == {"genoemd", "samen", "regio"}


def test_visible_to_student_keeps_to_the_own_programme(scene):
    scene.slot(title="past")
    scene.slot(title="ander crebo", qualifications=[QualificationFactory()])
    enrolment = scene.enrolment()
    assert found(enrolment.student.person.user) == {"past"}
    type(enrolment).objects.update(state="dropped_out", ended_on=in_days(0), leaving_reason="Verhuisd")
    assert found(enrolment.student.person.user) == set()


@pytest.mark.parametrize(("province", "seen"), [("fl", {"regio"}), ("ze", set())])
def test_region_reaches_partnerships_in_the_same_province(scene, province, seen):
    far = Scene(partnership=PartnershipFactory(provinces=[province]))
    scene.slot(title="regio", visibility="region")
    scene.slot(title="samen")
    assert found(far.teacher) == seen


def test_role_in_one_organisation_reaches_nothing_through_another(scene):
    """Supervisor here, teacher elsewhere: that gives no sight of places here."""
    far = Scene()
    scene.slot(title="samen")
    MembershipFactory(person=scene.supervisor.person, organisation=far.school, role=Role.TEACHER)
    assert found(scene.supervisor) == set()


@pytest.mark.parametrize("who", ["teacher", "student", "coordinator"])
def test_found_by_shows_what_visible_to_lets_through(scene, who):
    scene.slot(title="samen")
    scene.slot(title="regio", visibility="region")
    scene.slot(title="concept", draft=True)
    user = scene.enrolment().student.person.user if who == "student" else getattr(scene, who)
    looker = actor(user)
    shown = set(Slot.objects.found_by(looker, sight_of(looker)).values_list("title", flat=True))
    assert shown == {"samen", "regio"}
    assert shown <= found(user)


@pytest.mark.parametrize("who", ["teacher", "student", "coordinator", "contact"])
def test_first_page_shows_the_first_of_all_that_is_found(scene, who):
    """Along each partnership by itself: of the own one as far as that goes, of others in the region what they show there."""
    near, far = Scene(), Scene(partnership=PartnershipFactory(provinces=["ze"]))
    other = QualificationFactory()
    for number, place in enumerate([scene, near, far, scene, near]):
        kind = {"qualifications": [scene.qualification]}
        place.slot(title="samen", starts_on=in_days(9 - number), **kind)
        place.slot(title="regio", visibility="region", starts_on=in_days(number), **kind)
        place.slot(title="genoemd", visibility="named", **kind).partners.add(scene.school)
        place.slot(title="anders", visibility="region", qualifications=[other])
    looker = actor(scene.enrolment().student.person.user if who == "student" else getattr(scene, who))
    sight = sight_of(looker)
    everything = finding.found_by(looker, sight)
    for narrowed in (lambda slots: slots, SlotQuerySet.with_free):
        found = Found(looker, sight, narrowed)
        expected = list(found.all.values_list("pk", flat=True))
        assert len(expected) >= 6
        assert list(found.head(100).values_list("pk", flat=True)) == expected
        assert list(found.head(3).values_list("pk", flat=True)) == expected[:3]
    first = Found(looker, sight, lambda slots: slots).first()
    assert [slot.pk for slot in first] == list(everything.values_list("pk", flat=True)[:25])


def test_each_study_of_a_student_finds_its_own_places(scene):
    """Two studies at a time: none finds what is meant for the programme of the other, nor by the school of the other."""
    far = Scene(partnership=PartnershipFactory(provinces=["ze"]))
    for place in (scene, far):
        for study in (scene, far):
            kind = {"qualifications": [study.qualification], "organisation": place.employer}
            kind |= {"location": place.location, "partnership": place.partnership}
            where = "hier" if place is study else "elders"
            for reach in Visibility.values:
                slot = scene.slot(title=f"{where} {reach}", visibility=reach, **kind)
                slot.partners.add(*[other.school for other in (scene, far) if other is not study][:1])
    for place in (scene, far):
        slot = place.slot(title="genoemd", visibility="named")
        slot.partners.add(place.school)
    student = scene.enrolment().student
    far.enrolment(student=student)
    looker = actor(student.person.user)
    shown = Slot.objects.found_by(looker, sight_of(looker))
    assert set(shown) == set(Slot.objects.visible_to(looker))
    assert set(shown.values_list("title", flat=True)) == {"hier partnership", "hier region", "genoemd"}
    assert Found(looker, sight_of(looker), lambda slots: slots).first() == list(
        shown.order_by("starts_on", "title", "pk")
    )


def test_study_outside_a_partnership_finds_nothing_and_takes_nothing_away(scene):
    scene.slot(title="regio", visibility="region")
    alone = ProgrammeFactory(school=scene.school, partnership=None, qualifications=[scene.qualification])
    student = scene.enrolment(cohort=CohortFactory(programme=alone)).student
    looker = actor(student.person.user)
    assert Found(looker, sight_of(looker), lambda slots: slots).first() == []
    scene.enrolment(student=student)
    looker = actor(student.person.user)
    first = Found(looker, sight_of(looker), lambda slots: slots).first()
    assert [slot.title for slot in first] == ["regio"]


def test_taken_counts_seats_of_whoever_is_or_will_be_there(scene):
    slot = scene.slot(seats=3, starts_on=in_days(-200))
    scene.placement(slot, seat_no=1)
    scene.placement(slot, seat_no=2, starts_on=in_days(-200), ends_on=in_days(-1), state="completed")
    scene.placement(slot, seat_no=3, state="broken_off")
    assert Slot.objects.get(pk=slot.pk).taken == 1
    full = scene.slot(seats=1)
    scene.placement(full)
    assert list(Slot.objects.with_free()) == [slot]


def test_within_measures_as_the_crow_flies(scene):
    lelystad, dronten = (52.5083, 5.4750), (52.5250, 5.7181)
    scene.location.latitude, scene.location.longitude = dronten
    scene.location.save()
    slot = scene.slot()
    assert list(Slot.objects.within(lelystad, 15)) == []
    near = Slot.objects.within(lelystad, 20).get()
    assert near == slot
    assert 16.4 < near.distance < 16.7


# On which days


@pytest.mark.parametrize(
    "values",
    [{"week": [480, 480]}, {"week": [480] * 21}, {"week": [480, 0, 0, 0, 0, 0, 0], "hours_per_week": 8}],
)
def test_days_that_are_no_week_are_refused_whoever_writes(scene, values):
    slot = scene.slot()
    with pytest.raises(IntegrityError, match=r"slot_week_is|slot_hours_a_week"), transaction.atomic():
        Slot.objects.filter(pk=slot.pk).update(**values)


@pytest.mark.parametrize(
    ("values", "a_week"),
    [
        ({"week": [450, 0, 450, 0, 0, 0, 0]}, 900),
        ({"week": [450, 0, 450, 0, 0, 0, 0] + [450] + [0] * 6}, 675),
        ({"hours_per_week": 24}, 1440),
        ({}, None),
    ],
)
def test_minutes_a_week_follow_from_the_days_or_else_from_the_hours(scene, values, a_week):
    assert scene.slot(**values).minutes_per_week == a_week
