"""Addresses of this app."""

from django.urls import path

from dashboards import views

app_name = "dashboards"
urlpatterns = [
    path("dashboard/", views.home, name="home"),
    path("dashboard/picture/<slug:code>/", views.picture, name="picture"),
    path("dashboard/tasks/", views.tasks, name="tasks"),
    path("dashboard/tasks/export/", views.tasks_export, name="tasks-export"),
]
