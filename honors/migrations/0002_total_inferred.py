from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0002_audit_append_only"),
        ("honors", "0001_initial"),
    ]

    operations = [
        migrations.AddConstraint(
            model_name="honorbatch",
            constraint=models.CheckConstraint(
                condition=models.Q(("is_total_inferred", False), ("total__isnull", False), _connector="OR"),
                name="honors_honorbatch_inferred",
                violation_error_message="没有总数，就没有推算的总数；请填写总数，或取消“总数为推算”。",
            ),
        ),
    ]
