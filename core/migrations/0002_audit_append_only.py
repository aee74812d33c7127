from django.db import migrations

from core.append_only import append_only_operation


def create_chain_head(apps, schema_editor):
    apps.get_model("core", "ChainHead").objects.get_or_create(pk=1)


class Migration(migrations.Migration):
    dependencies = [("core", "0001_initial")]

    operations = [
        migrations.RunPython(create_chain_head, migrations.RunPython.noop),
        append_only_operation("core_auditevent"),
    ]
