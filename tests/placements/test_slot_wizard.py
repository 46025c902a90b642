"""The steps of offering a place, without a request."""

import uuid

import pytest

from accounts.enums import Role
from placements.enums import SlotState
from placements.forms.slot_wizard import SlotWizard
from placements.forms.slots import CHECK, GUIDANCE, PLACE
from placements.models import Supervisor
from placements.services import slots as service
from tests.factories.partnerships import LocationFactory, MembershipFactory
from tests.factories.placements import SupervisorFactory
from tests.placements.scene import actor, in_days


@pytest.fixture
def place(scene):
    """What someone types in the first step."""

    def typed(**changes):
        return {
            "title": "Afdeling De Linde",
            "partnership": str(scene.partnership.pk),
            "qualifications": [str(scene.qualification.pk)],
            "route": "bbl",
            "location": str(scene.location.pk),
            "setting": "nursing_home",
            "seats": "3",
            "starts_on": in_days(10).isoformat(),
            "ends_on": in_days(300).isoformat(),
            "week": ["8", "7,5"],
            "hours_per_week": "",
            **changes,
        }

    return typed


GUIDED = {"supervisor": "", "supervision_hours": "2", "tasks": "Wassen", "learns": "Rapporteren"}


def answered(scene, place, store=None, **changes):
    """A wizard with both steps answered."""
    wizard = SlotWizard({} if store is None else store, organisation=scene.employer)
    wizard.begin()
    for step, typed in ((PLACE, place(**changes)), (GUIDANCE, GUIDED)):
        form = wizard.form(step, typed)
        assert form.is_valid(), form.errors
        wizard.remember(step, form)
    return wizard


def write(wizard, scene, *, online=False, reach=None):
    return service.offer(
        organisation=scene.employer,
        content=wizard.content(),
        new_supervisor=wizard.new_supervisor(),
        public_id=wizard.public_id,
        reach=reach,
        online=online,
        by=actor(scene.contact),
        version=None,
    )


def test_answers_are_kept_as_plain_values(scene, place):
    store = {}
    answered(scene, place, store)
    again = SlotWizard(store, organisation=scene.employer)
    form = again.form(PLACE)
    assert form.is_valid()
    assert form.cleaned_data["week"] == [480, 450, 0, 0, 0, 0, 0]
    assert again.first_open() == CHECK
    assert all(isinstance(value, str) for values in again.answers(PLACE).values() for value in values)


def test_nothing_is_written_before_the_end_and_then_once(scene, place):
    wizard = answered(scene, place)
    assert scene.employer.slots.count() == 0
    first, again = write(wizard, scene), write(wizard, scene)
    assert (first.pk, scene.employer.slots.count()) == (again.pk, 1)
    slot = scene.employer.slots.get()
    assert (slot.state, slot.title, slot.seats, slot.week, slot.tasks) == (
        SlotState.DRAFT,
        "Afdeling De Linde",
        3,
        [480, 450, 0, 0, 0, 0, 0],
        "Wassen",
    )


def test_end_can_put_it_online(scene, place):
    reach = service.Reach("named", [scene.school])
    slot = write(answered(scene, place), scene, online=True, reach=reach)
    assert (slot.state, list(slot.partners.all())) == (SlotState.ONLINE, [scene.school])


def test_draft_may_lack_the_programme_but_stays_a_draft(scene, place):
    wizard = SlotWizard({}, organisation=scene.employer)
    wizard.begin()
    typed = place(qualifications=[])
    assert not wizard.form(PLACE, typed).is_valid()
    form = wizard.form(PLACE, typed, as_draft=True)
    assert form.is_valid()
    wizard.remember(PLACE, form)
    assert (wizard.first_open(), wizard.first_open(as_draft=True)) == (PLACE, GUIDANCE)
    assert write(wizard, scene).qualifications.count() == 0


def test_steps_open_in_order(scene, place):
    wizard = SlotWizard({}, organisation=scene.employer)
    assert (wizard.is_begun, wizard.may_enter(PLACE), wizard.may_enter(GUIDANCE)) == (False, True, False)
    wizard.begin()
    wizard.remember(PLACE, wizard.form(PLACE, place()))
    assert (wizard.may_enter(GUIDANCE), wizard.may_enter(CHECK)) == (True, False)


def test_what_changed_meanwhile_is_noticed(scene, place):
    wizard = answered(scene, place)
    scene.location.ends_on = in_days(-1)
    scene.location.save()
    assert wizard.first_open() == PLACE
    with pytest.raises(ValueError, match="not right"):
        wizard.content()


def test_new_supervisor_is_made_once(scene, place):
    wizard = answered(scene, place)
    typed = {"new_name": "Ans de Wit", "new_email": "Ans@zorg.example", "tasks": "", "learns": ""}
    wizard.remember(GUIDANCE, wizard.form(GUIDANCE, typed))
    slot = write(wizard, scene)
    write(wizard, scene)
    supervisor = Supervisor.objects.get(person__email="ans@zorg.example")
    assert (supervisor.name, supervisor.person.email, slot.supervisor) == (
        "Ans de Wit",
        "ans@zorg.example",
        supervisor,
    )


