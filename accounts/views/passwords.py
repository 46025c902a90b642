"""A new password, through the link in a mail."""

from __future__ import annotations

from typing import Any

from allauth.account.views import PasswordResetFromKeyView
from django.http import HttpResponse

from accounts.services import throttles
from core import visitors


class PasswordNewView(PasswordResetFromKeyView):
    """allauth's page; who opened the mailbox is let in again, also when a stranger had locked the account."""

    def form_valid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        throttles.clear(limit=throttles.WRONG_PASSWORDS, key=self.reset_user.email)
        visitors.remember_device(response, self.reset_user.email)
        return response


password_new = PasswordNewView.as_view()
