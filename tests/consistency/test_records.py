"""What a form writes of dates, rights and who may see something is on record, or it is said why not."""

import importlib
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.contrib import admin
from django.db.models import DateField, Field, Model
from django.http import HttpRequest

from accounts.models import User
from core.changes import on_record
from partnerships.models import JoinRequest, Organisation, Partnership
from tests.consistency.source import APPS, ROOT, modules
from ui.forms import PortalModelForm

# Of whom something is, who may see it, and on which days its people are free.
RIGHTS = {
    *("visibility", "is_published", "role", "is_lead", "for_teachers", "for_supervisor", "for_employer"),
    *("partnership", "partners", "cohort", "free_days", "holiday_region"),
    *("partnerships.Organisation.kind", "programmes.Programme.school"),
}

OF_ITS_MAKING = "given when it is made, and no form changes it"
OF_AN_ACT = "the moment of an act, whose own record says who and when"
OF_A_TEXT = "each text is a row of its own that stays, with its day in it"
OF_A_DRAFT = "of a draft that gives nothing; once signatures are asked the text stands"
AS_REFERENCE = "reference data with its source; the log of the tables says which administrator wrote it"
NOT_ON_RECORD = {
    "meetings.Action.partnership": OF_ITS_MAKING,
    "meetings.ImprovementProposal.day": OF_AN_ACT,
    "meetings.ImprovementProposal.partnership": OF_ITS_MAKING,
    "meetings.Meeting.partnership": OF_ITS_MAKING,
    "meetings.Rhythm.partnership": OF_ITS_MAKING,
    "meetings.Need.day": OF_ITS_MAKING,
    "meetings.Need.partnership": OF_ITS_MAKING,
    "core.Holiday.day": AS_REFERENCE,
    "core.SchoolHoliday.starts_on": AS_REFERENCE,
    "core.SchoolHoliday.ends_on": AS_REFERENCE,
    "programmes.CohortRequest.starts_on": OF_ITS_MAKING,
    "programmes.QualificationFile.valid_from": AS_REFERENCE,
    "programmes.QualificationFile.valid_until": AS_REFERENCE,
    "programmes.Programme.school": OF_ITS_MAKING,
    "partnerships.ActionLine.partnership": OF_ITS_MAKING,
    "partnerships.Call.partnership": OF_ITS_MAKING,
    "partnerships.CooperationVersion.starts_on": OF_A_DRAFT,
    "partnerships.CooperationVersion.ends_on": OF_A_DRAFT,
    "partnerships.CooperationVersion.partnership": OF_ITS_MAKING,
    "partnerships.ContactNote.day": "what was written down of a contact stands, and is only added to",
    "partnerships.Document.partnership": OF_ITS_MAKING,
    "partnerships.Group.partnership": OF_ITS_MAKING,
    "partnerships.MemberLetter.at": OF_ITS_MAKING,
    "partnerships.MemberLetter.day": OF_ITS_MAKING,
    "partnerships.MemberLetter.partnership": OF_ITS_MAKING,
    "partnerships.Initiative.partnership": OF_ITS_MAKING,
    "partnerships.Initiative.refreshed_on": "the day of the last change of anything, written along with it",
    **dict.fromkeys(
        (f"partnerships.InitiativeProposal.{name}" for name in ("partnership", "starts_on", "ends_on")),
        OF_ITS_MAKING,
    ),
    "partnerships.Measurement.measured_on": "a wrong figure is corrected by a row beside it, and both stay",
    "partnerships.InitiativeResult.measured_on": "a wrong figure is corrected by a row beside it, and both stay",
    "partnerships.PartnershipTheme.partnership": OF_ITS_MAKING,
    "partnerships.SignUp.confirmed_at": OF_AN_ACT,
    "placements.Slot.confirmed_on": OF_AN_ACT,
    "students.GoalRemark.taken_back_at": "only who gave it takes it back, and the row itself says who and when",
    "students.GoalVersion.agreed_at": OF_A_TEXT,
    "students.GoalVersion.asked_at": OF_A_TEXT,
    "students.GoalVersion.due_on": OF_A_TEXT,
    "programmes.Session.cohort": OF_ITS_MAKING,
}


def written_models() -> set[type[Model]]:
    """Those that a form of the portal writes."""
    for path in modules(*APPS):
        if "forms" in path.relative_to(ROOT).with_suffix("").parts:
            importlib.import_module(".".join(path.relative_to(ROOT).with_suffix("").parts))
    return {form._meta.model for form in _below(PortalModelForm) if form._meta.model}


def written_tables() -> set[type[Model]]:
    """Those that an administrator writes in a table; where a service writes what was typed it is that service's."""
    request = HttpRequest()
    request.user = User(is_staff=True, is_superuser=True)
    tables = admin.site._registry.items()
    found = {model: table for model, table in tables if table.has_change_permission(request)}
    rows = {row.model for table in found.values() for row in table.inlines}
    return {model for model in {*found, *rows} if model is not JoinRequest}


def _below(form: Any) -> Iterator[Any]:
    for below in form.__subclasses__():
        yield from (below, *_below(below))


def is_of_record(field: Field) -> bool:
    """Whether a change of this field is one that people may ask about later."""
    day = isinstance(field, DateField) and not (field.auto_now or field.auto_now_add)
    return field.editable and (day or not RIGHTS.isdisjoint({field.name, str(field)}))


def without_a_record(models: Iterable[type[Model]], said: Mapping[str, str]) -> set[str]:
    """Fields that neither are on record nor say why not, and reasons for a field that needs none."""
    return {
        f"{model._meta.label}.{field.name}"
        for model in models
        for field in (*model._meta.local_fields, *model._meta.local_many_to_many)
        if is_of_record(field) and field.name not in on_record(model)
    } ^ set(said)


def test_what_a_form_writes_is_on_record_or_says_why_not():
    found = {model for model in written_models() | written_tables() if model._meta.app_label in APPS}
    assert len(found) >= 15
    assert {Organisation, Partnership} <= found
    assert without_a_record(found, NOT_ON_RECORD) == set()


def test_model_that_forgot_its_record_is_found(monkeypatch):
    found = next(model for model in written_models() if model._meta.label == "programmes.Session")
    monkeypatch.delattr(found, "ON_RECORD")
    assert without_a_record([found], {"programmes.Session.cohort": OF_ITS_MAKING}) == {
        "programmes.Session.starts_at",
        "programmes.Session.ends_at",
    }
