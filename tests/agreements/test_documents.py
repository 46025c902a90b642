"""The PDF of an agreement: what it says, and that what people typed stays text."""

import io

import pypdf
import pytest
from django.urls import reverse

from agreements import documents
from agreements.models import Agreement
from agreements.services import agreements
from tests.agreements.cases import agreement_case
from tests.helpers import login

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
        case.contact.get_full_name(),
        "getekend in het",
        "Actief sinds",
    ):
        assert part in text.replace("\n", " ") or part in text


def test_pdf_is_accessible_and_dutch():
    content, _version = pdf_of(agreement_case())
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
    agreements.change(
        agreement_id=case.agreement.pk, by=None, guidance=hostile, practice_trainer=hostile[:100]
    )
    text = text_of(pdf_of(case)[0])
    assert "root:x" not in text
    for word in hostile.split():
        plain = "".join(char for char in word if char.isascii() and char.isprintable())
        assert plain in text


def test_example_data_is_marked_on_every_page():
    case = agreement_case(is_example=True)
    agreements.change(agreement_id=case.agreement.pk, by=None, content="Regel.\n" * 200)
    reader = pypdf.PdfReader(io.BytesIO(pdf_of(case)[0]))
    assert len(reader.pages) > 2
    assert all("Voorbeeldgegevens" in page.extract_text() for page in reader.pages)
    assert "Voorbeeldgegevens" not in text_of(pdf_of(agreement_case())[0])


def test_old_version_says_that_it_is_replaced(case):
    agreements.change(agreement_id=case.agreement.pk, by=None, guidance="Nieuw.")
    assert "vervangen door versie 2" in text_of(pdf_of(case, 1)[0])


def test_accented_and_rare_letters_are_in_the_fonts(case):
    names = "Zoë Šćepanović-İşçi Łukasz Ägård"
    agreements.change(agreement_id=case.agreement.pk, by=None, practice_trainer=names)
    assert names in text_of(pdf_of(case)[0]).replace("\n", " ")


def test_download_is_not_stored_and_has_a_plain_name(client, case):
    case.placement.student.first_name, case.placement.student.last_name = 'Zoë "; x=', "Bo\nver"
    case.placement.student.save()
    login(client, case.student)
    response = client.get(reverse("agreements:agreement-pdf", args=[case.agreement.public_id, 1]))
    assert response["Content-Disposition"] == (
        'attachment; filename="praktijkovereenkomst-zoe-x-bo-ver-versie-1.pdf"'
    )
    assert "no-store" in response["Cache-Control"]
    assert response.content.startswith(b"%PDF-")
