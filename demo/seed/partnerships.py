"""Partnerships with members, groups and calls, and their initiatives."""

import datetime as dt
from typing import Any

from django.utils import timezone

from accounts.models import Person
from accounts.services.people import Name
from core.dates import local_day, study_year_of
from demo.seed import cooperation
from demo.seed.context import Seed, tree
from demo.seed.history import at
from partnerships import models
from partnerships.enums import AffiliationKind, CallState, ConditionState, JoinRequestKind, JoinRequestState
from partnerships.models import Organisation
from partnerships.models.affiliations import VOICES
from partnerships.models.join_requests import VALID_FOR
from partnerships.services import affiliations


def load(seed: Seed) -> None:
    themes = {theme.slug: theme for theme in models.Theme.objects.all()}
    for row in tree("partnerships.yaml"):
        partnership, created = models.Partnership.objects.get_or_create(
            slug=row["slug"],
            defaults={
                "name": row["name"],
                "shape": row["shape"],
                "summary": row["summary"],
                "description": row["description"],
                "provinces": row["provinces"],
                "municipalities": row.get("municipalities", []),
                "branches": row["branches"],
                "starts_on": row.get("starts_on"),
                "is_example": True,
            },
        )
        seed.partnerships[row["slug"]] = partnership
        if created:
            for slug in row["themes"]:
                name = row.get("theme_names", {}).get(slug, themes[slug].name)
                partnership.own_themes.create(root=themes[slug], name=name)
            _inside(seed, partnership, row)
        keys = {entry["name"]: entry["key"] for entry in row.get("groups", [])}
        for group in partnership.groups.filter(name__in=keys):
            seed.groups[keys[group.name]] = group
    for row in tree("initiatives.yaml"):
        _initiative(seed, row, themes)


def _inside(seed: Seed, partnership: models.Partnership, row: dict[str, Any]) -> None:
    for member in row["members"]:
        _member(seed, partnership, member)
    for request in row.get("requests", []):
        _join_request(seed, partnership, request)
    made = {group["key"]: _group(seed, partnership, group) for group in row.get("groups", [])}
    for line in row.get("action_lines", []):
        _action_line(seed, partnership, line, made)
    for call in row.get("calls", []):
        _call(seed, partnership, call)
    cooperation.load(seed, partnership, row.get("cooperation", []))


def _member(seed: Seed, partnership: models.Partnership, row: dict[str, Any]) -> None:
    """A member of before the portal: both said yes then, by whom is not known here."""
    organisation = seed.organisations[row["organisation"]]
    began = row.get("from") or (seed.day(row["days"]) if "days" in row else None)
    agreed = at(began or seed.day(-700))
    request = partnership.join_requests.create(
        organisation=organisation,
        kind=JoinRequestKind.INVITED,
        role=row["role"],
        state=JoinRequestState.ACCEPTED,
        asked_at=agreed,
        partnership_yes_at=agreed,
        organisation_yes_at=agreed,
        expires_on=local_day(agreed) + VALID_FOR,
    )
    seed.history.note(request, "accept", agreed, None)
    partnership.members.create(
        organisation=organisation,
        role=row["role"],
        join_request=request,
        starts_on=began,
        ends_on=row.get("until"),
    )


def _join_request(seed: Seed, partnership: models.Partnership, row: dict[str, Any]) -> None:
    """One that waits, was declined or taken back a day later, or had no answer in its days."""
    asked, by = seed.at(row["days"]), seed.people[row["by"]]
    side = "partnership" if row["kind"] == JoinRequestKind.INVITED else "organisation"
    request = partnership.join_requests.create(
        organisation=seed.organisations[row["organisation"]],
        kind=row["kind"],
        state=_state_of(row),
        asked_at=asked,
        expires_on=local_day(asked) + VALID_FOR,
        **{f"{side}_yes_by": by, f"{side}_yes_at": asked},
    )
    if "declined_by" in row:
        answered = seed.at(row["days"] + 1)
        seed.history.note(request, "decline", answered, seed.people[row["declined_by"]], row["reason"])
    if "withdrawn_by" in row:
        seed.history.note(request, "withdraw", seed.at(row["days"] + 1), seed.people[row["withdrawn_by"]])
    if "expired" in row:
        seed.history.note(request, "expire", at(request.expires_on + dt.timedelta(days=1)), None)


