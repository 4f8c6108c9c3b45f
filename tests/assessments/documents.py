"""Questionnaires to test with: small, with every kind of question."""

from typing import Any

from ifn.assessments.instruments.document import Document
from ifn.assessments.instruments.reading import read

LEVELS = [
    {"id": f"Tingkat {level}", "en": f"Level {level}"}
    for level in ("nol", "satu", "dua", "tiga", "empat")
]


def text(words: str) -> dict[str, str]:
    return {"id": words, "en": f"{words} (en)"}


def question(code: str, dimension: str = "CUT", kind: str = "scale", **more: Any) -> dict[str, Any]:
    return {"code": code, "dimension": dimension, "kind": kind, "text": text(code)} | more


def small(**changes: Any) -> dict[str, Any]:
    """Return the JSON of a questionnaire with two scored dimensions and facts beside them."""
    given: dict[str, Any] = {
        "levels": LEVELS,
        "dimensions": [
            {"code": "FACTS", "name": text("Tentang usaha"), "weight": 0},
            {"code": "CUT", "name": text("Pemotongan"), "weight": 3},
            {"code": "MARKET", "name": text("Pemasaran"), "weight": 1},
        ],
        "questions": [
            question("WORKERS", "FACTS", "number", unit=text("orang"), minimum=0, maximum=5000),
            question("STORY", "FACTS", "text"),
            question("CUT_1", weight=2, required=True),
            question("CUT_2", kind="yes_no"),
            question(
                "CUT_3", condition={"question": "CUT_2", "operator": "=", "value": True}, weight=1
            ),
            question("CUT_PHOTO", kind="photo"),
            question(
                "MARKET_1",
                "MARKET",
                "choice",
                choices=[
                    {"code": "none", "text": text("Tidak ada"), "score": 0},
                    {"code": "shop", "text": text("Toko"), "score": 2},
                    {"code": "export", "text": text("Ekspor"), "score": 4},
                ],
            ),
        ],
    }
    return given | changes


def document(**changes: Any) -> Document:
    return read(small(**changes))
