"""Licences: which text, and who holds the copyright."""

import pytest

from scoring.facts import LicenceFacts
from scoring.readers import licences

APACHE = 'Apache License\n\n"Work" shall mean the work of authorship, as indicated by a\n'


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("", LicenceFacts()),
        ("Do as you please.\n", LicenceFacts()),
        ("MIT License\n\nCopyright (c) 2019 Jane Doe\n", LicenceFacts("mit", ("doe", "jane"))),
        ("   Copyright © 2016-2019 VRG, CTU Prague\n", LicenceFacts("", ("ctu", "prague", "vrg"))),
        ("Copyright Sample.com, Inc. or its affiliates.\n", LicenceFacts("", ("com", "sample"))),
        ("Apache License\n\n   Copyright [yyyy] [name of copyright owner]\n", LicenceFacts("apache")),
        (
            "GNU GENERAL PUBLIC LICENSE\n\n Copyright (C) 2007 Free Software Foundation, Inc.\n"
            "copyright treaty adopted on 20 December 1996\n    Copyright (C) <year> <name of author>\n",
            LicenceFacts("gpl"),
        ),
        (
            "BSD 3-Clause\nCopyright holders are many.\nCopyright 2020 The Rows Authors.\n",
            LicenceFacts("bsd", ("rows",)),
        ),
        (
            f"It has several licences.\n{'What stands in a file goes first. ' * 9}Else the Apache License holds.\n",
            LicenceFacts(),
        ),
        (
            f"{APACHE}copyright notice that is included in or attached to the work\n",
            LicenceFacts("apache"),
        ),
        ("#!/usr/bin/env python3\n# Copyright 2018 Rows, Inc.\n", LicenceFacts()),
        ("{% if mit %}MIT License\nCopyright (c) 2020 {{ author }}\n{% endif %}", LicenceFacts()),
    ],
)
def test_licence_says(text: str, facts: LicenceFacts) -> None:
    assert licences.read(text.encode()) == facts
