import pytest
from hypothesis import given
from hypothesis import strategies as st

from ifn.linkage.identity import fingerprint, identity

ADDRESS = "Jl. Melati No. 45"


def plant(name="PT Maju Jaya", address=ADDRESS, region="35.15", postcode="61256", **others):
    return identity(name, address, region, postcode, **others).plant


@pytest.mark.parametrize(
    "same",
    [
        {"name": "MAJU JAYA, PT"},
        {"name": "Maju Jaya"},
        {"name": "Maju Jaya", "legal_form": "pt"},
        {"name": "PT.MAJU JAYA (INDONESIA)"},
        {"address": "JALAN MELATI 45"},
        {"postcode": ""},
        {"postcode": "61200"},
    ],
)
def test_the_same_plant_in_another_spelling(same):
    assert plant(**same) == plant()


@pytest.mark.parametrize(
    "other",
    [
        {"address": "Jl. Melati No. 145"},
        {"address": "Dusun Melati"},
        {"address": ""},
        {"region": "35.16"},
        {"name": "PT Maju Jaya Reksa"},
        {"name": "PT Maju Jaya (TR1)"},
        {"name": "CV Maju Jaya"},
        {"legal_form": "cv"},
        {"name": "PT Majujaya"},
    ],
)
def test_another_plant_or_firm_stays_apart(other):
    assert plant(**other) != plant()


def test_plants_of_one_firm_share_the_firm():
    assert identity("PT Maju Jaya", "A", "35.15", "") != identity("Maju Jaya, PT", "B", "35.15", "")
    assert (
        identity("PT Maju Jaya", "A", "35.15", "").firm
        == identity("Maju Jaya, PT", "B", "35.15", "").firm
    )


def test_without_an_address_the_postcode_tells_plants_apart():
    assert plant(address="", postcode="61256") != plant(address="", postcode="61257")


@given(st.text(), st.text())
def test_parts_do_not_run_into_each_other(one, other):
    swapped = fingerprint([one, other]) == fingerprint([f"{one} {other}", ""])

    assert not swapped or fingerprint([other]) == fingerprint([""])


@given(st.text(), st.text(), st.text(), st.text())
def test_every_text_has_an_identity(name, address, region, postcode):
    first, again = (identity(name, address, region, postcode) for _ in range(2))

    assert first == again
    assert len(first.plant) == 32
