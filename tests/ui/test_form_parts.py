"""A long form is in parts, each under a heading."""

from collections.abc import Iterator

import pytest
from django import forms
from django.urls import get_resolver
from lxml.html import document_fromstring

from placements.forms.accreditations import CheckForm, CorrectionForm
from tests.factories.partnerships import OrganisationFactory
from ui.forms import PortalFormMixin

MANY = 9
OF_ITS_TEMPLATE = {
    "AgreementForm",
    "CorrectionForm",
}  # the text of an agreement, in agreements/_text_fields.html


def every_form() -> Iterator[type[PortalFormMixin]]:
    assert get_resolver().url_patterns  # loads the views, and with them their forms
    waiting = [PortalFormMixin]
    while waiting:
        kind = waiting.pop()
        waiting += kind.__subclasses__()
        if issubclass(kind, forms.BaseForm) and kind.__module__.split(".")[0] not in ("ui", "tests"):
            yield kind


def seen(kind: type) -> list[str]:
    fields = kind.base_fields.items()  # type: ignore[attr-defined]  # of forms
    return [name for name, field in fields if not field.widget.is_hidden]


def test_long_forms_are_in_parts():
    found = [kind for kind in every_form() if len(seen(kind)) >= MANY]
    assert len(found) > MANY
    without = {kind.__name__ for kind in found if not kind.parts} - OF_ITS_TEMPLATE
    assert without == set()


def test_parts_begin_with_fields_of_the_form():
    known: dict[int, set[str]] = {}  # of all forms that have the same parts
    for kind in every_form():
        known.setdefault(id(kind.parts), set()).update(kind.base_fields)  # type: ignore[attr-defined]  # of forms
    for kind in every_form():
        assert set(kind.parts) <= known[id(kind.parts)], kind


@pytest.mark.django_db
def test_page_of_a_long_form_has_its_headings():
    form = CheckForm(employers=[OrganisationFactory()])
    assert [(str(part.title), len(part.fields)) for part in form.parted()] == [
        ("Over wie", 3),
        ("Wat je hebt gevonden", 3),
        ("Wanneer en waar je keek", 3),
    ]


def test_fields_before_the_first_heading_have_none():
    titles = [str(part.title) for part in CorrectionForm().parted()]
    assert titles == ["", "Wat je hebt gevonden", "Wanneer en waar je keek", "De correctie"]


def test_part_is_a_group_with_a_name():
    html = CorrectionForm().render("components/form_fields.html", {"form": CorrectionForm()})
    page = document_fromstring(f"<main>{html}</main>")
    groups = page.xpath("//fieldset[@class='form__part']/legend/h2/text()")
    assert groups == ["Wat je hebt gevonden", "Wanneer en waar je keek", "De correctie"]
    assert len(page.xpath("//*[contains(@class, 'field ') or @class='field']")) == len(seen(CorrectionForm))
