"""Pages of proposals and of the answers to them."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertInHTML

from accounts.enums import Role
from core import periods, versions
from core.dates import today
from core.models import ReadLog
from partnerships.models import Location
from placements.enums import Cause, MatchState
from placements.models import Match, Placement, Slot
from placements.queries.seats import edition_of, opening
from students.models import Enrolment
from tests.factories.partnerships import LocationFactory
from tests.factories.placements import SupervisorFactory
from tests.factories.programmes import AccreditationFactory, QualificationFactory
from tests.helpers import login, member
from tests.placements.scene import Scene, in_days
from ui.formats import day, list_day

WITHDRAWN = (Cause.WITHDRAWN, Cause.PLACED_ELSEWHERE)


def url(name, *args):
    return reverse(f"placements:{name}", args=args)


def text(response):
    return response.content.decode()


# What each side sees


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize("who", ["contact", "teacher", "coordinator"])
def test_list_costs_the_same_for_one_and_three(client, scene, django_assert_num_queries, who, count):
    for _ in range(count):
        scene.match()
    Scene().match()
    login(client, getattr(scene, who))
    with django_assert_num_queries(4):  # account with its session, count, page, read log
        response = client.get(url("match-list"))
    assert len(response.context["rows"]) == count


def test_employer_reads_a_first_name_until_both_said_yes(client, scene):
    student = {
        "person__first_name": "Samira",
        "person__last_name": "Geheimnaam",
        "person__email": "s@leerling.example",
        "town": "Urkdorp",
    }
    match = scene.match(
        enrolment=scene.enrolment(wishes="Liefst ouderen", **{f"student__{k}": v for k, v in student.items()})
    )
    login(client, scene.contact)
    assertInHTML("<h1>Is Samira welkom?</h1>", text(client.get(match.get_absolute_url())))
    for page in (text(client.get(match.get_absolute_url())), text(client.get(url("match-list")))):
        assert "Samira" in page
        for secret in (
            "Geheimnaam",
            "Urkdorp",
            "Liefst ouderen",
            "s@leerling.example",
            match.enrolment.student.person.user.email,
        ):
            assert secret not in page
    assert set(ReadLog.objects.values_list("reader", "kind")) == {
        (scene.contact.person.pk, kind) for kind in (ReadLog.Kind.FILE, ReadLog.Kind.LIST)
    }
    Match.objects.update(state=MatchState.ACCEPTED, employer_agreed_at=match.asked_at)
    scene.placement(match.slot, match.enrolment, match=match)
    page = text(client.get(match.get_absolute_url()))
    assert "Geheimnaam" in page
    assert match.enrolment.student.person.user.email in page
    assert "Liefst ouderen" not in page


def test_school_reads_the_wishes_and_what_to_look_out_for(client, scene):
    match = scene.match(enrolment=scene.enrolment(wishes="Liefst ouderen"))
    login(client, scene.teacher)
    page = text(client.get(match.get_absolute_url()))
    assert "Liefst ouderen" in page
    assert "Geen erkenning" in page
    AccreditationFactory(organisation=scene.employer, crebo=scene.qualification.crebo)
    assert "Geen erkenning" not in text(client.get(match.get_absolute_url()))


def test_student_does_not_see_a_match_before_the_employer_agreed(client, scene):
    match = scene.match()
    login(client, match.enrolment.student.person.user)
    assert client.get(match.get_absolute_url()).status_code == 404
    assert match.slot.title not in text(client.get(url("match-list")))


# Answers


def edition():
    """What the pages of the only match carry now."""
    match = Match.objects.get()
    return edition_of(match, opening(match.slot, match.enrolment))


def answer(client, match, **data):
    """From a page that was opened just now."""
    match = Match.objects.get(pk=match.pk)
    data = {"read": edition_of(match, opening(match.slot, match.enrolment))} | data
    return client.post(url("match-answer", match.public_id), data, follow=True)


def test_whoever_is_asked_reads_that_it_waits_for_them(client, scene):
    match = scene.match()
    student = match.enrolment.student.person.user
    for url_ in (url("match-list"), match.get_absolute_url()):
        login(client, scene.contact)
        assert "Wacht op jou" in text(client.get(url_))
        login(client, scene.teacher)
        assert "Wacht op de werkgever" in text(client.get(url_))
    Match.objects.update(state=MatchState.EMPLOYER_AGREED, employer_agreed_at=match.proposed_at)
    for url_ in (url("match-list"), match.get_absolute_url()):
        login(client, student)
        assert "Wacht op jou" in text(client.get(url_))
        login(client, scene.contact)
        assert "Wacht op de student" in text(client.get(url_))


def test_whoever_said_yes_reads_first_who_is_next_and_what_follows(client, scene):
    match = scene.match()
    login(client, scene.contact)
    page = text(answer(client, match, answer="yes"))
    name, school = match.enrolment.student.first_name, match.enrolment.cohort.programme.school
    match.refresh_from_db()
    assert f"Je hebt ja gezegd. Nu is {name} aan de beurt." in page
    assert f"{name} antwoordt uiterlijk {day(match.answer_by)}." in page
    assert f"Zeggen beiden ja, dan maakt {school} de overeenkomst." in page
    for words in ("Voorgesteld", "Ja", "Gevraagd"):
        assert f"<dd>{words}<br>" in page


@pytest.mark.parametrize(
    ("agreed", "state", "words"),
    [
        (False, MatchState.PROPOSED, ["Voorgesteld", "Gevraagd", "Niet gevraagd"]),
        (False, MatchState.DECLINED, ["Voorgesteld", "Nee", "Niet gevraagd"]),
        (True, MatchState.DECLINED, ["Voorgesteld", "Ja", "Nee"]),
        (True, MatchState.WITHDRAWN, ["Ingetrokken", "Ja", "Geen antwoord"]),
        (True, MatchState.ACCEPTED, ["Voorgesteld", "Ja", "Ja"]),
    ],
)
def test_page_says_of_each_party_what_it_answered(client, scene, agreed, state, words):
    match = scene.match(state=state, employer_agreed_at=timezone.now() if agreed else None)
    login(client, scene.teacher)
    strip = text(client.get(match.get_absolute_url())).split('<dl class="sign')[1].split("</dl>")[0]
    assert re.findall(r"<dd>\s*([A-Z][a-z ]+)<", strip) == words


def test_list_begins_with_what_waits_for_the_reader_the_oldest_deadline_first(client, scene):
    late, soon = scene.match(answer_by=in_days(9)), scene.match(answer_by=in_days(2))
    theirs = scene.agreed(enrolment=scene.enrolment())
    Match.objects.filter(pk=theirs.pk).update(answer_by=in_days(1))
    over = scene.match(state=MatchState.DECLINED)
    login(client, scene.contact)
    for query, expected in (("", [soon, late, theirs]), ("?toon=alles", [soon, late, theirs, over])):
        rows = client.get(url("match-list") + query).context["rows"]
        assert [row.match for row in rows] == expected


def test_shared_pages_wear_the_colours_of_the_school_for_its_manager(client, scene):
    login(client, member(scene.school, Role.MANAGER))
    assert '<body data-space="teacher">' in text(client.get(url("slot-find")))
    login(client, member(scene.employer, Role.MANAGER))
    assert '<body data-space="employer">' in text(client.get(url("slot-find")))


def test_first_crumb_leads_to_the_own_first_page(client, scene):
    login(client, scene.contact)
    crumbs = text(client.get(url("match-list"))).split("<main")[1]
    assert f'href="{reverse("start")}"' in crumbs
    assert f'href="{reverse("home")}"' not in crumbs


def test_employer_then_student_say_yes(client, scene):
    match = scene.match()
    login(client, scene.contact)
    page = text(answer(client, match, answer="yes"))
    assert page.count("Nu is de student aan de beurt") == 1
    assert "Je hebt ja gezegd" in text(answer(client, match, answer="yes"))
    login(client, match.enrolment.student.person.user)
    assert "Wil je deze plek?" in text(client.get(match.get_absolute_url()))
    assert "Je hebt een plek!" in text(answer(client, match, answer="yes"))
    assert "Je hebt een plek!" in text(answer(client, match, answer="yes"))  # pressed twice
    placement = Placement.objects.get()
    assert placement.get_absolute_url() in text(client.get(match.get_absolute_url()))


@pytest.mark.parametrize(
    ("party", "yes", "says"),
    [
        ("employer", "yes", "zolang de student niet heeft geantwoord"),
        ("student", "yes", "kun je zelf niet terugdraaien"),
        ("employer", "no", "kun je je nee nog terugdraaien"),
        ("student", "no", "kun je je nee nog terugdraaien"),
    ],
)
def test_before_an_answer_one_reads_until_when_it_can_be_taken_back(client, scene, party, yes, says):
    match = scene.match() if party == "employer" else scene.agreed()
    login(client, scene.contact if party == "employer" else match.enrolment.student.person.user)
    page = text(client.get(url("match-answer", match.public_id), {"antwoord": yes, "read": edition()}))
    assert says in page
    assert (day(in_days(5)) in page) == (yes == "no")


def test_no_needs_a_reason_and_keeps_what_was_typed(client, scene):
    match = scene.agreed()
    login(client, match.enrolment.student.person.user)
    page = answer(client, match, answer="no", reason="")
    assert "Schrijf waarom je nee zegt" in text(page)
    too_long = text(answer(client, match, answer="no", reason="te ver " * 80))
    assert "te ver te ver" in too_long
    assert Match.objects.get().state == MatchState.EMPLOYER_AGREED
    answer(client, match, answer="no", reason="Te ver fietsen")
    assert Match.objects.get().state == MatchState.DECLINED
    login(client, scene.contact)
    assert "Te ver fietsen" not in text(client.get(match.get_absolute_url()))
    login(client, scene.teacher)
    assert "Te ver fietsen" in text(client.get(match.get_absolute_url()))


@pytest.mark.parametrize("data", [{}, {"answer": "misschien"}, {"answer": ["yes", "no"]}, {"reason": "x"}])
def test_no_answer_is_no_answer(client, scene, data):
    match = scene.agreed()
    login(client, match.enrolment.student.person.user)
    client.post(url("match-answer", match.public_id), data)
    assert Match.objects.get().state in {MatchState.EMPLOYER_AGREED, MatchState.DECLINED}
    assert Placement.objects.count() == 0


def test_yes_to_a_full_place_is_said_clearly(client, scene):
    slot = scene.slot(seats=1)
    match = scene.agreed(slot)
    scene.placement(slot)
    login(client, match.enrolment.student.person.user)
    assert "Alle plekken hier zijn weggegeven" in text(answer(client, match, answer="yes"))
    assert Match.objects.get(pk=match.pk).state == MatchState.EMPLOYER_AGREED


def test_withdraw_twice(client, scene):
    match = scene.match()
    login(client, scene.teacher)
    withdraw = url("match-withdraw", match.public_id)
    assert client.post(withdraw, {"reason": ""}).status_code == 200
    assert "Er is iets gewijzigd" in text(client.post(withdraw, {"reason": "Stopt"}, follow=True))
    data = {"reason": "Stopt", "read": versions.of(Match.objects.get())}
    for _ in range(2):
        assert "Het voorstel is ingetrokken" in text(client.post(withdraw, data, follow=True))
    assert "al beantwoord of ingetrokken" in text(client.get(withdraw, follow=True))


def test_manager_of_the_school_is_told_who_proposes(client, scene):
    scene.enrolment()
    page = login(client, member(scene.school, Role.MANAGER)).get(
        url("match-propose-cohort", scene.school.slug, scene.cohort.public_id)
    )
    assert page.status_code == 403
    assert "coördinatoren stellen plekken voor." in text(page)  # the term before it has a hint of its own


def says_until(page, last) -> bool:
    """Of a row of a list with the month cut short."""
    html = page.content.decode()
    return any(f"uiterlijk {words(last)}" in html for words in (day, list_day))


def test_until_when_an_answer_is_waited_for_is_on_the_list_the_page_and_the_first_page(client, scene):
    match = scene.match()
    login(client, scene.contact)
    first = reverse("employer-start", args=[scene.employer.slug])
    for page in (match.get_absolute_url(), reverse("placements:match-list"), first):
        assert says_until(client.get(page), match.answer_by)
    agreed = scene.agreed()
    login(client, agreed.enrolment.student.person.user)
    for page in (agreed.get_absolute_url(), reverse("placements:match-list"), reverse("start")):
        assert says_until(client.get(page, follow=True), agreed.answer_by)


@pytest.mark.parametrize("cause", Cause)
@pytest.mark.parametrize("who", ["student", "contact", "teacher"])
def test_page_says_to_each_party_why_a_proposal_ended(client, scene, cause, who):
    state = MatchState.WITHDRAWN if cause in WITHDRAWN else MatchState.EXPIRED
    match = scene.match(
        state=state, close_cause=cause, answer_reason="Verbouwing", employer_agreed_at=timezone.now()
    )
    login(client, match.enrolment.student.person.user if who == "student" else getattr(scene, who))
    page = client.get(match.get_absolute_url()).content.decode()
    assert str(cause.label) in page
    assert "Verbouwing" in page
    assert str(cause.label) in client.get(reverse("placements:match-list") + "?toon=alles").content.decode()


def test_facts_come_first_and_the_answer_is_confirmed(client, scene):
    match = scene.match()
    login(client, scene.contact)
    page = text(client.get(match.get_absolute_url()))
    assert page.index('id="student"') < page.index('id="answer-title"')
    assert 'method="post"' not in page.split("<main")[1].split("</main")[0]
    address = f"{url('match-answer', match.public_id)}?antwoord=yes&amp;read={edition()}"
    assert address in page
    confirm = text(client.get(address.replace("&amp;", "&")))
    assert f"Je zegt ja tegen {match.enrolment.student.first_name}" in confirm
    assert "Ja, deze student is welkom" in confirm
    assert Match.objects.get().state == MatchState.PROPOSED


def test_reason_of_a_no_is_not_called_optional_and_its_lack_stands_in_the_title(client, scene):
    match = scene.match()
    login(client, scene.contact)
    read = edition()
    page = text(client.get(url("match-answer", match.public_id), {"antwoord": "no", "read": read}))
    assert "niet verplicht" not in page
    assert "<title>Je antwoord" in page
    refused = text(answer(client, match, answer="no", read=read))
    assert "Schrijf waarom je nee zegt" in refused
    assert "<title>Fout: Je antwoord" in refused


@pytest.mark.parametrize("who", ["employer", "student"])
def test_answer_to_other_facts_than_were_read_is_refused_and_shows_the_new_ones(client, scene, who):
    match = scene.match() if who == "employer" else scene.agreed()
    login(client, scene.contact if who == "employer" else match.enrolment.student.person.user)
    read = edition()
    type(match.slot).objects.filter(pk=match.slot_id).update(tasks="Alleen nachtdiensten")
    page = text(answer(client, match, answer="yes", read=read))
    assert "Er is iets gewijzigd" in page
    assert "Alleen nachtdiensten" in page
    assert Match.objects.get().state == match.state
    assert Placement.objects.count() == 0


CHANGES_OF_AN_OFFER = {
    "period": lambda slot: Slot.objects.filter(pk=slot.pk).update(ends_on=slot.ends_on - timedelta(days=1)),
    "days": lambda slot: Slot.objects.filter(pk=slot.pk).update(week=[480, 0, 0, 0, 0, 0, 0]),
    "hours": lambda slot: Slot.objects.filter(pk=slot.pk).update(hours_per_week=20),
    "location": lambda slot: Slot.objects.filter(pk=slot.pk).update(
        location=LocationFactory(organisation=slot.organisation)
    ),
    "where it is": lambda slot: Location.objects.filter(pk=slot.location_id).update(name="Elders"),
    "supervisor": lambda slot: Slot.objects.filter(pk=slot.pk).update(
        supervisor=SupervisorFactory(organisation=slot.organisation)
    ),
    "supervisor who leaves": lambda slot: periods.end(slot.supervisor),
    "programmes": lambda slot: slot.qualifications.add(QualificationFactory()),
    "period of the student": lambda slot: Enrolment.objects.update(ends_on=in_days(60)),
}


@pytest.mark.parametrize("change", CHANGES_OF_AN_OFFER)
@pytest.mark.parametrize("who", ["employer", "student"])
def test_no_yes_to_an_offer_that_changed_since_it_was_read(client, scene, who, change):
    guide = SupervisorFactory(organisation=scene.employer)
    slot = scene.slot(supervisor=guide)
    match = scene.match(slot=slot) if who == "employer" else scene.agreed(slot=slot)
    login(client, scene.contact if who == "employer" else match.enrolment.student.person.user)
    read = edition()
    CHANGES_OF_AN_OFFER[change](slot)
    assert "Er is iets gewijzigd" in text(answer(client, match, answer="yes", read=read))
    assert Match.objects.get().state == match.state
    assert Placement.objects.count() == 0
    answer(client, match, answer="yes")
    assert Match.objects.get().state != match.state


@pytest.mark.parametrize("who", ["employer", "student"])
def test_the_days_and_the_people_that_one_says_yes_to_are_those_one_gets(client, scene, who):
    guide = SupervisorFactory(organisation=scene.employer)
    slot = scene.slot(starts_on=in_days(-30), ends_on=in_days(200), seats=2, supervisor=guide)
    enrolment = scene.enrolment(ends_on=in_days(100))
    match = scene.match(slot, enrolment) if who == "employer" else scene.agreed(slot, enrolment)
    login(client, scene.contact if who == "employer" else enrolment.student.person.user)
    address = f"{url('match-answer', match.public_id)}?antwoord=yes&read={edition()}"
    pages = [text(client.get(place)) for place in (match.get_absolute_url(), address)]
    for page in pages:
        assert f"{day(today())} tot en met {day(in_days(100))}" in page
        assert day(in_days(200)) not in page
        assert guide.name in page
        assert scene.contact.person.full_name in page.split("<main")[1]
    slot.supervisor = None
    slot.save()
    assert "Nog niet bekend" in text(client.get(match.get_absolute_url()))
    if who == "student":
        answer(client, match, answer="yes")
        placement = Placement.objects.get()
        assert (placement.starts_on, placement.ends_on) == (today(), in_days(100))
        page = text(client.get(match.get_absolute_url()))
        assert f"{day(today())} tot en met {day(in_days(100))}" in page


@pytest.mark.parametrize("who", ["contact", "teacher", "coordinator", "student"])
def test_page_of_a_proposal_costs_few_queries(client, scene, django_assert_max_num_queries, who):
    slot = scene.slot(starts_on=in_days(-30), supervisor=SupervisorFactory(organisation=scene.employer))
    match = scene.agreed(slot)
    login(client, match.enrolment.student.person.user if who == "student" else getattr(scene, who))
    client.get(match.get_absolute_url())
    with django_assert_max_num_queries(12):
        client.get(match.get_absolute_url())


@pytest.mark.parametrize("who", ["employer", "student"])
def test_no_yes_to_other_days_than_were_read(client, scene, who):
    """The days follow from others too: here someone takes the seat that was free today and leaves one tomorrow."""
    slot = scene.slot(starts_on=in_days(-30), ends_on=in_days(200), seats=1)
    match = scene.match(slot) if who == "employer" else scene.agreed(slot)
    login(client, scene.contact if who == "employer" else match.enrolment.student.person.user)
    read = edition()
    scene.placement(slot, starts_on=in_days(-20), ends_on=today(), state="running")
    assert "Er is iets gewijzigd" in text(answer(client, match, answer="yes", read=read))
    assert Match.objects.get(pk=match.pk).state == match.state
    page = text(client.get(match.get_absolute_url()))
    assert f"{day(in_days(1))} tot en met" in page


def test_who_answers_when_every_seat_is_given_hears_that(client, scene):
    slot = scene.slot(starts_on=in_days(-30), ends_on=in_days(200), seats=1)
    match = scene.match(slot)
    login(client, scene.contact)
    read = edition()
    scene.placement(slot, starts_on=in_days(-20), ends_on=in_days(200), state="running")
    assert "Alle plekken hier zijn weggegeven" in text(answer(client, match, answer="yes", read=read))
    assert "Je hebt nee gezegd" in text(answer(client, match, answer="no", reason="Vol", read=read))


@pytest.mark.parametrize("read", ["", "1", "1.1.1", "x.y"])
def test_answer_that_does_not_say_what_was_read_is_refused(client, scene, read):
    match = scene.match()
    login(client, scene.contact)
    assert "Er is iets gewijzigd" in text(answer(client, match, answer="yes", read=read))
    assert Match.objects.get().state == MatchState.PROPOSED
