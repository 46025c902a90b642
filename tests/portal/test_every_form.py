"""Every form of the portal, found by itself: what holds for all of them, and that the finding would see a fault."""

import importlib
import inspect
import pkgutil
import re
from collections.abc import Iterator

import pytest
from django import forms
from django.test import RequestFactory
from django.urls import get_resolver

from core.text import LONGEST_NAME, LONGEST_PREFIX, LONGEST_WHOLE_NAME
from tests.consistency.source import refuse
from tests.consistency.test_addresses import named_patterns
from ui.fields import CHOOSE, READINGS, WholeNameField
from ui.forms import NameForm, PortalForm, PortalFormMixin

APPS = (
    "accounts",
    "partnerships",
    "programmes",
    "students",
    "placements",
    "agreements",
    "search",
    "portal",
    "ui",
)
# One fact has one limit, whichever form asks for it.
LIMITS = {
    "first_name": LONGEST_NAME,
    "last_name": LONGEST_NAME,
    "name_prefix": LONGEST_PREFIX,
    "email": 254,
    "town": 80,
    "municipality": 80,
    "phone": 30,
    "pc4": 10,
}
# Who someone is: a browser may offer it only where the form asks for one's own.
PERSONAL = {"first_name", "last_name", "email", "phone", "contact_name", "new_name", "new_email"}
# A choice that stands as long as nobody makes another one, with the reason.
AS_IT_IS = {
    "accounts.forms.people.ProfileForm.language": "the language in which the page is read",
    "ui.samples.SampleForm.route": "shows how it looks",
}


ASKED_AFTER_ALL = re.compile(r'not data\.get\("(\w+)"\)(?:(?!def ).){0,120}?add_error\("\1"', re.DOTALL)
# Whose hint is set as the form is made.
HINT_MADE = {"StepForm.reason", "PhaseForm.reason", "SignUpStepForm.reason"}


def found() -> list[type[forms.BaseForm]]:
    for app in APPS:
        for module in pkgutil.walk_packages(importlib.import_module(app).__path__, f"{app}."):
            if "migrations" not in module.name and not module.name.endswith("__main__"):
                importlib.import_module(module.name)
    return sorted({one for one in _below(forms.BaseForm) if one.__module__.split(".")[0] in APPS}, key=str)


def _below(kind: type) -> Iterator[type]:
    for one in kind.__subclasses__():
        yield one
        yield from _below(one)


def fields(kinds: list[type[forms.BaseForm]]) -> Iterator[tuple[str, str, forms.Field]]:
    for kind in kinds:
        for name, field in getattr(kind, "base_fields", {}).items():
            yield f"{kind.__module__}.{kind.__qualname__}.{name}", name, field


def preselected(kinds: list[type[forms.BaseForm]]) -> Iterator[str]:
    """Choices of one that stand before anyone made them. A form on a model leaves those of its columns open by itself."""
    for place, _name, field in fields(kinds):
        is_one = isinstance(field, forms.ChoiceField) and not isinstance(field, forms.MultipleChoiceField)
        leaves_open = _is_on_model(place, kinds)
        if (
            is_one
            and field.required
            and field.initial is not None
            and not leaves_open
            and place not in AS_IT_IS
        ):
            yield f"{place} is chosen beforehand: {field.initial}"


def _is_on_model(place: str, kinds: list[type[forms.BaseForm]]) -> bool:
    name = place.rpartition(".")[0]
    return any(
        f"{kind.__module__}.{kind.__qualname__}" == name and issubclass(kind, forms.BaseModelForm)
        for kind in kinds
    )


def limits(kinds: list[type[forms.BaseForm]]) -> Iterator[str]:
    for place, name, field in fields(kinds):
        longest = getattr(field, "max_length", None)
        ours = issubclass(type(field), forms.CharField) and name in LIMITS and ".admin." not in place
        allauths = place.startswith(
            ("accounts.forms.signing_in.ChangeEmail", "accounts.forms.signing_in.ResetPassword")
        )
        if ours and not allauths and longest != LIMITS[name]:
            yield f"{place} takes {longest} characters, elsewhere {LIMITS[name]}"
        if isinstance(field, WholeNameField) and longest != LONGEST_WHOLE_NAME:
            yield f"{place} takes {longest} characters, elsewhere {LONGEST_WHOLE_NAME}"


def offered(kinds: list[type[forms.BaseForm]]) -> Iterator[str]:
    """Fields about someone that do not say whether they are about oneself."""
    for place, name, field in fields(kinds):
        is_typed = isinstance(field, forms.CharField) and not field.widget.is_hidden
        if (
            name in PERSONAL
            and is_typed
            and ".admin." not in place
            and not field.widget.attrs.get("autocomplete")
        ):
            yield f"{place} lets a browser offer the own data of who fills it in"


