"""Addresses of this app, and exactly the pages of allauth that this portal has, under Dutch paths.

allauth looks its pages up by their own names, so those stand outside the namespace. Sign-up, login codes, signing in
with a passkey alone, and the headless API are not mounted.
"""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from allauth.socialaccount import views as social
from allauth.socialaccount.providers.openid_connect import views as oidc
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.urls import URLPattern, URLResolver, include, path, re_path

from accounts.views import (
    codes,
    devices,
    events,
    fresh,
    invitations,
    links,
    outgoing,
    own_data,
    passkeys,
    passwords,
    profiles,
    sign_ups,
    support,
    verify,
)

own = [
    path("account/", profiles.profile, name="profile"),
    path("account/gegevens/", own_data.own_data, name="own-data"),
    path("account/gegevens/leerpact.json", own_data.record_json, name="own-record-json"),
    path("account/gegevens/leerpact.pdf", own_data.record_pdf, name="own-record-pdf"),
    path("account/gegevens/leerpact.zip", own_data.record_files, name="own-record-files"),
    path("controleren/", verify.verify, name="verify"),
    path("account/gegevens/wissen/", own_data.erasure_ask, name="erasure-ask"),
    path("account/gegevens/wissen/intrekken/", own_data.erasure_withdraw, name="erasure-withdraw"),
    path("account/beheer/", support.support, name="support"),
    path("account/tweede-stap/qr/", profiles.totp_qr, name="totp-qr"),
    path("account/nieuw/", sign_ups.sign_up, name="sign-up"),
    path("account/nieuw/verstuurd/", sign_ups.sign_up_sent, name="sign-up-sent"),
    path("account/nieuw/<str:token>/", sign_ups.sign_up_open, name="sign-up-open"),
    path("account/code/", codes.signing_code, name="signing-code"),
    path("beheer/gebeurtenissen/", events.event_list, name="event-list"),
    path("beheer/mail/", outgoing.mail_list, name="mail-list"),
    path("beheer/mail/opnieuw/", outgoing.mail_send_again, name="mail-send-again"),
    path("beheer/mail/alle-opnieuw/", outgoing.mail_send_all_again, name="mail-send-all-again"),
    path("beheer/mail/stoppen/", outgoing.mail_cancel, name="mail-cancel"),
    path("beheer/mail/terug/", outgoing.mail_restore, name="mail-restore"),
    path("uitnodiging/<str:token>/", invitations.invitation, name="invitation"),
    path("uitnodiging/<str:token>/nieuwe-link/", invitations.invitation_renew, name="invitation-renew"),
    path("link/<str:token>/", links.personal_link, name="personal-link"),
    path("link/<str:token>/nieuwe-link/", links.personal_link_renew, name="personal-link-renew"),
]

account_patterns = [
    path("inloggen/", account.login, name="account_login"),
    path("uitloggen/", account.logout, name="account_logout"),
    path("niet-actief/", account.account_inactive, name="account_inactive"),
    path("bevestigen/", fresh.reauthenticate, name="account_reauthenticate"),
    path("e-mail/", account.email, name="account_email"),
    path("e-mail/bevestigen/", account.email_verification_sent, name="account_email_verification_sent"),
    path("e-mail/bevestigen/<str:key>/", account.confirm_email, name="account_confirm_email"),
    path("wachtwoord/", account.password_change, name="account_change_password"),
    path("wachtwoord/instellen/", account.password_set, name="account_set_password"),
    path("wachtwoord/vergeten/", account.password_reset, name="account_reset_password"),
    path("wachtwoord/vergeten/verstuurd/", account.password_reset_done, name="account_reset_password_done"),
    path(
        "wachtwoord/nieuw/klaar/",
        account.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    re_path(
        r"^wachtwoord/nieuw/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>[^/]+)/$",
        passwords.password_new,
        name="account_reset_password_from_key",
    ),
    path("tweede-stap/", mfa.index, name="mfa_index"),
    path("tweede-stap/code/", mfa.authenticate, name="mfa_authenticate"),
    path("tweede-stap/bevestigen/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("tweede-stap/app/", totp.activate_totp, name="mfa_activate_totp"),
    path("tweede-stap/app/uit/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("tweede-stap/passkey/", passkeys.add, name="mfa_add_webauthn"),
    path("tweede-stap/passkey/bevestigen/", passkeys.reauthenticate, name="mfa_reauthenticate_webauthn"),
    path("tweede-stap/passkey/<int:pk>/weg/", passkeys.remove, name="mfa_remove_webauthn"),
    path("tweede-stap/herstelcodes/", recovery.view_recovery_codes, name="mfa_view_recovery_codes"),
    path(
        "tweede-stap/herstelcodes/nieuw/",
        recovery.generate_recovery_codes,
        name="mfa_generate_recovery_codes",
    ),
    path(
        "tweede-stap/herstelcodes/bestand/",
        recovery.download_recovery_codes,
        name="mfa_download_recovery_codes",
    ),
    path("sessies/", devices.device_list, name="usersessions_list"),
]

# Signing in through a federation exists where the settings name one.
federation_patterns = [
    path("", social.connections, name="socialaccount_connections"),
    path("afgebroken/", social.login_cancelled, name="socialaccount_login_cancelled"),
    path("mislukt/", login_not_required(social.login_error), name="socialaccount_login_error"),
    path("<str:provider_id>/", oidc.login, name="openid_connect_login"),
    path("<str:provider_id>/terug/", oidc.callback, name="openid_connect_callback"),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include((own, "accounts"))),
    path("account/", include(account_patterns)),
]
if settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"]:
    urlpatterns.append(path("account/organisatie/", include(federation_patterns)))
