"""How long what is kept of people, what was taken away by the clock, and who asked to be erased."""

from __future__ import annotations

import hashlib
import uuid
from typing import Self

from django.core.exceptions import ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Case, Q, When
from django.db.models.functions import Length
from django.db.models.lookups import GreaterThanOrEqual
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.enums import ErasureGround, ErasureState, KeptWhat, RecordKind
from accounts.models.people import Person
from accounts.models.support import SupportAct
from core.dates import today
from core.limits import REASON
from core.privacy.declared import Term
from core.privacy.terms import Duration
from core.versions import Versioned

SHORTEST_REASON = 15
# Months and days, where no row says otherwise (docs/privacy.md says why).
DEFAULTS: dict[Term, Duration] = {
    Term.IDENTITY: (24, 0),
    Term.RECORD: (24, 0),
    Term.WORDS: (0, 30),
    Term.CONTRACT: (24, 0),
    Term.SUBSIDY: (84, 0),
    Term.TRACE: (18, 0),
    Term.MAIL_TEXT: (0, 30),
    Term.UNCONFIRMED: (0, 30),
    Term.CALL_CONTACT: (12, 0),
    Term.UNUSED: (12, 0),
    Term.WARNED: (0, 60),
}


class RetentionTerm(models.Model):
    """How long one kind of data is kept, from a day on, until the next row; before the first the defaults hold."""

    ON_RECORD = ("term", "starts_on", "months", "days")

    term = models.CharField(_("what"), max_length=12, choices=KeptWhat)
    starts_on = models.DateField(_("from"))
    months = models.PositiveSmallIntegerField(_("months"), default=0)
    days = models.PositiveSmallIntegerField(_("days"), default=0)
    source = models.CharField(_("source"), max_length=200)

    class Meta:
        verbose_name = _("how long something is kept")
        verbose_name_plural = _("how long things are kept")
        ordering = ["term", "starts_on"]
        constraints = [
            models.UniqueConstraint(name="retentionterm_once", fields=["term", "starts_on"]),
            models.CheckConstraint(
                name="retentionterm_lasts",
                condition=Q(months__gt=0) | Q(days__gt=0),
                violation_error_message=_("Give a number of months or days."),
            ),
            models.CheckConstraint(
                name="retentionterm_has_source",
                condition=~Q(source=""),
                violation_error_message=_("Say where the terms come from."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_term_display()} {self.starts_on}"

    def clean(self) -> None:
        """A day to come: until then it can be looked at and changed, and what went by it does not come back."""
        if self._state.adding and self.starts_on and self.starts_on <= today():
            raise ValidationError(
                {"starts_on": _("Choose a day after today: what is taken away does not come back.")}
            )


class RetentionRun(models.Model):
    """One run of `retain`: what it took away, in numbers of rows; or what it would have, for a dry run."""

    APPEND_ONLY = True

    begun_at = models.DateTimeField(_("begun"), default=timezone.now)
    ended_at = models.DateTimeField(_("ended"), default=timezone.now)
    day = models.DateField(_("day"))
    is_dry_run = models.BooleanField(_("counted only"))
    report = models.JSONField(_("report"), encoder=DjangoJSONEncoder)

    class Meta:
        verbose_name = _("run of retention")
        verbose_name_plural = _("runs of retention")
        ordering = ["-begun_at", "-pk"]

    def __str__(self) -> str:
        return str(self.day)


class ErasureRequestQuerySet(models.QuerySet["ErasureRequest"]):
    def open(self) -> Self:
        """Asked or granted, and not done yet: at most one of a person."""
        return self.filter(state__in=(ErasureState.ASKED, ErasureState.GRANTED))

    def for_list(self) -> Self:
        """With whom it is about and who decided: what waits for a decision first, the oldest before."""
        is_decided = Case(When(state=ErasureState.ASKED, then=0), default=1)
        return self.select_related("person__user", "decided_by").order_by(is_decided, "asked_at", "pk")


class ErasureRequest(Versioned):
    """Someone asks to be erased: decided by an administrator with a reason, done by the keeper, who leaves a report."""

    TRANSITIONS = {
        "grant": ({ErasureState.ASKED}, ErasureState.GRANTED),
        "refuse": ({ErasureState.ASKED}, ErasureState.REFUSED),
        "withdraw": ({ErasureState.ASKED, ErasureState.GRANTED}, ErasureState.WITHDRAWN),
        "carry_out": ({ErasureState.GRANTED}, ErasureState.DONE),
    }
    REFUSALS = {
        "grant": _("This request was answered or taken back already."),
        "refuse": _("This request was answered or taken back already."),
        "withdraw": _("There is no request to take back."),
        "carry_out": _("This request was not granted."),
    }

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    person = models.ForeignKey(
        Person, verbose_name=_("person"), on_delete=models.PROTECT, related_name="erasure_requests"
    )
    state = models.CharField(
        _("state"), max_length=10, choices=ErasureState, default=ErasureState.ASKED, editable=False
    )
    asked_at = models.DateTimeField(_("asked"), default=timezone.now)
    decided_by = models.ForeignKey(
        Person,
        verbose_name=_("decided by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=REASON, blank=True)
    # Under which act of support the account was open when it was decided.
    support = models.ForeignKey(
        SupportAct,
        verbose_name=_("support act"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="erasure_requests",
    )
    done_at = models.DateTimeField(_("carried out"), null=True, blank=True)
    report = models.JSONField(_("report"), null=True, blank=True, encoder=DjangoJSONEncoder)

    objects = ErasureRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("request for erasure")
        verbose_name_plural = _("requests for erasure")
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                name="erasure_open_once",
                fields=["person"],
                condition=Q(state__in=(ErasureState.ASKED, ErasureState.GRANTED)),
                violation_error_message=_("You have asked this already."),
            ),
            models.CheckConstraint(
                name="erasure_decision_has_reason",
                condition=~Q(state__in=(ErasureState.GRANTED, ErasureState.REFUSED, ErasureState.DONE))
                | Q(GreaterThanOrEqual(Length("reason"), SHORTEST_REASON), decided_at__isnull=False),
            ),
            models.CheckConstraint(
                name="erasure_done_has_report",
                condition=Q(state=ErasureState.DONE, done_at__isnull=False, report__isnull=False)
                | (~Q(state=ErasureState.DONE) & Q(done_at__isnull=True, report__isnull=True)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.get_state_display()}"

    def get_absolute_url(self) -> str:
        """Where an administrator decides on it, and reads what was done."""
        return reverse("partnerships:erasure-detail", args=[self.public_id])

    @property
    def is_open(self) -> bool:
        """Whether it can still be taken back."""
        return self.state in (ErasureState.ASKED, ErasureState.GRANTED)


class OwnRecord(models.Model):
    """That someone took the own record along: by the hash of the file the portal knows it again, unchanged."""

    APPEND_ONLY = True

    person = models.ForeignKey(
        Person, verbose_name=_("person"), on_delete=models.PROTECT, related_name="own_records"
    )
    kind = models.CharField(_("kind"), max_length=4, choices=RecordKind)
    digest = models.CharField(_("hash"), max_length=64, db_index=True)
    made_at = models.DateTimeField(_("made"), default=timezone.now)

    class Meta:
        verbose_name = _("own record taken along")
        verbose_name_plural = _("own records taken along")
        ordering = ["-made_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.digest[:12]}"


class ErasureLedger(models.Model):
    """That someone was erased: a hash by which a restored back-up finds the same person, and nobody else does."""

    APPEND_ONLY = True

    digest = models.CharField(_("hash"), max_length=64, unique=True)
    erased_on = models.DateField(_("day"))
    ground = models.CharField(_("why"), max_length=7, choices=ErasureGround)

    class Meta:
        verbose_name = _("erasure")
        verbose_name_plural = _("erasures")
        ordering = ["-erased_on", "-pk"]

    def __str__(self) -> str:
        return self.digest[:12]


def digest_of_person(public_id: uuid.UUID) -> str:
    """By which the ledger knows someone. The id is a random number of 122 bits: nobody finds it back from this."""
    return hashlib.sha256(f"leerpact erasure {public_id}".encode()).hexdigest()
