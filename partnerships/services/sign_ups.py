"""From an employer's sign-up, given without an account and confirmed by mail, to a member of the partnership."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from itertools import zip_longest
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from accounts.enums import Role
from accounts.mail import letters
from accounts.models import Person
from accounts.services.people import Name
from accounts.services.throttles import Limit
from core import changes, states, versions
from core.access import ensure
from partnerships.actors import Actor
from partnerships.enums import MemberRole, OrganisationKind, SignUpState
from partnerships.mail import calls as mail
from partnerships.models import Call, Organisation, SignUp, SignUpLine
from partnerships.queries.join_requests import has_asked
from partnerships.queries.organisations import is_member
from partnerships.queries.people import coordinators_of, invited_manager, is_known_besides, standing
from partnerships.queries.sign_ups import CONFIRM_WITHIN
from partnerships.rules.calls import can_sign_up
from partnerships.rules.memberships import can_invite_first_manager
from partnerships.rules.partnerships import can_coordinate
from partnerships.rules.sign_ups import can_accept, can_change, can_change_own, can_see_own
from partnerships.services import conditions, join_requests, memberships, organisations, sign_up_links
from partnerships.services.locks import call_under_lock, sign_up_under_lock

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
    lines: Sequence[SignUpLine],
    language: str,
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
        "condition": condition,
        "remark": remark,
        "phone": phone,
    }
    found = SignUp.objects.filter(call=call).with_address(email).select_related("call", "contact__user")
    known = found.order_by(F("confirmed_at").asc(nulls_last=True), "pk").first()
    if known is not None and known.confirmed_at:
        mail.employer_sign_up_known(known, token=sign_up_links.new(sign_up=known), language=language)
        return
    answer = _noted(call, known, answers, lines, Name.of(contact_name), email, language)
    mail.employer_sign_up_confirm(answer, token=sign_up_links.new(sign_up=answer), language=language)


def _noted(
    call: Call,
    known: SignUp | None,
    answers: dict[str, Any],
    lines: Sequence[SignUpLine],
    name: Name,
    email: str,
    language: str,
) -> SignUp:
    """The answers, with who gave them; those that were not confirmed yet are written over.

    Anyone can type an address: the name of someone who is known otherwise by now stays.
    """
    contact = known.contact if known and known.contact else Person(email=email)
    if known is None or not (contact.has_account or is_known_besides(contact, known.pk)):
        name.write_on(contact)
        contact.language = language
        contact.save()
    first = {"places": lines[0].places, "neighbourhood": lines[0].neighbourhood}
    answer = known or SignUp(call=call, contact=contact, **first)
    for field, value in answers.items():
        setattr(answer, field, value)
    answer.created_at = timezone.now()
    answer.save()
    _write_lines(answer, lines)
    return answer


def _write_lines(sign_up: SignUp, lines: Sequence[SignUpLine]) -> None:
    """These lines in place of those that were there, one by one; the database keeps the sum with the sign-up."""
    before = list(sign_up.lines.order_by("pk"))
    for was, line in zip_longest(before, lines):
        if line is None:
            was.delete()
        elif was is None or was.says != line.says:
            line.pk, line.sign_up = was and was.pk, sign_up
            line.save()
    sign_up.refresh_from_db(fields=["places", "neighbourhood", "setting"])


@transaction.atomic
def confirm(*, sign_up_id: int, by: Actor, read: str | None) -> bool:
    """Make a sign-up count, tell the coordinators and mail a receipt; False when it was confirmed before or is too old.

    `read` is the version that was on the page: whoever signs up again writes other answers, which are read first.
    """
    answer = sign_up_under_lock(sign_up_id)
    ensure(can_see_own(by, answer))
    if answer.confirmed_at or answer.created_at <= timezone.now() - CONFIRM_WITHIN:
        return False
    versions.ensure(read, answer)
    answer.confirmed_at = timezone.now()
    answer.save(update_fields=["confirmed_at"])
    conditions.tell(sign_up=answer, text=answer.condition, by=by.person_id)
    mail.employer_sign_up_received(answer, token=sign_up_links.new(sign_up=answer))
    for person in coordinators_of(answer.call.partnership_id):
        mail.coordinator_sign_up_confirmed(answer, person=person)
    return True


@transaction.atomic
def change(
    *,
    sign_up_id: int,
    by: Actor,
    read: str | None,
    lines: Sequence[SignUpLine] | None = None,
    **answers: Any,
) -> SignUp:
    """Write over what an employer told of itself: by who told it, or by a coordinator to whom it was told since.

    What it was stays on record. The other side hears of it: the coordinators, or the employer with a new link to
    change it. `read` is the version that was on the page. Raises ValidationError when it is another by now.
    """
    sign_up = sign_up_under_lock(sign_up_id)
    own = by.person_id == sign_up.contact_id
    ensure(can_change_own(by, sign_up) if own else can_change(by, sign_up))
    versions.claim(read, sign_up)
    told = _written_over(sign_up, answers, lines, by)
    if told and own:
        for person in coordinators_of(sign_up.call.partnership_id):
            mail.coordinator_sign_up_changed(sign_up, told, person=person)
    elif told and sign_up.email:  # forgotten a year after the call
        coordinator = Person.objects.select_related("user").get(pk=by.person_id)
        mail.employer_sign_up_changed(sign_up, told, token=sign_up_links.new(sign_up=sign_up), by=coordinator)
    return sign_up


def _written_over(
    sign_up: SignUp, answers: dict[str, Any], lines: Sequence[SignUpLine] | None, by: Actor
) -> list[str]:
    """Write the answers and put on record what is; gives the fields that say something else now."""
    before = changes.stored(sign_up)
    told = [field for field, value in answers.items() if getattr(sign_up, field) != value]
    for field in told:
        setattr(sign_up, field, answers[field])
    sign_up.save(update_fields=told)
    if lines is not None and [line.says for line in lines] != [line.says for line in sign_up.lines.all()]:
        _write_lines(sign_up, lines)
    if "condition" in told:
        conditions.tell(sign_up=sign_up, text=sign_up.condition, by=by.person_id)
    made = changes.record(sign_up, before, by=by.person_id)
    return list(dict.fromkeys([*(one.field for one in made), *told]))


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
    sign_up = sign_up_under_lock(sign_up_id)
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
        mail.employer_sign_up_accepted(
            sign_up, token=sign_up_links.new(sign_up=sign_up), is_invited=is_invited
        )
    return organisation


@transaction.atomic
def move(*, sign_up_id: int, action: str, by: Actor, reason: str = "", read: str | None) -> SignUp:
    """Take an employer a step further, or note why it drops out; it hears of what was noted.

    `action` is one of the model's TRANSITIONS. Raises ValidationError when the state does not allow it.
    """
    sign_up = sign_up_under_lock(sign_up_id)
    ensure(can_coordinate(by, sign_up.call.partnership))
    versions.ensure(read, sign_up)
    act = states.advance(sign_up, action, by=by.person_id, reason=reason)
    if sign_up.state == SignUpState.DROPPED_OUT:
        sign_up_links.close(sign_up=sign_up)
        mail.parties_sign_up_dropped(sign_up, act)
    elif sign_up.state != SignUpState.INTEREST and sign_up.email:
        mail.employer_sign_up_moved(sign_up, act, token=sign_up_links.new(sign_up=sign_up))
    return sign_up


@transaction.atomic
def take_back(*, sign_up_id: int, act_id: int, by: Actor) -> SignUp:
    """Put a sign-up back where it was before its last step, the one that was on the page.

    An organisation that was asked to join stays so: that is taken back on the page of the request. Whoever was mailed
    about the step hears. Done again by the same person it changes nothing.
    """
    sign_up = sign_up_under_lock(sign_up_id)
    ensure(can_coordinate(by, sign_up.call.partnership))
    act = states.act_read(sign_up, act_id, by=by.person_id)
    if act is not None:
        back = states.take_back(sign_up, act, by=by.person_id)
        if act.to_state == SignUpState.DROPPED_OUT:
            sign_up_links.give_back(sign_up=sign_up)
        letters.taken_back(back.mailed, by=str(back.change.by))
    return sign_up
