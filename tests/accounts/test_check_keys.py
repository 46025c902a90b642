"""After a back-up was put back: whether the secrets of second steps can still be read."""

import json
from io import StringIO

import pytest
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from django.core.management import CommandError, call_command

from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db


def checked():
    out = StringIO()
    call_command("check_keys", stdout=out)
    return json.loads(out.getvalue())


def test_another_key_is_told_and_the_former_one_opens(settings):
    user, encrypt = UserFactory(), get_adapter().encrypt
    kinds = {
        Authenticator.Type.TOTP: {"secret": encrypt("a")},
        Authenticator.Type.RECOVERY_CODES: {"seed": encrypt("b")},
    }
    for kind, data in kinds.items():
        Authenticator.objects.create(user=user, type=kind, data=data)
    assert checked() == {"secrets": 2, "unreadable": 0}
    former, settings.SECRET_KEY = settings.SECRET_KEY, "another" * 10
    with pytest.raises(CommandError, match="2 of 2 secrets"):
        checked()
    settings.SECRET_KEY_FALLBACKS = [former]
    assert checked() == {"secrets": 2, "unreadable": 0}
