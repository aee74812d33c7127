import django.db.models.deletion
from django.db import migrations, models
from django.db.models import F, Q

from core.constraints import RunVendorSQL, check, no_overlap_operation

_NAMES = no_overlap_operation(
    "organization_unitname_no_overlap",
    table="organization_unitname",
    keys=("unit_id",),
    starts="started_on",
    ends="ended_on",
)


def _again(*, forwards: list[str], backwards: list[str]) -> RunVendorSQL:
    """SQLite rebuilds the table of names and loses its triggers: they are made again, in both directions."""
    return RunVendorSQL(
        postgresql=[], postgresql_reverse=[], sqlite=forwards, sqlite_reverse=backwards, note=_NAMES.note
    )


class Migration(migrations.Migration):
    dependencies = [("organization", "0002_no_overlap")]

    operations = [
        _again(forwards=[], backwards=_NAMES.sqlite),
        migrations.AddField(
            model_name="unit",
            name="lock_version",
            field=models.PositiveIntegerField(default=1, editable=False, verbose_name="修改版本"),
        ),
        migrations.AddConstraint(
            model_name="unit",
            constraint=check(
                "organization_unit_successor",
                Q(succeeded_by__isnull=True) | Q(valid_to__isnull=False),
                "承接单位只登记在已终止的单位上，请先填写终止日期。",
            ),
        ),
        migrations.AddConstraint(
            model_name="unit",
            constraint=check(
                "organization_unit_not_own_successor", ~Q(succeeded_by=F("id")), "单位不能由自己承接。"
            ),
        ),
        migrations.AddField(
            model_name="seat",
            name="unit",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="seats",
                to="organization.unit",
                verbose_name="职务所在单位",
            ),
        ),
        migrations.RemoveConstraint(model_name="unitname", name="organization_unitname_dates"),
        migrations.AlterField(
            model_name="unitname",
            name="started_on",
            field=models.DateField(
                blank=True, help_text="不知道的留空。", null=True, verbose_name="启用日期"
            ),
        ),
        migrations.AddConstraint(
            model_name="unitname",
            constraint=check(
                "organization_unitname_dates",
                Q(started_on__isnull=True) | Q(ended_on__isnull=True) | Q(ended_on__gte=F("started_on")),
                "名称的停用日期不能早于启用日期。",
            ),
        ),
        _again(forwards=_NAMES.sqlite, backwards=[]),
    ]
