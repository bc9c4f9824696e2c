"""Copies of other projects, known by the licence that stands in them, are left out of everything (catalogue 2.4)."""

import pytest

from scoring.testing import component_from, facts_from, result_of

APACHE = "Apache License\nVersion 2.0\n"
CODE = "".join(f"print({number})\n" for number in range(20))


def mit(*names: str) -> str:
    return "MIT License\n\n" + "".join(f"Copyright (c) 2020 {name}\n" for name in names)


def left_out(files: dict[str, str]) -> list[str]:
    component = component_from({"train.py": CODE, "lib/net.py": CODE, "lib/deep/part.py": CODE, **files})
    kept = {entry.path for entry in component.files}
    assert kept.isdisjoint(path for path, _ in component.excluded)
    return [path for path, _ in component.excluded if path.endswith(".py")]


@pytest.mark.parametrize(
    ("root", "own"),
    [
        ("", mit("Jane Doe")),
        (mit("Jane Doe"), mit("Jane Doe")),
        (mit("Rows Inc."), mit("The Rows Authors", "John Roe")),
        (mit("Jane Doe", "John Roe"), mit("John Roe")),
        (APACHE, APACHE),
        (APACHE, f"{APACHE}Copyright 2020 John Roe\n"),
        (f"{APACHE}Copyright 2020 Jane Doe\n", APACHE),
        (APACHE, "Ask before you use it.\n"),
        (APACHE, "{{ licence }}\n"),
        (mit("Jane Doe"), f"{'Each file says its licence. ' * 12}Else it is the GNU General Public License.\n"),
    ],
)
def test_licence_of_own_hands_keeps_the_folder(root: str, own: str) -> None:
    assert left_out({"lib/LICENSE": own, **({"LICENSE": root} if root else {})}) == []


@pytest.mark.parametrize(
    ("root", "own"), [(mit("Jane Doe"), mit("John Roe")), (mit("Jane Doe"), APACHE), (APACHE, mit("John Roe"))]
)
def test_licence_of_others_leaves_the_folder_out(root: str, own: str) -> None:
    files = {"LICENSE": root, "lib/LICENSE.txt": own}
    assert left_out(files) == ["lib/deep/part.py", "lib/net.py"]
    reasons = dict(component_from({"train.py": CODE, "lib/net.py": CODE, **files}).excluded)
    assert reasons["lib/net.py"] == "vendored: lib/ has a licence of others"


def test_nearest_licence_above_is_asked() -> None:
    files = {"LICENSE": mit("Jane Doe"), "lib/LICENSE": mit("Jane Doe"), "lib/deep/LICENSE": mit("John Roe")}
    assert left_out(files) == ["lib/deep/part.py"]


WHOLE = {"lib/LICENSE": mit("John Roe"), "lib/README.md": "# Net\n", "lib/setup.py": CODE}


def test_whole_project_in_a_repository_without_a_licence_is_left_out() -> None:
    assert left_out({"README.md": "# Apples\n", **WHOLE}) == ["lib/deep/part.py", "lib/net.py", "lib/setup.py"]


def test_whole_project_under_the_same_text_is_left_out_by_its_name() -> None:
    whole = {**WHOLE, "lib/LICENSE": f"{APACHE}Copyright 2020 John Roe\n"}
    found = left_out({"README.md": "# Apples\n", "LICENSE": APACHE, **whole})
    assert found == ["lib/deep/part.py", "lib/net.py", "lib/setup.py"]


@pytest.mark.parametrize("left", [*WHOLE, "README.md"])
def test_part_of_a_project_in_a_repository_without_a_licence_stays(left: str) -> None:
    files = {"README.md": "# Apples\n", **WHOLE}
    assert left_out({path: text for path, text in files.items() if path != left}) == []


def test_projects_of_one_hand_in_a_repository_without_a_licence_stay() -> None:
    files = {"README.md": "# Apples\n", **WHOLE}
    again = {path.replace("lib/", "app/"): text for path, text in WHOLE.items()}
    assert left_out({**files, **again}) == []


def test_packages_that_bear_one_name_are_a_monorepo() -> None:
    assert left_out({"LICENSE": APACHE, "lib/LICENSE": mit("Rows"), "app/LICENSE": mit("Rows"), "app/a.py": CODE}) == []


def test_component_that_is_mostly_copies_is_read() -> None:
    assert left_out({"LICENSE": mit("Jane Doe"), "lib/LICENSE": APACHE, "lib/more.py": CODE * 9}) == []


def test_copy_that_holds_all_code_that_learns_is_read() -> None:
    files = {"LICENSE": APACHE, "lib/LICENSE": mit("John Roe"), "lib/net.py": f"import torch\n{CODE}"}
    assert left_out(files) == []
    assert left_out({**files, "tests/test_net.py": "import torch\n"}) == []
    assert left_out({**files, "own.py": "import torch\n"}) == ["lib/deep/part.py", "lib/net.py"]


def test_several_licences_of_a_folder_are_one() -> None:
    files = {"LICENSE": mit("Jane Doe"), "lib/LICENSE": APACHE, "lib/LICENSE-MIT": mit("Jane Doe")}
    assert left_out(files) == []


HEAD = "# Copyright 2018 The Rows Team. All rights reserved.\n"
LONG = "def train(rows):\n" + "".join(f"    if rows > {n}:\n        rows = {n}  # TODO: tune {n}\n" for n in range(60))
OTHERS = {f"own_{number}.py": f"print({number})\n" for number in range(6)}


def told(files: dict[str, str]) -> list[str]:
    view = facts_from({**OTHERS, **files, "run.py": "from net import train\n\ntrain(1)\n"})
    return [row for row in ("defect-long-method", "sat.2") if result_of(row, view)[1]]


@pytest.mark.parametrize("licence", [mit("Jane Doe"), APACHE, ""])
def test_module_under_the_copyright_of_others_keeps_its_form(licence: str) -> None:
    assert told({"LICENSE": licence, "net.py": HEAD + LONG}) == []
    assert told({"LICENSE": licence, "net.py": LONG}) == ["defect-long-method", "sat.2"]


def test_module_under_the_copyright_that_its_licence_or_most_modules_name_is_own() -> None:
    assert told({"LICENSE": mit("The Rows Team"), "net.py": HEAD + LONG}) == ["defect-long-method", "sat.2"]
    heads = {path: HEAD + text for path, text in OTHERS.items()}
    assert told({"LICENSE": APACHE, "net.py": HEAD + LONG, **heads}) == ["defect-long-method", "sat.2"]


def test_long_functions_of_a_course_count_and_are_not_listed() -> None:
    lessons = {f"chapter{number}/net.py": f"import torch\n\nN = {number}\n\n\n{LONG}" for number in range(1, 7)}
    result, findings = result_of("defect-long-method", facts_from(lessons))
    assert (result.value, findings) == (1.0, ())
