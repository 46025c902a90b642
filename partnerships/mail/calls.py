"""Mails about calls for employers."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from accounts.mail import letters
from accounts.mail.links import path_of
from accounts.mail.why import why
from accounts.models.links import VALID_FOR
from core import changes
from core.mail import send
from core.models import StateChange
from partnerships.models import PledgeCondition, SignUp
from partnerships.queries.asks import of_call
from partnerships.queries.people import coordinators_of

if TYPE_CHECKING:
    from accounts.models import Person


def employer_sign_up_confirm(sign_up: SignUp, *, token: str, language: str) -> None:
    """Asks who signed up to say that it was them."""
    template = "partnerships/mail/employer_sign_up_confirm.txt"
    _to_employer(sign_up, template, token=token, language=language)


def employer_sign_up_known(sign_up: SignUp, *, token: str, language: str) -> None:
    """Tells an address that signed up before, with the link to change that; the page itself says nothing of it."""
    template = "partnerships/mail/employer_sign_up_known.txt"
    _to_employer(sign_up, template, token=token, language=language)


def employer_sign_up_received(sign_up: SignUp, *, token: str) -> None:
    """The receipt: what an employer signed up with, once it has confirmed; the link leads to where that is changed."""
    template = "partnerships/mail/employer_sign_up_received.txt"
    _to_employer(sign_up, template, token=token, language=_language(sign_up))


def employer_sign_up_accepted(sign_up: SignUp, *, token: str, is_invited: bool) -> None:
    """The answer: a coordinator took the employer in; says what follows, and whether an invitation comes by itself."""
    template = "partnerships/mail/employer_sign_up_accepted.txt"
    _to_employer(sign_up, template, token=token, language=_language(sign_up), is_invited=is_invited)


def employer_sign_up_moved(sign_up: SignUp, act: StateChange, *, token: str) -> None:
    """Tells an employer how far the coordinators noted it to be, so that it can say if that is not so."""
    template = "partnerships/mail/employer_sign_up_moved.txt"
    _to_employer(sign_up, template, token=token, language=_language(sign_up), about=act, by=act.by)


def employer_sign_up_changed(sign_up: SignUp, told: Iterable[str], *, token: str, by: Person) -> None:
    """Tells an employer what a coordinator changed of its sign-up; the link leads to where that can be put right."""
    template = "partnerships/mail/employer_sign_up_changed.txt"
    _to_employer(sign_up, template, token=token, language=_language(sign_up), fields=_fields(told), by=by)


def employer_condition_settled(condition: PledgeCondition, act: StateChange, *, token: str) -> None:
    """Tells an employer that a condition of its was noted as met, or as not."""
    sign_up = condition.sign_up
    template = "partnerships/mail/employer_condition_settled.txt"
    facts = {"condition": condition, "by": act.by}
    _to_employer(sign_up, template, token=token, language=_language(sign_up), about=act, **facts)


def _language(sign_up: SignUp) -> str:
    return sign_up.contact.language if sign_up.contact else settings.LANGUAGE_CODE


def _to_employer(
    sign_up: SignUp,
    template: str,
    *,
    token: str,
    language: str,
    about: StateChange | None = None,
    **facts: Any,
) -> None:
    send(
        kind=letters.kind_of(template),
        to_email=sign_up.email,
        template=template,
        why=why(template),
        ask=of_call(sign_up.call),
        context={"sign_up": sign_up, "call": sign_up.call, "until": timezone.now() + VALID_FOR, **facts},
        language=language,
        link=path_of(token),
        about=about,
        is_secret=True,
    )


def coordinator_sign_up_changed(sign_up: SignUp, told: Iterable[str], *, person: Person) -> None:
    """Tells a coordinator that an employer changed what it signed up with."""
    letters.to_person(
        person,
        "partnerships/mail/coordinator_sign_up_changed.txt",
        link=_page_of(sign_up),
        sign_up=sign_up,
        call=sign_up.call,
        fields=_fields(told),
    )


def _fields(told: Iterable[str]) -> str:
    return ", ".join(changes.label(SignUp, field) for field in told)


def coordinator_sign_up_confirmed(sign_up: SignUp, *, person: Person) -> None:
    """Tells a coordinator that an employer wants to take part; the link leads to the sign-up, to be accepted there."""
    letters.to_person(
        person,
        "partnerships/mail/coordinator_sign_up_confirmed.txt",
        link=_page_of(sign_up),
        sign_up=sign_up,
        call=sign_up.call,
    )


def parties_sign_up_dropped(sign_up: SignUp, act: StateChange) -> None:
    """An employer does not take part after all: for the employer, and with the reason for the other coordinators."""
    coordinators = coordinators_of(sign_up.call.partnership_id)
    if sign_up.email:  # the address is wiped a year after the call
        letters.to_address(
            sign_up.email,
            sign_up.contact_name,
            "partnerships/mail/employer_sign_up_dropped.txt",
            link=sign_up.call.get_absolute_url(),
            about=act,
            ask=of_call(sign_up.call),
            call=sign_up.call,
        )
    for person in coordinators:
        if person.pk != act.by_id:
            letters.to_person(
                person,
                "partnerships/mail/coordinator_sign_up_dropped.txt",
                link=_page_of(sign_up),
                about=act,
                sign_up=sign_up,
                call=sign_up.call,
                by=act.by,
                reason=act.reason,
            )


def _page_of(sign_up: SignUp) -> str:
    """Where the coordinators have it."""
    return reverse(
        "partnerships:coordination-sign-up", args=[sign_up.call.partnership.slug, sign_up.public_id]
    )
