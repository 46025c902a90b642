"""No list on which people decide is cut without a word: the best first whatever the name, and all can be reached."""

import ast
from datetime import timedelta

import pytest
from django.conf import settings
from django.urls import reverse

from accounts.enums import Role
from accounts.services.people import Name
from core.dates import today
from partnerships.services import memberships
from placements.models import Match, Slot
from placements.presenters import match_proposals as pages
from placements.presenters import next_steps as place_steps
from placements.queries import fits, waiting
from portal import next_steps as all_steps  # noqa: F401  each module has read how many before a test changes it
from portal.beginnings import of_employer
from portal.views import start
from tests.factories.partnerships import MembershipFactory
from tests.factories.programmes import AccreditationFactory
from tests.helpers import login
from tests.placements.scene import actor, in_days
from ui import next_steps

pytestmark = pytest.mark.django_db


def url(name, *args):
    return reverse(f"placements:{name}", args=args)


def pages_of(client, address, key, parameter, **asked):
    """What all pages of a list show together, and what the first says of their number."""
    found, number, total = [], 1, None
    while True:
        page = client.get(address, asked | {parameter: number}).context[key]
        found += list(page)
        total = page.total if total is None else total
        if not page.next_url:
            return found, total
        number += 1


@pytest.fixture
def many(scene):
    """70 students who seek, the best fit with the last name of all; 30 places, the nearest made last."""
    slot = scene.slot(title="Ziekenhuis", setting="hospital")
    for number in range(69):
        scene.enrolment(student__person__last_name=f"A{number:02}", student__pc4="8224")
    best = scene.enrolment(
        student__person__last_name="Zwart", student__pc4=scene.location.pc4, wishes="graag een ziekenhuis"
    )
    return slot, best


def test_best_student_comes_first_whatever_the_name(client, scene, many):
    slot, best = many
    found = fits.students_for(slot, pages.of_cohort(actor(scene.teacher), scene.cohort).enrolments)
    assert len(found) == 70
    assert found[0].enrolment == best
    assert [fit.order for fit in found] == sorted(fit.order for fit in found)


def test_every_student_who_seeks_is_on_a_page(client, scene, many):
    slot, _best = many
    login(client, scene.teacher)
    address = url("match-propose-cohort", scene.school.slug, scene.cohort.public_id)
    found, total = pages_of(client, address, "fits", "bladzijde", plek=slot.public_id)
    assert (len({fit.enrolment.pk for fit in found}), total) == (70, 70)
    response = client.get(address, {"plek": slot.public_id})
    assert "70 studenten, de best passende eerst" in response.content.decode()
    found, total = pages_of(client, address, "students", "studenten")
    assert (len({row.pk for row in found}), total) == (70, 70)


def test_every_place_that_fits_is_on_a_page(client, scene, many):
    _slot, best = many
    for number in range(64):
        scene.slot(title=f"Plek {number}")
    login(client, scene.teacher)
    address = url("match-propose-cohort", scene.school.slug, scene.cohort.public_id)
    found, total = pages_of(client, address, "fits", "bladzijde", inschrijving=best.public_id)
    assert (len({fit.slot.pk for fit in found}), total) == (65, 65)
    assert found[0].slot.title == "Ziekenhuis"


@pytest.mark.parametrize("count", [1, 3])
def test_weighing_costs_the_same_for_one_and_three(scene, django_assert_num_queries, count):
    slot = Slot.objects.for_list().get(pk=scene.slot().pk)
    for _turn in range(count):
        scene.enrolment()
    scope = pages.of_cohort(actor(scene.teacher), scene.cohort)
    with django_assert_num_queries(3):  # accreditations, students, their qualifications
        assert len(fits.students_for(slot, scope.enrolments)) == count


def test_every_proposal_and_student_of_a_place_is_on_its_page(client, scene):
    slot = scene.slot(seats=40)
    for number in range(28):
        scene.match(slot)
        scene.placement(slot, seat_no=number + 1)
    login(client, scene.contact)
    address = url("slot-manage", scene.employer.slug, slot.public_id)
    for key, parameter in (("matches", "voorstellen"), ("placements", "plaatsingen")):
        found, total = pages_of(client, address, key, parameter)
        assert len({row.pk for row in found}) == total >= 28


def test_every_student_whose_accreditation_went_is_counted(client, scene):
    AccreditationFactory(
        organisation=scene.employer,
        crebo=scene.qualification.crebo,
        status="withdrawn",
        valid_until=in_days(-1),
    )
    for _turn in range(27):
        scene.placement()
    login(client, scene.coordinator)
    found, total = pages_of(client, url("accreditation-list"), "lost", "zonder")
    assert (len({row.pk for row in found}), total) == (27, 27)
    assert (
        "De erkenning van de werkgever van 27 studenten is ingetrokken"
        in client.get(url("accreditation-list")).content.decode()
    )


