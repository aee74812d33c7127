from django.apps import AppConfig


class MetricsConfig(AppConfig):
    name = "metrics"
    verbose_name = "指标监测"
    default_auto_field = "django.db.models.BigAutoField"