def _state_of(row: dict[str, Any]) -> JoinRequestState:
    ends = {
        "declined_by": JoinRequestState.DECLINED,
        "withdrawn_by": JoinRequestState.WITHDRAWN,
        "expired": JoinRequestState.EXPIRED,
    }
    return next((state for name, state in ends.items() if name in row), JoinRequestState.OPEN)


def _action_line(
    seed: Seed, partnership: models.Partnership, row: dict[str, Any], groups: dict[str, models.Group]
) -> None:
    line = partnership.action_lines.create(
        number=row["number"],
        title=row["title"],
        goal=row.get("goal", ""),
        owner=seed.people[row["owner"]] if "owner" in row else None,
        group=groups.get(row.get("group", "")),
        ends_on=seed.day_of(row, "ends"),
    )
    if "closed_days" in row:
        seed.history.ended(line, seed.at(row["closed_days"]), seed.people[row["closed_by"]])


def _group(seed: Seed, partnership: models.Partnership, row: dict[str, Any]) -> models.Group:
    group = partnership.groups.create(
        kind=row["kind"],
        name=row["name"],
        mandate=row["mandate"],
        max_size=row.get("max_size"),
        delegates_per_organisation=row.get("delegates_each", 1),
        ends_on=seed.day_of(row, "ends"),
    )
    for voice, number in row.get("voices", {}).items():
        group.expectations.create(perspective=voice, number=number)
    for slug, number in row.get("delegates", {}).items():
        group.expectations.create(organisation=seed.organisations[slug], number=number)
    for seat in row["seats"]:
        if "student" in seat:
            continue  # students come later: load_student_seats
        if "guest" in seat:
            _guest(seed, group, seat)
            continue
        person = seed.people[seat["person"]]
        organisation = Organisation.objects.filter(memberships__person=person).first()
        perspective = seat.get("perspective", "delegate")
        given = group.seats.create(
            person=person,
            organisation=organisation,
            perspective=perspective,
            is_observer=seat.get("observer", False),
            is_chair=seat.get("chair", False),
            is_secretary=seat.get("secretary", False),
            starts_on=seed.day(-400),
        )
        if "left_days" in seat:
            by = seed.people[seat["by"]]
            seed.history.ended(given, seed.at(seat["left_days"]), by, person.public_id)
    if "closed_days" in row:
        seed.history.ended(group, seed.at(row["closed_days"]), seed.people[row["closed_by"]])
    return group


def _guest(seed: Seed, group: models.Group, row: dict[str, Any]) -> None:
    """Someone who works for no member: known by name and address, with no account."""
    name = Name.of(row["guest"])
    person = Person.objects.create(
        first_name=name.first_name,
        name_prefix=name.name_prefix,
        last_name=name.last_name,
        email=row["email"],
    )
    affiliation = group.partnership.affiliations.create(
        person=person,
        kind=row["kind"],
        organisation=seed.organisations.get(row.get("with", "")),
        starts_on=seed.day(-120),
    )
    group.seats.create(
        person=person,
        affiliation=affiliation,
        perspective=VOICES[AffiliationKind(row["kind"])],
        starts_on=seed.day(-100),
    )


def load_student_seats(seed: Seed) -> None:
    """Seats for the student's voice, once there are students."""
    for row in tree("partnerships.yaml"):
        for group in row.get("groups", []):
            for seat in group["seats"]:
                if "student" not in seat:
                    continue
                cohort = seed.cohorts[seat["student"]]
                enrolment = cohort.enrolments.select_related("student__person").earliest("pk")
                seed.groups[group["key"]].seats.get_or_create(
                    person=enrolment.student.person,
                    defaults={
                        "affiliation": affiliations.of_student(
                            studying=models.Studying.objects.get(pk=enrolment.pk)
                        ),
                        "perspective": seat["perspective"],
                        "starts_on": seed.day(-100),
                    },
                )


