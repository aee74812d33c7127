import io

import pytest

from core.models import SourceSection
from tests.core.threads import in_threads

pytestmark = pytest.mark.django_db
POLICY = (
    "default-src 'self'; script-src 'self'; "
    "style-src 'self' 'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='; img-src 'self' data: blob:; "
    "font-src 'self'; connect-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)


def refusal(response):
    return response.status_code, response.context["message"]


@pytest.mark.parametrize("url", ["/t/list/?q=%00", "/t/list/?q=%E4%B8%80&q=a%00b", "/t/list/?%00=1"])
def test_nul_in_a_query_is_refused(site, url):
    assert refusal(site.get(url)) == (400, "查询条件含有无法识别的空字符（NUL），没有保存任何内容。")


def test_nul_in_a_path_is_refused(site):
    assert refusal(site.get("/t/fail/a%00b/")) == (400, "网址含有无法识别的空字符（NUL），没有保存任何内容。")


def test_nul_in_a_form_is_refused(site):
    assert refusal(site.post("/t/add/", {"code": "a\x00"})) == (
        400,
        "表单内容含有无法识别的空字符（NUL），没有保存任何内容。",
    )
    encoded = "application/x-www-form-urlencoded"
    assert site.post("/t/add/", "code=%00", content_type=encoded).status_code == 400


def test_upload_with_a_good_name_passes(site):
    file = io.BytesIO(b"\x00")
    file.name = "审签单.pdf"
    assert site.post("/t/echo/", {"file": file}).status_code == 200


def test_every_answer_carries_policy_request_id_and_private_caching(site):
    headers = site.get("/t/echo/", headers={"X-Request-Id": "edge-12345678"}).headers
    assert headers["Content-Security-Policy"] == POLICY
    assert (headers["X-Request-Id"], headers["Cache-Control"]) == ("edge-12345678", "private, no-cache")
    assert headers["Vary"] == "Cookie, HX-Request"


def test_foreign_request_id_is_replaced(site):
    headers = site.get("/t/echo/", headers={"X-Request-Id": "a b\nc"}).headers
    assert (len(headers["X-Request-Id"]), headers["X-Request-Id"].isalnum()) == (32, True)


def test_answer_to_a_form_is_not_stored(site):
    assert site.post("/t/add/", {}).headers["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize(
    ("query", "codes"),
    [
        ("", "S1 S2"),
        ("?page=2", "S3"),
        ("?page=99", "S3"),
        ("?page=-1", "S1 S2"),
        ("?page=1e9", "S1 S2"),
        ("?page=٢", "S1 S2"),
        ("?sort=-code", "S3 S2"),
        ("?sort=title;drop", "S1 S2"),
        ("?sort=password", "S1 S2"),
    ],
)
def test_list_parameters_are_typed_and_bounded(site, query, codes):
    SourceSection.objects.bulk_create(SourceSection(code=f"S{number}", title="标题") for number in (3, 1, 2))
    assert site.get(f"/t/list/{query}").content.decode() == codes


def test_list_asks_the_same_number_of_queries_for_one_and_three_rows(site, django_assert_num_queries):
    for number in (1, 2, 3):
        SourceSection.objects.create(code=f"S{number}", title="标题")
        with django_assert_num_queries(2):
            site.get("/t/list/")


@pytest.mark.parametrize("address", ["/healthz/live", "/healthz/ready"])
def test_health_is_answered(site, address):
    response = site.get(address)
    assert (response.status_code, response.json()) == (200, {"status": "ok"})
    assert response.headers["Cache-Control"] == "private, no-store"


def test_liveness_does_not_ask_the_database(site, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert site.get("/healthz/live").status_code == 200


def test_fixed_date_rules_in_tests(site, settings):
    settings.PORTAL_TODAY = "2026-10-08"
    assert site.get("/t/echo/").content == b"2026-10-08"


def test_threads_report_what_they_raise():
    assert [type(error) for error in in_threads(lambda number: 1 // number, 2)] == [ZeroDivisionError]
