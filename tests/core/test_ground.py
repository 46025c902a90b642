"""Small parts: verdicts, names, the ledger, the read log, search in SQL."""

import datetime as dt

import pytest
from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext_lazy as _

from core import text
from core.access import ALLOW, Forbidden, deny, require
from core.links import absolute_url
from core.models import DatabaseMark, SentReminder
from core.reminding import ledger as reminders
from tests.factories.accounts import PersonFactory, UserFactory
from tests.helpers import side_by_side

DAY = dt.date(2026, 3, 2)


def test_verdict_is_truthy_or_tells_why():
    verdict = deny(_("Password"))
    assert (bool(ALLOW), bool(verdict)) == (True, False)
    require(ALLOW)
    with pytest.raises(Forbidden) as caught:
        require(verdict)
    assert isinstance(caught.value, PermissionDenied)
    assert str(caught.value) == "Wachtwoord"


@pytest.mark.parametrize(
    ("parts", "key"),
    [
        ({"last_name": "Berg", "first_name": "Anna", "prefix": "van den"}, "berg, anna, van den"),
        ({"last_name": "van den Berg", "first_name": "Anna"}, "berg, anna, van den"),
        ({"last_name": "'t Hart", "first_name": "Éva"}, "hart, eva, 't"),
        ({"last_name": "\u2019t Hart", "first_name": "Éva"}, "hart, eva, 't"),
        ({"last_name": "Özdemir", "first_name": "İpek"}, "ozdemir, ipek"),
        ({"last_name": "Van", "first_name": "Bo"}, "van, bo"),
        ({"last_name": "Ørsted-de Vries"}, "orsted-de vries"),
    ],
)
def test_sort_key_takes_prefix_and_accents_off(parts, key):
    assert text.sort_key(**parts) == key


def test_sort_key_fits_its_column():
    assert len(text.sort_key(last_name="ß" * 80, first_name="ß" * 80, prefix="x" * 30)) == 250


def test_absolute_url(settings):
    settings.SITE_URL = "https://leerpact.test"
    assert absolute_url("/mijn/") == "https://leerpact.test/mijn/"
    assert absolute_url("https://elders.test/x") == "https://elders.test/x"


def claim(**changes):
    arguments = {"kind": "plan", "subject_key": "7", "step": "first", "day": DAY}
    return reminders.once(**{**arguments, **changes})


@pytest.mark.django_db
def test_reminder_is_claimed_once_a_person_event_step_and_day():
    one, with_account = PersonFactory(), UserFactory().person
    claims = [claim(person_id=person.pk) for person in (one, one, with_account, with_account)]
    assert claims == [True, False, True, False]
    others = ({"step": "second"}, {"day": DAY + dt.timedelta(days=1)}, {"subject_key": "8"}, {"kind": "x"})
    assert all(claim(person_id=one.pk, **other) for other in others)
    assert SentReminder.objects.filter(person=with_account).count() == 1


@pytest.mark.django_db(transaction=True)
def test_reminder_claimed_side_by_side_goes_to_one():
    person = PersonFactory()

    def attempt():
        with transaction.atomic():
            return claim(person_id=person.pk)

    assert sorted(side_by_side(*[attempt] * 4)) == [False, False, False, True]


@pytest.mark.django_db(transaction=True)
def test_reminder_outside_a_transaction_is_refused_and_rollback_frees_it():
    person = PersonFactory()
    with pytest.raises(transaction.TransactionManagementError):
        claim(person_id=person.pk)
    with transaction.atomic():
        claim(person_id=person.pk)
        transaction.set_rollback(True)
    with transaction.atomic():
        assert claim(person_id=person.pk)


@pytest.mark.django_db
def test_database_has_one_mark():
    DatabaseMark.objects.create(name="demo")
    with pytest.raises(IntegrityError), transaction.atomic():
        DatabaseMark.objects.create(id=2, name="other")


@pytest.mark.django_db
def test_search_stems_dutch_and_ignores_accents():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT to_tsvector('dutch_unaccent', 'Cliënten in wijkverpleging') @@"
            " plainto_tsquery('dutch_unaccent', 'client'), immutable_unaccent('Éva'), similarity('zorg', 'zorgg') > 0"
        )
        assert cursor.fetchone() == (True, "Eva", True)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turn", [1, 2])
def test_types_of_content_are_there_again_after_a_test_that_emptied_the_database(turn):
    """The process remembers their keys, and the log of the administrators' tables points to them."""
    ContentType.objects.clear_cache()
    remembered = ContentType.objects.get_for_model(SentReminder)
    ContentType.objects.clear_cache()
    assert ContentType.objects.filter(pk=remembered.pk, model="sentreminder").exists()
    assert ContentType.objects.count() > len(apps.get_models()) / 2
