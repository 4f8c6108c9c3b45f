"""Static files as browsers get them: hashed for ever, compressed, one stylesheet."""

import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any

from django.core.files.base import ContentFile
from whitenoise.storage import (  # type: ignore[import-untyped]
    CompressedManifestStaticFilesStorage,
)

#: How an entry stylesheet names its parts; browsers read it as it stands while developing.
PART = re.compile(r'@import url\("(?P<name>[^"]+)"\) layer\((?P<layer>[a-z]+)\);')
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


class StaticFilesStorage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """Hash and compress; put the stylesheet into one file; follow imports between modules."""

    # Django's own switch also rewrites imports that stand in the comments of other people's
    # scripts, and fails on them; so only our own modules, which import by these two forms alone.
    patterns = (
        *CompressedManifestStaticFilesStorage.patterns,
        (
            "ui/js/*.js",
            (
                (r"""(?P<matched>from\s+["'](?P<url>[./].*?)["'])""", 'from "%(url)s"'),
                (r"""(?P<matched>import\(["'](?P<url>.*?)["']\))""", 'import("%(url)s")'),
            ),
        ),
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
