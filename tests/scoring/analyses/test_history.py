"""`HistoryIndex`: what counts, the facts of people, of files and of how changes come to the main line."""

from datetime import timedelta

import pytest

from scoring.analyses.history import HistoryIndex
from scoring.analyses.history_places import HistoryPlaces
from scoring.facts import HistoryFacts
from scoring.sources.git import CommitLog
from tests.scoring.analyses.story import NOW, Story


@pytest.fixture
def story() -> Story:
    return Story()


A = HistoryPlaces(files=("a.py",), ml=("a.py",), lines={"a.py": 10})


# ---------------------------------------------------------------- nothing to say


def test_log_with_a_reason_gives_only_the_reason() -> None:
    index = HistoryIndex.build(CommitLog((), "the clone is shallow"), "1" * 40)
    assert index.at("1" * 40, NOW, A) == HistoryFacts(reason="the clone is shallow")


def test_commit_off_the_line_is_refused(story: Story) -> None:
    story.add(1, "ann", "A a.py")
    index = HistoryIndex.build(CommitLog(tuple(story.commits)), story.commits[0].id)
    with pytest.raises(ValueError, match="first-parent line"):
        index.at("f" * 40, NOW, A)


def test_history_without_files_knows_no_figure(story: Story) -> None:
    story.add(1, "ann")
    facts = story.facts(HistoryPlaces())
    assert (facts.commits, facts.authors_12m, facts.commits_12m, facts.truck_factor, facts.readme_age_days) == (
        1,
        0,
        0,
        None,
        None,
    )


# ---------------------------------------------------------------- what counts


def test_merges_bots_mass_changes_and_ignored_revisions_do_not_count(story: Story) -> None:
    story.add(50, "ann", "A a.py")
    story.add(40, "renovate[bot]", "M a.py")
    story.add(30, "bob", *(f"A d/{number}" for number in range(100)), "M a.py")
    story.add(20, "cat", "M a.py")
    ignored = story.add(10, "dan", "M a.py")
    story.add(5, "eve", "M a.py", parents=(ignored, story.commits[0].id))
    facts = story.facts(A, ignored=f"# formatting\n{ignored}  black\n".encode())
    assert (facts.commits, facts.authors_12m, facts.commits_12m, dict(facts.churn_12m)) == (6, 2, 2, {"a.py": 2})
    assert dict(facts.last_change) == {"a.py": NOW - timedelta(days=20)}


def test_file_of_a_mass_import_keeps_its_date_and_has_no_author(story: Story) -> None:
    for author in ("ann", "bob", "cat", "dan"):
        story.add(90, author, f"A {author}.txt")
    story.add(50, "ann", "A a.py", *(f"A d/{number}" for number in range(100)))
    facts = story.facts(A)
    assert (dict(facts.last_change), facts.authored_files, facts.truck_factor) == (
        {"a.py": NOW - timedelta(days=50)},
        0,
        None,
    )


def test_wild_and_future_dates_fall_in_no_window(story: Story) -> None:
    story.add(400, "ann", "A a.py")
    story.add(None, "bob", "M a.py")
    story.add(-30, "cat", "M a.py")
    story.add(10, "dan", "M a.py")
    facts = story.facts(A)
    assert (facts.commits, facts.authors_12m, dict(facts.churn_12m)) == (4, 1, {"a.py": 1})
    assert dict(facts.last_change) == {"a.py": NOW - timedelta(days=10)}


def test_window_edges_are_a_year_and_a_quarter(story: Story) -> None:
    story.add(365, "ann", "A a.py")
    story.add(364.99, "ann", "M a.py", subject="refactor")
    story.add(90, "ann", "M a.py", subject="refactor")
    story.add(89.99, "ann", "M a.py", subject="refactor")
    story.add(0, "ann", "M a.py", "D b.py")
    facts = story.facts(A)
    assert (facts.commits_12m, facts.commits_90d, facts.service_commits, facts.deleting_commits) == (4, 2, 2, 1)


def test_component_counts_only_what_touches_it(story: Story) -> None:
    story.add(20, "ann", "A x/a.py")
    story.add(10, "bob", "A y/b.py")
    story.add(5, "cat", "R y/b.py x/b.py")
    facts = story.facts(HistoryPlaces(files=("a.py", "b.py")), prefix="x/")
    assert (facts.authors_12m, facts.commits_12m, dict(facts.churn_12m)) == (2, 2, {"a.py": 1, "b.py": 2})


