"""Signing up for a call, as an employer without an account does."""

from typing import Any

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from core import versions
from partnerships.models import Call, SignUp

ANSWERS = {
    "organisation_name": "Zorggroep De Linde",
    "contact_name": "Noor Voorbeeld",
    "email": "Noor@Linde.example",
    "phone": "06 12345678",
    "places": "10",
    "neighbourhood": "Overvecht",
    "setting": "verpleeghuis",
    "condition": "",
    "remark": "Graag in februari.",
    "consent": "on",
}


def sign_up_url(call: Call) -> str:
    return reverse("partnerships:call-sign-up", args=[call.slug])


def post(client: Client, call: Call, **changes: Any) -> HttpResponse:
    return client.post(sign_up_url(call), {**ANSWERS, **changes})


def confirm(client: Client, page: str, **options: Any) -> HttpResponse:
    """Press the button on the page of what one signed up with, for the only call there is."""
    return client.post(page, {"read": versions.of(SignUp.objects.get())}, **options)
