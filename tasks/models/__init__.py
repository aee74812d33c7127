"""Plans, policy documents, areas, tasks and what is reported about them."""

from tasks.models.documents import Clause, PolicyDocument
from tasks.models.plans import AreaCrossing, Plan, ReformArea
from tasks.models.reports import ProgressReport, ReportVersion, TaskMeasure
from tasks.models.rules import LightRule
from tasks.models.standings import TaskStanding, TaskTally
from tasks.models.succession import PlanLine, TaskOrigin
from tasks.models.task import Assignment, Milestone, Task, TaskEvent

__all__ = [
    "AreaCrossing",
    "Assignment",
    "Clause",
    "LightRule",
    "Milestone",
    "Plan",
    "PlanLine",
    "PolicyDocument",
    "ProgressReport",
    "ReformArea",
    "ReportVersion",
    "Task",
    "TaskEvent",
    "TaskMeasure",
    "TaskOrigin",
    "TaskStanding",
    "TaskTally",
]
