"""How mails to people with an account are sent: in their language, with their name and the one act as a link."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import Any

from django.conf import settings

from accounts.models import User
from core import mail
from core.links import absolute_url
from core.models import OutgoingMail, StateChange


def to_user(
    user: User,
    template: str,
    /,
    *,
    link: str,
    about: StateChange | None = None,
    is_secret: bool = False,
    **context: Any,
) -> None:
    """Write one mail to an account; `name` is added to the context. Call it in the transaction of what it tells.

    `about` is the act it tells of, where that can be taken back; `is_secret` is for a link that opens something by itself.
    """
    mail.send(
        kind=kind_of(template),
        to_email=user.email,
        user=user,
        language=user.language,
        template=template,
        link=link,
        about=about,
        context={"name": user.get_short_name(), **context},
        is_secret=is_secret,
    )


def to_address(
    address: str,
    name: str,
    template: str,
    /,
    *,
    link: str,
    about: StateChange | None = None,
    is_secret: bool = False,
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
    )


def taken_back(mails: list[OutgoingMail], *, by: str, reason: str = "") -> None:
    """Tell everyone who was mailed about an act that `by` took it back: in answer to that mail, with its own link.

    `mails` are those that `core.states.take_back` gives.
    """
    template = "accounts/mail/reader_act_taken_back.txt"
    for told in mails:
        context: dict[str, Any] = {
            "title": told.subject,
            "sent_at": told.created_at,
            "by": by,
            "reason": reason,
        }
        if told.user is not None:
            to_user(told.user, template, link=told.link, **context)
        else:
            mail.send(
                kind=kind_of(template),
                to_email=told.to_email,
                language=told.language,
                template=template,
                link=told.link,
                context={"name": "", **context},
            )


def remind(user: User, template: str, items: list[dict[str, Any]], *, kind: str) -> None:
    """Remind one person of everything that waits in one place.

    Each item holds `path`, where its act is done, and `overview`, where all of them stand together. With one item
    the mail's link does that act; with more it leads to the overview and each item has a link of its own.
    """
    single = items[0] if len(items) == 1 else None
    mail.send(
        kind=f"reminder_{kind}",
        to_email=user.email,
        user=user,
        language=user.language,
        template=template,
        link=single["path"] if single else items[0]["overview"],
        context={
            "name": user.get_short_name(),
            "items": [item | {"url": absolute_url(item["path"])} for item in items],
            "first": items[0],
            "number": len(items),
        },
    )


def kind_of(template: str) -> str:
    """A mail is known by the name of its text."""
    return PurePosixPath(template).stem
