"""Who gets what from the pages about accounts."""

import pytest
from django.urls import NoReverseMatch, reverse

from tests.accounts.signing import sign_in
from tests.accounts.test_second_factor import with_second_step
from tests.factories.accounts import InvitationFactory, PersonalLinkFactory
from tests.helpers import closed, made_from
from tests.roles import Around, enter, expected, people

COLUMNS = ("anonymous", "outsider", "pending", "closed", "administrator")
SIGNED_IN = {"outsider": 200, "administrator": 200, "*": 302}
MATRIX = {
    ("GET", "profile"): SIGNED_IN,
    ("POST", "profile"): {"*": 302},
    ("GET", "support"): SIGNED_IN,
    ("GET", "signing-code"): {
        "outsider": 404,
        "administrator": 404,
        "*": 302,
    },  # on the way to a signature only
    ("POST", "signing-code"): {"outsider": 404, "administrator": 404, "*": 302},
    ("GET", "event-list"): {"outsider": 403, "*": 302},  # with a second step: test_security_events.py,
    ("GET", "mail-list"): {"outsider": 403, "*": 302},  # with a second step: test_outgoing.py
    ("POST", "mail-send-again"): {"outsider": 403, "*": 302},
    ("POST", "mail-send-all-again"): {"outsider": 403, "*": 302},
    ("POST", "mail-cancel"): {"outsider": 403, "*": 302},
    ("POST", "mail-restore"): {"outsider": 403, "*": 302},
    ("GET", "own-data"): SIGNED_IN,
    ("GET", "own-record-json"): {"*": 302},  # asks the password first
    ("GET", "own-record-pdf"): {"*": 302},
    ("GET", "own-record-files"): {"*": 302},
    ("GET", "verify"): {"*": 200},
    ("POST", "verify"): {"*": 200},
    ("GET", "erasure-ask"): {"*": 302},  # asks the password first
    ("POST", "erasure-ask"): {"*": 302},
    ("POST", "erasure-withdraw"): {"*": 302},
    ("GET", "totp-qr"): {
        "outsider": 404,
        "administrator": 404,
        "*": 302,
    },  # 200 while setting up: test_second_factor.py
    ("GET", "sign-up"): {"outsider": 302, "administrator": 302, "*": 200},
    ("POST", "sign-up"): {"outsider": 302, "administrator": 302, "*": 200},
    ("GET", "sign-up-sent"): {"*": 200},
    ("GET", "sign-up-open"): {"outsider": 302, "administrator": 302, "*": 404},  # a link that does not work
    ("POST", "sign-up-open"): {"outsider": 302, "administrator": 302, "*": 404},
    ("GET", "invitation"): {"*": 200},  # what it shows depends on the address: test_invitations.py
    ("POST", "invitation"): {"*": 200},  # without the invited address nothing is accepted
    ("POST", "invitation-renew"): {"*": 200},
    ("GET", "personal-link"): {"*": 200},  # the secret in it is what opens it: test_links.py
    ("POST", "personal-link"): {"*": 302},
    ("POST", "personal-link-renew"): {"*": 200},
    ("GET", "account_login"): {"anonymous": 200, "closed": 200, "*": 302},
    ("POST", "account_login"): {"anonymous": 200, "closed": 200, "*": 302},
    ("GET", "account_logout"): SIGNED_IN,
    ("POST", "account_logout"): {"*": 302},
    ("GET", "account_inactive"): {"*": 200},
    ("GET", "account_reauthenticate"): SIGNED_IN,
    ("POST", "account_reauthenticate"): SIGNED_IN,
    ("GET", "account_email"): SIGNED_IN,
    ("POST", "account_email"): {"*": 302},
    ("GET", "account_email_verification_sent"): {"*": 200},
    ("GET", "account_confirm_email"): {"*": 200},  # a link that does not work; POST in test_signing_in
    ("POST", "account_confirm_email"): {"*": 404},
    ("GET", "account_change_password"): SIGNED_IN,
    ("POST", "account_change_password"): SIGNED_IN,
    ("GET", "account_set_password"): {"*": 302},
    ("POST", "account_set_password"): {"*": 302},
    ("GET", "account_reset_password"): {"*": 200},
    ("POST", "account_reset_password"): {"*": 200},
    ("GET", "account_reset_password_done"): {"*": 200},
    ("GET", "account_reset_password_from_key"): {"*": 200},
    ("POST", "account_reset_password_from_key"): {"*": 200},
    ("GET", "account_reset_password_from_key_done"): {"*": 200},
    ("GET", "mfa_index"): SIGNED_IN,
    ("GET", "mfa_authenticate"): {"pending": 200, "*": 302},
    ("POST", "mfa_authenticate"): {"pending": 200, "*": 302},
    ("GET", "mfa_reauthenticate"): {"*": 302},
    ("POST", "mfa_reauthenticate"): {"*": 302},
    ("GET", "mfa_activate_totp"): {"*": 302},  # asks the password first
    ("POST", "mfa_activate_totp"): {"*": 302},
    ("GET", "mfa_deactivate_totp"): {"outsider": 404, "administrator": 404, "*": 302},
    ("POST", "mfa_deactivate_totp"): {"outsider": 404, "administrator": 404, "*": 302},
    ("GET", "mfa_add_webauthn"): {"*": 302},  # asks the password first
    ("POST", "mfa_add_webauthn"): {"*": 302},
    ("GET", "mfa_reauthenticate_webauthn"): {"*": 302},
    ("POST", "mfa_reauthenticate_webauthn"): {"*": 302},
    ("GET", "mfa_remove_webauthn"): {"*": 302},
    ("POST", "mfa_remove_webauthn"): {"*": 302},
    ("GET", "mfa_view_recovery_codes"): {"outsider": 404, "administrator": 404, "*": 302},
    ("GET", "mfa_generate_recovery_codes"): {"*": 302},
    ("POST", "mfa_generate_recovery_codes"): {"*": 302},
    ("GET", "mfa_download_recovery_codes"): {"outsider": 404, "administrator": 404, "*": 302},
    ("GET", "usersessions_list"): SIGNED_IN,
    ("POST", "usersessions_list"): {"*": 302},
}

ARGUMENTS = {
    "sign-up-open": ["x:y:z"],
    "invitation": ["geheim-1234"],
    "invitation-renew": ["geheim-1234"],
    "personal-link": ["verborgen-1234"],
    "personal-link-renew": ["verborgen-1234"],
    "account_confirm_email": ["x:y:z"],
    "account_reset_password_from_key": ["1", "abc-def"],
    "mfa_remove_webauthn": [1],
}
DATA = {"profile": {"first_name": "A", "last_name": "B", "language": "nl"}}


def become(client, column):
    """Signs the column's person in, as far as that person is."""
    person = people([column], Around())[column]
    if column == "pending":
        sign_in(client, with_second_step().email)
    elif column == "closed":
        enter(client, person)
        closed(person)
    else:
        enter(client, person)


@pytest.mark.django_db
@pytest.mark.parametrize("column", COLUMNS)
@pytest.mark.parametrize(("method", "name"), MATRIX)
def test_access(client, method, name, column):
    become(client, column)
    InvitationFactory(token="geheim-1234")
    PersonalLinkFactory(token="verborgen-1234")
    arguments = ARGUMENTS.get(name, [])
    try:
        path = reverse(f"accounts:{name}", args=arguments)
    except NoReverseMatch:
        path = reverse(name, args=arguments)
    data = DATA.get(name, {})
    if method == "POST" and data:
        data = data | made_from(client, path)
    response = getattr(client, method.lower())(path, data)
    assert response.status_code == expected(MATRIX, column)[method, name]
