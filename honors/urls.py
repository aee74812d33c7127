"""Addresses of this app."""

from django.urls import URLPattern, URLResolver

app_name = "honors"
urlpatterns: list[URLPattern | URLResolver] = []
