"""What follows when an organisation leaves a partnership, in sentences for the page that asks."""

from __future__ import annotations

from django.utils.functional import Promise

from partnerships.models import Member
from partnerships.signals import member_leaving_considered


def follows(member: Member) -> list[str | Promise]:
    """What the apps above say that ends with the membership, and what does not."""
    answers = member_leaving_considered.send(sender=Member, member=member)
    return [sentence for _receiver, sentences in answers for sentence in sentences or ()]
