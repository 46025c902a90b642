"""What packages register about people is taken off the administrators' tables: those hold reference data only.

Accounts, their addresses, second steps, devices and invitations are read and mended by a support act, which has a
reason, an end, and a mail to the person.
"""

from __future__ import annotations

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialToken
from allauth.usersessions.models import UserSession
from django.contrib import admin
from django.contrib.auth.models import Group

# The login federation comes from the settings, and groups of rights are not used.
for model in (Authenticator, EmailAddress, Group, SocialAccount, SocialApp, SocialToken, UserSession):
    admin.site.unregister(model)
