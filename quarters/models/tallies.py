"""What the tallies of a published round are read with."""

from django.db import models

from reporting.models import ReportingRound, RoundSnapshot


class RoundTally(models.Model):
    """A published round for the dashboards: the day and the rule it was judged by, names and figures as they were.

    Taken from the snapshot and from nothing else, so that later names, rules and figures do not repaint it. An
    open round has none: it is read by today's date, rule and registers. Derived, never edited.
    """

    round = models.OneToOneField(
        ReportingRound, models.CASCADE, verbose_name="填报周期", related_name="tally"
    )
    snapshot = models.ForeignKey(RoundSnapshot, models.CASCADE, verbose_name="快照", related_name="+")
    judged_on = models.DateField("判定日期")
    yellow_shortfall = models.DecimalField("黄灯差距上限（%）", max_digits=5, decimal_places=2)
    near_days = models.PositiveSmallIntegerField("临近完成时限天数")
    labels = models.JSONField(
        "当时的名称",
        help_text="两张表：units（单位→代码、名称、类别、排序）与 areas（领域→代码、名称、排序）。",
    )
    figures = models.JSONField("当时的指标数据", help_text="快照中各指标一行，数值以文本保存。")

    class Meta:
        verbose_name = "已发布周期概要"
        verbose_name_plural = "已发布周期概要"
        ordering = ["round"]

    def __str__(self) -> str:
        return str(self.round)
