from django.apps import AppConfig


class QuartersConfig(AppConfig):
    name = "quarters"
    verbose_name = "季度工作"
    default_auto_field = "django.db.models.BigAutoField"
