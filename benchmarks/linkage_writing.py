"""Write an invented firm down as lists do: forms, spellings, abbreviations, gaps and mistakes."""

from functools import cache
from pathlib import Path

import ifn.regions
from benchmarks import linkage_words as words
from benchmarks.linkage_invented import (
    CALLED_ANEW,
    MISSING_ADDRESS,
    MISSING_PHONE,
    MOVED,
    Firm,
    Inventor,
    Written,
)
from ifn.linkage.gazetteer import Gazetteer
from ifn.linkage.tables import gazetteer_of, read_table

REGIONS = Path(ifn.regions.__file__).parent / "data" / "regions.csv"
OLD_SPELLING = (("J", "Dj"), ("j", "dj"), ("u", "oe"), ("c", "tj"), ("C", "Tj"))


@cache
def gazetteer() -> Gazetteer:
    """Return the regencies and cities as they ship with the platform."""
    return gazetteer_of(read_table(REGIONS.read_bytes()))


def written(firm: Firm, inventor: Inventor) -> Written:
    """Return a record of a firm; each call writes it differently."""
    cases: list[str] = []
    has = inventor.columns
    return Written(
        number=firm.number,
        name=_name(firm, inventor, cases),
        address=_address(firm, inventor, cases),
        city=_city(firm, inventor, cases),
        phone=_phone(firm, inventor, cases) if "phone" in has else "",
        email=firm.email if "email" in has and inventor.happens(0.5) else "",
        site=firm.site if "site" in has and inventor.happens(0.3) else "",
        nib=firm.nib if "nib" in has and inventor.happens(0.4) else "",
        instagram=_instagram(firm, inventor) if "instagram" in has else "",
        region=_region(firm, inventor) if "region" in has else "",
        postcode=_postcode(firm, inventor) if "postcode" in has else "",
        product=_product(firm, inventor) if "product" in has else "",
        cases=tuple(cases),
    )


def listed(inventor: Inventor, firms: int, *, twice: float, near: float) -> list[Written]:
    """Return one list: some firms twice or three times, some with others like them."""
    found: list[Written] = []
    for firm in _firms(inventor, firms, near):
        found.append(written(firm, inventor))
        while inventor.chance.random() < twice and len(found) < firms * 3:
            found.append(written(firm, inventor))
            if inventor.chance.random() < 0.8:
                break
    inventor.chance.shuffle(found)
    return found


def two_lists(
    inventor: Inventor, firms: int, *, both: float, near: float
) -> tuple[list[Written], list[Written]]:
    """Return two lists that share some of their firms."""
    left: list[Written] = []
    right: list[Written] = []
    for firm in _firms(inventor, firms, near):
        where = inventor.chance.random()
        if where < both or where < (1 + both) / 2:
            left.append(written(firm, inventor))
        if where < both or where >= (1 + both) / 2:
            right.append(written(firm, inventor))
    inventor.chance.shuffle(left)
    inventor.chance.shuffle(right)
    return left, right


def _firms(inventor: Inventor, count: int, near: float) -> list[Firm]:
    made: list[Firm] = []
    while len(made) < count:
        firm = inventor.firm()
        made.append(firm)
        while inventor.chance.random() < near:
            made.append(inventor.neighbour(inventor.chance.choice((firm, made[-1]))))
    return made


def _name(firm: Firm, inventor: Inventor, cases: list[str]) -> str:
    text = " ".join(_reordered(_words(firm, inventor, cases), inventor, cases))
    if inventor.happens(0.14):
        text = misspelt(text, inventor)
        cases.append("misspelt")
    if not firm.english and inventor.happens(0.05):
        for new, old in OLD_SPELLING:
            text = text.replace(new, old)
        cases.append("old spelling")
    text += firm.plant
    if firm.brand and inventor.happens(0.5):
        text = f"{text} ({firm.brand})"
        cases.append("brand in brackets")
        if inventor.happens(0.2):
            text = firm.brand
            cases.append("brand alone")
    return _cased(_with_form(text, firm, inventor, cases), inventor)


