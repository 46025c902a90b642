"""The texts of an agreement: each with its own state, and the days on which it holds."""

from __future__ import annotations

import hashlib
import json
from datetime import date
from typing import Any

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, RangeOperators
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Deferrable, F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agreements.enums import OPEN_VERSION, UNDO_DAYS, VersionKind, VersionState
from agreements.models.agreements import Agreement
from core import periods, weeks
from core.limits import REASON
from core.readlog import AboutSomeone
from partnerships.models import Location, Membership


class AgreementVersion(AboutSomeone):
    """One text of an agreement; signatures belong to it and to no other (WEB 7.2.8 lid 2 a–d).

    A draft may still change. Once signatures are asked the database refuses any change of the text.
    """

    ABOUT = "agreement"
    TRANSITIONS = {
        "ask": ({VersionState.DRAFT}, VersionState.SIGNING),
        "sign": ({VersionState.SIGNING}, VersionState.SIGNED),
        # It waits for a signature again; or that makes no sense any more, and it never counted.
        "object": ({VersionState.SIGNED}, VersionState.SIGNING),
        "void": ({VersionState.SIGNED}, VersionState.LAPSED),
        "withdraw": (set(OPEN_VERSION), VersionState.WITHDRAWN),
        "decline": ({VersionState.SIGNING}, VersionState.WITHDRAWN),
        "lapse": (set(OPEN_VERSION), VersionState.LAPSED),
    }
    UNDO = {"lapse": UNDO_DAYS}  # with the agreement
    REASON_REQUIRED = frozenset({"object", "void", "decline"})
    REFUSALS = {
        "ask": _("The signatures have already been asked."),
        "sign": _("There is nothing to sign now."),
        "withdraw": _("There is no change to withdraw."),
        "decline": _("There is nothing to sign now."),
    }
    # What people agree on, in the order in which differences are told.
    TERMS = (
        "starts_on",
        "ends_on",
        "minutes_per_week",
        "week",
        "hours_per_year",
        "hours_reason",
        "breaks",
        "location",
        "practice_trainer",
        "school_contact",
        "guidance",
        "content",
        "assessment",
        "ending",
    )
    # The database keeps what was put to signature as it was (migrations/0002_signed_texts_stand.py).
    STANDS = Q(asked_at__isnull=False)
    # What a change of one kind may touch; the texts of other kinds stay as they were signed.
    TERMS_OF = {
        VersionKind.PERIOD: {"starts_on", "ends_on", "hours_per_year", "hours_reason"},
        VersionKind.HOURS: {"minutes_per_week", "week", "hours_per_year", "hours_reason"},
        VersionKind.TRAINER: {"practice_trainer", "school_contact", "trainer", "contact", "guidance"},
        VersionKind.LOCATION: {"location"},
        VersionKind.BREAK: {"breaks", "ends_on", "hours_per_year", "hours_reason"},
        VersionKind.EARLY_END: {"ends_on", "hours_per_year"},
        VersionKind.CONTENT: {"content", "assessment", "ending"},
    }

    agreement = models.ForeignKey(
        Agreement, verbose_name=_("practice agreement"), on_delete=models.PROTECT, related_name="versions"
    )
    number = models.PositiveSmallIntegerField(_("version"))
    kind = models.CharField(_("kind"), max_length=10, choices=VersionKind, default=VersionKind.BASE)
    state = models.CharField(_("state"), max_length=9, choices=VersionState, default=VersionState.DRAFT)
    changes = models.ForeignKey(
        "self",
        verbose_name=_("changes"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="changed_by",
    )
    reason = models.CharField(_("why this changes"), max_length=REASON, blank=True)
    effective_from = models.DateField(_("holds from"))
    # The days on which it really holds: from signing at the earliest, until a newer one takes over or it ends.
    holds = DateRangeField(_("holds"), null=True, blank=True, editable=False)
    # Who agree on what programme, by the names of the day on which signatures were asked.
    parties = models.JSONField(_("parties"), default=dict)
    # (a) period, days, hours and their spread over study years
    starts_on = models.DateField(_("start"))
    ends_on = models.DateField(_("end"))
    minutes_per_week = models.PositiveSmallIntegerField(
        _("minutes a week"), null=True, blank=True, validators=[MaxValueValidator(60 * 60)]
    )
    # Monday first: of every week, or of two that take turns
    week = ArrayField(
        models.PositiveSmallIntegerField(validators=[MaxValueValidator(24 * 60)]),
        verbose_name=_("minutes for each day of the week"),
        default=list,
        blank=True,
    )
    total_hours = models.PositiveIntegerField(
        _("practice hours in total"), validators=[MinValueValidator(1), MaxValueValidator(10000)]
    )
    hours_per_year = models.JSONField(_("hours per study year"), default=dict)
    hours_reason = models.CharField(
        _("why there are fewer hours than the norm"), max_length=REASON, blank=True
    )
    breaks = models.JSONField(_("interruptions"), default=list, blank=True)
    location = models.ForeignKey(
        Location, verbose_name=_("location"), on_delete=models.PROTECT, related_name="+"
    )
    # (b) guidance: the names as signed, and the roles that they came from
    practice_trainer = models.CharField(_("practice trainer"), max_length=120, blank=True)
    school_contact = models.CharField(_("contact at the school"), max_length=120, blank=True)
    trainer = models.ForeignKey(
        Membership,
        verbose_name=_("role of the practice trainer"),
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    contact = models.ForeignKey(
        Membership,
        verbose_name=_("role of the contact at the school"),
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    guidance = models.TextField(_("guidance of the student"), max_length=2000)
    # (c) what is learned and how it is assessed
    content = models.TextField(_("part of the qualification"), max_length=6000)
    assessment = models.TextField(_("assessment"), max_length=2000)
    # (d) ending early
    ending = models.TextField(_("ending early"), max_length=2000)
    # Of the text as it is, so at asking; and of the text that was there when the last one signed.
    digest = models.CharField(_("hash of this version"), max_length=64, editable=False)
    signed_digest = models.CharField(_("hash at signing"), max_length=64, blank=True, editable=False)
    asked_at = models.DateTimeField(_("put to signature at"), null=True, blank=True)
    # The same, or later the objection that made it wait again: reminders count from here.
    waits_since = models.DateTimeField(_("waits since"), null=True, blank=True)
    signed_at = models.DateTimeField(_("signed by all at"), null=True, blank=True)
    created_at = models.DateTimeField(_("made at"), default=timezone.now)
    created_by = models.ForeignKey(
        "accounts.Person",
        verbose_name=_("made by"),
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    class Meta:
        verbose_name = _("version of an agreement")
        verbose_name_plural = _("versions of agreements")
        ordering = ["agreement", "-number"]
        constraints = [
            models.UniqueConstraint(name="agreement_version_once", fields=["agreement", "number"]),
            models.UniqueConstraint(
                name="agreement_version_one_open",
                fields=["agreement"],
                condition=Q(state__in=OPEN_VERSION),
                violation_error_message=_("There is already a change that waits. Look at that one first."),
            ),
            # At the end of the transaction: a new text and the one it takes over from move in two statements.
            ExclusionConstraint(
                name="agreement_version_holds_alone",
                expressions=[("agreement", RangeOperators.EQUAL), ("holds", RangeOperators.OVERLAPS)],
                condition=Q(state=VersionState.SIGNED),
                deferrable=Deferrable.DEFERRED,
            ),
            models.CheckConstraint(
                name="agreement_version_signed_holds",
                condition=Q(
                    state=VersionState.SIGNED,
                    holds__isnull=False,
                    signed_at__isnull=False,
                    signed_digest=F("digest"),
                )
                | (
                    ~Q(state=VersionState.SIGNED)
                    & Q(holds__isnull=True, signed_at__isnull=True, signed_digest="")
                ),
            ),
            models.CheckConstraint(
                name="agreement_version_asked_has_moment",
                condition=Q(state=VersionState.DRAFT, asked_at__isnull=True)
                | Q(state__in=(VersionState.SIGNING, VersionState.SIGNED), asked_at__isnull=False)
                | Q(state__in=(VersionState.WITHDRAWN, VersionState.LAPSED)),
            ),
            models.CheckConstraint(
                name="agreement_version_base_changes_none",
                condition=(Q(kind__in=(VersionKind.BASE, VersionKind.EXCHANGE)) & Q(changes__isnull=True))
                | (~Q(kind__in=(VersionKind.BASE, VersionKind.EXCHANGE)) & Q(changes__isnull=False)),
            ),
            periods.ends_after_start("agreement_version_ends_after_start", may_be_one_day=True),
            models.CheckConstraint(
                name="agreement_version_hours_positive",
                condition=Q(total_hours__gte=1),
                violation_error_message=_("Give the number of practice hours."),
            ),
            models.CheckConstraint(
                name="agreement_version_week_is_one_or_two",
                condition=weeks.has_length(),
            ),
        ]
        indexes = [
            models.Index(
                fields=["waits_since"],
                name="agreement_version_waits",
                condition=Q(state=VersionState.SIGNING),
            )
        ]

    def __str__(self) -> str:
        return f"{self.agreement}, {self.number}"

    @property
    def years(self) -> list[tuple[int, int]]:
        """Study years with their hours, in order (JSON keeps none)."""
        return sorted((int(year), int(hours)) for year, hours in self.hours_per_year.items())

    @property
    def pauses(self) -> list[tuple[date, date]]:
        """The interruptions as days, in order."""
        return sorted((date.fromisoformat(first), date.fromisoformat(last)) for first, last in self.breaks)

    @property
    def is_base(self) -> bool:
        """Whether an agreement begins with this text."""
        return self.changes_id is None

    @property
    def standing(self) -> list[Any]:
        """The signatures that count, of those that were loaded: an objection voids one."""
        return [item for item in self.signatures.all() if not item.is_void]

    def canonical(self) -> str:
        """The whole text as one string, the same for the same contents: what the digest is taken of."""
        contents = {name: getattr(self, name) for name in self.TERMS if name != "location"}
        contents |= {
            "agreement": str(self.agreement.public_id),
            "number": self.number,
            "kind": self.kind,
            "effective_from": self.effective_from.isoformat(),
            "reason": self.reason,
            "parties": self.parties,
            "location": self.location_id,
            "total_hours": self.total_hours,
            "starts_on": self.starts_on.isoformat(),
            "ends_on": self.ends_on.isoformat(),
        }
        return json.dumps(contents, sort_keys=True, ensure_ascii=False, separators=(",", ":"))

    def fingerprint(self) -> str:
        """SHA-256 of the contents; equal to `digest` as long as nobody touched the row."""
        return hashlib.sha256(self.canonical().encode()).hexdigest()

    def changed_since(self, older: AgreementVersion) -> list[str]:
        """The names of the terms in which this version differs from `older`, in their order."""
        return [name for name in self.TERMS if self._term(name) != older._term(name)]

    @property
    def carried_on(self) -> dict[str, Any]:
        """What another text begins with: all that was agreed, of a location that was merged the one that it is now."""
        names = (*self.TERMS, "trainer", "contact")
        return {name: getattr(self, name) for name in names} | {
            "location": self.location.merged_into or self.location
        }

    def _term(self, name: str) -> Any:
        """A term as it is compared: two rows that turned out to be one location are the same."""
        if name == "location":
            return self.location.merged_into_id or self.location_id
        return getattr(self, name)
