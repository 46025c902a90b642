"""Signatures from paper: by the own party, with a scan, told at once, and void when the person named objects."""

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from accounts.enums import Role
from accounts.models import PersonalLink
from agreements.enums import AgreementState, Signer, SigningMethod, VersionState
from agreements.models import Signature, SignatureObjection
from agreements.services import signatures
from core import attachments, tasks
from core.dates import today
from core.models import OutgoingMail
from partnerships.models import Mandate
from tests.agreements.cases import agreement_case, url, words
from tests.factories.accounts import PersonalLinkFactory
from tests.factories.programmes import CohortTeacherFactory
from tests.helpers import login, login_fresh, member, open_link
from tests.scanner import PLANTED, Scanner

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


# What counts


def test_minor_needs_a_representative_from_paper():
    case = agreement_case(minor=True)
    case.ask()
    case.sign_all()
    assert case.agreement.state == AgreementState.SIGNING
    case.on_paper("representative")
    assert case.agreement.state == AgreementState.ACTIVE
    signature = Signature.objects.get(signer=Signer.REPRESENTATIVE)
    assert (signature.method, signature.by_id, signature.person) == (
        SigningMethod.PAPER,
        case.teacher.person.pk,
        None,
    )


def test_minor_on_the_signing_day_needs_the_representative_even_when_18_before_the_last_signature():
    case = agreement_case(minor=True)
    case.ask()
    case.sign("student", case.student)
    with time_machine.travel(f"{today() + 400 * DAY} 12:00+01:00"):
        case.sign("employer", case.contact)
        case.sign("school", case.teacher)
        assert case.agreement.state == AgreementState.SIGNING


def test_student_who_is_18_on_the_signing_day_needs_no_representative(case):
    student = case.placement.student
    student.born_on = today().replace(year=today().year - 18)
    student.save()
    case.ask()
    case.sign_all()
    assert case.agreement.state == AgreementState.ACTIVE


def test_representative_of_an_adult_is_refused(case):
    case.ask()
    with pytest.raises(ValidationError, match="18"):
        case.on_paper("representative")


def test_all_on_paper_by_their_own_party_activates(case):
    case.ask()
    case.on_paper("student")
    case.on_paper("employer", by=case.contact)
    case.on_paper("school")
    assert case.agreement.state == AgreementState.ACTIVE
    kept = Signature.objects.get(signer="employer")
    assert (kept.person_id, kept.name) == (case.contact.person.pk, case.contact.person.full_name)
    assert (kept.scan_name, len(kept.scan_digest)) == ("getekend.pdf", 64)


@pytest.mark.parametrize(
    ("signer", "who"),
    [
        ("employer", "teacher"),
        ("school", "contact"),
        ("student", "contact"),
        ("representative", "contact"),
        ("student", "student"),
        ("employer", "colleague"),
    ],
)
def test_party_records_its_own_signatures_only(signer, who):
    case = agreement_case(minor=True)
    case.ask()
    with pytest.raises(ValidationError):
        case.on_paper(signer, by=getattr(case, who))
    assert Signature.objects.count() == 0


def test_teacher_who_does_not_sign_records_nothing(case):
    colleague = CohortTeacherFactory(cohort=case.placement.enrolment.cohort).membership.person.user
    case.ask()
    with pytest.raises(ValidationError):
        case.on_paper("student", by=colleague)


@pytest.mark.parametrize(("signer", "who"), [("employer", "contact"), ("school", "teacher")])
def test_paper_of_a_day_on_which_the_signer_had_no_mandate_yet_is_refused(case, signer, who):
    case.ask()
    user = getattr(case, who)
    with time_machine.travel(today() + 3 * DAY):
        Mandate.objects.filter(membership__person=user.person).update(starts_on=today() - DAY)
        with pytest.raises(ValidationError, match=r"tekende .* nog niet"):
            case.on_paper(signer, by=user, signed_on=today() - 2 * DAY)
        case.on_paper(signer, by=user, signed_on=today() - DAY)
    assert Signature.objects.count() == 1


@pytest.mark.parametrize("days", [1, -2])
def test_paper_signature_on_an_impossible_day_is_refused(case, days):
    case.ask()
    with pytest.raises(ValidationError, match="dag van tekenen"):
        case.on_paper("student", signed_on=today() + days * DAY)


def test_one_name_does_not_sign_for_two_parties():
    case = agreement_case(minor=True)
    case.ask()
    case.sign("student", case.student)
    with pytest.raises(ValidationError, match="andere partij"):
        case.on_paper("representative", name=f"  {case.placement.student.full_name.upper()} ")


# Told, and objected to


def told():
    return OutgoingMail.objects.get(kind="named_signature_recorded")


def test_person_named_hears_it_at_once_with_a_link_that_needs_no_sign_in(case):
    case.ask()
    case.on_paper("student")
    mail = told()
    assert (mail.person.user_id, mail.is_secret) == (case.student.pk, True)
    assert "/link/" in mail.link
    assert case.teacher.person.full_name in mail.body


