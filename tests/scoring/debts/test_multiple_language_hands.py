"""Languages that only one person writes (mul.4)."""

import pytest

from scoring.analyses.history_places import places_of
from scoring.facts import HistoryFacts
from scoring.testing import check_clear, check_unknown, component_from, facts_from, result_of
from tests.scoring.analyses.story import Story

R = "".join(f"x{n} <- read(p, {n})\n" for n in range(120))
PYTHON = "".join(f"x{n} = read(p, {n})\n" for n in range(120))
FILES = {"train.py": "import pandas\n" + PYTHON, "score.R": R}


def known(*factors: tuple[str, int, int], authors: int = 5) -> HistoryFacts:
    return HistoryFacts(commits=9, authors_12m=authors, language_factors=factors)


@pytest.mark.parametrize(
    ("files", "history"),
    [
        (FILES, None),
        (FILES, HistoryFacts(reason="shallow clone")),
        (FILES, known()),
        (FILES, known(("R", 1, 3), authors=3)),
        ({"train.py": FILES["train.py"]}, known(("Python", 1, 3))),
        ({**FILES, "score.R": R[:300]}, known(("R", 1, 3))),
        ({**FILES, "score.R": b"\x00\xff"}, known(("R", 1, 3))),
    ],
    ids=["no history", "shallow", "nobody", "small team", "one language", "few lines", "unread"],
)
def test_nothing_to_say_of_languages(files: dict[str, str | bytes], history: HistoryFacts | None) -> None:
    check_unknown("mul.4", files, history=history)


def test_languages_of_several_people_are_clear() -> None:
    check_clear("mul.4", FILES, history=known(("Python", 2, 9), ("R", 3, 4)))


def test_languages_of_one_are_found_without_a_name() -> None:
    result, findings = result_of("mul.4", facts_from(FILES, history=known(("Python", 2, 9), ("R", 1, 4))))
    assert (result.value, result.population) == (1, 2)
    assert [(item.path, item.message) for item in findings] == [
        (
            "score.R",
            "When one person leaves, over half of the 4 files in R have no author left, going by who wrote and changed "
            "what.",
        )
    ]


@pytest.mark.parametrize(("name", "files"), [("R", 1), ("R", 2), ("shell", 9)])
def test_language_of_few_files_and_shell_are_not_told(name: str, files: int) -> None:
    check_clear("mul.4", FILES, history=known(("Python", 2, 9), (name, 1, files)))


def test_factors_are_told_by_language_from_the_history() -> None:
    story = Story()
    story.add(40, "Ada", "A train.py", "A score.R")
    for number, author in enumerate(("Bob", "Cy", "Dora")):
        for step in range(8):
            story.add(30 - 9 * number - step, author, "M train.py")
    facts = story.facts(places_of(component_from(FILES).files))
    assert facts.language_factors == (("Python", 4, 1), ("R", 1, 1))


def test_factors_of_a_small_team_are_not_told() -> None:
    story = Story()
    story.add(40, "Ada", "A train.py", "A score.R")
    assert story.facts(places_of(component_from(FILES).files)).language_factors is None


def test_pages_and_scripts_of_the_browser_are_no_language_of_the_way() -> None:
    files = {**FILES, "ui/index.html": "<p>x</p>\n", "ui/app.js": "let x = 1\n" * 200}
    assert [name for name, _ in places_of(component_from(files).files).languages] == ["Python", "R"]
