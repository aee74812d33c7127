import pytest
from django.contrib.admin import site as admin_site
from django.forms import modelform_factory
from django.test import RequestFactory

from core import audit, models
from core.admin import AuditedAdmin, ReadOnlyAdmin
from core.models import AuditEvent, SourceSection

pytestmark = pytest.mark.django_db
FIELDS = ["code", "title", "sort_order"]


@pytest.fixture
def post(person):
    request = RequestFactory().post("/admin/")
    request.user = person
    return request


def save(request, section, *, change):
    form = modelform_factory(SourceSection, fields=FIELDS)(instance=section)
    with audit.transaction.atomic():
        admin_site.get_model_admin(SourceSection).save_model(request, section, form, change)


def test_every_save_and_delete_leaves_before_and_after(post):
    section = SourceSection(code="S9", title="甲")
    save(post, section, change=False)
    section.title = "乙"
    save(post, section, change=True)
    with audit.transaction.atomic():
        admin_site.get_model_admin(SourceSection).delete_model(post, section)
    made, changed, gone = AuditEvent.objects.order_by("position")
    assert [event.action for event in (made, changed, gone)] == ["后台新增", "后台修改", "后台删除"]
    assert (made.before, made.after["章节标题"], made.actor_name) == (None, "甲", "王芳")
    assert (changed.before, changed.after) == ({"章节标题": "甲"}, {"章节标题": "乙"})
    assert (gone.before["章节标题"], gone.after) == ("乙", None)


def test_admin_saves_only_with_its_audit_event(post):
    section = SourceSection(code="S9", title="甲")
    with pytest.raises(audit.transaction.TransactionManagementError):
        admin_site.get_model_admin(SourceSection).save_model(post, section, None, False)


@pytest.mark.parametrize(
    "name", ["AuditEvent", "AuditCheckpoint", "ChainHead", "SubmitToken", "Notice", "Job"]
)
def test_machine_rows_are_only_looked_at(name, post):
    registered = admin_site.get_model_admin(getattr(models, name))
    rights = [
        registered.has_add_permission(post),
        registered.has_change_permission(post),
        registered.has_delete_permission(post),
    ]
    assert (isinstance(registered, ReadOnlyAdmin), rights, registered.actions) == (True, [False] * 3, None)


def test_register_offers_no_bulk_delete(post):
    class Everything(AuditedAdmin):
        def get_actions(self, request):
            return super().get_actions(request)

        def has_delete_permission(self, request, obj=None):
            return True

    assert list(Everything(SourceSection, admin_site).get_actions(post)) == []
