"""The page of a cohort: figures that filter, and of each student only what is wrong with place, agreement, plan, account.

Whatever the number of students on the page, each kind of fact is read once for all of them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Case, Count, OuterRef, QuerySet, Subquery, When
from django.db.models.functions import Coalesce, JSONObject
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

from agreements.enums import OPEN_AGREEMENT, OPEN_VERSION, Signer, VersionState
from agreements.models import AgreementVersion, Signature
from agreements.queries import signers
from core.dates import today
from core.written import written
from partnerships.actors import Actor
from placements.enums import OPEN_MATCH, MatchState, PlacementKind
from placements.models import Match, Placement
from placements.queries.placed import has_place
from portal.filters import ACCOUNT, PLACE, PLAN, SIGN, lacking
from programmes.models import Cohort
from students.enums import EnrolmentState
from students.models import Enrolment
from students.presenters.cohorts import PlanStanding, needs_of, plans_of
from students.presenters.enrolments import account_words
from students.queries.cohorts import students_of, with_needs, with_whole_needs
from students.rules.enrolments import can_enrol
from ui.formats import short_day

FORMER = (EnrolmentState.COMPLETED, EnrolmentState.DROPPED_OUT)


@dataclass(frozen=True, slots=True)
class SieveItem:
    """A figure that narrows the list: how many have not yet what it names, of how many; `long` is its wider name."""

    key: str
    count: int
    total: int
    label: str
    long: str
    is_current: bool = False

    @property
    def ready(self) -> int:
        """How many have it."""
        return self.total - self.count

    @property
    def width(self) -> int:
        """Their part of all, in hundredths."""
        return round(100 * self.ready / self.total) if self.total else 0


@written
def with_missing(*, cohorts: Collection[int]) -> QuerySet[Cohort]:
    """These cohorts, the newest first, each with its figures, its next session and what waits in it as a whole."""
    found: QuerySet[Cohort] = with_figures(with_whole_needs(Cohort.objects.filter(pk__in=cohorts).for_list()))
    return found


@written
def cohorts_at(*, actor: Actor, school: str, public_id: UUID) -> QuerySet[Cohort]:
    """The cohort at this address, for who may see it, with all that its page says above the list."""
    visible = Cohort.objects.visible_to(actor).for_page(actor)
    found: QuerySet[Cohort] = with_figures(with_needs(visible))
    return found.filter(programme__school__slug=school, public_id=public_id)


@written
def lines_by_key(*, cohort: int, keys: list[int]) -> QuerySet[Enrolment]:
    """Students of a cohort with all that their lines say."""
    rows: QuerySet[Enrolment] = with_facts(students_of(cohort).select_related("student__invitation"))
    return rows.filter(pk__in=keys)


def with_figures(cohorts: Any) -> Any:
    """The cohorts of `with_whole_needs` with what `sieve_of` shows besides, counted beside the row."""
    running = Enrolment.objects.filter(cohort=OuterRef("pk"), state=EnrolmentState.ENROLLED)
    return cohorts.annotate(
        placed=_count(running.filter(has_place())),
        **{f"lacks_{what}": _count(running.filter(lacking(what))) for what in (PLACE, SIGN, ACCOUNT)},
    )


def _count(rows: Any) -> Coalesce:
    counted = rows.order_by().values("cohort").annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counted), 0)


def sieve_of(cohort: Any, chosen: str) -> list[SieveItem]:
    """The figures above the list of a cohort of `with_figures`."""
    words = {
        PLAN: (pgettext("figure", "plan"), _("without a learning plan")),
        PLACE: (pgettext("figure", "place"), _("without a training place")),
        SIGN: (pgettext("figure", "sign"), _("still to be signed")),
        ACCOUNT: (pgettext("figure", "account"), _("without an account")),
    }
    lacks = {PLAN: cohort.without_plan} | {
        what: getattr(cohort, f"lacks_{what}") for what in (PLACE, SIGN, ACCOUNT)
    }
    totals = dict.fromkeys(words, cohort.taken) | {SIGN: max(cohort.placed, lacks[SIGN])}
    return [SieveItem(what, lacks[what], totals[what], *words[what], what == chosen) for what in words]


def figures_of(cohort: Any) -> list[SieveItem]:
    """What is missing in a cohort of `with_figures`, for a line of a list."""
    return [item for item in sieve_of(cohort, "") if item.count]


def cohort_context(actor: Actor, cohort: Any, chosen: str) -> dict[str, Any]:
    """What stands around the list: the figures, of which one may be chosen, and what waits for the teacher."""
    return {
        "space": "teacher",
        "school": cohort.programme.school,
        "cohort": cohort,
        # Who has no plan yet stands among the figures.
        "needs": [need for need in needs_of(cohort) if need.key != "zonder-plan"],
        "sieve": sieve_of(cohort, chosen),
        "may_enrol": can_enrol(actor, cohort),
    }


@dataclass(frozen=True, slots=True)
class Wrong:
    """One thing that is not in order: under which figure, with what icon, in words; late ones ask for haste."""

    column: str
    icon: str
    text: str | Promise
    is_late: bool = False


@dataclass(frozen=True, slots=True)
class StudentLine:
    """A student with what is wrong, and nothing else."""

    enrolment: Enrolment
    name: str
    employer: str
    wrongs: Sequence[Wrong]

    @property
    def key(self) -> str:
        """As the box of the line sends it."""
        return str(self.enrolment.public_id)

    @property
    def is_enrolled(self) -> bool:
        """Whether the act of a list can be about this student."""
        return self.enrolment.state == EnrolmentState.ENROLLED


def with_facts(enrolments: Any) -> Any:
    """Enrolments with the employer of the place that goes on, the newest proposal and the text that is to be signed.

    Beside the rows of one page: each is found by a key, and no row has many.
    """
    places = Placement.objects.live().filter(
        student=OuterRef("student"),
        kind=PlacementKind.ORDINARY,
        ends_on__gte=today(),
        would_end_on__isnull=True,
    )
    is_over = Case(When(state__in=OPEN_MATCH, then=0), default=1)  # what waits for an answer goes before
    matches = Match.objects.filter(enrolment=OuterRef("pk")).order_by(is_over, "-proposed_at", "-pk")
    signatures = Signature.objects.filter(version=OuterRef("pk"), objection__isnull=True).order_by("pk")
    signed = ArraySubquery(signatures.values(row=JSONObject(signer="signer", on="signed_on")))
    texts = AgreementVersion.objects.filter(
        state__in=OPEN_VERSION,
        agreement__state__in=OPEN_AGREEMENT,
        agreement__activated_at__isnull=True,
        agreement__placement__enrolment=OuterRef("pk"),
    )
    return enrolments.annotate(
        place=Subquery(places.order_by("starts_on").values("slot__organisation__name")[:1]),
        proposal=Subquery(matches.values("state")[:1]),
        text=Subquery(texts.order_by("-pk").values(row=JSONObject(state="state", signed=signed))[:1]),
    )


def lines_of(enrolments: Iterable[Any]) -> list[StudentLine]:
    """The lines of a page of `students_of` and `with_facts`; one query more, for the goals of their plans."""
    rows = list(enrolments)
    plans = plans_of(rows)
    return [
        StudentLine(row, row.student.full_name, row.place or _employer(row), _wrongs(row, plans[row.pk]))
        for row in rows
    ]


def _employer(row: Any) -> str:
    return row.employer_row["name"] if row.employer_row else ""


def parted(
    rows: Sequence[StudentLine], *, is_filtered: bool
) -> tuple[Sequence[StudentLine], Sequence[StudentLine]]:
    """Who takes part or waits for a seat, and who does so no more; who is asked for by a filter stands in one list."""
    former = [row for row in rows if row.enrolment.state in FORMER]
    if is_filtered or len(former) in {0, len(rows)}:
        return rows, []
    return [row for row in rows if row not in former], former


def _wrongs(row: Any, plan: PlanStanding) -> list[Wrong]:
    if row.state != EnrolmentState.ENROLLED:
        return []
    found = [_plan_wrong(plan), _place_wrong(row.place, row.proposal), _sign_wrong(row), _account_wrong(row)]
    return [wrong for wrong in found if wrong]


def _plan_wrong(plan: PlanStanding) -> Wrong | None:
    if plan.kind == "none":
        return Wrong("plan", "clipboard-list", _("no plan"))
    if plan.kind == "late" and plan.late:
        words = _("goal late: it was due on %(day)s") % {"day": short_day(plan.late)}
        return Wrong("plan", "flag-3", words, is_late=True)
    if plan.kind == "back":
        return Wrong("plan", "arrow-back-up", _("change requested"))
    if plan.kind == "missing":
        words = ngettext("%(number)d consent missing", "%(number)d consents missing", plan.missing)
        return Wrong("plan", "flag-3", words % {"number": plan.missing})
    if plan.kind == "unasked":
        return Wrong("plan", "flag-3", _("consent not asked yet"))
    return None


_PLACE_WORDS: Mapping[str, Promise] = {
    MatchState.PROPOSED: gettext_lazy("proposal with the employer"),
    MatchState.EMPLOYER_AGREED: gettext_lazy("proposal with the student"),
    MatchState.DECLINED: gettext_lazy("proposal declined"),
    MatchState.EXPIRED: gettext_lazy("proposal expired"),
}


def _place_wrong(employer: str | None, match: str | None) -> Wrong | None:
    if employer:
        return None
    words = _PLACE_WORDS.get(match or "", gettext_lazy("no training place"))
    return Wrong("place", "map-pin", words, is_late=match in {MatchState.DECLINED, MatchState.EXPIRED})


_SIGNERS: Mapping[Signer, Promise] = {
    Signer.EMPLOYER: gettext_lazy("employer still to sign"),
    Signer.SCHOOL: gettext_lazy("school still to sign"),
    Signer.REPRESENTATIVE: gettext_lazy("parent still to sign"),
}


def _sign_wrong(row: Any) -> Wrong | None:
    if row.text is None:
        return None
    if row.text["state"] == VersionState.DRAFT:
        return Wrong("sign", "signature", _("signatures not asked yet"))
    signed = {item["signer"]: date.fromisoformat(item["on"]) for item in row.text["signed"]}
    missing = [signer for signer in signers.needed_of(row.student, signed) if signer not in signed]
    if not missing:
        return Wrong("sign", "certificate", _("waits for the accreditation"))
    if len(missing) > 1:
        words = ngettext("%(number)d signature missing", "%(number)d signatures missing", len(missing))
        words %= {"number": len(missing)}
        return Wrong("sign", "signature", words)
    if missing[0] == Signer.STUDENT:
        words = _("%(name)s still to sign") % {"name": row.student.first_name}
        return Wrong("sign", "signature", words)
    return Wrong("sign", "signature", _SIGNERS[missing[0]])


def _account_wrong(row: Enrolment) -> Wrong | None:
    return None if row.student.has_account else Wrong("account", "key", account_words(row.student))
