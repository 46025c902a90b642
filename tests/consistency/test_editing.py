"""Whoever changes a thing that is there says what it was when they read it: models, forms and templates keep to it."""

import re
from collections.abc import Iterator

from django.urls import get_resolver

from core.versions import Versioned
from tests.consistency.source import APPS, ROOT, texts
from ui.forms import PortalModelForm

# Forms on a model that make new rows only, or rows that stand as they were written.
NEW_ROWS_ONLY = {
    "ContactNoteForm": "a contact with an employer, written down once",
    "CorrectionForm": "a figure beside the one that it corrects, once",
    "GoalForm": "a new goal",
    "GoalTextForm": "a new text each time, over the one that its maker hands over",
    "LetterForm": "a letter, which stands as it went out",
    "RemarkForm": "feedback",
    "MeasurementCorrectionForm": "a measurement beside the wrong one",
    "MeasurementForm": "a measurement",
    "ResultForm": "a figure",
}
# Templates with fields of forms that change nothing that is there: an act with its reason, a filter, something new.
NO_EDIT_FORM = {
    "account/email_change.html",
    "agreements/_text_fields.html",
    "placements/matches/answer.html",
    "placements/matches/detail.html",
    "placements/slots/_filters.html",
    "socialaccount/connections.html",
    "portal/cohort.html",
    "students/goals/_answer_forms.html",
    "students/goals/_assess.html",
    "students/goals/_feedback_form.html",
    "students/goals/_hand_in.html",
    "students/goals/_opinions.html",
    "ui/_bulk_choice.html",
    "ui/bulk.html",
    "playbooks/adoptions/differences.html",
    "students/plans/consent.html",
    "students/situations/cohort_list.html",
    "ui/imports/columns.html",
    "ui/imports/rows.html",
    "ui/imports/save.html",
    "ui/styleguide.html",
}
PRINTS_FIELDS = re.compile(r"as_field_group|\.visible_fields")
SAYS_MADE_FROM = re.compile(r"\{% (portal_form|made_from) ")


def model_forms(base: type = PortalModelForm) -> Iterator[type[PortalModelForm]]:
    for form in base.__subclasses__():
        if form.__module__.split(".")[0] in APPS:
            yield form
        yield from model_forms(form)


def without_a_version(forms: Iterator[type[PortalModelForm]]) -> set[str]:
    models = {form.__name__: form._meta.model for form in forms if form._meta.model}
    return {name for name, model in models.items() if not issubclass(model, Versioned)}


def silent(templates: dict[str, str]) -> set[str]:
    """Templates that print the fields of a form and do not say what it was made from."""
    return {
        name.removeprefix("templates/")
        for name, source in templates.items()
        if PRINTS_FIELDS.search(source) and not SAYS_MADE_FROM.search(source)
    }


def test_every_form_on_a_model_can_tell_what_was_read():
    get_resolver().reverse_dict  # noqa: B018  loads every view, and with them the forms
    found = list(model_forms())
    assert len(found) >= 18
    assert without_a_version(iter(found)) == NEW_ROWS_ONLY.keys()


def test_templates_say_what_their_forms_were_made_from():
    found = texts(path for path in sorted((ROOT / "templates").rglob("*.html")))
    own = {
        name: text for name, text in found.items() if "/components/" not in name and "/django/" not in name
    }
    assert len(own) >= 180
    assert silent(own) - NO_EDIT_FORM == set()
    assert silent({"a.html": "{{ form.text.as_field_group }}", "b.html": "{% made_from form %}"}) == {
        "a.html"
    }
