"""What a submission is about, in words."""

from reporting.models import Submission


def title_of(submission: Submission) -> str:
    """The task's name, or the unit's figures."""
    if submission.kind == Submission.Kind.FIGURES:
        return "指标数据"
    return submission.progress_report.task.title


def facts_of(submission: Submission) -> str:
    """«2026年三季度 · 牵头 · 完成时限2026年9月30日 · 定性任务»"""
    if submission.kind == Submission.Kind.FIGURES:
        return f"截至{submission.round.period.last_day:%Y-%m-%d} · 填写累计值还是当期值以各指标口径为准"
    task = submission.progress_report.task
    due = f" · 完成时限 {task.due_on:%Y-%m-%d}" if task.due_on else ""
    return f"{task.area.name} · 牵头{due} · {task.get_kind_display()}任务"
