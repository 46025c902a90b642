"""Personal links with which an employer confirms or changes its sign-up."""

from __future__ import annotations

from django.db import transaction

from accounts.enums import LinkAct
from accounts.models import PersonalLink
from accounts.services import links
from partnerships.models import SignUp, SignUpLink


@transaction.atomic
def new(*, sign_up: SignUp) -> str:
    """The secret of one more link to a sign-up, to the mailbox that has the older ones: those go on working."""
    if sign_up.contact is None:
        raise ValueError("Who gave this sign-up has been forgotten.")
    link, token = links.make(person=sign_up.contact, act=LinkAct.SIGN_UP)
    SignUpLink.objects.create(link=link, sign_up=sign_up)
    return token


@transaction.atomic
def renew(*, former: PersonalLink, link: PersonalLink) -> None:
    """A newer link is about the sign-up that the former one was about."""
    for row in SignUpLink.objects.filter(link=former):
        SignUpLink.objects.create(link=link, sign_up=row.sign_up)


@transaction.atomic
def close(*, sign_up: SignUp) -> None:
    """The links to it open nothing any more."""
    links.revoke(links=PersonalLink.objects.filter(sign_up__sign_up=sign_up))


@transaction.atomic
def give_back(*, sign_up: SignUp) -> None:
    """They do after all."""
    links.give_back(links=PersonalLink.objects.filter(sign_up__sign_up=sign_up))
