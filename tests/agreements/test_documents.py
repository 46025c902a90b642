"""The PDF of an agreement: what it says, and that what people typed stays text."""

import io
from datetime import timedelta

import page
import pypdf
import pytest
from django.urls import reverse

from agreements import documents
from agreements.models import Agreement
from core.dates import today
from tests.agreements.cases import agreement_case
from tests.helpers import login
from ui import formats

pytestmark = pytest.mark.django_db

HOSTILE = [
    '#read("/etc/passwd")',
    '#include "agreement.typ"',
    '$ sum_(i=0)^n $ #eval("1+1") *vet* _schuin_ <label> @ref',
    "```raw``` // commentaar /* nog een */ \\u{1F600} #sys.inputs",
    '"; #panic("x") //',
    "= Kop\n== Kop 2\n- lijst\n+ lijst",
]


def pdf_of(case, number=None):
    agreement = Agreement.objects.for_page().get(pk=case.agreement.pk)
    versions = list(agreement.versions.all())
    version = versions[0] if number is None else next(v for v in versions if v.number == number)
    return documents.agreement_pdf(agreement, version), version


def text_of(content):
    reader = pypdf.PdfReader(io.BytesIO(content))
    return "\n".join(page.extract_text() for page in reader.pages)


def test_pdf_has_names_version_digest_and_signers(case):
    case.ask()
    case.sign_all()
    content, version = pdf_of(case)
    text = text_of(content)
    for part in (
        case.placement.student.full_name,
        case.employer.name,
        case.school.name,
        "Versie 1",
        version.digest,
        case.contact.person.full_name,
        "getekend in Leerpact",
        "Van kracht van",
    ):
        assert part in text.replace("\n", " ") or part in text


def test_pdf_is_accessible_and_dutch():
    content, _version = pdf_of(agreement_case())
    assert [failure.message for failure in page.validate_pdf_bytes(content, profile="ua1").failures] == []
    reader = pypdf.PdfReader(io.BytesIO(content))
    root = reader.trailer["/Root"]
    assert str(root["/Lang"]).startswith("nl")
    assert root["/MarkInfo"]["/Marked"]
    assert b"pdfuaid:part" in root["/Metadata"].get_object().get_data()
    assert reader.metadata.title == "Praktijkovereenkomst (POK)"


def test_pdf_is_dutch_for_an_english_reader(client, case):
    login(client, case.student)
    response = client.get(
        reverse("agreements:agreement-pdf", args=[case.agreement.public_id, 1]),
        headers={"accept-language": "en"},
    )
    assert "Praktijkovereenkomst" in text_of(response.content)


@pytest.mark.parametrize("hostile", HOSTILE)
def test_hostile_text_stays_literal(hostile, case):
    case.change(guidance=hostile, trainer=None, practice_trainer=hostile[:100])
    text = text_of(pdf_of(case)[0])
    assert "root:x" not in text
    for word in hostile.split():
        plain = "".join(char for char in word if char.isascii() and char.isprintable())
        assert plain in text


def test_example_data_is_marked_on_every_page():
    case = agreement_case(is_example=True)
    case.change(content="Regel.\n" * 200)
    reader = pypdf.PdfReader(io.BytesIO(pdf_of(case)[0]))
    assert len(reader.pages) > 2
    assert all("Voorbeeldgegevens" in page.extract_text() for page in reader.pages)
    assert "Voorbeeldgegevens" not in text_of(pdf_of(agreement_case())[0])


def test_pdf_says_from_when_until_when_a_version_holds(case):
    case.ask()
    case.change(guidance="Nieuw.")
    case.ask()
    case.sign_all()
    first, last = case.agreed.starts_on, case.agreed.ends_on
    assert "Nooit van kracht" in text_of(pdf_of(case, 1)[0])
    whole = text_of(pdf_of(case, 2)[0]).replace("\n", " ")
    assert f"Van kracht van {formats.day(first)} tot en met {formats.day(last)}" in whole
    case.amend(effective_from=max(today(), first) + timedelta(days=30))
    case.sign_all()
    before = max(today(), first) + timedelta(days=29)
    assert f"tot en met {formats.day(before)}" in text_of(pdf_of(case, 2)[0]).replace("\n", " ")


def test_accented_and_rare_letters_are_in_the_fonts(case):
    names = "Zoë Šćepanović-İşçi Łukasz Ägård"
    case.change(trainer=None, practice_trainer=names)
    assert names in text_of(pdf_of(case)[0]).replace("\n", " ")


def test_download_is_not_stored_and_has_a_plain_name(client, case):
    person = case.placement.student.person
    person.first_name, person.last_name = 'Zoë "; x=', "Bo / ver"
    person.save()
    login(client, case.student)
    response = client.get(reverse("agreements:agreement-pdf", args=[case.agreement.public_id, 1]))
    assert response["Content-Disposition"] == (
        'attachment; filename="praktijkovereenkomst-zoe-x-bo-ver-versie-1.pdf"'
    )
    assert "no-store" in response["Cache-Control"]
    assert response.content.startswith(b"%PDF-")
