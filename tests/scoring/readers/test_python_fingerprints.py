"""Windows of tokens that tell copies of code."""

from scoring.readers.python import read

FUNCTION = '''
def normalise(frame, columns, limit):
    """Doc."""
    result = {}
    for column in columns:
        values = frame[column].dropna().astype(float)
        if values.empty or len(values) < limit:
            continue
        low, high = values.quantile(0.01), values.quantile(0.99)
        clipped = values.clip(low, high)
        spread = clipped.std(ddof=1)
        result[column] = (clipped - clipped.mean()) / max(spread, 1e-9)
        while spread > limit and not clipped.isna().any():
            spread = spread / 2
    return result
'''


def digests(source: str) -> set[int]:
    return {item.digest for item in read(source.encode()).fingerprints}


def test_short_code_has_no_window() -> None:
    assert digests("x = 1\ny = f(x)\n") == set()


def test_lists_of_options_fields_and_rows_have_no_window() -> None:
    options = "".join(f"parser.add_argument('--a{n}', type=int, default={n}, help='x')\n" for n in range(60))
    fields = "class C:\n" + "".join(f"    a{n}: list[int] = field(default=None, meta=x.y(1))\n" for n in range(60))
    rows = "X = [\n" + "".join(f"    ('a', {n}, 2.5, None),\n" for n in range(300)) + "]\n"
    table = "X = {\n" + "".join(f"    'k{n}': {{'a': {n}, 'b': [1, 2]}},\n" for n in range(300)) + "}\n"
    imports = "".join(f"from a.b{n} import c, d as e\n" for n in range(60))
    assert [digests(source) for source in (options, fields, rows, table, imports)] == [set()] * 5


def test_copy_shares_its_windows_wherever_it_stands() -> None:
    there = (
        "import os\n\n\ndef other(a):\n    os.remove(a)\n    return [b.c for b in a]\n\n\n" + FUNCTION + "\nprint(1)\n"
    )
    assert digests(FUNCTION)
    assert digests(FUNCTION) & digests(there)


def test_renamed_names_and_constants_are_still_a_copy() -> None:
    renamed = (
        FUNCTION.replace("frame", "table").replace("0.01", "0.05").replace("columns", "names").replace("Doc.", "Other.")
    )
    assert digests(renamed) == digests(FUNCTION)


def test_other_attributes_are_no_copy() -> None:
    changed = FUNCTION
    for name in ("dropna", "quantile", "clip(", "std", "mean", "isna", "astype", "empty"):
        changed = changed.replace(name, "other_" + name)
    assert not digests(changed) & digests(FUNCTION)


def test_window_names_its_lines() -> None:
    source = FUNCTION.lstrip()
    for item in read(source.encode()).fingerprints:
        assert 1 <= item.line < item.end_line <= source.count("\n")
        assert 0 <= item.digest < 1 << 63
