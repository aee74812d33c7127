"""Addresses of the quarter."""

from django.urls import path

from quarters.views import exceptions, handing_in, my, opening, publishing, reports, review, rounds

app_name = "quarters"
urlpatterns = [
    path("my/", my.desk, name="my"),
    path("my/<uuid:uid>/", my.item, name="my-item"),
    path("my/<uuid:uid>/autosave/", my.autosave, name="my-autosave"),
    path("my/<uuid:uid>/submit/", handing_in.submit, name="my-submit"),
    path("my/<uuid:uid>/take-back/", handing_in.take_back, name="my-take-back"),
    path("my/<uuid:uid>/sign/", handing_in.sign, name="my-sign"),
    path("my/<uuid:uid>/send-back/", handing_in.send_back, name="my-send-back"),
    path("review/", review.queue, name="review"),
    path("review/<uuid:uid>/", review.item, name="review-item"),
    path("review/<uuid:uid>/take/", review.take, name="review-take"),
    path("review/<uuid:uid>/release/", review.release, name="review-release"),
    path("review/<uuid:uid>/accept/", review.accept, name="review-accept"),
    path("review/<uuid:uid>/return/", review.send_back, name="review-return"),
    path("rounds/", rounds.index, name="rounds"),
    path("rounds/open/", opening.open_next, name="round-open"),
    path("rounds/<int:year>/<int:quarter>/", rounds.board, name="round"),
    path("rounds/<int:year>/<int:quarter>/export/", rounds.export, name="round-export"),
    path("rounds/<int:year>/<int:quarter>/exceptions/", exceptions.grant, name="round-exceptions"),
    path("rounds/<int:year>/<int:quarter>/publish/", publishing.publish, name="round-publish"),
    path("rounds/<int:year>/<int:quarter>/reports/<uuid:uid>/", reports.report, name="report"),
]
