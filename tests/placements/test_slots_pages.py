"""Pages of an employer's own places, and the finder."""

import pytest
from django.urls import reverse
from lxml.html import document_fromstring

from accounts.enums import Role
from placements.enums import SlotState, Visibility
from placements.models import Slot, Supervisor
from programmes.models import Qualification
from tests.demo.asking import STEPS, steps_unsaid
from tests.factories.partnerships import OrganisationFactory
from tests.factories.placements import SupervisorFactory
from tests.factories.programmes import QualificationFactory
from tests.helpers import edit, login, member, press
from tests.placements.scene import in_days


def url(name, *args):
    return reverse(f"placements:{name}", args=args)


@pytest.fixture
def employer(client, scene):
    return login(client, scene.contact)


@pytest.fixture
def place(scene):
    return {
        "title": "Afdeling De Linde",
        "partnership": scene.partnership.pk,
        "qualifications": [scene.qualification.pk],
        "route": "bbl",
        "location": scene.location.pk,
        "setting": "nursing_home",
        "seats": 3,
        "starts_on": in_days(10).isoformat(),
        "ends_on": in_days(300).isoformat(),
        "act": "next",
    }


def text(response):
    return response.content.decode()


@pytest.mark.parametrize("number", [2**63, 10**30, -(10**30)])
def test_choice_that_is_no_row_by_its_size_is_refused_in_words(employer, scene, place, number):
    """Looked up with another, as one list of whole numbers: the database would refuse the whole of it."""
    step = url("slot-create", scene.employer.slug, "plek")
    employer.get(url("slot-start", scene.employer.slug))
    response = employer.post(step, place | {"qualifications": [scene.qualification.pk, number]})
    assert response.status_code == 200
    assert "qualifications" in response.context["form"].errors
    assert list(Qualification.objects.filter(pk__in=[scene.qualification.pk, number])) == [
        scene.qualification
    ]
    assert list(Qualification.objects.exclude(pk__in=[number])) == [scene.qualification]


# Lists


@pytest.mark.parametrize("count", [1, 3])
def test_own_list_costs_the_same_for_one_and_three(employer, scene, django_assert_num_queries, count):
    for _ in range(count):
        scene.match(scene.slot())
    scene.slot(organisation=OrganisationFactory())
    with django_assert_num_queries(4):  # account with its session, count, page, crebos
        response = employer.get(url("slot-list", scene.employer.slug))
    assert len(response.context["rows"]) == count


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize("who", ["teacher", "coordinator"])
def test_finder_costs_the_same_for_one_and_three(client, scene, django_assert_num_queries, who, count):
    for number in range(count):
        scene.slot(qualifications=[scene.qualification, QualificationFactory()], title=f"Plek {number}")
    scene.slot(draft=True)
    login(client, getattr(scene, who))
    with django_assert_num_queries(6):  # account with its session, sight, count, page, crebos, filter
        response = client.get(url("slot-find"))
    assert len(response.context["rows"]) == count


def test_own_list_shows_status_free_places_and_what_to_do(employer, scene):
    full = scene.slot(title="Vol huis", seats=1)
    scene.placement(full)
    scene.slot(title="Oud", confirmed_on=in_days(-31))
    scene.slot(title="Klad", draft=True)
    page = text(employer.get(url("slot-list", scene.employer.slug)))
    assert "Vol</span>" in page
    assert page.count("Klopt nog") == 1
    drafts = employer.get(url("slot-list", scene.employer.slug), {"status": "concept"})
    assert [row.slot.title for row in drafts.context["rows"]] == ["Klad"]
    assert len(employer.get(url("slot-list", scene.employer.slug), {"status": "<x>"}).context["rows"]) == 3


# The steps


