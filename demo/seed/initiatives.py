"""What members propose to try together."""

from typing import Any

from demo.seed.context import Seed, tree
from demo.seed.images import kept_night
from partnerships.enums import ParticipantState, StoryState
from partnerships.models import (
    Indicator,
    Initiative,
    InitiativeParticipant,
    InitiativePartner,
    InitiativeProposal,
    Milestone,
    StoryVersion,
)
from students.models import Student

# In which state a step found the partner.
BEFORE = {"leave": "joined", "decline": "invited", "withdraw": "invited"}
CONSENT = (
    "Ik doe vrijwillig mee. Wie dit initiatief trekt, ziet mijn naam en als wat ik meedoe. Ben ik student, dan hoort mijn "
    "docent het. Ik kan altijd stoppen."
)
TEXTS = ("kind", "summary", "question", "aim", "success_measure")


def load_proposals(seed: Seed) -> None:
    """One that waits for an answer, one of each answer, and one that was taken back."""
    for row in tree("initiative_proposals.yaml"):
        _proposal(seed, row)


def load_partners(seed: Seed) -> None:
    """Who leads an initiative, and organisations in each state of taking part."""
    for row in tree("initiative_partners.yaml"):
        initiative = Initiative.objects.get(slug=row["initiative"])
        Initiative.objects.filter(pk=initiative.pk, owner=None).update(owner=seed.people[row["owner"]])
        for entry in row["partners"]:
            _partner(seed, initiative, entry)


def _partner(seed: Seed, initiative: Initiative, entry: dict[str, Any]) -> None:
    values = {
        "state": entry["state"],
        "role": entry.get("role", ""),
        "contact": seed.people[entry["contact"]] if "contact" in entry else None,
        "starts_on": seed.day_of(entry, "starts"),
        "ends_on": seed.day_of(entry, "ends"),
    }
    organisation = seed.organisations[entry["organisation"]]
    known = initiative.partners.filter(organisation=organisation).first()
    if known is not None:
        if not known.contact and values["contact"]:  # there since before: loaded for the first time
            InitiativePartner.objects.filter(pk=known.pk).update(**values)
        return
    partner = initiative.partners.create(organisation=organisation, **values)
    for step in entry.get("steps", []):
        by, day = seed.people[step["by"]], seed.at(step["days"])
        seed.history.note(partner, step["act"], day, by, step.get("reason", ""), before=BEFORE[step["act"]])


def load_indicators(seed: Seed) -> None:
    """What initiatives measure, with a measurement that was corrected and one that failed."""
    for row in tree("indicators.yaml"):
        indicator, made = Indicator.objects.get_or_create(
            initiative=Initiative.objects.get(slug=row["initiative"]),
            label=row["label"],
            defaults={name: row.get(name) for name in ("baseline", "target", "due_on")}
            | {"unit": row["unit"], "direction": row["direction"]}
            | {"counts_distance": row.get("counts_distance", False)},
        )
        for entry in row["measurements"] if made else ():
            _measurement(seed, indicator, entry)


def load_plans(seed: Seed) -> None:
    """What pays for initiatives, what they want to have reached, and what they go on as."""
    for row in tree("initiative_plans.yaml"):
        initiative = Initiative.objects.get(slug=row["initiative"])
        for entry in row.get("fundings", []):
            _funding(seed, initiative, entry)
        for entry in row.get("milestones", []):
            _milestone(seed, initiative, entry)
        for number, entry in enumerate(row.get("stories", []), start=1):
            _story(seed, initiative, number, entry)
        for entry in row.get("people", []):
            _participant(seed, initiative, entry)
        if "successor" in row:
            later = Initiative.objects.get(slug=row["successor"])
            Initiative.objects.filter(pk=initiative.pk, successor=None).update(successor=later)


def _funding(seed: Seed, initiative: Initiative, entry: dict[str, Any]) -> None:
    initiative.fundings.get_or_create(
        source=entry["source"],
        defaults={
            "amount": entry.get("amount"),
            "starts_on": seed.day_of(entry, "starts"),
            "ends_on": seed.day_of(entry, "ends"),
            "plan": entry.get("plan", ""),
            "plan_owner": seed.people[entry["plan_owner"]] if "plan_owner" in entry else None,
            "plan_due_on": seed.day_of(entry, "plan_due"),
            "continues": entry.get("continues", ""),
        },
    )