def test_renamed_file_keeps_its_revisions(story: Story) -> None:
    story.add(20, "ann", "A old.py")
    story.add(10, "ann", "M old.py")
    story.add(5, "bob", "R old.py a.py")
    assert dict(story.facts(A).churn_12m) == {"a.py": 3}


# ---------------------------------------------------------------- people


def team(story: Story, *authors: str) -> None:
    for author in authors:
        story.add(100, author, f"A {author}.txt")


def test_small_team_gets_no_truck_factor_and_no_solo_files(story: Story) -> None:
    team(story, "ann", "bob", "cat")
    story.add(50, "ann", "A a.py")
    facts = story.facts(A)
    assert (facts.authors_12m, facts.truck_factor, facts.solo_files, facts.authored_files, facts.hot_solo_files) == (
        3,
        None,
        (),
        0,
        (),
    )


def test_truck_factor_solo_and_hot_files_of_a_team(story: Story) -> None:
    team(story, "ann", "bob", "cat", "dan")
    ml = tuple(f"m{number}.py" for number in range(10))
    for number, path in enumerate(ml):
        story.add(60, "ann" if number < 6 else "bob", f"A {path}")
    for _ in range(8):
        story.add(30, "bob", "M m0.py")
        story.add(20, "ann", "M m0.py")
    facts = story.facts(HistoryPlaces(files=ml, ml=ml, lines=dict.fromkeys(ml, 10)))
    # m0: ann DOA 3.293+1.098+8*.164-.321 ln 9 = 4.998, bob 3.293+8*.164-.321 ln 9 = 3.900: .78 of it, both are authors.
    # ann wrote 6 of 10; without her m0 still has bob, 5 of 10 are covered, so bob goes too
    assert (facts.truck_factor, facts.authored_files, facts.solo_files) == (2, 10, ml[1:])
    assert (facts.hot_files, facts.hot_solo_files) == (("m0.py",), ())


def test_mailmap_makes_two_names_one_person(story: Story) -> None:
    team(story, "ann", "bob", "cat", "dan")
    facts = story.facts(HistoryPlaces(), mailmap=b"Ann <ann@example.org> <dan@example.org>\n")
    assert facts.authors_12m == 3


def test_ramp_is_the_median_of_three_newcomers(story: Story) -> None:
    story.add(1000, "old", "A x/a.py")
    for author, step in (("ann", 1), ("bob", 2), ("cat", 10)):
        for number in range(10):
            story.add(300 - step * number, author, f"M {author}/{number % 2}/f")
    facts = story.facts(HistoryPlaces())
    assert (facts.newcomers_24m, facts.ramp_days, facts.ramp_population) == (3, 18.0, 3)
    # six folders were active in the year, each newcomer touched two of them
    assert facts.breadth == pytest.approx(2 / 6)


def test_two_newcomers_are_not_averaged(story: Story) -> None:
    for author in ("ann", "bob"):
        for number in range(10):
            story.add(300 - number, author, "M a.py")
    facts = story.facts(A)
    assert (facts.newcomers_24m, facts.ramp_days, facts.ramp_population, facts.breadth) == (2, None, 2, None)


def test_breadth_waits_for_ninety_days(story: Story) -> None:
    for author in ("ann", "bob", "cat"):
        story.add(89, author, f"A {author}/f")
    assert story.facts(HistoryPlaces()).breadth is None


def test_wall_between_research_and_production(story: Story) -> None:
    places = HistoryPlaces(files=("n.ipynb", "p.py"), research=("n.ipynb",), production=("p.py",))
    story.add(50, "ann", "A n.ipynb")
    story.add(40, "bob", "A p.py")
    story.add(30, "cat", "M p.py")
    facts = story.facts(places)
    assert (facts.wall_overlap, facts.production_commits, facts.strange_commits) == (0.0, 2, 2)
    story.add(20, "ann", "M p.py")
    facts = story.facts(places)
    assert (facts.production_commits, facts.strange_commits) == (3, 2)
    assert (facts.wall_overlap, facts.research_authors, facts.production_authors) == (1.0, 1, 3)


def test_one_person_is_no_wall(story: Story) -> None:
    places = HistoryPlaces(files=("n.ipynb", "p.py"), research=("n.ipynb",), production=("p.py",))
    story.add(50, "ann", "A n.ipynb", "A p.py")
    facts = story.facts(places)
    assert (facts.wall_overlap, facts.research_authors, facts.production_authors) == (None, 1, 1)


