"""Square codes (QR) that a camera reads."""

import segno
from django.utils.safestring import SafeString


def square_code(text: str) -> SafeString:
    """Return a text as a square code: SVG, dark on light in every theme, for the camera's sake."""
    drawn = segno.make(text, error="m", micro=False).svg_inline(
        scale=4, border=3, dark="#000", light="#fff", omitsize=True, svgclass="square-code"
    )
    return SafeString(drawn)  # drawn by the library from dots