def test_new_supervisor_who_may_be_someone_there_is_asked_about_in_the_step(scene, place):
    """The answer is kept with what was typed, and asked again when someone else turns up before the end."""
    ans = {"person__first_name": "Ans", "person__last_name": "de Wit", "role": Role.CONTACT}
    known = MembershipFactory(**ans, organisation=scene.employer).person
    wizard = answered(scene, place)
    typed = {"new_name": "Ans de Witt", "new_email": "ans@zorg.example", "tasks": "", "learns": ""}
    assert "likely" in wizard.form(GUIDANCE, typed).errors

    def answer(likely):
        form = wizard.form(GUIDANCE, {**typed, "likely": likely})
        assert form.is_valid()
        wizard.remember(GUIDANCE, form)

    answer(f"another.{known.pk}")
    assert wizard.first_open() == CHECK
    other = MembershipFactory(**ans, organisation=scene.employer).person
    wizard._checked.clear()
    assert wizard.first_open() == GUIDANCE
    answer(str(other.pk))
    assert write(wizard, scene).supervisor.person == other
    assert not Supervisor.objects.filter(person__email="ans@zorg.example").exists()


def _single(answers):
    """As a browser sends them: one value, but for the tick boxes and the days."""
    return {name: values[0] for name, values in answers.items() if name not in {"qualifications", "week"}}


def test_existing_place_is_read_back_and_changed(scene):
    slot = scene.slot(
        seats=2, week=[0, 0, 0, 0, 480, 0, 0], supervisor=SupervisorFactory(organisation=scene.employer)
    )
    wizard = SlotWizard({}, organisation=scene.employer, slot=slot)
    wizard.begin()
    assert wizard.first_open() == CHECK
    wizard.remember(
        PLACE, wizard.form(PLACE, {**wizard.answers(PLACE), **_single(wizard.answers(PLACE)), "seats": "5"})
    )
    changed = write(wizard, scene)
    assert (changed.pk, changed.seats, changed.supervisor) == (slot.pk, 5, slot.supervisor)
    assert changed.week == slot.week


def test_forgetting_leaves_other_places_alone(scene, place):
    store = {}
    slot = scene.slot()
    edit = SlotWizard(store, organisation=scene.employer, slot=slot)
    edit.begin()
    new = answered(scene, place, store)
    ident = uuid.uuid4()
    new.forget(done=ident)
    assert (new.is_begun, new.done, edit.is_begun) == (False, str(ident), True)


def test_summary_says_it_in_words(scene, place):
    wizard = answered(scene, place)
    rows = {row.label: row for row in wizard.summary({PLACE: "/1", GUIDANCE: "/2"})}
    assert rows["Aantal plekken"].value == "3"
    assert rows["Uren per dag"].value == "maandag 8 uur, dinsdag 7,5 uur"
    assert (rows["Locatie"].value, rows["Locatie"].change_url) == (str(scene.location), "/1")
    assert rows["Werkbegeleider"].value == ""


BAD = [
    ({"title": ""}, "title"),
    ({"title": "x" * 121}, "title"),
    ({"seats": "0"}, "seats"),
    ({"seats": "501"}, "seats"),
    ({"seats": "drie"}, "seats"),
    ({"starts_on": "31-02-2027"}, "starts_on"),
    ({"ends_on": "2019-01-01"}, "ends_on"),
    ({"starts_on": "0001-01-01"}, "starts_on"),
    ({"starts_on": "1901-01-01"}, "ends_on"),
    ({"ends_on": "9999-12-31"}, "ends_on"),
    ({"route": "vliegen"}, "route"),
    ({"setting": "' OR 1=1"}, "setting"),
    ({"week": ["25"]}, "week"),
    ({"week": ["", "acht"]}, "week"),
    ({"week": ["9"] * 5}, "week"),
    ({"hours_per_week": "24"}, "hours_per_week"),
    ({"qualifications": ["999999"]}, "qualifications"),
    ({"qualifications": ["\x00"]}, "qualifications"),
    ({"location": "abc"}, "location"),
    ({"partnership": ""}, "partnership"),
    ({"hours_per_week": "41"}, "hours_per_week"),
    ({"title": "123456782"}, "title"),
]


@pytest.mark.parametrize(
    ("change", "field"), BAD, ids=[f"{f}-{next(iter(c.values()))!r:.20}" for c, f in BAD]
)
def test_place_form_says_what_is_wrong(scene, place, change, field):
    form = SlotWizard({}, organisation=scene.employer).form(PLACE, place(**change))
    assert field in form.errors


def test_place_form_knows_no_location_of_another_employer(scene, place):
    other = LocationFactory()
    form = SlotWizard({}, organisation=scene.employer).form(PLACE, place(location=str(other.pk)))
    assert "location" in form.errors


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"new_name": "Ans"}, "new_email"),
        ({"new_email": "ans@zorg.example"}, "new_name"),
        ({"new_name": "Ans", "new_email": "geen adres"}, "new_email"),
        ({"supervision_hours": "-1"}, "supervision_hours"),
        ({"learns": "x" * 2001}, "learns"),
        ({"tasks": "x" * 501}, "tasks"),
        ({"supervisor": "999999"}, "supervisor"),
    ],
)
def test_guidance_form_says_what_is_wrong(scene, typed, field):
    form = SlotWizard({}, organisation=scene.employer).form(GUIDANCE, typed)
    assert field in form.errors
