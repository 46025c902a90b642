"""Names are names, in every form and in the database."""

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from accounts.forms.people import NewAccountForm, ProfileForm
from core import names
from partnerships.forms.sign_ups import SignUpForm
from tests.consistency.source import APPS
from tests.factories.accounts import PersonFactory
from tests.factories.partnerships import OrganisationFactory, SignUpFactory

LINKS = [
    "https://kwaad.example/x",
    "www.kwaad.example",
    "//kwaad",
    "a@kwaad.example",
    "<b>Jan</b>",
    "Jan\r\nBcc: x",
]
DOMAINS = ["kwaad.nl", "Klik op win-geld.com nu", "Zie je.prijs.online"]
NAMES = [
    *(
        "Anna",
        "'t Hoen",
        "van der Berg-Élise",
        "Th.J.M. de Vries",
        "Nguyễn Thị",
        "王小明",
        "O’Brien",
        "Jan (Johannes)",
    ),
    *("d’Hondt", "Mohammed el-Amrani", "J.Ph.", "Sint-Jan/De Linde", "St. Jozef", "Ağaoğlu", "Chr.de Boer"),
]


@pytest.mark.parametrize("name", NAMES)
def test_names_are_taken(name):
    names.check_of_person(name)


@pytest.mark.parametrize("name", [*LINKS, *DOMAINS])
def test_what_is_no_name_is_refused(name):
    with pytest.raises(ValidationError, match="Schrijf alleen een naam"):
        names.check_of_person(name)


@pytest.mark.parametrize("name", ["Zorgbelang.nl", "Buurtzorg Jong B.V.", "Zorg & Wonen"])
def test_organisation_may_be_called_like_its_site(name):
    names.check(name)


@pytest.mark.django_db
@pytest.mark.parametrize("column", ["first_name", "name_prefix", "last_name"])
@pytest.mark.parametrize("name", LINKS)
def test_database_takes_no_other(column, name):
    with pytest.raises(IntegrityError, match="person_name_is_a_name"), transaction.atomic():
        PersonFactory(**{column: name[:30]})


@pytest.mark.django_db
@pytest.mark.parametrize("name", NAMES)
def test_database_takes_every_name(name):
    assert PersonFactory(first_name=name).full_name


@pytest.mark.parametrize(
    ("form", "field"),
    [
        (lambda data: NewAccountForm(data, address="a@voorbeeld.test"), "first_name"),
        (lambda data: NewAccountForm(data, address="a@voorbeeld.test"), "last_name"),
        (lambda data: ProfileForm(data), "first_name"),
        (lambda data: SignUpForm(data), "contact_name"),
        (lambda data: SignUpForm(data), "organisation_name"),
    ],
)
def test_form_refuses_it_at_the_field(form, field):
    assert (
        "Schrijf alleen een naam: geen link, geen e-mailadres en geen tweede regel."
        in form({field: "zie https://kwaad.example/"}).errors[field]
    )


def test_every_form_gets_it_by_the_name_of_its_field():
    """So that no form, of now or later, has to remember it."""
    for form in (NewAccountForm(address=""), SignUpForm(), ProfileForm()):
        held = {name for name in form.fields if name in (*names.OF_PEOPLE, *names.OF_THINGS)}
        assert held, form
        for name in held:
            checks = form.fields[name].validators
            assert [one in (names.check, names.check_of_person) for one in checks].count(True) == 1, name


# Reference data, marks, rows of a list before they are checked, and how someone was called on the day of signing.
NOT_HELD = {
    *("ImportRow", "Holiday", "DatabaseMark", "QualificationFile", "Qualification"),
    *("Signature", "CooperationSignature"),
}


def test_database_holds_every_name_of_ours_to_it():
    ours = [model for label in APPS for model in apps.get_app_config(label).get_models()]
    named = [
        model
        for model in ours
        if {"name", "organisation_name"} & {field.name for field in model._meta.fields}
    ]
    bare = {model.__name__ for model in named if not any(is_of_names(one) for one in model._meta.constraints)}
    assert bare == NOT_HELD
    assert len(named) > len(NOT_HELD)


def is_of_names(constraint):
    return constraint.name.endswith("_name_is_a_name")


@pytest.mark.django_db
@pytest.mark.parametrize("text", LINKS)
@pytest.mark.parametrize(
    ("factory", "column"), [(OrganisationFactory, "name"), (SignUpFactory, "organisation_name")]
)
def test_database_refuses_it_whoever_writes_it(factory, column, text):
    row = factory()
    with pytest.raises(IntegrityError), transaction.atomic():
        type(row).objects.filter(pk=row.pk).update(**{column: text})
