"""Habits that reward only the next gain.

Why: Removing a feature, simplifying a pipeline, adding a monitor: none of it moves the accuracy number, so it
waits. Where research and engineering are separate, the wall grows its own cost, since each hands the other
something it would not have built. Culture is what people do when two goods compete, and git keeps some trace of it.

What is read: Git: the share of work that repairs, tests, documents or removes; whether anything gets smaller;
whether the same people work on experiments and production; reviews; how long admitted debt stays. The weekly
review: hours set aside for debt and used, and whether a removal is valued. No person is ever named or ranked.

Remedy: Set aside fixed time for debt and keep it when a deadline nears. Let the people who explore a model take it
to production, with help. Review a removal as you would a gain, and show both in the weekly review.

Source: Sculley et al., Hidden Technical Debt in Machine Learning Systems (NeurIPS 2015), section 8, Cultural Debt.
McAteer, Nitpicking Machine Learning Technical Debt (2020), practice 25, who doubts dual reporting lines. Admitted
debt: Bhatia et al., An Empirical Study of Self-Admitted Technical Debt in Machine Learning Software (2023).
"""

from math import log

from scoring.analyses.past import alone, history_of
from scoring.analyses.view import View
from scoring.findings import (
    ATT,
    GIT,
    LARGE,
    LEVEL,
    PY,
    SHARE,
    SMALL,
    Answer,
    Debt,
    H,
    L,
    M,
    Measure,
    NotApplicable,
    Unknown,
)

debt = Debt(__name__, section="4.30", ml_only=False, group="Work")

MIN_RESEARCHERS = 2
MIN_ADMITTED = 10
MIN_COMMITS = 12
"""One a month: in fewer, nobody had much occasion to take anything away."""
YEAR_DAYS = 365


@debt.signal(
    "cul.1",
    source=GIT,
    anchors=(0.25, 0.05),
    severity=2,
    precision=M,
    kind=SHARE,
    unit="of commits",
    caution="Conventions for messages differ: paths and shrinking code count too.",
)
def upkeep(view: View) -> Answer:
    """Share of the last 90 days' commits that repair, test, document, simplify or remove."""
    history = history_of(view)
    if isinstance(history, Unknown):
        return history
    if history.service_commits is None or history.commits_90d is None:
        return Unknown("the commits of the last 90 days are not known")
    if not history.commits_90d:
        return Unknown("no commit in the last 90 days: quiet is neither good nor bad")
    note = f"{history.service_commits} of {history.commits_90d} commits in 90 days"
    return Measure(history.service_commits / history.commits_90d, history.commits_90d, note=note)


@debt.signal(
    "cul.2",
    source=GIT,
    anchors=(0.3, 0.05),
    severity=2,
    precision=M,
    kind=SHARE,
    unit="of commits",
)
def removals(view: View) -> Answer:
    """Share of commits that leave less code than they found."""
    history = history_of(view)
    if isinstance(history, Unknown):
        return history
    if history.deleting_commits is None or history.commits_12m is None:
        return Unknown("the commits of the last 12 months are not known")
    if not history.commits_12m:
        return NotApplicable("no commit in the last 12 months")
    note = f"{history.deleting_commits} of {history.commits_12m} commits in 12 months remove more than they add"
    return Measure(history.deleting_commits / history.commits_12m, history.commits_12m, note=note)


@debt.signal(
    "cul.3",
    source=GIT,
    also="PY",
    anchors=(0.6, 0.1),
    severity=3,
    precision=M,
    kind=SHARE,
    unit="of the smaller group",
    effort=LARGE,
)
def wall(view: View) -> Answer:
    """Overlap of the people who work on experiments with those who work on production code."""
    history = history_of(view)
    if isinstance(history, Unknown):
        return history
    if (reason := alone(history)) is not None:
        return reason
    research, production = history.research_authors, history.production_authors
    if research is None or production is None:
        return Unknown("who works on what is not known")
    if history.wall_overlap is None:
        return NotApplicable("experiments and production code are not both worked on here")
    note = f"{research} people on experiments, {production} on production code"
    return Measure(history.wall_overlap, min(research, production), note=note)


