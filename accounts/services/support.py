"""What an administrator does with someone's account: each act under a support act, on record, and told to its owner."""

from __future__ import annotations

from uuid import UUID

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts import rules
from accounts.enums import SecurityKind
from accounts.mail import signing_in
from accounts.mail import support as mail
from accounts.models import Invitation, Person, SupportAct, User
from accounts.services import addresses, invitations, merging, security
from accounts.services.locks import both_with_what_waits
from accounts.signals import account_closing
from core import resending
from core.access import ensure
from core.merging import Merging, looked_at
from core.models import OutgoingMail
from core.versions import NO_PAGE

NOT_OF_THIS_PERSON = _("This is not of this person, or was answered meanwhile.")


@transaction.atomic
def begin(*, administrator_id: int, subject_id: int, reason: str) -> SupportAct:
    """Open someone's account for an hour; the person is mailed at once who did it and why.

    One that runs already is given back: pressing twice opens one. Raises ValidationError when it is the own account.
    """
    subject = _locked(subject_id)
    administrator = Person.objects.select_related("user").get(pk=administrator_id)
    ensure(rules.can_begin(administrator, subject))
    own = SupportAct.objects.filter(administrator=administrator, subject=subject, reason=reason)
    running = own.running().first()
    if running is not None:
        return running
    act = SupportAct.objects.create(administrator=administrator, subject=subject, reason=reason)
    _note(act, SecurityKind.SUPPORT_BEGUN)
    mail.person_support_begun(act)
    return act


@transaction.atomic
def end(*, act_id: int, by: int) -> None:
    """Be done before the hour is over. Raises ValidationError when it is over already."""
    _note(_under(act_id, by), SecurityKind.SUPPORT_ENDED)


@transaction.atomic
def end_sessions(*, act_id: int, by: int) -> None:
    """Sign someone out on every device."""
    act = _under(act_id, by)
    ensure(rules.can_end_sessions(act.subject))
    _sign_out(_account_of(act))
    _note(act, SecurityKind.SESSIONS_ENDED)


@transaction.atomic
def remove_second_step(*, act_id: int, by: int) -> None:
    """Remove a lost second step with its recovery codes, and sign out everywhere; the password is asked as before."""
    act = _under(act_id, by)
    ensure(rules.can_remove_second_step(act))
    user = _account_of(act)
    Authenticator.objects.filter(user=user).delete()
    _sign_out(user)
    _note(act, SecurityKind.SECOND_STEP_OFF)
    signing_in.user_security_changed(user, user.email, "mfa/email/totp_deactivated")


@transaction.atomic
def close_account(*, act_id: int, by: int) -> None:
    """Let someone sign in no more, and sign out everywhere; roles and history stay as they are.

    Raises ValidationError when nobody would be left who can do what must be done: the apps above are asked first.
    """
    act = _under(act_id, by)
    ensure(rules.can_close(act.subject))
    account_closing.send(sender=User, person=act.subject)
    user = _account_of(act)
    mail.person_account_closed(act)
    _note(act, SecurityKind.ACCOUNT_CLOSED)
    user.is_active = False
    user.save(update_fields=["is_active"])
    _sign_out(user)


@transaction.atomic
def reopen_account(*, act_id: int, by: int) -> None:
    """Take that back: the account works as it did, with the same password."""
    act = _under(act_id, by)
    ensure(rules.can_reopen(act.subject))
    user = _account_of(act)
    _note(act, SecurityKind.ACCOUNT_REOPENED)
    user.is_active = True
    user.save(update_fields=["is_active"])
    mail.person_account_reopened(act)


