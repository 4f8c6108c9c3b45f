"""Other names of provinces and some cities, as people type them in either language."""

from math import asin, cos, radians, sin, sqrt
from typing import Final

#: By region code: English names, abbreviations of daily use, older spellings.
ALSO_CALLED: Final = {
    "11": "Nanggroe Aceh Darussalam NAD",
    "12": "North Sumatra Sumut",
    "13": "West Sumatra Sumbar",
    "16": "South Sumatra Sumsel",
    "19": "Bangka Belitung Islands Babel",
    "21": "Riau Islands Kepri",
    "31": "DKI Jakarta Jakarta Raya Special Capital Region",
    "32": "West Java Jabar",
    "33": "Central Java Jateng",
    "34": "DIY Jogja Jogjakarta Special Region of Yogyakarta",
    "35": "East Java Jatim",
    "52": "West Nusa Tenggara NTB",
    "53": "East Nusa Tenggara NTT",
    "61": "West Kalimantan Kalbar Borneo",
    "62": "Central Kalimantan Kalteng Borneo",
    "63": "South Kalimantan Kalsel Borneo",
    "64": "East Kalimantan Kaltim Borneo",
    "65": "North Kalimantan Kaltara Borneo",
    "71": "North Sulawesi Sulut",
    "72": "Central Sulawesi Sulteng",
    "73": "South Sulawesi Sulsel Makasar",
    "74": "Southeast Sulawesi Sultra",
    "76": "West Sulawesi Sulbar",
    "81": "Moluccas",
    "82": "North Maluku Malut Moluccas",
    "34.71": "Jogja Jogjakarta",
    "52.03": "East Lombok Lotim",
    "52.02": "Central Lombok Loteng",
    "52.01": "West Lombok Lobar",
    "36.74": "South Tangerang Tangsel BSD Serpong",
}


def also_called(code: str) -> str:
    """Return the other names of a region, or nothing."""
    return ALSO_CALLED.get(code, "")


def kilometres(latitude: float, longitude: float, other: float, elsewhere: float) -> float:
    """Return the great-circle distance of two points in degrees, on a sphere of 6,371 km."""
    north, south = radians(latitude), radians(other)
    half = (
        sin((south - north) / 2) ** 2
        + cos(north) * cos(south) * sin(radians(elsewhere - longitude) / 2) ** 2
    )
    return 2 * 6371.0 * asin(sqrt(half))
