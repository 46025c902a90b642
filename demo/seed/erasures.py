"""Requests for erasure: one that waits for the administrator, one that was carried out; and the last night of the keeper."""

from accounts.models import ErasureLedger, ErasureRequest, Person, RetentionRun
from accounts.models.privacy import digest_of_person
from demo.seed.context import Seed

REASON = "De opleiding is twee jaar klaar en niets verplicht ons om dit langer te bewaren."
REPORT = {
    "gone": {"students.Goal": 9, "students.Consent": 31, "students.Evidence": 6, "core.OutgoingMail": 14},
    "blanked": {"accounts.Person": 1, "students.Student": 1, "core.StateChange": 22, "core.ReadLog": 8},
    "kept": {"agreements.Agreement": 1, "agreements.Signature": 3},
    "kept_until": {},
}
NIGHT = {"mail_text": {}, "trace": {"core.ReadLog deleted": 12}, "identity": {}}


def load(seed: Seed) -> None:
    if ErasureRequest.objects.exists():
        return
    administrator = seed.people["admin"]
    ErasureRequest.objects.create(person=seed.people["linde-left"], asked_at=seed.at(-6, 11))
    nobody = Person.objects.create()
    last = seed.at(600).date().isoformat()
    ErasureRequest.objects.create(
        person=nobody,
        state="done",
        asked_at=seed.at(-40, 9),
        decided_by=administrator,
        decided_at=seed.at(-38, 15),
        done_at=seed.at(-37, 3),
        reason=REASON,
        report=REPORT | {"kept_until": {"agreements.Agreement": last, "agreements.Signature": last}},
    )
    day = seed.at(-37).date()
    ErasureLedger.objects.create(digest=digest_of_person(nobody.public_id), erased_on=day, ground="request")
    nobody.public_id = type(nobody)().public_id
    nobody.save(update_fields=["public_id"])
    RetentionRun.objects.create(
        begun_at=seed.at(-1, 3),
        ended_at=seed.at(-1, 3),
        day=seed.at(-1).date(),
        is_dry_run=False,
        report=NIGHT,
    )
