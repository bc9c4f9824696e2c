"""A list of findings: every one of them on one page, under its debt or file, with how many that has on all pages."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from debtboard.domain.queries.catalogue import debt_title, trial_mark
from debtboard.domain.queries.choice import BY_DEBT, BY_FILE, Choice
from debtboard.domain.queries.findings import listing
from debtboard.domain.queries.standing import open_tally
from debtboard.models import Component, Finding
from tests.debtboard import factories
from tests.debtboard.answers import Shape

SIZE = 7
SEVERITIES = (2, 4, 1, 3)


@pytest.fixture
def component(db) -> Component:
    """52 findings; another component of the same board has some too."""
    made = factories.board((Shape("fraud", 0, findings=52), Shape("other", 0, findings=9)), weeks=3)
    return made.components[0]


def pages_of(component: Component, **wish: str) -> list:
    tally = open_tally(component.pk)
    first = listing(component.pk, "/", Choice(**wish), factories.NOW, tally, SIZE)
    others = range(2, first.pages.count + 1)
    return [first, *(listing(component.pk, "/", Choice(number=n, **wish), factories.NOW, tally, SIZE) for n in others)]


def addresses(pages: list) -> list[str]:
    return [row.url for page in pages for group in page.groups for row in group.rows]


def addressed(findings: list[Finding]) -> list[str]:
    return [f"/findings/{finding.public_id}/" for finding in findings]


def heads(finding: Finding) -> tuple[bool, int]:
    return not trial_mark(finding.signal), finding.severity


def by_debt(finding: Finding, worst: dict[str, tuple[bool, int]]) -> tuple:
    scored, severity = worst[finding.debt]
    last = bool(trial_mark(finding.signal))
    return not scored, -severity, finding.debt, last, -finding.severity, finding.path, finding.line, finding.pk


def ordered(findings: list[Finding], order: str) -> list[Finding]:
    if order == BY_FILE:
        return sorted(findings, key=lambda finding: (finding.path, finding.line, finding.pk))
    worst: dict[str, tuple[bool, int]] = {}
    for finding in findings:
        worst[finding.debt] = max(heads(finding), worst.get(finding.debt, (False, 0)))
    return sorted(findings, key=lambda finding: by_debt(finding, worst))


def test_list_of_nothing_has_no_group(component):
    assert [listing(component.pk, "/", Choice(debt="none-such"), factories.NOW, open_tally(component.pk)).groups] == [
        ()
    ]
    Finding.objects.filter(component=component).update(state=Finding.State.ACCEPTED)
    (page,) = pages_of(component)
    assert (page.total, page.groups, page.empty) == (0, (), "Nothing open.")


def test_what_was_decided_on_or_is_gone_is_not_listed(component):
    accepted, gone, *others = ordered(list(Finding.objects.filter(component=component)), BY_FILE)
    Finding.objects.filter(pk=accepted.pk).update(state=Finding.State.ACCEPTED)
    Finding.objects.filter(pk=gone.pk).update(present=False)
    assert addresses(pages_of(component, order=BY_FILE)) == addressed(others)


@pytest.mark.parametrize("order", [BY_DEBT, BY_FILE])
@pytest.mark.parametrize(
    ("wish", "holds"),
    [
        ({}, lambda finding: True),
        ({"severity": "medium"}, lambda finding: finding.severity == 2),
        ({"path": "train/"}, lambda finding: finding.path.startswith("train/")),
        ({"path": "%"}, lambda finding: False),
        ({"severity": "low", "path": "serve"}, lambda f: f.severity == 1 and f.path.startswith("serve")),
    ],
)
def test_pages_hold_every_finding_once_in_order(component, order, wish, holds):
    for index, finding in enumerate(Finding.objects.order_by("pk")):
        Finding.objects.filter(pk=finding.pk).update(severity=SEVERITIES[index % 4])
    mine = [finding for finding in Finding.objects.filter(component=component) if holds(finding)]
    pages = pages_of(component, order=order, **wish)
    assert addresses(pages) == addressed(ordered(mine, order))
    assert {page.total for page in pages} == {len(mine)}


def test_what_is_on_trial_stands_after_the_rest_of_its_debt_and_of_the_list(component):
    mine = list(Finding.objects.filter(component=component).order_by("pk"))
    Finding.objects.filter(component=component).update(debt="fixed-thresholds", signal="thr.2", severity=2)
    told = {
        mine[0].pk: ("direct-feedback-loops", "dfl.3", 4),
        mine[1].pk: ("configuration-debt", "cfg.18", 3),
        mine[2].pk: ("configuration-debt", "cfg.4", 1),
    }
    for pk, (debt, signal, severity) in told.items():
        Finding.objects.filter(pk=pk).update(debt=debt, signal=signal, severity=severity)
    pages = pages_of(component)
    assert addresses(pages) == addressed(ordered(list(Finding.objects.filter(component=component)), BY_DEBT))
    assert addresses(pages)[-3:] == addressed([mine[2], mine[1], mine[0]])


@pytest.mark.parametrize("name", ["debt", "signal"])
def test_pages_of_one_debt_or_signal_hold_its_findings(component, name):
    wanted = getattr(Finding.objects.filter(component=component).first(), name)
    mine = list(Finding.objects.filter(component=component, **{name: wanted}))
    assert addresses(pages_of(component, **{name: wanted})) == addressed(ordered(mine, BY_DEBT))


@pytest.mark.parametrize(("order", "name"), [(BY_DEBT, "debt"), (BY_FILE, "path")])
def test_group_says_how_many_it_has_on_all_pages(component, order, name):
    sizes: dict[str, int] = {}
    for finding in Finding.objects.filter(component=component):
        title = debt_title(finding.debt) if name == "debt" else finding.path
        sizes[title] = sizes.get(title, 0) + 1
    said = set()
    for page in pages_of(component, order=order):
        for group in page.groups:
            size, here = sizes[group.name], len(group.rows)
            words = f"{size} finding{'s' if size > 1 else ''}"
            assert group.said == (words if size == here else f"{words}, {here} here")
            said.add(group.name)
    assert said == sizes.keys()


@pytest.mark.parametrize(("order", "queries"), [(BY_DEBT, 1), (BY_FILE, 2)])
def test_page_asks_so_many_queries_beside_the_tally(component, order, queries):
    tally = open_tally(component.pk)
    for number in (1, 2, 9):
        with CaptureQueriesContext(connection) as captured:
            listing(component.pk, "/", Choice(order=order, number=number), factories.NOW, tally, SIZE)
        assert len(captured) == queries
