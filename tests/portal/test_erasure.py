"""Nothing is left of someone who is erased: canaries in every text there is, looked for in a whole dump."""

import datetime as dt
import itertools
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from io import StringIO
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from allauth.account.models import EmailConfirmation
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount, SocialToken
from allauth.usersessions.models import UserSession
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, models, transaction
from django.utils import timezone

from accounts.enums import ErasureState, RecordKind
from accounts.models import ErasureLedger, ErasureRequest, Person, SecurityEvent, User
from accounts.models.privacy import digest_of_person
from accounts.services import own_records
from accounts.sessions import SessionStore
from agreements.models import Agreement, Signature
from core.dates import today
from core.files import keep, remove
from core.imports.models import ImportBatch, ImportRow
from core.models import FieldChange, OutgoingMail, ReadLog, SentReminder, StateChange, StoredFile
from core.privacy.declared import AtErasure, declarations, rows_of
from partnerships.models import Call, Group, Initiative, Organisation
from placements.models import Supervision
from students.models import Enrolment, Student
from tests import databases
from tests.factories.accounts import InvitationFactory, OwnRecordFactory, SupportActFactory
from tests.factories.agreements import SignatureLinkFactory
from tests.factories.partnerships import (
    AffiliationFactory,
    ContactCardFactory,
    ContactNoteFactory,
    GroupSeatFactory,
    InitiativeParticipantFactory,
    JoinRequestFactory,
    MandateFactory,
    MembershipInvitationFactory,
    RoleRequestFactory,
    SavedSearchFactory,
    SignUpFactory,
    SignUpLinkFactory,
)
from tests.region import dumped, in_cache, on_disk, region, triggers_off

CANARY = "kanarie"
# Of what stays each with a text of its own: the contract, and the decision.
STAYS = {
    declared.model_class._meta.db_table
    for declared in declarations().values()
    if declared.at_erasure == AtErasure.STAYS
    and (declared.contract or declared.model == "accounts.ErasureRequest")
}

# Rows that no student has: of people who work somewhere; in none of them stands a text about those.
NOT_OF_A_STUDENT = {
    "accounts.ErasureRequest",
    "agreements.SignedDocument",  # a file and its hash, which stay with the contract
    "agreements.SignatureObjection",
    "core.ImportBatch",
    "core.ImportColumn",
    "meetings.Action",
    "meetings.Adoption",
    "meetings.Attendance",
    "meetings.AttendanceLink",
    "meetings.Decision",
    "meetings.AdoptionWithdrawal",
    "meetings.Need",
    "meetings.Paper",
    "meetings.ProposalAdoption",
    "partnerships.ActionLine",
    "partnerships.CooperationSignature",
    "partnerships.DocumentVersion",
    "partnerships.Funding",
    "partnerships.Initiative",
    "partnerships.InitiativePartner",
    "partnerships.InitiativeProposal",
    "partnerships.InitiativeResult",
    "partnerships.Measurement",
    "partnerships.MemberLetter",
    "partnerships.Milestone",
    "partnerships.PointOfContact",
    "partnerships.StoryVersion",
    "placements.Slot",
    "playbooks.PartChoice",
    "playbooks.PlaybookAdoption",
    "playbooks.PlaybookLead",
    "playbooks.PlaybookOffer",
    "programmes.AccreditationCheck",
    "programmes.CohortRequest",
    "programmes.CohortTeacher",
}
# Of these the database refuses a text: numbers, hashes, an address beside that of the account, and why evidence was
# removed that is there; that row goes whole.
NOT_TAKEN = {
    "accounts.Person.email",
    "agreements.AgreementVersion.digest",
    "agreements.AgreementVersion.hours_per_year",
    "agreements.AgreementVersion.signed_digest",
    "students.Assessment.reason",
    "students.Evidence.removed_because",
    "students.Student.pc4",
}


@pytest.fixture
def folder(settings, tmp_path, django_db_setup, django_db_blocker) -> Iterator[Path]:
    """The region on a database of its own; gives the folder of its files."""
    with django_db_blocker.unblock(), region("erasure", settings, tmp_path) as media:
        yield media


def run(command: str, **options: Any) -> dict[str, Any]:
    out = StringIO()
    call_command(command, stdout=out, **options)
    told: dict[str, Any] = json.loads(out.getvalue())
    return told


