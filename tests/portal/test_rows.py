"""Where a page repeats a form, what is wrong in it says in which row it is, and leads to the field."""

import ast
import re
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse
from lxml.html import document_fromstring

from accounts.models import User
from students.enums import GoalState, Party
from students.services import plans
from tests.consistency.source import APPS, calls, faults, modules, refuse, texts
from tests.factories.accounts import UserFactory
from tests.factories.programmes import CohortTeacherFactory
from tests.factories.students import EvidenceFactory, GoalFactory
from tests.helpers import login, press
from tests.placements.scene import Scene
from tests.portal.test_bulk import many, sent
from tests.students import lists
from tests.students.worlds import url, world

BSN = "111222333"  # passes the elfproef; nobody's
TOO_LONG = "a" * 3_000


def summary(response) -> list[tuple[str, bool]]:
    """The lines on top of a page, and of each whether it leads to something that is there."""
    page = document_fromstring(response.content.decode())
    lines = page.xpath('//*[@aria-labelledby="error-title"]//li')
    links = [(line.xpath("string(.//a/@href)"), " ".join(line.text_content().split())) for line in lines]
    return [(text, bool(href) and bool(page.xpath("//*[@id=$id]", id=href[1:]))) for href, text in links]


def at_fields(response) -> list[str]:
    """What stands at the fields, as it is read aloud."""
    page = document_fromstring(response.content.decode())
    return [" ".join(one.text_content().split()) for one in page.find_class("field__error")]


def unnamed(text: str) -> Iterator[str]:
    """Forms that a page repeats, since their prefix is made of what they are about, that do not say which row they are."""
    for name, call in calls(text):
        given = {keyword.arg: keyword.value for keyword in call.keywords}
        prefix = given.get("prefix")
        if prefix is None or isinstance(prefix, ast.Constant) or not name[0].isupper():
            continue
        if "row" not in given:
            yield f"line {call.lineno}: {name} has a prefix of its own and no row"


def test_every_repeated_form_says_which_row_it_is():
    found = texts(modules(*APPS))
    repeated = [
        name
        for text in found.values()
        for name, call in calls(text)
        if name[0].isupper() and {"prefix", "row"} <= {keyword.arg for keyword in call.keywords}
    ]
    assert {"PieceForm", "AnswerForm", "GoalTextForm", "ProposalChoice"} <= set(repeated)
    refuse(faults(unnamed, found))


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ('Form(data, prefix=f"g{goal.pk}")', 1),
        ("Form(data, prefix=key)", 1),
        ("Form(data, prefix=key, row=name)", 0),
        ('Form(data, prefix="new")', 0),
        ('full_name(prefix=row["name_prefix"])', 0),
    ],
)
def test_repeated_form_without_a_row_is_seen(text, number):
    assert len(list(unnamed(text))) == number


@pytest.fixture
def made(db):
    return world()


def read_in(client, user, language):
    """Sign someone in who reads in this language."""
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    return login(client, user)


@pytest.mark.parametrize(("language", "goal"), [("nl", "Doel 2"), ("en", "Goal 2")])
def test_answers_to_several_goals(client, made, language, goal):
    first, second = GoalFactory.create_batch(2, plan=made.plan)
    goal = f"{goal}: {second.latest.text}"
    plans.ask_consent(plan_id=made.plan.pk, by=made.actors[Party.SCHOOL])
    answers = {"shown": [first.latest_id, second.latest_id], f"v{second.latest_id}-answer": "change"}
    response = read_in(client, made.student, language).post(url("plan-consent", made.plan), answers)
    ((line, leads),) = summary(response)
    assert line.startswith(f"{goal}, ")
    assert leads
    assert [text.startswith(f"{goal}: ") for text in at_fields(response)] == [True]


@pytest.mark.parametrize(
    ("language", "goal", "new"),
    [("nl", "Doel 2", "Nieuw doel"), ("en", "Goal 2", "New goal")],
)
def test_goals_that_are_written(client, made, language, goal, new):
    goals = GoalFactory.create_batch(2, plan=made.plan)
    goal = f"{goal}: {goals[1].latest.text}"
    data = {f"g{goals[1].pk}-text": f"Ik til {BSN}", f"g{goals[1].pk}-due_on": "2020-01-01"}
    response = read_in(client, made.teacher, language).post(
        f"{url('plan-edit', made.plan)}?werkproces=eigen", data | {"act": "add", "new-text": ""}
    )
    rows = summary(response)
    assert all(leads for _line, leads in rows)
    assert {row for row in (goal, new) for line, _leads in rows if line.startswith(f"{row}, ")} == {goal, new}


