import pytest
from hypothesis import given
from hypothesis import strategies as st

from ifn.linkage.normalise import address_key, company_name, plain


@pytest.mark.parametrize(
    ("written", "name", "form", "key"),
    [
        ("PT Maju Jaya", "Maju Jaya", "pt", "maju jaya"),
        ("PT. MAJU  JAYA", "MAJU JAYA", "pt", "maju jaya"),
        ("PT.MAJU JAYA", "MAJU JAYA", "pt", "maju jaya"),
        ("P.T. Maju Jaya", "Maju Jaya", "pt", "maju jaya"),
        ("MAJU JAYA, PT", "MAJU JAYA", "pt", "maju jaya"),
        ("Maju Jaya PT.", "Maju Jaya", "pt", "maju jaya"),
        ("PT Maju Jaya, Tbk.", "Maju Jaya, Tbk", "pt", "maju jaya"),
        ("Pt. Maju Jaya Tbk. Ltd.", "Maju Jaya Tbk. Ltd", "pt", "maju jaya"),
        ("PT (Persero) Maju Jaya", "Maju Jaya", "pt", "maju jaya"),
        ("PT Perorangan Maju Jaya", "Maju Jaya", "pt_perorangan", "maju jaya"),
        ("CV. Maju Jaya", "Maju Jaya", "cv", "maju jaya"),
        ("UD Maju Jaya", "Maju Jaya", "perorangan", "maju jaya"),
        ("Koperasi Maju Jaya", "Koperasi Maju Jaya", "koperasi", "koperasi maju jaya"),
        ("MAJU JAYA CO., LTD", "MAJU JAYA CO., LTD", "", "maju jaya"),
        ("Maju Jaya S.A.C.", "Maju Jaya S.A.C", "", "maju jaya"),
        ("MAJU JAYA (INDONESIA)", "MAJU JAYA (INDONESIA)", "", "maju jaya"),
        ("MAJU JAYA CO LTD (INDONESIA)", "MAJU JAYA CO LTD (INDONESIA)", "", "maju jaya"),
        ("MAJU JAYA PT (TR1) (INDONESIA)", "MAJU JAYA (TR1) (INDONESIA)", "pt", "maju jaya tr1"),
        ("PT Maju Jaya / K1", "Maju Jaya / K1", "pt", "maju jaya k1"),
        (
            "\N{FULLWIDTH LATIN CAPITAL LETTER M}aju Jaya\N{FULLWIDTH COMMA}PT",
            "Maju Jaya",
            "pt",
            "maju jaya",
        ),
        ("Ptero Jaya", "Ptero Jaya", "", "ptero jaya"),
        ("Toko Sepatu", "Toko Sepatu", "", "toko sepatu"),
        ("PT", "PT", "", "pt"),
        ("Co., Ltd.", "Co., Ltd", "", "co ltd"),
        ("(Indonesia)", "(Indonesia)", "", "indonesia"),
        ("", "", "", ""),
    ],
)
def test_a_name_is_taken_apart(written, name, form, key):
    company = company_name(written)

    assert (company.name, company.legal_form, company.key) == (name, form, key)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Jl. Raya Serang Km. 24", "JALAN RAYA SERANG KM 24"),
        ("Jl Otonom No.48/49 RT.003/RW.004", "Jln. Otonom Nomor 48-49, RT 3 RW 4"),
        ("Kp. Baru, Kec. Krian", "Kampung Baru Kecamatan Krian"),
        ("Blk F23 No 11E", "Block F 23 11 E"),
    ],
)
def test_one_address_in_two_spellings_is_one(one, other):
    assert address_key(one) == address_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Jl. Melati No. 45", "Jl. Melati No. 145"),
        ("Jl. Raya Km 3,5", "Jl. Raya Km 35"),
        ("RT 1 RW 2", "RT 2 RW 1"),
        ("Jl. Melati", "Jl. Mawar"),
        ("Dusun Barat", "Dusun Timur"),
    ],
)
def test_two_addresses_stay_two(one, other):
    assert address_key(one) != address_key(other)


@given(st.text())
def test_keys_are_final(text):
    assert plain(plain(text)) == plain(text)
    assert address_key(address_key(text)) == address_key(text)


NAMES = st.text(st.sampled_from("abcdefghij klmnorstu"), min_size=3).filter(
    lambda name: len(plain(name)) > 2 and plain(name).split()[0] not in {"pt", "cv", "ud"}
)


@given(
    NAMES, st.sampled_from(["PT {}", "PT. {}", "PT.{}", "{}, PT", "{} PT", "P.T. {}", "{}, P.T."])
)
def test_a_form_at_either_end_changes_the_form_and_not_the_key(name, pattern):
    bare = company_name(name)

    company = company_name(pattern.format(name.strip()))

    assert (company.key, company.legal_form) == (bare.key, "pt")


@given(st.text())
def test_a_name_never_vanishes(text):
    company = company_name(text)

    assert bool(company.key) == bool(plain(text))
