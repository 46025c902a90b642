"""What is done to many agreements at once: each by its own rule, done or refused by itself (`core.bulk`)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from django.db import transaction

from accounts.models import Person
from agreements import rules
from agreements.enums import VersionKind
from agreements.mail import agreements as mail
from agreements.models import Agreement
from agreements.queries import signers
from agreements.services import locks, signatures, versions
from core.access import ensure
from core.bulk import Outcome, Picked, by_reader, each
from core.versions import Changed, number_sent
from partnerships.actors import Actor
from programmes.queries.teachers import teachers_of


@transaction.atomic
def ask(*, picked: Sequence[Picked], known: Mapping[str, int], by: Actor) -> list[Outcome]:
    """Put the texts to signature as they were read; whoever signs gets one mail about all.

    `known` are the keys of the agreements by those of the page.
    """
    rows = locks.all_of(known.values(), by)
    asked: list[int] = []

    def ask_one(one: Picked) -> str:
        agreement = _among(rows, known[one.key])
        version = versions.ask(agreement_id=agreement.pk, by=by, from_digest=one.read, among=agreement)
        asked.append(version.agreement_id)
        return f"{version.agreement_id}:{version.pk}"

    outcomes = each(picked, ask_one)
    _tell(asked, mail.signer_agreements_asked, by)
    return outcomes


@transaction.atomic
def recall(*, outcomes: Sequence[Outcome], by: Actor) -> list[Outcome]:
    """Take back that signatures were asked, for each text that nobody has signed yet."""
    known = {one.key: [int(part) for part in one.undo.split(":")] for one in outcomes}
    rows = locks.all_of((agreement for agreement, _version in known.values()), by)
    recalled: list[int] = []

    def recall_one(one: Picked) -> str:
        agreement, version = known[one.key]
        ensure(rules.can_recall(by, _among(rows, agreement)))
        versions.recall(agreement_id=agreement, version_id=version, by=by)
        recalled.append(agreement)
        return ""

    found = each([Picked(one.key, "") for one in outcomes], recall_one)
    _tell(recalled, mail.signer_agreements_recalled, by)
    return found


def _among(rows: Mapping[int, Agreement], pk: int) -> Agreement:
    """One of those that were locked; one that is gone has changed meanwhile."""
    if pk not in rows:
        raise Changed
    return rows[pk]


def _tell(keys: Sequence[int], tell: Callable[[Sequence[Agreement], Person], None], by: Actor) -> None:
    """One mail for each person who can sign any of them, about those; not for whoever did it."""
    rows = list(Agreement.objects.filter(pk__in=keys).for_list())
    able = signers.able(rows)
    told = [(signers.each_once(able[row.pk].values(), but=by.person_id), row) for row in rows]
    for person, agreements in by_reader(told):
        tell(agreements, person)


@transaction.atomic
def sign(*, picked: Sequence[Picked], known: Mapping[str, tuple[int, str]], by: Actor) -> list[Outcome]:
    """A signature under each text that was read, for the party for which this person signs it.

    `known` are the keys of the agreements with the party, by the keys of the page. A signature is not taken back.
    """
    rows = locks.all_with_placement((known[one.key][0] for one in picked), by)
    signed: list[int] = []

    def sign_one(one: Picked) -> str:
        agreement, party = known[one.key]
        ensure(rules.can_sign(by, _among(rows, agreement)))
        signatures.sign(
            agreement_id=agreement, version_id=number_sent(one.read), signer=party, by=by, among_many=True
        )
        signed.append(agreement)
        return ""

    outcomes = each(picked, sign_one)
    _tell_signed(signed)
    return outcomes


def _tell_signed(keys: Sequence[int]) -> None:
    """What follows from the signatures: who is in them reads of all that are in force in one mail.

    So do the teachers of what waits for an accreditation. A change has a mail of its own, since it says what changed.
    """
    rows = list(Agreement.objects.filter(pk__in=keys).for_list())
    able = signers.able(rows)
    cohorts = {row.placement.enrolment.cohort_id for row in rows}
    teachers = {cohort: teachers_of(cohort) for cohort in cohorts}
    in_force, waiting = [], []
    for row in rows:
        of_cohort = teachers[row.placement.enrolment.cohort_id]
        everyone = signers.each_once([*able[row.pk].values(), of_cohort])
        version = row.pending or row.agreed
        if version is not None and version.signed_at is None:
            if not signers.missing(version):
                waiting.append((of_cohort, row))
        elif version is not None and version.is_base:
            in_force.append((everyone, row))
        elif version is not None and version.kind != VersionKind.EARLY_END:
            mail.party_agreement_changed(row, version, row.asked_before(version), everyone)
    for person, agreements in by_reader(in_force):
        mail.party_agreements_activated(agreements, person)
    for person, agreements in by_reader(waiting):
        mail.teacher_accreditations_missing(agreements, person)
