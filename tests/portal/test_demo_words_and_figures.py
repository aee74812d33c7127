"""What the demonstration says: sentences that do not repeat, figures that add up, three inconsistencies on purpose."""

from collections import Counter
from decimal import Decimal

import pytest

from metrics.models import Indicator, Observation, Target
from portal.demo.content import read
from portal.demo.wording import sentences
from quarters.queries.findings import findings_of
from reporting.models import ReportingRound, ReviewEvent, RoundException
from tasks.models import ProgressReport, TaskMeasure

pytestmark = pytest.mark.usefixtures("demo")


def figures(group: str, name: str) -> dict[tuple[str, int, int], Decimal]:
    """(unit code or empty, year, quarter) → the figure that counts."""
    rows = Observation.objects.current().filter(group__code=group, indicator__name=name, is_demo=True)
    return {
        (row.unit.code if row.unit else "", row.year or 0, row.quarter or 0): row.value or Decimal(0)
        for row in rows.select_related("unit")
    }


PLANTED = {(row["indicator"], *map(int, row["quarter"].split("Q"))) for row in read("figures")["plants"]}


def test_no_sentence_stands_more_than_three_times() -> None:
    texts = ProgressReport.objects.values_list("progress", "problems", "next_steps", "coordination")
    said = Counter(sentence for row in texts for text in row for sentence in sentences(text))
    for reason in (*ReviewEvent.objects.values_list("reason_text", flat=True),
                   *RoundException.objects.values_list("reason", flat=True)):  # fmt: skip
        said.update(sentences(reason))
    assert len(said) > 1500
    assert [sentence for sentence, count in said.items() if count > 3] == []


def test_texts_are_filled_in_and_in_full_width_marks() -> None:
    for row in ProgressReport.objects.values_list("progress", "problems", "next_steps", "coordination"):
        assert not set("".join(row)) & set("{},;:?!()")


@pytest.mark.parametrize("stated", [row for row in read("figures")["series"] if row.get("by_area")],
                         ids=lambda row: row["indicator"])  # fmt: skip
def test_areas_add_up_to_the_city(stated: dict[str, str]) -> None:
    name = stated["indicator"]
    found = figures("341100", name)
    reported = [key for key in found if not key[0] and key[1:] < (2026, 3)]
    assert len(reported) == 14
    for _, year, quarter in reported:
        parts = [value for (unit, y, q), value in found.items() if unit and (y, q) == (year, quarter)]
        planted = (name, year, quarter) in PLANTED
        assert (len(parts), sum(parts) == found["", year, quarter]) == (10, not planted)


@pytest.mark.parametrize("stated", read("figures")["series"], ids=lambda row: row["indicator"])
def test_what_adds_up_never_falls(stated: dict[str, str]) -> None:
    name = stated["indicator"]
    for (unit, year, quarter), value in figures("341100", name).items():
        before = figures("341100", name).get((unit, year, quarter - 1))
        if stated["shape"] != "level" and before is not None and (name, year, quarter) not in PLANTED:
            assert value >= before


def test_the_county_group_says_what_its_area_reports_to_the_city() -> None:
    for name in (row["indicator"] for row in read("figures")["series"] if row.get("by_area")):
        city, county = figures("341100", name), figures("341181", name)
        assert county
        for (_, year, quarter), value in county.items():
            assert city.get(("341181", year, quarter), value) == value


def test_shares_are_their_parts() -> None:
    for ratio in Indicator.objects.filter(numerator__isnull=False):
        for row in Observation.objects.filter(indicator=ratio, is_demo=True):
            parts = Observation.objects.current().filter(
                group=row.group_id, unit=None, year=row.year, quarter=row.quarter
            )
            assert parts.get(indicator=ratio.numerator).value == row.numerator
            assert parts.get(indicator=ratio.denominator).value == row.denominator


def test_quarters_targets_of_areas_add_up_to_the_city() -> None:
    targets = Target.objects.filter(group__code="341100", indicator__code="niandu-peixun", year=2026)
    whole = targets.get(unit=None, quarter=4)
    assert (
        whole.value
        == sum(targets.filter(quarter=4).exclude(unit=None).values_list("value", flat=True))
        == 60000
    )
    assert targets.get(unit=None, quarter=None).wording == "全年6万人次以上"


def test_measures_are_the_shares_of_their_targets() -> None:
    for row in TaskMeasure.objects.filter(source="figures").select_related("task"):
        assert row.comparator == ">="
        actual = Decimal(row.actual.replace(",", ""))
        indicators = row.task.task_indicators.values_list("indicator", flat=True)
        targets = Target.objects.filter(
            indicator__in=indicators, group=row.round.group_id, year=row.round.year, quarter=row.round.quarter
        )
        assert row.share in {
            (actual / value * 100).quantize(Decimal("0.01"))
            for value in targets.values_list("value", flat=True)
        }


def test_the_checks_find_the_three_planted_inconsistencies_and_no_other() -> None:
    found = [
        (str(round_.period), finding.unit, finding.indicator, finding.explanation)
        for round_ in ReportingRound.objects.order_by("group__code", "year", "quarter")
        for finding in findings_of(round_)
    ]
    assert found == [
        (row["quarter"], row["unit"], row["indicator"], row["explanation"])
        for row in read("figures")["plants"]
    ]


def test_a_sum_is_not_judged_while_an_area_is_missing() -> None:
    round_ = ReportingRound.objects.get(group__code="341100", year=2026, quarter=1)
    sheet = round_.submissions.filter(kind="figures", unit__kind="park").first()
    round_.submissions.filter(pk=sheet.pk).update(state="draft", accepted_at=None, accepted_by=None)
    assert findings_of(round_) == []
