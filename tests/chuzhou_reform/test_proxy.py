import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from chuzhou_reform.proxy import RealAddress


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ({}, "127.0.0.1"),
        ({"HTTP_X_FORWARDED_FOR": "10.1.2.3"}, "10.1.2.3"),
        ({"HTTP_X_FORWARDED_FOR": "forged, 10.1.2.3"}, "10.1.2.3"),
    ],
)
def test_the_address_is_the_one_nginx_saw(headers, expected):
    request = RequestFactory().get("/", **headers)
    RealAddress(lambda request: HttpResponse())(request)
    assert request.META["REMOTE_ADDR"] == expected
