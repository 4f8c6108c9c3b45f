import time

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from ifn.directory import clean


def refused(cleaner, *given, **options):
    """Return why a value is refused."""
    with pytest.raises(clean.Refused) as caught:
        cleaner(*given, **options)
    return caught.value


class TestTexts:
    @pytest.mark.parametrize(
        ("typed", "kept"),
        [
            ("<b>Langkah</b> Jaya", "Langkah Jaya"),
            ("<script>alert(1)</script>", "alert(1)"),
            ("<img src=x onerror=alert(1)>Sol", "Sol"),
            ("ukuran <35 dan >44", "ukuran <35 dan >44"),
            ("a < b", "a < b"),
            ("<scr<b>ipt>x", "x"),
            ("safe\u202egpj.exe", "safegpj.exe"),
            ("\u2066Langkah\u2069", "Langkah"),
            ("Lang\u200bkah\ufeff", "Langkah"),
            ("Lang\u200dkah", "Langkah"),
            ("\u3164\u115f\u2800", ""),
            ("Langkah\x00\x07 Jaya", "Langkah Jaya"),
            ("Langkah\ud800Jaya", "LangkahJaya"),
            ("Langkah\ue000", "Langkah"),
            ("  Langkah \t Jaya\xa0 ", "Langkah Jaya"),
            ("cafe\u0301", "café"),
            ("Sepatu 👟👍🏽 ❤️", "Sepatu 👟👍🏽 ❤️"),
            ("👨‍👩‍👧", "👨‍👩‍👧"),
            ("👩🏽‍🏭 🏳️‍🌈", "👩🏽‍🏭 🏳️‍🌈"),
            ("🇮🇩 \U0001fae8", "🇮🇩 \U0001fae8"),
            ("حذاء", "حذاء"),
        ],
    )
    def test_only_what_can_be_read_is_kept(self, typed, kept):
        assert clean.plain_text(typed) == kept

    def test_lines_stay_lines_in_a_text_and_join_in_a_line(self):
        typed = "satu\r\ndua\x0btiga\u2028empat\n\n\n\n lima "

        assert clean.plain_text(typed) == "satu\ndua\ntiga\nempat\n\nlima"
        assert clean.plain_line(typed) == "satu dua tiga empat lima"

    @given(st.text() | st.text("<>/a \u200d\u202e👟"))
    def test_a_clean_text_is_clean_already(self, typed):
        once = clean.plain_line(typed)

        assert clean.plain_line(once) == once
        assert not set(once) & set("\0\u202e\u200b\n\ud800")

    def test_a_name_needs_a_letter_or_a_digit(self):
        assert clean.name(" Toko <i>7</i> ") == "Toko 7"
        assert clean.name("靴屋 👟") == "靴屋 👟"
        for nothing in ("", "👟", "\u3164", "---", "<b></b>", "\u202e"):
            assert refused(clean.name, nothing).code == "name"

    def test_letters_that_arrived_damaged_are_refused(self):
        assert clean.undamaged("Sepatu é 👟") == "Sepatu é 👟"
        assert refused(clean.undamaged, "Sep\ufffdtu").code == "damaged"


class TestPhones:
    @pytest.mark.parametrize(
        ("typed", "stored"),
        [
            ("0812 3456 7890", "+6281234567890"),
            ("0812-3456-7890", "+6281234567890"),
            ("+62 812 3456 7890", "+6281234567890"),
            ("62812 3456 7890", "+6281234567890"),
            ("812 3456 7890", "+6281234567890"),
            ("(0321) 555 123", "+62321555123"),
            ("021 5795 7000", "+622157957000"),
            ("WA: 0812 3456 7890", "+6281234567890"),
            ("Telp. 0321-555123", "+62321555123"),
            ("\u202a+62 812-3456-7890\u202c", "+6281234567890"),
            ("٠٨١٢٣٤٥٦٧٨٩٠", "+6281234567890"),
            ("0\uff1812 3456 7890", "+6281234567890"),
            ("+86 138 0013 8000", "+8613800138000"),
            ("+49 30 901820", "+4930901820"),
        ],
    )
    def test_numbers_are_kept_in_e164(self, typed, stored):
        assert clean.phone(typed) == stored

    @pytest.mark.parametrize(
        "typed",
        [
            "",
            "12345",
            "0812",
            "0812 3456 7890 1234 5678",
            "+999 1234 5678",
            "nomor saya",
            "0812FLOWERS",
            "hubungi 0812 3456 7890",
            "0" * 500,
            "\0",
        ],
    )
    def test_what_nobody_can_call_is_refused(self, typed):
        assert refused(clean.phone, typed).code == "phone"

    def test_the_message_says_how_it_is_written(self):
        with translation.override("en"):
            assert str(refused(clean.phone, "12345")) == (
                "“12345” is not a phone number. Write it as 0812 3456 7890 or +62 812 3456 7890."
            )


