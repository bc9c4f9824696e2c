"""rep.3 and rep.9: what is one decision is one finding."""

from scoring.testing import ML_FILE, facts_from, result_of

NAMES = ("pandas", "numpy", "scipy", "scikit-learn", "xgboost", "requests")
IMPORTS = "import numpy\nimport pandas\nimport requests\nimport scipy\nimport sklearn\nimport xgboost\n"


def listed(count: int) -> dict[str, str]:
    return {"train.py": IMPORTS + "\nxgboost.train(1)\n", "requirements.txt": "\n".join(NAMES[:count]) + "\n"}


def test_one_open_version_is_told_by_its_name() -> None:
    _, findings = result_of("rep.3", facts_from(listed(1)))
    assert [(item.line, item.evidence["package"]) for item in findings] == [(1, "pandas")]


def test_each_version_that_is_pinned_lowers_the_share_and_never_adds_a_finding() -> None:
    told = []
    for pinned in range(len(NAMES) + 1):
        lines = [f"{name}==1.0" if at < pinned else name for at, name in enumerate(NAMES)]
        result, findings = result_of("rep.3", facts_from({**listed(6), "requirements.txt": "\n".join(lines) + "\n"}))
        told.append((round(6 * (result.value or 0)), len(findings)))
    assert told == [(0, 1), (1, 1), (2, 1), (3, 1), (4, 1), (5, 1), (6, 0)]


def test_each_unused_package_that_is_dropped_lowers_the_share_and_never_adds_a_finding() -> None:
    code = "import numpy\n\nprint(numpy)\n"
    unused = ("humanize", "shapely", "pandas", "requests", "polars", "plotly")
    told = []
    for kept in range(len(unused), -1, -1):
        lines = "".join(f"{name}==1.0\n" for name in ("numpy", "scikit-learn", *unused[:kept]))
        result, findings = result_of("rep.4", facts_from({**ML_FILE, "a.py": code, "requirements.txt": lines}))
        told.append((result.value, len(findings)))
    assert [findings for _, findings in told] == [1, 1, 1, 1, 1, 1, 0]
    assert [value for value, _ in told] == sorted({value for value, _ in told}, reverse=True)


def test_many_open_versions_of_one_file_are_told_together() -> None:
    result, findings = result_of("rep.3", facts_from(listed(6)))
    assert [(item.path, item.evidence["packages"]) for item in findings] == [("requirements.txt", 6)]
    assert result.value == 0


def test_address_that_moves_is_told_by_pkg_3_alone() -> None:
    files = {**ML_FILE, "requirements.txt": "scikit-learn\nclip @ git+https://example.org/openai/clip.git\n"}
    assert [item.line for item in result_of("rep.3", facts_from(files))[1]] == [1]
    assert [item.line for item in result_of("pkg.3", facts_from(files))[1]] == [2]


def test_images_of_exact_releases_are_waved_away() -> None:
    lines = ("FROM acme/base:1.11.8", "FROM acme/more:v2.28.0", "FROM acme/days:build-20260514-1", "FROM python")
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
