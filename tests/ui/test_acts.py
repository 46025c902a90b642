"""What a view does around an act of a service."""

from functools import partial

import pytest
from django import forms
from django.contrib.messages import get_messages
from django.contrib.messages.storage.fallback import FallbackStorage

from accounts.enums import Role
from partnerships.services import returns
from tests.factories.partnerships import LocationFactory
from tests.helpers import acting
from ui.acts import attempt, attempt_form

pytestmark = pytest.mark.django_db
CHANGED = "Er is iets gewijzigd"


@pytest.fixture
def request_(rf):
    request = rf.post("/")
    request.session = {}
    request._messages = FallbackStorage(request)
    return request


@pytest.fixture
def gone():
    """An act on a row that was there when its page was made."""
    location = LocationFactory()
    by = acting(location.organisation, Role.MANAGER)
    act = partial(returns.location, location_id=location.pk, by=by, read=None)
    location.delete()
    return act


def test_row_that_is_gone_under_the_lock_has_changed_meanwhile(request_, gone):
    assert not attempt(request_, gone, "Gelukt")
    (message,) = get_messages(request_)
    assert CHANGED in str(message)


def test_form_over_a_row_that_is_gone_keeps_what_was_typed(request_, gone):
    form = forms.Form({})
    assert not attempt_form(request_, form, gone, "Gelukt")
    assert CHANGED in str(form.non_field_errors())
