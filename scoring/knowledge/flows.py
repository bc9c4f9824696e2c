"""Which third-party calls learn from rows, resample, split and take statistics: for the data-flow pass."""

from importlib.resources import files
from tomllib import loads
from typing import NamedTuple


class Flows(NamedTuple):
    """The tables of flows.toml."""

    learners: tuple[str, ...]
    harmless: frozenset[str]
    unsupervised: tuple[str, ...]
    embedders: tuple[str, ...]
    selectors: tuple[str, ...]
    learning_functions: frozenset[str]
    binning: frozenset[str]
    resamplers: tuple[str, ...]
    resampling_functions: frozenset[str]
    resampling_methods: frozenset[str]
    statistics: frozenset[str]
    statistic_functions: frozenset[str]
    fillers: frozenset[str]
    splits: frozenset[str]
    folds: frozenset[str]
    crossed: frozenset[str]
    bare_attributes: frozenset[str]
    same_attributes: frozenset[str]
    bare_functions: frozenset[str]
    bare_methods: frozenset[str]

    def learns(self, name: str) -> bool:
        """Whether an object of this class learns from the rows that it is fitted on and transforms others by it."""
        return name.startswith(self.learners) and name.rpartition(".")[2] not in self.harmless

    def resamples(self, name: str) -> bool:
        """Whether an object of this class copies or invents rows."""
        return name.startswith(self.resamplers)


def _flows() -> Flows:
    table = loads(files("scoring.knowledge").joinpath("flows.toml").read_text("utf-8"))
    learners, resamplers, statistics = table["learners"], table["resamplers"], table["statistics"]
    splits, shapes = table["splits"], table["shapes"]
    return Flows(
        tuple(learners["prefixes"]),
        frozenset(learners["harmless"]),
        tuple(learners["unsupervised"]),
        tuple(learners["embedders"]),
        tuple(learners["selectors"]),
        frozenset(learners["functions"]),
        frozenset(learners["binning"]),
        tuple(resamplers["prefixes"]),
        frozenset(resamplers["functions"]),
        frozenset(resamplers["methods"]),
        frozenset(statistics["methods"]),
        frozenset(statistics["functions"]),
        frozenset(statistics["fillers"]),
        frozenset(splits["functions"]),
        frozenset(splits["folds"]),
        frozenset(splits["crossed"]),
        frozenset(shapes["attributes"]),
        frozenset(shapes["same"]),
        frozenset(shapes["functions"]),
        frozenset(shapes["methods"]),
    )


FLOWS = _flows()