def test_facts_do_not_name_anybody(story: Story) -> None:
    team(story, "zebedee", "yolanda", "xaver", "wilma")
    story.add(50, "zebedee", "A a.py")
    assert not [name for name in ("zebedee", "yolanda", "xaver", "wilma") if name in repr(story.facts(A))]


# ---------------------------------------------------------------- files


def test_cochange_of_models_counts_commits_that_touch_two(story: Story) -> None:
    story.add(50, "ann", "A m/a/train.py", "A m/b/train.py")
    story.add(40, "ann", "M m/a/sub/x.py")
    story.add(30, "ann", "M m/ab/x.py")
    story.add(20, "ann", *(f"M m/a/{number}" for number in range(31)))
    story.add(10, "ann", "M m/b/train.py")
    story.add(5, "ann", "A m/a/README.md", "A m/b/README.md")  # no code of a model
    facts = story.facts(HistoryPlaces(models=("m/a", "m/b")))
    assert (facts.model_cochange, facts.model_commits) == (pytest.approx(1 / 3), 3)
    assert story.facts(HistoryPlaces(models=("m/a",))).model_cochange is None


def test_coupling_of_ml_files(story: Story) -> None:
    for day in range(6):
        story.add(50 - day, "ann", "M a.py", "M b.py")
    facts = story.facts(HistoryPlaces(files=("a.py", "b.py"), ml=("a.py",), lines={"a.py": 1}))
    assert (facts.coupling_degree, facts.coupled, facts.coupling_population) == (1.0, (("a.py", "b.py", 1.0),), 1)


def test_readme_age_against_entry_points(story: Story) -> None:
    places = HistoryPlaces(files=("README.md", "a.py", "b.py"), readme="README.md", entry_points=("a.py", "b.py"))
    story.add(100, "ann", "A a.py")
    story.add(80, "ann", "A README.md", "A b.py")
    story.add(20, "ann", "M b.py")
    facts = story.facts(places)
    assert (facts.readme_age_days, facts.entry_points_changed) == (80.0, 0.5)
    assert story.facts(HistoryPlaces(files=("a.py",), entry_points=("a.py",))).entry_points_changed is None


# ---------------------------------------------------------------- how changes come to the main line


PLACES = HistoryPlaces(files=("a.py", "conf/a.yaml"), ml=("a.py",), lines={"a.py": 10})


def care(facts: HistoryFacts) -> tuple[int | None, int | None, int | None, int | None]:
    return facts.untraced_commits, facts.config_commits, facts.config_untraced, facts.config_repairs


def test_change_that_came_through_a_merge_or_names_a_review_is_traced(story: Story) -> None:
    base = story.add(9, "Ada", "A a.py")
    side = story.add(8, "Bob", "M a.py", parents=(base,))
    story.add(7, "Ada", parents=(base, side))
    story.add(6, "Ada", "M a.py", subject="Tune (#12)")
    story.add(5, "Ada", "A conf/a.yaml")
    assert care(story.facts(PLACES)) == (2, 1, 1, 0)


def test_repair_changes_configuration_alone_soon_after_or_says_so(story: Story) -> None:
    story.add(40, "Ada", "A conf/a.yaml", "A a.py")
    story.add(39, "Ada", "M conf/a.yaml", "M a.py", subject="fix: both")
    story.add(38, "Ada", "M conf/a.yaml")
    story.add(20, "Ada", "M conf/a.yaml")
    story.add(10, "Ada", "M conf/a.yaml", subject="Fix the rate")
    assert care(story.facts(PLACES)) == (5, 5, 5, 2)


def test_additions_count_their_files_once_there_are_five(story: Story) -> None:
    story.add(30, "Ada", "A a.py")
    for number in range(3):
        story.add(20 - number, "Ada", "M a.py", f"A b{number}.py", subject="Add a step")
    few = story.facts(PLACES)
    story.add(5, "Ada", "M a.py", *(f"A c{number}.py" for number in range(9)), subject="feat: nine")
    story.add(4, "Ada", "M a.py", subject="Implement it")
    story.add(3, "Ada", "A d.py", subject="Add what is no ML file")
    enough = story.facts(PLACES)
    assert (few.addition_files, few.additions) == (None, 3)
    assert (enough.addition_files, enough.additions) == (2.0, 5)
