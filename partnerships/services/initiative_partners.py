"""Organisations join an initiative by the yes of both sides, and leave it by the word of either."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import Person
from core import changes, states, versions
from core.access import ensure
from core.dates import today
from core.models import StateChange
from partnerships.actors import Actor
from partnerships.enums import PartnerState
from partnerships.mail import initiative_partners as mail
from partnerships.models import Initiative, InitiativePartner, Organisation
from partnerships.queries.initiative_partners import speakers_of
from partnerships.queries.organisations import is_member
from partnerships.roles import BRINGS_INITIATIVES
from partnerships.rules import initiative_partners as rules
from partnerships.services.locks import initiative_under_lock


@transaction.atomic
def invite(*, initiative_id: int, organisation_id: int, by: Actor) -> InitiativePartner:
    """Ask an organisation to take part, and tell its people; who speaks for both says both yeses.

    Raises ValidationError when it takes part already or waits for an answer.
    """
    initiative = initiative_under_lock(initiative_id)
    organisation = Organisation.objects.get(pk=organisation_id)
    ensure(rules.can_invite(by, initiative, is_member=is_member(organisation, initiative.partnership)))
    if by.has_role(organisation.pk, *BRINGS_INITIATIVES):
        partner, _act = _begin(initiative, organisation, PartnerState.INVITED, by)
        _join(partner, by)
        return partner
    partner, act = _begin(initiative, organisation, PartnerState.INVITED, by)
    mail.party_initiative_invited(partner, act)
    return partner


@transaction.atomic
def ask(*, initiative_id: int, organisation_id: int, by: Actor) -> InitiativePartner:
    """Ask to take part, and tell who leads the initiative. One that asked already is given back as it is.

    Raises ValidationError when it takes part already, or was invited.
    """
    initiative = initiative_under_lock(initiative_id)
    ensure(rules.can_ask(by, initiative, organisation_id))
    organisation = Organisation.objects.get(pk=organisation_id)
    known = initiative.partners.filter(organisation=organisation, state=PartnerState.ASKED).first()
    if known is not None:
        return known
    partner, act = _begin(initiative, organisation, PartnerState.ASKED, by, contact_id=by.person_id)
    mail.party_initiative_asked(partner, act)
    return partner


def _begin(
    initiative: Initiative, organisation: Organisation, state: PartnerState, by: Actor, **values: Any
) -> tuple[InitiativePartner, StateChange]:
    """The question, in the row of before when there was one."""
    action = "invite" if state == PartnerState.INVITED else "ask"
    partner = initiative.partners.filter(organisation=organisation).first()
    if partner is None:
        partner = initiative.partners.create(organisation=organisation, state=state, **values)
        act = states.record(partner, action, after=state, by_id=by.person_id)
    else:
        act = states.advance(partner, action, by=by.person_id, ends_on=None, **values)
    partner.initiative, partner.organisation = initiative, organisation
    return partner, act


def _join(partner: InitiativePartner, by: Actor) -> StateChange:
    values: dict[str, Any] = {"starts_on": today(), "ends_on": None}
    if partner.was_invited:
        values["contact_id"] = by.person_id
    return states.advance(partner, "accept", by=by.person_id, **values)


@transaction.atomic
def accept(*, partner_id: int, by: Actor, read: str | None) -> InitiativePartner:
    """Say the second yes; who asked hears. Done again by the same person it changes nothing."""
    partner = _locked(partner_id)
    if states.is_repeat(partner, "accept", by=by.person_id):
        return partner
    ensure(rules.can_answer(by, partner))
    versions.ensure(read, partner)
    if not is_member(partner.organisation, partner.initiative.partnership):
        ensure(rules.NOT_A_MEMBER)
    was_invited = partner.was_invited
    act = _join(partner, by)
    mail.party_initiative_answered(partner, act, to_initiative=was_invited)
    return partner


@transaction.atomic
def decline(*, partner_id: int, reason: str, by: Actor, read: str | None) -> InitiativePartner:
    """Say no, with the reason; who asked hears. Done again by the same person it changes nothing."""
    partner = _locked(partner_id)
    if states.is_repeat(partner, "decline", by=by.person_id):
        return partner
    ensure(rules.can_answer(by, partner))
    versions.ensure(read, partner)
    was_invited = partner.was_invited
    act = states.advance(partner, "decline", by=by.person_id, reason=reason)
    mail.party_initiative_answered(partner, act, to_initiative=was_invited)
    return partner


@transaction.atomic
def withdraw(*, partner_id: int, by: Actor, read: str | None) -> InitiativePartner:
    """Take the question back; who was asked hears. Done again by the same person it changes nothing."""
    partner = _locked(partner_id)
    if states.is_repeat(partner, "withdraw", by=by.person_id):
        return partner
    ensure(rules.can_withdraw(by, partner))
    versions.ensure(read, partner)
    was_invited = partner.was_invited
    act = states.advance(partner, "withdraw", by=by.person_id)
    mail.party_initiative_ended(partner, act, to_initiative=not was_invited)
    return partner


@transaction.atomic
def leave(*, partner_id: int, reason: str, by: Actor, read: str | None) -> InitiativePartner:
    """End it from today, with the reason; the other side hears. Done again by the same person it changes nothing."""
    partner = _locked(partner_id)
    if states.is_repeat(partner, "leave", by=by.person_id):
        return partner
    ensure(rules.can_leave(by, partner))
    versions.ensure(read, partner)
    act = states.advance(partner, "leave", by=by.person_id, reason=reason, ends_on=today())
    mail.party_initiative_ended(partner, act, to_initiative=rules.speaks_for(by, partner))
    return partner


@transaction.atomic
def change(
    *, partner_id: int, role: str, contact: Person | None, by: Actor, version: str | None
) -> InitiativePartner:
    """Say what an organisation does here and whom one asks there; `version` is what was read of it.

    Raises ValidationError for a contact person who does not speak for the organisation.
    """
    partner = _locked(partner_id)
    ensure(rules.can_change(by, partner))
    versions.claim(version, partner)
    is_new = contact is not None and contact.pk != partner.contact_id
    if (
        contact is not None
        and is_new
        and not speakers_of(partner.organisation_id).filter(pk=contact.pk).exists()
    ):
        raise ValidationError(_("This person does not speak for the organisation."))
    partner.role, partner.contact = role, contact
    changes.save(partner, by=by.person_id, update_fields=["role", "contact"])
    return partner


def _locked(partner_id: int) -> InitiativePartner:
    """Under the lock of its initiative, as who invites and asks."""
    known = InitiativePartner.objects.values_list("initiative", flat=True).get(pk=partner_id)
    initiative = initiative_under_lock(known)
    rows = InitiativePartner.objects.select_for_update(of=("self",), no_key=True)
    partner = rows.select_related("organisation").get(pk=partner_id)
    partner.initiative = initiative
    return partner
