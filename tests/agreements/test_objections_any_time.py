"""An objection to a signature that is not one's own is never refused: each kind of text, whatever has happened since."""

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import replace
from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import connection, transaction

from agreements.enums import AgreementState, VersionState
from agreements.models import Agreement, SignatureObjection
from agreements.services import agreements, signatures, versions
from agreements.tasks import complete
from core.dates import today
from core.models import OutgoingMail
from partnerships.actors import actor_of
from placements.models import Placement
from placements.services import break_offs
from placements.tasks import move_placements
from students.services import enrolments, leavings
from tests.agreements.cases import Case, agreement_case
from tests.factories.partnerships import LocationFactory
from tests.factories.placements import PlacementFactory

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
SOON, LATER = 5 * DAY, 400 * DAY

# The text under which the student's signature is not the student's


def base(case: Case) -> None:
    case.ask()
    _sign(case)


def _sign(case: Case) -> None:
    case.on_paper("student")
    case.sign("employer", case.contact)
    case.sign("school", case.teacher)


def _change(kind: str, terms: Callable[[Case], dict[str, object]]) -> Callable[[Case], None]:
    def forge(case: Case) -> None:
        case.ask()
        case.sign_all()
        case.amend(kind, **terms(case))
        _sign(case)

    return forge


def _days(**days: timedelta) -> dict[str, object]:
    found: dict[str, object] = {name: today() + shift for name, shift in days.items()}
    return found | {"hours_reason": "Zo komt het uit."}


FORGED = {
    "base": base,
    "shorter": _change("period", lambda case: _days(ends_on=SOON)),
    "longer": _change("period", lambda case: _days(ends_on=LATER)),
    "begins later": _change("period", lambda case: _days(starts_on=3 * DAY, effective_from=3 * DAY)),
    "another year": _change("period", lambda case: _days(starts_on=LATER, ends_on=LATER + SOON)),
    "hours": _change("hours", lambda case: {"minutes_per_week": 960, "hours_reason": "Minder."}),
    "trainer": _change("trainer", lambda case: {"practice_trainer": "Ans Voorbeeld"}),
    "location": _change("location", lambda case: {"location": LocationFactory(organisation=case.employer)}),
    "break": _change("break", lambda case: {"breaks": [[f"{today() + DAY}", f"{today() + SOON}"]]}),
    "ends today": _change("early_end", lambda case: {"ends_on": today()}),
    "ends soon": _change("early_end", lambda case: {"ends_on": today() + SOON}),
    "content": _change("content", lambda case: {"assessment": "Anders."}),
    "correction": _change("correction", lambda case: _days(ends_on=SOON)),
}


# What has happened since. What the state does not allow has not.


def nothing(case: Case) -> None:
    """The objection comes at once."""


def seat_given_after(case: Case) -> None:
    row = _placement(case)
    first = row.ends_on + DAY
    PlacementFactory(slot=row.slot, starts_on=first, ends_on=first + LATER)


def seat_given_before(case: Case) -> None:
    row = _placement(case)
    if row.starts_on > today():
        PlacementFactory(slot=row.slot, starts_on=today(), ends_on=row.starts_on - DAY)


def student_elsewhere(case: Case) -> None:
    row = _placement(case)
    first = row.ends_on + DAY
    PlacementFactory(enrolment=row.enrolment, starts_on=first, ends_on=first + LATER)


def enrolment_shorter(case: Case) -> None:
    row = _placement(case)
    last = max(row.ends_on, row.starts_on + DAY)
    enrolments.change(enrolment_id=row.enrolment_id, by=actor_of(case.teacher), ends_on=last, version=None)


def dropped_out(case: Case) -> None:
    enrolment = case.placement.enrolment_id
    leavings.drop_out(
        enrolment_id=enrolment, last_day=today(), reason="Werk.", by=actor_of(case.teacher), read=None
    )


def finished(case: Case) -> None:
    leavings.complete(enrolment_id=case.placement.enrolment_id, by=actor_of(case.teacher), read=None)


def change_drafted(case: Case) -> None:
    case.amend(ask_now=False)


def change_asked(case: Case) -> None:
    case.amend("correction", assessment="Beter.", hours_reason="Zo komt het uit.")


def change_signed(case: Case) -> None:
    change_asked(case)
    case.sign_all()


