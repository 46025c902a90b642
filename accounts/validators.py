"""What a password must be; Django's own checks, in our words."""

from __future__ import annotations

from django.contrib.auth import password_validation as django_checks
from django.utils.translation import gettext as _


class LongEnough(django_checks.MinimumLengthValidator):
    def get_error_message(self) -> str:
        return _("Choose a longer password: at least %(min_length)d characters.")


class NotLikeThePerson(django_checks.UserAttributeSimilarityValidator):
    def get_error_message(self) -> str:
        return _("Choose a password that looks less like your name or email address.")


class NotCommon(django_checks.CommonPasswordValidator):
    def get_error_message(self) -> str:
        return _("Many people have this password. Choose another one.")
