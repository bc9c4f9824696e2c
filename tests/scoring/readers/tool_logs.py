"""SARIF as other tools write it. Those of pylint, bandit and semgrep are written by hand after what the tools document,
not by running them; ruff's is made by ruff itself where it is needed (`test_sarif.py`)."""

from typing import Any

BANDIT: dict[str, Any] = {
    "version": "2.1.0",
    "runs": [
        {
            "tool": {
                "driver": {
                    "name": "Bandit",
                    "organization": "PyCQA",
                    "rules": [{"id": "B301", "name": "blacklist", "properties": {"precision": "high"}}],
                    "version": "1.7.8",
                    "semanticVersion": "1.7.8",
                }
            },
            "invocations": [{"executionSuccessful": True, "endTimeUtc": "2026-03-05T03:28:48Z"}],
            "results": [
                {
                    "message": {"text": "Pickle can run code when it is read."},
                    "level": "warning",
                    "locations": [
                        {
                            "physicalLocation": {
                                "region": {"snippet": {"text": "pickle.load(f)\n"}, "endLine": 9, "startLine": 9},
                                "artifactLocation": {"uri": "src/load.py"},
                                "contextRegion": {"startLine": 8, "endLine": 10},
                            }
                        }
                    ],
                    "properties": {"issue_confidence": "HIGH", "issue_severity": "MEDIUM"},
                    "ruleId": "B301",
                    "ruleIndex": 0,
                }
            ],
        }
    ],
}

PYLINT: dict[str, Any] = {
    "version": "2.1.0",
    "runs": [
        {
            "tool": {
                "driver": {
                    "name": "pylint",
                    "version": "4.0.0",
                    "rules": [
                        {"id": "too-many-branches", "name": "R0912", "deprecatedIds": ["R0912"]},
                        {"id": "line-too-long", "name": "C0301", "defaultConfiguration": {"level": "note"}},
                    ],
                }
            },
            "results": [
                {
                    "ruleIndex": 0,
                    "level": "warning",
                    "message": {"text": "Too many branches (14/12)"},
                    "locations": [
                        {
                            "physicalLocation": {
                                "artifactLocation": {"uri": "src/train.py", "uriBaseId": "SRCROOT"},
                                "region": {"startLine": 3, "startColumn": 1},
                            }
                        }
                    ],
                },
                {
                    "rule": {"id": "line-too-long", "index": 1},
                    "message": {"text": "Line too long (130/100)"},
                    "locations": [{"physicalLocation": {"artifactLocation": {"uri": "src/train.py"}}}],
                },
            ],
            "originalUriBaseIds": {"SRCROOT": {"description": {"text": "where it was started"}}},
        }
    ],
}

SEMGREP: dict[str, Any] = {
    "$schema": "https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json",
    "version": "2.1.0",
    "runs": [
        {
            "invocations": [{"executionSuccessful": True, "toolExecutionNotifications": []}],
            "results": [
                {
                    "fingerprints": {"matchBasedId/v1": "requires login"},
                    "locations": [
                        {
                            "physicalLocation": {
                                "artifactLocation": {"uri": "src/load.py", "uriBaseId": "%SRCROOT%"},
                                "region": {"endColumn": 9, "endLine": 4, "startColumn": 1, "startLine": 4},
                            }
                        }
                    ],
                    "message": {"text": "Avoid reading pickles of others."},
                    "properties": {},
                    "ruleId": "python.lang.security.deserialization.pickle.avoid-pickle",
                },
                {
                    "locations": [
                        {
                            "physicalLocation": {
                                "artifactLocation": {"uri": "src/load.py", "uriBaseId": "%SRCROOT%"},
                                "region": {"endLine": 7, "startLine": 6},
                            }
                        }
                    ],
                    "message": {"text": "Silenced with a comment."},
                    "ruleId": "python.lang.security.audit.eval-detected.eval-detected",
                    "suppressions": [{"kind": "inSource"}],
                },
            ],
            "tool": {
                "driver": {
                    "name": "Semgrep OSS",
                    "rules": [
                        {
                            "defaultConfiguration": {"level": "error"},
                            "id": "python.lang.security.deserialization.pickle.avoid-pickle",
                        }
                    ],
                    "semanticVersion": "1.100.0",
                }
            },
        }
    ],
}


def log(*results: dict[str, Any], tool: str = "ruff", **run: Any) -> dict[str, Any]:
    """A log of one run with these results."""
    return {"version": "2.1.0", "runs": [{"tool": {"driver": {"name": tool}}, "results": list(results), **run}]}


def result(uri: str | None, rule: str = "C901", line: int = 1, **more: Any) -> dict[str, Any]:
    """One result; without a uri one that names no place."""
    places = [{"physicalLocation": {"artifactLocation": {"uri": uri}, "region": {"startLine": line}}}] if uri else []
    return {"ruleId": rule, "message": {"text": f"{rule} at {line}"}, "locations": places, **more}
