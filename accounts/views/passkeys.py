"""The pages of a passkey as the second step: allauth's, with what was wrong said on the spot.

The browser asks the phone, computer or key, and puts the answer in the form (`static/js/passkey.js`). Without a script there
is the app for codes.
"""

from __future__ import annotations

from allauth.mfa.webauthn import views
from django.http import HttpResponse
from django.urls import reverse_lazy

from accounts.forms.passkeys import ReauthenticatePasskeyForm


class ReauthenticateView(views.ReauthenticateWebAuthnView):
    """allauth's page, which says what was wrong on the spot."""

    def form_invalid(self, form: ReauthenticatePasskeyForm) -> HttpResponse:
        """Show the page again."""
        return self.render_to_response(self.get_context_data(form=form))


add = views.add_webauthn
reauthenticate = ReauthenticateView.as_view()
remove = views.RemoveWebAuthnView.as_view(success_url=reverse_lazy("mfa_index"))
