"""Trade words on the pages of the form, explained on tap."""

from dataclasses import dataclass

from django.utils.translation import gettext as _


@dataclass(frozen=True, slots=True)
class Explained:
    """A word and what it means here."""

    key: str
    word: str
    meaning: str


def explained(step: str) -> list[Explained]:
    """Return the words of a step that not everybody knows."""
    words = {
        "siapa": [
            (
                "nib",
                "NIB",
                _(
                    "The business number that OSS gives out: 13 digits. Having none yet "
                    "is no obstacle here."
                ),
            ),
            (
                "ukuran",
                _("Three sizes"),
                _(
                    "The Ministry of Industry, Statistics Indonesia and the "
                    "MSME rule count differently. Fill in what you know."
                ),
            ),
        ],
        "kegiatan": [
            (
                "peran",
                _("Role in the chain"),
                _(
                    "What you do between hide and shop: tan, make soles, "
                    "sew uppers, assemble, design, sell. Choose all."
                ),
            ),
        ],
        "tempat": [
            (
                "titik",
                _("Point"),
                _(
                    "Latitude and longitude, as a map app shows them when you press "
                    "long on your workshop. May stay empty."
                ),
            ),
        ],
        "kontak": [
            (
                "terlihat",
                _("Who sees it"),
                _(
                    "Everyone: on the public page. Members: people who have "
                    "signed in. Nobody: only the office."
                ),
            ),
        ],
        "cara": [
            (
                "konstruksi",
                _("Construction"),
                _(
                    "How upper and sole are joined: cemented with glue, "
                    "stitched, moulded on, Blake, Goodyear."
                ),
            ),
            (
                "bengsol",
                "Bengsol",
                _("Joining the sole to the upper on the last, the end of making."),
            ),
        ],
        "syarat": [
            (
                "maklon",
                "Maklon",
                _(
                    "You make to order from the customer's material or design; the "
                    "shoes carry their brand."
                ),
            ),
            ("kodi", "Kodi", _("20 pairs. “5 kodi” is understood as 100 pairs.")),
            (
                "leadtime",
                _("Lead time"),
                _("Days from a confirmed order until the goods are ready."),
            ),
        ],
        "sertifikat": [
            (
                "pernyataan",
                _("Stated, not checked"),
                _("Certificates stand here as you state them. The network checks them separately."),
            ),
        ],
    }
    return [Explained(*one) for one in words.get(step, [])]
