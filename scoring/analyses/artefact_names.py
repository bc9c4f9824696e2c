"""Models that a repository keeps, told by the names of their files."""

import re

from scoring.readers.places import roles_of

_MODEL = re.compile(
    r"\.(?:pkl|pickle|joblib|pt|pth|ckpt|h5|hdf5|keras|onnx|pb|tflite|safetensors|bst|cbm|model|mlmodel|caffemodel)(?:\.dvc)?$",
    re.IGNORECASE,
)
_OTHER = re.compile(
    r"encod|scaler|vectori[sz]er|tokeni[sz]er|vocab|column|feature|data|split|index|label|norm|test|train_|x_|y_|sample|"
    r"fixture|cache|history|embed",
    re.IGNORECASE,
)
"""Words in the names of what is saved beside a model."""


def is_kept_model(path: str) -> bool:
    """A model that git keeps, or a DVC file that points to one."""
    if not _MODEL.search(path) or _OTHER.search(path.rpartition("/")[2]):
        return False
    return roles_of(path).isdisjoint({"test", "docs", "example", "generated"})
