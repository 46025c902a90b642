"""Files that people put in, handed out so that nothing in a browser will run them."""

from __future__ import annotations

from django.db.models.fields.files import FieldFile
from django.http import FileResponse, Http404

from core import files
from core.access import Forbidden


def download(file: FieldFile, *, name: str, content_type: str) -> FileResponse:
    """The file under its own name, as a download; 404 where it is gone, 403 with the reason where the scanner keeps it."""
    if not file:
        raise Http404
    refusal = files.refusal(file.name or "")
    if refusal:
        raise Forbidden(refusal)
    try:
        content = file.open("rb")
    except FileNotFoundError as gone:
        raise Http404 from gone
    response = FileResponse(content, as_attachment=True, filename=name, content_type=content_type)
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response
