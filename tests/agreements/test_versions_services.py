"""What is in force stays so beside the change that is asked, and holds until a newer text is signed and its day has come."""

from datetime import date, timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.utils import timezone

from agreements.enums import AgreementState, VersionKind, VersionState
from agreements.models import AgreementVersion
from agreements.queries import hours, spans
from agreements.services import versions
from core import states
from core.dates import today
from core.models import FieldChange, OutgoingMail
from core.states import IllegalTransition, advance
from partnerships.actors import actor_of
from programmes.models import AccreditationCheck
from students.models import Enrolment, LearnerAccess
from tests.agreements.cases import agreement_case
from tests.factories.agreements import AgreementVersionFactory
from tests.factories.partnerships import LocationFactory
from tests.factories.placements import PlacementFactory
from tests.factories.programmes import AccreditationFactory

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def case(case):
    case.ask()
    case.sign_all()
    return case


def days(version):
    version.refresh_from_db()
    return version.holds.lower, version.holds.upper - DAY


def test_asked_change_leaves_what_is_in_force_alone(case):
    first = case.agreed
    change = case.amend(effective_from=today() + 7 * DAY)
    assert case.now.state == AgreementState.ACTIVE
    assert case.now.activated_at == first.signed_at
    assert (case.now.in_force(first.starts_on), case.now.pending) == (first, change)
    assert (change.kind, change.changes, change.state) == ("content", first, VersionState.SIGNING)


def test_signed_change_takes_over_on_its_day_and_not_before(case):
    first = case.agreed
    from_day = max(today(), first.starts_on) + 30 * DAY
    second = case.amend(effective_from=from_day)
    case.sign_all()
    assert days(first) == (first.starts_on, from_day - DAY)
    assert days(second) == (from_day, first.ends_on)
    assert (case.now.in_force(from_day - DAY), case.now.in_force(from_day)) == (first, second)


def test_change_signed_after_its_day_holds_from_the_signing(case):
    first = case.agreed
    with time_machine.travel(f"{first.starts_on + 10 * DAY} 12:00+01:00", tick=False):
        second = case.amend(effective_from=today())
    with time_machine.travel(f"{first.starts_on + 15 * DAY} 12:00+01:00", tick=False):
        case.sign_all()
        assert days(second)[0] == today()
        assert days(first)[1] == today() - DAY


def test_change_that_overtakes_one_to_come_leaves_it_no_day(case):
    from_day = max(today(), case.agreed.starts_on)
    second = case.amend(effective_from=from_day + 30 * DAY)
    case.sign_all()
    third = case.amend("location", effective_from=from_day + 30 * DAY, location=another_location(case))
    case.sign_all()
    second.refresh_from_db()
    assert second.holds.isempty
    assert days(third)[0] == from_day + 30 * DAY
    assert third.assessment == second.assessment  # what was agreed last is what changes


def another_location(case):
    return LocationFactory(organisation=case.employer)


def test_everyone_who_signs_is_asked_with_what_changes_and_why(case):
    OutgoingMail.objects.all().delete()
    case.amend(effective_from=today() + DAY, by=case.contact)
    mails = OutgoingMail.objects.filter(kind="signer_agreement_asked")
    assert {mail.person.user_id for mail in mails} == {case.student.pk, case.teacher.pk}
    assert "Nu: Anders." in mails[0].body
    assert "Zo is het beter." in mails[0].body


def test_signed_change_is_told_to_all_with_the_day_it_holds_from(case):
    case.amend(effective_from=date(2027, 2, 1) if today() < date(2027, 2, 1) else today())
    case.sign_all()
    mails = OutgoingMail.objects.filter(kind="party_agreement_changed")
    assert {mail.person.user_id for mail in mails} == {case.student.pk, case.contact.pk, case.teacher.pk}
    assert "Nu: Anders." in mails[0].body


def test_only_one_change_waits_at_a_time(case):
    case.amend()
    with pytest.raises(ValidationError, match="al een wijziging"):
        case.amend("location", location=another_location(case))


def test_change_of_a_text_that_was_changed_meanwhile_is_refused(case):
    first = case.agreed
    case.amend()
    case.sign_all()
    with pytest.raises(ValidationError, match="veranderd"):
        case.amend("location", location=another_location(case), from_version_id=first.pk)


def test_change_of_nothing_is_refused(case):
    with pytest.raises(ValidationError, match="niets"):
        case.amend(assessment=case.agreed.assessment)


@pytest.mark.parametrize("days_off", [-1, 4000])
def test_change_holds_from_a_day_to_come_within_the_period(case, days_off):
    with pytest.raises(ValidationError, match="Kies een dag"):
        case.amend(effective_from=today() + days_off * DAY)


@pytest.mark.parametrize(
    ("ends", "first", "may"), [(40, 20, True), (40, 40, True), (40, 41, False), (400, 366, False)]
)
def test_change_of_dates_is_not_over_before_it_holds_and_leaves_no_day_without(case, ends, first, may):
    agreed = case.agreed.ends_on
    last = today() + ends * DAY if ends < 365 else agreed + 60 * DAY
    day = today() + first * DAY if ends < 365 else agreed + 2 * DAY
    terms = {"ends_on": last, "effective_from": day, "hours_reason": "Korter jaar."}
    if may:
        assert case.amend("period", **terms).effective_from == day
    else:
        with pytest.raises(ValidationError, match="Kies een dag"):
            case.amend("period", **terms)


