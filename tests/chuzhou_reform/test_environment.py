import pytest
from django.core.exceptions import ImproperlyConfigured

from chuzhou_reform import environment


def test_require_names_all_that_is_missing(monkeypatch):
    monkeypatch.setenv("ONE_SETTING", "set")
    monkeypatch.delenv("TWO_SETTING", raising=False)
    monkeypatch.setenv("THREE_SETTING", "  ")
    with pytest.raises(ImproperlyConfigured) as refusal:
        environment.require("ONE_SETTING", "TWO_SETTING", "THREE_SETTING")
    assert str(refusal.value) == "The portal cannot start: set TWO_SETTING, THREE_SETTING in the environment."


def test_refuse_names_what_belongs_to_demonstrations(monkeypatch):
    monkeypatch.setenv("PORTAL_TODAY", "2026-11-22")
    with pytest.raises(ImproperlyConfigured) as refusal:
        environment.refuse("PORTAL_DEMO", "PORTAL_TODAY")
    assert str(refusal.value) == "The portal cannot start: PORTAL_TODAY must not be set in production."


@pytest.mark.parametrize(("text", "expected"), [("", True), ("0", False), ("1", True)])
def test_switch_reads_one_and_zero(monkeypatch, text, expected):
    monkeypatch.setenv("A_SWITCH", text)
    assert environment.switch("A_SWITCH", default=True) is expected


def test_switch_refuses_to_guess(monkeypatch):
    monkeypatch.setenv("A_SWITCH", "yes")
    with pytest.raises(ImproperlyConfigured):
        environment.switch("A_SWITCH", default=False)


def test_words_drop_empty_items(monkeypatch):
    monkeypatch.setenv("SOME_WORDS", "a.example, ,b.example,")
    assert environment.words("SOME_WORDS") == ["a.example", "b.example"]


def test_database_reads_a_socket_directory():
    settings = environment.database("postgres://portal@%2Frun%2Fpostgresql/portal")
    assert (settings["HOST"], settings["USER"], settings["NAME"]) == ("/run/postgresql", "portal", "portal")
    assert settings["OPTIONS"] == {
        "connect_timeout": 2,
        "options": "-c lock_timeout=3s -c statement_timeout=15s -c jit=off",
    }


def test_database_on_sqlite_queues_writers():
    settings = environment.database("sqlite:////tmp/some.sqlite3")
    assert settings["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert (settings["CONN_MAX_AGE"], settings["CONN_HEALTH_CHECKS"]) == (60, True)


def test_email_reads_its_address():
    settings = environment.email("smtps://portal:p%40ss@mail.example")
    assert (settings["EMAIL_HOST"], settings["EMAIL_PORT"], settings["EMAIL_HOST_PASSWORD"]) == (
        "mail.example",
        465,
        "p@ss",
    )


def test_email_refuses_another_scheme():
    with pytest.raises(ImproperlyConfigured):
        environment.email("ftp://mail.example")
