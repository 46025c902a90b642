"""Files that people put in, handed out so that nothing in a browser will run them."""

from __future__ import annotations

from django.http import FileResponse, Http404

from core.access import Forbidden
from core.models import StoredFile


def download(file: StoredFile | None, *, name: str) -> FileResponse:
    """The file under its own name, as a download; 404 where it is gone, 403 with the reason where the scanner keeps it."""
    if file is None:
        raise Http404
    if file.kept_back:
        raise Forbidden(file.kept_back)
    try:
        content = file.open()
    except FileNotFoundError as gone:
        raise Http404 from gone
    response = FileResponse(content, as_attachment=True, filename=name, content_type=file.type)
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


def picture(file: StoredFile | None) -> FileResponse:
    """An image of a page; 404 where it is gone or the scanner keeps it."""
    if file is None or file.kept_back or not file.type.startswith("image/"):
        raise Http404
    try:
        content = file.open()
    except FileNotFoundError as gone:
        raise Http404 from gone
    response = FileResponse(content, content_type=file.type)
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-cache"
    return response