def _words(firm: Firm, inventor: Inventor, cases: list[str]) -> list[str]:
    """Return the words of a name, with one left out or some added."""
    parts = list(firm.name)
    pick = inventor.chance.choice
    if len(parts) > 2 and not firm.is_sister and inventor.happens(0.08):
        parts.pop()
        cases.append("word left out")
    elif inventor.happens(0.08):
        parts.append(pick(words.KINDS if firm.english else ("Indonesia", *words.TRADE)))
        cases.append("word added")
    if inventor.happens(0.05):
        parts += pick(words.ENGLISH_TAILS if firm.english else words.TAILS).split()
        cases.append("described")
    if firm.english and inventor.happens(0.08):
        parts.insert(0, "The")
    return parts


def _reordered(parts: list[str], inventor: Inventor, cases: list[str]) -> list[str]:
    """Return words with two run together, or in another order."""
    if len(parts) > 1 and inventor.happens(0.05):
        place = inventor.chance.randrange(len(parts) - 1)
        parts[place : place + 2] = [parts[place] + parts[place + 1].lower()]
        cases.append("run together")
    if len(parts) > 1 and inventor.happens(0.03):
        inventor.chance.shuffle(parts)
        cases.append("order of words")
    return parts


def _with_form(text: str, firm: Firm, inventor: Inventor, cases: list[str]) -> str:
    form = firm.form
    if inventor.happens(0.04):
        form = "" if firm.english else words.SWAPPED[form]
        cases.append("swapped legal form")
    elif inventor.happens(0.2):
        form = ""
        cases.append("no legal form")
    if not form:
        return text
    short = form.rstrip(".")
    dotted = ".".join(short) + "." if len(short) == 2 else form
    styles = [f"{short} {text}", f"{short}. {text}", f"{text}, {short}", f"{dotted} {text}"]
    styles += [f"{short}.{text}", f"{text} {short}."]
    if form == "PT":
        styles.append(f"PT {text} Tbk")
    return inventor.chance.choice(styles) if inventor.mess else styles[0]


def _cased(text: str, inventor: Inventor) -> str:
    return text.upper() if inventor.happens(0.3) else text


def misspelt(text: str, inventor: Inventor) -> str:
    """Return a text with one letter left out, doubled, changed, or two swapped."""
    if len(text) < 4:
        return text
    place = inventor.chance.randrange(1, len(text) - 1)
    how = inventor.chance.randrange(4)
    middle = (
        "",
        text[place] * 2,
        inventor.chance.choice("aeiourstn"),
        text[place + 1] + text[place],
    )[how]
    return text[:place] + middle + text[place + (2 if how == 3 else 1) :]


def _address(firm: Firm, inventor: Inventor, cases: list[str]) -> str:
    if inventor.happens(MISSING_ADDRESS):
        cases.append("no address")
        return ""
    if inventor.happens(MOVED):
        other = inventor.firm()
        firm_street, house = other.street, other.house
        cases.append("moved")
    else:
        firm_street, house = firm.street, firm.house
    if inventor.happens(0.03):
        house = str(int(house) + inventor.chance.randint(1, 20))
        cases.append("another house number")
    elif inventor.happens(0.06):
        house = ""
        cases.append("no house number")
    text = (_english if firm.english else _indonesian)(firm, firm_street, house, inventor)
    if inventor.happens(0.08):
        text = misspelt(text, inventor)
    return _cased(text, inventor)


def _english(_firm: Firm, street: str, house: str, inventor: Inventor) -> str:
    if inventor.happens(0.3):
        for short, long in words.WAYS:
            street = street.replace(short, inventor.chance.choice((long, short.lower(), "")))
    if inventor.happens(0.1):
        street = street.partition(". ")[2] or street
    text = f"{house} {street}".strip()
    if inventor.happens(0.2):
        cross = inventor.chance.choice(words.AVENUES)
        text += inventor.chance.choice(
            (f" between {cross} and Main Sts.", f" near {cross} Ave.", " NE")
        )
    return text


