"""Addresses of this app."""

from django.urls import path

from portal.views import audit, downloads, home, notices

app_name = "portal"
urlpatterns = [
    path("", home.home, name="home"),
    path("library/", home.library, name="library"),
    path("downloads/", downloads.downloads, name="downloads"),
    path("help/", home.guide, name="help"),
    path("notices/", notices.inbox, name="notices"),
    path("notices/read/", notices.mark_all_read, name="notices-read"),
    path("notices/<uuid:uid>/open/", notices.open_notice, name="notice-open"),
    path("audit/", audit.event_list, name="audit"),
    path("audit/export/", audit.event_export, name="audit-export"),
    path("audit/verify/", audit.verify, name="audit-verify"),
    path("audit/<uuid:uid>/", audit.event_detail, name="audit-event"),
]
