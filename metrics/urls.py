"""Addresses of this app."""

from django.urls import path

from metrics import views

app_name = "metrics"
urlpatterns = [
    path("metrics/", views.indicator_list, name="list"),
    path("metrics/export/", views.indicator_export, name="export"),
    path("metrics/<slug:code>/", views.indicator_detail, name="detail"),
    path("tasks/<uuid:uid>/figures/", views.task_figures, name="task-figures"),
]
