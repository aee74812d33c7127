import re

from django.db import models

from core import constraints

_CODE = re.compile(r"S([1-9])(?:\.([1-9])|[(（](.)[)）])?")
_NUMERALS = "一二三四五六七八九"


def section_label(code: str, title: str) -> str:
    """「三（一）突出工作重点」 of S3.1: the document's own numbering and the first clause of the heading."""
    found = _CODE.fullmatch(code)
    if found is None:
        return title
    chapter, number, numeral = found.groups()
    part = _NUMERALS[int(number) - 1] if number else numeral
    heading = re.split("[)）]", title)[-1] if number else title
    clause = re.split("[,，(（]", heading)[0]
    return (
        f"{_NUMERALS[int(chapter) - 1]}（{part}）{clause}"
        if part
        else f"{_NUMERALS[int(chapter) - 1]}、{clause}"
    )


class SourceSection(models.Model):
    """One headed section of the founding document; every fact names the one it stands in."""

    code = models.CharField("章节代码", max_length=20)
    title = models.CharField("章节标题", max_length=200)
    sort_order = models.PositiveSmallIntegerField("顺序", default=0)

    class Meta:
        verbose_name = "材料章节"
        verbose_name_plural = "材料章节"
        ordering = ["sort_order", "code"]
        constraints = [constraints.unique("core_sourcesection_code", "code", message="该章节代码已存在。")]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """What a page prints, see `section_label`."""
        return section_label(self.code, self.title)