def test_everything_that_waits_is_listed(client, scene):
    for _turn in range(45):
        scene.match()
    login(client, scene.contact)
    address = reverse("employer-next-steps", args=[scene.employer.slug])
    response = client.get(address)
    lacks = len(of_employer(actor(scene.contact), scene.employer.pk))  # stand behind what waits
    assert len(response.context["steps"]) == 45 + lacks
    assert f"{45 + lacks} taken" in response.content.decode()


def test_who_has_more_than_a_list_holds_is_told_so_and_sees_the_oldest(client, scene, monkeypatch, settings):
    settings.WRITTEN_QUERIES = False  # what was written keeps the limit of before
    monkeypatch.setattr(waiting, "MOST_STEPS", 3)
    for module in (next_steps, place_steps, start):
        monkeypatch.setattr(module, "MOST", 3)
    matches = [scene.match() for _turn in range(5)]
    for days, match in enumerate(matches):
        Match.objects.filter(pk=match.pk).update(answer_by=today() - timedelta(days=days))
    login(client, scene.contact)
    response = client.get(reverse("employer-next-steps", args=[scene.employer.slug]))
    assert [step.url for step in response.context["steps"] if step.kind != "begin"] == [
        match.get_absolute_url() for match in reversed(matches[2:])
    ]
    lacks = len(of_employer(actor(scene.contact), scene.employer.pk))
    assert f"Meer dan {3 + lacks} taken" in response.content.decode()
    first = client.get(reverse("employer-start", args=[scene.employer.slug])).content.decode()
    assert "Meer dan 3 taken" in first  # what is still to be begun stands among the first steps there


def test_every_invitation_without_an_answer_is_listed(client, scene):
    manager = MembershipFactory(organisation=scene.employer, role=Role.MANAGER).person.user
    for number in range(101):
        memberships.invite(
            organisation_id=scene.employer.pk,
            email=f"collega{number}@zorg.example",
            name=Name(first_name=f"Collega {number}"),
            role=Role.CONTACT,
            by=actor(manager),
        )
    login(client, manager)
    page = client.get(reverse("partnerships:people-list", args=[scene.employer.slug]))
    assert len(page.context["waiting"]) == 101