@transaction.atomic
def change_address(*, act_id: int, by: int, email: str) -> None:
    """Correct the address of someone without account; or ask an address whether it is of someone who has one.

    That one counts once the link in the mail to it is opened, and the present address is told at once. Raises
    ValidationError when another account has it.
    """
    act = _under(act_id, by)
    if act.subject.user is None:
        if addresses.correct(person_id=act.subject_id, email=email, by=by, reason=act.reason):
            _note(act, SecurityKind.ADDRESS)
        return
    ensure(rules.can_ask_address(act.subject))
    user = act.subject.user
    if User.objects.filter(email=email).exists():
        raise ValidationError(_("This address has an account."))
    EmailAddress.objects.filter(user=user, verified=False).delete()
    asked = EmailAddress.objects.create(user=user, email=email, verified=False, primary=False)
    _note(act, SecurityKind.ADDRESS_ASKED)
    mail.owner_address_asked(act, email)
    mail.person_address_confirmation_asked(asked)


@transaction.atomic
def renew_invitation(*, act_id: int, by: int, public_id: UUID) -> None:
    """Mail the link of an invitation again. Raises ValidationError when it was answered meanwhile."""
    act = _under(act_id, by)
    found = Invitation.objects.unanswered().filter(person=act.subject, public_id=public_id).first()
    if found is None:
        raise ValidationError(str(NOT_OF_THIS_PERSON))
    invitations.renew(invitation_id=found.pk, read=NO_PAGE)
    _note(act, SecurityKind.INVITATION_RENEWED)


@transaction.atomic
def send_mail_again(*, act_id: int, by: int, mail_id: int) -> None:
    """Send a mail that failed or is held. Raises ValidationError for any other."""
    act = _under(act_id, by)
    if not OutgoingMail.objects.filter(person=act.subject, pk=mail_id).exists():
        raise ValidationError(_("This email was not one that failed."))
    resending.send_again(mail_id=mail_id, by=by, read=NO_PAGE)
    _note(act, SecurityKind.MAIL_AGAIN)


@transaction.atomic
def merge(*, kept_act_id: int, dropped_act_id: int, by: int, read: str | None, digest: str | None) -> Merging:
    """Two people whose accounts are open are one: name and address of the one of `kept_act_id` stand.

    Raises ValidationError when one of the acts is over, and when what was read is not what there is.
    """
    acts = SupportAct.objects.for_page().in_bulk([kept_act_id, dropped_act_id])
    kept, dropped = acts[kept_act_id], acts[dropped_act_id]
    both_with_what_waits(kept.subject_id, dropped.subject_id)
    ensure(rules.can_merge_under(Person.objects.select_related("user").get(pk=by), (kept, dropped)))
    merged = merging.by_hand(
        kept_id=kept.subject_id, dropped_id=dropped.subject_id, by=by, read=read, digest=digest
    )
    for act in (kept, dropped):
        _note(act, SecurityKind.MERGED)
    return merged


@transaction.atomic
def looked_at_merge(*, kept_act_id: int, dropped_act_id: int, by: int) -> Merging:
    """What `merge` would do."""
    return looked_at(
        lambda: merge(
            kept_act_id=kept_act_id, dropped_act_id=dropped_act_id, by=by, read=NO_PAGE, digest=NO_PAGE
        )
    )


def _locked(person_id: int) -> Person:
    """The person, so that what is done to one account comes one after the other."""
    people_under_lock = Person.objects.select_for_update(of=("self",), no_key=True)
    return people_under_lock.select_related("user").get(pk=person_id)


def _under(act_id: int, by: int) -> SupportAct:
    """The act, under the lock of whom it is about, when this person may do something under it now."""
    _locked(SupportAct.objects.only("subject").get(pk=act_id).subject_id)
    act = SupportAct.objects.for_page().get(pk=act_id)
    ensure(rules.can_act_under(Person.objects.select_related("user").get(pk=by), act))
    return act


def _account_of(act: SupportAct) -> User:
    return User.objects.select_for_update(no_key=True).get(person=act.subject)


def _sign_out(user: User) -> None:
    rows = UserSession.objects.filter(user=user)
    Session.objects.filter(session_key__in=rows.values("session_key")).delete()
    rows.delete()


def _note(act: SupportAct, kind: SecurityKind) -> None:
    security.note(kind=kind, person_id=act.subject_id, support=act)