def _milestone(seed: Seed, initiative: Initiative, entry: dict[str, Any]) -> None:
    act = entry.get("state")
    milestone, made = initiative.milestones.get_or_create(
        title=entry["title"],
        defaults={
            "due_on": seed.day_of(entry, "due"),
            "owner": seed.people[entry["owner"]] if "owner" in entry else None,
            **({"state": Milestone.TRANSITIONS[act][1]} if act else {}),
        },
    )
    if made and act:
        by, day = seed.people["coordinator"], seed.at(entry["moved_days"])
        seed.history.note(milestone, act, day, by, entry.get("reason", ""))


def _participant(seed: Seed, initiative: Initiative, entry: dict[str, Any]) -> None:
    """Someone who asked, with the answer; a client is one who sits in a group of the partnership."""
    if "person" in entry:
        person = seed.people[entry["person"]]
    elif "student" in entry:
        first, last = entry["student"].split()
        person = Student.objects.get(person__first_name=first, person__last_name=last).person
    else:
        here = initiative.partnership.affiliations.filter(kind=entry["affiliation"]).order_by("pk")
        known = here.first()
        if known is None:
            return
        person = known.person
    act = entry.get("act")
    state = InitiativeParticipant.TRANSITIONS[act][1] if act else ParticipantState.ASKED
    participant, made = initiative.participants.get_or_create(
        person=person,
        defaults={
            "kind": entry["kind"],
            "state": state,
            "consent": CONSENT,
            "consented_at": seed.at(entry["days"]),
            "starts_on": seed.day(entry["act_days"]) if act == "accept" else None,
        },
    )
    if made and act:
        by = person if act == "leave" else seed.people["coordinator"]
        seed.history.note(participant, act, seed.at(entry["act_days"]), by, entry.get("reason", ""))


def _story(seed: Seed, initiative: Initiative, number: int, entry: dict[str, Any]) -> None:
    acts = entry["acts"]
    if initiative.stories.filter(number=number).exists():
        return
    alt = entry.get("alt", "")
    story = initiative.stories.create(
        number=number,
        text=entry["text"],
        image=kept_night() if alt else None,
        alt=alt,
        by=seed.people[entry["by"]],
        at=seed.at(entry["days"]),
        state=StoryVersion.TRANSITIONS[acts[-1]][1] if acts else StoryState.DRAFT,
    )
    for later, act in enumerate(acts, start=1):
        seed.history.note(story, act, seed.at(entry["days"] + later * 5), seed.people["coordinator"])


def _measurement(seed: Seed, indicator: Indicator, entry: dict[str, Any]) -> None:
    values = {
        "measured_on": seed.day(entry["days"]),
        "source": entry["source"],
        "note": entry.get("note", ""),
    }
    first = indicator.measurements.create(**values, value=entry.get("value"), at=seed.at(entry["days"]))
    if "right" in entry:
        at = seed.at(entry["right_days"])
        indicator.measurements.create(
            **values, value=entry["right"], corrects=first, reason=entry["reason"], at=at
        )


def _proposal(seed: Seed, row: dict[str, Any]) -> None:
    answer = row.get("answer")
    proposal, made = InitiativeProposal.objects.get_or_create(
        partnership=seed.partnerships[row["partnership"]],
        title=row["title"],
        defaults={name: row[name] for name in TEXTS}
        | {
            "organisation": seed.organisations[row["organisation"]],
            "by": seed.people[row["by"]],
            "proposed_at": seed.at(row["days"]),
            "partners_wanted": row.get("partners_wanted", ""),
            "starts_on": seed.day_of(row, "starts"),
            "ends_on": seed.day_of(row, "ends"),
            "initiative": Initiative.objects.filter(slug=row.get("initiative")).first(),
            **({"state": InitiativeProposal.TRANSITIONS[answer][1]} if answer else {}),
        },
    )
    if made and answer:
        by, day = seed.people[row["answered_by"]], seed.at(row["answered_days"])
        seed.history.note(proposal, answer, day, by, row.get("reason", ""))
