"""What becomes of invitations when two people turn out to be one."""

from __future__ import annotations

from django.db import transaction
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from accounts.models import Person
from meetings.models import Attendance


@transaction.atomic
def merge(*, kept: Person, dropped: Person) -> list[str]:
    """To a meeting to which both were asked, the one that stays was asked once; what the other answered is kept beside it.

    Gives in sentences what stood twice.
    """
    own = {row.meeting_id: row for row in Attendance.objects.single().filter(person=kept)}
    both = Attendance.objects.single().filter(person=dropped, meeting__in=own).select_related("meeting")
    said = []
    for row in both.order_by("pk"):
        row.doubles = own[row.meeting_id]
        row.save(update_fields=["doubles"])
        said.append(
            str(format_lazy(_("Both were asked to {meeting}: once from now on."), meeting=row.meeting.title))
        )
    return said
