"""Undo what programs do to text: garbled accents, and control characters that nobody typed.

The commonest accident to accents is UTF-8 that a program once took for an older encoding.
"""

#: What programs on Windows and on Macs take bytes for when nobody tells them.
TAKEN_FOR = ("cp1252", "mac_roman")
#: What steers machines instead of being read; databases refuse NUL, and terminals obey others.
CONTROLS = dict.fromkeys({*range(0x20), *range(0x7F, 0xA0)} - {ord(kept) for kept in "\t\n\r\x85"})


def mended(text: str) -> str:
    """Return text with its accents back where they were garbled: "N¬∫" is "Nº", "CafÃ©" is "Café".

    Real text is left alone: its accents, written as bytes of the older encoding, are hardly ever
    valid UTF-8. Control characters go.
    """
    return _with_accents(text).translate(CONTROLS)


def _with_accents(text: str) -> str:
    if text.isascii():
        return text
    for encoding in TAKEN_FOR:
        try:
            return text.encode(encoding).decode("utf-8")
        except UnicodeError:
            continue
    return text
