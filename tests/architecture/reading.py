"""What the architecture tests read: the sources, the templates and the order of the rooms."""

import ast
import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
IFN = ROOT / "ifn"

CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"][
    "contracts"
]
#: How high each room stands: whoever is higher may import whoever is lower.
HEIGHT = {
    app.strip(): height
    for height, tier in enumerate(reversed(CONTRACTS[0]["layers"]))
    for app in tier.split("|")
}

ROOMS = sorted(path.parent for path in IFN.glob("*/__init__.py"))
MODULES = sorted(path for path in IFN.rglob("*.py") if "migrations" not in path.parts)
TEMPLATES = sorted((IFN).rglob("templates/**/*.html"))


def short(path):
    return path.relative_to(IFN).as_posix()


def room(path):
    return path.relative_to(IFN).parts[0]


def layer(path):
    """Return which part of a room a module is: ``actions`` for actions.py and actions/*.py."""
    parts = path.relative_to(IFN).with_suffix("").parts
    return parts[1] if len(parts) > 1 else ""


def imported_names(source):
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)


WEB = (
    "django.http",
    "django.shortcuts",
    "django.forms",
    "django.views",
    "django.contrib.messages",
)


def web_imports(source):
    return [name for name in imported_names(source) if name.startswith(WEB)]


PRIVATE = re.compile(r"ifn\.(\w+)\.(?:views|forms)\b")


def private_imports(source, owner):
    return [
        name
        for name in imported_names(source)
        if (found := PRIVATE.match(name)) and found[1] != owner
    ]


SIGNALS = ("django.db.models.signals", "django.dispatch", "django.core.signals")


def signal_imports(source):
    return [name for name in imported_names(source) if name in SIGNALS]


CLOCK = re.compile(r"(?:.*\.)?(?:timezone\.now|datetime\.now|date\.today)|now|localdate|localtime")


def clock_reads(source):
    """Return the calls that ask what time it is; the day of a moment given asks nothing."""
    return [
        ast.unparse(node)
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Call)
        and CLOCK.fullmatch(ast.unparse(node.func))
        and not (node.args and ast.unparse(node.func) in {"localdate", "localtime"})
    ]


RELATIONS = {"ForeignKey", "OneToOneField", "ManyToManyField"}


def relations_by_string(source):
    """Return relations that name another room's model in a string, past the import checks."""
    return [
        ast.unparse(node)
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Call)
        and ast.unparse(node.func).rpartition(".")[2] in RELATIONS
        and node.args
        and isinstance(node.args[0], ast.Constant)
        and "." in str(node.args[0].value)
    ]


WRITING = {"save", "create", "get_or_create", "update_or_create", "bulk_create", "bulk_update"}


def writes(source):
    """Return calls that put rows into the database."""
    return [
        ast.unparse(node)
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in WRITING
    ]


#: Scripts that are data, not code, are not held back by the content security policy.
DATA = r"application/(?:ld\+)?json"
INLINE = {
    "a style attribute": re.compile(r"<\w[^<>]*\sstyle\s*=\s*[\"'{]", re.IGNORECASE),
    "a style element": re.compile(r"<style\b", re.IGNORECASE),
    "an event attribute": re.compile(r"<\w[^<>]*\son[a-z]+\s*=\s*[\"'{]", re.IGNORECASE),
    "an inline script": re.compile(
        rf"<script\b(?![^>]*\bsrc\s*=)(?![^>]*\btype=\"{DATA}\")", re.IGNORECASE
    ),
    "a javascript address": re.compile(r"=\s*[\"']?\s*javascript:", re.IGNORECASE),
}


def inline_parts(html):
    return [what for what, pattern in INLINE.items() if pattern.search(html)]


LINK = re.compile(r"""{%\s*url\s+["'](\w+):""")


def links_up(html, owner):
    """Return the rooms above that a template links to; anybody may link to ``site`` and ``ui``."""
    linked = set(LINK.findall(html)) - {"site", "ui"}
    return {app for app in linked if HEIGHT[app] > HEIGHT[owner]}
