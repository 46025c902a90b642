"""Which playbook a partnership has, and which version of it."""

from __future__ import annotations

from partnerships.models import Partnership
from playbooks.models import AdoptedPart, Playbook, PlaybookPart, PlaybookVersion

FACTS = ("title", "summary", "needed", "duration", "costs")  # what a next version begins with


def playbook_of(partnership: Partnership) -> Playbook | None:
    """The playbook that a partnership began."""
    return Playbook.objects.filter(partnership=partnership).first()


def newest(playbook: Playbook) -> PlaybookVersion | None:
    """The version that stands now, with its parts."""
    return PlaybookVersion.objects.current().filter(playbook=playbook).with_parts().first()


def draft_of(playbook: Playbook) -> PlaybookVersion | None:
    """What is being written, with its parts."""
    return PlaybookVersion.objects.draft().filter(playbook=playbook).with_parts().first()


def texts_of(version: PlaybookVersion) -> list[str]:
    """Every text that would stand in public."""
    own = [version.title, version.summary, version.needed, version.duration, version.costs, version.news]
    return own + [text for part in version.parts.all() for text in texts_in(part)]


def texts_in(part: PlaybookPart | AdoptedPart) -> list[str]:
    """Every text of a part."""
    return [part.title, part.body, *part.details.get("themes", ())]


def says_the_same(before: PlaybookVersion, version: PlaybookVersion) -> bool:
    """Whether two versions with their parts say the same, apart from what is said to be new."""
    facts = all(getattr(before, name) == getattr(version, name) for name in FACTS)
    return facts and [row.says for row in before.parts.all()] == [row.says for row in version.parts.all()]
