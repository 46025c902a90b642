"""One form of every e-mail address, however it was typed, wherever it is kept."""

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction

from accounts.models import User
from core import emails
from core.models import OutgoingMail
from tests.factories.accounts import InvitationFactory, PersonFactory, UserFactory
from tests.factories.core import OutgoingMailFactory

FACTORIES = [UserFactory, InvitationFactory, PersonFactory]
PLAIN, HOW_TYPED = "anna@xn--brger-kva.nl", " Anna@BÜRGER.nl "
PLAIN_LETTERS = "Gebruik alleen gewone letters voor de @."
NO_ADDRESS = "Vul een e-mailadres in, bijvoorbeeld naam@voorbeeld.nl."


@pytest.mark.parametrize(
    ("typed", "kept", "read"),
    [
        (HOW_TYPED, PLAIN, "anna@bürger.nl"),
        ("anna@XN--BRGER-KVA.nl", PLAIN, "anna@bürger.nl"),
        ("Bo.Jansen+bbl@Voorbeeld.NL", "bo.jansen+bbl@voorbeeld.nl", "bo.jansen+bbl@voorbeeld.nl"),
        ("o'neil@straße.de", "o'neil@xn--strae-oqa.de", "o'neil@straße.de"),
        ("a%b@voorbeeld.nl", "a%b@voorbeeld.nl", "a%b@voorbeeld.nl"),
        ("anna@ｖｏｏｒｂｅｅｌｄ.nl", "anna@voorbeeld.nl", "anna@voorbeeld.nl"),
    ],
)
def test_address_has_one_form_and_is_shown_in_its_own_letters(typed, kept, read):
    assert emails.one_form(typed) == kept == emails.one_form(kept) == emails.one_form(read)
    assert emails.shown(kept) == read
    assert emails.EmailFormField().clean(typed) == kept
    assert emails.EmailFormField().prepare_value(kept) == read


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("zoë@voorbeeld.nl", PLAIN_LETTERS),
        ("ａnna@voorbeeld.nl", PLAIN_LETTERS),
        ("anna", NO_ADDRESS),
        ("anna@", NO_ADDRESS),
        ("@voorbeeld.nl", NO_ADDRESS),
        ("anna@@voorbeeld.nl", NO_ADDRESS),
        ("anna@voorbeeld", NO_ADDRESS),
        ("anna@[192.0.2.1]", NO_ADDRESS),
        ('"an na"@voorbeeld.nl', NO_ADDRESS),
        ("anna@-ü-.nl", NO_ADDRESS),
        ("anna@voor beeld.nl", NO_ADDRESS),
        ("anna@localhost", NO_ADDRESS),
    ],
)
def test_what_is_no_address_is_refused_in_words(typed, said):
    with pytest.raises(ValidationError) as refusal:
        emails.EmailFormField().clean(typed)
    assert refusal.value.messages == [said]


def test_shown_leaves_what_cannot_be_read_as_it_is():
    assert emails.shown("anna@xn--.nl") == "anna@xn--.nl"
    assert emails.shown("") == ""


def test_same_address_in_other_letters_is_no_change_of_a_form():
    assert not emails.EmailFormField().has_changed(PLAIN, HOW_TYPED)
    assert emails.EmailFormField().has_changed(PLAIN, "bo@bürger.nl")


@pytest.mark.django_db
@pytest.mark.parametrize("factory", FACTORIES)
def test_row_keeps_and_finds_an_address_in_its_one_form(factory):
    row = factory(email=HOW_TYPED)
    model = type(row)
    assert row.email == PLAIN
    assert model.objects.get(email="anna@Bürger.nl") == row
    assert model.objects.filter(email__in=["ANNA@bürger.nl"]).exists()
    model.objects.filter(pk=row.pk).update(email="Bo@Bürger.nl")
    row.refresh_from_db()
    assert row.email == "bo@xn--brger-kva.nl"


@pytest.mark.django_db
def test_account_is_found_by_its_address_however_it_is_typed():
    user = UserFactory(email=HOW_TYPED)
    assert User.objects.get_by_natural_key("ANNA@bürger.nl") == user


@pytest.mark.django_db
def test_mail_goes_to_the_one_form():
    mail = OutgoingMailFactory(to_email=HOW_TYPED, reply_to="Bo@Bürger.nl")
    assert OutgoingMail.objects.get(to_email=PLAIN, reply_to="bo@xn--brger-kva.nl") == mail


def columns() -> list[tuple[str, str]]:
    """Every column that holds an address, allauth's too."""
    return [
        (model._meta.db_table, field.column)
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if "email" in field.column
        and not field.choices
        and field.get_internal_type() in {"EmailField", "CharField"}
    ]


def checked_columns() -> set[tuple[str, str]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT conrelid::regclass::text, attname FROM pg_constraint"
            " JOIN pg_attribute ON attrelid = conrelid AND attnum = ANY (conkey)"
            " WHERE contype = 'c' AND pg_get_constraintdef(pg_constraint.oid) LIKE %s",
            [f"%{emails.PATTERN.replace(chr(39), chr(39) * 2)}%"],
        )
        return set(cursor.fetchall())


@pytest.mark.django_db
def test_database_holds_every_column_with_an_address_to_its_form():
    found = columns()
    assert len(found) >= 6
    assert sorted(set(found) - checked_columns()) == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    "wrong", ["Anna@voorbeeld.nl", "anna@bürger.nl", "zoë@voorbeeld.nl", " anna@voorbeeld.nl"]
)
def test_database_refuses_another_form_past_the_field(wrong):
    user = UserFactory()
    for table, key in (("accounts_user", "id"), ("account_emailaddress", "user_id")):
        with (
            pytest.raises(IntegrityError, match="check constraint"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(f"UPDATE {table} SET email = %s WHERE {key} = %s", [wrong, user.pk])