@pytest.mark.parametrize(("language", "piece"), [("nl", "Bewijs 2: Wassen"), ("en", "Evidence 2: Wassen")])
def test_pieces_of_evidence(client, made, language, piece):
    goal = GoalFactory(plan=made.plan, state=GoalState.BUSY)
    pieces = [EvidenceFactory(goal=goal, text=text) for text in ("Wassen", "Tillift")]
    sent_along = {"shown": [one.pk for one in pieces], f"bewijs-{pieces[0].pk}-readers": ["de buren"]}
    client = read_in(client, made.student, language)
    response = press(client, url("goal-hand-in", goal), goal, sent_along)
    ((line, leads),) = summary(response)
    assert line.startswith(f"{piece}, ")
    assert leads


@pytest.mark.django_db
def test_choices_for_several_students(client):
    scene = Scene()
    scene.slot(seats=2)
    rows = [scene.enrolment() for _ in range(2)]
    path = many("placements:students-propose", scene, rows)
    login(client, scene.teacher)
    wrong = {f"{row.public_id}-reason": TOO_LONG for row in rows}
    page = client.get(path)
    both = client.post(path, sent(page, **wrong))
    names = [row.student.full_name for row in rows]
    assert [(line.split(",")[0], leads) for line, leads in summary(both)] == [(name, True) for name in names]
    one = client.post(path, sent(page, without=rows[:1], **wrong))
    assert [line.split(",")[0] for line, _leads in summary(one)] == names[1:]


@pytest.mark.django_db
@pytest.mark.parametrize(("language", "row"), [("nl", "Rij 3"), ("en", "Row 3")])
def test_rows_of_a_list(client, language, row):
    teacher = CohortTeacherFactory()
    client = read_in(client, teacher.membership.person.user, language)
    wrong = lists.row_of("noor").replace("14-03-2004", "gisteren")
    page = lists.upload(client, teacher.cohort, lists.file_of(lists.ROW, wrong))
    response = lists.send(client, teacher.cohort, page, act="rows", **{"cell-3-born_on": TOO_LONG})
    ((line, leads),) = summary(response)
    assert line.startswith(f"{row}: Noor")
    assert leads


def tables() -> list[tuple[str, str]]:
    """Each administrator's table that has rows below it: its address, and the table below."""
    request = HttpRequest()
    request.user = User(is_staff=True, is_superuser=True)
    return [
        (
            f"admin:{model._meta.app_label}_{model._meta.model_name}_add",
            inside.get_formset(request).get_default_prefix(),
        )
        for model, table in admin.site._registry.items()
        for inside in table.get_inline_instances(request)
    ]


@pytest.mark.django_db
@pytest.mark.filterwarnings("ignore:The default scheme")  # of the web addresses in Django's own forms
@pytest.mark.parametrize("language", ["nl", "en"])
def test_rows_of_every_table(client, settings, language):
    settings.ADMIN_NEEDS_SECOND_STEP = False
    read_in(client, UserFactory(is_staff=True, is_superuser=True), language)
    found = tables()
    assert len(found) >= 4
    for name, prefix in found:
        page = client.get(reverse(name))
        (rows,) = (
            one.formset for one in page.context["inline_admin_formsets"] if one.formset.prefix == prefix
        )
        typed = {
            f"{prefix}-{number}-{field}": BSN * 300 for number in (0, 1) for field in rows.empty_form.fields
        }
        others = {
            f"{one.formset.prefix}-{part}_FORMS": "0"
            for one in page.context["inline_admin_formsets"]
            for part in ("TOTAL", "INITIAL")
        }
        response = client.post(reverse(name), others | {f"{prefix}-TOTAL_FORMS": "2"} | typed)
        assert response.status_code == 200, name
        said = summary(response)
        assert all(leads for _line, leads in said), (name, said)
        seen = {int(at) for line, _leads in said for at in re.findall(r"^[^,:]+ (\d+)[,:]", line)}
        assert seen == {1, 2}, (name, said)
