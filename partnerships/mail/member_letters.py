"""Letters of a coordinator to many: each gets a mail, and answers to the writer."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse

from accounts.mail import letters
from accounts.models import Person
from core.mail import Ask
from partnerships.models import MemberLetter


def letter_written(letter: MemberLetter, people: Iterable[Person]) -> None:
    """Mail it to each of these people; whoever answers writes to the writer, who chose that by sending it."""
    by = Person.objects.select_related("user").get(pk=letter.by_id)
    template, link = _for(letter)
    ask = [Ask(by.full_name, letter.partnership.name, by.address, person_id=by.pk)]
    for person in people:
        letters.to_person(person, template, link=link, ask=ask, letter=letter, by=by)


def _for(letter: MemberLetter) -> tuple[str, str]:
    """The text by what its readers are, and where the mail leads."""
    if letter.group is not None:
        return "partnerships/mail/people_letter_written.txt", letter.group.get_absolute_url()
    if letter.call is not None:
        place = reverse("partnerships:call-detail", args=[letter.call.slug])
        return "partnerships/mail/employer_letter_written.txt", place
    inside = reverse("partnerships:partnership-inside", args=[letter.partnership.slug])
    return "partnerships/mail/member_letter_written.txt", inside
