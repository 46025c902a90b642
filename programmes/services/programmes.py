"""Programmes and with whom they are given: kept together, and told apart where schools turn out to be one."""

from __future__ import annotations

from collections.abc import Collection

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core import changes, endings, periods, versions
from core.access import ensure
from core.constraints import explained
from core.models import StateChange
from partnerships.actors import Actor
from partnerships.models import Organisation
from partnerships.services.locks import partnership_under_lock
from programmes.models import PartnerEmployer, Programme, ProgrammePartnership, Qualification
from programmes.queries.partners import employers_near, partnerships_of
from programmes.rules.programmes import can_add_programme, can_edit_programme


@transaction.atomic
def save(
    *,
    programme: Programme,
    by: Actor,
    qualifications: Collection[Qualification] | None = None,
    employers: Collection[Organisation] | None = None,
    version: str | None,
) -> Programme:
    """Keep a programme, new or changed, with these qualifications and partner employers; None leaves them as they are.

    Whoever takes part from now on begins today, whoever is left out until now; the same for the partnership it names.
    Raises ValidationError when another programme has the name, and when `version` is not what there is now.
    """
    if programme.partnership_id is not None:  # in it nobody leaves meanwhile
        partnership_under_lock(programme.partnership_id)
    known = Programme.objects.select_for_update(no_key=True).filter(pk=programme.pk).first()
    ensure(can_edit_programme(by, known) if known else can_add_programme(by, programme.school))
    _refuse_others(programme, known, employers or ())
    with explained(programme):
        versions.claim(version, programme)
        changes.save(programme, by=by.person_id)
    if qualifications is not None:
        programme.qualifications.set(qualifications)
    _goes_to(programme, by)
    if employers is not None:
        _with(programme, employers, by)
    return programme


def _refuse_others(
    programme: Programme, known: Programme | None, employers: Collection[Organisation]
) -> None:
    """Refuse another school, a partnership without it, and employers that it meets in none; what stands may stay."""
    school = known.school if known else programme.school
    if programme.school_id != school.pk:
        raise ValidationError(_("A programme stays with its school."))
    goes_to, went_to = programme.partnership_id, known.partnership_id if known else None
    if goes_to not in {None, went_to} and not partnerships_of(school).filter(pk=goes_to).exists():
        raise ValidationError({"partnership": _("The school does not take part in this partnership.")})
    standing = (
        set(known.partner_employers.running().values_list("organisation", flat=True)) if known else set()
    )
    new = {employer.pk for employer in employers} - standing
    if new != set(employers_near(school).filter(pk__in=new).values_list("pk", flat=True)):
        raise ValidationError(_("Choose employers that take part in a partnership of the school."))


def _goes_to(programme: Programme, by: Actor) -> None:
    """The row that runs is that of the partnership which the programme names."""
    runs = programme.partnerships.filter(ended_at=None).first()
    if runs is not None and runs.partnership_id != programme.partnership_id:
        endings.end(runs, by=by.person_id)
        runs = None
    if runs is None and programme.partnership_id is not None:
        row = ProgrammePartnership(programme=programme, partnership_id=programme.partnership_id)
        endings.begin(row, by=by.person_id)


def _with(programme: Programme, employers: Collection[Organisation], by: Actor) -> None:
    wanted = {employer.pk for employer in employers}
    running = {row.organisation_id: row for row in programme.partner_employers.running()}
    for organisation, row in running.items():
        if organisation not in wanted:
            endings.end(row, by=by.person_id)
    for organisation in sorted(wanted - set(running)):
        endings.begin(PartnerEmployer(programme=programme, organisation_id=organisation), by=by.person_id)


@transaction.atomic
def of_employers(*, kept: Organisation, dropped: Organisation, by: Actor, act: StateChange) -> list[str]:
    """Two employers turned out to be one: in a programme in which both take part the row of `dropped` ends.

    Gives what was done, in sentences.
    """
    doubles = [
        row
        for row in PartnerEmployer.objects.filter(organisation=dropped, ended_at=None).order_by("pk")
        if PartnerEmployer.objects.filter(
            periods.beside(row), organisation=kept, programme=row.programme_id
        ).exists()
    ]
    for row in doubles:
        endings.end(row, by=by.person_id, cause=act)
    words = ngettext(
        "Both take part in %(number)d programme. That is kept once.",
        "Both take part in %(number)d programmes. That is kept once.",
        len(doubles),
    )
    return [words % {"number": len(doubles)}] if doubles else []


@transaction.atomic
def tell_apart(*, kept: Organisation, dropped: Organisation, by: Actor) -> list[str]:
    """Give a programme of `dropped` another name where `kept` has one of that name: both go on, with their cohorts.

    Whether they are the same programme is for the school to say. Gives what was done, in sentences.
    """
    solved = []
    names = set(Programme.objects.filter(school=kept).values_list("name", flat=True))
    for programme in Programme.objects.filter(school=dropped, name__in=names).order_by("pk"):
        before = programme.name
        programme.name = _another_name(before, dropped.name, names)
        names.add(programme.name)
        changes.save(programme, by=by.person_id, update_fields=["name"])
        words = _("Both have a programme %(before)s. That of %(school)s is called %(after)s from now on.")
        solved.append(words % {"before": before, "school": dropped.name, "after": programme.name})
    return solved


def _another_name(name: str, school: str, taken: set[str]) -> str:
    """The name with that of the school behind it, and a number where that is taken too."""
    longest = Programme._meta.get_field("name").max_length or 0
    for number in range(1, len(taken) + 2):
        behind = f" ({school})" if number == 1 else f" ({school} {number})"
        found = name[: longest - len(behind)] + behind
        if found not in taken:
            break
    return found
