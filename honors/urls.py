"""Addresses of this app."""

from django.urls import path

from honors import views

app_name = "honors"
urlpatterns = [
    path("honors/", views.honor_list, name="list"),
    path("honors/export/", views.honor_export, name="export"),
    path("honors/units/<slug:code>/", views.unit_honors, name="unit-honors"),
    path("honors/<slug:code>/", views.batch_detail, name="batch"),
]
