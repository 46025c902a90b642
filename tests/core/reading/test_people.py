"""Names, addresses and phone numbers as lists, letters and phones have them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.reading import people
from core.reading.answers import Kind, Read, Unsure
from core.reading.people import NameRead
from core.text import sort_key

NO_ADDRESS = "“%s” is geen e-mailadres. Schrijf bijvoorbeeld naam@voorbeeld.nl."
NO_PHONE = "“%s” is geen telefoonnummer. Schrijf 06 12345678 of 0320 123 456."


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Jan.Bakker@Leerling.Example", "jan.bakker@leerling.example"),
        ("jan+stage@leerling.example", "jan+stage@leerling.example"),
        ("jan@münchen.example", "jan@xn--mnchen-3ya.example"),
        ("mailto:jan@leerling.example", "jan@leerling.example"),
        ("mailto:jan@leerling.example?subject=Stage", "jan@leerling.example"),
        ("Jan Bakker <jan@leerling.example>", "jan@leerling.example"),
        ('"Bakker, Jan" <jan@leerling.example>;', "jan@leerling.example"),
        ("jan@leerling.example.", "jan@leerling.example"),
        ("jan @leerling.example", "jan@leerling.example"),
        ("\u200bjan9@leerling.example", "jan9@leerling.example"),
        ("jan10@leerling.example\xa0", "jan10@leerling.example"),
        ("jan@leerling.example; JAN@leerling.example", "jan@leerling.example"),
    ],
)
def test_address_is_read_as_it_is_written(written, meant):
    assert people.email(written) == Read(meant)


@pytest.mark.parametrize(
    ("written", "one", "other"),
    [
        ("jan@leerling.example jan@prive.example", "jan@leerling.example", "jan@prive.example"),
        ("jan@leerling.example,jan2@prive.example", "jan@leerling.example", "jan2@prive.example"),
        ("Jan <jan@leerling.example> / jan@bürger.nl", "jan@leerling.example", "jan@xn--brger-kva.nl"),
    ],
)
def test_two_addresses_in_one_cell_are_asked(written, one, other):
    answer = people.email(written)
    assert answer == Unsure(Kind.SEVERAL, (one, other), answer.reason)
    shown = other.replace("xn--brger-kva", "bürger")
    assert str(answer.reason) == f"“{written}” bevat meer dan één adres: {one} of {shown}?"


@pytest.mark.parametrize("written", ["jan@leerling", "jan..b@leerling.example", "jan", "jan@a.nl b@", "@@"])
def test_what_is_no_address_is_refused(written):
    assert str(people.email(written).reason) == NO_ADDRESS % written


def test_address_with_other_letters_is_refused_for_that():
    assert str(people.email("jän@leerling.example").reason) == "Gebruik alleen gewone letters voor de @."


@pytest.mark.parametrize("written", ["", "geen", "-", "n.v.t.", "Onbekend"])
def test_no_address_is_no_fault(written):
    assert people.email(written).is_empty
    assert people.phone(written).is_empty


@pytest.mark.parametrize(
    ("parts", "meant", "sorted_as"),
    [
        (("Suharto", "", ""), NameRead("Suharto"), "suharto"),
        (("", "Suparman", ""), NameRead("Suparman"), "suparman"),
        (("Sukarno", "-", ""), NameRead("Sukarno"), "sukarno"),
        (("Sari", ".", ""), NameRead("Sari"), "sari"),
        (("Anna", "van der Berg", ""), NameRead("Anna", "van der", "Berg"), "berg, anna, van der"),
        (("Anna", "Berg", "v.d."), NameRead("Anna", "v.d.", "Berg"), "berg, anna, v.d."),
        (("Anna", "v/d Berg", "."), NameRead("Anna", "v/d", "Berg"), "berg, anna, v/d"),
        (("Hugo", "'t Hooft", ""), NameRead("Hugo", "'t", "Hooft"), "hooft, hugo, 't"),
        (("Jan", "de Vries - van den Berg", ""), NameRead("Jan", "de", "Vries - van den Berg"), None),
        (("Jan\n Piet", "Bak\u200bker", ""), NameRead("Jan Piet", "", "Bakker"), None),
        (("王", "", ""), NameRead("王"), "王"),
        (("A" * 80, "B" * 80, ""), NameRead("A" * 80, "", "B" * 80), None),
    ],
)
def test_name_is_read_in_its_parts(parts, meant, sorted_as):
    assert people.name(*parts) == Read(meant)
    if sorted_as is not None:
        names = {"first_name": meant.first_name, "last_name": meant.last_name, "prefix": meant.name_prefix}
        assert sort_key(**names) == sorted_as


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Anna van der Berg", NameRead("Anna", "van der", "Berg")),
        ("Berg, Anna van der", NameRead("Anna", "van der", "Berg")),
        ("Berg, A. van der", NameRead("A.", "van der", "Berg")),
        ("de Vries, Jan Piet", NameRead("Jan Piet", "de", "Vries")),
        ("Suharto", NameRead("Suharto")),
        ("Nguyễn Thị Minh", NameRead("Nguyễn", "", "Thị Minh")),
    ],
)
def test_name_in_one_cell_is_taken_apart(written, meant):
    answer = people.whole_name(written)
    assert answer == Read(meant)
    assert set(answer.value.whole.split()) == set(written.replace(",", "").split())


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        (("-", ".", ""), "“- .” is geen naam."),
        (("", "-", ""), "“-” is geen naam."),
        (("123", "456", ""), "“123 456” is geen naam."),
    ],
)
def test_what_is_no_name_is_refused(parts, said):
    assert str(people.name(*parts).reason) == said


def test_no_name_is_no_fault_of_what_was_written():
    assert people.name("", " ").is_empty
    assert people.whole_name("").is_empty


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("06 12345678", "06 12345678"),
        ("06-12345678", "06 12345678"),
        ("06 12 34 56 78", "06 12345678"),
        ("+31612345678", "06 12345678"),
        ("0031 6 12345678", "06 12345678"),
        ("tel:+31-6-12345678", "06 12345678"),
        ("(0320) 12 34 56", "0320 123 456"),
        ("+31 (0)320-123456", "0320 123 456"),
        ("0800 1234", "0800 1234"),
        ("+32 2 123 45 67", "+32 2 123 45 67"),
        ("06–12345678\xa0", "06 12345678"),
    ],
)
def test_phone_number_is_read_as_it_is_written(written, meant):
    assert people.phone(written) == Read(meant)
    assert people.phone(meant) == Read(meant)


@pytest.mark.parametrize("written", ["06 1234", "112", "bel maar", "0320 1234567", "06 12345678 / thuis"])
def test_what_is_no_phone_number_is_refused(written):
    assert str(people.phone(written).reason) == NO_PHONE % written


def test_two_phone_numbers_in_one_cell_are_asked():
    answer = people.phone("06 12345678 / 0320-123456")
    assert answer == Unsure(Kind.SEVERAL, ("06 12345678", "0320 123 456"), answer.reason)


@given(st.text(max_size=40))
def test_nothing_that_is_written_breaks_the_reading(text):
    for read in (people.email, people.phone, people.whole_name):
        answer = read(text)
        assert isinstance(answer, Read) or str(answer.reason)
