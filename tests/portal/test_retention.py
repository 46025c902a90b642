"""What has been kept for its whole term is gone the next morning, and nothing before."""

import datetime as dt
import json
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core.management import call_command
from django.db.models import F, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from accounts.models import Person, RetentionRun, RetentionTerm
from accounts.queries import privacy
from agreements.models import Agreement, Signature
from core import reminding
from core.dates import today
from core.models import OutgoingMail, StateChange, StoredFile
from core.privacy import keeping
from core.privacy.terms import first_kept, last_kept
from partnerships.models import Affiliation, Membership, SignUp
from placements.models import Placement
from portal.reminders import REMINDERS
from students.models import Consent, Enrolment, Evidence, Goal, Student, WorkSituation
from tests.region import dumped, on_disk, region, triggers_off

MODELS = (Goal, Consent, Evidence, WorkSituation, Agreement, Signature, OutgoingMail, StateChange)


@pytest.fixture
def folder(settings, tmp_path, django_db_setup, django_db_blocker) -> Iterator[Path]:
    """The region on a database of its own; gives the folder of its files."""
    with django_db_blocker.unblock(), region("retention", settings, tmp_path) as media:
        yield media


def retain(**options: Any) -> dict[str, Any]:
    out = StringIO()
    call_command("retain", stdout=out, **options)
    told: dict[str, Any] = json.loads(out.getvalue())
    return told


def in_days(days: int) -> time_machine.travel:
    return time_machine.travel(timezone.now() + dt.timedelta(days=days), tick=False)


def on_working_day(days: int) -> time_machine.travel:
    """As many days later, and then the first Tuesday, which no holiday is in these years."""
    day = timezone.now() + dt.timedelta(days=days)
    return time_machine.travel(day + dt.timedelta(days=(1 - day.weekday()) % 7), tick=False)


def remind() -> int:
    return reminding.run(REMINDERS, today())


def everything_ended() -> None:
    """Everyone left today: enrolments, roles and agreements are over."""
    day, now = today(), timezone.now()
    with triggers_off():
        Enrolment.objects.filter(ended_on=None).update(state="completed", ended_on=day)
        Agreement.objects.exclude(state__in=("ended", "lapsed")).update(
            state="completed", activated_at=Coalesce(F("activated_at"), Value(now))
        )
        Placement.objects.filter(ends_on__gt=day, starts_on__lte=day).update(
            state="completed", ends_on=day, would_end_on=None
        )
        coming = Placement.objects.filter(starts_on__gt=day)
        coming.update(state="cancelled", starts_on=day, ends_on=day, would_end_on=None, ended_at=now)
        for rows in (Membership.objects.all(), Affiliation.objects.exclude(kind="student")):
            rows.filter(ended_at=None).update(ends_on=day, ended_at=now)


def numbers() -> dict[str, int]:
    return {model.__name__: model._base_manager.count() for model in MODELS}


def overdue() -> dict[str, dict[str, int]]:
    found = keeping.counted(privacy.all_first_kept(today()))
    return {term: rows for term, rows in found.items() if rows}


def test_a_dry_run_counts_and_changes_nothing(folder):
    everything_ended()
    with in_days(800):
        before, found, runs = numbers(), overdue(), RetentionRun.objects.count()
        assert {"record", "words", "contract", "trace", "call_contact"} <= set(found)
        told = retain(dry_run=True)
        assert told["dry_run"] is True
        assert {term: rows for term, rows in told.items() if term in found} == found
        assert numbers() == before
        run = RetentionRun.objects.latest("pk")
        assert RetentionRun.objects.count() == runs + 1
        assert (run.is_dry_run, run.day, run.report["record"]) == (True, today(), found["record"])


def test_nothing_goes_before_its_day(folder):
    """The day before, what falls due then stands whole; the day after it is gone."""
    everything_ended()
    start = today()
    with in_days((last_kept(start, (24, 0)) - start).days):
        retain()
        kept = Goal.objects.filter(plan__enrolment__ended_on=start).count()
        assert kept >= 50
        assert Agreement.objects.filter(placement__ends_on=start).exists()
    with in_days((last_kept(start, (24, 0)) - start).days + 1):
        retain()
        assert not Goal.objects.exists()
        assert not Agreement.objects.exists()
        assert overdue() == {}


