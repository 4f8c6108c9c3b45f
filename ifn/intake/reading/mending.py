"""Undo the commonest accident to accents: UTF-8 that a program once took for an older encoding."""

#: What programs on Windows and on Macs take bytes for when nobody tells them.
TAKEN_FOR = ("cp1252", "mac_roman")


def mended(text: str) -> str:
    """Return text with its accents back where they were garbled: "N¬∫" is "Nº", "CafÃ©" is "Café".

    Real text is left alone: its accents, written as bytes of the older encoding, are hardly ever
    valid UTF-8.
    """
    if text.isascii():
        return text
    for encoding in TAKEN_FOR:
        try:
            return text.encode(encoding).decode("utf-8")
        except UnicodeError:
            continue
    return text
