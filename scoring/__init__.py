"""Debtboard's engine: evidence of machine-learning debt in a git repository, scored against a fixed ruler.

The flow, top to bottom:

1. `sources.git` opens the repository and lists the commit of each week; nothing is checked out.
2. `survey` finds the blobs whose facts are not known yet and reads them in limited child processes (`sandbox`).
3. `readers` turn the bytes of one file into facts, which are kept by blob id and reader version.
4. `analyses` derive a component's facts: its view, its history.
5. `debts` hold the signals: one file per debt kind, one function per signal; `measuring` runs them.
6. `scores` turn signals into debts, the five litmus answers, the ML Test Score and the 25 practices.
7. `reports` render the assessment as JSON, text, Markdown or SARIF.

Vocabulary: a *fact* was seen in a file; a *signal* is a measure with its anchors; its *outcome* is found, clear,
unknown, not applicable or error; a *finding* is a place with a message. Same commit, inputs, engine, ruler and as_of
give the same bytes: time is a parameter, and nothing here reads a clock.
"""

VERSION = "0.1.0"
"""Of the package; what gives an answer is named by `edition.engine_version`."""
