"""Every field of every table has a class, or a reason why it has none."""

from dataclasses import replace
from pathlib import Path

from django.conf import settings

from accounts.management.commands.personal_data import table
from core.privacy.declared import Kind, Term, declarations, declared_models, fields_of, undeclared

ROOT: Path = settings.ROOT
MODELS = declared_models()


def test_every_field_is_declared():
    assert len(MODELS) >= 60
    assert sum(len(fields_of(model)) for model in MODELS) >= 500
    assert undeclared(MODELS, declarations()) == []


def test_what_is_declared_is_there():
    assert set(declarations()) == {model._meta.label for model in MODELS}


def test_field_that_nobody_declared_is_found():
    """The control: of a declaration from which one word is gone, and of one with a word too many."""
    known = dict(declarations())
    goal = known["students.GoalRemark"]
    known["students.GoalRemark"] = replace(goal, record=goal.record.replace(" text", " textt"))
    del known["students.Evidence"]
    assert undeclared(MODELS, known) == [
        "students.Evidence: not declared",
        "students.GoalRemark.text: no class",
        "students.GoalRemark.textt: no such field",
    ]


def test_field_of_two_classes_is_found():
    known = dict(declarations())
    student = known["students.Student"]
    known["students.Student"] = replace(student, record="town")
    assert undeclared(MODELS, known) == ["students.Student.town: twice"]


def test_each_class_and_each_term_is_used():
    said = declarations().values()
    assert {kind for one in said for kind in one.kinds.values()} == set(Kind)
    kept = {keep.term for one in said for keep in one.keeps}
    assert kept == set(Term) - {Term.IDENTITY, Term.UNUSED, Term.WARNED}  # those are of a person as a whole


def test_names_addresses_and_texts_of_people_are_not_called_something_else():
    """What a name, an address or a birth date is called is identity, wherever it stands."""
    telling = {"first_name", "last_name", "email", "to_email", "born_on", "phone", "pc4"}
    of_people = {
        f"{one.model}.{name}": kind
        for one in declarations().values()
        if one.of
        for name, kind in one.kinds.items()
        if name in telling
    }
    assert len(of_people) >= 8
    assert set(of_people.values()) <= {Kind.IDENTITY, Kind.TRACE}


def test_page_on_privacy_has_the_declarations_as_they_are():
    """`manage.py personal_data` prints what docs/privacy.md ends with."""
    page = (ROOT / "docs" / "privacy.md").read_text(encoding="utf-8")
    assert page.endswith(f"{table()}\n")
