"""Read settings from the environment: each value once, typed, with a clear refusal."""

import os
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

#: Every variable that was asked for, so that an unknown one can stop the start.
asked: set[str] = set()

YES = {"1", "true", "yes", "on"}
NO = {"0", "false", "no", "off", ""}


def text(name: str, default: str) -> str:
    """Return a variable as it stands, or the default."""
    asked.add(name)
    return os.environ.get(name, default)


def flag(name: str, *, default: bool) -> bool:
    """Return a yes-or-no variable.

    Raises:
        ImproperlyConfigured: It is neither yes nor no.

    """
    value = text(name, "yes" if default else "no").strip().lower()
    if value in YES:
        return True
    if value in NO:
        return False
    raise ImproperlyConfigured(f"{name} must be yes or no, not {value!r}.")


def number(name: str, default: int) -> int:
    """Return a whole-number variable.

    Raises:
        ImproperlyConfigured: It is not a whole number.

    """
    value = text(name, str(default)).strip()
    try:
        return int(value)
    except ValueError:
        raise ImproperlyConfigured(f"{name} must be a whole number, not {value!r}.") from None


def words(name: str, default: str = "") -> list[str]:
    """Return a comma-separated variable as a list without empty parts."""
    return [part.strip() for part in text(name, default).split(",") if part.strip()]


def secret(name: str, default: str = "") -> str:
    """Return a secret from the variable, or from the file named by NAME_FILE.

    Raises:
        ImproperlyConfigured: The file cannot be read.

    """
    path = text(f"{name}_FILE", "")
    if not path:
        return text(name, default)
    asked.add(name)
    try:
        return Path(path).read_text(encoding="utf-8").strip()
    except OSError as fault:
        raise ImproperlyConfigured(f"{name}_FILE: cannot read {path}: {fault}.") from None


def database(url: str) -> dict[str, object]:
    """Turn an address such as postgresql://user:word@host:5432/name into Django's settings.

    ``sqlite:///relative/path`` and ``sqlite:////absolute/path`` name a file.

    Raises:
        ImproperlyConfigured: The scheme is neither sqlite nor postgresql.

    """
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": unquote(parts.path[1:]),
            "CONN_MAX_AGE": None,
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": (
                    "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;"
                    "PRAGMA cache_size=-16000; PRAGMA temp_store=MEMORY;"
                ),
            },
        }
    if parts.scheme in {"postgresql", "postgres"}:
        options: dict[str, object] = dict(parse_qsl(parts.query))
        host = options.pop("host", None) or parts.hostname or ""
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(parts.path[1:]),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": host,
            "PORT": str(parts.port or ""),
            "CONN_MAX_AGE": None,
            "CONN_HEALTH_CHECKS": True,
            "OPTIONS": options,
        }
    raise ImproperlyConfigured(
        f"DATABASE_URL must start with sqlite:/// or postgresql://, not {parts.scheme!r}."
    )


def refuse_unknown() -> None:
    """Stop the start when an IFN_ variable is set that no setting reads.

    Raises:
        ImproperlyConfigured: It names the variables, which are most likely misspelt.

    """
    unknown = sorted(name for name in os.environ if name.startswith("IFN_") and name not in asked)
    if unknown:
        raise ImproperlyConfigured(f"Unknown settings in the environment: {', '.join(unknown)}.")
