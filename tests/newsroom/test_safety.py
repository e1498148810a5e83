"""Newsroom starts safely or not at all, and says which setting is at fault."""

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from newsroom import safety

ROOT = Path(__file__).resolve().parents[2]
SECRET = "k8Zq3vX1mB7nR5tY9wE2uC6iO4pA0sDfGhJkLzQxWcVbNm_-TgRd"
SAFE = {
    "NEWSROOM_SECRET_KEY": SECRET,
    "NEWSROOM_ALLOWED_HOSTS": "news.example.org",
    "DATABASE_URL": "postgresql://newsroom:r2Vx9-qLm4@db.example.org/newsroom",
}
UNSAFE = [
    pytest.param({"NEWSROOM_SECRET_KEY": ""}, "NEWSROOM_SECRET_KEY", id="no secret"),
    pytest.param({"NEWSROOM_SECRET_KEY": "short"}, "NEWSROOM_SECRET_KEY", id="short secret"),
    pytest.param({"NEWSROOM_SECRET_KEY": "ab" * 40}, "NEWSROOM_SECRET_KEY", id="dull secret"),
    pytest.param({"NEWSROOM_ALLOWED_HOSTS": ""}, "NEWSROOM_ALLOWED_HOSTS", id="no hosts"),
    pytest.param({"NEWSROOM_ALLOWED_HOSTS": "a.org,*"}, "NEWSROOM_ALLOWED_HOSTS", id="all hosts"),
    pytest.param({"NEWSROOM_DEBUG": "1"}, "NEWSROOM_DEBUG", id="debug"),
    pytest.param({"NEWSROOM_DEBUG": "maybe"}, "NEWSROOM_DEBUG", id="unclear debug"),
    pytest.param({"NEWSROOM_HTTPS": "perhaps"}, "NEWSROOM_HTTPS", id="unclear https"),
    pytest.param({"NEWSROOM_TRUSTED_PROXIES": "-1"}, "NEWSROOM_TRUSTED_PROXIES", id="proxies"),
    pytest.param({"NEWSROOM_STATEMENT_TIMEOUT_MS": "long"}, "NEWSROOM_STATEMENT", id="timeout"),
    pytest.param({"DATABASE_URL": ""}, "DATABASE_URL", id="embedded database"),
    pytest.param({"DATABASE_URL": "postgresql://u@h/n"}, "DATABASE_URL", id="no password"),
    pytest.param(
        {"DATABASE_URL": "postgresql://u:Postgres@h/n"}, "DATABASE_URL", id="default password"
    ),
]


def check(tmp_path: Path, values: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
    """Start Newsroom with these settings and no others."""
    inherited = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("NEWSROOM_", "DATABASE_URL", "DJANGO_"))
    }
    return subprocess.run(
        [sys.executable, "manage.py", "check"],
        cwd=ROOT,
        env={**inherited, "NEWSROOM_DATA_DIR": str(tmp_path), **values},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def test_a_safe_production_start_is_let_through(tmp_path: Path) -> None:
    done = check(tmp_path, SAFE)

    assert done.returncode == 0, done.stderr
    assert not (tmp_path / "secret").exists()
    assert not (tmp_path / "postgres").exists()


@pytest.mark.parametrize(("change", "setting"), UNSAFE)
def test_an_unsafe_production_start_is_refused_and_the_setting_named(
    tmp_path: Path, change: dict[str, str], setting: str
) -> None:
    done = check(tmp_path, SAFE | change)

    assert done.returncode != 0
    assert "ImproperlyConfigured" in done.stderr
    assert setting in done.stderr.splitlines()[-1] + done.stderr.splitlines()[-2]
    assert SECRET not in done.stderr
    assert "r2Vx9-qLm4" not in done.stderr


@pytest.mark.parametrize("name", safety.PRODUCTION_SETTINGS)
def test_any_production_setting_ends_local_mode(name: str) -> None:
    assert safety.is_local({})
    assert not safety.is_local({name: "1"})


def test_every_fault_is_named_at_once() -> None:
    with pytest.raises(ImproperlyConfigured) as refused:
        safety.refuse_unsafe({"NEWSROOM_PRODUCTION": "1", "NEWSROOM_DEBUG": "1"})

    for name in ("SECRET_KEY", "ALLOWED_HOSTS", "DEBUG"):
        assert f"NEWSROOM_{name}" in str(refused.value)
    assert "DATABASE_URL" in str(refused.value)


@pytest.mark.parametrize("password", sorted(safety.DEFAULT_PASSWORDS))
def test_no_default_password_of_the_database_is_let_through(password: str) -> None:
    url = f"postgresql://newsroom:{password}@db.example.org/newsroom"

    with pytest.raises(ImproperlyConfigured, match="DATABASE_URL"):
        safety.refuse_unsafe(SAFE | {"DATABASE_URL": url})


@pytest.mark.parametrize("value", ["1", "true", "YES", "on"])
def test_a_flag_is_on(value: str) -> None:
    assert safety.flag({"X": value}, "X")


@pytest.mark.parametrize("value", ["", "0", "False", "no", "off"])
def test_a_flag_is_off(value: str) -> None:
    assert not safety.flag({"X": value}, "X", default=True)


@pytest.mark.parametrize("value", ["²", "1.5", "-3", "ten"])
def test_a_number_must_be_whole(value: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="X must be"):
        safety.number({"X": value}, "X")


def test_the_secret_is_made_once_and_kept_from_others(tmp_path: Path) -> None:
    path = tmp_path / "data" / "secret" / "key"

    first = safety.kept_secret(path)

    assert len(first) >= safety.SECRET_LENGTH
    assert safety.kept_secret(path) == first
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700


def test_another_installation_has_another_secret(tmp_path: Path) -> None:
    one, other = (safety.kept_secret(tmp_path / name / "secret" / "key") for name in "ab")

    assert one != other


def test_a_private_folder_that_was_opened_is_closed_again(tmp_path: Path) -> None:
    folder = tmp_path / "captures"
    folder.mkdir(mode=0o755)

    safety.make_private_folders(tmp_path, folder)

    assert folder.stat().st_mode & 0o777 == 0o700


def test_processes_that_start_at_once_agree_on_the_secret(tmp_path: Path) -> None:
    path = tmp_path / "data" / "secret" / "key"
    script = (
        "import sys; from pathlib import Path; from newsroom import safety\n"
        "print('ready', flush=True); sys.stdin.readline()\n"
        "print(safety.kept_secret(Path(sys.argv[1])))"
    )
    together = [
        subprocess.Popen(
            [sys.executable, "-c", script, str(path)],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(4)
    ]
    for process in together:
        assert process.stdout is not None
        process.stdout.readline()

    for process in together:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    secrets = {process.communicate(timeout=60)[0].strip() for process in together}

    assert secrets == {path.read_text()}
