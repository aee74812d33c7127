"""Plans, policy documents, areas, tasks and what is reported about them."""

from tasks.models.documents import PolicyDocument
from tasks.models.plans import Plan, ReformArea
from tasks.models.reports import ProgressReport, ReportVersion, TaskMeasure
from tasks.models.rules import LightRule
from tasks.models.standings import TaskStanding, TaskTally
from tasks.models.task import Assignment, Milestone, Task, TaskEvent

__all__ = [
    "Assignment",
    "LightRule",
    "Milestone",
    "Plan",
    "PolicyDocument",
    "ProgressReport",
    "ReformArea",
    "ReportVersion",
    "Task",
    "TaskEvent",
    "TaskMeasure",
    "TaskStanding",
    "TaskTally",
]
