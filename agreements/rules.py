"""Who may do what with a practice agreement. Needs `for_list()` and `with_taught(actor)` on the row."""

from __future__ import annotations

from collections.abc import Collection

from django.utils.translation import gettext_lazy as _

from accounts.enums import Role
from agreements.enums import (
    AgreementState,
    Signer,
    VersionState,
)
from agreements.models import Agreement, AgreementVersion, Signature
from core import states
from core.access import ALLOW, Verdict, deny, not_now
from core.dates import today
from core.models import StateChange
from partnerships.actors import Actor
from partnerships.models import Membership
from partnerships.roles import EMPLOYER_PARTY, SIGNS_FOR_EMPLOYER, SIGNS_FOR_SCHOOL
from placements.enums import LIVE_PLACEMENT

NOT_THE_SCHOOL = _("Only the teachers of this student can do this.")
NOT_A_PREPARER = _("Only the teachers of this student and the employer ask for a change.")


def _employer_id(agreement: Agreement) -> int:
    return agreement.placement.slot.organisation_id


def _school_id(agreement: Agreement) -> int:
    return agreement.placement.enrolment.cohort.programme.school_id


def _signs(actor: Actor, organisation_id: int, *roles: Role) -> bool:
    """Whether one of the actor's roles there carries the right to sign."""
    return any(
        held.may_sign and held.organisation_id == organisation_id and held.role in roles
        for held in actor.held
    )


def signs_as_employer(actor: Actor, organisation_id: int) -> bool:
    """Whether the actor signs agreements for this employer."""
    return _signs(actor, organisation_id, *SIGNS_FOR_EMPLOYER)


def signs_as_school(actor: Actor, organisation_id: int) -> bool:
    """Whether the actor signs agreements of own cohorts for this school."""
    return _signs(actor, organisation_id, *SIGNS_FOR_SCHOOL)


def is_student(actor: Actor, agreement: Agreement) -> bool:
    """Whether it is the actor's own agreement."""
    return agreement.placement.student.person_id == actor.person_id


def is_employer(actor: Actor, agreement: Agreement) -> bool:
    """Whether the actor is of the employer party, or signs for the employer as its manager."""
    employer = _employer_id(agreement)
    return employer in actor.employer_organisations or _signs(actor, employer, Role.MANAGER)


def is_school(actor: Actor, agreement: Agreement) -> bool:
    """Whether the actor teaches the student, or signs for the school as its manager; needs `with_taught`."""
    return agreement.is_taught or _signs(actor, _school_id(agreement), Role.MANAGER)


def is_supervisor(actor: Actor, agreement: Agreement) -> bool:  # noqa: ARG001  # is_guided was read for the actor
    """Whether the actor guides the student at the workplace; needs `with_taught`."""
    return agreement.is_guided


def is_party(actor: Actor, agreement: Agreement) -> bool:
    """Whether the actor is one of those whom the agreement is about, or guides the student."""
    return any(holds(actor, agreement) for holds in (is_student, is_school, is_employer, is_supervisor))


def can_read(actor: Actor, agreement: Agreement) -> Verdict:
    """Read the text; a coordinator who sees the row gets its state only (docs/domain.md section 2)."""
    if is_party(actor, agreement):
        return ALLOW
    return deny(_("You can see the state of this agreement, not what is in it."))


def prepares(actor: Actor, agreement: Agreement) -> bool:
    """Whether the actor may put a change to the others: a teacher of the student, or the employer party."""
    return agreement.is_taught or is_employer(actor, agreement)


def can_mark_subsidy(actor: Actor, agreement: Agreement) -> Verdict:
    """Say that a subsidy is accounted for with it, or no longer: for school and employer, once it was in force.

    It is then kept for seven years after its end, and not for two (docs/privacy.md).
    """
    if not prepares(actor, agreement):
        return deny(_("Only the teachers of this student and the employer say this."))
    if agreement.activated_at is None:
        return not_now(_("Only an agreement that was in force can be used for a subsidy."))
    return ALLOW


def names_own(version: AgreementVersion) -> Verdict:
    """Whether a text names a location and practice trainer of its employer, and a contact of its school."""
    employer, school = _employer_id(version.agreement), _school_id(version.agreement)
    is_ours = (
        version.location.organisation_id == employer
        and _is_of(version.trainer, employer, EMPLOYER_PARTY)
        and _is_of(version.contact, school, (Role.TEACHER,))
    )
    if is_ours:
        return ALLOW
    return not_now(
        _("Choose a location and a practice trainer of the employer, and a contact of the school.")
    )