def unread(kinds: list[type[forms.BaseForm]]) -> Iterator[str]:
    """Days, times and numbers in a form that does not teach its fields how people write them."""
    for kind in kinds:
        if issubclass(kind, PortalFormMixin) or ".admin" in kind.__module__:
            continue
        for name, field in getattr(kind, "base_fields", {}).items():
            if type(field).to_python in READINGS:
                yield f"{kind.__module__}.{kind.__qualname__}.{name} is read by Django alone"


def said_when(kinds: list[type[forms.BaseForm]]) -> Iterator[str]:
    """Fields that a form asks for after all though they may be left empty: they say so, and the hint says when."""
    for kind in kinds:
        own = vars(kind).get("clean")
        source = inspect.getsource(own) if own else ""
        for name in ASKED_AFTER_ALL.findall(source):
            field = getattr(kind, "base_fields", {}).get(name)
            if field is not None and not field.required and name not in getattr(kind, "sometimes", ()):
                yield f"{kind.__module__}.{kind.__qualname__}.{name} may be left empty, and is refused then"
        for name in getattr(kind, "sometimes", ()):
            field = getattr(kind, "base_fields", {}).get(name)
            if field is not None and not field.help_text and f"{kind.__qualname__}.{name}" not in HINT_MADE:
                yield f"{kind.__module__}.{kind.__qualname__}.{name} does not say when it is needed"


RULES = [preselected, limits, offered, unread, said_when]


@pytest.mark.parametrize("rule", RULES)
def test_every_form_keeps_to_it(rule):
    kinds = found()
    assert len(kinds) >= 90
    assert len(list(fields(kinds))) >= 300
    refuse(rule(kinds))


class Planted(PortalForm):
    """All that must not be."""

    kind = forms.ChoiceField(choices=[("a", "A"), ("b", "B")], initial="a")
    first_name = forms.CharField(max_length=60)
    email = forms.EmailField(max_length=100)
    reason = forms.CharField(required=False)

    def clean(self):
        data = self.cleaned_data
        if data["kind"] == "b" and not data.get("reason"):
            self.add_error("reason", "Why?")
        return data


class PlantedAlone(forms.Form):
    day = forms.DateField()


@pytest.mark.parametrize(
    ("rule", "faults"), [(preselected, 1), (limits, 2), (offered, 2), (unread, 1), (said_when, 1)]
)
def test_planted_fault_is_found(rule, faults):
    assert len(list(rule([Planted, PlantedAlone]))) == faults
    assert not list(rule([NameForm]))


class ChoosingForm(PortalForm):
    several = forms.ChoiceField(choices=[("a", "A"), ("b", "B")])
    single = forms.ChoiceField(choices=[("a", "A")])
    maybe = forms.ChoiceField(choices=[("", "---------"), ("a", "A")], required=False)
    named = forms.ChoiceField(choices=[("", "Nobody"), ("a", "A")], required=False)


def test_open_choice_says_so_and_a_single_one_is_made():
    form = ChoosingForm()
    choices = {name: [str(word) for _key, word in form.fields[name].choices] for name in form.fields}
    assert choices == {
        "several": [str(CHOOSE), "A", "B"],
        "single": ["A"],
        "maybe": [str(CHOOSE), "A"],
        "named": ["Nobody", "A"],
    }
    assert str(CHOOSE) == "Kies …"
    assert ChoosingForm({"several": "", "single": "a"}).errors == {"several": ["Maak een keuze."]}


# Forms of allauth that a page of ours hands out as they are, with the reason.
NOTHING_TO_FILL_IN = {"Form": "a passkey is removed by a button", "ManageUserSessionsForm": "a button alone"}


def handed_out() -> Iterator[tuple[str, type[forms.BaseForm]]]:
    """The forms on those pages that allauth draws, as it finds them: by their name in the settings, or its own."""
    for name, pattern in named_patterns(get_resolver()):
        view = getattr(pattern.callback, "view_class", None)
        if view is None or not any(one.__module__.startswith("allauth.") for one in view.__mro__):
            continue
        if hasattr(view, "get_form_class"):
            shown = view()
            shown.request = RequestFactory().get("/")
            yield name, shown.get_form_class()


def test_forms_that_allauth_hands_out_are_ours_too():
    kinds = dict(handed_out())
    assert len(kinds) >= 12
    walked = set(found())
    others = {kind.__name__ for kind in kinds.values() if kind not in walked}
    assert others == set(NOTHING_TO_FILL_IN)
    assert all(not kind.base_fields for kind in kinds.values() if kind.__name__ in others)
