"""Written queries: each value where it belongs, another statement where it must be, and a word where it cannot be one."""

import ast
import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.db.models import F, QuerySet
from django.http import Http404
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import Person
from core.dates import today
from core.written import NotWritten, attach, one_or_404, written
from partnerships.actors import Actor, actor_of
from partnerships.models import Membership, Organisation
from programmes.models import Qualification, Session
from tests.consistency.source import APPS, modules, text_of, texts
from tests.factories.partnerships import MembershipFactory, OrganisationFactory
from tests.factories.placements import SlotFactory
from tests.factories.programmes import QualificationFactory, SessionFactory

pytestmark = pytest.mark.django_db


@written
def with_keys(*, keys: list[int]) -> QuerySet[Organisation]:
    return Organisation.objects.filter(pk__in=keys).order_by("pk")


@written
def named(*, name: str) -> QuerySet[Organisation]:
    return Organisation.objects.filter(name=name)


@written
def held_by(*, actor: Actor) -> QuerySet[Organisation]:
    return Organisation.objects.filter(pk__in=actor.organisations()).order_by("pk")


@written
def running() -> QuerySet[Membership]:
    return Membership.objects.running().order_by("pk")


@written
def coming() -> QuerySet[Session]:
    return Session.objects.upcoming()


@pytest.mark.parametrize("number", [0, 1, 2, 5])
def test_any_number_of_keys(number):
    rows = [OrganisationFactory() for _turn in range(6)]
    keys = [row.pk for row in rows[:number]]
    assert with_keys(keys=keys) == rows[:number]
    assert with_keys(keys=keys[::-1]) == rows[:number]


def test_statement_is_written_once_for_any_number_above_one():
    keys = [OrganisationFactory().pk for _turn in range(5)]
    with CaptureQueriesContext(
        connection,
    ) as asked:
        for number in (2, 3, 5):
            with_keys(keys=keys[:number])
    assert len({query["sql"].partition("ANY")[0] for query in asked}) == 1
    assert sum(key[1:] != () for key in with_keys.kept) <= 4


@pytest.mark.parametrize("name", ["100 % zorg", "%s", "%%", "O'Brien", "\\", "Leerpact; DROP TABLE"])
def test_text_is_a_value_whatever_stands_in_it(name):
    row = OrganisationFactory(name=name)
    OrganisationFactory(name="Een andere")
    assert named(name="bestaat niet") == []
    assert named(name=name) == [row]


def test_who_asks_sees_with_the_rights_of_now():
    first, second = MembershipFactory(), MembershipFactory()
    for role in (first, second):
        assert held_by(actor=actor_of(role.person.user)) == [role.organisation]
    other = MembershipFactory(person=first.person)
    assert held_by(actor=actor_of(first.person.user)) == [first.organisation, other.organisation]
    Membership.objects.filter(pk=first.pk).update(ended_at=timezone.now(), ends_on=today())
    assert held_by(actor=actor_of(first.person.user)) == [other.organisation]


def test_a_statement_of_yesterday_is_not_used_today():
    role = MembershipFactory(ends_on=today())
    assert role in running()
    with time_machine.travel(timezone.now() + timedelta(days=1)):
        assert role not in running()


def test_clock_goes_on_in_a_statement_that_was_written():
    now = timezone.now()
    session = SessionFactory(starts_at=now, ends_at=now + timedelta(minutes=10))
    assert coming() == [session]
    with time_machine.travel(now + timedelta(minutes=5)):
        assert coming() == [session]
    with time_machine.travel(now + timedelta(minutes=11)):
        assert coming() == []


def test_plain_queries_give_the_same(settings):
    rows = [OrganisationFactory() for _turn in range(3)]
    settings.WRITTEN_QUERIES = False
    assert with_keys(keys=[row.pk for row in rows]) == rows


def not_used(*, key: int) -> QuerySet[Person]:
    return Person.objects.all()


def asked_of_one(*, actor: Actor) -> QuerySet[Organisation]:
    return Organisation.objects.filter(pk=1) if actor.has_role(1) else Organisation.objects.all()


def old(*, key: int) -> QuerySet[Person]:
    return Person.objects.filter(pk=key, created_at__lt=timezone.now() - timedelta(days=1))


