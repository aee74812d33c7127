"""Addresses of this app."""

from django.urls import path

from activities import views

app_name = "activities"
urlpatterns = [path("activities/industries/", views.industry_list, name="industries")]