def test_representative_hears_it_at_the_address_given_and_else_the_student():
    for email, to in (("karin@example.nl", "karin@example.nl"), ("", None)):
        OutgoingMail.objects.all().delete()
        case = agreement_case(minor=True)
        case.ask()
        case.on_paper("representative", email=email)
        assert told().to_email == (to or case.student.email)


def test_who_records_the_own_signature_hears_nothing(case):
    case.ask()
    case.on_paper("school")
    assert not OutgoingMail.objects.filter(kind="named_signature_recorded").exists()


def objected(case, reason="Niet door mij."):
    return signatures.object(signature_id=Signature.objects.get(signer="student").pk, reason=reason)


def test_objection_voids_the_signature_and_the_text_waits_again_and_all_are_told(case):
    case.ask()
    case.on_paper("student")
    case.sign("employer", case.contact)
    case.sign("school", case.teacher)
    assert case.agreement.state == AgreementState.ACTIVE
    objected(case)
    case.agreement.refresh_from_db()
    assert (case.agreement.state, case.pending.state) == (AgreementState.SIGNING, VersionState.SIGNING)
    assert case.now.in_force(case.pending.starts_on) is None
    mails = OutgoingMail.objects.filter(kind="party_signature_objected")
    assert {mail.person.user_id for mail in mails} == {case.student.pk, case.contact.pk, case.teacher.pk}
    assert "Niet door mij." in mails[0].body
    case.sign("student", case.student)  # and so it is signed after all
    assert case.agreement.state == AgreementState.ACTIVE
    assert Signature.objects.get(signer="student", replaces__isnull=False).method == SigningMethod.DIGITAL


def test_objection_to_a_change_leaves_what_held_before_in_force(case):
    case.ask()
    case.sign_all()
    first = case.agreed
    change = case.amend()
    case.sign("employer", case.contact)
    case.sign("school", case.teacher)
    case.on_paper("student", version_id=change.pk)
    assert case.now.agreed == change
    signatures.object(signature_id=change.signatures.get(signer="student").pk, reason="Niet door mij.")
    assert (case.now.state, case.now.agreed, case.now.pending) == (AgreementState.ACTIVE, first, change)
    assert case.now.in_force(first.ends_on) == first


def test_objection_to_an_end_takes_the_end_back(case):
    case.ask()
    case.sign_all()
    change = case.amend("early_end", ends_on=today() + 30 * DAY)
    case.sign("employer", case.contact)
    case.sign("school", case.teacher)
    case.on_paper("student", version_id=change.pk)
    assert case.agreement.state == AgreementState.ENDED
    signatures.object(signature_id=change.signatures.get(signer="student").pk, reason="Niet door mij.")
    case.agreement.refresh_from_db()
    case.placement.refresh_from_db()
    assert (case.agreement.state, case.agreement.ended_on) == (AgreementState.ACTIVE, None)
    assert case.placement.ends_on == case.agreed.ends_on


def test_objection_is_once_and_within_14_days(case):
    case.ask()
    case.on_paper("student")
    with time_machine.travel(f"{today() + 15 * DAY} 12:00+01:00"), pytest.raises(ValidationError, match="14"):
        objected(case)
    first = objected(case)
    assert objected(case, "Nog eens.") == first
    assert SignatureObjection.objects.count() == 1


def test_signature_given_in_the_portal_is_not_objected_to(case):
    case.ask()
    case.sign("student", case.student)
    with pytest.raises(ValidationError, match="in Leerpact"):
        objected(case)


# The pages


def scan(name="getekend.pdf", content=b"%PDF-1.7 een handtekening"):
    return SimpleUploadedFile(name, content)


def paper_data(case, **changes):
    return {
        "version": case.version_id,
        "who": "student",
        "signed_on": today().isoformat(),
        "scan": scan(),
    } | changes


def test_paper_signature_is_recorded_and_its_scan_is_for_the_parties(client, case):
    case.ask()
    login_fresh(client, case.teacher)
    assert client.post(url("agreement-paper", case), paper_data(case)).status_code == 302
    page = words(client.get(case.agreement.get_absolute_url()))
    assert "Getekend op papier" in page
    signature = Signature.objects.get()
    path = url("signature-scan", case, signature.public_id)
    assert path in words(client.get(url("agreement-version", case, 1)))
    response = login(client, case.contact).get(path)
    assert b"".join(response.streaming_content) == b"%PDF-1.7 een handtekening"
    assert response["Content-Disposition"].startswith("attachment")
    assert login(client, member(case.school, Role.TEACHER)).get(path).status_code == 404


@pytest.mark.parametrize("method", ["get", "post"])
def test_recording_asks_for_the_password_when_older_than_five_minutes(client, case, method):
    case.ask()
    login_fresh(client, case.teacher, seconds_ago=301)
    path = url("agreement-paper", case)
    response = client.get(path) if method == "get" else client.post(path, paper_data(case))
    assert response.status_code == 302
    assert Signature.objects.count() == 0


