"""rep.3 and rep.9: what is one decision is one finding."""

from scoring.testing import ML_FILE, facts_from, result_of

NAMES = ("pandas", "numpy", "scipy", "scikit-learn", "xgboost", "requests")
IMPORTS = "import numpy\nimport pandas\nimport requests\nimport scipy\nimport sklearn\nimport xgboost\n"


def listed(count: int) -> dict[str, str]:
    return {"train.py": IMPORTS + "\nxgboost.train(1)\n", "requirements.txt": "\n".join(NAMES[:count]) + "\n"}


def test_few_open_versions_are_told_one_by_one() -> None:
    _, findings = result_of("rep.3", facts_from(listed(5)))
    assert [item.line for item in findings if item.path == "requirements.txt"] == [1, 2, 3, 4, 5]


def test_many_open_versions_of_one_file_are_told_together() -> None:
    result, findings = result_of("rep.3", facts_from(listed(6)))
    assert [(item.path, item.evidence["packages"]) for item in findings] == [("requirements.txt", 6)]
    assert result.value == 0


def test_address_that_moves_is_told_by_pkg_3_alone() -> None:
    files = {**ML_FILE, "requirements.txt": "scikit-learn\nclip @ git+https://example.org/openai/clip.git\n"}
    assert [item.line for item in result_of("rep.3", facts_from(files))[1]] == [1]
    assert [item.line for item in result_of("pkg.3", facts_from(files))[1]] == [2]


def test_images_of_exact_releases_are_waved_away() -> None:
    lines = ("FROM acme/base:1.11.8", "FROM acme/more:v2.28.0", "FROM acme/days:build-20260514-1", "FROM python:3.11")
    files = {f"{n}/Dockerfile": f"{line}\nRUN python main.py\n" for n, line in enumerate(lines)}
    _, findings = result_of("rep.9", facts_from({**ML_FILE, **files}))
    assert [(item.path, item.severity) for item in findings] == [("3/Dockerfile", "medium")]


def test_name_given_to_a_helper_that_imports_is_a_use() -> None:
    code = "import pandas\n\nfrom .loading import import_or_raise\n\nprint(pandas, import_or_raise('catboost'))\n"
    files = {"requirements.txt": "catboost==1.2\npandas==2.2.0\n", "own/a.py": code, "own/loading.py": "x = 1\n"}
    assert result_of("rep.4", facts_from(files))[1] == ()
    files["own/a.py"] = code.replace("import_or_raise", "tell")
    assert [item.line for item in result_of("rep.4", facts_from(files))[1]] == [1]


def test_rep_3_archive_without_a_version_is_loose() -> None:
    listed = "scikit-learn==1.4.2\npandas @ https://example.org/main.zip\n"
    files = {**ML_FILE, "report.py": "import pandas\n\nprint(pandas)\n", "requirements.txt": listed}
    result, findings = result_of("rep.3", facts_from(files))
    assert (result.value, findings) == (0.5, ())  # pkg.3 tells the address
    assert [finding.line for finding in result_of("pkg.3", facts_from(files))[1]] == [2]
