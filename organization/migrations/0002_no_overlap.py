from django.db import migrations

from core.constraints import no_overlap_operation


def _no_overlap(table: str, *keys: str):
    return no_overlap_operation(
        f"{table}_no_overlap", table=table, keys=keys, starts="started_on", ends="ended_on"
    )


class Migration(migrations.Migration):
    dependencies = [("organization", "0001_initial")]

    operations = [
        _no_overlap("organization_unitname", "unit_id"),
        _no_overlap("organization_groupmember", "group_id", "unit_id"),
        _no_overlap("organization_tenure", "seat_id"),
    ]