# Canaries
@dataclass
class Planted:
    """What was written of one person, and where it could not be."""

    person: Person
    models: set[str] = field(default_factory=set)
    canaries: dict[str, str] = field(default_factory=dict)  # of rows that are theirs: canary → field
    taken: set[str] = field(default_factory=set)
    refused: set[str] = field(default_factory=set)


def plant(person: Person) -> Planted:
    """A canary in every field of a class, of every row about a person, past everything that would refuse it."""
    planted, numbers = Planted(person), itertools.count(1)
    with triggers_off():
        for declared, keys in rows_of([person.pk]).items():
            model = declared.model_class
            planted.models.add(declared.model)
            kinds = declared.kinds
            first = declared.of[0] or "pk"
            own = set(model._base_manager.filter(**{first: person.pk}).values_list("pk", flat=True))
            for one in model._meta.local_fields:
                if one.name in kinds:
                    for key in sorted(keys):
                        canary = f"{CANARY}{next(numbers)}"
                        if _write(model, one, key, canary, planted) and key in own:
                            planted.canaries[canary] = f"{declared.model}.{one.name}"
    person.refresh_from_db()
    return planted


def _write(model: type[models.Model], one: models.Field, key: Any, canary: str, planted: Planted) -> bool:
    if one.related_model is StoredFile:
        value: Any = keep(
            file=ContentFile(canary.encode()), path=f"planted/{key}", content_type="", subject=uuid4()
        )
    elif isinstance(one, models.EmailField):
        value = f"{canary}@voorbeeld.test"
    elif isinstance(one, models.JSONField):
        value = {"text": canary}
    elif isinstance(one, models.CharField | models.TextField) and not one.choices:
        value = f"{canary} van deze mens"[: one.max_length]
    else:
        return False
    try:
        with transaction.atomic():
            model._base_manager.filter(pk=key).update(**{one.name: value})
        planted.taken.add(f"{model._meta.label}.{one.name}")
    except DatabaseError:
        if one.related_model is StoredFile:
            remove(file=value)
        planted.refused.add(f"{model._meta.label}.{one.name}")
        return False
    return one.related_model is not StoredFile  # that is in the archive of files


def known_in_every_way(person: Person) -> None:
    """Rows that the region has of no student: each kind of which something is kept of a person."""
    user, now = person.user, timezone.now()
    assert user is not None
    invitation = InvitationFactory(person=person, accepted_at=now, accepted_by=person)
    MembershipInvitationFactory(invitation=invitation)
    SupportActFactory(subject=person)
    OwnRecordFactory(person=person)
    ContactCardFactory(person=person)
    SignatureLinkFactory(link__person=person, signature=Signature.objects.filter(person=person)[0])
    RoleRequestFactory(person=person, state="expired", expires_on=today() - dt.timedelta(days=1))
    signed_up = SignUpFactory(contact=person, call=Call.objects.first(), next_step_on=today())
    SignUpLinkFactory(sign_up=signed_up)
    ContactNoteFactory(sign_up=signed_up, by=Person.objects.exclude(pk=person.pk)[0])
    past = {"starts_on": today() - dt.timedelta(days=30), "ends_on": today() - dt.timedelta(days=9)}
    over = {**past, "ended_at": now - dt.timedelta(days=9)}
    MandateFactory(
        membership__person=person, **{f"membership__{key}": value for key, value in over.items()}, **over
    )
    group = Group.objects.order_by("pk")[0]
    client = AffiliationFactory(person=person, partnership=group.partnership, kind="client", **over)
    GroupSeatFactory(group=group, person=person, affiliation=client, **over)
    SavedSearchFactory(person=person)
    InitiativeParticipantFactory(person=person, initiative=Initiative.objects.order_by("pk")[0])
    JoinRequestFactory(asked=True, organisation_yes_by=person)
    EmailConfirmation.objects.create(email_address=user.emailaddress_set.first(), key="x" * 40)
    Authenticator.objects.create(user=user, type="totp", data={})
    account = SocialAccount.objects.create(user=user, provider="sso", uid="1")
    SocialToken.objects.create(account=account, token="x")
    SecurityEvent.objects.create(person=person, kind="denied", what="x", network="127.0.0.0/24")
    SentReminder.objects.create(person=person, kind="x", subject_key="x", step="x", day=today())
    OutgoingMail.objects.create(kind="x", person=person, language="nl", message_id="own", state="held")
    Person.objects.create(first_name="Zelfde", last_name="Mens", merged_into=person)
    session = SessionStore()
    session.update({"_auth_user_id": str(user.pk), "typed": CANARY})
    session.create()
    UserSession.objects.create(user=user, ip="127.0.0.1", session_key=session.session_key, user_agent="x")
    LogEntry.objects.create(
        user=user,
        content_type=ContentType.objects.get_for_model(Organisation),
        object_id="1",
        object_repr="x",
        action_flag=CHANGE,
    )