@debt.signal(
    "cul.4",
    source=GIT,
    also="PY",
    anchors=(0.3, 0.9),
    severity=2,
    precision=M,
    kind=SHARE,
    unit="of changes",
    effort=LARGE,
    lifecycle="experimental",  # a number with no place to judge, right on eight repositories by a second count
    caution="Counted by commits, over the component: a squashed merge is one, whoever wrote what is in it.",
)
def handed_over(view: View) -> Answer:
    """Share of two years' changes to production code made by people who changed none of its experiments."""
    history = history_of(view)
    if isinstance(history, Unknown):
        return history
    if (reason := alone(history)) is not None:
        return reason
    commits, strange = history.production_commits, history.strange_commits
    if commits is None or strange is None:
        return Unknown("who works on what is not known")
    if not commits or not history.research_authors:
        return NotApplicable("experiments and production code were not both worked on in two years")
    if history.research_authors < MIN_RESEARCHERS:
        return Unknown("one person alone worked on experiments in two years, and who else would know them is no share")
    note = f"{strange} of {commits} changes to production code in two years are by people who changed no experiment"
    return Measure(strange / commits, commits, note=note)


@debt.signal(
    "cul.5",
    source=GIT,
    anchors=(0.1, 0.8),
    severity=2,
    precision=M,
    kind=SHARE,
    unit="of commits",
    caution="Only git is read: a review that leaves no merge, number or trailer, as rebased requests do, is not seen.",
)
def unreviewed(view: View) -> Answer:
    """Share of the commits to the main line without a trace of review."""
    history = history_of(view)
    if isinstance(history, Unknown):
        return history
    if (reason := alone(history)) is not None:
        return reason
    if history.untraced_commits is None or history.commits_12m is None:
        return Unknown("the commits of the last 12 months are not known")
    if not history.commits_12m:
        return NotApplicable("no commit in the last 12 months")
    note = f"{history.untraced_commits} of {history.commits_12m} commits in 12 months came to the main line directly"
    return Measure(history.untraced_commits / history.commits_12m, history.commits_12m, note=note)


@debt.signal(
    "cul.6",
    source=GIT,
    also=PY,
    anchors=(90, 900),
    severity=1,
    precision=M,
    kind=LEVEL,
    unit="days",
    effort=SMALL,
    caution="Of Python modules, without tests. One worded anew counts as gone, and so does one deleted with its code.",
    remedy="Take the oldest of them each month: do it, give it a ticket with an owner, or delete it.",
)
def half_life(view: View) -> Answer:
    """Days in which half of the admitted debt goes, by what of a year before's still stands.

    Two moments a year apart give one step of the Kaplan-Meier curve: which share of the comments that stood then is
    there still. Where it is not one half, the median rests on one more assumption, that they go at a steady rate;
    where all of them or none is left, half a comment is taken to have gone or stayed. Comments that came and went
    within the year are not seen, which makes it longer. How many there are for the code is told by sat.1 and is not
    told twice.
    """
    history = history_of(view)
    if isinstance(history, Unknown):
        return history
    before = history.admitted_before
    if before is None or history.commits_12m is None:
        return Unknown("no version of a year before was read")
    if history.commits_12m < MIN_COMMITS:
        return Unknown(f"under {MIN_COMMITS} commits in 12 months: quiet is neither good nor bad")
    if before.seen < MIN_ADMITTED:
        return Unknown(f"under {MIN_ADMITTED} comments that admitted debt a year before were read")
    standing = min(max(before.standing, 0.5), before.stood - 0.5)
    note = f"of {before.stood:.0f} comments that admitted debt a year before, {before.standing:.0f} still stand"
    return Measure(YEAR_DAYS * log(2) / log(before.stood / standing), before.seen, note=note)


debt.row(
    "cul.7",
    "Share of capacity set aside for debt this week and used (A11)",
    source=ATT,
    anchors=(0.1, 0),
    severity=2,
    precision=H,
    kind=SHARE,
    unit="of capacity",
    effort=SMALL,
)
debt.row(
    "cul.8",
    "A removal, test or monitor was reviewed or praised like an accuracy gain (A12)",
    source=ATT,
    anchors=(1, 0),
    severity=1,
    precision=L,
    kind=LEVEL,
    unit="yes/no",
    effort=SMALL,
)
