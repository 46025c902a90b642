"""Forms: aria wiring, the error summary, hostile characters and citizen service numbers."""

import datetime as dt

import pytest
from django import forms
from django.http import QueryDict
from pytest_django.asserts import assertInHTML

from core import emails
from ui.form_errors import entries_of
from ui.forms import PortalForm, holds_citizen_number, passes_elfproef

BSN = "111222333"  # passes the elfproef and is given out to nobody


class PlaceForm(PortalForm):
    elfproef_exempt = ("company_id",)

    name = forms.CharField(label="Naam", help_text="Zoals studenten die zien.")
    seats = forms.IntegerField(label="Aantal plekken", min_value=1)
    starts_on = forms.DateField(label="Startdatum", required=False)
    route = forms.ChoiceField(
        label="Leerweg", choices=[("bbl", "BBL"), ("bol", "BOL")], widget=forms.RadioSelect
    )
    themes = forms.MultipleChoiceField(
        choices=[("a", "A")], widget=forms.CheckboxSelectMultiple, required=False
    )
    text = forms.CharField(widget=forms.Textarea, required=False)
    company_id = forms.CharField(required=False)
    agreed = forms.BooleanField(label="Ik ga akkoord")


def form(**data):
    return PlaceForm({"name": "Molenhof", "seats": "2", "route": "bbl", "agreed": "on", **data})


def test_field_points_from_input_to_hint_and_error():
    html = form(name="")["name"].as_field_group()
    assert 'aria-describedby="id_name_helptext id_name_error"' in html
    assert '<p class="field__hint" id="id_name_helptext">' in html
    assert 'id="id_name_error"' in html
    assert 'aria-invalid="true"' in html
    assert "Vul “Naam” in." in html


@pytest.mark.parametrize("typed", ["0026-11-26", "26-11-0026", "1899-12-31", "2200-01-01", "9999-12-31"])
def test_year_that_slipped_is_refused(typed):
    """A browser's date field makes 0026 of a year typed with two digits."""
    assert form(starts_on=typed).errors["starts_on"] == [
        "Vul het jaar in met vier cijfers, tussen 1900 en 2199."
    ]


@pytest.mark.parametrize("typed", ["1900-01-01", "26-11-26", "2199-12-31"])
def test_year_within_three_centuries_is_taken(typed):
    assert not form(starts_on=typed).errors.get("starts_on")


def test_choices_are_a_fieldset_with_rows():
    html = form()["route"].as_field_group()
    assert "<fieldset" in html
    assertInHTML("<legend>Leerweg</legend>", html)
    assert html.count('<label class="check"') == 2


def test_tick_box_stands_before_its_label():
    html = form()["agreed"].as_field_group()
    assert html.index("<input") < html.index("Ik ga akkoord")


def test_optional_fields_say_so_and_required_ones_do_not():
    assert "(niet verplicht)" in form()["starts_on"].as_field_group()
    assert "(niet verplicht)" not in form()["name"].as_field_group()


def test_date_is_a_date_input_in_the_format_browsers_want():
    html = PlaceForm(initial={"starts_on": dt.date(2027, 2, 1)})["starts_on"].as_field_group()
    assert 'type="date"' in html
    assert 'value="2027-02-01"' in html


@pytest.mark.parametrize("typed", ["2027-02-01", "01-02-2027", "1-2-2027", "1/2/2027"])
def test_dates_as_people_type_them(typed):
    bound = form(starts_on=typed)
    assert bound.is_valid(), bound.errors
    assert bound.cleaned_data["starts_on"] == dt.date(2027, 2, 1)


def test_wrong_email_address_and_lost_choice_say_what_to_do():
    class PersonForm(PortalForm):
        email = emails.EmailFormField()
        route = forms.ChoiceField(choices=[("bbl", "BBL")])
        days = forms.MultipleChoiceField(choices=[("1", "maandag")])

    bound = PersonForm({"email": "abc", "route": "417", "days": ["x" * 10_000]})
    gone = "Deze keuze kan niet meer. Kies opnieuw."
    assert bound.errors["email"] == ["Vul een e-mailadres in, bijvoorbeeld naam@voorbeeld.nl."]
    assert bound.errors["route"] == [gone]
    assert bound.errors["days"] == [gone]


def test_error_summary_links_to_controls_in_order():
    entries = entries_of(PlaceForm({}))
    assert [(entry.label, entry.target) for entry in entries] == [
        ("Naam", "id_name"),
        ("Aantal plekken", "id_seats"),
        ("Leerweg", "id_route_0"),
        ("Ik ga akkoord", "id_agreed"),
    ]


