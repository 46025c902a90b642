"""How long one may wait with an answer follows from dated terms; without any the defaults hold."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from core.dates import add_working_days, today
from core.models import FieldChange
from core.reminding.engine import tick
from placements.models import AnswerTerm
from placements.models.answering import DEFAULT, Terms
from placements.queries import due
from placements.queries.answering import terms_on
from placements.reminders import MatchUnanswered
from tests.factories.accounts import UserFactory
from tests.factories.placements import AnswerTermFactory
from tests.helpers import login, typed_over

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


def test_terms_hold_from_their_day_until_the_next():
    AnswerTermFactory(starts_on=today() + DAY)
    AnswerTermFactory(starts_on=today() + 3 * DAY, expires_after=9)
    days = [terms_on(today() + number * DAY) for number in range(5)]
    assert days == [DEFAULT, Terms(2, 3, 4), Terms(2, 3, 4), Terms(2, 3, 9), Terms(2, 3, 9)]
    assert (DEFAULT.remind_after, DEFAULT.colleague_after, DEFAULT.expires_after) == (5, 8, 10)


def test_last_day_for_an_answer_follows_the_terms():
    assert due.answer_by() == add_working_days(today(), 10)
    AnswerTermFactory()
    assert due.answer_by() == add_working_days(today(), 4)


def test_reminder_goes_by_the_terms_of_the_day_on_which_was_asked(scene, clock):
    scene.match()  # on a Thursday
    AnswerTermFactory(starts_on=today() + DAY)
    clock.shift(DAY)
    scene.match()
    mailed = []
    for number in range(1, 12):
        mailed += [number] * tick([MatchUnanswered()])
        clock.shift(DAY)
    assert mailed == [5, 7]  # two working days after the Friday, five after the Thursday


@pytest.mark.parametrize(
    "wrong", [{"remind_after": 3}, {"expires_after": 3}, {"expires_after": 41}, {"source": ""}]
)
def test_database_keeps_them_in_their_order_and_with_a_source(wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        AnswerTermFactory(**wrong)
    row = AnswerTermFactory.build(**wrong)
    with pytest.raises(ValidationError):
        row.full_clean()


def test_administrator_changes_them_on_record(client, settings):
    settings.ADMIN_NEEDS_SECOND_STEP = False
    row = AnswerTermFactory()
    login(client, UserFactory(is_staff=True, is_superuser=True))
    url = reverse("admin:placements_answerterm_change", args=[row.pk])
    data = typed_over(
        client.get(url),
        starts_on=row.starts_on.isoformat(),
        remind_after=1,
        colleague_after=3,
        expires_after=4,
    )
    client.post(url, data)
    assert AnswerTerm.objects.get().remind_after == 1
    assert FieldChange.objects.get(model="placements.answerterm").before == 2
