"""Who may do what with a practice agreement. Needs `for_list()` and `with_taught(actor)` on the row."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from accounts.enums import Role
from agreements.enums import Signer
from agreements.models import Agreement
from core import states
from core.access import ALLOW, Verdict, deny, not_now
from partnerships.actors import Actor
from partnerships.roles import EMPLOYER_PARTY, SIGNS_FOR_EMPLOYER, SIGNS_FOR_SCHOOL

NOT_THE_SCHOOL = _("Only the teachers of this student can do this.")


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


def is_student(actor: Actor, agreement: Agreement) -> bool:
    """Whether it is the actor's own agreement."""
    return agreement.placement.student.user_id == actor.user_id


def is_employer(actor: Actor, agreement: Agreement) -> bool:
    """Whether the actor is of the employer party, or signs for the employer as its manager."""
    employer = _employer_id(agreement)
    return employer in actor.employer_organisations or _signs(actor, employer, Role.MANAGER)


def is_school(actor: Actor, agreement: Agreement) -> bool:
    """Whether the actor teaches the student, or signs for the school as its manager; needs `with_taught`."""
    return agreement.is_taught or _signs(actor, _school_id(agreement), Role.MANAGER)


def is_supervisor(actor: Actor, agreement: Agreement) -> bool:
    """Whether the actor guides the student at the workplace."""
    supervisor = agreement.placement.supervisor
    return bool(supervisor and supervisor.membership_id in actor.memberships(Role.SUPERVISOR))


def is_party(actor: Actor, agreement: Agreement) -> bool:
    """Whether the actor is one of those whom the agreement is about, or guides the student."""
    return any(holds(actor, agreement) for holds in (is_student, is_school, is_employer, is_supervisor))


def can_read(actor: Actor, agreement: Agreement) -> Verdict:
    """Read the text; a coordinator who sees the row gets its state only (docs/domain.md section 2)."""
    if is_party(actor, agreement):
        return ALLOW
    return deny(_("You can see the state of this agreement, not what is in it."))


def can_change(actor: Actor, agreement: Agreement) -> Verdict:  # noqa: ARG001  # is_taught was read for the actor
    """A new version with other terms, by a teacher of the student."""
    return states.permits(agreement, "change") if agreement.is_taught else deny(NOT_THE_SCHOOL)


def can_ask(actor: Actor, agreement: Agreement) -> Verdict:  # noqa: ARG001  # is_taught was read for the actor
    """Put the newest version to signature, by a teacher of the student."""
    return states.permits(agreement, "ask") if agreement.is_taught else deny(NOT_THE_SCHOOL)


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


def can_sign(actor: Actor, agreement: Agreement) -> Verdict:
    """Whether the actor signs the newest version now, for a party that has not signed it yet."""
    parties = signer_of(actor, agreement)
    if not parties:
        return deny(
            _("You may not sign this agreement. A manager of your organisation decides who signs for it.")
        )
    signing = states.permits(agreement, "activate")
    if not signing:
        return signing
    signatures = agreement.current.signatures.all() if agreement.current else ()
    signed = {signature.signer: signature for signature in signatures}
    if any(signature.by_id == actor.user_id and not signature.is_paper for signature in signed.values()):
        return not_now(_("You have signed this version."))
    if all(party in signed for party in parties):
        return not_now(_("Your party has already signed this version."))
    return ALLOW


def can_record_paper(actor: Actor, agreement: Agreement) -> Verdict:  # noqa: ARG001  # is_taught was read for the actor
    """Record a signature that stands on paper, by a teacher of the student."""
    return states.permits(agreement, "activate") if agreement.is_taught else deny(NOT_THE_SCHOOL)


def can_end(actor: Actor, agreement: Agreement) -> Verdict:  # noqa: ARG001  # is_taught was read for the actor
    """End an active agreement early, by a teacher of the student."""
    return states.permits(agreement, "end") if agreement.is_taught else deny(NOT_THE_SCHOOL)


def can_list(actor: Actor, organisation_id: int, space: str) -> Verdict:
    """The list of an organisation: its employer party or teachers, and who signs for it."""
    roles = (Role.TEACHER,) if space == "teacher" else EMPLOYER_PARTY
    if actor.has_role(organisation_id, *roles) or _signs(actor, organisation_id, Role.MANAGER):
        return ALLOW
    if space == "teacher":
        return deny(_("Agreements are for teachers, and for managers who sign for the school."))
    return deny(_("Agreements are for contacts and practice trainers, and for managers who sign."))
