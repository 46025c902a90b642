"""What happens here when accounts tells something."""

from collections.abc import Callable
from typing import Any

from django.dispatch import receiver
from django.http import HttpRequest

from accounts.enums import SecurityKind
from accounts.models import Invitation, Person, PersonalLink, User
from accounts.services import security
from accounts.signals import (
    account_closing,
    invitation_accepted,
    people_merged,
    people_merging,
    personal_link_renewed,
    who_is_asked,
)
from core.mail import Ask
from core.models import StoredFile
from core.signals import something_found
from core.visitors import rough_network_of
from partnerships.models import Membership, MembershipInvitation
from partnerships.queries import asks
from partnerships.services import documents, memberships, people, sign_up_links
from partnerships.signals import membership_ended, membership_started
from ui.signals import list_taken


@receiver(invitation_accepted, dispatch_uid="partnerships.begin_membership")
def begin_membership(sender: Any, invitation: Invitation, user: User, **kwargs: Any) -> None:
    """An accepted invitation to an organisation becomes a membership, in the same transaction."""
    found = MembershipInvitation.objects.select_related("organisation").filter(invitation=invitation).first()
    if found:
        memberships.begin(invitation=found, person=user.person)


@receiver(personal_link_renewed, dispatch_uid="partnerships.renew_link")
def renew_link(sender: Any, former: PersonalLink, link: PersonalLink, **kwargs: Any) -> None:
    """A personal link took the place of another: it is about the same sign-up, if the other was about one."""
    sign_up_links.renew(former=former, link=link)


@receiver(people_merging, dispatch_uid="partnerships.merge")
def merge(sender: Any, kept: Person, dropped: Person, by: int | None, **kwargs: Any) -> list[str]:
    """Two people turned out to be one: roles and seats that both hold are held once, and one question is asked once."""
    return people.merge(kept=kept, dropped=dropped, by=by)


@receiver(people_merged, dispatch_uid="partnerships.withdraw_what_is_held")
def withdraw_what_is_held(sender: Any, kept: Person, **kwargs: Any) -> list[str]:
    """Two people were made one by hand: what waits for an answer and is not needed any more is withdrawn."""
    return people.withdraw_what_is_held(kept=kept)


@receiver(account_closing, dispatch_uid="partnerships.account_closing")
def keep_enough(sender: Any, person: Person, **kwargs: Any) -> None:
    """Nobody is left without a manager, coordinator, teacher or signer because an account is closed."""
    people.ensure_can_go(person=person)


@receiver(membership_started, dispatch_uid="partnerships.note_role_begun")
@receiver(membership_ended, dispatch_uid="partnerships.note_role_ended")
def note_rights(sender: Any, membership: Membership, **kwargs: Any) -> None:
    """A role that begins or ends is among what its owner can look back at."""
    what = f"{membership.role} {membership.organisation.slug}"
    security.note(kind=SecurityKind.RIGHTS, person_id=membership.person_id, what=what)


@receiver(list_taken, dispatch_uid="partnerships.note_list_taken")
def note_list_taken(sender: Any, request: HttpRequest, what: str, **kwargs: Any) -> None:
    """Someone signed in took a list along as a file; a public list that a visitor takes is nobody's act."""
    if actor := getattr(request, "actor", None):
        network = rough_network_of(request)
        security.note(kind=SecurityKind.LIST_TAKEN, person_id=actor.person_id, what=what, network=network)


@receiver(who_is_asked, dispatch_uid="partnerships.who_did_it")
def who_did_it(sender: Any, by: Person | None, **kwargs: Any) -> tuple[int, Callable[[], list[Ask]]]:
    """About what someone did, one asks whoever did it."""
    return 1, lambda: [asks.of_person(by)] if by is not None and by.is_reachable else []


@receiver(who_is_asked, dispatch_uid="partnerships.own_organisation")
def own_organisation(
    sender: Any, reader: Person | None, by: Person | None, **kwargs: Any
) -> tuple[int, Callable[[], list[Ask]]]:
    """Who knows nothing of who did it asks at the own organisation."""
    return 3, lambda: asks.of_own_organisation(reader) if reader is not None and by is None else []


@receiver(something_found, dispatch_uid="partnerships.something_found")
def tell_found(sender: Any, file: StoredFile, **kwargs: Any) -> None:
    """The scanner found something in a file that was kept: as a document it concerns who put it in."""
    documents.tell_found(file=file)
