"""Function words of both languages: counted and searched for only when nothing else is there."""

from typing import Literal

Language = Literal["id", "en"]

ENGLISH = """
    a about all also an and any are as at be been both but by can could did do does for from had
    has have he her his how i if in into is it its may me my no not of on or our out she should so
    some such than that the their them then there these they this those to too up us was we were
    what when where which while who whom why will with would you your
"""
INDONESIAN = """
    ada adalah akan anda antara apa apakah atas atau bagaimana bagi bahwa beberapa bisa dalam dan
    dapat dari dengan di dia hanya harus ia ini itu jika juga kami karena ke kepada ketika kita
    lain lebih maka mana mereka namun oleh pada para saat saja sangat sebagai sebuah secara sejak
    seperti serta siapa sudah suatu telah tentang tersebut tetapi tidak untuk yaitu yakni yang
"""
STOP_WORDS: dict[Language, frozenset[str]] = {
    "en": frozenset(ENGLISH.split()),
    "id": frozenset(INDONESIAN.split()),
}
ALL_STOP_WORDS = STOP_WORDS["en"] | STOP_WORDS["id"]
