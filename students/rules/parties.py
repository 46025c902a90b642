"""On whose behalf someone acts for a student; on rows of `Enrolment.objects.with_parties()`."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from accounts.enums import Role
from core.access import ALLOW, Verdict, deny
from partnerships.actors import Actor, HeldRole
from partnerships.roles import AT_WORK, EMPLOYER_PARTY
from students.enums import Party
from students.models import Enrolment


def _teaches(actor: Actor, enrolment: Enrolment) -> bool:
    return bool(actor.memberships(Role.TEACHER) & enrolment.parties.teacher_memberships)


def party_of(actor: Actor, enrolment: Enrolment) -> Party | None:
    """The party the actor may answer for, or None.

    The employer party is the organisation with the newest running access to the plan, through its contacts,
    practice trainers and its own supervisors with a mandate to consent. An earlier employer's answer for nobody any
    more, and an exchange host agrees to nothing.
    """
    parties = enrolment.parties
    if parties.student == actor.person_id:
        return Party.STUDENT
    if _teaches(actor, enrolment):
        return Party.SCHOOL
    if parties.employer in actor.employer_organisations:
        return Party.EMPLOYER
    if actor.consenting_memberships & parties.own_supervisors:
        return Party.EMPLOYER
    return None


def side_of(actor: Actor, enrolment: Enrolment) -> Party | None:
    """The side on which the actor stands; wider than `party_of`: also supervisors and exchange hosts."""
    parties = enrolment.parties
    party = party_of(actor, enrolment)
    if party is not None:
        return party
    organisations = actor.employer_organisations & {*parties.employers, *parties.exchange_hosts}
    memberships = actor.memberships(Role.SUPERVISOR) & (parties.supervisors | parties.exchange_supervisors)
    return Party.EMPLOYER if organisations or memberships else None


def at_work(actor: Actor, enrolment: Enrolment) -> HeldRole | None:
    """The role in which the actor sees the student work today, also in an exchange; of several the nearest one."""
    parties = enrolment.parties
    guiding = parties.supervisors | parties.exchange_supervisors
    places = {*parties.employers, *parties.exchange_hosts}
    for role in AT_WORK:
        for held in actor.held:
            is_there = (
                held.membership_id in guiding if role == Role.SUPERVISOR else held.organisation_id in places
            )
            if held.role == role and is_there:
                return held
    return None


def can_read_whole_plan(actor: Actor, enrolment: Enrolment) -> Verdict:
    """Versions, coverage and print show every goal; an exchange host sees the exchange goals only."""
    parties = enrolment.parties
    whole = (
        party_of(actor, enrolment) is not None
        or actor.employer_organisations & set(parties.employers)
        or actor.memberships(Role.SUPERVISOR) & parties.supervisors
    )
    return ALLOW if whole else deny(_("You see only the goals of the exchange, not the whole learning plan."))


def can_see_supervised(actor: Actor) -> Verdict:
    """The page with own students of a work supervisor."""
    return ALLOW if actor.memberships(Role.SUPERVISOR) else deny(_("This page is for work supervisors."))


def can_see_students_of(actor: Actor, organisation_id: int) -> Verdict:
    """The students who work at an employer, for its contacts and practice trainers."""
    if actor.has_role(organisation_id, *EMPLOYER_PARTY):
        return ALLOW
    return deny(_("Only contact persons and practice trainers see the students of the organisation."))
