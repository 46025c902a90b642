"""Personal links from the mail to the end of what they are about."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from accounts.enums import LinkAct
from accounts.mail import links as mail
from accounts.models import Person, PersonalLink
from accounts.signals import personal_link_renewed
from core.tokens import digest_of, new_token

# Between two links to one mailbox, so that nobody can fill it by pressing the button.
PAUSE = dt.timedelta(minutes=10)


@transaction.atomic
def make(*, person: Person, act: LinkAct) -> tuple[PersonalLink, str]:
    """A link for one act, to the person's address as it is now; gives it with the secret, which is kept nowhere."""
    token = new_token()
    link = PersonalLink.objects.create(person=person, email=person.address, act=act, digest=digest_of(token))
    return link, token


@transaction.atomic
def ask_new(*, token: str) -> None:
    """Mail a new link in place of this one, or of those that took its place, to the same address.

    A secret that is unknown, a link that was withdrawn and one that was renewed within ten minutes do nothing. The
    caller is not told which it was: the page has the same answer for everyone.
    """
    former = PersonalLink.objects.filter(digest=digest_of(token)).select_related("person__user").first()
    while former is not None and hasattr(former, "renewed_by"):
        former = PersonalLink.objects.select_related("person__user").get(renewed_from=former)
    locked = PersonalLink.objects.select_for_update(of=("self",), no_key=True).standing()
    if former is None or locked.filter(pk=former.pk).first() is None:
        return
    if timezone.now() - former.created_at < PAUSE or former.person.address != former.email:
        return
    _renew(former)


@transaction.atomic
def follow_address(*, person: Person) -> None:
    """Links that went to a former address of a person open nothing any more; new ones go to the address of now."""
    locked = PersonalLink.objects.select_for_update(of=("self",), no_key=True).standing()
    elsewhere = locked.filter(person=person).exclude(email=person.address)
    for former in elsewhere.select_related("person__user").order_by("pk"):
        if former.is_usable:
            _renew(former)
        else:
            revoke(links=PersonalLink.objects.filter(pk=former.pk))


def _renew(former: PersonalLink) -> None:
    link, secret = make(person=former.person, act=LinkAct(former.act))
    link.renewed_from = former
    link.save(update_fields=["renewed_from"])
    revoke(links=PersonalLink.objects.filter(pk=former.pk))
    personal_link_renewed.send(sender=PersonalLink, former=former, link=link)
    mail.holder_link_renewed(link, secret)


@transaction.atomic
def revoke(*, links: QuerySet[PersonalLink]) -> None:
    """These open nothing any more, and cannot be renewed: what they are about has ended, or a newer one is there."""
    links.filter(revoked_at=None).update(revoked_at=timezone.now())


@transaction.atomic
def give_back(*, links: QuerySet[PersonalLink]) -> None:
    """What these are about goes on after all: they open it again, until the day on which they run out."""
    links.exclude(revoked_at=None).filter(renewed_by=None).update(revoked_at=None)
