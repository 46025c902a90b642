"""Letters to many, as they are written, shown before they go out, and kept."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.html import format_html
from django.utils.translation import gettext as _

from core import emails
from partnerships.forms.member_letters import LetterForm
from partnerships.models import MemberLetter, Partnership
from partnerships.queries.member_letters import Recipient, edition_of, unheard
from ui.languages import dutch


def audience_of(letter: MemberLetter) -> str:
    """To whom it is or was, in words."""
    if letter.group is not None:
        return dutch(letter.group.name)
    if letter.call is not None:
        return format_html("{}: {}", _("Employers of the call"), dutch(letter.call.title))
    return _("All members")


def letter_rows(letters: Sequence[MemberLetter]) -> list[dict[str, Any]]:
    """Letters with to whom each went."""
    return [{"letter": letter, "audience": audience_of(letter)} for letter in letters]


def preview_context(
    form: LetterForm, letter: MemberLetter, found: list[Recipient], *, address: str
) -> dict[str, Any]:
    """Who gets it, before it goes out; `address` is where answers go."""
    partnership: Partnership = letter.partnership
    to_all = letter.group is None and letter.call is None
    return {
        "space": "coordinator",
        "partnership": partnership,
        "form": form,
        "letter": letter,
        "audience": audience_of(letter),
        "recipients": found,
        "unheard": unheard(partnership, found) if to_all else [],
        "answers_to": emails.shown(address),
        "edition": edition_of(found),
    }