def _indonesian(firm: Firm, street: str, house: str, inventor: Inventor) -> str:
    pick, happens = inventor.chance.choice, inventor.happens
    text = pick(("Jl. ", "Jalan ", "JL ", "Jln. ", "")) if inventor.mess else "Jl. "
    text += street
    if house:
        text += pick((" No. ", " No.", " Nomor ", " ", " No ")) + house
    if not happens(0.5):
        rt, rw = firm.rt.split("/")
        text += pick((f" RT {rt}/RW {rw}", f" RT.00{rt} RW.0{rw}", f", RT {rt} RW {rw}"))
    if not happens(0.3):
        text += pick((", Desa ", ", Kel. ", ", Ds. ", " ", ", Kec. ")) + firm.village
    if happens(0.3):
        text += f", {firm.city}"
    if happens(0.25):
        text += ", " + pick((firm.province, words.SHORT_PROVINCES[firm.province]))
    return text


def _city(firm: Firm, inventor: Inventor, cases: list[str]) -> str:
    if inventor.happens(0.05):
        cases.append("no city")
        return ""
    if firm.english:
        areas = dict(words.TOWNS)[firm.city]
        return inventor.chance.choice(areas) if inventor.happens(0.25) else firm.city
    kind, _space, name = firm.city.partition(" ")
    if inventor.happens(0.02):
        cases.append("another city")
        return inventor.chance.choice(words.PLACES).partition("|")[0]
    if inventor.happens(0.3):
        return inventor.chance.choice((name, name.upper()))
    full = {"Kab.": "Kabupaten", "Kota": "Kota"}[kind]
    return inventor.chance.choice(
        (firm.city, f"{full} {name}", firm.city.upper(), f"{name}, {firm.province}")
    )


def _phone(firm: Firm, inventor: Inventor, cases: list[str]) -> str:
    if inventor.happens(MISSING_PHONE):
        cases.append("no phone")
        return ""
    number = firm.phone
    if inventor.happens(CALLED_ANEW):
        number = inventor.firm().phone
        cases.append("another phone")
    pick = inventor.chance.choice
    if firm.english:
        area, middle, last = number[:3], number[3:6], number[6:]
        return pick(
            (f"{area}/{middle}-{last}", f"{area}-{middle}-{last}", f"({area}) {middle} {last}")
        )
    area, rest = (
        (number[:4], number[4:]) if number.startswith(("08", "0321")) else (number[:3], number[3:])
    )
    return pick(
        (
            number,
            f"{area}-{rest}",
            f"({area}) {rest}",
            f"+62 {area[1:]} {rest[:4]} {rest[4:]}",
            f"62{number[1:]}",
            f"{area} {rest[:3]}.{rest[3:]}",
        )
    )


def _instagram(firm: Firm, inventor: Inventor) -> str:
    if not inventor.happens(0.4):
        return ""
    name = firm.instagram
    return inventor.chance.choice((name, f"@{name}", f"https://www.instagram.com/{name}/"))


def _region(firm: Firm, inventor: Inventor) -> str:
    if firm.english or inventor.happens(0.1):
        return ""
    if inventor.happens(0.05):
        return _code(f"{firm.city}|{firm.province}")[:2]
    city = inventor.chance.choice(words.PLACES) if inventor.happens(0.02) else ""
    return _code(city or f"{firm.city}|{firm.province}")


def _code(place: str) -> str:
    """Return the code of the ministry."""
    city = place.partition("|")[0].replace("Kab.", "Kabupaten")
    return next(code for code, name in gazetteer().names.items() if name == city)


def _postcode(firm: Firm, inventor: Inventor) -> str:
    if inventor.happens(0.3):
        return ""
    number = 10000 + sum(map(ord, firm.city)) * 7 % 8000 * 10 + sum(map(ord, firm.village)) % 50
    return str(number + inventor.chance.randint(1, 9) if inventor.happens(0.1) else number)


def _product(firm: Firm, inventor: Inventor) -> str:
    if inventor.happens(0.3):
        return inventor.chance.choice(words.PRODUCTS)
    return misspelt(firm.product, inventor) if inventor.happens(0.2) else firm.product
