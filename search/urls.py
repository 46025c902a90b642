"""Addresses of this app."""

from django.urls import path

from search.views import search

app_name = "search"

urlpatterns = [path("zoeken/", search.search, name="search")]