def _is_of(named: Membership | None, organisation_id: int, roles: Collection[Role]) -> bool:
    return named is None or (named.organisation_id == organisation_id and named.role in roles)


def is_open_to_change(agreement: Agreement) -> Verdict:
    """Whether a change can begin: something is in force, and no other change waits."""
    if agreement.state != AgreementState.ACTIVE:
        return not_now(_("Only an active agreement can be changed."))
    if agreement.pending is not None:
        return not_now(_("There is already a change that waits. Look at that one first."))
    return ALLOW


def can_amend(actor: Actor, agreement: Agreement) -> Verdict:
    """Begin a change of what is in force, by the school or the employer."""
    return is_open_to_change(agreement) if prepares(actor, agreement) else deny(NOT_A_PREPARER)


def can_change(actor: Actor, agreement: Agreement) -> Verdict:
    """Other words in the text that waits: a first text by the school, a change by the employer too."""
    pending = agreement.pending
    if not (agreement.is_taught if pending is None or pending.is_base else prepares(actor, agreement)):
        return deny(NOT_THE_SCHOOL if pending is None or pending.is_base else NOT_A_PREPARER)
    return ALLOW if pending is not None else not_now(_("There is no change that waits now."))


def can_ask(actor: Actor, agreement: Agreement) -> Verdict:
    """Put the draft to signature, by whoever may change it."""
    changing = can_change(actor, agreement)
    pending = agreement.pending
    return states.permits(pending, "ask") if changing and pending else changing


def can_recall(actor: Actor, agreement: Agreement) -> Verdict:
    """Take back that signatures were asked: by whoever may ask for them, before anyone has signed."""
    changing, pending = can_change(actor, agreement), agreement.pending
    if not changing or pending is None:
        return changing
    if pending.standing:
        return not_now(_("Someone has signed this text already. Change the text instead."))
    return states.permits(pending, "sign")


def can_withdraw(actor: Actor, agreement: Agreement) -> Verdict:
    """Take a change back before everyone has signed it; a first text is changed instead."""
    if not prepares(actor, agreement):
        return deny(NOT_A_PREPARER)
    pending = agreement.pending
    if pending is None or agreement.agreed is None:
        return not_now(_("There is no change to withdraw."))
    return states.permits(pending, "withdraw")


def signer_of(actor: Actor, agreement: Agreement) -> tuple[Signer, ...]:
    """The parties for which the actor signs; mostly one, for someone with two jobs it can be more."""
    open_for = []
    if is_student(actor, agreement):
        open_for.append(Signer.STUDENT)
    if signs_as_employer(actor, _employer_id(agreement)):
        open_for.append(Signer.EMPLOYER)
    school_roles = SIGNS_FOR_SCHOOL if agreement.is_taught else (Role.MANAGER,)
    if _signs(actor, _school_id(agreement), *school_roles):
        open_for.append(Signer.SCHOOL)
    return tuple(open_for)


def capacity_of(actor: Actor, agreement: Agreement, party: Signer) -> str:
    """As what the actor signs for a party: the role that carries the right to sign."""
    if party == Signer.STUDENT:
        return Role.STUDENT
    organisation = _employer_id(agreement) if party == Signer.EMPLOYER else _school_id(agreement)
    roles = SIGNS_FOR_EMPLOYER if party == Signer.EMPLOYER else SIGNS_FOR_SCHOOL
    found = (held.role for held in actor.held if held.may_sign and held.organisation_id == organisation)
    return next((role for role in found if role in roles), "")


def can_sign(actor: Actor, agreement: Agreement) -> Verdict:
    """Whether the actor signs, or declines, the text that waits, for a party that has not signed it yet."""
    parties = signer_of(actor, agreement)
    if not parties:
        return deny(
            _("You may not sign this agreement. A manager of your organisation decides who signs for it.")
        )
    pending = agreement.pending
    if pending is None:
        return not_now(_("There is nothing to sign now."))
    signing = states.permits(pending, "sign")
    if not signing:
        return signing
    standing = pending.standing
    if any(signature.person_id == actor.person_id for signature in standing):
        return not_now(_("You have signed this version."))
    signed = {signature.signer for signature in standing}
    if all(party in signed for party in parties):
        return not_now(_("Your party has already signed this version."))
    return ALLOW


def recorded_by(actor: Actor, agreement: Agreement) -> tuple[Signer, ...]:
    """The parties whose signature on paper the actor may record: each its own, the school those of student and parent."""
    signs = signer_of(actor, agreement)
    own = tuple(party for party in signs if party != Signer.STUDENT)
    of_student = (Signer.STUDENT, Signer.REPRESENTATIVE) if Signer.SCHOOL in signs else ()
    return (*own, *of_student)


