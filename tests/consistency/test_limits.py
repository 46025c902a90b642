"""One fact has one limit: what fits where it is asked first fits wherever it is asked, typed or kept again."""

import inspect
from collections import defaultdict
from importlib import import_module
from pkgutil import walk_packages

import pytest
from django import forms
from django.apps import apps
from django.db import models

from accounts.forms.signing_in import ChangeEmailForm, ResetPasswordForm
from core.limits import REASON
from core.text import LONGEST_WHOLE_NAME

APPS = (
    "core",
    "ui",
    "accounts",
    "partnerships",
    "meetings",
    "programmes",
    "students",
    "placements",
    "agreements",
    "playbooks",
    "search",
    "portal",
)
# One name for several facts: each with its limit, and everywhere it is typed or kept. Whatever comes new has to say of
# which fact it is.
OTHER_FACTS: dict[str, list[tuple[str, int, str]]] = {
    "code": [
        ("of a core task", 5, "programmes.CoreTask"),
        ("of a work process", 9, "programmes.WorkProcess"),
        ("by mail", 20, "MailedCodeForm"),
    ],
    "description": [
        ("of an organisation", 2000, "partnerships.Organisation"),
        ("of a partnership", 6000, "partnerships.Partnership PartnershipForm"),
    ],
    "email": [
        (
            "of anyone",
            254,
            "accounts.Invitation accounts.Person accounts.PersonalLink accounts.User AddressForm PaperForm TakesPartForm "
            "NewcomerForm PersonForm FirstManagerForm InvitationForm SignUpForm LeadForm OtherAddressForm SupervisorForm "
            "EnrolmentEditForm EnrolmentForm NewEnrolmentForm partnerships.SavedSearch SavedSearchForm",
        ),
        ("as allauth has it, until the form is made: see below", 320, "ChangeEmailForm ResetPasswordForm"),
    ],
    "field": [
        ("of a list that is read", 40, "core.ImportColumn"),
        ("that was changed", 80, "core.FieldChange"),
    ],
    "file_name": [
        (
            "of evidence, a document, a paper or a proof",
            150,
            "students.Evidence partnerships.DocumentVersion meetings.Paper partnerships.SocialReturnActivity",
        ),
        ("of a list that is read", 200, "core.ImportBatch"),
    ],
    "kind": [
        ("of a list that is read", 40, "core.ImportBatch core.ImportColumn"),
        ("of a mail", 80, "core.OutgoingMail core.SentReminder"),
    ],
    "question": [
        (
            "of an initiative",
            2000,
            "partnerships.Initiative InitiativeForm TextsForm partnerships.InitiativeProposal InitiativeProposalForm",
        ),
        ("of who wants a playbook too", 1000, "playbooks.PlaybookLead LeadForm"),
    ],
    "subject": [
        ("of a letter to many", 80, "partnerships.MemberLetter LetterForm"),
        ("of a mail", 250, "core.OutgoingMail"),
    ],
    "name": [
        ("of what a command did", 40, "core.DatabaseMark"),
        (
            "of a day or a theme",
            80,
            "core.Holiday partnerships.Theme partnerships.PartnershipTheme ThemeForm",
        ),
        (
            "of a person, typed in one field",
            LONGEST_WHOLE_NAME,
            "partnerships.CooperationSignature PaperForm RecordForm",
        ),
        (
            "of an organisation, what it has, or a group of people",
            120,
            "partnerships.Group GroupForm CommitteeForm partnerships.Location LocationForm partnerships.Organisation "
            "partnerships.Partnership PartnershipFactsForm programmes.Cohort CohortForm "
            "programmes.CohortRequest CohortRequestForm",
        ),
        (
            "of a qualification or programme, and of a person in the national spelling of a document",
            160,
            "agreements.Signature programmes.Programme ProgrammeForm programmes.Qualification "
            "programmes.QualificationFile",
        ),
        ("of a row of a list that is read", 250, "core.ImportRow"),
    ],
    "note": [
        ("of a measurement", 300, "partnerships.Measurement MeasurementForm MeasurementCorrectionForm"),
        ("of a row of a list that is read", 500, "core.ImportRow"),
    ],
    "outcome": [
        ("of an action", 500, "meetings.Action OutcomeForm"),
        ("of a proposal", 2000, "meetings.ImprovementProposal CarriedOutForm"),
    ],
    "password": [
        ("as it is kept", 128, "accounts.User"),
        ("as it is typed", 200, "InvitationForm NewAccountForm"),
    ],
    "pc4": [
        ("as it is kept", 4, "partnerships.Location students.Student"),
        ("as people type it", 10, "LocationForm EnrolmentEditForm EnrolmentForm NewEnrolmentForm"),
    ],
    "remark": [
        ("beside an invitation", 1000, "meetings.Meeting MeetingForm"),
        ("on a goal", 500, "students.Consent AnswerForm"),
        ("of who begins with a proposal too", 500, "meetings.ProposalAdoption BeginTooForm"),
        ("for a school", 500, "programmes.CohortRequest CohortRequestForm"),
        (
            "of who signs up",
            1000,
            "partnerships.SignUp SignUpCorrectionForm SignUpFieldsForm SignUpForm",
        ),
    ],
    "text": [
        ("of a promise", 400, "partnerships.Promise"),
        ("of a goal", 200, "students.GoalVersion GoalForm GoalTextForm"),
        ("of contact with an employer", 500, "partnerships.ContactNote ContactNoteForm"),
        ("of a condition", 300, "partnerships.PledgeCondition ConditionForm"),
        ("of a decision", 1000, "meetings.Decision DecisionForm CommitteeForm"),
        (
            "of an agenda item, a need or a proposal",
            2000,
            "meetings.AgendaItem ItemForm meetings.Need NeedForm meetings.ImprovementProposal ProposalForm DifferenceForm",
        ),
        ("of feedback", 1000, "students.GoalRemark students.PracticeOpinion OpinionForm RemarkForm"),
        ("of a work situation", 2000, "students.WorkSituation SituationForm"),
        ("of evidence", 4000, "students.Evidence EvidenceEditForm EvidenceForm"),
        ("of a call", 6000, "partnerships.Call CallForm"),
        ("of a story", 6000, "partnerships.StoryVersion StoryForm"),
        ("of a letter to many", 4000, "partnerships.MemberLetter LetterForm"),
    ],
    "key": [
        ("of who tries too often", 64, "accounts.Throttle"),
        ("in the address of what is found", 80, "search.SearchEntry"),
    ],
    "unit": [
        ("of an indicator", 20, "partnerships.Indicator IndicatorForm"),
        ("of a valuation", 30, "partnerships.ValuationRule"),
    ],
    "what": [
        ("of what was done", 200, "partnerships.SocialReturnActivity ActivityForm"),
        ("of an event", 120, "accounts.SecurityEvent"),
    ],
    "title": [
        (
            "in our words",
            120,
            "partnerships.ActionLine ActionLineForm partnerships.Call CallForm partnerships.Document DocumentForm "
            "DocumentChangeForm partnerships.Initiative InitiativeForm partnerships.SocialReturnObligation ObligationForm "
            "meetings.AgendaItem ItemForm NeedsForm meetings.Meeting MeetingForm meetings.Need NeedForm "
            "meetings.Rhythm RhythmForm "
            "meetings.ImprovementProposal ProposalForm DifferenceForm "
            "partnerships.InitiativeProposal InitiativeProposalForm partnerships.Milestone MilestoneForm "
            "playbooks.PlaybookVersion VersionForm "
            "placements.Slot PlaceForm",
        ),
        (
            "of a part of a playbook, which may be a programme",
            160,
            "playbooks.PlaybookPart PartForm playbooks.AdoptedPart AdoptedPartForm playbooks.PlaybookOffer",
        ),
        ("of what is to be done", 200, "meetings.Action ActionForm"),
        ("of whatever is found", 200, "search.SearchEntry"),
        ("in those of the qualification file", 200, "programmes.CoreTask programmes.WorkProcess"),
    ],
}


