"""What a file is by its content, whatever its name says; pure."""

import struct
from enum import Enum, auto

OLE = bytes.fromhex("d0cf11e0a1b11ae1")
ZIP, ZIP_INDEX = b"PK\x03\x04", b"PK\x05\x06"
#: Files that are no lists and that people do rename.
OTHERS = (
    b"%PDF",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"RIFF",
    b"Rar!",
    b"7z\xbc\xaf",
    b"\x1f\x8b",
)
#: What other programs of the same years keep in the same format.
OTHER_STREAMS = ("WordDocument", "PowerPoint Document", "VisioDocument", "__properties_version1.0")
#: BIFF record numbers: beginning of a stream, end of it, and "what follows is encrypted".
BIFF_BEGIN, BIFF_END, BIFF_ENCRYPTED = 0x0809, 0x000A, 0x002F
#: FILEPASS stands right behind the beginning; no need to read a whole stream for it.
RECORDS_READ = 50
#: Share of control characters from which bytes are no text.
MOST_CONTROLS = 0.02
UTF16 = (b"\xff\xfe", b"\xfe\xff")


class Kind(Enum):
    """What a file is."""

    TEXT = auto()
    XLS = auto()
    XLSX = auto()
    WEB_PAGE = auto()
    ENCRYPTED = auto()
    OTHER = auto()


def kind_of(content: bytes) -> Kind:
    """Return what the bytes are."""
    if content.startswith(ZIP):
        # An archive cut short lacks its index, which stands last: take it for what it was named.
        is_cut = ZIP_INDEX not in content[-66_000:]
        return Kind.XLSX if is_cut or b"xl/workbook" in content else Kind.OTHER
    if content.startswith(OLE):
        return _compound(content)
    if content.startswith(OTHERS):
        return Kind.OTHER
    beginning = content[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if beginning.startswith((b"<!doctype html", b"<html", b"<table", b"<?xml", b"<meta")):
        return Kind.WEB_PAGE
    return Kind.TEXT if _is_text(content) else Kind.OTHER


def _compound(content: bytes) -> Kind:
    """Tell apart the files kept in Microsoft's compound format, by the streams they name."""
    if "EncryptedPackage".encode("utf-16-le") in content:
        return Kind.ENCRYPTED
    if any(name.encode("utf-16-le") in content for name in OTHER_STREAMS):
        return Kind.OTHER
    return Kind.ENCRYPTED if _is_encrypted_biff(content) else Kind.XLS


def _is_encrypted_biff(content: bytes) -> bool:
    start = content.find(struct.pack("<H", BIFF_BEGIN), 512)
    for _ in range(RECORDS_READ):
        if start < 0 or start + 4 > len(content):
            return False
        record, length = struct.unpack_from("<HH", content, start)
        if record == BIFF_ENCRYPTED:
            return True
        if record == BIFF_END:
            return False
        start += 4 + length
    return False


def _is_text(content: bytes) -> bool:
    if content.startswith(UTF16) or looks_like_utf16(content):
        return True
    sample = content[:65536]
    controls = sum(byte < 32 and byte not in b"\t\n\r\f\x1a" for byte in sample)  # noqa: PLR2004
    return controls <= MOST_CONTROLS * len(sample) and b"\0" not in content


def looks_like_utf16(content: bytes) -> str:
    """Return the byte order of UTF-16 without a mark, or nothing: every other byte is zero."""
    sample = content[:2000]
    if len(sample) < 4 or len(content) % 2:  # noqa: PLR2004
        return ""
    half = len(sample) // 2
    if sample[1::2].count(0) > 0.8 * half:
        return "utf-16-le"
    return "utf-16-be" if sample[0::2].count(0) > 0.8 * half else ""
