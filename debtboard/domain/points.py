"""The points of the trends: what one assessment says of each measure, one row per component, measure and week."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import F

from debtboard.models import Component, Measure, Point
from scoring.findings import SEVERITIES
from scoring.scores.answers import Assessment, DebtScore, LitmusAnswer, Score


@dataclass(frozen=True, slots=True)
class Reading:
    """One measure: three numbers and the share that was seen. None: not known, or does not apply."""

    slug: str
    best: float | None = None
    value: float | None = None
    worst: float | None = None
    coverage: float | None = None


def points_of(answer: Assessment) -> list[Reading]:
    """Litmus answers, debts, rubric and its sections, and the counts of findings."""
    readings = [_of_index(item) for item in (*answer.litmus, *answer.debts)]
    readings.append(_of_score("rubric", answer.rubric.score))
    readings.extend(_of_score(f"rubric-{section.slug}", section.score) for section in answer.rubric.sections)
    counts = Counter(finding.severity for finding in answer.findings)
    readings.append(Reading("findings-open", value=float(len(answer.findings))))
    readings.extend(Reading(f"findings-{severity}", value=float(counts[severity])) for severity in SEVERITIES)
    coverage = answer.coverage
    share = coverage.read / coverage.files if coverage.files else None
    readings.append(Reading("coverage", value=None if share is None else 100 * share, coverage=share))
    return readings


def store_points(component: Component, week: date, readings: Iterable[Reading]) -> None:
    """Write the week's points; those of an earlier snapshot of the same week give way."""
    readings = list(readings)
    numbers = _numbers([reading.slug for reading in readings])
    Component.objects.filter(pk=component.pk).update(points_written=F("points_written") + 1)
    Point.objects.filter(component=component, week=week).delete()
    Point.objects.bulk_create(
        [
            Point(
                component=component,
                measure_id=numbers[reading.slug],
                week=week,
                best=reading.best,
                value=reading.value,
                worst=reading.worst,
                coverage=reading.coverage,
            )
            for reading in readings
        ]
    )


def _numbers(slugs: list[str]) -> dict[str, int]:
    known = dict(Measure.objects.values_list("slug", "pk"))
    if fresh := [slug for slug in slugs if slug not in known]:
        Measure.objects.bulk_create([Measure(slug=slug) for slug in fresh], ignore_conflicts=True)
        known = dict(Measure.objects.values_list("slug", "pk"))
    return known


def _of_index(item: LitmusAnswer | DebtScore) -> Reading:
    return Reading(item.slug, item.index.best, item.index.value, item.index.worst, item.coverage)


def _of_score(slug: str, score: Score) -> Reading:
    return Reading(slug, score.best, score.value, score.worst)