def can_record_paper(actor: Actor, agreement: Agreement) -> Verdict:
    """Record a signature that stands on paper, by who signs for the employer or the school."""
    if not recorded_by(actor, agreement):
        return deny(_("Only who signs for the employer or the school records what was signed on paper."))
    pending = agreement.pending
    return states.permits(pending, "sign") if pending else not_now(_("There is nothing to sign now."))


def can_record(actor: Actor, agreement: Agreement, party: Signer) -> Verdict:
    """The same for one party."""
    if party in recorded_by(actor, agreement):
        return can_record_paper(actor, agreement)
    return deny(
        _("A signature on paper is recorded by the own party; the school records that of the student.")
    )


def can_object(signature: Signature, version: AgreementVersion) -> Verdict:
    """Say that a signature recorded from paper is not one's own, within 14 days, whatever became of what was signed.

    Only a text that was never signed by all and waits for nothing any more leaves nothing to object to.
    """
    if not signature.is_paper:
        return deny(_("This signature was given in the portal, after signing in."))
    if today() > signature.objections_until:
        return not_now(_("You could object until 14 days after the signature was recorded."))
    return counts_still(version)


def counts_still(version: AgreementVersion) -> Verdict:
    """Whether a text is on its way to be signed by all or was, and so whether a signature under it says anything."""
    if version.state in {VersionState.SIGNING, VersionState.SIGNED}:
        return ALLOW
    return not_now(_("This text does not count any more, nor does the signature."))


def can_end(actor: Actor, agreement: Agreement) -> Verdict:  # noqa: ARG001  # is_taught was read for the actor
    """End an agreement in force early without the signatures of all, by a teacher of the student."""
    if not agreement.is_taught:
        return deny(NOT_THE_SCHOOL)
    if agreement.activated_at is None:
        return not_now(Agreement.REFUSALS["end"])
    return states.permits(agreement, "end")


def can_take_back_end(actor: Actor, agreement: Agreement, act: StateChange | None) -> Verdict:  # noqa: ARG001
    """Take back a wrong end within its days, by a teacher of the student; `act` is the last thing that happened to it."""
    if not agreement.is_taught:
        return deny(NOT_THE_SCHOOL)
    # What never was in force lapsed, and comes back only with its placement.
    if act is None or act.action != "end":
        return not_now(_("There is nothing here that can be taken back now."))
    if act.cause is not None and not _was_disputed(agreement, act.cause):
        return not_now(_("This end followed from another act, so only that one can be taken back."))
    return states.permits_undo(agreement, act)


def _was_disputed(agreement: Agreement, cause: StateChange) -> bool:
    """Whether this is the signing of a text that does not count any more."""
    is_text = cause.model == AgreementVersion._meta.label_lower
    return is_text and all(
        str(text.pk) != cause.object_id or text.state != VersionState.SIGNED for text in agreement.texts
    )


def is_open_to_follow(agreement: Agreement, has_open: bool) -> Verdict:
    """Whether a next agreement can begin: this one is over, no other is open, and the placement goes on."""
    if agreement.state not in {AgreementState.ENDED, AgreementState.COMPLETED} or has_open:
        return not_now(_("There is already an agreement on this placement."))
    if agreement.placement.state not in LIVE_PLACEMENT:
        return not_now(_("This placement is over."))
    if agreement.ended_on is not None and agreement.placement.ends_on <= agreement.ended_on:
        return not_now(_("The placement ends together with this agreement."))
    return ALLOW


def can_follow_up(actor: Actor, agreement: Agreement, has_open: bool) -> Verdict:  # noqa: ARG001
    """Begin the next agreement of a placement that goes on, by a teacher of the student."""
    return is_open_to_follow(agreement, has_open) if agreement.is_taught else deny(NOT_THE_SCHOOL)


def can_list(actor: Actor, organisation_id: int, space: str) -> Verdict:
    """The list of an organisation: its employer party or teachers, and who signs for it."""
    roles = (Role.TEACHER,) if space == "teacher" else EMPLOYER_PARTY
    if actor.has_role(organisation_id, *roles) or _signs(actor, organisation_id, Role.MANAGER):
        return ALLOW
    if space == "teacher":
        return deny(_("Agreements are for teachers, and for managers who sign for the school."))
    return deny(_("Agreements are for contacts and practice trainers, and for managers who sign."))