def test_change_whose_last_day_has_passed_is_not_signed_any_more(case):
    case.amend("period", ends_on=today() + 10 * DAY, hours_reason="Korter jaar.")
    with time_machine.travel(f"{today() + 11 * DAY} 12:00+01:00"), pytest.raises(ValidationError):
        case.sign("student", case.student)


def test_change_of_one_kind_touches_nothing_else(case):
    with pytest.raises(ValueError, match="does not touch"):
        case.amend("location", guidance="Stiekem.")


def test_student_does_not_ask_for_a_change(case):
    with pytest.raises(ValidationError, match="docenten"):
        case.amend(by=case.student)


def test_draft_of_a_change_waits_for_whoever_made_it(case):
    case.amend(ask_now=False)
    assert case.pending.state == VersionState.DRAFT
    versions.ask(agreement_id=case.agreement.pk, by=actor_of(case.contact), from_digest=case.pending.digest)
    assert case.pending.state == VersionState.SIGNING


def test_ask_of_another_draft_than_was_read_is_refused(case):
    read = case.amend(ask_now=False).digest
    case.change(assessment="Nog anders.")
    with pytest.raises(ValidationError, match="veranderd"):
        versions.ask(agreement_id=case.agreement.pk, by=actor_of(case.teacher), from_digest=read)


def test_other_words_in_an_asked_change_ask_anew(case):
    asked = case.amend()
    case.sign("student", case.student)
    newer = case.change(assessment="Nog anders.")
    asked.refresh_from_db()
    assert (asked.state, newer.state, newer.kind) == (VersionState.WITHDRAWN, VersionState.DRAFT, "content")
    assert OutgoingMail.objects.filter(kind="signer_agreement_voided", person__user=case.student).count() == 1
    assert case.now.in_force(case.agreed.starts_on) == case.agreed


def test_change_of_an_older_page_than_the_newest_draft_is_refused(case):
    read = case.amend(ask_now=False).digest
    case.change(assessment="Van een collega.")
    with pytest.raises(ValidationError, match="veranderd"):
        case.change(from_digest=read, assessment="Van mij.")


def test_withdrawn_change_tells_who_was_asked_and_nothing_else_changes(case):
    first = case.agreed
    change = case.amend()
    versions.withdraw(agreement_id=case.agreement.pk, version_id=change.pk, by=actor_of(case.contact))
    mails = OutgoingMail.objects.filter(kind="party_change_withdrawn")
    assert {mail.person.user_id for mail in mails} == {case.student.pk, case.teacher.pk}
    assert (case.now.pending, case.now.agreed, case.now.state) == (None, first, AgreementState.ACTIVE)


def test_draft_is_thrown_away_without_a_mail(case):
    change = case.amend(ask_now=False)
    versions.withdraw(agreement_id=case.agreement.pk, version_id=change.pk, by=actor_of(case.teacher))
    assert not OutgoingMail.objects.filter(kind="party_change_withdrawn").exists()
    assert case.now.pending is None


def test_declined_change_is_off_with_the_reason(case):
    change = case.amend()
    versions.decline(
        agreement_id=case.agreement.pk, version_id=change.pk, reason="Te ver weg.", by=actor_of(case.student)
    )
    mails = OutgoingMail.objects.filter(kind="party_agreement_declined")
    assert {mail.person.user_id for mail in mails} == {case.contact.pk, case.teacher.pk}
    assert "Te ver weg." in mails[0].body
    assert case.now.pending is None


def test_change_needs_no_accreditation_that_was_lost_after_the_start(case):
    for check in AccreditationCheck.objects.all():
        AccreditationFactory(
            school=case.school,
            organisation=case.employer,
            crebo=check.crebo,
            status="withdrawn",
            valid_until=today(),
        )
    change = case.amend("early_end", ends_on=today() + 30 * DAY)
    case.sign_all()
    change.refresh_from_db()
    assert change.state == VersionState.SIGNED


# What it does to the placement


def test_signed_period_moves_the_placement_and_who_may_see_the_plan(case):
    placement = case.placement
    sooner = placement.ends_on - 30 * DAY
    case.amend("period", ends_on=sooner, hours_per_year=case.agreed.hours_per_year)
    placement.refresh_from_db()
    assert placement.ends_on != sooner  # asked only
    case.sign_all()
    placement.refresh_from_db()
    assert placement.ends_on == sooner
    assert LearnerAccess.objects.get(enrolment=placement.enrolment).ends_on == sooner
    assert FieldChange.objects.get(field="ends_on").after == sooner.isoformat()


def longer(case):
    """The enrolment goes on for a year, and the days after the placement belong to someone else on the same seat."""
    placement, enrolment = case.placement, case.placement.enrolment
    enrolment.ends_on = placement.ends_on + 400 * DAY
    enrolment.save()
    later = placement.ends_on + 30 * DAY
    years = {str(year): 700 for year in hours.study_years(placement.starts_on, later)}
    return {"ends_on": later, "hours_per_year": years}


