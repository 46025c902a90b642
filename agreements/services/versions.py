"""The texts of an agreement: changed, put to signature, withdrawn, signed by all.

What is in force is never touched by a change: it stays as it is, beside the text that is being made or signed, until
that one is signed by all and its day has come.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agreements import rules
from agreements.enums import AgreementState, VersionKind, VersionState
from agreements.mail import agreements as mail
from agreements.models import AccreditationGround, Agreement, AgreementVersion
from agreements.queries import readiness, signers, spans
from agreements.queries import terms as texts
from agreements.queries.history import newest_signed
from agreements.services import effects, kept, locks
from core import states
from core.access import ensure
from core.constraints import explained
from core.dates import today
from core.models import StateChange
from core.versions import NO_PAGE
from core.weeks import minutes_a_week
from partnerships.actors import Actor, id_of
from programmes.models import AccreditationCheck
from programmes.queries.teachers import teachers_of

CHANGED = _("The agreement has changed since you read it. Read the newest text first.")


@transaction.atomic
def write(
    *, agreement: Agreement, terms: dict[str, Any], by: Actor | None, number: int = 1, **about: Any
) -> AgreementVersion:
    """A new draft; `about` is what it is for: kind, the text it changes, why, from which day."""
    version = AgreementVersion(
        agreement=agreement, number=number, created_by_id=id_of(by), **_complete(terms), **about
    )
    texts.refresh(version)
    _save(version)
    return version


def _save(version: AgreementVersion) -> None:
    ensure(rules.names_own(version))
    with explained(version):  # days in the wrong order, no hours: what a form would have caught
        version.save()


@transaction.atomic
def amend(
    *,
    agreement_id: int,
    kind: str,
    effective_from: date,
    by: Actor | None,
    from_version_id: int,
    reason: str = "",
    ask_now: bool = False,
    **terms: Any,
) -> AgreementVersion:
    """A change of what was agreed, as a draft beside it; with `ask_now` put to signature at once.

    `from_version_id` is the agreed text that the writer had before them. Sent again it gives the change that was made.
    """
    agreement = locks.agreement(agreement_id, by)
    if made := _sent_again(agreement, kind, from_version_id, reason, terms, by):
        return made
    agreed = agreement.agreed
    ensure(rules.can_amend(by, agreement) if by else rules.is_open_to_change(agreement))
    if agreed is None or agreed.pk != from_version_id:
        raise ValidationError(CHANGED, code="changed")
    _refuse_other_terms(kind, terms)
    if all(getattr(agreed, name) == value for name, value in terms.items()):
        raise ValidationError(_("Nothing is different from what was agreed, so there is nothing to sign."))
    _refuse_day(kind, effective_from, agreed, terms.get("ends_on", agreed.ends_on))
    version = write(
        agreement=agreement,
        terms=agreed.carried_on | terms,
        by=by,
        number=_next_number(agreement),
        kind=kind,
        changes=agreed,
        reason=reason.strip(),
        effective_from=effective_from,
    )
    return ask(agreement_id=agreement_id, by=by, from_digest=NO_PAGE) if ask_now else version


def _sent_again(
    agreement: Agreement,
    kind: str,
    from_version_id: int,
    reason: str,
    terms: dict[str, Any],
    by: Actor | None,
) -> AgreementVersion | None:
    """The change that waits, when the same person made this very one."""
    pending = agreement.pending
    if pending is None or (pending.kind, pending.changes_id) != (kind, from_version_id):
        return None
    same = all(getattr(pending, name) == value for name, value in terms.items())
    return (
        pending if same and pending.reason == reason.strip() and pending.created_by_id == id_of(by) else None
    )


@transaction.atomic
def change(*, agreement_id: int, by: Actor | None, from_digest: str | None, **terms: Any) -> AgreementVersion:
    """Other terms in the text that is being made or signed.

    A draft changes itself. One that was asked is withdrawn with its signatures, and a new draft takes its place; who had
    signed hears what changed. `from_digest` is that of the text the writer had before them: another in between is not
    overwritten. Without any difference everything stays as it is.
    """
    agreement = locks.agreement(agreement_id, by)
    old = locks.pending(agreement)
    if by is not None:
        ensure(rules.can_change(by, agreement))
    texts.refresh(old)
    _refuse_other_terms(old.kind, {name: value for name, value in terms.items() if name not in _ABOUT})
    if all(getattr(old, name) == value for name, value in terms.items()):
        return old  # also when it is sent again: it says so already
    _refuse_changed(old, from_digest)
    if old.state == VersionState.DRAFT:
        return _change_draft(old, terms)
    signed = {item.by_id for item in old.standing if not item.is_paper}
    version = _anew(agreement, old, terms, by=by, action="withdraw")
    # Who signed and left the party since hears no more of it.
    told = [person for person in signers.everyone(agreement, but=id_of(by)) if person.pk in signed]
    mail.signer_agreement_voided(agreement, version, old, told)
    return version


_ABOUT = {"effective_from", "reason"}  # of a change itself, not of what is agreed


def _change_draft(draft: AgreementVersion, terms: dict[str, Any]) -> AgreementVersion:
    for name, value in _complete(terms).items():
        setattr(draft, name, value)
    if draft.is_base:
        draft.effective_from = draft.starts_on
    texts.refresh(draft)
    _save(draft)
    return draft


def _anew(
    agreement: Agreement,
    old: AgreementVersion,
    terms: dict[str, Any],
    *,
    by: Actor | None,
    action: str,
    reason: str = "",
) -> AgreementVersion:
    """A text that was asked makes way for a draft of the same kind."""
    states.advance(old, action, by=id_of(by), reason=reason)
    if agreement.activated_at is None:  # what was in force before an objection is no draft again
        states.advance(agreement, "reopen", by=id_of(by))
    known = old.carried_on | terms
    about = {name: known.pop(name, getattr(old, name)) for name in _ABOUT}
    if old.is_base:
        about["effective_from"] = known["starts_on"]
    number = _next_number(agreement)
    return write(
        agreement=agreement, terms=known, by=by, number=number, kind=old.kind, changes=old.changes, **about
    )


@transaction.atomic
def ask(
    *, agreement_id: int, by: Actor | None, from_digest: str | None, among: Agreement | None = None
) -> AgreementVersion:
    """Put the draft to signature as it was read, and mail who can sign it.

    Who does this for many has locked them all, gives the one that is meant (`among`), and mails each signer about all.
    """
    agreement = among or locks.agreement(agreement_id, by)
    version = locks.pending(agreement)
    ensure(rules.can_ask(by, agreement) if by else states.permits(version, "ask"))
    texts.refresh(version)
    _refuse_changed(version, from_digest)
    if lacking := readiness.problems(version):
        raise ValidationError([str(item) for item in lacking])
    version.save()
    if agreement.state == AgreementState.DRAFT:
        states.advance(agreement, "ask", by=id_of(by))
    now = timezone.now()
    states.advance(version, "ask", by=id_of(by), asked_at=now, waits_since=now)
    if among is None:
        people = signers.each_once(signers.able_for(agreement).values(), but=id_of(by))
        mail.signer_agreement_asked(agreement, version, agreement.asked_before(version), people)
    return version


@transaction.atomic
def recall(*, agreement_id: int, version_id: int, by: Actor) -> AgreementVersion:
    """Take back that signatures were asked, before anyone has signed: the same text is a draft again.

    Whoever does it tells those who were asked.
    """
    agreement = locks.agreement(agreement_id, by)
    version = _as_read(agreement, version_id)
    ensure(rules.can_recall(by, agreement))
    return _anew(agreement, version, {}, by=by, action="withdraw")


@transaction.atomic
def withdraw(*, agreement_id: int, version_id: int, by: Actor, reason: str = "") -> AgreementVersion:
    """A change that nobody wants any more: a draft goes without a word, what was asked tells who was asked."""
    agreement = locks.agreement(agreement_id, by)
    version = _as_read(agreement, version_id)
    ensure(rules.can_withdraw(by, agreement))
    states.advance(version, "withdraw", by=by.person_id, reason=reason)
    if version.asked_at:
        people = signers.everyone(agreement, but=by.person_id)
        mail.party_change_withdrawn(agreement, version, people, reason.strip())
    return version


@transaction.atomic
def decline(*, agreement_id: int, version_id: int, reason: str, by: Actor) -> AgreementVersion:
    """A signer does not sign, and says why. A change is off; where nothing else was signed the text is a draft again."""
    agreement = locks.agreement(agreement_id, by)
    version = _as_read(agreement, version_id)
    ensure(rules.can_sign(by, agreement))
    if agreement.agreed is None:
        _anew(agreement, version, {}, by=by, action="decline", reason=reason)
    else:
        states.advance(version, "decline", by=by.person_id, reason=reason)
    people = signers.everyone(agreement, but=by.person_id)
    mail.party_agreement_declined(agreement, version, people, reason.strip())
    return version


@transaction.atomic
def complete_signing(
    *, agreement_id: int, by: Actor | None, tell_school: bool = True, among_many: bool = False
) -> bool:
    """Let the text hold that all have signed, if the accreditation does; otherwise tell the school what is missing.

    Says whether it was done. Safe to repeat. Who does this for many (`among_many`) tells everyone about all at once,
    and has the PDFs made afterwards (`kept`): thirty take longer than anyone waits for a page.
    """
    agreement = locks.with_placement(agreement_id, by)
    version = agreement.pending
    if version is None or version.state != VersionState.SIGNING or signers.missing(version):
        return False
    accreditation = readiness.accredited(version)
    if not accreditation.holds:
        if tell_school and not among_many:
            people = teachers_of(agreement.placement.enrolment.cohort_id)
            mail.teacher_accreditation_missing(agreement, people, accreditation.missing, version.starts_on)
        return False
    now = timezone.now()
    first = spans.first_day(version, now)
    values = {"holds": DateRange(first, first), "signed_at": now, "signed_digest": version.fingerprint()}
    act = states.advance(version, "sign", by=id_of(by), **values)
    rest_on(version=version, checks=accreditation.checks.values(), at=now)
    if (
        agreement.state == AgreementState.SIGNING
    ):  # the first text, or all that were signed before were disputed
        moment = agreement.activated_at or now
        states.advance(agreement, "activate", by=id_of(by), cause=act, activated_at=moment)
    if version.kind == VersionKind.EARLY_END:
        _end_as_signed(agreement, version, act, by=by)
    else:
        effects.take_effect(version=version, by=by)
    settle(agreement=agreement)
    if among_many:
        return True
    kept.keep(version=version)
    if version.is_base:
        mail.party_agreement_activated(agreement, version, signers.everyone(agreement))
    elif version.kind != VersionKind.EARLY_END:
        older = agreement.asked_before(version)
        mail.party_agreement_changed(agreement, version, older, signers.everyone(agreement))
    return True


@transaction.atomic
def rest_on(*, version: AgreementVersion, checks: Iterable[AccreditationCheck], at: datetime) -> None:
    """Keep on which checks a text is signed; what it was signed on before an objection stays."""
    known = set(version.grounds.values_list("accreditation_id", flat=True))
    AccreditationGround.objects.bulk_create(
        AccreditationGround(version=version, accreditation=check, at=at)
        for check in checks
        if check.pk not in known
    )


def _end_as_signed(
    agreement: Agreement, version: AgreementVersion, cause: StateChange, *, by: Actor | None
) -> None:
    reason, last_day = version.reason, version.ends_on
    act = states.advance(agreement, "end", by=id_of(by), reason=reason, cause=cause, ended_on=last_day)
    effects.end_placement(agreement=agreement, last_day=last_day, reason=reason, by=by, cause=act)
    mail.party_agreement_ended(agreement, signers.everyone(agreement), reason, about=act)


@transaction.atomic
def settle(*, agreement: Agreement) -> None:
    """Write on which days each signed text holds: from its own first day until a newer one takes over, or the end."""
    signed = list(agreement.versions.filter(state=VersionState.SIGNED))
    for version, holds in spans.spans(signed, agreement.ended_on):
        if version.holds != holds:
            AgreementVersion.objects.filter(pk=version.pk).update(holds=holds)


@transaction.atomic
def return_to_agreed(*, agreement: Agreement, by: Actor | None) -> None:
    """An agreement that was over is in force again: the placement has the days that were agreed, as far as there are."""
    signed = newest_signed(agreement)
    if signed is not None:
        effects.take_effect(version=signed, by=by)


@transaction.atomic
def lapse_pending(
    *, agreement: Agreement, by: Actor | None, reason: str, cause: StateChange | None = None
) -> None:
    """The agreement is over: what was still being made or signed lapses with it; `cause` when the placement ended it."""
    pending = agreement.pending
    if pending is not None:
        states.advance(pending, "lapse", by=id_of(by), reason=reason, cause=cause)


def _as_read(agreement: Agreement, version_id: int) -> AgreementVersion:
    """The text that waits, when it is the one that was on the page."""
    version = locks.pending(agreement)
    if version.pk != version_id:
        raise ValidationError(CHANGED, code="changed")
    return version


def _refuse_changed(version: AgreementVersion, from_digest: str | None) -> None:
    if from_digest is not None and from_digest != version.digest:
        raise ValidationError(CHANGED, code="changed")


def _refuse_other_terms(kind: str, terms: dict[str, Any]) -> None:
    allowed = AgreementVersion.TERMS_OF.get(VersionKind(kind))
    if allowed is not None and set(terms) - allowed:
        raise ValueError(f"a change of {kind} does not touch {sorted(set(terms) - allowed)}")


def _refuse_day(kind: str, effective_from: date, agreed: AgreementVersion, ends_on: date) -> None:
    """A change holds from today at the earliest, and not before what was agreed last.

    At the latest on its own last day, unless that is the end of it all, and on the day after what was agreed: between
    the two there is no day without.
    """
    if kind == VersionKind.BASE:
        raise ValueError("a first text changes nothing")
    latest = agreed.ends_on + timedelta(days=1)
    if kind != VersionKind.EARLY_END:
        # Days in the wrong order have a word of their own.
        latest = min(max(ends_on, agreed.starts_on), latest)
    if not max(today(), agreed.effective_from) <= effective_from <= latest:
        raise ValidationError(
            _(
                "Choose a day from today on, within the period of the agreement and not before its last change."
            )
        )
    if kind == VersionKind.EARLY_END and not today() <= ends_on <= agreed.ends_on:
        raise ValidationError(_("The last day must lie within the period of the agreement."))


def _next_number(agreement: Agreement) -> int:
    return max((text.number for text in agreement.texts), default=0) + 1


def _complete(terms: dict[str, Any]) -> dict[str, Any]:
    """The terms with what follows from them: the sum of the hours, the minutes a week."""
    found = dict(terms)
    if "hours_per_year" in found:
        found["total_hours"] = sum(found["hours_per_year"].values())
    if found.get("week"):
        found["minutes_per_week"] = minutes_a_week(found["week"])
    return found
