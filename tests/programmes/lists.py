"""Lists of qualifications handed in as an administrator does it."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from core.imports.models import ImportBatch
from tests.students.lists import sent_from

HEADER = (
    "crebo;dossier_crebo;kerntaak_code;kerntaak_title;werkproces_code;werkproces_title;valid_from;valid_to;source;"
    "kwalificatie;niveau;dossier"
)
GOOD = "95001;93001;B1-K1;Biedt zorg;B1-K1-W1;Bereidt voor;2025-08-01;;voorbeeld;Verzorgende;3;Verzorging"
GOOD_10 = GOOD.replace("B1-K1-W1;Bereidt voor", "B1-K1-W10;Rondt af")


def file_of(*rows, header=HEADER):
    """A CSV as the empty file asks for."""
    return "\r\n".join([header, *rows, ""]).encode()


def address(page):
    """Of a page of the last list."""
    return reverse(f"programmes:qualification-import-{page}", args=[batch().public_id])


def batch():
    """The list that was handed in last."""
    return ImportBatch.objects.filter(kind="qualifications").latest("pk")


def upload(client, content, name="kwalificaties.csv"):
    """Hand a file in and follow to the page that comes next."""
    file = SimpleUploadedFile(name, content)
    return client.post(reverse("programmes:qualification-import"), {"file": file}, follow=True)


def send(client, response, **more):
    """Send the form of a page of a list, as it stands but for `more`."""
    data = sent_from(response) | {key.replace("__", "-"): value for key, value in more.items()}
    return client.post(address("batch"), data, follow=True)


def press(client, response, page):
    """Press the button that saves, or the one that takes back."""
    return client.post(address(page), sent_from(response), follow=True)


def take_in(client, *rows):
    """Hand a list in that needs no word, and save it."""
    return press(client, upload(client, file_of(*rows)), "commit")


def outcomes():
    """The rows of the last list by line: verdict, and what is said."""
    return {
        row.number: (row.verdict, row.note or " ".join(problem["text"] for problem in row.problems))
        for row in batch().rows.order_by("number")
    }