def test_steps_to_online_and_the_same_button_twice(employer, scene, place):
    step = lambda name: url("slot-create", scene.employer.slug, name)  # noqa: E731
    assert employer.get(url("slot-start", scene.employer.slug)).url == step("plek")
    assert employer.get(step("plek")).status_code == 200
    assert employer.post(step("plek"), place).url == step("begeleiding")
    assert employer.post(step("begeleiding"), {"tasks": "Wassen", "act": "next"}).url == step("controleren")
    page = text(employer.get(step("controleren")))
    assert "Afdeling De Linde" in page
    assert "Wijzig" in page
    assert Slot.objects.count() == 0
    final = {"visibility": "region", "act": "publish"}
    done = employer.post(step("controleren"), final)
    slot = Slot.objects.get()
    assert (slot.state, slot.visibility) == (SlotState.ONLINE, Visibility.REGION)
    assert employer.post(step("controleren"), final).url == done.url
    assert Slot.objects.count() == 1


@pytest.mark.parametrize("at", ["plek", "begeleiding", "controleren"])
def test_draft_can_be_kept_at_every_moment(employer, scene, place, at):
    employer.get(url("slot-start", scene.employer.slug))
    for name, data in (("plek", place), ("begeleiding", {}), ("controleren", {"visibility": "region"})):
        act = "draft" if name == at else "next"
        response = employer.post(url("slot-create", scene.employer.slug, name), {**data, "act": act})
        if name == at:
            break
    slot = Slot.objects.get()
    assert slot.state == SlotState.DRAFT
    assert response.url == url("slot-manage", scene.employer.slug, slot.public_id)


def test_steps_out_of_order_lead_back_and_lose_nothing(employer, scene, place):
    step = lambda name: url("slot-create", scene.employer.slug, name)  # noqa: E731
    assert employer.get(step("controleren")).url == step("plek")
    response = employer.post(step("begeleiding"), {"tasks": "Wassen", "act": "publish"}, follow=True)
    assert response.redirect_chain[-1][0] == step("plek")
    employer.post(step("plek"), place)
    assert (
        employer.post(step("controleren"), {"visibility": "partnership", "act": "publish"}).status_code == 302
    )
    assert Slot.objects.get().tasks == "Wassen"
    assert employer.get(step("ergens")).status_code == 404
    assert employer.post(step("ergens")).status_code == 404


def test_expired_session_begins_again_with_what_was_sent(employer, scene, place):
    employer.get(url("slot-start", scene.employer.slug))
    session = employer.session
    del session["slot_wizard"]
    session.save()
    step = url("slot-create", scene.employer.slug, "plek")
    assert employer.post(step, place).status_code == 302
    assert "Afdeling De Linde" in text(employer.get(step))


def test_wrong_answers_stay_on_the_page_with_a_summary(employer, scene, place):
    step = url("slot-create", scene.employer.slug, "plek")
    page = text(employer.post(step, {**place, "seats": "0", "title": "<script>alert(1)</script>"}))
    assert "errsum" in page
    assert "&lt;script&gt;" in page
    assert "<script>alert" not in page


def test_change_of_an_online_place_refuses_fewer_seats_than_given(employer, scene):
    slot = scene.slot(seats=2, starts_on=in_days(1), ends_on=in_days(300))
    for seat_no in (1, 2):
        scene.placement(slot, seat_no=seat_no)
    step = lambda name: url("slot-edit", scene.employer.slug, slot.public_id, name)  # noqa: E731
    employer.get(step("plek") + "?opnieuw")
    data = {
        "title": slot.title,
        "partnership": slot.partnership_id,
        "qualifications": [scene.qualification.pk],
        "route": "bbl",
        "location": slot.location_id,
        "setting": "other",
        "seats": 1,
        "starts_on": slot.starts_on.isoformat(),
        "ends_on": slot.ends_on.isoformat(),
    }
    assert edit(employer, step("plek"), {**data, "act": "next"}).status_code == 302
    last = {"visibility": "partnership", "act": "publish"}
    response = edit(employer, step("controleren"), last, follow=True)
    assert "al 2 plekken weggegeven" in text(response)
    assert response.redirect_chain[-1][0] == step("plek")
    slot.refresh_from_db()
    assert slot.seats == 2