class TestAddresses:
    @pytest.mark.parametrize(
        ("typed", "stored"),
        [
            ("www.langkah.example", "https://www.langkah.example"),
            (" http://langkah.example/toko?x=1#a ", "http://langkah.example/toko?x=1#a"),
            ("HTTPS://Langkah.example", "HTTPS://Langkah.example"),
            ("langkah.example:8080/toko", "https://langkah.example:8080/toko"),
            ("sepatu-jaya.co.id", "https://sepatu-jaya.co.id"),
            ("sepatuü.example", "https://sepatuü.example"),
        ],
    )
    def test_a_web_address_is_made_complete(self, typed, stored):
        assert clean.web_address(typed) == stored

    @pytest.mark.parametrize(
        "typed",
        [
            "javascript:alert(1)",
            "JavaScript:alert(1)//langkah.example",
            "java\tscript:alert(1)",
            "data:text/html,<script>alert(1)</script>",
            "vbscript:x.y",
            "ftp://langkah.example",
            "file:///etc/passwd",
            "mailto:halo@langkah.example",
            "https://admin:rahasia@langkah.example",
            "langkah.example@evil.example",
            "https://langkah",
            "https://",
            "https://..",
            "https://langkah..example",
            "https://[::1",
            "https://langkah.example:99999",
            "https://langkah.example/\u202etxt",
            "https://lang\u200bkah.example",
            'https://langkah.example/"onclick="x',
            "https://langkah.example/a b",
            "https:\\\\langkah.example",
            "toko di pasar",
            "",
        ],
    )
    def test_what_is_no_plain_web_address_is_refused(self, typed):
        assert refused(clean.web_address, typed).code == "web_address"

    @pytest.mark.parametrize(
        "typed",
        [
            "langkah.jaya_1",
            "@langkah.jaya_1",
            "Langkah.Jaya_1",
            "instagram.com/langkah.jaya_1",
            "https://www.instagram.com/langkah.jaya_1/?igsh=abc&x=1",
            "https://m.instagram.com/langkah.jaya_1",
        ],
    )
    def test_instagram_is_kept_as_the_user_name(self, typed):
        assert clean.instagram(typed) == "langkah.jaya_1"

    @pytest.mark.parametrize(
        "typed",
        [
            "",
            "@",
            "instagram.com",
            "www.instagram.com/",
            "https://langkah.example",
            "https://instagram.com/p/abc",
            "langkah jaya",
            "langkah..jaya",
            ".langkah",
            "langkah.",
            "x" * 31,
            "javascript:alert(1)",
        ],
    )
    def test_what_cannot_be_an_instagram_name_is_refused(self, typed):
        assert refused(clean.instagram, typed).code == "instagram"

    def test_an_e_mail_address_is_kept_in_small_letters(self):
        assert clean.email(" Halo@Langkah.Example\u200b ") == "halo@langkah.example"
        for nonsense in ("halo", "halo@", "@langkah.example", "a b@c.example", "<a@b.example>x"):
            assert refused(clean.email, nonsense).code == "email"


class TestNib:
    @pytest.mark.parametrize("typed", ["9120001234567", " 9120 0012 34567 ", "912-000.1234567"])
    def test_thirteen_digits_are_kept(self, typed):
        assert clean.nib(typed) == "9120001234567"

    def test_digits_of_other_scripts_count(self):
        assert clean.nib("٩١٢٠٠٠١٢٣٤٥٦٧") == "9120001234567"

    @pytest.mark.parametrize(
        ("typed", "counted"), [("912000123456", 12), ("91200012345678", 14), ("NIB", 0)]
    )
    def test_the_message_says_how_many_there_are(self, typed, counted):
        with translation.override("en"):
            assert str(refused(clean.nib, typed)) == (
                f"A NIB has 13 digits and nothing else; this has {counted}. Copy it from OSS."
            )


