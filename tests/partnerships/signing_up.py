"""Signing up for a call, as an employer without an account does."""

from typing import Any

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from partnerships.models import Call

ANSWERS = {
    "organisation_name": "Zorggroep De Linde",
    "contact_name": "Noor Voorbeeld",
    "email": "Noor@Linde.example",
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
