"""Mails about partnerships that began with the playbook of another."""

from __future__ import annotations

from accounts.mail import letters
from partnerships.queries.people import coordinators_of
from playbooks.models import PlaybookAdoption


def coordinator_playbook_begun(adoption: PlaybookAdoption) -> None:
    """For who publishes it: another partnership began with it."""
    version = adoption.version
    for person in coordinators_of(version.playbook.partnership_id):
        letters.to_person(
            person,
            "playbooks/mail/coordinator_playbook_begun.txt",
            link=version.playbook.get_absolute_url(),
            by=adoption.by,
            title=version.title,
            partnership=adoption.partnership.name,
        )
