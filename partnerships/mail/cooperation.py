"""Mails about the cooperation agreement of a partnership: to the managers of its parties, and at the end to all."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from accounts.enums import Role
from accounts.mail import letters
from accounts.models import Person
from core.models import StateChange
from partnerships.actors import Actor
from partnerships.models import CooperationSignature, CooperationVersion
from partnerships.queries.people import coordinators_of, people, people_of


def manager_cooperation_asked(version: CooperationVersion, act: StateChange) -> None:
    """A version waits for signatures; the link leads to the text, where one signs."""
    _write(_managers(version), "partnerships/mail/manager_cooperation_asked.txt", version, by=act.by)


def manager_cooperation_recorded(
    version: CooperationVersion, signature: CooperationSignature, *, by: Actor
) -> None:
    """The coordinator wrote down what stands on paper: for the managers of that organisation, who know whether it does."""
    told = people_of(signature.party.organisation_now, [Role.MANAGER])
    _write(
        [person for person in told if person.pk != by.person_id],
        "partnerships/mail/manager_cooperation_recorded.txt",
        version,
        by=signature.by,
        signature=signature,
    )


def manager_cooperation_withdrawn(version: CooperationVersion, act: StateChange) -> None:
    """A version is not asked any longer, and why."""
    _write(
        _managers(version),
        "partnerships/mail/manager_cooperation_withdrawn.txt",
        version,
        by=act.by,
        reason=act.reason,
    )


def party_cooperation_signed(version: CooperationVersion, act: StateChange) -> None:
    """Everyone has signed: for the managers of the parties and the coordinators, but whoever signed last."""
    told = {person.pk: person for person in [*_managers(version), *coordinators_of(version.partnership_id)]}
    others = [person for key, person in told.items() if key != act.by_id]
    _write(others, "partnerships/mail/party_cooperation_signed.txt", version, by=act.by)


def _managers(version: CooperationVersion) -> list[Person]:
    """Those of the organisations that sign, each once."""
    found = people([party.organisation_now for party in version.parties.all()], [Role.MANAGER])
    return list({person.pk: person for group in found.values() for person in group}.values())


def _write(readers: Iterable[Person], template: str, version: CooperationVersion, **context: Any) -> None:
    for person in readers:
        letters.to_person(
            person,
            template,
            link=version.get_absolute_url(),
            version=version,
            partnership=version.partnership,
            **context,
        )
