"""What a setup.py puts together of literals: texts of names, and a table that takes some entries of another."""

import pytest

from scoring.facts import PackagingFacts
from scoring.readers.packaging import READERS

READ = {reader.name: reader.read for reader in READERS}["packaging.setup-py"]


def facts(text: str) -> PackagingFacts:
    read = READ(text.encode())
    assert isinstance(read, PackagingFacts)
    return read


@pytest.mark.parametrize("made", ["'{}=={}'.format(name, number)", "f'{name}=={number}'", "name + '==1.15.2'"])
def test_setup_py_puts_texts_of_names_together(made: str) -> None:
    head = "from setuptools import setup\nname = 'tensorflow'\nnumber = '1.15.2'\n"
    read = facts(f"{head}setup(install_requires=['numpy', {made}])\n")
    assert ([(one.name, one.pin) for one in read.requirements], read.dynamic) == (
        [("numpy", "open"), ("tensorflow", "exact")],
        False,
    )


@pytest.mark.parametrize("made", ["'{}=={}'.format(name, number())", "f'{name}=={number()}'", "name + number()"])
def test_setup_py_with_a_text_that_is_computed_is_dynamic(made: str) -> None:
    text = f"from setuptools import setup\nname = 'tensorflow'\nsetup(install_requires=['numpy', {made}])\n"
    assert facts(text).dynamic


TABLE = "from setuptools import setup\nneeds = {'install': ['torch'], 'setup': ['numpy'], 'test': ['pytest']}\n"


@pytest.mark.parametrize(
    ("condition", "names", "dynamic"),
    [
        (" if k not in ['install', 'setup']", ["torch", "pytest"], False),
        (" if k == 'test'", ["torch", "pytest"], False),
        ("", ["torch", "torch", "numpy", "pytest"], False),
        (" if wanted(k)", ["torch"], True),
    ],
)
def test_setup_py_takes_some_entries_of_a_table(condition: str, names: list[str], *, dynamic: bool) -> None:
    extras = f"extras = {{k: v for k, v in needs.items(){condition}}}\n"
    read = facts(f"{TABLE}{extras}setup(install_requires=needs['install'], extras_require=extras)\n")
    assert ([one.name for one in read.requirements], read.dynamic) == (names, dynamic)


def test_what_is_added_to_a_table_of_taken_entries_counts() -> None:
    extras = "extras = {k: v for k, v in needs.items() if k == 'test'}\nextras['gpu'] = ['cupy']\n"
    read = facts(f"{TABLE}{extras}setup(extras_require=extras)\n")
    assert [one.name for one in read.requirements] == ["pytest", "cupy"]
    assert not read.dynamic


def test_long_text_is_not_put_together_many_times() -> None:
    text = f"from setuptools import setup\nname = '{'x' * 1_000}'\nsetup(install_requires=[f'{'{name}' * 9}'])\n"
    assert facts(text).dynamic


@pytest.mark.parametrize(
    ("text", "people"),
    [("ada@tools.org", True), ("git@github.com:ada/tools.git", False), ("git+ssh://git@gitlab.com/ada/tools", False)],
)
def test_address_of_a_person_is_none_of_a_repository(text: str, *, people: bool) -> None:
    assert facts(f"from setuptools import setup\nTEXT = '{text}'\nsetup(name='tools')\n").people is people