def told_elsewhere(person: Person) -> None:
    """What others were told of the person, and what histories say."""
    student = person.student
    enrolment = student.enrolments.first()
    name, teacher = person.full_name, Person.objects.get(first_name="Jeroen", last_name="Vinkestein")
    about = {"model": "students.enrolment", "object_id": str(enrolment.pk), "by": teacher}
    StateChange.objects.create(
        **about, action="x", reason=f"{CANARY} door de school", subject=student.public_id
    )
    FieldChange.objects.create(**about, field="starts_on", before=f"{CANARY}", after="2026", reason=CANARY)
    FieldChange.objects.create(
        model="placements.slot", object_id="1", field="supervisor", before=None, after={"id": 1, "name": name}
    )
    ReadLog.objects.create(reader=teacher, subject=student.public_id, read_on=today(), kind="file")
    mail = {"kind": "x", "language": "nl", "person": teacher, "to_email": "docent@voorbeeld.test"}
    for state in ("sent", "queued", "failed"):
        sent_at = timezone.now() if state == "sent" else None
        words = {"subject": f"Over {name}", "body": f"{name} schreef", "message_id": state}
        OutgoingMail.objects.create(**mail, **words, state=state, sent_at=sent_at)
    first = {"subject": "Nieuw", "body": f"{person.first_name} heeft iets klaar.", "message_id": "first"}
    OutgoingMail.objects.create(**mail, **first, state="sent", sent_at=timezone.now())
    LogEntry.objects.create(
        user=Person.objects.filter(user__is_staff=True).order_by("pk")[0].user,
        content_type=ContentType.objects.get_for_model(Enrolment),
        object_id=str(enrolment.pk),
        object_repr=name,
        action_flag=CHANGE,
    )
    batch = ImportBatch.objects.create(kind="x", by=teacher, file_name="lijst.xlsx")
    ImportRow.objects.create(batch=batch, number=2, raw=[person.address, "8224"])
    ImportRow.objects.create(batch=batch, number=3, raw=[CANARY], name=CANARY, subject=student.public_id)
    of_one = ImportBatch.objects.create(
        kind="x", by=teacher, file_name=f"lijst_{name.replace(' ', '-')}.xlsx"
    )
    ImportRow.objects.create(batch=of_one, number=2, raw=name.split())
    like = {"field": "", "text": "x", "key": "like:1", "choices": [["1", f"Ja, {name}"]], "suggestion": ""}
    ImportRow.objects.create(batch=batch, number=4, raw=["Iemand"], name="Iemand", problems=[like])
    head = {"number": 0, "title": "wensen", "field": "wishes", "is_secret": False}
    for one in (batch, of_one):
        ImportBatch.objects.filter(pk=one.pk).update(columns=[head | {"examples": [CANARY]}])
    busy = SessionStore()
    busy.update({"form": {"email": person.address}})
    busy.create()
    cache.set("page", f"{name} staat hier", 600)


def samira() -> Person:
    """A student with a plan, evidence and a signed agreement."""
    return Person.objects.select_related("user").get(first_name="Samira", last_name="Bouzidi")


def left(person: Person) -> None:
    with triggers_off():
        day = today() - dt.timedelta(days=1)
        mine = Enrolment.objects.filter(student__person=person)
        mine.update(state="dropped_out", ended_on=day, leaving_reason="Ander werk")
        Agreement.objects.filter(placement__student__person=person).update(state="completed")


