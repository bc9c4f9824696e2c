"""Steps that a README has people run."""

import pytest

from scoring.testing import check_clear, check_found, check_unknown

SCRIPTS = {f"{name}.py": "x = 1\n" for name in ("load", "clean", "fit", "release")}
README = "# Model\n\n```bash\n" + "".join(f"python {name}\n" for name in SCRIPTS) + "```\n"


def test_steps_that_a_makefile_runs_are_clear() -> None:
    makefile = "all:\n" + "".join(f"\tpython {name}\n" for name in SCRIPTS)
    check_clear("prc.1", {**SCRIPTS, "README.md": README, "Makefile": makefile})


def test_scripts_of_elsewhere_are_no_steps() -> None:
    check_unknown("prc.1", {"README.md": README})


@pytest.mark.parametrize(
    "script", [b"for name in load clean; do python $name.py; done\n", b"ls *.py | xargs -n1 python\n", b"\0"]
)
def test_shell_scripts_that_run_what_nobody_sees_may_run_them(script: bytes) -> None:
    check_unknown("prc.1", {**SCRIPTS, "README.md": README, "run.sh": script})


def test_steps_that_a_shell_script_runs_are_clear() -> None:
    script = "#!/bin/sh\nset -e\n" + "".join(f"python {name} \\\n  --fast\n" for name in SCRIPTS)
    check_clear("prc.1", {**SCRIPTS, "README.md": README, "run.sh": script})


def test_a_shell_script_that_runs_one_leaves_the_others() -> None:
    check_found("prc.1", {**SCRIPTS, "README.md": README, "run.sh": "python load.py\n"}, at=["README.md:5"])


def test_no_readme_is_unknown() -> None:
    check_unknown("prc.1", SCRIPTS)


def test_steps_are_found_at_the_first_command() -> None:
    check_found("prc.1", {**SCRIPTS, "README.md": README}, at=["README.md:4"])


def test_commands_that_were_not_read_may_run_them() -> None:
    check_unknown("prc.1", {**SCRIPTS, "README.md": README, ".github/workflows/ci.yml": "jobs: [\n"})


def test_steps_that_a_script_of_python_runs_are_clear() -> None:
    code = "import subprocess\n\n" + "".join(f"subprocess.run('python {name}')\n" for name in SCRIPTS)
    check_clear("prc.1", {**SCRIPTS, "README.md": README, "run.py": code})
