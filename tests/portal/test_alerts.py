"""deploy/prometheus/alerts.yml asks for figures that the portal tells, and hears of a first mistake as of any other."""

import re

import pytest
from django.conf import settings as django_settings
from django.urls import reverse
from prometheus_client.openmetrics.parser import text_string_to_metric_families as parsed

from accounts.enums import SecurityKind
from core.tasks import load_holidays
from portal import reports
from tests.factories.accounts import SecurityEventFactory

TOKEN = "a-token-of-this-test-alone"
ASKS = {"Authorization": f"Bearer {TOKEN}", "Accept": "application/openmetrics-text; version=1.0.0"}
ALERTS = (django_settings.ROOT / "deploy/prometheus/alerts.yml").read_text()
ASKED = re.compile(r"(leerpact_\w+)(?:\{([^}]*)\})?")
LABEL = re.compile(r'(\w+)=~?"([^"]*)"')
pytestmark = pytest.mark.django_db


def test_alerts_ask_for_figures_that_are_told(client, settings):
    settings.METRICS_TOKEN = TOKEN
    reports.tell(ValueError(), "home")
    load_holidays.apply()
    SecurityEventFactory(kind="throttled")
    client.get(reverse("home"))
    text = client.get(reverse("metrics"), headers=ASKS).content.decode()
    told = {}
    for family in parsed(text):
        for sample in family.samples:
            told.setdefault(sample.name, set()).update(sample.labels)
    asked = ASKED.findall(ALERTS)
    assert len({name for name, _labels in asked}) >= 8
    for name, labels in asked:
        assert name in told
        assert {label for label, _value in LABEL.findall(labels)} <= told[name], name
    kinds = {value for _name, labels in asked for label, value in LABEL.findall(labels) if label == "kind"}
    assert kinds <= set(SecurityKind.values)


def test_first_of_a_kind_is_heard():
    """A count with labels is not there before its first one, of which `increase` sees no rise."""
    counted = re.findall(r"increase\((leerpact_\w+\{[^}]*\})\[(\w+)\]\)", ALERTS)
    assert len(counted) == ALERTS.count("increase(leerpact_") >= 3
    for what, time in counted:
        assert f"({what} unless {what} offset {time}) or increase({what}[{time}])" in ALERTS