def granted(person: Person) -> ErasureRequest:
    return ErasureRequest.objects.create(
        person=person,
        state=ErasureState.GRANTED,
        decided_at=timezone.now(),
        reason="De opleiding is klaar en niets verplicht tot bewaren.",
    )


@contextmanager
def back_up(name: str) -> Iterator[Callable[[], None]]:
    """A back-up of the region as it is; what is given puts it back in its place."""
    here = connection.settings_dict["NAME"]
    connection.close()
    with databases.copy_of(here, name) as kept:

        def put_back() -> None:
            connection.close()
            databases.make_anew(here, kept)

        yield put_back
        connection.close()


def everywhere(folder: Path) -> dict[str, str]:
    """All that is stored: tables, sessions as they are read, files and cache."""
    found = dumped()
    found["django_session"] = str([session.get_decoded() for session in Session.objects.all()])
    found |= {f"file {name}": content.decode("latin-1") for name, content in on_disk(folder).items()}
    found |= {f"cache {name}": content.decode("latin-1") for name, content in in_cache().items()}
    return found


def holding(folder: Path, *texts: str) -> set[str]:
    """Where any of the texts stands; of files and the cache also in the name."""
    return {name for name, text in everywhere(folder).items() if any(each in name + text for each in texts)}


# Proof
def test_own_record_holds_every_field_of_a_class(folder):
    person = samira()
    known_in_every_way(person)
    planted = plant(person)
    student = Student.objects.get(person=person)
    StateChange.objects.create(model="x", object_id="1", action="x", reason=CANARY, subject=student.public_id)
    ReadLog.objects.create(subject=student.public_id, read_on=today(), kind="file")
    record = own_records.take(person_id=person.pk, kind=RecordKind.JSON)
    text = record.decode()
    assert len(planted.canaries) >= 150
    lost = {where for canary, where in planted.canaries.items() if canary not in text}
    assert lost == set()
    told = {part["table"]: part["rows"] for part in json.loads(text)["parts"]}
    for declared in declarations().values():
        if rows := told.get(declared.model):
            assert set(rows[0]) == {"id", *declared.kinds}, declared.model
    assert {"core.StateChange", "core.ReadLog", "students.Goal", "agreements.Signature"} <= set(told)
    secrets = {"password", "key", "token", "session_key", "token_digest", "data"}
    assert not any(
        secrets & set(row) for label, rows in told.items() for row in rows if label != "accounts.OwnRecord"
    )


def test_own_record_tells_of_nobody_else(folder):
    """Who guides students takes along that this was so, and nothing that is theirs."""
    guide = Supervision.objects.exclude(membership__person__user=None)[0].membership.person
    record = own_records.take(person_id=guide.pk, kind=RecordKind.JSON).decode()
    assert guide.full_name in record
    for student in Student.objects.select_related("person"):
        assert student.person.full_name not in record
        assert student.person.address not in record


def test_erased_are_erased_again_after_a_back_up_was_put_back(folder, tmp_path):
    person = samira()
    left(person)
    person.refresh_from_db()
    address, public_id = person.address, person.public_id
    granted(person)
    with back_up("erasure_back_up") as put_back:
        run("erase")
        assert holding(folder, address, str(public_id)) == set()
        ledger = (tmp_path / "erased.txt").read_text()
        assert [line.split()[0] for line in ledger.splitlines()] == [digest_of_person(public_id)]
        assert str(public_id) not in ledger
        known = ErasureLedger.objects.filter(digest=digest_of_person(public_id))
        assert known.exists()

        put_back()
        assert "accounts_person" in holding(folder, str(public_id))  # the control: it was in the back-up
        assert not known.exists()
        assert run("erase_again") == {"erased_again": 1}
        assert holding(folder, address, str(public_id)) == set()
        assert run("erase_again") == {"erased_again": 0}


def test_ledger_that_cannot_be_read_stops_the_command(folder, tmp_path):
    with pytest.raises(CommandError, match="ledger cannot be read"):
        run("erase_again", ledger=tmp_path / "elsewhere.txt")


