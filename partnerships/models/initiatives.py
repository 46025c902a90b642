"""Initiatives of a partnership and their results."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any, Self

from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Exists, F, Func, OuterRef, Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core import endings, periods
from core.dates import today
from core.limits import REASON
from core.provinces import PROVINCE_CHOICES, province_names
from core.versions import Versioned
from partnerships.enums import Branch, InitiativeKind, InitiativePhase, ParticipantState
from partnerships.models.action_lines import ActionLine
from partnerships.models.initiative_partners import InitiativePartner
from partnerships.models.partnerships import Partnership, Theme
from partnerships.roles import BRINGS_INITIATIVES

if TYPE_CHECKING:
    from partnerships.actors import Actor

GOING_ON = {InitiativePhase.IDEA, InitiativePhase.PREPARATION, InitiativePhase.RUNNING}

# The database has no Dutch collation: names sort on this key, which has an index (0002_search).
TITLE_KEY = Func(Lower("title"), function="immutable_unaccent", output_field=models.TextField())


def _taken_part_in(actor: Actor) -> models.QuerySet[Any]:
    """The keys of those in which this person takes part; the model of that stands above this one."""
    participants = apps.get_model("partnerships", "InitiativeParticipant")._default_manager
    return participants.filter(person=actor.person_id, state=ParticipantState.JOINED).values("initiative")


class InitiativeQuerySet(models.QuerySet["Initiative"]):
    def published(self) -> Self:
        """Those that everyone may read."""
        return self.filter(is_published=True)

    def visible_to(self, actor: Actor) -> Self:
        """Published ones, the own while inside, and all of the partnerships that the actor writes for."""
        own = Q(partnership__in=actor.writes_for) | Q(owner=actor.person_id, partnership__in=actor.inside)
        return self.filter(Q(is_published=True) | own)

    def inside(self, actor: Actor) -> Self:
        """Whose inner page the actor opens: of own partnerships, the unpublished as who works on them; or taking part."""
        known = Q(partnership__in=actor.writes_for) | Q(owner=actor.person_id)
        partners = InitiativePartner.objects.live().filter(
            organisation__in=actor.organisations(*BRINGS_INITIATIVES)
        )
        known |= Q(Exists(partners.filter(initiative=OuterRef("pk"))))
        of_members = (Q(is_published=True) | known) & Q(partnership__in=actor.inside)
        return self.filter(of_members | Q(pk__in=_taken_part_in(actor)))

    def newest_first(self) -> Self:
        """Those updated last first."""
        return self.order_by("-refreshed_on", "title", "pk")

    def longest_unchanged_first(self) -> Self:
        """Those that wait longest for an update first."""
        return self.order_by("refreshed_on", "title", "pk")

    def by_title(self) -> Self:
        """By title as a Dutch reader looks for it, without capitals and accents."""
        return self.order_by(TITLE_KEY, "pk")

    def for_list(self) -> Self:
        """Without the long texts, which no list shows, those updated last first."""
        return self.for_cards().newest_first()

    def for_cards(self) -> Self:
        """With what a card shows."""
        shown = "slug title kind summary region provinces branches theme_ids employers schools"
        return self.only("partnership", *shown.split())

    def knowing_parts(self) -> Self:
        """With whether there is a published story (`has_story`) and money (`has_money`): of others nothing is asked."""
        stories, fundings = (apps.get_model("partnerships", name) for name in ("StoryVersion", "Funding"))
        of_it = {"initiative": OuterRef("pk")}
        return self.annotate(
            has_story=Exists(stories._default_manager.filter(state="published", **of_it)),
            has_money=Exists(fundings._default_manager.filter(**of_it)),
        )

    def nearby(self, initiative: Initiative) -> Self:
        """Others in one of the same provinces."""
        return self.filter(provinces__overlap=initiative.provinces).exclude(pk=initiative.pk)


class Initiative(Versioned):
    """Something a partnership tries or runs: question, aim, term, measure of success, results."""

    ON_RECORD = ("starts_on", "ends_on", "is_published", "owner", "successor")
    COUNTED = ("employers", "schools")
    TRANSITIONS = {
        "prepare": ({InitiativePhase.IDEA}, InitiativePhase.PREPARATION),
        "start": ({InitiativePhase.IDEA, InitiativePhase.PREPARATION}, InitiativePhase.RUNNING),
        "finish": ({InitiativePhase.RUNNING}, InitiativePhase.FINISHED),
        "stop": (GOING_ON, InitiativePhase.STOPPED),
        "scale_up": ({InitiativePhase.RUNNING, InitiativePhase.FINISHED}, InitiativePhase.SCALED_UP),
        "reopen": (
            {InitiativePhase.FINISHED, InitiativePhase.STOPPED, InitiativePhase.SCALED_UP},
            InitiativePhase.RUNNING,
        ),
    }
    REASON_REQUIRED = frozenset({"stop", "reopen"})
    UNDO = dict.fromkeys(TRANSITIONS, endings.DAYS)

    partnership = models.ForeignKey(
        Partnership, verbose_name=_("partnership"), on_delete=models.PROTECT, related_name="initiatives"
    )
    action_line = models.ForeignKey(
        ActionLine,
        verbose_name=_("action line"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="initiatives",
    )
    # Who writes its texts and answers who wants to take part, besides the coordinators.
    owner = models.ForeignKey(
        "accounts.Person",
        verbose_name=_("owner"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
    )
    # What goes on with what this one began; that one names it as its predecessor.
    successor = models.ForeignKey(
        "self",
        verbose_name=_("goes on as"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="predecessors",
        db_index=False,
    )
    slug = models.SlugField(_("short name in addresses"), unique=True, max_length=80)
    title = models.CharField(_("title"), max_length=120)
    kind = models.CharField(_("kind"), max_length=20, choices=InitiativeKind)
    state = models.CharField(_("phase"), max_length=12, choices=InitiativePhase, default=InitiativePhase.IDEA)
    stop_reason = models.CharField(_("reason for stopping"), max_length=REASON, blank=True)
    summary = models.CharField(_("summary"), max_length=300)
    question = models.TextField(_("question"), max_length=2000, blank=True)
    aim = models.TextField(_("aim"), max_length=2000, blank=True)
    approach = models.TextField(_("approach"), max_length=4000, blank=True)
    lessons = models.TextField(_("what we learned"), max_length=4000, blank=True)
    partners_wanted = models.CharField(_("partners wanted"), max_length=300, blank=True)
    success_measure = models.CharField(_("measure of success"), max_length=300, blank=True)
    starts_on = models.DateField(_("start"), null=True, blank=True)
    ends_on = models.DateField(_("end"), null=True, blank=True)
    region = models.CharField(_("region"), max_length=80, blank=True)
    provinces = ArrayField(
        models.CharField(max_length=2, choices=PROVINCE_CHOICES),
        verbose_name=_("provinces"),
        default=list,
        blank=True,
    )
    branches = ArrayField(
        models.CharField(max_length=20, choices=Branch), verbose_name=_("branches"), default=list, blank=True
    )
    themes = models.ManyToManyField(Theme, verbose_name=_("themes"), blank=True, related_name="initiatives")
    # Kept by database triggers (0002_search), whatever is written here: the ids of `themes`, for counting and filtering.
    theme_ids = ArrayField(models.BigIntegerField(), default=list, editable=False)
    # Kept by database triggers too (0010_partners_counted): how many of its partners are of these kinds.
    employers = models.PositiveIntegerField(default=0, db_default=0, editable=False)
    schools = models.PositiveIntegerField(default=0, db_default=0, editable=False)
    is_published = models.BooleanField(_("published"), default=False)
    # Kept by a database trigger (0062_initiatives_published_at), whatever is written here: since when everyone reads it.
    published_at = models.DateTimeField(_("published at"), null=True, blank=True, editable=False)
    is_example = models.BooleanField(_("example data"), default=False)
    refreshed_on = models.DateField(_("last updated on"), default=today)
    # Filled by a database trigger (0002_search), weights A title, B summary, C the rest.
    search = SearchVectorField(editable=False, null=True)

    objects = InitiativeQuerySet.as_manager()

    class Meta:
        verbose_name = _("initiative")
        verbose_name_plural = _("initiatives")
        ordering = ["-refreshed_on", "title", "pk"]
        constraints = [
            periods.ends_after_start("initiative_ends_after_start"),
            models.CheckConstraint(
                name="initiative_stopped_has_reason",
                condition=~Q(state=InitiativePhase.STOPPED) | ~Q(stop_reason=""),
                violation_error_message=_("Say why the initiative stopped."),
            ),
            # Longer rings are refused by a trigger (0052_successors_hold).
            models.CheckConstraint(
                name="initiative_not_its_own_successor",
                condition=Q(successor__isnull=True) | ~Q(successor=F("pk")),
                violation_error_message=_("An initiative does not go on as itself."),
            ),
            models.UniqueConstraint(
                "partnership",
                Lower("title"),
                name="initiative_title_once",
                violation_error_message=_(
                    "There is an initiative with this title already. Look in the list."
                ),
            ),
        ]
        indexes = [
            models.Index(fields=["owner"], name="initiative_owner"),
            models.Index(fields=["successor"], name="initiative_successor"),
            GinIndex(fields=["search"], name="initiative_search"),
            GinIndex(fields=["provinces"], name="initiative_provinces"),
            GinIndex(fields=["branches"], name="initiative_branches"),
            GinIndex(fields=["theme_ids"], name="initiative_themes"),
            models.Index(
                fields=["-refreshed_on", "title", "id"],
                name="initiative_order",
                condition=Q(is_published=True),
            ),
            models.Index(
                fields=["published_at"], name="initiative_published_at", condition=Q(is_published=True)
            ),
            # All that facets count, so that they read none of the texts.
            models.Index(
                fields=["kind", "state"],
                include=["branches", "provinces", "theme_ids"],
                name="initiative_facets",
                condition=Q(is_published=True),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The public page."""
        return reverse("partnerships:initiative-detail", args=[self.slug])

    @property
    def province_labels(self) -> list[str]:
        """The names of its provinces."""
        return province_names(self.provinces)

    @property
    def branch_labels(self) -> list[str]:
        """The names of its branches."""
        return [str(Branch(value).label) for value in self.branches]

    @property
    def place_label(self) -> str:
        """Where it is, in words: its own region, or its provinces."""
        return self.region or ", ".join(self.province_labels)


