"""The registers in the admin: every page opens, each save is audited, rules answer in Chinese."""

import pytest
from django.urls import reverse

from core.models import AuditEvent
from organization.models import Tenure, Unit
from tests import factories

pytestmark = pytest.mark.django_db
REGISTERS = {
    "unit": factories.unit,
    "unitname": factories.unit_name,
    "unitalias": factories.unit_alias,
    "unitset": factories.unit_set,
    "unitsetmember": factories.unit_set_member,
    "coordinationgroup": factories.group,
    "groupterm": factories.group_term,
    "groupmember": factories.group_member,
    "person": factories.person,
    "seat": factories.seat,
    "tenure": factories.tenure,
}
INLINES = {
    f"{prefix}-{field}": "0"
    for prefix in ("names", "aliases", "tenures")
    for field in ("TOTAL_FORMS", "INITIAL_FORMS")
}


@pytest.mark.parametrize("model", REGISTERS)
def test_every_page_of_a_register_opens(client_for, office_clerk, model):
    row, client = REGISTERS[model](), client_for(office_clerk)
    urls = [reverse(f"admin:organization_{model}_{page}") for page in ("changelist", "add")]
    urls += [reverse(f"admin:organization_{model}_{page}", args=[row.pk]) for page in ("change", "history")]
    assert [client.get(url).status_code for url in urls] == [200] * 4
    assert client.get(urls[0], {"q": "市"}).status_code == 200


@pytest.mark.parametrize("model", ["user", "rolegrant", "pastpassword"])
def test_accounts_and_grants_are_closed_to_the_office(client_for, office_clerk, model):
    for page in ("changelist", "add"):
        answer = client_for(office_clerk).get(reverse(f"admin:organization_{model}_{page}"))
        assert answer.status_code == 403


def test_saving_a_unit_is_audited(client_for, office_clerk):
    unit = factories.unit(name="市旧名局")
    typed = {"name": "市新名局", "short_name": "新局", "code": unit.code, "kind": unit.kind, "position": "9"}
    url = reverse("admin:organization_unit_change", args=[unit.pk])
    assert client_for(office_clerk).post(url, typed | INLINES | {"seen_version": "1"}).status_code == 302
    event = AuditEvent.objects.get(object_kind="organization.Unit")
    assert (event.action, event.before["单位名称"], event.after["单位名称"]) == (
        "后台修改",
        "市旧名局",
        "市新名局",
    )
    assert Unit.objects.get(pk=unit.pk).name == "市新名局"


def test_overlapping_tenure_is_answered_in_the_form(client_for, office_clerk):
    held = factories.tenure()
    typed = {"seat": held.seat.pk, "person": factories.person().pk, "started_on": "2026-02-01"}
    answer = client_for(office_clerk).post(reverse("admin:organization_tenure_add"), typed)
    assert answer.context["errors"] == [[Tenure.overlap_message]]


def test_registers_are_never_deleted(client_for, office_head):
    unit = factories.unit()
    answer = client_for(office_head).post(
        reverse("admin:organization_unit_delete", args=[unit.pk]), {"post": "yes"}
    )
    assert (answer.status_code, Unit.objects.filter(pk=unit.pk).exists()) == (403, True)


@pytest.mark.parametrize("model", ["unit", "seat", "groupmember", "tenure"])
def test_registers_cost_the_same_for_one_and_three_rows(
    client_for, office_clerk, django_assert_max_num_queries, model
):
    client, url = client_for(office_clerk), reverse(f"admin:organization_{model}_changelist")
    REGISTERS[model]()
    with django_assert_max_num_queries(8) as first:
        client.get(url)
    REGISTERS[model](), REGISTERS[model]()
    with django_assert_max_num_queries(8) as second:
        client.get(url)
    assert len(first) == len(second)


def test_figures_have_no_idle_zeros_and_dates_one_spelling(client_for, office_clerk):
    client, target = client_for(office_clerk), factories.target(value="84.0000")
    listed = client.get(reverse("admin:metrics_target_changelist")).content.decode()
    form = client.get(reverse("admin:metrics_target_change", args=[target.pk])).content.decode()
    assert (listed.count("84.0000"), form.count('value="84.0000"'), form.count('value="84"')) == (0, 0, 1)
    seat = factories.tenure().seat
    form = client.get(reverse("admin:organization_seat_change", args=[seat.pk])).content.decode()
    assert form.count('value="2026-01-01"') >= 1
