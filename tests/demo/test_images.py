"""The drawing of the demo's story is small, stands in the store as any other, and goes with words."""

import io

import pytest
from PIL import Image

from demo.seed.context import tree
from demo.seed.images import kept_night, night
from tests.factories.partnerships import InitiativeFactory


def test_the_drawing_is_a_small_picture():
    content = night()
    assert len(content) < 20_000
    assert Image.open(io.BytesIO(content)).size == (1200, 675)


@pytest.mark.django_db
def test_e10_the_story_of_the_demo_has_an_image_with_words():
    stories = [story for row in tree("initiative_plans.yaml") for story in row.get("stories", [])]
    alt = next(story["alt"] for story in stories if story.get("alt"))
    story = InitiativeFactory().stories.create(number=1, text="Verhaal", image=kept_night(), alt=alt)
    assert story.image.type == "image/png"
