"""Safe defaults on one's own machine, and the checks that refuse an unsafe start elsewhere."""

import os
import secrets
from collections.abc import Mapping
from pathlib import Path

import dj_database_url
from django.core.exceptions import ImproperlyConfigured

# Setting any of these says: this is no longer only one's own machine.
PRODUCTION_SETTINGS = (
    "NEWSROOM_SECRET_KEY",
    "NEWSROOM_ALLOWED_HOSTS",
    "NEWSROOM_HTTPS",
    "NEWSROOM_TRUSTED_PROXIES",
    "NEWSROOM_PRODUCTION",
)
SECRET_LENGTH = 50
DEFAULT_PASSWORDS = frozenset(
    {"", "postgres", "password", "newsroom", "secret", "changeme", "change-me", "admin", "example"}
)
_TRUE = frozenset({"1", "true", "yes", "on"})
_FALSE = frozenset({"", "0", "false", "no", "off"})


def flag(environ: Mapping[str, str], name: str, *, default: bool = False) -> bool:
    """Return a yes/no setting; raise ImproperlyConfigured for anything else."""
    value = environ.get(name)
    if value is None:
        return default
    if value.lower() in _TRUE:
        return True
    if value.lower() in _FALSE:
        return False
    raise ImproperlyConfigured(f"{name} must be 1 or 0, not “{value}”.")


def words(environ: Mapping[str, str], name: str) -> list[str]:
    """Return a comma-separated setting as a list."""
    return [word.strip() for word in environ.get(name, "").split(",") if word.strip()]


def number(environ: Mapping[str, str], name: str) -> int:
    """Return a whole-number setting, 0 if absent; raise ImproperlyConfigured for anything else."""
    value = environ.get(name, "0") or "0"
    if not (value.isascii() and value.isdigit()):
        raise ImproperlyConfigured(f"{name} must be a whole number, not “{value}”.")
    return int(value)


def is_local(environ: Mapping[str, str]) -> bool:
    """Whether no production setting is set."""
    return not any(environ.get(name) for name in PRODUCTION_SETTINGS)


def refuse_unsafe(environ: Mapping[str, str]) -> None:
    """Raise ImproperlyConfigured, naming every setting that makes a production start unsafe."""
    faults = [*_secret_faults(environ), *_host_faults(environ), *_database_faults(environ)]
    if flag(environ, "NEWSROOM_DEBUG"):
        faults.append("NEWSROOM_DEBUG is on: it shows secrets in error pages. Unset it.")
    if faults:
        raise ImproperlyConfigured("Newsroom will not start like this:\n- " + "\n- ".join(faults))


def _secret_faults(environ: Mapping[str, str]) -> list[str]:
    secret = environ.get("NEWSROOM_SECRET_KEY", "")
    if len(secret) < SECRET_LENGTH or len(set(secret)) < 10:
        fault = (
            f"NEWSROOM_SECRET_KEY must be a random string of at least {SECRET_LENGTH} characters, "
            "for instance from: python -c 'import secrets; print(secrets.token_urlsafe(64))'"
        )
        return [fault]
    return []


def _host_faults(environ: Mapping[str, str]) -> list[str]:
    hosts = words(environ, "NEWSROOM_ALLOWED_HOSTS")
    if not hosts or "*" in hosts:
        return ["NEWSROOM_ALLOWED_HOSTS must name the hosts that are served, without “*”."]
    return []


def _database_faults(environ: Mapping[str, str]) -> list[str]:
    url = environ.get("DATABASE_URL", "")
    if not url:
        return ["DATABASE_URL must name the Postgres to use."]
    password = str(dj_database_url.parse(url).get("PASSWORD") or "")
    if password.lower() in DEFAULT_PASSWORDS:
        return ["DATABASE_URL has no password or a default one. Give the database a password."]
    return []


def make_private_folders(data_dir: Path, *folders: Path) -> None:
    """Make the data folder, and the private ones in it with mode 0700.

    The embedded server's folder must be reached by its own user, so the data folder itself is open
    to pass through; what is private lies in folders that are not.
    """
    data_dir.mkdir(parents=True, exist_ok=True)
    for folder in folders:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if folder.stat().st_mode & 0o077:
            folder.chmod(0o700)


def kept_secret(path: Path) -> str:
    """Return the secret in ``path``, made on first use, by one process of several at once."""
    make_private_folders(path.parent.parent, path.parent)
    try:
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(64))
    except FileExistsError:
        pass
    return path.read_text() or _after_the_other_wrote(path)


def _after_the_other_wrote(path: Path) -> str:
    """Return the secret another process is writing at this moment."""
    while not (secret := path.read_text()):
        os.sched_yield()
    return secret
