"""Sign-ups for a call: how many places where, and who told it."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any, Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Count, Exists, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce, JSONObject
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core import endings, names
from core.reading.people import LONGEST_PHONE
from core.versions import Versioned
from partnerships.enums import ConditionState, ContactKind, MboLevel, SignUpState
from partnerships.models.calls import Call
from partnerships.models.organisations import Organisation

if TYPE_CHECKING:
    from partnerships.actors import Actor

MOST_PLACES = 500  # at one location

_RUNNING = {
    SignUpState.INTEREST,
    SignUpState.TALKING,
    SignUpState.PLEDGED,
    SignUpState.SIGNED,
    SignUpState.STARTED,
}


class SignUpQuerySet(models.QuerySet["SignUp"]):
    def confirmed(self) -> Self:
        """Those whose address was confirmed by mail; others count nowhere."""
        return self.filter(confirmed_at__isnull=False)

    def visible_to(self, actor: Actor) -> Self:
        """Those for calls of partnerships that the actor coordinates."""
        return self.filter(call__partnership__in=actor.coordinates)

    def for_list(self) -> Self:
        """With call, organisation and lines, last contact, and whether a condition is open; the newest first."""
        rows = self.select_related("call", "organisation", "contact__user").prefetch_related("lines")
        spoken = ContactNote.objects.filter(sign_up=OuterRef("pk")).order_by("-day", "-pk").values("day")[:1]
        rows = rows.annotate(on_condition=_has(ConditionState.OPEN), last_contact=Subquery(spoken))
        return rows.order_by("-created_at", "pk")

    def with_address(self, email: str) -> Self:
        """Those given by whoever has this address."""
        return self.filter(
            Q(contact__user__email=email) | Q(contact__user__isnull=True, contact__email=email)
        )

    def figures(self) -> dict[str, int]:
        """Confirmed partners and places of a call, each counted once: firm, on a condition, in talks, or withdrawn.

        An employer that has signed is firm, whatever its condition was. What was pledged is firm once each condition is met,
        and is talked about again when one turns out not to be.
        """
        return self.confirmed().aggregate(**_sums())

    def figures_of(self, call: OuterRef) -> Subquery:
        """The same numbers of one call, as a column; null when it has none."""
        sums = _sums()
        found = self.confirmed().filter(call=call).order_by().values("call").annotate(**sums)
        return Subquery(found.values(row=JSONObject(**{name: name for name in sums})))


def _has(state: ConditionState) -> Exists:
    return Exists(PledgeCondition.objects.filter(sign_up=OuterRef("pk"), state=state))


def _sums() -> dict[str, Any]:
    signed = Q(state__in=(SignUpState.SIGNED, SignUpState.STARTED))
    pledged = Q(state=SignUpState.PLEDGED)
    waits, failed = Q(_has(ConditionState.OPEN)), Q(_has(ConditionState.FAILED))
    kinds = {
        "firm": signed | (pledged & ~waits & ~failed),
        "conditional": pledged & waits & ~failed,
        "withdrawn": Q(state=SignUpState.DROPPED_OUT),
        "talking": Q(state__in=(SignUpState.INTEREST, SignUpState.TALKING)) | (pledged & failed),
    }
    sums: dict[str, Any] = {f"{name}_partners": Count("pk", filter=q) for name, q in kinds.items()}
    sums |= {f"{name}_places": Coalesce(Sum("places", filter=q), 0) for name, q in kinds.items()}
    return sums


class SignUp(Versioned):
    """An employer's answer to a call, given without an account and confirmed by mail.

    Who gave it is a person, known to this call alone: name and address stand there, until they are forgotten.
    """

    # What the form promises to forget, and who gave it, are not on record.
    ON_RECORD = ("organisation_name", "places", "lines", "condition", "next_step_on")
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
    # The lines say what is offered where. The database keeps their sum here, and what the first of them says.
    places = models.PositiveSmallIntegerField(
        _("number of training places"), validators=[MinValueValidator(1), MaxValueValidator(500)]
    )
    neighbourhood = models.CharField(_("neighbourhood or town"), max_length=80)
    setting = models.CharField(_("kind of workplace"), max_length=120, blank=True)
    # In the employer's own words; what is to be met stands in `conditions` once the sign-up is confirmed.
    condition = models.CharField(_("condition"), max_length=300, blank=True)
    remark = models.TextField(_("remark"), max_length=1000, blank=True)
    # Given for this call: a number that the person has in the portal is nobody's to write over from here.
    phone = models.CharField(_("phone"), max_length=LONGEST_PHONE, blank=True, default="", db_default="")
    # What a coordinator will do next, and from which day on that is asked.
    next_step = models.CharField(_("next step"), max_length=200, blank=True, default="", db_default="")
    next_step_on = models.DateField(_("day of the next step"), null=True, blank=True)
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
            models.CheckConstraint(
                name="sign_up_next_step_has_day", condition=Q(next_step="") | Q(next_step_on__isnull=False)
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
    def where(self) -> str:
        """Each neighbourhood or town in which it offers places, once."""
        return ", ".join(dict.fromkeys(line.neighbourhood for line in self.lines.all()))

    @property
    def contact_name(self) -> str:
        """Who gave it; empty once that is forgotten."""
        return self.contact.full_name if self.contact else ""

    @property
    def email(self) -> str:
        """Where that person has mail; empty once that is forgotten."""
        return self.contact.address if self.contact else ""


class SignUpLine(models.Model):
    """How many students an employer has room for at one location."""

    sign_up = models.ForeignKey(
        SignUp, verbose_name=_("sign-up"), on_delete=models.PROTECT, related_name="lines"
    )
    places = models.PositiveSmallIntegerField(
        _("number of training places"), validators=[MinValueValidator(1), MaxValueValidator(MOST_PLACES)]
    )
    neighbourhood = models.CharField(_("neighbourhood or town"), max_length=80)
    setting = models.CharField(_("kind of workplace"), max_length=120, blank=True)
    level = models.PositiveSmallIntegerField(_("level"), choices=MboLevel, null=True, blank=True)

    class Meta:
        verbose_name = _("location")
        verbose_name_plural = _("locations")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(name="sign_up_line_places", condition=Q(places__range=(1, MOST_PLACES))),
            models.CheckConstraint(
                name="sign_up_line_level", condition=Q(level__isnull=True) | Q(level__in=MboLevel.values)
            ),
        ]

    def __str__(self) -> str:
        where = ", ".join(filter(None, [self.neighbourhood, self.setting]))
        return f"{where}: {self.places}" + (f" (mbo {self.level})" if self.level else "")

    @property
    def place(self) -> str:
        """Where and what it is, for which level."""
        level = str(MboLevel(self.level).label) if self.level else ""
        return ", ".join(filter(None, [self.neighbourhood, self.setting, level]))

    @property
    def says(self) -> tuple[object, ...]:
        """All that it says, to be compared."""
        return self.places, self.neighbourhood, self.setting, self.level


class PledgeCondition(Versioned):
    """What an employer makes its places depend on: they are firm once it is met."""

    ON_RECORD = ("text", "due_on")
    TRANSITIONS = {
        "meet": ({ConditionState.OPEN}, ConditionState.MET),
        "fail": ({ConditionState.OPEN}, ConditionState.FAILED),
        "drop": ({ConditionState.OPEN}, ConditionState.DROPPED),
    }
    UNDO = dict.fromkeys(("meet", "fail"), endings.DAYS)
    REFUSALS = dict.fromkeys(TRANSITIONS, _("This condition was settled already."))

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    sign_up = models.ForeignKey(
        SignUp, verbose_name=_("sign-up"), on_delete=models.PROTECT, related_name="conditions"
    )
    text = models.CharField(_("condition"), max_length=300)
    due_on = models.DateField(_("to be met by"), null=True, blank=True)
    # Told in the form of the sign-up, and changed with it; not one that a coordinator wrote down.
    is_told = models.BooleanField(_("told by the employer"), default=False, editable=False)
    state = models.CharField(
        _("state"), max_length=7, choices=ConditionState, default=ConditionState.OPEN, editable=False
    )

    class Meta:
        verbose_name = _("condition")
        verbose_name_plural = _("conditions")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(name="condition_says_something", condition=~Q(text="")),
            models.UniqueConstraint(
                name="condition_told_once", fields=["sign_up"], condition=Q(is_told=True, state="open")
            ),
        ]

    def __str__(self) -> str:
        return self.text


class ContactNote(models.Model):
    """That a coordinator spoke with an employer. It stands as it was written; what was wrong is noted beside it."""

    APPEND_ONLY = True

    sign_up = models.ForeignKey(
        SignUp, verbose_name=_("sign-up"), on_delete=models.PROTECT, related_name="contact_notes"
    )
    day = models.DateField(_("day"))
    kind = models.CharField(_("how"), max_length=7, choices=ContactKind)
    text = models.CharField(_("what was said"), max_length=500, blank=True)
    by = models.ForeignKey(
        "accounts.Person", verbose_name=_("by"), on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField(_("at"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("contact with an employer")
        verbose_name_plural = _("contacts with employers")
        ordering = ["-day", "-pk"]
        indexes = (models.Index(fields=["sign_up", "-day", "-id"], name="contact_note_newest"),)

    def __str__(self) -> str:
        return f"{self.sign_up.organisation_name}, {self.day}"


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
