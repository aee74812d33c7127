from django.apps import AppConfig


class TasksConfig(AppConfig):
    name = "tasks"
    verbose_name = "改革任务"
    default_auto_field = "django.db.models.BigAutoField"
