"""Files that students and schools put in: pages that open."""

import datetime as dt
from typing import Any
from uuid import UUID, uuid4

from django.core.files.base import ContentFile

from core import files
from core.models import StoredFile
from core.scanning import Scan

PDF = "application/pdf"


def kept(text: str, folder: str, subject: UUID | None) -> StoredFile:
    """A PDF of one page with this line, as it is kept."""
    content = ContentFile(page(text))
    return files.keep(file=content, path=f"{folder}/{uuid4()}", content_type=PDF, subject=subject)


def report(subject: UUID, *, found_at: dt.datetime | None = None) -> dict[str, Any]:
    """The file of a piece of evidence; with `found_at` one in which a scanner found something by then."""
    stored = kept("Verslag van mijn week op de afdeling", "evidence", subject)
    if found_at:
        stored.scan, stored.scanned_at = Scan.SUSPECT, found_at
        stored.save()
    return {"file": stored, "file_name": "mijn verslag.pdf"}


def page(text: str) -> bytes:
    """A PDF of one page with a line of text, without anything that is not in ASCII."""
    drawn = f"BT /F1 16 Tf 72 760 Td ({text}) Tj ET"
    parts = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
        f"<< /Length {len(drawn)} >>\nstream\n{drawn}\nendstream",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    whole, starts = "%PDF-1.4\n", []
    for number, part in enumerate(parts, 1):
        starts.append(len(whole))
        whole += f"{number} 0 obj\n{part}\nendobj\n"
    table = "".join(f"{start:010} 00000 n \n" for start in starts)
    end = f"trailer\n<< /Size {len(parts) + 1} /Root 1 0 R >>\nstartxref\n{len(whole)}\n%%EOF\n"
    return f"{whole}xref\n0 {len(parts) + 1}\n0000000000 65535 f \n{table}{end}".encode("ascii")