def test_who_signs_in_stays_until_unused_again_and_then_nothing_of_anyone_is_left(folder):
    """All accounts go but the one that was used; nine years later no name, address, word or file of anyone is left."""
    people = list(Person.objects.select_related("user"))
    told = {text for row in people for text in (row.address, row.full_name) if len(text) > 8}
    students = list(Student.objects.select_related("person"))
    everything_ended()
    assert any(row.address in dumped()["accounts_person"] + dumped()["accounts_user"] for row in people)
    person = Person.objects.get(first_name="Samira", last_name="Bouzidi")
    with on_working_day(1000):
        retain()
        assert remind() >= 100  # accounts are warned of first, and what one wrote is offered
        assert Person.objects.filter(user__isnull=False).count() >= 100
        mail = OutgoingMail.objects.get(kind="reminder_account_unused", person=person)
        assert "Je account verdwijnt op" in mail.subject
        assert mail.link.endswith("/account/gegevens/")
        assert remind() == 0
    with on_working_day(1050):
        assert person.user is not None
        type(person.user).objects.filter(pk=person.user.pk).update(last_login=timezone.now())
    with on_working_day(1090):
        retain()
        kept = Person.objects.filter(first_name="Samira", last_name="Bouzidi", user__isnull=False)
        assert kept.count() == 1
        assert (
            not Person.objects.filter(user__isnull=False, user__is_staff=False).exclude(pk=person.pk).exists()
        )
        assert not Student.objects.filter(person=person).exists()  # what was learned went with its own term
    with on_working_day(9 * 365):
        retain()
        remind()  # of what was not used since
        assert OutgoingMail.objects.filter(kind="reminder_account_unused", person=person).count() == 1
        assert kept.count() == 1
    with on_working_day(9 * 365 + 70):
        retain()
        assert overdue() == {}
        assert not privacy.warned_long_enough(privacy.all_first_kept(today())).exists()
        tables = dumped()  # once: the region is large
        left = {
            text for text in told for table, rows in tables.items() if text in rows and table not in PUBLIC
        }
        assert left - administrators() == set()
        of_nobody = set(StoredFile.objects.filter(subject=None).values_list("path", flat=True))
        left_on_disk = {path for path in on_disk(folder) if not path.startswith(OF_ORGANISATIONS)}
        assert left_on_disk == set()
        assert set(on_disk(folder)) <= of_nobody
        assert not Goal.objects.exists()
        assert Enrolment.objects.count() >= len(students)  # figures stay
        assert set(Student.objects.values_list("town", "pc4").distinct()) == {("–", "1000")}


# Where a name of one of the invented people stands that is also that of an organisation or in a public text
PUBLIC = {"partnerships_initiative", "partnerships_organisation", "core_outgoingmail"}
# What organisations and tables wrote for themselves has no term of anyone: papers of meetings, documents of a partnership
# and proofs of what an organisation did for a client (`ORGANISATION` and `STAYS` in their apps' personal.py).
OF_ORGANISATIONS = ("papers/", "documents/", "social-return/", "stories/")


def administrators() -> set[str]:
    """An administrator who works is known as long as that lasts."""
    rows = Person.objects.filter(user__is_staff=True, user__is_active=True).select_related("user")
    return {text for row in rows for text in (row.address, row.full_name) if len(text) > 8}


def test_who_left_can_take_the_own_words_along_first(folder):
    everything_ended()
    texts = WorkSituation.objects.exclude(text="").count()
    assert texts >= 5
    with on_working_day(40):
        retain()  # nobody was told yet
        reachable = WorkSituation.objects.filter(enrolment__student__person__user__is_active=True)
        assert reachable.exclude(text="").exists()
    with on_working_day(2):
        remind()
        assert OutgoingMail.objects.filter(kind="reminder_own_words").count() >= 10
    with on_working_day(40):
        retain()
        assert not WorkSituation.objects.exclude(text="").exists()
        assert Goal.objects.exists()  # the record stays for two years
        judged = Evidence.objects.filter(hand_ins__taken_back_at=None, hand_ins__isnull=False)
        assert set(Evidence.objects.values_list("pk", flat=True)) == set(judged.values_list("pk", flat=True))


def test_agreement_of_a_subsidy_is_kept_longer(folder):
    everything_ended()
    kept = Agreement.objects.filter(state="completed", versions__signatures__isnull=False)[0]
    Agreement.objects.filter(pk=kept.pk).update(for_subsidy=True)
    with in_days(3 * 365):
        retain()
        assert set(Agreement.objects.values_list("placement", flat=True)) == {kept.placement_id}
        assert Signature.objects.filter(version__agreement=kept).exists()
    with in_days(8 * 365):
        retain()
        assert not Agreement.objects.exists()


def test_terms_are_dated_reference_data(folder):
    RetentionTerm.objects.create(term="mail_text", starts_on=today(), days=3, source="besluit")
    made = {
        "kind": "x",
        "language": "nl",
        "to_email": "a@voorbeeld.test",
        "body": "Beste Samira",
        "state": "held",
    }
    now = timezone.now()
    for days in (1, 2, 4):
        OutgoingMail.objects.create(**made, message_id=str(days), created_at=now - dt.timedelta(days=days))
    retain()
    assert sorted(OutgoingMail.objects.filter(kind="x", body="").values_list("message_id", flat=True)) == [
        "4"
    ]


def test_contact_of_a_call_goes_after_a_year_and_the_figures_stay(folder):
    deadline = SignUp.objects.exclude(contact=None).order_by("call__deadline")[0].call.deadline
    counted = SignUp.objects.filter(call__deadline=deadline).count()
    with in_days((last_kept(deadline, (12, 0)) - today()).days + 1):
        retain()
        rows = SignUp.objects.filter(call__deadline=deadline)
        assert rows.count() == counted - rows.filter(confirmed_at=None).count()
        assert not rows.exclude(contact=None, remark="").exists()


@pytest.mark.parametrize(
    ("day", "length", "first"),
    [
        ("2026-03-31", (1, 0), "2026-02-28"),
        ("2028-03-31", (1, 0), "2028-02-29"),
        ("2026-01-15", (24, 0), "2024-01-15"),
        ("2026-01-15", (0, 30), "2025-12-16"),
        ("2026-12-01", (18, 0), "2025-06-01"),
    ],
)
def test_months_are_counted_on_the_calendar(day, length, first):
    assert first_kept(dt.date.fromisoformat(day), length).isoformat() == first
