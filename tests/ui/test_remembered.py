"""Fields of filters that are remembered: the same as made anew, whatever was chosen, offered or said before."""

import pytest
from django import forms
from django.utils.translation import override

from partnerships.models import Organisation
from tests.factories.partnerships import OrganisationFactory
from ui import remembered
from ui.forms import PortalForm
from ui.languages import Stored


def _form(data, choices, **more):
    class SieveForm(PortalForm):
        soort = forms.ChoiceField(choices=choices, required=False, label="Soort", **more)
        naam = forms.CharField(required=False)

    return SieveForm(data)


FORMS = [
    ({}, [("a", "Eerste"), ("b", "Tweede")], {}),
    ({"soort": "b"}, [("a", "Eerste"), ("b", "Tweede")], {}),
    ({"soort": "b"}, [("a", "Eerste"), ("b", "Anders")], {}),
    ({"soort": "b"}, [("a", "Eerste"), ("b", Stored("Anders"))], {}),
    ({"soort": "b"}, [("a", "Eerste"), ("b", Stored("Anders"))], {"help_text": "Kies wat past."}),
    ({"soort": "b"}, [("a", "Eerste"), ("b", "<b>Anders</b>")], {"widget": forms.RadioSelect}),
    ({"soort": "weg"}, [("a", "Eerste")], {}),
]


@pytest.fixture(autouse=True)
def _forgotten():
    remembered._FIELDS.clear()


@pytest.mark.parametrize("language", ["nl", "en"])
def test_field_is_as_made_anew_whatever_was_made_before(language):
    with override(language):
        for _turn in range(2):
            for data, choices, more in FORMS:
                for field in _form(data, choices, **more):
                    assert remembered.filter_field(field) == field.as_field_group()
    assert remembered._FIELDS


def test_what_is_typed_refused_or_a_row_is_not_remembered(db):
    OrganisationFactory(name="Een naam die niemand onthoudt")

    class RowForm(PortalForm):
        rij = forms.ModelChoiceField(Organisation.objects.all(), required=False)

    fields = [*_form({"soort": "weg", "naam": "Anna"}, [("a", "Eerste")]), *RowForm({})]
    assert "niemand onthoudt" in "".join(remembered.filter_field(field) for field in fields)
    assert not remembered._FIELDS
