"""The files of lists: kept for ever in the private storage, each once whatever it is called."""

import hashlib

from django.core.files.base import ContentFile

from ifn.intake.models import List, private_files


def digest_of(content: bytes) -> str:
    """Return the digest under which content is kept."""
    return hashlib.sha256(content).hexdigest()


def keep(content: bytes) -> str:
    """Keep content and return its name; kept twice it is kept once."""
    name = f"lists/{digest_of(content)}"
    storage = private_files()
    return name if storage.exists(name) else storage.save(name, ContentFile(content))


def content_of(received: List) -> bytes:
    """Return the content of a list's file as it came."""
    with private_files().open(received.file) as file:
        content: bytes = file.read()
    return content
