"""What third-party names mean."""

import pytest

from scoring.knowledge import (
    CALLS,
    LIBRARIES,
    WORDS,
    Pattern,
    call_kinds,
    drawn_generator,
    in_library,
    is_call,
    libraries,
    seeded_generators,
)


@pytest.mark.parametrize("name", ["", "sklearnex", "my.sklearn", "pandas_profiling", ".fit", "torchfoo.nn"])
def test_name_of_another_library_is_in_no_set(name: str) -> None:
    assert libraries(name) == frozenset()


@pytest.mark.parametrize(
    ("name", "sets"),
    [
        ("sklearn.svm.SVC", {"ALG"}),
        ("sklearn.svm.SVC().fit", {"ALG"}),
        ("sklearn.inspection.permutation_importance", {"ALG", "EXPL"}),
        ("pandas", {"DATA", "FRAME"}),
        ("pyspark.sql.functions", {"DATA"}),
        ("pyspark.ml.feature", {"ALG", "DATA"}),
        ("scipy.stats.ks_2samp", {"DRIFT"}),
        ("sklearn.model_selection.GridSearchCV", {"ALG", "HPO"}),
    ],
)
def test_name_is_in_the_sets_of_its_prefixes(name: str, sets: set[str]) -> None:
    assert libraries(name) == sets
    assert all(in_library(name, key) for key in sets)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("mymodule.fit", "FIT"),
        ("pandas.reader", "READ"),
        (".merge_all", "MERGE"),
        (".train", "FIT"),
        ("openfile", "READ"),
        ("pandas.DataFrame", "READ"),
        ("os.listdir", "CLOCK"),
    ],
)
def test_call_of_another_name_is_not_of_the_kind(name: str, kind: str) -> None:
    assert not is_call(name, kind)


@pytest.mark.parametrize(
    ("name", "kinds"),
    [
        ("pandas.read_csv", ("FRAME", "READ", "TABLE", "UNTYPED")),
        (".fit", ("FIT",)),
        ("sklearn.svm.SVC().fit", ("FIT",)),
        ("transformers.Trainer().train", ("FIT", "MODE", "TRAIN")),
        ("mlflow.sklearn.log_model", ("WRITE",)),
        ("pandas.read_csv().merge", ("MERGE",)),
        (".read.parquet", ("READ",)),
        ("os.listdir", ("UNORDERED",)),
        ("datetime.datetime.now", ("CLOCK",)),
        ("torch.sigmoid", ("SCORE",)),
        ("frames[].to_csv", ("WRITE",)),
    ],
)
def test_call_is_of_its_kinds(name: str, kinds: tuple[str, ...]) -> None:
    assert tuple(sorted(call_kinds(name))) == kinds


def test_pattern_takes_a_star_for_any_rest() -> None:
    pattern = Pattern(["a.b", "c.*", "d.*.e"])
    assert [name in pattern for name in ("a.b", "a.bc", "c.x.y", "c", "d.x.e", "d.e", "d.x.ef")] == [
        True,
        False,
        True,
        False,
        True,
        False,
        False,
    ]


@pytest.mark.parametrize(
    "name",
    [
        "numpy.random.seed",
        "numpy.random.default_rng().normal",
        "jax.random.normal",
        "torch.zeros",
        "sklearn.svm.SVC",
        "mymodule.rand",
    ],
)
def test_call_that_draws_nothing_has_no_generator(name: str) -> None:
    assert drawn_generator(name) is None


@pytest.mark.parametrize(
    ("name", "generator"),
    [
        ("random.shuffle", "random"),
        ("numpy.random.rand", "numpy"),
        ("torch.randn", "torch"),
        ("sklearn.model_selection.train_test_split", "sklearn"),
        ("sklearn.model_selection.KFold", "sklearn"),
        ("tensorflow.keras.layers.Dense", "tensorflow"),
    ],
)
def test_call_that_draws_names_its_generator(name: str, generator: str) -> None:
    found = drawn_generator(name)
    assert found is not None
    assert found.name == generator


@pytest.mark.parametrize(
    ("name", "generators"),
    [
        ("mymodule.set_seed", set()),
        ("random.seed", {"random"}),
        ("torch.cuda.manual_seed_all", {"torch"}),
        ("pytorch_lightning.seed_everything", {"random", "numpy", "torch", "keras"}),
        ("numpy.random.seed", {"numpy", "keras"}),
        ("tensorflow.keras.utils.set_random_seed", {"random", "numpy", "tensorflow", "keras"}),
    ],
)
def test_seed_names_the_generators_it_fixes(name: str, generators: set[str]) -> None:
    assert seeded_generators(name) == generators


def test_tables_are_whole() -> None:
    catalogue = {
        "ALG",
        "DATA",
        "TRACK",
        "VALID",
        "DRIFT",
        "EXPL",
        "FAIR",
        "ORCH",
        "SERVE",
        "FS",
        "HPO",
        "CONF",
        "FLAG",
        "SEC",
    }
    assert catalogue <= set(LIBRARIES)
    assert {"READ", "WRITE", "FIT", "PRED", "SPLIT", "EVAL"} <= set(CALLS)
    assert WORDS.tags == {"todo", "to-do", "fixme", "xxx", "hack"}