def take_the_seat(placement):
    placement.slot.seats = 1
    placement.slot.save()
    PlacementFactory(
        slot=placement.slot,
        seat_no=placement.seat_no,
        starts_on=placement.ends_on + DAY,
        ends_on=placement.ends_on + 100 * DAY,
    )


def test_period_in_which_the_seat_is_taken_cannot_be_asked(case):
    terms = longer(case)
    take_the_seat(case.placement)
    with pytest.raises(ValidationError, match="andere plaatsing"):
        case.amend("period", **terms)


def test_period_in_which_another_seat_is_free_moves_to_that_seat(case):
    terms = longer(case)
    take_the_seat(case.placement)
    case.placement.slot.seats = 2
    case.placement.slot.save()
    case.amend("period", **terms)
    case.sign_all()
    case.placement.refresh_from_db()
    assert (case.placement.seat_no, case.placement.ends_on) == (2, terms["ends_on"])


def test_period_whose_seat_was_taken_meanwhile_is_refused_at_the_last_signature(case):
    case.amend("period", **longer(case))
    take_the_seat(case.placement)
    case.sign("student", case.student)
    case.sign("employer", case.contact)
    with pytest.raises(ValidationError, match="bezet"):
        case.sign("school", case.teacher)
    assert case.pending.state == VersionState.SIGNING


def test_signed_early_end_ends_agreement_and_placement_on_its_day(case):
    last = today() + 30 * DAY
    case.amend("early_end", ends_on=last)
    case.sign_all()
    case.placement.refresh_from_db()
    assert (case.now.state, case.now.ended_on, case.placement.ends_on) == ("ended", last, last)
    assert case.now.in_force(last + DAY) is None
    assert OutgoingMail.objects.filter(kind="party_agreement_ended").count() == 3


# The days, and the hours that follow


def signed(number, first, last, signed_on, kind=VersionKind.CONTENT):
    version = AgreementVersion(number=number, kind=kind, effective_from=first, ends_on=last)
    version.changes_id = None if kind == VersionKind.BASE else 1
    version.signed_at = timezone.make_aware(
        timezone.datetime.combine(signed_on, timezone.datetime.min.time().replace(hour=12))
    )
    return version


def test_spans_lie_side_by_side_and_stop_at_the_end():
    start, last = date(2026, 9, 1), date(2027, 7, 1)
    texts = [
        signed(1, start, last, date(2026, 8, 20), VersionKind.BASE),
        signed(2, date(2027, 2, 1), last, date(2027, 1, 10)),
        signed(3, date(2027, 3, 1), last, date(2027, 3, 5)),
    ]
    found = {version.number: holds for version, holds in spans.spans(texts, date(2027, 5, 31))}
    assert [(found[n].lower, found[n].upper) for n in (1, 2, 3)] == [
        (start, date(2027, 2, 1)),
        (date(2027, 2, 1), date(2027, 3, 5)),
        (date(2027, 3, 5), date(2027, 6, 1)),
    ]


@pytest.mark.parametrize("action", list(AgreementVersion.TRANSITIONS))
@pytest.mark.parametrize("state", list(VersionState))
def test_every_state_and_action_of_a_text(state, action, monkeypatch):
    version = AgreementVersionFactory()
    monkeypatch.setattr(AgreementVersion._base_manager, "filter", lambda **kw: _Written())
    version.state = state
    sources, target = AgreementVersion.TRANSITIONS[action]
    if state in sources:
        advance(version, action, by=None, reason="x")
        assert version.state == target
    else:
        with pytest.raises(IllegalTransition):
            advance(version, action, by=None, reason="x")
    assert states.history(version).count() == (state in sources)


class _Written:
    """The UPDATE of a state whose other columns the constraints would ask for: the table of states is tested alone."""

    def update(self, **values):
        return 1


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["period", "early_end"])
def test_change_that_ends_before_it_begins_is_refused_in_words(kind):
    """What all sign may stop a placement that is still to begin, but not on a day before its first."""
    case = agreement_case(starts_on=today() + timedelta(days=30))
    case.ask()
    case.sign_all()
    with pytest.raises(ValidationError, match="De einddatum moet na de begindatum liggen"):
        case.amend(kind, effective_from=today() + timedelta(days=30), ends_on=today() + timedelta(days=5))


def test_nothing_is_signed_for_days_on_which_the_student_is_not_enrolled_any_more(case):
    """The enrolment was given an earlier last day while the signatures were waited for."""
    last = case.agreed.ends_on - 60 * DAY
    case.amend(
        "period", ends_on=last, hours_per_year=case.agreed.hours_per_year, hours_reason="Eerder klaar."
    )
    Enrolment.objects.filter(pk=case.placement.enrolment_id).update(ends_on=last - DAY)
    with pytest.raises(ValidationError, match="inschrijving"):
        case.sign("student", case.student)
    with pytest.raises(ValidationError, match="inschrijving"):
        case.on_paper("student")
