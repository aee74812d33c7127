from django.apps import AppConfig


class HonorsConfig(AppConfig):
    name = "honors"
    verbose_name = "荣誉激励"
    default_auto_field = "django.db.models.BigAutoField"
