"""Lists of students handed in as a teacher does it, page after page."""

import re

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from core.imports.models import ImportBatch, ImportRow, Verdict
from students.models import Enrolment

HEADER = "voornaam;tussenvoegsel;achternaam;email;geboortedatum;woonplaats;postcode4;startdatum;wensen"
ROW = "Samira;van der;Voorbeeld;samira@leerling.example;14-03-2004;Lelystad;8224;;liefst de avond"


def row_of(name):
    """The same of someone with another name and address."""
    return ROW.replace("Samira;van der;Voorbeeld;samira", f"{name.title()};;{name.title()}sma;{name}")


def file_of(*rows, header=HEADER, encoding="utf-8"):
    """A CSV as the empty file asks for."""
    return "\r\n".join([header, *rows, ""]).encode(encoding)


def url(cohort, name, batch=None):
    """The address of a page of the import."""
    arguments = [cohort.programme.school.slug, cohort.public_id]
    return reverse(f"students:{name}", args=arguments + ([batch.public_id] if batch else []))


def upload(client, cohort, content, name="studenten.csv"):
    """Hand a file in and follow to the page that comes next."""
    file = SimpleUploadedFile(name, content)
    return client.post(url(cohort, "enrolment-import"), {"file": file}, follow=True)


def batch_of(cohort):
    """The list that was handed in last."""
    return ImportBatch.objects.filter(target=str(cohort.pk)).latest("pk")


def sent_from(response):
    """What the form on a page sends along when nothing is filled in."""
    page = response.content.decode()
    fields = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page))
    fields.pop("csrfmiddlewaretoken", None)
    for name, chosen in re.findall(r'<select name="([\w-]+)".*?</select>', page, re.DOTALL) and [
        (match.group(1), match.group(2))
        for match in re.finditer(r'<select name="([\w-]+)"[^>]*>(.*?)</select>', page, re.DOTALL)
    ]:
        found = re.search(r'value="([^"]*)" selected', chosen)
        fields[name] = found.group(1) if found else ""
    for tag in re.findall(r"<input[^>]*>", page):
        kind, name = re.search(r'type="(\w+)"', tag), re.search(r'name="([\w-]+)"', tag)
        if kind and name and kind.group(1) == "text":
            value = re.search(r'value="([^"]*)"', tag)
            fields[name.group(1)] = value.group(1) if value else ""
        if kind and name and kind.group(1) == "checkbox" and " checked" in tag:
            fields[name.group(1)] = "on"
    return fields


def send(client, cohort, response, **more):
    """Send the form of a page of a list, as it stands but for `more`."""
    data = sent_from(response) | {key.replace("__", "-"): value for key, value in more.items()}
    return client.post(url(cohort, "enrolment-import-batch", batch_of(cohort)), data, follow=True)


def save(client, cohort, response, invite="now"):
    """Press the button that saves."""
    data = sent_from(response) | {"invite": invite}
    return client.post(url(cohort, "enrolment-import-commit", batch_of(cohort)), data, follow=True)


def undo(client, cohort, response):
    """Press the button that takes it back."""
    return client.post(
        url(cohort, "enrolment-import-undo", batch_of(cohort)), sent_from(response), follow=True
    )


def outcomes(cohort):
    """The rows of the last list by line: verdict, and what is said."""
    rows = ImportRow.objects.filter(batch=batch_of(cohort)).order_by("number")
    return {
        row.number: (row.verdict, row.note or " ".join(problem["text"] for problem in row.problems))
        for row in rows
    }


def verdicts(cohort):
    """The verdicts of the last list, in order."""
    return [Verdict(verdict) for verdict, _said in outcomes(cohort).values()]


def enrolled(cohort):
    """Who is in the cohort now: name, address, day of birth, town and postcode."""
    rows = Enrolment.objects.filter(cohort=cohort).select_related("student__person__user").order_by("pk")
    return [
        (row.student.full_name, row.student.address, row.student.born_on, row.student.town, row.student.pc4)
        for row in rows
    ]