# Where a list may be cut, and why nobody decides on what is left out.
MAY_BE_CUT = {
    "playbooks/rules/playbooks.py",  # the first names that may not stand there; after those the next are said
    "playbooks/queries/made.py",  # themes of sessions of an outline, as many as a part may hold
    "playbooks/services/playbooks.py",  # as many parts as a playbook may have, which its page says
    "partnerships/filters/saved_searches.py",  # the mail says where the rest stands
    "partnerships/services/saved_searches.py",  # a batch; the next follows
    "meetings/presenters/needs.py",  # the next meetings; the agenda of a later one offers the need itself
    "portal/management/commands/check_rows.py",  # keys in a report, beside the whole number
    "portal/invariants/invariant.py",  # a batch; the next follows
    "portal/findings.py",  # keys in a report, beside the whole number
    "portal/watching.py",  # keys in a report, beside the whole number
    "accounts/services/security.py",  # letters of a digest
    "students/queries/reported.py",  # tasks that the page counts: said where there are more
    "students/queries/waiting.py",  # the same
    "placements/queries/choosing.py",  # keys, as many as are counted: the pages go on beyond
    "placements/queries/waiting.py",  # the same
    "agreements/queries/waiting.py",  # the same
    "placements/queries/at_employer.py",  # the first few on a first page, with a link to all
    "search/queries/live.py",  # the first few of a search, said where there are more
    "meetings/presenters/added.py",  # the first few beside something else, with a link to all
    "meetings/queries/offers.py",  # the first few that an agenda could take up, the rest is on the page of each kind
    "partnerships/presenters/initiative_partners.py",  # the newest versions of a story
    "portal/there.py",  # the first few whom one can ask, with a link to who works there
    "accounts/templatetags/asking.py",  # two people to ask: more is a list that nobody reads
    "accounts/validators.py",  # bytes of a digest
    "accounts/presenters/signing_in.py",  # letters of a digest
    "accounts/presenters/outgoing.py",  # mails that were stopped today, to be let go again; the history holds them
    "accounts/queries/outgoing.py",  # a count, told as "10,000+"
    "accounts/services/outgoing.py",  # as many as are sent again at a press; the others are listed still
    "accounts/views/own_data.py",  # the newest copies of the own record
    "programmes/imports/qualifications.py",  # examples in a question, beside the whole number
    "students/views/bulk.py",  # said on the page: more than can be done at once
    "placements/views/many.py",  # the same
    "placements/forms/many.py",  # the places that fit best, beside the page with all
    "agreements/views/many.py",  # said on the page: more than can be done at once
    "portal/moments.py",  # what was said last, with a link to all
    "ui/bulk.py",  # said on the page: more than can be done at once
    "ui/sheets.py",  # letters of a cell
    "ui/imports.py",  # rows put right a page at a time; the lists handed in last
    "ui/templatetags/frame.py",  # words of a title
    "programmes/services/programmes.py",  # letters of a name
    "meetings/presenters/meetings.py",  # what a meeting could talk about, beside the lists of needs and actions
    "partnerships/queries/carried.py",  # next steps; the page says that there are more
    "meetings/presenters/next_steps.py",  # said on the page
    "meetings/queries/tables.py",  # a few who could stand in; who does not come names anyone
    "partnerships/presenters/boards.py",  # cards; a column tells the whole number and leads to the list
    "partnerships/presenters/contacts.py",  # people to ask first: more is a list that nobody reads
    "partnerships/presenters/support.py",  # the newest mails and events of one person
    "partnerships/forms/support.py",  # said on the page: type more of the name
    "partnerships/views/merging.py",  # letters of a question
    "accounts/services/devices.py",  # a batch; the next follows
    "accounts/views/devices.py",  # the newest of what happened around the own account
    "agreements/queries/terms.py",  # letters of a text
    "partnerships/filters/initiatives.py",  # what is asked, not what is shown
    "partnerships/presenters/next_steps.py",  # said on the page
    "partnerships/queries/likeness.py",  # the first letters of a word, by which words are compared at all
    "partnerships/queries/initiatives.py",  # four examples nearby, beside a search
    "partnerships/queries/books.py",  # words of a question
    "partnerships/queries/search.py",  # words of a question
    "partnerships/views/initiatives.py",  # a feed of what is new
    "partnerships/presenters/join_requests.py",  # said on the page: type more of the name
    "partnerships/views/join_requests.py",  # letters of a question
    "partnerships/views/role_requests.py",  # said on the page: type more of the name
    "placements/views/accreditations.py",  # the digits of a crebo
    "placements/presenters/next_steps.py",  # said on the page
    "portal/first_pages.py",  # beginnings of lists, each with a link to the whole
    "portal/tasks.py",  # keys in one line of the log, beside the whole number
    "portal/views/home.py",  # what is new, beside a search
    "programmes/views/qualifications.py",  # an import's preview, with the whole number
    "students/presenters/enrolments.py",  # the newest, with a link to all
    "students/presenters/next_steps.py",  # said on the page
    "students/presenters/workplace.py",  # three goals of a student, with a link to the plan
    "students/queries/suggestions.py",  # letters of a text
    "ui/hours.py",  # days of two weeks
    "ui/pages.py",  # pages
}


def cuts(text: str) -> list[str]:
    """Slices that end at a name in capitals or a number above one: `rows[:MOST]`."""
    found = []
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Slice) and not node.slice.lower:
            end, of = node.slice.upper, node.value
            by_name = (isinstance(end, ast.Name) and end.id.isupper()) or isinstance(end, ast.BinOp)
            of_rows = isinstance(of, ast.Call) and not is_text(of)
            if by_name or (isinstance(end, ast.Constant) and end.value > 1 and of_rows):
                found.append(ast.unparse(node))
    return found


def is_text(call: ast.Call) -> bool:
    return isinstance(call.func, ast.Attribute) and call.func.attr in {"strip", "get_full_name"}


APPS = (
    *("accounts", "partnerships", "meetings", "programmes", "students", "placements", "agreements"),
    *("playbooks", "search"),
    *("portal", "ui"),
)


def test_no_other_list_is_cut():
    found = {
        str(path.relative_to(settings.ROOT))
        for app in APPS
        for path in (settings.ROOT / app).rglob("*.py")
        if cuts(path.read_text(encoding="utf-8"))
    }
    assert len(found) >= 10
    assert found - MAY_BE_CUT == set()


CUT = ("rows.order_by('pk')[:MOST]", "rows.all()[:20]", "rows[: 2 * MOST]")
WHOLE = ("name[:60]", "name.strip()[:60]", "rows[:1]", "rows[1:]")


@pytest.mark.parametrize("code", [*CUT, *WHOLE])
def test_planted_cut_is_found(code):
    assert bool(cuts(code)) == (code in CUT)
    assert next_steps.MOST >= 200
