"""Calls for employers and the sign-ups they bring in."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import TYPE_CHECKING, Any, Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Count, F, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce, JSONObject, Lower
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core import endings, names, periods
from core.dates import study_year_label, today
from core.reading.people import LONGEST_PHONE
from core.versions import Versioned
from partnerships.enums import CallState, SignUpState
from partnerships.models.initiatives import Initiative
from partnerships.models.organisations import Organisation
from partnerships.models.partnerships import Partnership

if TYPE_CHECKING:
    from partnerships.actors import Actor

_RUNNING = {
    SignUpState.INTEREST,
    SignUpState.TALKING,
    SignUpState.PLEDGED,
    SignUpState.SIGNED,
    SignUpState.STARTED,
}


class CallQuerySet(models.QuerySet["Call"]):
    def published(self) -> Self:
        """Those that everyone may read, open or closed."""
        return self.filter(is_published=True)

    def visible_to(self, actor: Actor) -> Self:
        """Published ones, and all of the partnerships that the actor writes for."""
        return self.filter(Q(is_published=True) | Q(partnership__in=actor.writes_for))

    def open(self) -> Self:
        """Those one can sign up for today."""
        going_on = Partnership.objects.filter(periods.running(may_lack_start=True))
        return self.filter(
            partnership__in=going_on, is_published=True, deadline__gte=today(), state=CallState.OPEN
        )

    def with_figures(self) -> Self:
        """Adds `figures`: the sums of the confirmed sign-ups, None where there are none."""
        return self.annotate(figures=SignUp.objects.figures_of(OuterRef("pk")))

    def for_list(self) -> Self:
        """With their partnership, the latest deadline first."""
        return self.select_related("partnership").order_by("-deadline", "pk")


class Call(Versioned):
    """A call for employers with targets per study year (docs/domain.md 11: ten partners of about ten places)."""

    ON_RECORD = ("kick_off_on", "deadline", "is_published")
    TRANSITIONS = {"close": ({CallState.OPEN}, CallState.CLOSED)}
    UNDO = {"close": endings.DAYS}
    REFUSALS = {"close": _("This call is closed already.")}

    figures: dict[str, int] | None  # set by `with_figures`

    partnership = models.ForeignKey(
        Partnership, verbose_name=_("partnership"), on_delete=models.PROTECT, related_name="calls"
    )
    initiative = models.ForeignKey(
        Initiative,
        verbose_name=_("initiative"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="calls",
    )
    slug = models.SlugField(_("short name in addresses"), unique=True, max_length=80)
    title = models.CharField(_("title"), max_length=120)
    summary = models.CharField(_("summary"), max_length=300)
    text = models.TextField(_("text"), max_length=6000, blank=True)
    study_year = models.PositiveSmallIntegerField(
        _("study year"), help_text=_("The year in which it starts.")
    )
    partners_target = models.PositiveSmallIntegerField(
        _("partners wanted"), validators=[MinValueValidator(1)]
    )
    places_target = models.PositiveSmallIntegerField(
        _("training places wanted"), validators=[MinValueValidator(1)]
    )
    kick_off_on = models.DateField(_("kick-off"), null=True, blank=True)
    deadline = models.DateField(_("deadline"))
    state = models.CharField(
        _("state"), max_length=6, choices=CallState, default=CallState.OPEN, editable=False
    )
    closed_on = models.DateField(_("closed on"), null=True, blank=True, editable=False)
    is_published = models.BooleanField(_("published"), default=False)
    is_example = models.BooleanField(_("example data"), default=False)

    objects = CallQuerySet.as_manager()

    class Meta:
        verbose_name = _("call for employers")
        verbose_name_plural = _("calls for employers")
        ordering = ["-deadline", "pk"]
        constraints = [
            models.CheckConstraint(
                name="call_targets_positive",
                condition=Q(partners_target__gte=1, places_target__gte=1),
                violation_error_message=_("A target is 1 or more."),
            ),
            models.CheckConstraint(
                name="call_days_near_study_year",
                condition=Q(
                    deadline__year__gte=F("study_year") - 2,
                    deadline__year__lte=F("study_year") + 1,
                )
                & (
                    Q(kick_off_on__isnull=True)
                    | Q(
                        kick_off_on__year__gte=F("study_year") - 2,
                        kick_off_on__year__lte=F("study_year") + 1,
                    )
                ),
                violation_error_message=_(
                    "The days and the study year do not fit together. Check the years."
                ),
            ),
            models.CheckConstraint(
                name="call_closed_has_day",
                condition=Q(state=CallState.CLOSED, closed_on__isnull=False)
                | Q(state=CallState.OPEN, closed_on__isnull=True),
            ),
            models.UniqueConstraint(
                "partnership",
                "study_year",
                Lower("title"),
                name="call_title_once_a_year",
                violation_error_message=_("There is a call with this title already. Look in the list."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The public page."""
        return reverse("partnerships:call-detail", args=[self.slug])

    @property
    def is_open(self) -> bool:
        """Whether one can sign up today: not once it or its partnership has closed."""
        over = self.is_closed or periods.is_over(self.partnership)
        return self.is_published and self.deadline >= today() and not over

    @property
    def open_until(self) -> dt.date:
        """The last day on which one can or could sign up."""
        return self.deadline if self.closed_on is None else min(self.closed_on, self.deadline)

    @property
    def is_closed(self) -> bool:
        """Whether it was closed before its last day."""
        return self.state == CallState.CLOSED

    @property
    def study_year_label(self) -> str:
        """The study year as people write it: 2026-2027."""
        return study_year_label(self.study_year)


