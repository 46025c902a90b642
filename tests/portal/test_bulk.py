"""Acts on many students at once: from the cohort's page to plans, proposals, signatures and invitations, and back."""

import hashlib
from datetime import timedelta

import pytest
from django.conf import settings
from django.db.models import F
from django.urls import reverse

from accounts.models import Invitation
from agreements.enums import AgreementState
from agreements.models import Agreement, AgreementVersion, Signature, SignedDocument
from agreements.services import versions
from agreements.tasks import keep_signed
from core.dates import today
from core.models import OutgoingMail
from partnerships.actors import actor_of
from placements.enums import MatchState, SlotState
from placements.models import Match, Slot
from students.enums import PlanState
from students.models import Enrolment, LearningPlan
from tests.factories.accounts import PersonFactory
from tests.factories.placements import PlacementFactory
from tests.factories.programmes import CohortFactory, CohortTeacherFactory
from tests.factories.students import StudentFactory
from tests.helpers import login, login_fresh
from tests.placements.scene import Scene
from tests.portal.bulk import (
    accredit,
    let_sign,
    many,
    press,
    proposed,
    say_yes,
    scene_with_processes,
    sent,
    take_back,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene():
    return scene_with_processes()


@pytest.fixture
def teacher(client, scene):
    return login(client, scene.teacher)


def words(response):
    return [str(message) for message in response.context["messages"]]


def test_nothing_ticked_goes_back_with_a_word(teacher, scene):
    row = scene.enrolment()
    page = reverse("students:plans-make", args=[scene.school.slug])
    response = teacher.get(f"{page}?cohort={scene.cohort.public_id}", follow=True)
    assert response.redirect_chain[-1][0].endswith(f"/cohorten/{scene.cohort.public_id}/")
    assert words(response) == ["Kies eerst een student."]
    response = press(teacher, many("students:plans-make", scene, [row]), without=[row])
    assert words(response) == ["Kies eerst een student."]
    assert not LearningPlan.objects.exists()


def test_plans_are_made_of_what_the_programme_suggests_and_thrown_away_again(teacher, scene):
    rows = [scene.enrolment() for _ in range(3)]
    response = press(teacher, many("students:plans-make", scene, rows), without=rows[2:])
    assert "2 leerplannen gemaakt" in response.content.decode()
    plans = LearningPlan.objects.order_by("enrolment")
    assert [plan.enrolment for plan in plans] == rows[:2]
    texts = plans[0].goals.order_by("position").values_list("latest__text", "latest__due_on")
    assert list(texts) == [
        ("Ik ondersteun bij de maaltijd", rows[0].ends_on),
        ("Ik kan werk voorbereiden", rows[0].ends_on),
    ]
    assert plans[0].state == PlanState.DRAFT
    assert not OutgoingMail.objects.exists()
    assert all(f'href="{plan.get_absolute_url()}"' in response.content.decode() for plan in plans)
    response = take_back(teacher, response)
    assert words(response) == ["Teruggedraaid voor 2 regels."]
    assert response.request["PATH_INFO"].endswith(f"/cohorten/{scene.cohort.public_id}/")
    assert not LearningPlan.objects.exists()


def test_plans_for_several_cohorts_say_of_each_student_in_which(teacher, scene):
    other = CohortFactory(name="Avondgroep", programme=scene.cohort.programme)
    CohortTeacherFactory(cohort=other, membership=scene.teacher.person.memberships.get())
    rows = [scene.enrolment(), scene.enrolment(cohort=other), scene.enrolment()]
    page = teacher.get(many("students:plans-make", scene, rows))
    assert [str(row.note) for row, _ticked in page.context["able"]] == [
        "Avondgroep, nog geen plek",
        *[f"{scene.cohort.name}, nog geen plek"] * 2,
    ]
    page = teacher.get(many("students:plans-make", scene, rows[::2]))
    assert [str(row.note) for row, _ticked in page.context["able"]] == ["nog geen plek"] * 2


def test_cohort_in_a_row_says_on_an_english_page_that_it_is_dutch(teacher, scene):
    other = CohortFactory(name="Avondgroep", programme=scene.cohort.programme)
    CohortTeacherFactory(cohort=other, membership=scene.teacher.person.memberships.get())
    rows = [scene.enrolment(), scene.enrolment(cohort=other)]
    teacher.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    page = teacher.get(many("students:plans-make", scene, rows)).content.decode()
    assert '<span lang="nl">Avondgroep</span>, no training place yet' in page


def test_row_that_changed_since_the_page_is_refused_and_the_others_are_done(teacher, scene):
    rows = [scene.enrolment() for _ in range(2)]
    path = many("students:plans-make", scene, rows)
    data = sent(teacher.get(path))
    rows[0].wishes = "iets anders"
    rows[0].save()
    response = teacher.post(path, data, follow=True)
    assert [why for _row, why in response.context["refused"]] == [
        "Er is iets gewijzigd sinds je deze pagina opende. Lees opnieuw."
    ]
    assert LearningPlan.objects.get().enrolment == rows[1]
    scene.cohort.refresh_from_db()


def test_page_comes_back_with_reasons_when_nothing_could_be_done(teacher, scene):
    row = scene.enrolment()
    path = many("students:plans-make", scene, [row])
    data = sent(teacher.get(path))
    row.save()
    type(row).objects.filter(pk=row.pk).update(wishes="anders")
    response = teacher.post(path, data)
    assert response.status_code == 200
    assert [str(line.verdict.reason) for line in response.context["unable"]] == [
        "Er is iets gewijzigd sinds je deze pagina opende. Lees opnieuw."
    ]


def test_students_of_others_are_not_there(teacher, scene):
    other = Scene().enrolment()
    response = teacher.get(many("students:plans-make", scene, [other]), follow=True)
    assert words(response) == ["Kies eerst een student."]


def test_invitations_go_again_and_can_be_taken_back(teacher, scene):
    rows = [scene.enrolment(student=StudentFactory(person=PersonFactory())) for _ in range(2)]
    rows.append(scene.enrolment())
    response = teacher.get(many("students:students-invite", scene, rows))
    assert [str(line.verdict.reason) for line in response.context["unable"]] == [
        "Deze student heeft al een account."
    ]
    response = press(teacher, many("students:students-invite", scene, rows))
    assert "2 studenten uitgenodigd" in response.content.decode()
    assert sorted(OutgoingMail.objects.values_list("to_email", flat=True)) == sorted(
        row.student.address for row in rows[:2]
    )
    take_back(teacher, response)
    assert Invitation.objects.usable().count() == 0


def test_each_student_is_proposed_with_the_computed_reason_in_one_mail(teacher, scene):
    rows, response = proposed(teacher, scene)
    assert "3 studenten voorgesteld" in response.content.decode()
    matches = Match.objects.order_by("enrolment")
    assert [match.enrolment for match in matches] == rows
    assert {match.reason for match in matches} == {"De opleiding past. De periode past."}
    mail = OutgoingMail.objects.get(kind="employer_matches_proposed")
    assert (mail.to_email, mail.reply_to) == (scene.contact.email, scene.teacher.email)
    assert f"- {scene.teacher.person.full_name}, " in mail.body  # whom the employer asks about them
    assert all(row.student.first_name in mail.body for row in rows)
    take_back(teacher, response)
    assert set(Match.objects.values_list("state", flat=True)) == {MatchState.WITHDRAWN}
    assert OutgoingMail.objects.get(kind="employer_matches_withdrawn").reply_to == scene.teacher.email


def test_reason_that_was_written_stands_and_no_wish_is_told(teacher, scene):
    scene.slot(seats=2)
    rows = [scene.enrolment(wishes="Graag iets rustigs") for _ in range(2)]
    path = many("placements:students-propose", scene, rows)
    press(teacher, path, **{f"{rows[0].public_id}-reason": "Woont om de hoek van het station."})
    reasons = list(Match.objects.order_by("enrolment").values_list("reason", flat=True))
    assert reasons[0] == "Woont om de hoek van het station."
    assert "rustig" not in reasons[1]


def test_no_seat_is_offered_twice(teacher, scene):
    scene.slot(seats=1)
    rows = [scene.enrolment() for _ in range(2)]
    response = teacher.get(many("placements:students-propose", scene, rows))
    assert len(response.context["able"]) == 1
    assert [str(line.verdict.reason) for line in response.context["unable"]] == [
        "Er is nu geen vrije plek die past."
    ]


@pytest.fixture
def mandates(scene):
    let_sign(scene)


@pytest.fixture
def signing(scene, mandates):
    """The employer is accredited too."""
    accredit(scene)


def placements_of(client, scene, number=2):
    """Students who were proposed, welcomed and said yes; each has a practice agreement to be asked for."""
    scene.slot(seats=number)
    rows, _response = proposed(login(client, scene.teacher), scene, number, slots=0)
    accept = reverse("placements:matches-accept", args=[scene.employer.slug]) + "?rij=alle"
    press(login(client, scene.contact), accept)
    say_yes(client, Match.objects.all())
    return rows


def test_employer_says_yes_to_several_and_takes_it_back(client, teacher, scene):
    proposed(teacher, scene, 2)
    employer = login(client, scene.contact)
    path = reverse("placements:matches-accept", args=[scene.employer.slug]) + "?rij=alle"
    response = press(employer, path)
    assert "Ja gezegd tegen 2 studenten" in response.content.decode()
    assert OutgoingMail.objects.filter(kind="student_match_agreed").count() == 2
    assert set(Match.objects.values_list("state", flat=True)) == {MatchState.EMPLOYER_AGREED}
    take_back(employer, response)
    assert set(Match.objects.values_list("state", flat=True)) == {MatchState.PROPOSED}


def test_signatures_are_asked_at_once_with_one_mail_each_and_taken_back(client, scene, signing):
    rows = placements_of(client, scene)
    OutgoingMail.objects.all().delete()
    teacher = login(client, scene.teacher)
    response = press(teacher, many("agreements:agreements-ask", scene, rows))
    assert "Handtekeningen gevraagd voor 2 praktijkovereenkomsten" in response.content.decode()
    assert set(Agreement.objects.values_list("state", flat=True)) == {AgreementState.SIGNING}
    kinds = OutgoingMail.objects.order_by("kind").values_list("kind", "to_email")
    assert [kind for kind, _to in kinds] == ["signer_agreement_asked"] * 2 + ["signer_agreements_asked"]
    assert dict(kinds)["signer_agreements_asked"] == scene.contact.email
    assert set(OutgoingMail.objects.values_list("reply_to", flat=True)) == {scene.teacher.email}
    take_back(teacher, response)
    assert set(Agreement.objects.values_list("state", flat=True)) == {AgreementState.DRAFT}
    recalled = OutgoingMail.objects.filter(kind="signer_agreements_recalled")
    assert list(recalled.values_list("reply_to", flat=True)) == [scene.teacher.email] * 3


def test_all_sign_at_once_after_signing_in_again(client, scene, signing):
    rows = placements_of(client, scene)
    press(login(client, scene.teacher), many("agreements:agreements-ask", scene, rows))
    sign = reverse("agreements:agreements-sign") + "?rij=alle"
    assert client.get(sign).url.startswith(reverse("account_reauthenticate"))
    for user in (scene.teacher, scene.contact):
        response = press(login_fresh(client, user), sign, agreed="on")
        assert "2 overeenkomsten getekend" in response.content.decode()
    assert Signature.objects.count() == 4
    for row in rows:
        own_signature(client, row)
    assert set(Agreement.objects.values_list("state", flat=True)) == {AgreementState.ACTIVE}


@pytest.mark.parametrize("junk", ["", "x", "²", "9" * 5000])
def test_what_was_read_may_be_anything_and_signs_nothing(client, scene, signing, junk):
    rows = placements_of(client, scene)
    press(login(client, scene.teacher), many("agreements:agreements-ask", scene, rows))
    sign = reverse("agreements:agreements-sign") + "?rij=alle"
    key = str(Agreement.objects.order_by("pk")[0].public_id)
    data = {"rij": [key], "read": [f"{key}:{junk}"], "agreed": "on"}
    page = login_fresh(client, scene.teacher).post(sign, data, follow=True)
    assert "Er is niets gedaan" in page.content.decode()
    assert not Signature.objects.exists()


def own_signature(client, row):
    """The student's, on the page of the own agreement."""
    own = login_fresh(client, row.student.person.user)
    agreement = Agreement.objects.for_page().get(placement__enrolment=row)
    data = {"version": agreement.pending.pk, "signer": "student", "agreed": "on"}
    return own.post(reverse("agreements:agreement-sign", args=[agreement.public_id]), data)


def signed_last_by_the_employer(client, scene, number=2):
    """Agreements under which all signed, the employer last and all at once."""
    rows = placements_of(client, scene, number)
    press(login(client, scene.teacher), many("agreements:agreements-ask", scene, rows))
    sign = reverse("agreements:agreements-sign") + "?rij=alle"
    press(login_fresh(client, scene.teacher), sign, agreed="on")
    for row in rows:
        own_signature(client, row)
    OutgoingMail.objects.all().delete()
    press(login_fresh(client, scene.contact), sign, agreed="on")
    return rows


def test_last_signature_under_many_tells_everyone_once(client, scene, signing):
    rows = signed_last_by_the_employer(client, scene)
    assert set(Agreement.objects.values_list("state", flat=True)) == {AgreementState.ACTIVE}
    told = OutgoingMail.objects.values_list("to_email", "kind")
    assert sorted(told) == sorted(
        [(row.student.address, "party_agreement_activated") for row in rows]
        + [(user.email, "party_agreements_activated") for user in (scene.teacher, scene.contact)]
    )
    mail = OutgoingMail.objects.get(to_email=scene.teacher.email)
    assert mail.subject == "2 praktijkovereenkomsten zijn actief: bewaar van elk een kopie"
    assert all(f"{row.student.full_name} bij {scene.employer}" in mail.body for row in rows)


def test_teacher_hears_once_of_all_that_wait_for_an_accreditation(client, scene, mandates):
    signed_last_by_the_employer(client, scene)
    assert set(Agreement.objects.values_list("state", flat=True)) == {AgreementState.SIGNING}
    mail = OutgoingMail.objects.get()
    assert (mail.kind, mail.to_email) == ("teacher_accreditations_missing", scene.teacher.email)


def test_pdfs_of_what_is_signed_among_many_are_kept_right_after(client, scene, signing):
    rows = signed_last_by_the_employer(client, scene)
    assert not SignedDocument.objects.exists()
    first = Agreement.objects.get(placement__enrolment=rows[0])
    pdf = reverse("agreements:agreement-pdf", args=[first.public_id, 1])
    given = b"".join(login(client, scene.teacher).get(pdf).streaming_content)
    assert keep_signed() == 1  # whoever downloads one before gets the one that is kept
    kept = SignedDocument.objects.get(version__agreement=first)
    assert kept.digest == hashlib.sha256(given).hexdigest()
    assert SignedDocument.objects.count() == 2
    assert keep_signed() == 0


def test_text_that_changed_since_the_page_is_refused_and_the_others_are_asked(client, scene, signing):
    rows = placements_of(client, scene)
    AgreementVersion.objects.filter(agreement__placement__enrolment=rows[0]).update(
        school_contact="", contact=None
    )
    response = press(login(client, scene.teacher), many("agreements:agreements-ask", scene, rows))
    assert [why for _row, why in response.context["refused"]] == [
        "De overeenkomst is veranderd sinds je die las. Lees eerst de nieuwste tekst."
    ]
    assert Agreement.objects.filter(state=AgreementState.SIGNING).count() == 1


def test_places_are_confirmed_and_closed_at_once_and_back(client, scene):
    stale = today() - timedelta(days=40)
    slots = [scene.slot(confirmed_on=stale), scene.slot(confirmed_on=stale), scene.slot()]
    employer = login(client, scene.contact)
    confirm = reverse("placements:slots-confirm", args=[scene.employer.slug]) + "?rij=alle"
    response = press(employer, confirm)
    assert "2 plekken bevestigd" in response.content.decode()
    assert {slot.confirmed_on for slot in Slot.objects.all()} == {today()}
    take_back(employer, response)
    assert Slot.objects.filter(confirmed_on=stale).count() == 2
    placed = PlacementFactory(slot=slots[0])
    close = reverse("placements:slots-close", args=[scene.employer.slug])
    rows = "&".join(f"rij={slot.public_id}" for slot in slots)
    response = press(employer, f"{close}?{rows}")
    assert response.context["form"].errors.keys() == {"reason"}  # why they close is asked
    response = press(employer, f"{close}?{rows}", reason="De verbouwing begint.")
    assert "3 plekken gesloten" in response.content.decode()
    assert OutgoingMail.objects.filter(kind="student_slot_closed").count() == 1
    placed.refresh_from_db()
    assert placed.state == "confirmed"
    take_back(employer, response)
    assert set(Slot.objects.values_list("state", flat=True)) == {SlotState.ONLINE}


def old_page(client, path, model, **fields):
    """Press after everything of the page changed: nothing is done, and each line says why."""
    data = sent(client.get(path), **fields)
    model.objects.update(row_version=F("row_version") + 1)
    response = client.post(path, data)
    assert {str(row.verdict.reason) for row in response.context["unable"]} == {
        "Er is iets gewijzigd sinds je deze pagina opende. Lees opnieuw."
    }


def test_nothing_is_done_to_what_was_read_before_it_changed(client, scene):
    scene.slot(seats=2, confirmed_on=today() - timedelta(days=40))
    rows = [scene.enrolment(), scene.enrolment(student=StudentFactory(person=PersonFactory()))]
    teacher = login(client, scene.teacher)
    for name in ("students:plans-make", "students:students-invite", "placements:students-propose"):
        old_page(teacher, many(name, scene, rows[1:]), Enrolment)
    scene.match(enrolment=rows[0], slot=Slot.objects.get())
    employer, slug = login(client, scene.contact), scene.employer.slug
    old_page(employer, reverse("placements:matches-accept", args=[slug]) + "?rij=alle", Match)
    old_page(employer, reverse("placements:slots-confirm", args=[slug]) + "?rij=alle", Slot)
    close = f"{reverse('placements:slots-close', args=[slug])}?rij={Slot.objects.get().public_id}"
    old_page(employer, close, Slot, reason="Weg.")
    assert not LearningPlan.objects.exists()
    assert not OutgoingMail.objects.exists()


def test_signature_goes_under_the_text_that_was_read(client, scene, signing):
    rows = placements_of(client, scene)
    press(login(client, scene.teacher), many("agreements:agreements-ask", scene, rows))
    sign = reverse("agreements:agreements-sign") + "?rij=alle"
    employer = login_fresh(client, scene.contact)
    data = sent(employer.get(sign), agreed="on")
    agreement = Agreement.objects.for_page().first()
    newer = {"from_digest": agreement.pending.digest, "guidance": "Elke week een gesprek."}
    versions.change(agreement_id=agreement.pk, by=actor_of(scene.teacher), **newer)
    response = employer.post(sign, data, follow=True)
    assert [why for _row, why in response.context["refused"]] == ["Er is nu niets te tekenen."]
    assert Signature.objects.count() == 1
