from django.apps import AppConfig


class TasksConfig(AppConfig):
    name = "tasks"
    verbose_name = "改革任务"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from organization.open_work import ask_before_ending
        from tasks.queries.of_unit import open_work_of

        ask_before_ending(open_work_of)
