"""A drawing for stories, made here: no photo of anyone, and nobody's work."""

import io
from uuid import uuid4

from django.core.files.base import ContentFile
from PIL import Image, ImageDraw

from core import files
from core.models import StoredFile

WIDE, HIGH = 1200, 675
NIGHT, HILL, LAMP, LEFT, RIGHT = "#1d2b53", "#14203f", "#f6c945", "#f2a65a", "#7fc8a9"


def night() -> bytes:
    """Two people under a lamp at night, in flat colours."""
    picture = Image.new("RGB", (WIDE, HIGH), NIGHT)
    pen = ImageDraw.Draw(picture)
    for at in range(24):  # stars
        x, y = (at * 397) % WIDE, (at * 131) % 330
        pen.ellipse((x, y, x + 5, y + 5), fill=LAMP)
    pen.ellipse((-200, 480, WIDE + 200, 1100), fill=HILL)
    pen.rectangle((592, 210, 608, 560), fill=HILL)
    pen.ellipse((550, 150, 650, 250), fill=LAMP)
    for x, colour in ((440, LEFT), (700, RIGHT)):
        pen.ellipse((x, 330, x + 70, 400), fill=colour)
        pen.rounded_rectangle((x - 15, 410, x + 85, 570), radius=40, fill=colour)
    content = io.BytesIO()
    picture.save(content, "PNG", optimize=True)
    return content.getvalue()


def kept_night() -> StoredFile:
    """The same, as it is kept with a story."""
    content = ContentFile(night())
    return files.keep(file=content, path=f"stories/{uuid4()}", content_type="image/png", subject=None)