class TestWholeNumbers:
    @pytest.mark.parametrize(
        ("typed", "number"),
        [
            ("0", 0),
            ("1250", 1250),
            ("1.250", 1250),
            ("1,250", 1250),
            ("1 250", 1250),
            ("1 250 psg", 1250),
            ("1\u202f250\xa0pasang", 1250),
            ("1'250", 1250),
            ("1.250.000", 1_250_000),
            ("1.250,0", 1250),
            ("1,250.0", 1250),
            ("1,2 rb", 1200),
            ("1.2rb", 1200),
            ("1,25 juta", 1_250_000),
            ("10k", 10_000),
            ("5 kodi", 100),
            ("10 lusin", 120),
            ("2 rb kodi", 40_000),
            ("min. 50 pasang", 50),
            ("±500 pasang/bulan", 500),
            ("500 pairs per month", 500),
            ("14 hari", 14),
            ("12 orang", 12),
            ("١٢٥٠", 1250),
        ],
    )
    def test_numbers_are_read_as_people_write_them(self, typed, number):
        assert clean.whole_number(typed) == number

    @pytest.mark.parametrize(
        "typed",
        [
            "",
            "banyak",
            "2,5",
            "0,125",
            "0.125",
            "1.250,5",
            "1.2.3",
            "1,25",
            "½",
            "1½",
            "5²",
            "-5",
            "\u22125",
            "12-24",
            "12 - 24",
            "12 24",
            "12 s/d 24",
            "1e5",
            "0x10",
            "5 kg",
            "50 pasang per hari",
            "50 pasang/hari",
            "200 pairs a day",
            "inf",
            "NaN",
            "1" * 61,
        ],
    )
    def test_what_is_not_one_whole_number_is_refused(self, typed):
        assert refused(clean.whole_number, typed).code == "number"

    def test_more_than_can_be_right_is_refused_by_its_own_message(self):
        assert clean.whole_number("365", largest=365) == 365
        assert refused(clean.whole_number, "366", largest=365).code == "number_too_large"
        assert refused(clean.whole_number, "9" * 40).code == "number_too_large"

    @pytest.mark.parametrize("unit", ["9", "1.", "9 ", "pasang ", "1,000", "½"])
    def test_long_nonsense_is_refused_quickly(self, unit):
        start = time.perf_counter()

        refused(clean.whole_number, unit * 10_000)

        assert time.perf_counter() - start < 1

    @given(st.integers(0, 100_000_000))
    def test_every_number_is_read_in_both_ways_of_grouping(self, number):
        grouped = f"{number:,}"

        assert clean.whole_number(grouped) == number
        assert clean.whole_number(grouped.replace(",", ".")) == number
        assert clean.whole_number(grouped.replace(",", " ")) == number

    @given(st.text())
    def test_any_text_is_read_or_refused(self, typed):
        try:
            number = clean.whole_number(typed)
        except clean.Refused:
            return
        assert 0 <= number <= 100_000_000


class TestPoints:
    @pytest.mark.parametrize("point", [(-7.47, 112.43), (5.89, 95.32), (-10.9, 122.8), (-8.5, 141)])
    def test_points_of_indonesia_are_kept(self, point):
        assert clean.point(*point) == point

    def test_swapped_values_are_named_as_such(self):
        assert refused(clean.point, 112.43, -7.47).code == "point_swapped"

    @pytest.mark.parametrize(
        "point", [(0, 0), (52.5, 13.4), (7.47, 112.43), (float("nan"), 112), (float("inf"), 112)]
    )
    def test_points_elsewhere_are_refused(self, point):
        assert refused(clean.point, *point).code == "point_outside"


def test_messages_are_in_the_language_of_the_person():
    with translation.override("en"):
        english = str(refused(clean.point, 0, 0))
    with translation.override("id"):
        indonesian = str(refused(clean.point, 0, 0))

    assert english.startswith("This point lies outside Indonesia.")
    assert indonesian
