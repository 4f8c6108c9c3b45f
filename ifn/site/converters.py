"""Parts of addresses with a form of their own."""


class PublicNumberConverter:
    """A profile's number as stored, in either case: five to eight letters and digits."""

    regex = "[2-9A-HJ-KM-NP-Za-hj-km-np-z]{5,8}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value