def typed():
    """Every field for text of a form of ours: its name, its limit, and where it stands."""
    for app in APPS:
        package = import_module(app)
        for found in walk_packages(package.__path__, f"{app}."):
            if ".forms" not in found.name:
                continue
            module = import_module(found.name)
            for name, form in inspect.getmembers(module, inspect.isclass):
                if issubclass(form, forms.BaseForm) and form.__module__ == found.name:
                    for field, one in form.base_fields.items():
                        if getattr(one, "max_length", None):
                            yield field, one.max_length, f"{found.name}.{name}"


def kept():
    """Every column for text that people choose the words of: the same three."""
    for model in apps.get_models():
        if model.__module__.split(".")[0] in APPS:
            for one in model._meta.concrete_fields:
                if (
                    isinstance(one, models.CharField | models.TextField)
                    and one.max_length
                    and not one.choices
                    and one.name != "slug"
                ):
                    yield one.name, one.max_length, model._meta.label


@pytest.fixture(scope="module")
def limits():
    found = defaultdict(lambda: defaultdict(list))
    for name, limit, where in [*typed(), *kept()]:
        found[name][limit].append(where)
    return found


def several(limits):
    """What has another limit than elsewhere, and is not said to be another fact."""
    return [
        f"{name} takes {limit} in {where}"
        for name, of_name in limits.items()
        if len(of_name) > 1
        for limit, places in of_name.items()
        for where in places
        if (limit, short(where)) not in said(name)
    ]


def short(where):
    """A model with its app, a form by its own name."""
    return where.rpartition(".")[2] if ".forms" in where else where


def said(name):
    """What stands in the table of that name: each place with its limit."""
    facts = OTHER_FACTS.get(name, ())
    return {(limit, where) for _fact, limit, places in facts for where in places.split()}


def test_one_fact_has_one_limit(limits):
    assert len(limits) > 100
    assert several(limits) == []
    there = {
        name: {(limit, short(where)) for limit in found for where in found[limit]}
        for name, found in limits.items()
    }
    assert {name: said(name) - there[name] for name in OTHER_FACTS if said(name) - there[name]} == {}


def test_two_limits_of_one_fact_are_found():
    planted = {
        "town": {80: ["a"], 60: ["b"]},
        "code": {5: ["programmes.CoreTask"], 9: ["programmes.WorkProcess"]},
        "pc4": {
            4: ["students.Student"],
            10: ["students.forms.enrolments.EnrolmentForm", "partnerships.Partnership"],
        },
        "name": {120: ["partnerships.Organisation"], 160: ["partnerships.Location"]},
    }
    assert several(planted) == [
        "town takes 80 in a",
        "town takes 60 in b",
        "pc4 takes 10 in partnerships.Partnership",
        "name takes 160 in partnerships.Location",
    ]


def test_a_reason_has_the_same_limit_by_every_name(limits):
    reasons = {name: set(found) for name, found in limits.items() if name.endswith("reason")}
    reasons["removed_because"] = set(limits["removed_because"])
    assert len(reasons) >= 5
    assert all(found == {REASON} for found in reasons.values()), reasons


@pytest.mark.parametrize("form", [ChangeEmailForm, ResetPasswordForm])
def test_form_of_allauth_takes_an_address_as_all_others_do(form):
    assert form().fields["email"].max_length == 254
