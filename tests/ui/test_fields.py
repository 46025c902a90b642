"""What people type into fields, and what pages print: read by one set of rules in every form."""

import datetime as dt
from decimal import Decimal

import pytest
from django import forms
from django.http import QueryDict
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from core import emails
from ui import formats
from ui.fields import Pc4Field, PhoneField, WholeNameField
from ui.forms import NameForm, PortalForm
from ui.hours import HoursField, hours_of

LANGUAGES = st.sampled_from(["nl", "en"])


class EveryForm(PortalForm):
    """One of each kind of field in which something is read."""

    day = forms.DateField(required=False)
    time = forms.TimeField(required=False)
    whole = forms.IntegerField(required=False, min_value=0, max_value=5000)
    number = forms.DecimalField(required=False, decimal_places=2, max_digits=12)
    hours = HoursField(most=60)
    pc4 = Pc4Field(required=False)
    phone = PhoneField(required=False)
    email = emails.EmailFormField(required=False)
    name = WholeNameField(required=False)


def read(name, typed):
    form = EveryForm({name: typed})
    assert form.is_valid(), form.errors
    return form.cleaned_data[name]


@given(
    LANGUAGES,
    st.dates(dt.date(1900, 1, 1), dt.date(2199, 12, 31)),
    st.times(),
    st.integers(0, 5000),
    st.decimals(0, 10**9, places=2, allow_nan=False),
    st.integers(1, 3600),
)
def test_form_takes_what_pages_print(language, day, time, whole, number, minutes):
    with translation.override(language):
        assert read("day", formats.day(day)) == day
        assert read("day", f"{formats.day(day)}, {formats.clock(time)}") == day
        assert read("day", day.isoformat()) == day  # as a browser's own date field sends it
        assert read("time", formats.clock(time)) == time.replace(second=0, microsecond=0)
        assert read("whole", formats.number(whole)) == whole
        assert read("number", formats.number(number)) == number
        assert read("hours", formats.hours(minutes)) == minutes
        assert read("hours", hours_of(minutes)) == minutes


@pytest.mark.parametrize(
    ("name", "typed", "meant"),
    [
        ("day", "14-3-2004", dt.date(2004, 3, 14)),
        ("day", "3/4/2009", dt.date(2009, 4, 3)),
        ("day", "14 mrt 04", dt.date(2004, 3, 14)),
        ("time", "14.30", dt.time(14, 30)),
        ("time", "9u", dt.time(9)),
        ("whole", "1.993", 1993),
        ("whole", "1 993", 1993),
        ("whole", "12,0", 12),
        ("number", "1.993,50", Decimal("1993.5")),
        ("number", "1993.5", Decimal("1993.5")),
        ("hours", "7:30", 450),
        ("hours", "7,5", 450),
        ("hours", "7u30", 450),
        ("pc4", "8224 AB", "8224"),
        ("pc4", "8224ab", "8224"),
        ("phone", "+31 6 1234 5678", "06 12345678"),
        ("email", "Anna <ANNA@Voorbeeld.nl>", "anna@voorbeeld.nl"),
        ("email", "mailto:anna@voorbeeld.nl", "anna@voorbeeld.nl"),
        ("name", "Berg, Anna van den", "Anna van den Berg"),
        ("name", "Suharto", "Suharto"),
    ],
)
def test_field_reads_what_people_write(name, typed, meant):
    assert read(name, typed) == meant


@pytest.mark.parametrize(
    ("name", "typed", "said"),
    [
        ("day", "31-2-2026", "“31-2-2026” is geen datum die bestaat. Schrijf bijvoorbeeld 26-11-2026."),
        (
            "day",
            "1-8-58",
            "“1-8-58” kan 1 augustus 1958 of 1 augustus 2058 zijn. Schrijf het jaar met vier cijfers.",
        ),
        ("time", "straks", "“straks” is geen tijd. Vul een tijd in, bijvoorbeeld 14:00."),
        ("whole", "7,5", "“7,5” is geen heel getal."),
        ("whole", "5.001", "Vul 5000 of minder in."),
        ("number", "12,345", "“12,345” kan 12,345 of 12345 zijn."),
        ("hours", "7.30", "“7.30” kan 7:30 of 7:18 uur zijn."),
        ("hours", "61", "Vul 60 of minder in."),
        ("hours", "-1", "Vul 0 of meer in."),
        ("pc4", "0824", "“0824” is geen Nederlandse postcode. Schrijf 8224 AB of 8224."),
        ("phone", "06 12", "“06 12” is geen telefoonnummer. Schrijf 06 12345678 of 0320 123 456."),
        ("email", "a@b.nl c@d.nl", "“a@b.nl c@d.nl” bevat meer dan één adres: a@b.nl of c@d.nl?"),
        ("name", "-.-", "“-.-” is geen naam."),
    ],
)
def test_field_says_what_it_cannot_read_and_keeps_it(name, typed, said):
    form = EveryForm({name: typed})
    assert form.errors[name] == [said]
    assert f'value="{typed}"' in str(form[name])


def test_empty_fields_are_empty():
    form = EveryForm(QueryDict("&".join(f"{name}=" for name in EveryForm.base_fields)))
    assert form.is_valid(), form.errors
    assert not any(form.cleaned_data.values())


def test_number_box_lets_people_write_their_own_way():
    html = str(EveryForm()["whole"])
    assert 'type="text"' in html
    assert 'inputmode="numeric"' in html
    assert 'inputmode="decimal"' in str(EveryForm()["number"])
    assert not {"min=", "max=", "step="} & set(html.replace('"', " ").split())


def test_field_with_a_reading_of_its_own_keeps_it():
    class Doubled(forms.IntegerField):
        def to_python(self, value):
            return 2 * int(value)

    class OwnForm(PortalForm):
        twice = Doubled()

    form = OwnForm({"twice": "4"})
    assert form.is_valid()
    assert form.cleaned_data["twice"] == 8


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ({"first_name": "Suharto"}, ("Suharto", "", "")),
        ({"first_name": "-", "last_name": "Sari", "name_prefix": "."}, ("Sari", "", "")),
        ({"first_name": "Sukarno", "last_name": "-"}, ("Sukarno", "", "")),
        ({"first_name": "Anna", "last_name": "van den Berg"}, ("Anna", "van den", "Berg")),
        ({"first_name": "Anna", "name_prefix": "v.d.", "last_name": "Berg"}, ("Anna", "v.d.", "Berg")),
        ({"first_name": "A" * 80, "last_name": "B" * 80}, ("A" * 80, "", "B" * 80)),
    ],
)
def test_name_may_be_one_and_prefix_stands_apart(typed, meant):
    for data in (typed, QueryDict("&".join(f"{key}={value}" for key, value in typed.items()))):
        form = NameForm(data)
        assert form.is_valid(), form.errors
        assert tuple(form.cleaned_data[name] for name in ("first_name", "name_prefix", "last_name")) == meant


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({}, "Vul “Voornaam” in."),
        ({"last_name": "Berg"}, "Vul “Voornaam” in."),
        ({"first_name": "."}, "“.” is geen naam."),
        ({"first_name": "123"}, "“123” is geen naam."),
    ],
)
def test_what_is_no_name_is_refused_at_the_first(typed, said):
    assert NameForm(typed).errors == {"first_name": [said]}
