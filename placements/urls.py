"""Addresses of this app, a list per aggregate."""

from django.urls import URLPattern

app_name = "placements"

agreements: list[URLPattern] = []

urlpatterns = [*agreements]
