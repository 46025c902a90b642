"""What follows when an organisation leaves a partnership or that is closed, in sentences for the page that asks."""

from __future__ import annotations

from django.utils.functional import Promise

from partnerships.models import Member, Partnership
from partnerships.signals import member_leaving_considered, partnership_closing_considered


def follows(member: Member) -> list[str | Promise]:
    """What the apps above say that ends with the membership, and what does not."""
    answers = member_leaving_considered.send(sender=Member, member=member)
    return [sentence for _receiver, sentences in answers for sentence in sentences or ()]


def follows_closing(partnership: Partnership) -> list[str | Promise]:
    """The same for a partnership that is closed."""
    answers = partnership_closing_considered.send(sender=Partnership, partnership=partnership)
    return [sentence for _receiver, sentences in answers for sentence in sentences or ()]
