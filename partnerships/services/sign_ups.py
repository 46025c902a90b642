"""From an employer's sign-up, given without an account and confirmed by mail, to a member of the partnership."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from accounts.enums import LinkAct, Role
from accounts.mail import letters
from accounts.models import Person, PersonalLink
from accounts.services import links
from accounts.services.people import Name
from accounts.services.throttles import Limit
from core import changes, states, versions
from core.access import ensure
from partnerships.actors import Actor
from partnerships.enums import MemberRole, OrganisationKind, SignUpState
from partnerships.mail import calls as mail
from partnerships.models import Call, Organisation, SignUp, SignUpLink
from partnerships.queries.join_requests import has_asked
from partnerships.queries.organisations import is_member
from partnerships.queries.people import coordinators_of, invited_manager, is_known_besides, standing
from partnerships.queries.sign_ups import CONFIRM_WITHIN
from partnerships.rules.calls import can_sign_up
from partnerships.rules.memberships import can_invite_first_manager
from partnerships.rules.partnerships import can_coordinate
from partnerships.rules.sign_ups import can_accept, can_change, can_change_own, can_see_own
from partnerships.services import join_requests, memberships, organisations
from partnerships.services.locks import call_under_lock

# Employers sign up without an account: many from one fair, few links a day to one mailbox.
FROM_NETWORK = Limit("call_sign_up", 60, dt.timedelta(hours=1))
TO_MAILBOX = Limit("call_sign_up_mailbox", 4, dt.timedelta(days=1))


@transaction.atomic
def sign_up(
    *,
    call_id: int,
    organisation_name: str,
    contact_name: str,
    email: str,
    places: int,
    neighbourhood: str,
    language: str,
    setting: str = "",
    condition: str = "",
    remark: str = "",
    phone: str = "",
) -> None:
    """Note an employer's answer to a call and mail a link to confirm it.

    An address that has confirmed before gets a mail with a link to change what it told; one that has not gets another
    link, and each opens the answers that came last. The caller cannot tell which, so nobody learns who signed up. Raises
    ValidationError when the call has closed.
    """
    # The lock makes a second sign-up of one address wait for the first.
    call = call_under_lock(call_id)
    ensure(can_sign_up(call))
    answers = {
        "organisation_name": organisation_name,
        "places": places,
        "neighbourhood": neighbourhood,
        "setting": setting,
        "condition": condition,
        "remark": remark,
        "phone": phone,
    }
    found = SignUp.objects.filter(call=call).with_address(email).select_related("call", "contact__user")
    known = found.order_by(F("confirmed_at").asc(nulls_last=True), "pk").first()
    if known is not None and known.confirmed_at:
        mail.employer_sign_up_known(known, token=_new_link(known), language=language)
        return
    answer = _noted(call, known, answers, Name.of(contact_name), email, language)
    mail.employer_sign_up_confirm(answer, token=_new_link(answer), language=language)


def _noted(
    call: Call, known: SignUp | None, answers: dict[str, Any], name: Name, email: str, language: str
) -> SignUp:
    """The answers, with who gave them; those that were not confirmed yet are written over.

    Anyone can type an address: the name of someone who is known otherwise by now stays.
    """
    contact = known.contact if known and known.contact else Person(email=email)
    if known is None or not (contact.has_account or is_known_besides(contact, known.pk)):
        name.write_on(contact)
        contact.language = language
        contact.save()
    answer = known or SignUp(call=call, contact=contact)
    for field, value in answers.items():
        setattr(answer, field, value)
    answer.created_at = timezone.now()
    answer.save()
    return answer


def _new_link(sign_up: SignUp) -> str:
    """The secret of one more link to a sign-up, to the mailbox that has the older ones: those go on working."""
    if sign_up.contact is None:
        raise ValueError("Who gave this sign-up has been forgotten.")
    link, token = links.make(person=sign_up.contact, act=LinkAct.SIGN_UP)
    SignUpLink.objects.create(link=link, sign_up=sign_up)
    return token


@transaction.atomic
def renew_link(*, former: PersonalLink, link: PersonalLink) -> None:
    """A newer link is about the sign-up that the former one was about."""
    for row in SignUpLink.objects.filter(link=former):
        SignUpLink.objects.create(link=link, sign_up=row.sign_up)


@transaction.atomic
def confirm(*, sign_up_id: int, by: Actor, read: str | None) -> bool:
    """Make a sign-up count, tell the coordinators and mail a receipt; False when it was confirmed before or is too old.

    `read` is the version that was on the page: whoever signs up again writes other answers, which are read first.
    """
    answer = _locked(sign_up_id)
    ensure(can_see_own(by, answer))
    if answer.confirmed_at or answer.created_at <= timezone.now() - CONFIRM_WITHIN:
        return False
    versions.ensure(read, answer)
    answer.confirmed_at = timezone.now()
    answer.save(update_fields=["confirmed_at"])
    mail.employer_sign_up_received(answer, token=_new_link(answer))
    for person in coordinators_of(answer.call.partnership_id):
        mail.coordinator_sign_up_confirmed(answer, person=person)
    return True


@transaction.atomic
def change(*, sign_up_id: int, by: Actor, read: str | None, **answers: Any) -> SignUp:
    """Write over what an employer told of itself: by who told it, or by a coordinator to whom it was told since.

    What it was stays on record. The other side hears of it: the coordinators, or the employer with a new link to
    change it. `read` is the version that was on the page. Raises ValidationError when it is another by now.
    """
    sign_up = _locked(sign_up_id)
    own = by.person_id == sign_up.contact_id
    ensure(can_change_own(by, sign_up) if own else can_change(by, sign_up))
    versions.claim(read, sign_up)
    told = [field for field, value in answers.items() if getattr(sign_up, field) != value]
    for field, value in answers.items():
        setattr(sign_up, field, value)
    changes.save(sign_up, by=by.person_id, update_fields=list(answers))
    if told and own:
        for person in coordinators_of(sign_up.call.partnership_id):
            mail.coordinator_sign_up_changed(sign_up, told, person=person)
    elif told and sign_up.email:  # forgotten a year after the call
        coordinator = Person.objects.select_related("user").get(pk=by.person_id)
        mail.employer_sign_up_changed(sign_up, told, token=_new_link(sign_up), by=coordinator)
    return sign_up


@transaction.atomic
def accept(
    *,
    sign_up_id: int,
    by: Actor,
    organisation: Organisation | None,
    kind: OrganisationKind | str,
    seen: Collection[int] = (),
    read: str | None,
) -> Organisation:
    """Take an employer in: link or make its organisation, ask it to join, invite its contact as manager; mail the answer.

    Without `organisation` a new one of `kind` is made. `seen` are the keys of those like it that were said to be
    others. The contact of a known one is invited only where the coordinator may do so. How far the employer is with its
    places stays as it was: that is a step of its own. Gives the organisation. Raises
    ValidationError when the sign-up was never confirmed or was accepted before, and when one like it was not asked about.
    """
    sign_up = _locked(sign_up_id)
    ensure(can_coordinate(by, sign_up.call.partnership) and can_accept(sign_up))
    versions.ensure(read, sign_up)
    partnership = sign_up.call.partnership
    if organisation is None:
        organisation = organisations.make(
            name=sign_up.organisation_name,
            email=sign_up.email,
            kind=kind,
            province=partnership.provinces[0] if partnership.provinces else "",
            town=sign_up.neighbourhood,
            seen=seen,
        )
    if not is_member(organisation, partnership) and not has_asked(organisation, partnership):
        join_requests.invite(
            partnership_id=partnership.pk, organisation=organisation, role=MemberRole.MEMBER, by=by
        )
    may_invite = can_invite_first_manager(by, **standing(organisation.pk, by))
    is_invited = bool(may_invite and sign_up.contact and invited_manager(organisation.pk) is None)
    if is_invited:
        memberships.invite(
            organisation_id=organisation.pk,
            email=sign_up.email,
            name=Name.of(sign_up.contact_name),
            known=sign_up.contact,
            role=Role.MANAGER,
            by=by,
            may_sign=True,
        )
    sign_up.organisation = organisation
    sign_up.save(update_fields=["organisation"])
    if sign_up.email:
        mail.employer_sign_up_accepted(sign_up, token=_new_link(sign_up), is_invited=is_invited)
    return organisation


@transaction.atomic
def move(*, sign_up_id: int, action: str, by: Actor, reason: str = "", read: str | None) -> SignUp:
    """Take an employer a step further, or note why it drops out; it hears of what was noted.

    `action` is one of the model's TRANSITIONS. Raises ValidationError when the state does not allow it.
    """
    sign_up = _locked(sign_up_id)
    ensure(can_coordinate(by, sign_up.call.partnership))
    versions.ensure(read, sign_up)
    act = states.advance(sign_up, action, by=by.person_id, reason=reason)
    if sign_up.state == SignUpState.DROPPED_OUT:
        links.revoke(links=PersonalLink.objects.filter(sign_up__sign_up=sign_up))
        mail.parties_sign_up_dropped(sign_up, act)
    elif sign_up.state != SignUpState.INTEREST and sign_up.email:
        mail.employer_sign_up_moved(sign_up, act, token=_new_link(sign_up))
    return sign_up


@transaction.atomic
def take_back(*, sign_up_id: int, act_id: int, by: Actor) -> SignUp:
    """Put a sign-up back where it was before its last step, the one that was on the page.

    An organisation that was asked to join stays so: that is taken back on the page of the request. Whoever was mailed
    about the step hears. Done again by the same person it changes nothing.
    """
    sign_up = _locked(sign_up_id)
    ensure(can_coordinate(by, sign_up.call.partnership))
    act = states.act_read(sign_up, act_id, by=by.person_id)
    if act is not None:
        back = states.take_back(sign_up, act, by=by.person_id)
        if act.to_state == SignUpState.DROPPED_OUT:
            links.give_back(links=PersonalLink.objects.filter(sign_up__sign_up=sign_up))
        letters.taken_back(back.mailed, by=str(back.change.by))
    return sign_up


def _locked(sign_up_id: int) -> SignUp:
    """The sign-up under its lock, with call and partnership."""
    return (
        SignUp.objects.select_for_update(of=("self",), no_key=True)
        .select_related("call__partnership", "contact__user")
        .get(pk=sign_up_id)
    )
