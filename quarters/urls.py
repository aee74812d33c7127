"""Addresses of this app."""

from django.urls import URLPattern, URLResolver

app_name = "quarters"
urlpatterns: list[URLPattern | URLResolver] = []
