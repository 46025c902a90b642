"""What someone looks for."""

from django import forms
from django.utils.translation import gettext_lazy as _

from core.typed import TypedMixin
from search.enums import Found


class SearchForm(TypedMixin, forms.Form):
    """One field; the kind comes along where all of one kind are shown."""

    q = forms.CharField(label=_("What are you looking for?"), max_length=100, required=False, strip=True)
    soort = forms.ChoiceField(choices=Found, required=False)
