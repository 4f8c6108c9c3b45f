"""Read settings from the environment: each value once, typed, with a clear refusal."""

import os
import re
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

#: A statement asked for so often on one connection is planned once and kept by PostgreSQL.
PREPARED_AFTER = 3
#: Every variable that was asked for, so that an unknown one can stop the start.
asked: set[str] = set()
#: Variables that no setting reads, because only a tool wants them.
ELSEWHERE = frozenset({"IFN_CHROMIUM", "IFN_PORT", "IFN_TEST_LISTS"})

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


def number(name: str, default: int, *, least: int | None = None) -> int:
    """Return a whole-number variable.

    Raises:
        ImproperlyConfigured: It is not a whole number, or less than ``least``.

    """
    value = text(name, str(default)).strip()
    try:
        found = int(value)
    except ValueError:
        raise ImproperlyConfigured(f"{name} must be a whole number, not {value!r}.") from None
    if least is not None and found < least:
        raise ImproperlyConfigured(f"{name} must be {least} or more, not {found}.")
    return found


def phone(name: str) -> str:
    """Return a variable with a phone number in E.164, such as +6281234567890, or nothing.

    Raises:
        ImproperlyConfigured: It is something else.

    """
    value = re.sub(r"[\s-]", "", text(name, ""))
    if value and not re.fullmatch(r"\+[1-9]\d{7,14}", value):
        raise ImproperlyConfigured(f"{name} must be a phone number such as +6281234567890.")
    return value


def words(name: str, default: str = "") -> list[str]:
    """Return a comma-separated variable as a list without empty parts."""
    return [part.strip() for part in text(name, default).split(",") if part.strip()]


def secret(name: str, default: str = "") -> str:
    """Return a secret from the variable, or from the file named by NAME_FILE.

    Raises:
        ImproperlyConfigured: The file cannot be read or is empty, or both variables are set.

    """
    path = text(f"{name}_FILE", "")
    if not path:
        return text(name, default)
    asked.add(name)
    if name in os.environ:
        raise ImproperlyConfigured(f"Set {name} or {name}_FILE, not both.")
    try:
        value = Path(path).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as fault:
        # The fault's own text may repeat what stands in the file.
        raise ImproperlyConfigured(
            f"{name}_FILE: cannot read {path} ({type(fault).__name__})."
        ) from None
    if not value:
        raise ImproperlyConfigured(f"{name}_FILE: {path} is empty.")
    return value


def database(url: str) -> dict[str, object]:
    """Turn an address such as postgresql://user:word@host:5432/name into Django's settings.

    ``sqlite:///relative/path`` and ``sqlite:////absolute/path`` name a file. What follows ``?`` in
    a PostgreSQL address goes to libpq, such as ``sslmode=verify-full``.

    Raises:
        ImproperlyConfigured: The scheme is neither sqlite nor postgresql, or no database is named.
            The address itself is never repeated: it may hold a password.

    """
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise ImproperlyConfigured("DATABASE_URL is not an address.") from None
    name = unquote(parts.path[1:])
    if parts.scheme not in {"sqlite", "postgresql", "postgres"}:
        raise ImproperlyConfigured("DATABASE_URL must start with sqlite:/// or postgresql://.")
    if not name:
        raise ImproperlyConfigured("DATABASE_URL names no database.")
    if parts.scheme == "sqlite":
        return _sqlite(name)
    options: dict[str, object] = dict(parse_qsl(parts.query))
    threshold = str(options.pop("prepare_threshold", PREPARED_AFTER))
    if threshold != "none" and not threshold.isdecimal():
        raise ImproperlyConfigured("prepare_threshold is a whole number or none.")
    # The server plans a statement once and not each time; some poolers cannot keep up with that.
    options["server_side_binding"] = True
    options["prepare_threshold"] = None if threshold == "none" else int(threshold)
    return {
        "ENGINE": "ifn.postgresql",
        "NAME": name,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", None) or parts.hostname or "",
        "PORT": str(port or ""),
        # Kept by each thread of the server: a new connection costs as much as a page.
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": options,
    }


def _sqlite(name: str) -> dict[str, object]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": name,
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            # Writers queue up for at most 20 s; without IMMEDIATE they fail at once instead.
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;"
                "PRAGMA cache_size=-16000; PRAGMA temp_store=MEMORY;"
            ),
        },
    }


def refuse_unknown() -> None:
    """Stop the start when an IFN_ variable is set that no setting reads.

    Raises:
        ImproperlyConfigured: It names the variables, which are most likely misspelt.

    """
    known = asked | ELSEWHERE
    unknown = sorted(name for name in os.environ if name.startswith("IFN_") and name not in known)
    if unknown:
        raise ImproperlyConfigured(f"Unknown settings in the environment: {', '.join(unknown)}.")