def one_of_several(*, keys: list[int]) -> QuerySet[Person]:
    return Person.objects.filter(pk=keys[0])


def test_what_cannot_be_written_once_says_so():
    actor = actor_of(MembershipFactory().person.user)
    given = {not_used: {"key": 1}, asked_of_one: {"actor": actor}, one_of_several: {"keys": [1, 2]}}
    for function, values in given.items():
        with pytest.raises(NotWritten):
            written(function)(**values)
    with pytest.raises(NotWritten):
        written(with_keys.plain)(keys=object())


def test_attached_rows_cost_nothing_and_point_back(django_assert_num_queries):
    roles = [MembershipFactory(), MembershipFactory()]
    organisations = [*(role.organisation for role in roles), OrganisationFactory()]
    attach(organisations, "memberships", roles, by="organisation_id")
    with django_assert_num_queries(0):
        assert [list(row.memberships.all()) for row in organisations] == [[roles[0]], [roles[1]], []]
        assert roles[0].organisation is organisations[0]


def test_attached_rows_of_many_to_many_cost_nothing(django_assert_num_queries):
    first, second = SlotFactory.create_batch(2)
    shared, other = QualificationFactory.create_batch(2)
    first.qualifications.set([shared, other])
    second.qualifications.set([shared])
    slots = [first, SlotFactory(qualifications=[]), second]
    attach(
        slots,
        "qualifications",
        Qualification.objects.annotate(of_slot=F("slots")).order_by("pk"),
        by="of_slot",
    )
    with django_assert_num_queries(0):
        assert [list(slot.qualifications.all()) for slot in slots] == [[shared, other], [], [shared]]


def test_page_of_nothing_is_not_there():
    with pytest.raises(Http404):
        one_or_404([])


# What the shape of an actor tells. Whatever else a queryset asked would stand in the statement for everyone alike.
SHAPED = {
    *(
        "coordinates",
        "presides",
        "person_id",
        "organisations",
        "employer_organisations",
        "memberships",
        "cohorts",
        "inside",
    ),
    *("writes_for", "takes_part_as", "takes_part", "provinces_as", "held", "groups", "studies", "is_staff"),
}


def test_querysets_ask_of_an_actor_only_what_its_shape_tells():
    rooms = [path for path in modules(*APPS) if {"models", "queries"} & set(path.parts)]
    asked = {name for path in rooms for name in re.findall(r"\bactor\.(\w+)", text_of(path))}
    assert len(asked) > 10
    assert asked - SHAPED == set()


# What a test or a control puts in place of something that querysets ask: they must be plain then, or statements that were
# written before or meanwhile would be asked in the wrong world.
SETS = "WRITTEN_QUERIES"
PLANTED_BY = {"drills/places/faults.py": "drills/running.py", "drills/plans/faults.py": "drills/running.py"}
ASKS = re.compile(r"\.queries\b|QuerySet\.|^core\.(periods|lookups|dates)\b")


def _replaced(text: str) -> Iterator[str]:
    """What of querysets is replaced for a while, as by `patch.object(periods, "running", …)`."""
    tree = ast.parse(text)
    imported = {
        alias.asname or alias.name: f"{node.module}.{alias.name}"
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    for node in ast.walk(tree):
        if not (
            isinstance(node, ast.Call)
            and re.fullmatch(r"(.*\.)?(patch|object|setattr)", ast.unparse(node.func))
        ):
            continue
        first, second = (*node.args, None, None)[:2]
        if isinstance(first, ast.Constant):
            path = str(first.value)
        elif isinstance(first, ast.Name) and isinstance(second, ast.Constant):
            path = f"{imported.get(first.id, first.id)}.{second.value}"
        else:
            continue
        if ASKS.search(path):
            yield path


def test_what_is_put_in_place_of_a_query_is_asked_plainly():
    files = texts(modules("tests", "drills", "benchmarks"))
    found = {name: paths for name, text in files.items() if (paths := list(_replaced(text)))}
    assert "tests/demo/rules/base.py" in found
    wrong = {name: paths for name, paths in found.items() if SETS not in files[PLANTED_BY.get(name, name)]}
    assert wrong == {}