def test_who_still_has_a_role_waits_and_holds_up_nobody(folder):
    teacher = Person.objects.get(first_name="Jeroen", last_name="Vinkestein")
    person = samira()
    left(person)
    waiting, request = granted(teacher), granted(person)
    told = run("erase")
    assert told["erased"] == 1
    assert list(told["waiting"]) == [str(waiting.public_id)]
    waiting.refresh_from_db()
    request.refresh_from_db()
    assert (waiting.state, request.state) == (ErasureState.GRANTED, ErasureState.DONE)
    assert Person.objects.get(pk=teacher.pk).first_name == "Jeroen"


def test_nothing_is_left_outside_what_is_declared(folder):
    person = samira()
    known_in_every_way(person)
    left(person)
    planted = plant(person)
    told_elsewhere(person)
    whole = {declared.model for declared in declarations().values() if declared.of}
    assert sorted(whole - planted.models) == sorted(NOT_OF_A_STUDENT)
    assert planted.refused - planted.taken == NOT_TAKEN
    ids = [str(person.public_id), str(person.student.public_id), person.address]
    before = holding(folder, CANARY, *ids)
    assert len(before) >= 35
    assert {"accounts_person", "students_evidence", "core_outgoingmail", "core_fieldchange"} < before
    assert "core_importrow" in before
    assert {
        "django_session",
        "django_admin_log",
        "agreements_signature",
        "cache leerpact:1:page",
    } - before == set()

    request = granted(person)
    told = run("erase")

    assert told["erased"] == 1
    assert holding(folder, CANARY, *ids) - STAYS - scans() == set()
    request.refresh_from_db()
    assert request.state == ErasureState.DONE
    assert request.report["gone"]["students.Goal"] >= 5
    assert request.report["kept"]["agreements.Signature"] >= 1
    assert request.report["kept_until"]["agreements.Agreement"] > today().isoformat()


def test_who_only_looks_like_it_is_left_alone(folder):
    """Another address that holds this one, another name that begins like it: nothing of theirs goes."""
    person = samira()
    left(person)
    User.objects.filter(person=person).update(email="an@voorbeeld.test")
    others = ["van@voorbeeld.test", "j.an@voorbeeld.test", "an@voorbeeld.test.example"]
    teacher = Person.objects.get(first_name="Jeroen", last_name="Vinkestein")
    batch = ImportBatch.objects.create(kind="x", by=teacher, file_name=f"{person.full_name}s.xlsx")
    mail = {"kind": "x", "language": "nl", "person": teacher, "to_email": "docent@voorbeeld.test"}
    words = {"subject": "Nieuw", "body": f"{' '.join(others)} X{person.full_name}"}
    rows = []
    for number, other in enumerate(others):
        rows += [
            ImportRow.objects.create(batch=batch, number=number, raw=[other], name=other),
            FieldChange.objects.create(model="x", object_id="1", field="email", before=other, after="x"),
            OutgoingMail.objects.create(**mail, **words, state="queued", message_id=other),
        ]
    busy = SessionStore()
    busy.update({"form": {"emails": others}})
    busy.create()
    before = [type(row).objects.filter(pk=row.pk).values().get() for row in (*rows, batch)]
    granted(person)
    run("erase")
    assert [type(row).objects.filter(pk=row.pk).values().get() for row in (*rows, batch)] == before
    assert busy.exists(busy.session_key)


def test_who_once_was_mailed_by_mistake_keeps_what_is_theirs(folder):
    """An invitation went to a colleague's mailbox first: that address is not of the one who is erased."""
    person = samira()
    left(person)
    teacher = Person.objects.get(first_name="Jeroen", last_name="Vinkestein")
    InvitationFactory(person=person, email=teacher.address, accepted_at=timezone.now(), accepted_by=person)
    mail = {"kind": "x", "language": "nl", "person": teacher, "to_email": teacher.address, "body": "Welkom"}
    queued = OutgoingMail.objects.create(**mail, state="queued", message_id="own")
    change = FieldChange.objects.create(
        model="x", object_id="1", field="email", before=teacher.address, after="x"
    )
    granted(person)
    run("erase")
    queued.refresh_from_db()
    change.refresh_from_db()
    assert (queued.state, queued.body, change.before) == ("queued", "Welkom", teacher.address)


def scans() -> set[str]:
    """The files of contracts, which stay with them."""
    return {
        f"file {name}" for name in Signature.objects.exclude(scan=None).values_list("scan__path", flat=True)
    }
