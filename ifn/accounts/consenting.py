"""The words to which people agree, in both languages and every version that was ever shown. Pure.

A text that was shown is never changed: new words get a new version below it, and consents name
the version they were given to. A test keeps digests of the old ones.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.utils.translation import get_language

#: The version of what was published before texts had versions.
BEFORE: Final = 0


@dataclass(frozen=True, slots=True)
class Words:
    """One version of a text."""

    indonesian: str
    english: str

    def __str__(self) -> str:
        return self.english if get_language() == "en" else self.indonesian


_BEFORE: Final = Words(
    "Kontak ini sudah ditampilkan atas pilihan pelaku usaha sendiri sebelum persetujuan dicatat.",
    "The business itself had this contact shown before consent was recorded.",
)
TEXTS: Final[Mapping[str, Mapping[int, Words]]] = {
    "contact_public": {
        BEFORE: _BEFORE,
        1: Words(
            "Dengan memilih “Semua orang”, Anda setuju kontak ini tampil di profil, di pencarian, "
            "dan di data terbuka, dan boleh disalin siapa saja. Anda dapat mencabutnya kapan saja; "
            "kontak langsung hilang dari sini.",
            "By choosing “Everyone” you agree that this contact is shown on the profile, in search "
            "and in open data, where anybody may copy it. You can withdraw this at any time; the "
            "contact then disappears here at once.",
        ),
    },
    "contact_members": {
        BEFORE: _BEFORE,
        1: Words(
            "Dengan memilih “Anggota yang masuk”, Anda setuju kontak ini tampil bagi orang yang "
            "masuk ke jaringan ini. Anda dapat mencabutnya kapan saja; kontak langsung hilang dari "
            "sini.",
            "By choosing “Signed-in members” you agree that this contact is shown to people signed "
            "in to this network. You can withdraw this at any time; the contact then disappears "
            "here at once.",
        ),
    },
    "news": {
        1: Words(
            "Saya setuju BPIPI menulis kepada saya tentang program dan peluang yang sesuai usaha "
            "saya. Saya dapat mencabutnya kapan saja.",
            "I agree that BPIPI writes to me about programmes and opportunities that suit my "
            "business. I can withdraw this at any time.",
        ),
    },
    "outcomes_public": {
        1: Words(
            "Kami setuju semua orang melihat di perjalanan usaha kami bahwa suatu pertanyaan "
            "lewat jaringan ini berujung kesepakatan, dan kapan. Nilainya tidak pernah tampil. "
            "Nama pihak lain hanya tampil bila mereka juga setuju, dan nama kami tampil di "
            "perjalanan mereka. Kami dapat mencabutnya kapan saja; semuanya langsung hilang dari "
            "sini.",
            "We agree that everybody sees on our timeline that an enquiry through this network "
            "led to an agreement, and when. Its value is never shown. The other side is named "
            "only if it agrees too, and we are then named on its timeline. We can withdraw this "
            "at any time; all of it then disappears here at once.",
        ),
    },
}


def newest(purpose: str) -> int:
    """Return the version that is shown today."""
    return max(TEXTS[purpose])


def words(purpose: str, version: int | None = None) -> Words:
    """Return the words of a purpose: today's, or those of a version."""
    return TEXTS[purpose][newest(purpose) if version is None else version]