class SignUpQuerySet(models.QuerySet["SignUp"]):
    def confirmed(self) -> Self:
        """Those whose address was confirmed by mail; others count nowhere."""
        return self.filter(confirmed_at__isnull=False)

    def visible_to(self, actor: Actor) -> Self:
        """Those for calls of partnerships that the actor coordinates."""
        return self.filter(call__partnership__in=actor.coordinates)

    def for_list(self) -> Self:
        """With call and organisation, the newest first."""
        return self.select_related("call", "organisation", "contact__user").order_by("-created_at", "pk")

    def with_address(self, email: str) -> Self:
        """Those given by whoever has this address."""
        return self.filter(
            Q(contact__user__email=email) | Q(contact__user__isnull=True, contact__email=email)
        )

    def figures(self) -> dict[str, int]:
        """Confirmed partners and places of a call, each counted once: firm, on a condition, or withdrawn.

        An employer that has signed is firm, whatever its condition was; one that only showed interest counts nowhere yet.
        """
        return self.confirmed().aggregate(**_sums())

    def figures_of(self, call: OuterRef) -> Subquery:
        """The same numbers of one call, as a column; null when it has none."""
        sums = _sums()
        found = self.confirmed().filter(call=call).order_by().values("call").annotate(**sums)
        return Subquery(found.values(row=JSONObject(**{name: name for name in sums})))


def _sums() -> dict[str, Any]:
    signed = Q(state__in=(SignUpState.SIGNED, SignUpState.STARTED))
    withdrawn = Q(state=SignUpState.DROPPED_OUT)
    kinds = {
        "firm": signed | Q(state=SignUpState.PLEDGED, condition=""),
        "conditional": ~Q(condition="") & ~signed & ~withdrawn,
        "withdrawn": withdrawn,
        "talking": Q(state__in=(SignUpState.INTEREST, SignUpState.TALKING), condition=""),
    }
    sums: dict[str, Any] = {f"{name}_partners": Count("pk", filter=q) for name, q in kinds.items()}
    sums |= {f"{name}_places": Coalesce(Sum("places", filter=q), 0) for name, q in kinds.items()}
    return sums


