"""Which check counts for which school, who may record one, and who hears of it."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, ProgrammingError, transaction

from accounts.enums import Role
from core.dates import today
from core.models import OutgoingMail
from partnerships.models import Member
from placements.enums import PlacementState
from placements.models import Placement
from placements.queries import fits
from placements.queries.accreditations import employers_relied_on
from placements.services import accreditations
from programmes.enums import AccreditationStatus
from programmes.models import AccreditationCheck
from tests.factories.accounts import UserFactory
from tests.factories.partnerships import MemberFactory, OrganisationFactory
from tests.factories.programmes import (
    AccreditationFactory,
    CohortFactory,
    CohortTeacherFactory,
    ProgrammeFactory,
)
from tests.factories.students import EnrolmentFactory
from tests.helpers import member
from tests.placements.scene import actor, in_days

WITHDRAWN = {"status": AccreditationStatus.WITHDRAWN, "valid_until": in_days(-1)}


def values(scene, **changes):
    return {
        "learning_company_id": "voorbeeld-1",
        "status": AccreditationStatus.VERIFIED,
        "valid_from": in_days(-100),
        "valid_until": None,
        "checked_on": today(),
        "source": "register",
        "proof": "",
        "by": actor(scene.teacher),
        **changes,
    }


def check(scene, **changes):
    known = {"school": scene.school, "organisation": scene.employer, "crebo": scene.qualification.crebo}
    return accreditations.record(**values(scene, **{**known, **changes}))


def correct(scene, row, **changes):
    return accreditations.correct(check_id=row.pk, reason="Verkeerd gelezen.", **values(scene, **changes))


def other_school(scene):
    """A second school in the partnership with a cohort in the same qualification; gives its teacher."""
    school = OrganisationFactory(school=True)
    MemberFactory(partnership=scene.partnership, organisation=school)
    programme = ProgrammeFactory(
        school=school, partnership=scene.partnership, qualifications=[scene.qualification]
    )
    cohort = CohortFactory(programme=programme)
    return school, cohort, CohortTeacherFactory(cohort=cohort).membership.person.user


# Which counts


def test_a_later_check_is_another_row_and_the_newest_counts(scene):
    first, second = check(scene, status=AccreditationStatus.UNKNOWN), check(scene)
    assert list(AccreditationCheck.objects.counting()) == [second]
    earlier = check(scene, status=AccreditationStatus.UNKNOWN, checked_on=in_days(-3))
    assert list(AccreditationCheck.objects.counting()) == [second]
    assert AccreditationCheck.objects.count() == len({first, second, earlier})


def test_each_school_has_its_own(scene):
    school, cohort, teacher = other_school(scene)
    mine, theirs = scene.placement(), scene.placement(enrolment=EnrolmentFactory(cohort=cohort))
    check(scene)
    check(scene, school=school, by=actor(teacher), **WITHDRAWN)
    assert AccreditationCheck.objects.counting().count() == 2
    assert list(Placement.objects.without_accreditation()) == [theirs]
    assert list(Placement.objects.doubted()) == []  # the own school looked on the same day
    assert mine in Placement.objects.all()


def test_the_national_source_counts_until_the_school_looks(scene):
    AccreditationFactory(organisation=scene.employer, crebo=scene.qualification.crebo, checked_on=in_days(-9))
    (row,) = AccreditationCheck.objects.counting_for(scene.school.pk)
    assert row.school is None
    own = check(scene, **WITHDRAWN, checked_on=in_days(-8))
    assert list(AccreditationCheck.objects.counting_for(scene.school.pk)) == [own]
    later = AccreditationFactory(organisation=scene.employer, crebo=scene.qualification.crebo)
    assert list(AccreditationCheck.objects.counting_for(scene.school.pk)) == [later]
    other = AccreditationCheck.objects.counting_for(OrganisationFactory(school=True).pk)
    assert list(other) == [later]


@pytest.mark.parametrize("whose", ["own", "national", "elsewhere"])
def test_fit_warns_by_what_counts_for_the_school(scene, whose):
    school = {"own": scene.school, "national": None, "elsewhere": OrganisationFactory(school=True)}[whose]
    AccreditationFactory(school=school, organisation=scene.employer, crebo=scene.qualification.crebo)
    slot, enrolment = scene.slot(), scene.enrolment()
    missing = fits.missing_accreditation(slot, enrolment, fits.accreditations_of({scene.employer.pk}))
    assert missing == ([scene.qualification.crebo] if whose == "elsewhere" else [])


@pytest.mark.parametrize(
    ("fields", "holds"),
    [
        ({}, True),
        ({"status": AccreditationStatus.UNKNOWN}, False),
        (WITHDRAWN, False),
        ({"valid_from": in_days(1)}, False),
        ({"valid_until": in_days(-1)}, False),
        ({"valid_until": in_days(0)}, True),
    ],
)
def test_verified_on(db, fields, holds):
    row = AccreditationFactory(**fields)
    assert AccreditationCheck.objects.verified_on(today()).exists() is holds
    assert row.holds_on(today()) is holds


# What the database refuses


def test_the_database_keeps_a_check_as_it_was(db):
    row = AccreditationFactory()
    for act in (
        lambda: AccreditationCheck.objects.update(status=AccreditationStatus.UNKNOWN),
        row.delete,
    ):
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            act()


def test_the_database_refuses_a_correction_of_something_else(db):
    wrong = AccreditationFactory(school=OrganisationFactory(school=True))
    same = {"school": wrong.school, "organisation": wrong.organisation, "crebo": wrong.crebo}
    for other in ({"school": None}, {"organisation": OrganisationFactory()}, {"crebo": "96666"}):
        with pytest.raises(IntegrityError, match="the same school"), transaction.atomic():
            AccreditationFactory(**{**same, **other}, corrects=wrong, reason="Anders.")
    with pytest.raises(IntegrityError, match="correction_has_reason"), transaction.atomic():
        AccreditationFactory(**same, corrects=wrong)
    AccreditationFactory(**same, corrects=wrong, reason="Anders.")
    with pytest.raises(IntegrityError, match="corrects"), transaction.atomic():
        AccreditationFactory(**same, corrects=wrong, reason="Weer anders.")


# Who may


def test_only_a_teacher_of_the_school_records(scene):
    school, _cohort, teacher = other_school(scene)
    manager = member(scene.school, Role.MANAGER)
    for by in (scene.coordinator, scene.contact, manager, teacher, UserFactory(is_staff=True)):
        with pytest.raises(ValidationError):
            check(scene, by=actor(by))
    with pytest.raises(ValidationError):
        check(scene, school=None)
    assert not AccreditationCheck.objects.exists()
    assert check(scene, school=None, by=actor(UserFactory(is_staff=True))).school is None
    row = check(scene)
    with pytest.raises(ValidationError):
        correct(scene, row, by=actor(teacher))
    assert school not in [item.school for item in AccreditationCheck.objects.all()]


def test_school_records_employers_that_it_shares_a_partnership_with_or_has_students_at(scene):
    Member.objects.filter(organisation=scene.employer).delete()
    with pytest.raises(ValidationError):
        check(scene)
    scene.placement()
    assert check(scene).organisation == scene.employer
    stranger = OrganisationFactory()
    assert stranger not in employers_relied_on(scene.school.pk)
    assert stranger in employers_relied_on(None)


def test_each_sees_what_concerns_it(scene):
    school, _cohort, teacher = other_school(scene)
    stranger = OrganisationFactory(school=True)
    for by in (scene.school, school, stranger, None):
        AccreditationFactory(school=by, organisation=scene.employer)
    AccreditationFactory(school=scene.school, organisation=OrganisationFactory())
    seen = {
        name: sorted(
            row.school_id or 0
            for row in AccreditationCheck.objects.visible_to(actor(user)).filter(organisation=scene.employer)
        )
        for name, user in {
            "contact": scene.contact,
            "teacher": scene.teacher,
            "other": teacher,
            "coordinator": scene.coordinator,
            "supervisor": scene.supervisor,
            "student": scene.enrolment().student.person.user,
            "administrator": UserFactory(is_staff=True),
        }.items()
    }
    assert seen == {
        "contact": sorted([0, scene.school.pk, school.pk, stranger.pk]),
        "teacher": [0, scene.school.pk],
        "other": [0, school.pk],
        "coordinator": sorted([0, scene.school.pk, school.pk]),
        "supervisor": [],
        "student": [],
        "administrator": [0],
    }


# Who hears


def test_withdrawal_tells_those_who_rely_on_it_once(scene, outbox):
    school, cohort, _teacher = other_school(scene)
    placement, away = scene.placement(), scene.placement(state=PlacementState.COMPLETED)
    theirs = scene.placement(enrolment=EnrolmentFactory(cohort=cohort))
    check(scene, checked_on=in_days(-9))
    AccreditationFactory(
        school=school, organisation=scene.employer, crebo=scene.qualification.crebo, checked_on=in_days(-9)
    )
    for _ in range(2):
        check(scene, **WITHDRAWN)
    assert outbox() == [
        ("employer_accreditation_withdrawn", scene.contact.email),
        ("teacher_accreditation_withdrawn", scene.teacher.email),
    ]
    body = OutgoingMail.objects.get(kind="teacher_accreditation_withdrawn").body
    assert placement.student.full_name in body
    assert away.student.full_name not in body
    assert theirs.student.full_name not in body
    assert list(Placement.objects.without_accreditation()) == [placement]
    assert list(Placement.objects.doubted()) == [theirs]


def test_national_withdrawal_tells_every_school_with_students_there(scene, outbox):
    _school, cohort, teacher = other_school(scene)
    scene.placement()
    scene.placement(enrolment=EnrolmentFactory(cohort=cohort))
    check(scene, school=None, by=actor(UserFactory(is_staff=True)), **WITHDRAWN)
    assert sorted(outbox()) == sorted(
        [
            ("employer_accreditation_withdrawn", scene.contact.email),
            ("teacher_accreditation_withdrawn", scene.teacher.email),
            ("teacher_accreditation_withdrawn", teacher.email),
        ]
    )
    assert "landelijke bron" in OutgoingMail.objects.get(kind="employer_accreditation_withdrawn").body


def test_those_told_of_a_withdrawal_hear_that_it_was_wrong(scene, outbox):
    placement = scene.placement()
    wrong = check(scene, **WITHDRAWN)
    OutgoingMail.objects.all().delete()
    right = correct(scene, wrong)
    assert outbox() == [
        ("employer_accreditation_restored", scene.contact.email),
        ("teacher_accreditation_restored", scene.teacher.email),
    ]
    for mail in OutgoingMail.objects.all():
        assert "Verkeerd gelezen." in mail.body
    assert placement.student.full_name in OutgoingMail.objects.get(kind="teacher_accreditation_restored").body
    assert list(AccreditationCheck.objects.counting()) == [right]
    assert list(Placement.objects.without_accreditation()) == []
    assert correct(scene, wrong) == right
    with pytest.raises(ValidationError):
        correct(scene, wrong, status=AccreditationStatus.UNKNOWN)


def test_correction_by_a_colleague_of_the_same_school(scene, outbox):
    wrong = check(scene)
    colleague = member(scene.school, Role.TEACHER)
    right = correct(scene, wrong, by=actor(colleague), status=AccreditationStatus.UNKNOWN)
    assert (right.by, right.corrects, right.school) == (colleague.person, wrong, scene.school)
    assert outbox() == []


def test_record_with_dates_that_do_not_fit_is_refused(scene):
    with pytest.raises(ValidationError):
        check(scene, valid_until=in_days(-200))
    assert not AccreditationCheck.objects.exists()
