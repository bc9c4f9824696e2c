"""Steps that are carried out by commands of a shell (glu.7)."""

import pytest

from scoring.testing import ML_FILE, check_clear, check_found, check_unknown, facts_from, result_of

SIGNAL = "glu.7"
HEAD = "import os\nimport subprocess\nimport sys\n\n"


@pytest.mark.parametrize(
    "call",
    [
        "subprocess.run(['git', 'rev-parse', 'HEAD'])",
        "subprocess.check_call([sys.executable, '-m', 'pip', 'install', name])",
        "os.system('mkdir -p save')",
        "subprocess.check_output('nvidia-smi | grep Tesla', shell=True)",
        "os.system('python setup.py install')",
        "os.system('python --version')",
        "os.system('ffmpeg -version')",
        "os.system('python scripts/collect.py --help')",
        "subprocess.run([sys.executable, '-m', 'bandit', '-r', 'src'])",
        "subprocess.getoutput('scontrol show hostname {} | head -n1'.format(nodes))",
        "os.system('make -j16')",
        "subprocess.run(['python3', '-m', 'json.tool', path])",
        "subprocess.run(['ffmpeg', '-i', path], check=True)",
        "subprocess.check_call(['tar', 'xf', path])",
    ],
)
def test_other_command_is_clear(call: str) -> None:
    check_clear(SIGNAL, {"run.py": HEAD + call + "\n"})


@pytest.mark.parametrize(
    "files",
    [
        {},
        {"run.py": HEAD},
        {"run.py": HEAD + "subprocess.run(command)\n"},
        {"tests/test_run.py": HEAD + "os.system('python a.py')\n"},
    ],
)
def test_without_a_command_that_is_written_down_nothing_is_clear(files: dict[str, str]) -> None:
    check_unknown(SIGNAL, files)


@pytest.mark.parametrize(
    "call",
    [
        "os.system('python train.py --epochs 3')",
        "os.system('python prep/clean.py %s' % name)",
        "os.system(f'cd {name} && python3 -u train.py')",
        "subprocess.run([sys.executable, 'train.py', name], check=True)",
        "subprocess.run(['python', '-m', 'app.train'] + rest)",
        "subprocess.Popen('cat {} | sort -u > {}'.format(a, b), shell=True)",
        "subprocess.call(args=['bash', 'fetch.sh'])",
        "os.system('aws s3 cp ' + a + ' .')",
        "os.system('ffmpeg -i in.mp4 out.wav')",
    ],
)
def test_step_is_found(call: str) -> None:
    check_found(SIGNAL, {"run.py": HEAD + call + "\n"}, at=["run.py:5"])


def test_command_bound_to_a_name_is_followed() -> None:
    text = HEAD + "def run(name):\n    command = 'python train.py ' + name\n    os.system(command)\n"
    _, findings = result_of(SIGNAL, facts_from({**ML_FILE, "run.py": text}))
    assert [(item.line, item.symbol, item.evidence["command"]) for item in findings] == [
        (7, "run", "python train.py ?")
    ]
    assert findings[0].message == (
        "`python train.py ?` runs another program: it is given and gives back text that nothing checks."
    )


def test_tool_that_moves_data_has_a_remedy_of_its_own() -> None:
    for call, first in (
        ("os.system('ffmpeg -i a b')", "Hand the command over"),
        ("os.system('python a.py')", "Import"),
    ):
        _, (finding,) = result_of(SIGNAL, facts_from({**ML_FILE, "run.py": HEAD + call + "\n"}))
        assert finding.remedy.startswith(first)


def test_commands_of_one_file_count_each_and_are_one_finding() -> None:
    commands = "".join(f"os.system('python step_{number}.py')\n" for number in range(3))
    result, findings = result_of(SIGNAL, facts_from({**ML_FILE, "run.py": f"import os\nimport numpy\n\n{commands}"}))
    assert result.value == 3.0
    assert [(item.path, item.line, item.evidence["commands"]) for item in findings] == [("run.py", 4, 3)]
    assert findings[0].message.endswith(" So do 2 more commands of this file.")