class InitiativeResultQuerySet(models.QuerySet["InitiativeResult"]):
    def for_list(self) -> Self:
        """With what corrected them and whose correction they are, in the order of the days."""
        return self.select_related("corrected_by__by", "corrects", "by")


class InitiativeResult(models.Model):
    """A figure that the initiative yielded, with its date and source; a wrong one is corrected by another beside it."""

    APPEND_ONLY = True

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    initiative = models.ForeignKey(
        Initiative, verbose_name=_("initiative"), on_delete=models.PROTECT, related_name="results"
    )
    label = models.CharField(_("what was measured"), max_length=120)
    value = models.CharField(_("result"), max_length=40)
    # Empty where the source gives no day; nothing is made up.
    measured_on = models.DateField(_("measured on"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=200)
    by = models.ForeignKey(
        "accounts.Person",
        verbose_name=_("by"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
    )
    at = models.DateTimeField(_("at"), default=timezone.now, editable=False)
    corrects = models.OneToOneField(
        "self",
        verbose_name=_("corrects"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="corrected_by",
    )
    reason = models.CharField(_("reason"), max_length=REASON, blank=True, editable=False)

    objects = InitiativeResultQuerySet.as_manager()

    class Meta:
        verbose_name = _("result")
        verbose_name_plural = _("results")
        ordering = [models.F("measured_on").desc(nulls_last=True), "pk"]
        constraints = [
            models.CheckConstraint(
                name="result_correction_has_reason",
                condition=Q(corrects__isnull=True, reason="") | Q(corrects__isnull=False) & ~Q(reason=""),
            )
        ]

    def __str__(self) -> str:
        return f"{self.label}: {self.value}"

    @property
    def is_corrected(self) -> bool:
        """Whether another one says what it should have been; of a row of `for_list`."""
        return hasattr(self, "corrected_by")
