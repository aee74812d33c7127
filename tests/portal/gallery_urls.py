"""The portal's addresses with the developers' gallery, which the test settings leave out."""

from django.urls import path

from chuzhou_reform.urls import handler400, handler403, handler404, handler500
from chuzhou_reform.urls import urlpatterns as real
from portal.gallery import gallery

__all__ = ["handler400", "handler403", "handler404", "handler500"]
urlpatterns = [*real, path("gallery/", gallery, name="gallery")]
