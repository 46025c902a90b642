"""Practice agreements: made from the data, ended, taken up again, followed by a next one, completed.

Every verb locks the agreement first, so that a change and a signature, or two signatures, come one after the
other: a signature never lands on a text its signer did not see, and a text is signed by all exactly once.
"""

from __future__ import annotations

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.mail import letters
from accounts.models import Person
from agreements import rules
from agreements.enums import AfterEnd, AgreementState
from agreements.mail import agreements as mail
from agreements.models import Agreement, AgreementVersion
from agreements.queries import signers
from agreements.queries import terms as texts
from agreements.services import effects, locks, versions
from core import states
from core.access import ensure
from core.dates import today
from core.models import StateChange
from core.versions import NO_PAGE, ensure_same
from partnerships.actors import Actor, id_of
from placements.enums import STOPPED_EARLY, PlacementState
from placements.models import Placement

DAY = timedelta(days=1)


@transaction.atomic
def draft(*, placement_id: int, by: Actor | None) -> Agreement:
    """The first agreement of a placement with a text made from the data; the existing one when there is one."""
    placement = (
        Placement.objects.select_for_update(of=("self",), no_key=True)
        .select_related(
            "student",
            "slot__organisation",
            "slot__location",
            "slot__supervisor__person",
            "enrolment__cohort__programme__school",
        )
        .get(pk=placement_id)
    )
    existing = Agreement.objects.filter(placement=placement).order_by("-number").first()
    if existing is not None:
        return existing
    agreement = Agreement.objects.create(placement=placement)
    terms = texts.first_terms(placement, texts.qualifications_of(placement))
    versions.write(agreement=agreement, terms=terms, by=by, effective_from=terms["starts_on"])
    return agreement


@transaction.atomic
def follow_up(*, agreement_id: int, by: Actor | None, read: str | None) -> Agreement:
    """The next agreement of a placement that goes on: a draft of what was agreed, for the days that are left."""
    former = locks.with_placement(agreement_id, by)
    has_open = former.placement.agreements.open().exists()
    ensure(rules.can_follow_up(by, former, has_open) if by else rules.is_open_to_follow(former, has_open))
    ensure_same(read, former.edition)
    agreed = former.agreed
    if agreed is None:
        raise ValidationError(_("This agreement has no text yet."))
    placement = former.placement
    starts_on = (former.ended_on or agreed.ends_on) + DAY
    ends_on = min(placement.ends_on, placement.enrolment.ends_on)
    if starts_on > ends_on:
        raise ValidationError(_("The placement ends on that day too: there is nothing left to agree on."))
    newest = placement.agreements.order_by("-number").values_list("number", flat=True)[0]
    following = Agreement.objects.create(placement=placement, number=newest + 1, follows=former)
    terms = texts.next_terms(agreed, starts_on, ends_on)
    versions.write(agreement=following, terms=terms, by=by, effective_from=starts_on)
    return following


@transaction.atomic
def end(
    *, agreement_id: int, last_day: date, then: str, reason: str, by: Actor, read: str | None
) -> Agreement:
    """End an agreement in force early, with the reason, and say in the same act what becomes of the placement."""
    agreement = locks.with_placement(agreement_id, by)
    ensure(rules.can_end(by, agreement))
    ensure_same(read, agreement.edition)
    agreed = agreement.agreed
    if agreed is None or not agreed.starts_on <= last_day <= agreed.ends_on:
        raise ValidationError(_("The last day must lie within the period of the agreement."))
    if last_day == agreed.ends_on:
        raise ValidationError(_("The agreement ends on that day anyway. Choose an earlier day."))
    act = _end(agreement, last_day, reason=reason, by=by)
    if AfterEnd(then) == AfterEnd.NEXT_AGREEMENT:
        follow_up(agreement_id=agreement.pk, by=by, read=NO_PAGE)
    else:
        effects.end_placement(agreement=agreement, last_day=last_day, reason=reason, by=by, cause=act)
    return agreement


def _end(
    agreement: Agreement,
    last_day: date,
    *,
    reason: str,
    by: Actor | None,
    cause: StateChange | None = None,
) -> StateChange:
    act = states.advance(agreement, "end", by=id_of(by), reason=reason, cause=cause, ended_on=last_day)
    versions.lapse_pending(agreement=agreement, by=by, reason=reason, cause=cause or act)
    versions.settle(agreement=agreement)
    people = signers.everyone(agreement, but=id_of(by))
    mail.party_agreement_ended(agreement, people, reason.strip(), about=act)
    return act


@transaction.atomic
def take_back_end(*, agreement_id: int, by: Actor, reason: str = "", read: str | None) -> Agreement:
    """Take back a wrong end within its days, with what it brought along: the end of the placement, the next draft."""
    agreement = locks.with_placement(agreement_id, by)
    act = states.last_act(agreement)
    ensure(rules.can_take_back_end(by, agreement, act))
    ensure_same(read, agreement.edition)
    if act is None:
        return agreement
    _drop_follower(agreement, by=by)
    undone = states.take_back(agreement, act, by=by.person_id, reason=reason, ended_on=None)
    _restore_texts(act=act, by=by, undo=undone.change)
    effects.restore_placement(act=act, by=by, undo=undone.change)
    _refuse_without_placement(agreement)
    versions.settle(agreement=agreement)
    versions.return_to_agreed(agreement=agreement, by=by)
    name = Person.objects.get(pk=by.person_id).full_name
    letters.taken_back(undone.mailed, by=name, reason=reason, among=signers.parties(agreement))
    return agreement


