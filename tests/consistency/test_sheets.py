"""Every list can be taken along as a file, or it is said here why not."""

import ast
import re
from collections.abc import Iterator

import pytest

from tests.consistency.source import ROOT, room

CHOOSING = "one of them is chosen"
PART = "part of a page about something else"
NOT_TAKEN = {
    "accounts/views/support.py support": "the own record holds it",
    "partnerships/views/books.py contact_book": "people are looked up one by one, and not taken along as a list",
    "partnerships/views/documents.py document_detail": "the versions, which are files themselves",
    "partnerships/views/merging.py organisation_merge_find": CHOOSING,
    "partnerships/views/merging.py location_merge_find": CHOOSING,
    "partnerships/views/merging_people.py person_merge_find": CHOOSING,
    "partnerships/views/organisations.py organisation_detail": "initiatives, which have a list",
    "partnerships/views/partnerships.py partnership_detail": "initiatives, which have a list",
    "placements/views/match_proposals.py _propose": CHOOSING,
    "placements/views/match_proposals.py _lists": CHOOSING,
    "placements/views/slots.py slot_manage": PART,
    "placements/views/supervisors.py supervisor_gaps": "questions to answer",
    "search/views/search.py search": "what was found of other lists, which have files",
    "students/views/own_situations.py situations_context": "own words, which the own record holds",
    "students/views/student.py me": "the own record holds it",
    "students/views/workplace.py shown_situations": PART,
}
SHOWN = {"paginate", "paginate_list", "whole"}
SHOWN_ELSEWHERE: dict[str, str] = {}
FEWEST = 25


def uncovered(module: str, source: str) -> Iterator[str]:
    """The functions that cut a list into pages and hand out no file of it."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef):
            called = {
                call.func.id
                for call in ast.walk(node)
                if isinstance(call, ast.Call) and isinstance(call.func, ast.Name)
            }
            if called & SHOWN and "asked" not in called:
                yield f"{module} {node.name}"


def test_every_list_can_be_taken_along():
    views = room("views")
    assert sum(source.count("asked(") for source in views.values()) >= FEWEST
    found = [name for module, source in views.items() for name in uncovered(module, source)]
    assert sorted(found) == sorted(NOT_TAKEN)


@pytest.mark.parametrize(
    ("line", "number"),
    [
        ("paginate(request, rows)", 1),
        ("asked(request, rows, S) or paginate(request, rows)", 0),
    ],
)
def test_planted_list_without_a_file_is_found(line, number):
    assert len(list(uncovered("x.py", f"def list_of_things(request):\n    return {line}\n"))) == number


def rows_of(call: ast.Call) -> str:
    """The rows that a call is given, or makes when it needs them, without what only spares queries."""
    name = call.func.id  # type: ignore[attr-defined]  # a plain name
    rows = call.args[0 if name == "whole" else 1]
    if isinstance(rows, ast.Lambda):
        rows = rows.body
    while isinstance(rows, ast.Call) and ast.unparse(rows.func).endswith(
        (".prefetch_related", ".select_related", ".with_details", ".with_parties")
    ):
        rows = rows.func.value  # type: ignore[attr-defined]  # the function ends with a name behind a stop
    return ast.unparse(rows)


def otherwise(module: str, source: str) -> Iterator[str]:
    """The functions that hand out a file of other rows than the page shows."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef):
            asked, shown = set(), set()
            for call in ast.walk(node):
                if isinstance(call, ast.Call) and isinstance(call.func, ast.Name):
                    if call.func.id == "asked":
                        asked.add(rows_of(call))
                    elif call.func.id in SHOWN:
                        shown.add(rows_of(call))
            if not asked <= shown:
                yield f"{module} {node.name}"


def test_file_is_made_of_the_rows_that_the_page_shows():
    found = [name for module, source in room("views").items() for name in otherwise(module, source)]
    assert sorted(found) == sorted(SHOWN_ELSEWHERE)


@pytest.mark.parametrize(
    ("line", "number"),
    [
        ("asked(request, Row.objects.all(), S) or paginate(request, filters.qs)", 1),
        ("asked(request, filters.qs, S) or paginate(request, filters.qs)", 0),
        ("asked(request, rows, S) or paginate(request, rows.prefetch_related('x'))", 0),
    ],
)
def test_planted_file_of_other_rows_is_found(line, number):
    assert len(list(otherwise("x.py", f"def list_of_things(request):\n    return {line}\n"))) == number


