"""Code copied instead of shared.

Why: Experiments start as copies: a training script becomes five with small differences, and a correction made in
one stays missing in the others. Over time nobody can tell which difference is meant. A study of 74 ML projects
found it to be widespread.

What is read: Python files and notebook cells: blocks of 50 tokens or more that occur twice after names and literals
are levelled out. Each place is named with the place it equals; identical copies of whole files count once.

Remedy: Move the shared block into a module that both import, and let its arguments be the differences. Begin with
the copies that change most often; leave cold ones alone.

Source: van Oort, Cruz, Aniche and van Deursen, The Prevalence of Code Smells in Machine Learning Projects (2021).
"""

from scoring.findings import PY, SHARE, Debt, H

debt = Debt(__name__, section="5.10", ml_only=False)

debt.row(
    "duplicate-code",
    "Share of the code that occurs in two places or more",
    source=PY,
    anchors=(0.03, 0.2),
    severity=2,
    precision=H,
    kind=SHARE,
    unit="of code",
    feeds=("abstraction-debt",),
)