class SignUp(Versioned):
    """An employer's answer to a call, given without an account and confirmed by mail.

    Who gave it is a person, known to this call alone: name and address stand there, until they are forgotten.
    """

    # What the form promises to forget, and who gave it, are not on record.
    ON_RECORD = ("organisation_name", "places", "neighbourhood", "setting", "condition")
    TRANSITIONS = {
        "talk": ({SignUpState.INTEREST}, SignUpState.TALKING),
        "pledge": ({SignUpState.INTEREST, SignUpState.TALKING}, SignUpState.PLEDGED),
        "sign": ({SignUpState.PLEDGED}, SignUpState.SIGNED),
        "start": ({SignUpState.SIGNED}, SignUpState.STARTED),
        "drop_out": (_RUNNING, SignUpState.DROPPED_OUT),
        "reopen": ({SignUpState.DROPPED_OUT}, SignUpState.TALKING),
    }
    REASON_REQUIRED = frozenset({"drop_out", "reopen"})
    UNDO = dict.fromkeys(TRANSITIONS, endings.DAYS)

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    call = models.ForeignKey(Call, verbose_name=_("call"), on_delete=models.PROTECT, related_name="sign_ups")
    organisation_name = models.CharField(_("name of the organisation"), max_length=120)
    contact = models.ForeignKey(
        "accounts.Person",
        verbose_name=_("contact person"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="sign_ups",
    )
    places = models.PositiveSmallIntegerField(
        _("number of training places"), validators=[MinValueValidator(1), MaxValueValidator(500)]
    )
    neighbourhood = models.CharField(_("neighbourhood or town"), max_length=80)
    setting = models.CharField(_("kind of workplace"), max_length=120, blank=True)
    condition = models.CharField(_("condition"), max_length=300, blank=True)
    remark = models.TextField(_("remark"), max_length=1000, blank=True)
    # Given for this call: a number that the person has in the portal is nobody's to write over from here.
    phone = models.CharField(_("phone"), max_length=LONGEST_PHONE, blank=True, default="", db_default="")
    state = models.CharField(_("state"), max_length=12, choices=SignUpState, default=SignUpState.INTEREST)
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True, blank=True)
    created_at = models.DateTimeField(_("received at"), auto_now_add=True)
    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("organisation"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="sign_ups",
    )

    objects = SignUpQuerySet.as_manager()

    class Meta:
        verbose_name = _("sign-up")
        verbose_name_plural = _("sign-ups")
        ordering = ["-created_at", "pk"]
        constraints = [
            names.constraint("sign_up", "organisation_name"),
            models.CheckConstraint(
                name="sign_up_places_positive",
                condition=Q(places__gte=1),
                violation_error_message=_("Give a number of 1 or more."),
            ),
            # That an address signs up for a call once is held under the lock of the call: it stands with the person.
            models.UniqueConstraint(
                name="sign_up_once_per_person",
                fields=["call", "contact"],
                condition=~Q(state=SignUpState.DROPPED_OUT),
                violation_error_message=_("This person has another sign-up for this call."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_name} – {self.call}"

    @property
    def contact_name(self) -> str:
        """Who gave it; empty once that is forgotten."""
        return self.contact.full_name if self.contact else ""

    @property
    def email(self) -> str:
        """Where that person has mail; empty once that is forgotten."""
        return self.contact.address if self.contact else ""


class SignUpLink(models.Model):
    """With which personal link an employer confirms or changes its sign-up."""

    link = models.OneToOneField(
        "accounts.PersonalLink", verbose_name=_("link"), on_delete=models.PROTECT, related_name="sign_up"
    )
    sign_up = models.ForeignKey(
        SignUp, verbose_name=_("sign-up"), on_delete=models.PROTECT, related_name="links"
    )

    class Meta:
        verbose_name = _("link to a sign-up")
        verbose_name_plural = _("links to sign-ups")
        ordering = ["pk"]

    def __str__(self) -> str:
        return str(self.sign_up)
