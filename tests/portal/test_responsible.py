"""The standing pages say who answers for the portal, and a host that names nobody is warned."""

import pytest
from django.core.checks import run_checks
from django.test import override_settings

from portal.settings.environment import Operator

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("path", "says_officer"), [("/privacy/", True), ("/toegankelijkheid/", False), ("/hulp/", False)]
)
def test_standing_page_names_the_responsible(client, path, says_officer):
    page = client.get(path).content.decode()
    for part in ("Stichting Proef", "Proefplein 1", "mailto:help@operator.example", "tel:0200000000"):
        assert part in page
    assert ("mailto:officer@operator.example" in page) is says_officer


@override_settings(OPERATOR=Operator(name="Stichting Proef"))
def test_page_leaves_out_what_is_not_set(client):
    page = client.get("/privacy/").content.decode()
    assert "Stichting Proef" in page
    assert "mailto:" not in page


def warnings() -> list[str]:
    return [found.msg for found in run_checks(include_deployment_checks=True) if found.id == "core.W003"]


def test_deploy_check_is_content_with_a_named_operator():
    assert warnings() == []


@override_settings(OPERATOR=Operator(name="Stichting Proef", email="a@b.example"))
def test_deploy_check_names_what_is_missing():
    (warning,) = warnings()
    for name in ("OPERATOR_ADDRESS", "PRIVACY_OFFICER_NAME", "PRIVACY_OFFICER_EMAIL"):
        assert name in warning
    assert "OPERATOR_NAME" not in warning
