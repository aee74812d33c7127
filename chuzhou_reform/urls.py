"""Every address of the portal: one include per app, top floor first, and the admin."""

from django.conf import settings
from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("admin/", admin.site.urls),
    path("", include("portal.urls")),
    path("", include("dashboards.urls")),
    path("", include("quarters.urls")),
    path("", include("activities.urls")),
    path("", include("metrics.urls")),
    path("", include("honors.urls")),
    path("", include("tasks.urls")),
    path("", include("organization.urls")),
    path("", include("core.urls")),
]
handler400 = "core.handlers.bad_request"
handler403 = "core.handlers.permission_denied"
handler404 = "core.handlers.page_not_found"
handler500 = "core.handlers.server_error"
if settings.DEBUG:
    from portal.gallery import gallery

    urlpatterns.append(path("gallery/", gallery, name="gallery"))