def broken_off(case: Case) -> None:
    break_offs.break_off(placement_id=case.placement.pk, reason="Nee.", by=actor_of(case.contact), read=None)


def broken_off_soon(case: Case) -> None:
    by, day = actor_of(case.contact), today() + 3 * DAY
    break_offs.break_off(placement_id=case.placement.pk, reason="Nee.", by=by, last_day=day, read=None)


def ended(case: Case, then: str = "placement") -> None:
    agreements.end(
        agreement_id=case.agreement.pk,
        last_day=today() + 3 * DAY,
        then=then,
        reason="Stop.",
        by=actor_of(case.teacher),
        read=None,
    )


def next_drafted(case: Case) -> None:
    ended(case, "next")


def next_signed(case: Case) -> None:
    next_drafted(case)
    following = replace(case, agreement=Agreement.objects.get(follows=case.agreement))
    following.change(hours_reason="Zo komt het uit.")
    following.ask()
    following.sign_all()


SINCE = (
    nothing,
    seat_given_after,
    seat_given_before,
    student_elsewhere,
    enrolment_shorter,
    dropped_out,
    finished,
    change_drafted,
    change_asked,
    change_signed,
    broken_off,
    broken_off_soon,
    ended,
    next_drafted,
    next_signed,
)
# What leaves the days alone goes one way, so it is not asked of each kind again.
WORDS = {"hours", "trainer", "location", "break"}
OF_WORDS = (nothing, change_asked, broken_off)
MEANWHILE = {nothing, seat_given_after, student_elsewhere, change_asked, broken_off_soon, next_drafted}


def _placement(case: Case) -> Placement:
    return Placement.objects.select_related("slot", "enrolment").get(pk=case.placement.pk)


def _night() -> None:
    move_placements()
    complete()
    _commit()


def _commit() -> None:
    """What the database holds at COMMIT, it is asked now."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")


def _objected(case: Case, days: int) -> None:
    """The student objects so many days later, and what should be true then is."""
    version = case.now.versions.get(signatures__method="paper")
    with ExitStack() as clock:
        if days:
            clock.enter_context(time_machine.travel(today() + days * DAY))
            _night()
        signatures.object(signature_id=version.signatures.get(method="paper").pk, reason="Niet door mij.")
        _commit()
        version.refresh_from_db()
        assert SignatureObjection.objects.count() == 1
        assert version.state in {VersionState.SIGNING, VersionState.LAPSED}
        told = OutgoingMail.objects.filter(kind="party_signature_objected").values_list(
            "person__user", flat=True
        )
        assert {case.student.pk, case.contact.pk, case.teacher.pk} == set(told)
        now = case.now
        if now.state == AgreementState.ACTIVE:
            assert now.agreed is not None
        if now.state == AgreementState.SIGNING:
            assert now.pending == version
            _another_text(case)
        clock.enter_context(time_machine.travel(today() + 900 * DAY))
        _night()
        assert not Agreement.objects.open().exists()  # nothing waits for ever


def _another_text(case: Case) -> None:
    """Nothing is in force, so the text can be changed, asked, declined and signed like a first one."""
    point = transaction.savepoint()
    case.change(assessment="Weer anders.")
    case.ask()
    by = actor_of(case.contact)
    versions.decline(agreement_id=case.agreement.pk, version_id=case.version_id, reason="Nee.", by=by)
    case.ask()
    if case.placement.starts_on <= case.pending.ends_on:
        case.sign_all()
    _commit()
    transaction.savepoint_rollback(point)


@pytest.mark.parametrize("forged", FORGED)
def test_objection_is_never_refused_and_leaves_nothing_behind(forged):
    case = agreement_case(seats=1)
    FORGED[forged](case)
    done = 0
    for since in OF_WORDS if forged in WORDS else SINCE:
        for days in (0, 10) if since in MEANWHILE else (0,):
            point = transaction.savepoint()
            try:
                with transaction.atomic():
                    since(case)
                    _commit()
            except ValidationError:
                transaction.savepoint_rollback(point)
                continue
            done += 1
            try:
                _objected(case, days)
            except Exception as fault:
                fault.add_note(f"{forged}, {since.__name__}, {days} days later")
                raise
            transaction.savepoint_rollback(point)
    assert done >= 5