def test_representative_is_offered_for_a_minor_only(client, case):
    minor = agreement_case(minor=True)
    for one, offered in ((case, False), (minor, True)):
        one.ask()
        page = words(login_fresh(client, one.teacher).get(url("agreement-paper", one)))
        assert ('value="representative"' in page) is offered
        # What is to be printed.
        assert reverse("agreements:agreement-pdf", args=[one.agreement.public_id, 1]) in page


@pytest.mark.parametrize(
    "changes",
    [
        {"signed_on": (today() + 2 * DAY).isoformat()},
        {"signed_on": "2020-01-01"},
        {"signed_on": "gisteren"},
        {"who": "representative"},
        {"who": "employer:1"},
        {"who": "school:0"},
        {"who": "x"},
        {"version": "0"},
        {"scan": ""},
        {"scan": "leeg"},
        {"scan": "programma"},
        {"scan": "tekst"},
    ],
)
def test_paper_with_wrong_values_records_nothing(client, case, changes):
    files = {
        "leeg": scan(content=b""),
        "programma": scan("virus.exe", b"MZ"),
        "tekst": scan("getekend.pdf", b"geen pdf"),
    }
    if changes.get("scan") in files:
        changes = {"scan": files[changes["scan"]]}
    case.ask()
    login_fresh(client, case.teacher)
    assert client.post(url("agreement-paper", case), paper_data(case, **changes)).status_code == 200
    assert Signature.objects.count() == 0


@pytest.mark.parametrize("name", ["getekend.txt", "getekend.docx"])
def test_scan_of_another_kind_is_told_what_it_can_be(client, case, name):
    case.ask()
    login_fresh(client, case.teacher)
    page = client.post(url("agreement-paper", case), paper_data(case, scan=scan(name, b"tekst")))
    assert page.context["form"].errors["scan"] == ["Kies een pdf of een foto (JPG of PNG)."]


def test_paper_sent_twice_is_recorded_once(client, case):
    case.ask()
    login_fresh(client, case.teacher)
    for _turn in range(2):
        page = words(client.post(url("agreement-paper", case), paper_data(case), follow=True))
        assert "De handtekening op papier is vastgelegd." in page
    assert Signature.objects.count() == 1


def test_person_named_objects_by_the_link_without_signing_in(client, case):
    case.ask()
    case.on_paper("student")
    path = open_link(client, told())
    page = words(client.get(path))
    assert case.placement.student.full_name in page
    assert client.post(path, {"reason": ""}).status_code == 200
    for _turn in range(2):
        page = words(client.post(path, {"reason": "Niet door mij."}, follow=True))
        assert "dat deze handtekening niet klopt" in page
    assert SignatureObjection.objects.count() == 1


def test_page_of_an_objection_opens_with_its_own_link_only(client, case):
    case.ask()
    case.on_paper("student")
    other = PersonalLinkFactory()  # for another act
    for link in (PersonalLink.objects.exclude(pk=other.pk).get(), other):
        assert client.get(reverse("agreements:signature-object", args=[link.public_id])).status_code == 404


def test_representative_with_an_address_is_a_person_with_a_link(client):
    minor = agreement_case(minor=True)
    minor.ask()
    minor.on_paper("representative", name="Ouder Voorbeeld", email="Ouder@thuis.example")
    person = PersonalLink.objects.get().person
    assert (person.full_name, person.address, person.has_account) == (
        "Ouder Voorbeeld",
        "ouder@thuis.example",
        False,
    )
    assert "Ouder Voorbeeld" in words(client.get(open_link(client, told())))


def test_link_after_14_days_says_that_it_is_too_late(client, case):
    case.ask()
    case.on_paper("student")
    with time_machine.travel(f"{today() + 15 * DAY} 12:00+01:00"):
        path = open_link(client, told())
        assert "tot 14 dagen" in words(client.post(path, {"reason": "Niet door mij."}))
    assert SignatureObjection.objects.count() == 0


def test_scan_in_which_something_is_found_later_is_kept_back_and_told_to_who_added_it(client, settings):
    case = agreement_case()
    case.ask()
    paper = attachments.check(SimpleUploadedFile("getekend.pdf", b"%PDF-1.7 " + PLANTED))
    signature = case.on_paper("student", scan=paper)
    with Scanner() as scanner:
        settings.CLAMD = scanner.address
        assert tasks.scan_files() == 1
    answer = login(client, case.teacher).get(url("signature-scan", case, signature.public_id))
    assert answer.status_code == 403
    assert "wordt het niet uitgereikt" in answer.content.decode()
    mail = OutgoingMail.objects.get(kind="recorder_scan_found")
    assert mail.person == case.teacher.person
    assert mail.subject == "Er is iets gevonden in een scan die je toevoegde: bewaar het papier"
    assert signature.name in mail.body
    assert url("agreement-version", case, 1) in mail.body