# Every list of rows in the templates, by its template and what it goes through, that no file is offered of.
FOLDED = "its rows are in the file of the same list"
BESIDE = "waits, or ended lately: one acts on it beside the list, which has a file"
OWN = "the own record holds it, with all that is kept of one"
OF_ONE = "what is known of one thing, part of its own page"
SHOWN_OF = "the first of a list that has a page and a file of its own"
FILES = "files themselves, each to be downloaded"
ANSWERED = "what one answers or does now, on the spot"
OUTCOME = "what an act will do or has done"
TASKS = "what one has to do today, each with its link"
PRINTED = "a file of its own, as PDF"
NO_FILE = {
    "agreements/detail.html versions": "each version is " + PRINTED,
    "agreements/version.html paper": "the paper itself, as it was handed in",
    "accounts/mails.html stopped": "the last day, each to be taken back; the history holds them",
    "accounts/support.html page": OWN,
    "meetings/added/cooperation.html section.shown": OF_ONE,
    "meetings/actions/_rows.html page": "the pages that take this in offer it",
    "meetings/added/counts.html standing.late": SHOWN_OF,
    "meetings/added/promises.html section.shown.decisions": SHOWN_OF,
    "meetings/meetings/_adopted.html to_adopt": ANSWERED,
    "meetings/meetings/_offers.html offers.action": ANSWERED,
    "meetings/meetings/_offers.html offers.need": ANSWERED,
    "meetings/meetings/_offers.html offers.phase": ANSWERED,
    "meetings/meetings/_offers.html offers.proposal": ANSWERED,
    "meetings/meetings/_offers.html offers.result": ANSWERED,
    "meetings/meetings/_papers.html rows": FILES,
    "meetings/meetings/_seats.html seats.0": OF_ONE,
    "meetings/meetings/_seats.html seats.1": OF_ONE,
    "meetings/meetings/detail.html items": OF_ONE,
    "meetings/meetings/invite.html people": CHOOSING,
    "meetings/needs/detail.html agendas": CHOOSING,
    "meetings/proposals/_rows.html rows": "the pages that take this in offer it",
    "mfa/index.html authenticators.webauthn": "two or three passkeys of one's own, which are only ended",
    "portal/_numbers.html lines": "the pages that take this in offer it",
    "partnerships/_seats.html seats": OWN,
    "partnerships/affiliations/list.html ended": BESIDE,
    "partnerships/contacts/card.html points": OF_ONE,
    "partnerships/contacts/list.html rows": OF_ONE,
    "partnerships/coordination/initiatives/detail.html results": OF_ONE,
    "partnerships/coordination/members/list.html ended": BESIDE,
    "partnerships/partnerships/book.html rows": "people are looked up one by one, and not taken along as a list",
    "partnerships/documents/_rows.html rows": "the pages that take this in offer it",
    "partnerships/documents/detail.html versions": "the versions, which are files themselves",
    "partnerships/free_days/list.html holidays": FOLDED,
    "partnerships/groups/detail.html left": BESIDE,
    "partnerships/indicators/_table.html plot.rows": OF_ONE,
    "partnerships/initiative_participants/_people.html rows": OF_ONE,
    "partnerships/initiative_partners/inside.html rows": OF_ONE,
    "partnerships/milestones/_list.html rows": OF_ONE,
    "partnerships/stories/_versions.html rows": OF_ONE,
    "partnerships/initiatives/detail.html partners": OF_ONE,
    "partnerships/join_requests/_rows.html rows": ANSWERED,
    "partnerships/join_requests/organisation.html found": CHOOSING,
    "partnerships/join_requests/organisation.html members": OF_ONE,
    "partnerships/locations/list.html closed": BESIDE,
    "partnerships/memberships/_mandates.html mandates": OF_ONE,
    "partnerships/memberships/list.html asking": BESIDE,
    "partnerships/coordination/calls/_conditions.html conditions": OF_ONE,
    "partnerships/coordination/calls/_contact.html notes": OF_ONE,
    "partnerships/memberships/list.html ended": BESIDE,
    "partnerships/memberships/list.html waiting": BESIDE,
    "partnerships/memberships/person.html invitations": OF_ONE,
    "partnerships/memberships/person.html roles": OF_ONE,
    "partnerships/merging/_alike.html alike": ANSWERED,
    "partnerships/merging/alike.html apart": ANSWERED,
    "partnerships/merging/find.html found": CHOOSING,
    "partnerships/merging/locations.html page": CHOOSING,
    "partnerships/merging/merge.html names": "two beside each other before they become one",
    "partnerships/merging/people.html apart": ANSWERED,
    "partnerships/merging/people.html page": CHOOSING,
    "partnerships/organisations/detail.html memberships": OF_ONE,
    "partnerships/own_roles/list.html roles": OWN,
    "partnerships/partnerships/_members.html further": OF_ONE,
    "partnerships/partnerships/_members.html members|first_rows:6": OF_ONE,
    "partnerships/partnerships/detail.html calls": SHOWN_OF,
    "partnerships/partnerships/inside.html groups": SHOWN_OF,
    "partnerships/partnerships/inside.html lines": SHOWN_OF,
    "partnerships/partnerships/inside.html themes": SHOWN_OF,
    "partnerships/role_requests/list.html found": CHOOSING,
    "partnerships/support/detail.html invitations": OF_ONE,
    "partnerships/themes/detail.html lines": SHOWN_OF,
    "partnerships/support/detail.html mails": OF_ONE,
    "partnerships/support/detail.html roles": OF_ONE,
    "placements/accreditations/_table.html rows": "the two pages that take this in offer it",
    "placements/matches/propose.html fits": CHOOSING,
    "placements/matches/propose.html slot_rows": CHOOSING,
    "placements/matches/propose.html students": CHOOSING,
    "placements/slots/close.html placed": OUTCOME,
    "placements/slots/examples.html examples": CHOOSING,
    "placements/slots/find.html rows|first_rows:8": FOLDED,
    "placements/slots/manage.html match_rows": OF_ONE,
    "placements/slots/manage.html placements": OF_ONE,
    "portal/_placements.html rows": OF_ONE,
    "portal/administration.html steps": TASKS,
    "portal/_clock.html jobs": TASKS,
    "portal/_found.html found": TASKS,
    "portal/cohort.html rows": FOLDED,
    "portal/enrolment.html situations": OF_ONE,
    "portal/first/coordinator.html initiatives": SHOWN_OF,
    "portal/first/school.html cohorts": SHOWN_OF,
    "portal/for_employers.html calls": SHOWN_OF,
    "programmes/programmes/detail.html cohorts": SHOWN_OF,
    "programmes/programmes/detail.html items": OF_ONE,
    "students/added/cohorts.html section.shown.cohorts": OF_ONE,
    "students/goals/_evidence.html pieces.0": "files themselves, each taken along by its link",
    "students/goals/_evidence.html pieces.1": "files themselves, each taken along by its link",
    "students/plans/_goals.html group.rows": "the plan, " + PRINTED,
    "students/plans/_turns.html turn.more": "the plan, " + PRINTED,
    "students/plans/_turns.html turn.shown": "the plan, " + PRINTED,
    "students/plans/coverage.html rows": OF_ONE,
    "students/plans/versions.html changes": OF_ONE,
    "students/sessions/detail.html situations": OF_ONE,
    "students/situations/_list.html situations": OWN,
    "students/situations/shown.html rows": OF_ONE,
    "students/student/me.html enrolments": OWN,
    "students/student/me.html reads": OWN,
    "portal/first/next_steps.html group.steps": TASKS,
    "students/student/next_steps.html steps": TASKS,
    "ui/bulk.html unable": OUTCOME,
    "ui/bulk_done.html done": OUTCOME,
    "ui/bulk_done.html refused": OUTCOME,
    "ui/imports/_rows.html cells": OUTCOME,
    "search/kind.html rows": SHOWN_OF,
    "search/results.html group.rows": SHOWN_OF,
    "ui/imports/done.html page": OUTCOME,
    "ui/imports/file.html lists": CHOOSING,
}
TEMPLATES = ROOT / "templates"
ROWS = re.compile(r'<(?:table\b|[uo]l class="(?:rows|entries|studentlines|orgs|goals)\b)')
LOOP, FILE = re.compile(r"{% for .+? in (.+?) %}"), "components/sheet_links.html"
NOT_PAGES = ("ui/styleguide.html",)  # samples of components
FEWEST_ROWS = 100