def _refuse_without_placement(agreement: Agreement) -> None:
    """Nothing is in force on a placement that someone ended since."""
    state = Placement.objects.values_list("state", flat=True).get(pk=agreement.placement_id)
    if state in {*STOPPED_EARLY, PlacementState.CANCELLED}:
        raise ValidationError(_("The placement has ended since. Take that back first."))


def _drop_follower(agreement: Agreement, *, by: Actor) -> None:
    """The next agreement that was begun lapses, unless it has come into force: then there is no way back."""
    known = Agreement.objects.following(agreement).first()
    if known is None:
        return
    following = locks.agreement(known.pk)
    if following.activated_at is not None:
        raise ValidationError(_("The next agreement is in force already."))
    if states.allowed(following, "lapse"):
        reason = str(_("The agreement before it continues."))
        versions.lapse_pending(agreement=following, by=by, reason=reason)
        states.advance(following, "lapse", by=by.person_id, reason=reason)


@transaction.atomic
def close_for_placement(
    *, placement_id: int, last_day: date, reason: str, by: Actor | None, cause: StateChange | None = None
) -> None:
    """A placement ends early: its agreement ends on the same day, or lapses when it was never in force."""
    for pk in Agreement.objects.open().filter(placement=placement_id).values_list("pk", flat=True):
        agreement = locks.agreement(pk)
        if agreement.activated_at is None:
            _lapse(agreement, reason=reason, by=by, cause=cause)
        else:
            _end(agreement, _within(agreement, last_day), reason=reason, by=by, cause=cause)


def _within(agreement: Agreement, day: date) -> date:
    """The day, in the period of what was agreed; of one that waits for signatures again, of what is asked."""
    text = agreement.agreed or agreement.pending
    return day if text is None else min(max(day, text.starts_on), text.ends_on)


@transaction.atomic
def restore_for_placement(*, act: StateChange, by: Actor, undo: StateChange) -> None:
    """The placement goes on after all: the agreement that ended or lapsed with `act`, and its text, are what they were."""
    _restore_texts(act=act, by=by, undo=undo)
    for change in states.caused(act, Agreement):
        agreement = locks.agreement(int(change.object_id))
        back = states.take_back(agreement, change, by=by.person_id, cause=undo, ended_on=None)
        versions.settle(agreement=agreement)
        # Other days, when a text was disputed meanwhile
        versions.return_to_agreed(agreement=agreement, by=by)
        letters.taken_back(back.mailed, by=str(back.change.by), among=signers.parties(agreement))


def _restore_texts(*, act: StateChange, by: Actor, undo: StateChange) -> None:
    """The change that lapsed with `act` waits again where it stood."""
    for change in states.caused(act, AgreementVersion):
        version = AgreementVersion.objects.get(pk=change.object_id)
        states.take_back(version, change, by=by.person_id, cause=undo)


@transaction.atomic
def lapse_for_placement(*, placement_id: int, reason: str) -> None:
    """A placement is over: an agreement that never got its signatures lapses; one in force completes on its own day.

    One that was in force, and waits for a signature again since an objection, ends with the placement.
    """
    for pk in Agreement.objects.open().filter(placement=placement_id).values_list("pk", flat=True):
        agreement = locks.agreement(pk)
        if agreement.activated_at is None:
            _lapse(agreement, reason=reason, by=None)
        elif agreement.agreed is None:
            _end(agreement, _within(agreement, agreement.placement.ends_on), reason=reason, by=None)


def _lapse(agreement: Agreement, *, reason: str, by: Actor | None, cause: StateChange | None = None) -> None:
    if states.allowed(agreement, "lapse"):
        versions.lapse_pending(agreement=agreement, by=by, reason=reason, cause=cause)
        states.advance(agreement, "lapse", by=id_of(by), reason=reason, cause=cause)


@transaction.atomic
def complete(*, agreement_id: int) -> bool:
    """Complete an active agreement whose last day has passed; says whether it was due. Safe to repeat."""
    agreement = locks.agreement(agreement_id)
    agreed = agreement.agreed
    if agreement.state != AgreementState.ACTIVE or agreed is None or agreed.ends_on >= today():
        return False
    pending, reason = agreement.pending, str(_("The agreement is over."))
    versions.lapse_pending(agreement=agreement, by=None, reason=reason)
    states.advance(agreement, "complete", by=None)
    if pending is not None and pending.asked_at:  # nobody who was asked has anything to sign any more
        mail.party_change_withdrawn(agreement, pending, signers.everyone(agreement), reason)
    return True
