"""Addresses of this app."""

from django.urls import path

from honors import views

app_name = "honors"
urlpatterns = [
    path("honors/", views.honor_list, name="list"),
    path("honors/export/", views.honor_export, name="export"),
]
