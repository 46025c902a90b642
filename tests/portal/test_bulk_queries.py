"""How many queries the pages and the buttons of acts on many rows take."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from placements.models import Match
from tests.helpers import login, login_fresh
from tests.portal.bulk import accredit, let_sign, many, say_yes, scene_with_processes, sent

pytestmark = pytest.mark.django_db

# account with its session, school; the rows with what each act weighs; the read log
QUERIES = {
    "students:plans-make": 5,
    "students:students-invite": 4,
    "placements:students-propose": 9,
    "agreements:agreements-ask": 5,
}


@pytest.fixture
def scene():
    return scene_with_processes()


@pytest.fixture
def teacher(client, scene):
    return login(client, scene.teacher)


@pytest.mark.parametrize("number", [1, 3])
@pytest.mark.parametrize("name", QUERIES)
def test_page_of_an_act_takes_the_same_queries_at_any_size(
    teacher, scene, django_assert_num_queries, name, number
):
    scene.slot(seats=number)
    rows = [scene.enrolment() for _ in range(number)]
    with django_assert_num_queries(QUERIES[name]):
        teacher.get(many(name, scene, rows))


def counted(client, path, **fields):
    """How many queries the button of an act takes."""
    data = sent(client.get(path), **fields)
    with CaptureQueriesContext(connection) as queries:
        client.post(path, data)
    return len(queries)


def acts_on(client, scene, number):
    """The queries of each act on the way to signed agreements, for so many students at once."""
    scene.slot(seats=number)
    rows = [scene.enrolment() for _ in range(number)]
    found = {}
    teacher = login(client, scene.teacher)
    found["plans"] = counted(teacher, many("students:plans-make", scene, rows))
    found["propose"] = counted(teacher, many("placements:students-propose", scene, rows))
    accept = reverse("placements:matches-accept", args=[scene.employer.slug]) + "?rij=alle"
    found["accept"] = counted(login(client, scene.contact), accept)
    say_yes(client, Match.objects.filter(enrolment__in=rows))
    found["ask"] = counted(login(client, scene.teacher), many("agreements:agreements-ask", scene, rows))
    sign = reverse("agreements:agreements-sign") + "?rij=alle"
    for user in (scene.teacher, scene.contact):
        found["sign"] = counted(login_fresh(client, user), sign, agreed="on")
    return found


# What each row takes, which is locked, weighed, written and put on record by itself, and what all take together.
A_ROW = {"plans": 16, "propose": 19, "accept": 15, "ask": 29, "sign": 25}
ONCE = {"plans": 12, "propose": 38, "accept": 23, "ask": 35, "sign": 25}


def test_a_row_takes_no_more_queries_than_it_needs(client, scene):
    let_sign(scene)
    accredit(scene)
    few, more = acts_on(client, scene, 2), acts_on(client, scene, 4)
    a_row = {act: (more[act] - few[act]) / 2 for act in A_ROW}
    once = {act: few[act] - 2 * a_row[act] for act in A_ROW}
    assert {act: found for act, found in a_row.items() if found > A_ROW[act]} == {}
    assert {act: found for act, found in once.items() if found > ONCE[act]} == {}
