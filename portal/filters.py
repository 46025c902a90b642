"""What a teacher may narrow a cohort to besides what its plans tell: what is not there yet, how far the account is."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy

from accounts.models import Invitation
from accounts.queries.delivery import is_undelivered
from agreements.enums import OPEN_AGREEMENT
from agreements.models import Agreement
from placements.queries.placed import has_place
from students.enums import EnrolmentState
from students.filters.cohorts import CohortFilter

PLAN, PLACE, SIGN, ACCOUNT = "plan", "plek", "tekenen", "account"
NOT_INVITED, INVITED, UNDELIVERED, SIGNED_IN = "niet-uitgenodigd", "uitgenodigd", "niet-bezorgd", "ingelogd"


def lacking(what: str) -> Q:
    """A condition on enrolments: enrolled, and this is not there yet."""
    enrolled = Q(state=EnrolmentState.ENROLLED)
    if what == PLAN:
        return enrolled & Q(plans=None)
    if what == PLACE:
        return enrolled & ~Q(has_place(would_end_on__isnull=True))
    if what == SIGN:
        return enrolled & Q(Exists(_unsigned()))
    return enrolled & Q(student__person__user=None)


def _unsigned() -> QuerySet[Agreement]:
    """Agreements of the enrolment of which no text is in force yet."""
    return Agreement.objects.filter(
        placement__enrolment=OuterRef("pk"), state__in=OPEN_AGREEMENT, activated_at__isnull=True
    )


def account_state(state: str) -> Q:
    """A condition on enrolments: how far the student is with an account."""
    if state == SIGNED_IN:
        return Q(student__person__user__isnull=False)
    if state == UNDELIVERED:
        return is_undelivered("student__invitation")
    usable = Invitation.objects.usable().filter(students=OuterRef("student"))
    none = Q(student__person__user=None)
    return none & Q(Exists(usable)) if state == INVITED else none & ~Q(Exists(usable))


class CohortPageFilter(CohortFilter):
    """Besides what the plans tell: what is not there yet, and how far the student is with an account."""

    mist = django_filters.ChoiceFilter(
        label=gettext_lazy("What is missing"),
        choices=[
            (PLAN, gettext_lazy("Learning plan")),
            (PLACE, gettext_lazy("Training place")),
            (SIGN, gettext_lazy("Signatures")),
            (ACCOUNT, gettext_lazy("Account")),
        ],
        method="by_lack",
        empty_label=gettext_lazy("Everyone"),
    )
    account = django_filters.ChoiceFilter(
        label=gettext_lazy("Account"),
        choices=[
            (NOT_INVITED, gettext_lazy("Not invited")),
            (INVITED, gettext_lazy("Invited")),
            (UNDELIVERED, gettext_lazy("Invitation not delivered")),
            (SIGNED_IN, gettext_lazy("Signed in")),
        ],
        method="by_account",
        empty_label=gettext_lazy("Everyone"),
    )

    def by_lack(self, queryset: Any, name: str, value: str) -> Any:
        return queryset.filter(lacking(value))

    def by_account(self, queryset: Any, name: str, value: str) -> Any:
        return queryset.filter(account_state(value))
