"""What people wrote says its language on a page in another one, also within a sentence and as a choice."""

import pytest
from django.utils.html import format_html
from django.utils.translation import gettext_lazy, override

from placements.models import Slot
from tests.factories.accounts import PersonFactory
from ui.forms import ChoiceOf, PortalForm, offer
from ui.languages import dutch, naming, told

TITLE = "Tillen & dragen"
MARKED = '<span lang="nl">Tillen &amp; dragen</span>'


@pytest.mark.parametrize(
    ("language", "said"), [("en", f"“{MARKED}” is full, A &lt;b&gt;."), ("nl", f"“{TITLE}” is full, A <b>.")]
)
@pytest.mark.parametrize("sentence", ["“%(slot)s” is full, %(name)s.", "“{slot}” is full, {name}."])
def test_name_in_a_sentence_says_its_language(language, said, sentence):
    with override(language):
        assert told(sentence, slot=dutch(TITLE), name="A <b>") == said


def test_sentence_is_escaped_by_the_template_where_it_is_no_html():
    with override("nl"):
        assert format_html("{}", told("“%(slot)s”", slot=dutch(TITLE))) == "“Tillen &amp; dragen”"


@pytest.mark.parametrize(
    ("language", "said"), [("en", f"About {MARKED}, and &lt;b&gt;"), ("nl", f"About {TITLE}, and <b>")]
)
def test_sentence_made_elsewhere_is_shown_with_the_language_of_its_name(language, said):
    with override(language):
        assert naming(f"About {TITLE}, and <b>", TITLE) == said
        assert naming(gettext_lazy("Save"), "") == str(gettext_lazy("Save"))


class SampleForm(PortalForm):
    row = ChoiceOf(label="Row")


@pytest.mark.parametrize(
    ("language", "tag"), [("en", '<option value="7" lang="nl">'), ("nl", '<option value="7">')]
)
def test_choice_says_its_language(language, tag):
    with override(language):
        form = SampleForm()
        offer(form, "row", [Slot(pk=7, title=TITLE)])
        assert tag in str(form["row"])


@pytest.mark.django_db
def test_name_of_someone_is_in_no_language():
    person = PersonFactory(first_name="Sanne")
    with override("en"):
        form = SampleForm()
        offer(form, "row", [person])
        assert "lang=" not in str(form["row"])
        assert "Sanne" in str(form["row"])
