"""The world before the journey: a partnership, its coordinating body, a school, and who runs them.

`python -m tests.browser.journey.world` makes it in the migrated database that DATABASE_URL names. Everything else in the
journey is made by people, in their browsers.
"""

import sys

import django
from django.utils import timezone

PASSWORD = "appel-boom-fiets-42"
ADMINISTRATOR, COORDINATOR, TEACHER = (
    "beheer@leerpact.example",
    "coordinator@pact.example",
    "docent@roc.example",
)
PARTNERSHIP, BODY, SCHOOL = "zorgpact-veldrand", "bureau-veldrand", "roc-veldrand"


def make() -> None:
    from accounts.enums import Role  # noqa: PLC0415
    from accounts.models import Person, User  # noqa: PLC0415 - needs the apps
    from partnerships.enums import (  # noqa: PLC0415
        JoinRequestKind,
        JoinRequestState,
        MandateKind,
        MemberRole,
        OrganisationKind,
        PartnershipShape,
    )
    from partnerships.models import (  # noqa: PLC0415
        JoinRequest,
        Member,
        Membership,
        Organisation,
        Partnership,
    )

    def person(email: str, first_name: str, last_name: str, **fields: bool) -> Person:
        user = User.objects.create_user(
            email, PASSWORD, first_name=first_name, last_name=last_name, language="nl", **fields
        )
        user.emailaddress_set.create(email=email, verified=True, primary=True)  # type: ignore[attr-defined]  # allauth adds it
        return user.person

    place = {"province": "fl", "town": "Lelystad"}
    pact = Partnership.objects.create(
        slug=PARTNERSHIP,
        name="Zorgpact Veldrand",
        shape=PartnershipShape.OPEN_PACT,
        provinces=["fl"],
    )
    body = Organisation.objects.create(
        slug=BODY, name="Bureau Veldrand", kind=OrganisationKind.EMPLOYERS, **place
    )
    school = Organisation.objects.create(
        slug=SCHOOL, name="Roc Veldrand", kind=OrganisationKind.SCHOOL, **place
    )
    for organisation, role in ((body, MemberRole.COORDINATING_BODY), (school, MemberRole.MEMBER)):
        request = JoinRequest.objects.create(
            partnership=pact,
            organisation=organisation,
            kind=JoinRequestKind.INVITED,
            role=role,
            state=JoinRequestState.ACCEPTED,
            partnership_yes_at=timezone.now(),
            organisation_yes_at=timezone.now(),
        )
        Member.objects.create(partnership=pact, organisation=organisation, role=role, join_request=request)
    person(ADMINISTRATOR, "Ada", "Beheer", is_staff=True, is_superuser=True)
    coordinator = person(COORDINATOR, "Carla", "Pact")
    Membership.objects.create(person=coordinator, organisation=body, role=Role.COORDINATOR)
    teacher = person(TEACHER, "Tom", "Docent")
    teaches = Membership.objects.create(person=teacher, organisation=school, role=Role.TEACHER)
    teaches.mandates.create(kind=MandateKind.SIGN)


def main() -> None:
    django.setup()
    from demo import mark  # noqa: PLC0415

    mark.claim()  # without the mark the demo settings, under which the site runs, refuse the database
    mark.note_loaded()
    make()


if __name__ == "__main__":
    sys.exit(main())