@pytest.mark.parametrize("step", ["plek/", "begeleiding/", "controleren/"])
def test_steps_keep_to_twelve_queries(employer, scene, django_assert_max_num_queries, step):
    slot = scene.slot(qualifications=[scene.qualification, QualificationFactory()])
    start = url("slot-edit", scene.employer.slug, slot.public_id, "plek")
    assert employer.get(f"{start}?opnieuw").url == start
    with django_assert_max_num_queries(12):
        assert employer.get(start.removesuffix("plek/") + step).status_code == 200


def test_closed_place_cannot_be_changed(employer, scene):
    slot = scene.slot(state=SlotState.CLOSED)
    response = employer.get(url("slot-edit", scene.employer.slug, slot.public_id, "plek"), follow=True)
    assert "Kopieer de plek" in text(response)


# Acts


def test_acts_a_second_time_are_refused_kindly(employer, scene):
    slot = scene.slot(draft=True)
    args = (scene.employer.slug, slot.public_id)
    for name, data in [
        ("slot-publish", {"visibility": "partnership"}),
        ("slot-publish", {"visibility": "partnership"}),
        ("slot-confirm", {}),
        ("slot-confirm", {"terug": "lijst"}),
        ("slot-close", {"reason": "Verbouwing"}),
        ("slot-close", {"reason": "Verbouwing"}),
        ("slot-confirm", {}),
        ("slot-publish", {"visibility": "partnership"}),
        ("slot-reopen", {}),
        ("slot-reopen", {}),
        ("slot-copy", {}),
        ("slot-copy", {}),
    ]:
        assert press(employer, url(name, *args), slot, data).status_code == 302, name
    assert list(Slot.objects.order_by("pk").values_list("state", flat=True)) == ["online", "draft"]


def test_close_asks_for_the_reason(employer, scene):
    slot = scene.slot()
    scene.match(slot)
    page = text(employer.get(url("slot-close", scene.employer.slug, slot.public_id)))
    assert "1 open voorstel" in page
    for reason in ("", "   ", "x" * 301):
        response = employer.post(url("slot-close", scene.employer.slug, slot.public_id), {"reason": reason})
        assert response.status_code == 200
    assert Slot.objects.get().state == SlotState.ONLINE


def test_publish_knows_only_partners_of_the_partnership(employer, scene):
    slot = scene.slot()
    stranger = OrganisationFactory()
    page = edit(
        employer,
        url("slot-publish", scene.employer.slug, slot.public_id),
        {"visibility": "named", "partners": [stranger.pk]},
    )
    assert page.status_code == 200
    edit(
        employer,
        url("slot-publish", scene.employer.slug, slot.public_id),
        {"visibility": "named", "partners": [scene.school.pk]},
    )
    assert list(Slot.objects.get().partners.all()) == [scene.school]


def test_place_of_another_employer_is_not_found_under_the_own_name(employer, scene):
    other = scene.slot(organisation=OrganisationFactory())
    for name in ("slot-manage", "slot-close", "slot-publish"):
        assert employer.get(url(name, scene.employer.slug, other.public_id)).status_code == 404
    assert employer.post(url("slot-copy", scene.employer.slug, other.public_id)).status_code == 404


def test_manage_page_names_students_by_what_may_be_known(employer, scene):
    slot = scene.slot(seats=2)
    match, placement = scene.match(slot), scene.placement(slot)
    page = text(employer.get(url("slot-manage", scene.employer.slug, slot.public_id)))
    assert match.enrolment.student.first_name in page
    assert match.enrolment.student.full_name not in page
    assert placement.student.full_name in page


def test_place_says_of_a_proposal_what_the_list_says(employer, scene):
    """A state has one word, whichever page one reads it on."""
    slot = scene.slot()
    scene.match(slot)
    page = employer.get(url("slot-manage", scene.employer.slug, slot.public_id))
    listed = employer.get(url("match-list")).context["rows"]
    assert (
        [row.word for row in page.context["match_rows"]] == [row.word for row in listed] == ["Wacht op jou"]
    )
    assert "Wacht op jou" in text(page)


