"""Who gets what from the pages about accounts. Columns: anonymous, signed in, with a second step pending, administrator."""

import pytest
from django.urls import NoReverseMatch, reverse

from tests.accounts.test_second_factor import with_second_step
from tests.accounts.test_signing_in import sign_in
from tests.factories.accounts import InvitationFactory, UserFactory
from tests.helpers import login

ACTORS = ("anonymous", "signed_in", "pending", "closed", "administrator")

MATRIX = {  #                             anonymous, signed in, pending, closed, administrator
    ("GET", "profile"): (302, 200, 302, 302, 200),
    ("POST", "profile"): (302, 302, 302, 302, 302),
    ("GET", "totp-qr"): (302, 404, 302, 302, 404),  # 200 only while setting up: test_second_factor.py
    ("GET", "invitation"): (
        200,
        200,
        200,
        200,
        200,
    ),  # what it shows depends on the address: test_invitations.py
    ("POST", "invitation"): (200, 200, 200, 200, 200),  # without the invited address nothing is accepted
    ("POST", "invitation-renew"): (200, 200, 200, 200, 200),
    ("GET", "account_login"): (200, 302, 302, 200, 302),
    ("POST", "account_login"): (200, 302, 302, 200, 302),
    ("GET", "account_logout"): (302, 200, 302, 302, 200),
    ("POST", "account_logout"): (302, 302, 302, 302, 302),
    ("GET", "account_inactive"): (200, 200, 200, 200, 200),
    ("GET", "account_reauthenticate"): (302, 200, 302, 302, 200),
    ("POST", "account_reauthenticate"): (302, 200, 302, 302, 200),
    ("GET", "account_email"): (302, 200, 302, 302, 200),
    ("POST", "account_email"): (302, 302, 302, 302, 302),
    ("GET", "account_email_verification_sent"): (200, 200, 200, 200, 200),
    ("GET", "account_confirm_email"): (
        200,
        200,
        200,
        200,
        200,
    ),  # a link that does not work; POST in test_signing_in
    ("POST", "account_confirm_email"): (404, 404, 404, 404, 404),
    ("GET", "account_change_password"): (302, 200, 302, 302, 200),
    ("POST", "account_change_password"): (302, 200, 302, 302, 200),
    ("GET", "account_set_password"): (302, 302, 302, 302, 302),
    ("POST", "account_set_password"): (302, 302, 302, 302, 302),
    ("GET", "account_reset_password"): (200, 200, 200, 200, 200),
    ("POST", "account_reset_password"): (200, 200, 200, 200, 200),
    ("GET", "account_reset_password_done"): (200, 200, 200, 200, 200),
    ("GET", "account_reset_password_from_key"): (200, 200, 200, 200, 200),
    ("POST", "account_reset_password_from_key"): (200, 200, 200, 200, 200),
    ("GET", "account_reset_password_from_key_done"): (200, 200, 200, 200, 200),
    ("GET", "mfa_index"): (302, 200, 302, 302, 200),
    ("GET", "mfa_authenticate"): (302, 302, 200, 302, 302),
    ("POST", "mfa_authenticate"): (302, 302, 200, 302, 302),
    ("GET", "mfa_reauthenticate"): (302, 302, 302, 302, 302),
    ("POST", "mfa_reauthenticate"): (302, 302, 302, 302, 302),
    ("GET", "mfa_activate_totp"): (302, 302, 302, 302, 302),  # asks the password first
    ("POST", "mfa_activate_totp"): (302, 302, 302, 302, 302),
    ("GET", "mfa_deactivate_totp"): (302, 404, 302, 302, 404),
    ("POST", "mfa_deactivate_totp"): (302, 404, 302, 302, 404),
    ("GET", "mfa_view_recovery_codes"): (302, 404, 302, 302, 404),
    ("GET", "mfa_generate_recovery_codes"): (302, 302, 302, 302, 302),
    ("POST", "mfa_generate_recovery_codes"): (302, 302, 302, 302, 302),
    ("GET", "mfa_download_recovery_codes"): (302, 404, 302, 302, 404),
    ("GET", "usersessions_list"): (302, 200, 302, 302, 200),
    ("POST", "usersessions_list"): (302, 302, 302, 302, 302),
}

ARGUMENTS = {
    "invitation": ["geheim-1234"],
    "invitation-renew": ["geheim-1234"],
    "account_confirm_email": ["x:y:z"],
    "account_reset_password_from_key": ["1", "abc-def"],
}
DATA = {"profile": {"first_name": "A", "last_name": "B", "language": "nl"}}


def become(client, actor):
    if actor == "signed_in":
        login(client, UserFactory())
    elif actor == "administrator":
        login(client, UserFactory(admin=True))
    elif actor == "pending":
        sign_in(client, with_second_step().email)
    elif actor == "closed":
        user = UserFactory()
        login(client, user)
        user.is_active = False
        user.save()


@pytest.mark.django_db
@pytest.mark.parametrize("actor", ACTORS)
@pytest.mark.parametrize(("method", "name"), MATRIX)
def test_access(client, method, name, actor):
    become(client, actor)
    InvitationFactory(token="geheim-1234")
    arguments = ARGUMENTS.get(name, [])
    try:
        path = reverse(f"accounts:{name}", args=arguments)
    except NoReverseMatch:
        path = reverse(name, args=arguments)
    response = getattr(client, method.lower())(path, DATA.get(name, {}))
    assert response.status_code == MATRIX[method, name][ACTORS.index(actor)]