def _call(seed: Seed, partnership: models.Partnership, row: dict[str, Any]) -> None:
    year = row.get("study_year") or study_year_of(seed.loaded_on) + row["study_year_in"]
    call = partnership.calls.create(
        slug=row["slug"],
        title=row["title"],
        summary=row["summary"],
        text=row["text"],
        study_year=year,
        partners_target=row["partners_target"],
        places_target=row["places_target"],
        kick_off_on=seed.day_of(row, "kick_off"),
        deadline=seed.day_of(row, "deadline"),
        is_published=row.get("published", True),
        is_example=True,
    )
    if "closed_days" in row:
        call.state, call.closed_on = CallState.CLOSED, seed.day(row["closed_days"])
        call.save(update_fields=["state", "closed_on"])
        seed.history.note(call, "close", seed.at(row["closed_days"]), seed.people[row["closed_by"]])
    for number, entry in enumerate(row.get("sign_ups", [])):
        organisation = seed.organisations.get(entry.get("organisation", ""))
        name = organisation.name if organisation else entry["name"]
        sign_up = call.sign_ups.create(
            organisation=organisation,
            organisation_name=name,
            contact=_contact(entry["contact"], f"aanmelding{number}@{row['slug']}.example"),
            places=entry["places"],
            neighbourhood=entry["neighbourhood"],
            setting=entry["setting"],
            condition=entry.get("condition", ""),
            remark=entry.get("reason", ""),
            phone=entry.get("phone", ""),
            next_step=entry.get("next_step", ""),
            next_step_on=seed.day_of(entry, "next_step"),
            state=entry["state"],
            confirmed_at=timezone.now(),
        )
        for line in entry.get("lines", []):
            sign_up.lines.create(**line)
        _conditions(seed, sign_up, entry)
        for note in entry.get("notes", []):
            models.ContactNote.objects.create(
                sign_up=sign_up,
                day=seed.day(note["days"]),
                at=seed.at(note["days"]),
                by=seed.people[note["by"]],
                kind=note["kind"],
                text=note["text"],
            )


def _conditions(seed: Seed, sign_up: models.SignUp, entry: dict[str, Any]) -> None:
    """What an employer makes its places depend on: what it told, and what was settled."""
    if "condition" in entry:
        sign_up.conditions.create(text=entry["condition"], is_told=True, due_on=seed.day_of(entry, "due"))
    settled = {"met": "meet", "failed": "fail", "dropped": "drop"}
    for one in entry.get("conditions", []):
        row = sign_up.conditions.create(text=one["text"], state=ConditionState(one["state"]))
        seed.history.note(row, settled[one["state"]], seed.at(one["days"]), seed.people[one["by"]])


def _contact(whole: str, email: str) -> Person:
    """Who signed an employer up, without an account."""
    name = Name.of(whole)
    return Person.objects.create(
        first_name=name.first_name, name_prefix=name.name_prefix, last_name=name.last_name, email=email
    )


def _initiative(seed: Seed, row: dict[str, Any], themes: dict[str, models.Theme]) -> None:
    partnership = seed.partnerships[row["partnership"]]
    refreshed = seed.day(-row["refreshed_days"])
    initiative, created = models.Initiative.objects.get_or_create(
        slug=row["slug"],
        defaults={
            "partnership": partnership,
            "action_line": partnership.action_lines.filter(title=row.get("action_line", "")).first(),
            "title": row["title"],
            "kind": row["kind"],
            "state": row["state"],
            "provinces": partnership.provinces,
            "branches": row["branches"],
            "starts_on": seed.day_of(row, "starts"),
            "ends_on": seed.day_of(row, "ends"),
            "is_published": row.get("published", True),
            "is_example": True,
            "refreshed_on": refreshed,
            **{
                name: row.get(name, "")
                for name in (
                    "summary",
                    "question",
                    "aim",
                    "approach",
                    "region",
                    "partners_wanted",
                    "success_measure",
                    "stop_reason",
                )
            },
        },
    )
    if not created:
        return
    initiative.themes.set([themes[slug] for slug in row["themes"]])
    for slug in row["partners"]:
        initiative.partners.create(organisation=seed.organisations[slug])
    for result in row.get("results", []):
        said = {
            "label": result["label"],
            "measured_on": seed.day_of(result, "measured"),
            "source": result["source"],
        }
        first = initiative.results.create(**said, value=result.get("first", result["value"]))
        if "first" in result:
            initiative.results.create(**said, value=result["value"], corrects=first, reason=result["reason"])