# Supervisors


def test_manager_is_not_told_that_nobody_was_proposed_or_placed(client, scene):
    slot = scene.slot()
    scene.match(slot)
    scene.placement(slot)
    page = login(client, member(scene.employer, Role.MANAGER)).get(
        url("slot-manage", scene.employer.slug, slot.public_id)
    )
    assert "Er is nog niemand voorgesteld voor deze plek." not in text(page)
    assert "Er is hier nog geen student." not in text(page)
    reason = "Alleen contactpersonen en praktijkopleiders zien de studenten van de organisatie."
    assert text(page).count(reason) == 2


def test_supervisors_are_added_and_changed(employer, scene):
    add = url("supervisor-create", scene.employer.slug)
    for _press in range(2):
        assert employer.post(add, {"first_name": "Ans", "email": "Ans@Zorg.example"}).status_code == 302
    row = Supervisor.objects.get(person__email="ans@zorg.example")
    edit = url("supervisor-edit", scene.employer.slug, row.public_id)
    read = {"read": row.person.row_version}
    taken = employer.post(edit, {**read, "first_name": "Ans", "email": scene.supervisor.email})
    assert "al een begeleider" in text(taken)
    assert (
        employer.post(edit, {**read, "first_name": "Anneke", "email": "ans@zorg.example"}).status_code == 302
    )
    row.person.refresh_from_db()
    assert row.person.first_name == "Anneke"
    own = Supervisor.objects.get(person=scene.supervisor.person)
    edit_own = url("supervisor-edit", scene.employer.slug, own.public_id)
    assert "account" in text(employer.get(edit_own, follow=True))
    foreign = SupervisorFactory()
    assert employer.get(url("supervisor-edit", scene.employer.slug, foreign.public_id)).status_code == 404


# Examples


def test_example_fills_words_and_hours_and_leaves_every_choice_open(employer, scene, place):
    """Nothing is written until the person saves, and nothing of a step that was not looked at."""
    listed = text(employer.get(url("slot-examples", scene.employer.slug)))
    start = url("slot-start", scene.employer.slug)
    assert f'href="{start}?voorbeeld=verpleeghuis"' in listed
    step = employer.get(start, {"voorbeeld": "verpleeghuis"}, follow=True)
    assert "Deze woorden komen uit een voorbeeld" in text(step)
    form = step.context["form"]
    assert not form.errors
    assert (form["title"].value(), form["hours_per_week"].value()) == ("Leren op de afdeling", 24)
    chosen = {
        name: form[name].value() for name in ("partnership", "qualifications", "route", "location", "setting")
    }
    assert {name: value for name, value in chosen.items() if value not in (None, "", [])} == {}
    assert Slot.objects.count() == 0
    steps = url("slot-create", scene.employer.slug, "plek")
    assert employer.post(steps, place).status_code == 302
    guidance = employer.get(url("slot-create", scene.employer.slug, "begeleiding"))
    assert guidance.context["form"]["tasks"].value().startswith("Ochtendzorg")
    assert '<textarea name="tasks"' in guidance.content.decode()  # so that all of it is seen
    assert employer.post(steps, {**place, "act": "draft"}).status_code == 302
    assert (Slot.objects.get().tasks, Slot.objects.get().learns) == ("", "")


@pytest.mark.parametrize("key", ["", "bestaat-niet", "<x>"])
def test_unknown_example_begins_with_an_empty_form(employer, scene, key):
    step = employer.get(url("slot-start", scene.employer.slug), {"voorbeeld": key}, follow=True)
    assert not step.context["form"]["title"].value()
    assert "voorbeeld. Verander" not in text(step)


@pytest.mark.parametrize("name", ["plek", "begeleiding", "controleren"])
def test_title_names_the_step(employer, scene, name):
    page = document_fromstring(
        text(employer.get(url("slot-edit", scene.employer.slug, scene.slot().public_id, name)))
    )
    assert page.xpath(f"//main//{STEPS}")
    assert list(steps_unsaid(page)) == []
