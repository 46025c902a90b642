"""How mails to people are sent: in their language, with their name and the one act as a link."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager
from pathlib import PurePosixPath
from typing import Any

from django.conf import settings
from django.urls import reverse

from accounts.mail.why import why
from accounts.models import Person
from accounts.queries.asking import asked
from core import gathering, mail
from core.links import absolute_url
from core.mail import Ask
from core.models import OutgoingMail, StateChange
from core.parts import line_of


def to_person(
    person: Person,
    template: str,
    /,
    *,
    link: str,
    about: StateChange | None = None,
    is_secret: bool = False,
    signs_in: bool = False,
    calendar: str = "",
    ask: Sequence[Ask] | None = None,
    **context: Any,
) -> None:
    """Write one mail to a person, with or without account; `name` is added to the context.

    Nothing goes out to someone who cannot be written to: whose account was closed, or of whom no address is known.
    `signs_in` is for what is read after signing in alone: then nobody gets it who cannot.
    `about` is the act it tells of, where that can be taken back; `is_secret` is for a link that opens something by itself.
    `calendar` is an entry for the reader's agenda.
    `ask` are those who know about it; without, the apps above say who is asked, by who did it (`by`) and who reads it.
    """
    if not person.is_reachable or (signs_in and not person.can_sign_in):
        return
    mail.send(
        kind=kind_of(template),
        to_email=person.address,
        person=person,
        language=person.language,
        template=template,
        link=link,
        about=about,
        context={"name": person.first_name, **context},
        is_secret=is_secret,
        calendar=calendar,
        why=why(template),
        ask=asked(person, context.get("by")) if ask is None else ask,
    )


def together(
    template: str,
    /,
    *,
    link: str,
    ask: Callable[[Sequence[OutgoingMail]], Sequence[Ask] | None] = lambda _parts: None,
    **context: Any,
) -> AbstractContextManager[None]:
    """Within it each person gets one mail: who would get several reads of all of them by `template` (`core.gathering`).

    It prints `lines`, one for each of them. `ask` gives whom their reader asks about them, or None as in `to_person`.
    """

    def tell(parts: Sequence[OutgoingMail]) -> OutgoingMail:
        person: Any = parts[0].person  # only what goes to a person is put together
        asks = ask(parts)
        return mail.written(
            kind=kind_of(template),
            to_email=parts[0].to_email,
            person=person,
            language=person.language,
            template=template,
            link=link,
            context={"name": person.first_name, "lines": [line_of(part) for part in parts], **context},
            why=why(template),
            ask=asked(person, context.get("by")) if asks is None else asks,
        )

    return gathering.together(tell)


def to_address(
    address: str,
    name: str,
    template: str,
    /,
    *,
    link: str,
    about: StateChange | None = None,
    is_secret: bool = False,
    ask: Sequence[Ask] | None = None,
    **context: Any,
) -> None:
    """Write one mail to someone who has no account yet, in the portal's own language."""
    mail.send(
        kind=kind_of(template),
        to_email=address,
        language=settings.LANGUAGE_CODE,
        template=template,
        link=link,
        about=about,
        context={"name": name, **context},
        is_secret=is_secret,
        why=why(template),
        ask=asked(None, context.get("by")) if ask is None else ask,
    )


def taken_back(
    mails: list[OutgoingMail],
    *,
    by: str,
    reason: str = "",
    link: str = "",
    among: Iterable[Person] | None = None,
) -> None:
    """Tell everyone who was mailed about an act that `by` took it back: in answer to that mail, with its own link.

    `mails` are those that `core.states.take_back` gives. `link` leads elsewhere, where the page of that mail is closed
    to its reader now. `among` are the people who would be told of such an act today: where it is about a student, whoever
    has left the party since reads nothing more about that student, also not that something was undone.
    """
    template = "accounts/mail/reader_act_taken_back.txt"
    still = None if among is None else {person.pk for person in among}
    for told in mails:
        if still is not None and told.person_id is not None and told.person_id not in still:
            continue
        context: dict[str, Any] = {
            "title": told.subject,
            "sent_at": told.created_at,
            "by": by,
            "reason": reason,
        }
        if told.person is not None:
            to_person(told.person, template, link=link or told.link, **context)
        else:
            mail.send(
                kind=kind_of(template),
                to_email=told.to_email,
                language=told.language,
                template=template,
                link=link or told.link,
                context={"name": "", **context},
                why=why(template),
            )


def reader_acts_taken_back(*, by: str) -> AbstractContextManager[None]:
    """Within it whoever hears of several things that `by` took back reads of them in one mail."""
    return together("accounts/mail/reader_acts_taken_back.txt", link=reverse("start"), by=by)


def remind(person: Person, template: str, items: list[dict[str, Any]], *, kind: str) -> None:
    """Remind one person of everything that waits in one place.

    Each item holds `path`, where its act is done, and `overview`, where all of them stand together. With one item
    the mail's link does that act; with more it leads to the overview and each item has a link of its own.
    """
    single = items[0] if len(items) == 1 else None
    mail.send(
        kind=f"reminder_{kind}",
        to_email=person.address,
        person=person,
        language=person.language,
        template=template,
        link=single["path"] if single else items[0]["overview"],
        context={
            "name": person.first_name,
            "items": [item | {"url": absolute_url(item["path"])} for item in items],
            "first": items[0],
            "number": len(items),
        },
        why=why(template),
        ask=items[0]["ask"] if "ask" in items[0] else asked(person),
        by_day=True,
    )


def kind_of(template: str) -> str:
    """A mail is known by the name of its text."""
    return PurePosixPath(template).stem
