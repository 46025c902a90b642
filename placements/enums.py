"""States and choices of slots, matches and placements."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

FRESH_DAYS = 45  # a slot not confirmed for longer is hidden from others (docs/domain.md section 7)
CONFIRM_AFTER_DAYS = 30  # after so many days the employer is asked whether the slot still stands
OPEN_PER_SEAT = 2  # open proposals for each seat of a slot, where the employer names no other number


class SlotState(models.TextChoices):
    """The life of a slot."""

    DRAFT = "draft", _("draft")
    ONLINE = "online", _("online")
    CLOSED = "closed", pgettext_lazy("slot", "closed")


class Visibility(models.TextChoices):
    """Who may find a slot; only the employer moves it (docs/domain.md section 2)."""

    NAMED = "named", _("named partners")
    PARTNERSHIP = "partnership", _("the whole partnership")
    REGION = "region", _("the whole region")


class Setting(models.TextChoices):
    """Kinds of workplace (docs/domain.md section 11)."""

    NURSING_HOME = "nursing_home", _("nursing home")
    CARE_HOME = "care_home", _("residential care")
    DISTRICT_CARE = "district_care", _("district care")
    HOME_CARE = "home_care", _("home care")
    GROUP_HOME = "group_home", _("group home")
    DAY_CENTRE = "day_centre", _("day centre")
    COMMUNITY = "community", _("neighbourhood and community work")
    HOSPITAL = "hospital", _("hospital")
    OTHER = "other", _("other")


class MatchState(models.TextChoices):
    """The life of a proposal: the employer answers first, then the student."""

    PROPOSED = "proposed", _("proposed")
    EMPLOYER_AGREED = "employer_agreed", _("agreed by the employer")
    ACCEPTED = "accepted", _("accepted")
    DECLINED = "declined", _("declined")
    WITHDRAWN = "withdrawn", _("withdrawn")
    EXPIRED = "expired", _("expired")


OPEN_MATCH = (MatchState.PROPOSED, MatchState.EMPLOYER_AGREED)


class Cause(models.TextChoices):
    """Why a match ended without an answer."""

    SILENCE = "silence", _("There was no answer in time.")
    FULL = "full", _("All training places here have been given away.")
    SLOT_CLOSED = "slot_closed", _("The employer has closed this training place.")
    SLOT_OVER = "slot_over", _("The period of this training place is over.")
    ENROLMENT_OVER = "enrolment_over", _("The enrolment has ended.")
    PLACED_ELSEWHERE = "placed_elsewhere", _("The student accepted another training place.")
    WITHDRAWN = "withdrawn", _("The school took the proposal back.")


class PlacementKind(models.TextChoices):
    """A student is in one ordinary place at a time, and beside it in exchanges."""

    ORDINARY = "ordinary", _("ordinary placement")
    EXCHANGE = "exchange", _("exchange placement")


class PlacementState(models.TextChoices):
    """The life of a placement."""

    CONFIRMED = "confirmed", _("confirmed")
    RUNNING = "running", _("running")
    ENDING = "ending", _("ends early")
    COMPLETED = "completed", _("completed")
    BROKEN_OFF = "broken_off", _("broken off")
    CANCELLED = "cancelled", _("did not go ahead")


# Their seat is given. One that ends early runs until its last day, and says so.
LIVE_PLACEMENT = (PlacementState.CONFIRMED, PlacementState.RUNNING, PlacementState.ENDING)
STOPPED_EARLY = (PlacementState.ENDING, PlacementState.BROKEN_OFF)
