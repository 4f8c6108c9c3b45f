"""Static files as browsers get them: hashed for ever, compressed, one stylesheet."""

import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any

from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage

#: How an entry stylesheet names its parts; browsers read it as it stands while developing.
PART = re.compile(r'@import url\("(?P<name>[^"]+)"\) layer\((?P<layer>[a-z]+)\);')
MODULE_IMPORTS = CompressedManifestStaticFilesStorage._js_module_import_aggregation_patterns[1]  # noqa: SLF001
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
SPACE = re.compile(r"\s*\n\s*")


def _bundle(entry: str, paths: dict[str, Any]) -> str:
    """Return the entry stylesheet with every part put in its place, without comments."""

    def text(name: str) -> str:
        storage, path = paths[name]
        with storage.open(path) as file:
            return str(file.read().decode())

    def part(found: re.Match[str]) -> str:
        body = text(str(PurePosixPath(entry).parent / found["name"]))
        return f"@layer {found['layer']}{{\n{body}\n}}"

    return SPACE.sub("\n", COMMENT.sub("", PART.sub(part, text(entry)))).strip()


class StaticFilesStorage(CompressedManifestStaticFilesStorage):
    """Hash and compress; put the stylesheet's parts into one file; follow imports between modules."""

    # Not `support_js_module_import_aggregation`: that also rewrites imports that stand in the comments
    # of other people's scripts, and fails on them.
    patterns = (
        *CompressedManifestStaticFilesStorage.patterns,
        ("ui/js/*.js", MODULE_IMPORTS),
    )
    #: Files that name others by @import and are shipped as one.
    bundled = ("ui/css/ifn.css",)

    def post_process(
        self, paths: dict[str, Any], dry_run: bool = False, **options: Any
    ) -> Iterator[tuple[str, str | None, bool | Exception]]:
        """Bundle from the sources (never from an earlier collection), then hash and compress."""
        if not dry_run:
            for entry in self.bundled:
                if entry in paths:
                    content = _bundle(entry, paths)
                    self.delete(entry)
                    self.save(entry, ContentFile(content))
                    paths = {**paths, entry: (self, entry)}
        yield from super().post_process(paths, dry_run, **options)