def test_error_summary_names_each_field_once():
    said = [str(entry) for entry in entries_of(PlaceForm({}))]
    assert said[0] == "Vul “Naam” in."
    assert said[2] == "Leerweg: Maak een keuze."


def test_error_summary_shortens_a_label_that_is_a_whole_text():
    class YesForm(PortalForm):
        agreed = forms.BooleanField(
            label="I have read all of this, and take part of my own will; I can stop at any time"
        )

    said = str(entries_of(YesForm({}))[0])
    assert (
        said
        == "I have read all of this, and take part of my own will; I ca…: Vink dit aan om verder te gaan."
    )


def test_error_summary_names_a_field_without_the_stop_of_its_label():
    class SignForm(PortalForm):
        signer = forms.CharField(label="Who signed?")
        agreed = forms.BooleanField(label="I have read this.")

    assert [entry.label for entry in entries_of(SignForm({}))] == ["Who signed", "I have read this"]


@pytest.mark.parametrize("number", [BSN, "123456782"])
def test_elfproef_knows_its_numbers(number):
    assert passes_elfproef(number)


@pytest.mark.parametrize("number", ["123456789", "000000000"])
def test_elfproef_lets_others_go(number):
    assert not passes_elfproef(number)


@pytest.mark.parametrize(
    "text", [BSN, f"bsn {BSN}.", "1112.22.333", "111 222 333", "1112-22-333", f"a{BSN}b", f"3 {BSN}"]
)
def test_citizen_number_is_found_in_text(text):
    assert holds_citizen_number(text)


@pytest.mark.parametrize(
    "text",
    [
        "06-12345678",
        "+31 111222333",
        "+31111222333",
        "1112223334",
        "12-10-2026 4 uur",
        "NL91ABNA0417164300",
        "2026",
        "",
    ],
)
def test_other_numbers_are_left_alone(text):
    assert not holds_citizen_number(text)


@pytest.mark.parametrize("field", ["name", "text", "seats"])
def test_form_refuses_citizen_number_with_a_reason(field):
    bound = form(**{field: BSN})
    assert list(bound.errors) == [field]
    assert "burgerservicenummer" in bound.errors[field][0]


def test_exempt_field_and_password_may_hold_nine_digits():
    class SignInForm(PortalForm):
        password = forms.CharField(widget=forms.PasswordInput)

    assert form(company_id=BSN).is_valid()
    assert SignInForm({"password": BSN}).is_valid()


@pytest.mark.parametrize(
    "field",
    [
        forms.CharField(widget=forms.HiddenInput),
        forms.ChoiceField(choices=[(BSN, "Molenhof")]),
        forms.CharField(widget=forms.Select),
        forms.URLField(assume_scheme="https"),
    ],
    ids=["sent along", "chosen", "chosen from what is told later", "link"],
)
def test_what_nobody_writes_may_hold_nine_digits(field):
    class AnyForm(PortalForm):
        what = field

    sent = f"https://zorggroep.example/{BSN}" if isinstance(field, forms.URLField) else BSN
    assert AnyForm({"what": sent}).is_valid()


def test_unwanted_characters_are_taken_out_and_lines_kept():
    data = QueryDict(mutable=True)
    data.update(
        {
            "name": "Mo\x00len\u202ehof",
            "seats": "1",
            "route": "bbl",
            "agreed": "on",
            "text": "een\r\ntwee\x0b",
        }
    )
    bound = PlaceForm(data)
    assert bound.is_valid(), bound.errors
    assert (bound.cleaned_data["name"], bound.cleaned_data["text"]) == ("Molenhof", "een\ntwee")


@pytest.mark.parametrize("name", ["\u200b\u200d", "\u3164", " \u2060 \u00ad", "\u2800"])
def test_name_that_shows_nothing_is_refused(name):
    assert form(name=name).errors["name"] == ["Vul “Naam” in."]
    assert form(name=f"Molenhof{name}").is_valid()


@pytest.mark.parametrize(("field", "length"), [("name", 256), ("text", 10_001)])
def test_too_long_is_refused(field, length):
    assert list(form(**{field: "x" * length}).errors) == [field]


def test_own_messages_stay():
    class OwnForm(PortalForm):
        seats = forms.IntegerField(error_messages={"required": "Vul een aantal van 1 of meer in"})

    assert OwnForm({}).errors["seats"] == ["Vul een aantal van 1 of meer in"]