def without_file(name: str, text: str) -> Iterator[str]:
    """The lists of rows in a template behind which, before the next one begins, no file is offered."""
    lists = list(ROWS.finditer(text))
    for here, following in zip(lists, [*lists[1:], None][: len(lists)], strict=True):
        part = text[here.end() : following.start() if following else len(text)]
        loop = LOOP.search(part)
        if loop and FILE not in part:
            yield f"{name} {loop[1]}"


def test_every_list_of_rows_has_a_file_or_a_reason():
    pages = {
        str(path.relative_to(TEMPLATES)): path.read_text()
        for path in TEMPLATES.rglob("*.html")
        if str(path.relative_to(TEMPLATES)) not in NOT_PAGES
    }
    assert sum(len(ROWS.findall(text)) for text in pages.values()) >= FEWEST_ROWS
    found = {row for name, text in pages.items() for row in without_file(name, text)}
    assert sorted(found) == sorted(NO_FILE)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ('<ul class="rows">{% for row in rows %}</ul>', 1),
        ("<table>{% for row in rows %}</table>{% include 'x' %}", 1),
        ('<table>{% for row in rows %}</table>{% include "components/sheet_links.html" %}', 0),
        (
            '<ul class="rows">{% for a in b %}</ul><table>{% for c in d %}</table>components/sheet_links.html',
            1,
        ),
        ('<ul class="rows"><li>of two lines</li></ul>', 0),
    ],
)
def test_planted_list_of_rows_without_a_file_is_found(text, number):
    assert len(list(without_file("x.html", text))) == number
