"""The chain with counts by province, its gaps, its files, and the officer's ranking."""

import csv
import io
import re
from datetime import timedelta
from html import unescape
from http import HTTPStatus

import pytest
from django.utils.timezone import localdate
from openpyxl import load_workbook

from ifn.directory import actions
from ifn.directory.downloads import as_file
from ifn.directory.views.downloads import FILES_A_MINUTE
from tests.factories.accounts import OfficerFactory, RegionalOfficerFactory, UserFactory
from tests.factories.directory import (
    BANDUNG,
    LATER,
    MOJOKERTO,
    SIDOARJO,
    organisation,
    profile,
    registered,
    role,
)

pytestmark = [pytest.mark.usefixtures("reference"), pytest.mark.django_db]
LOMBOK_TIMUR = "52.03"


def maker(name="Langkah", region=MOJOKERTO, code="PR_IKM", **options):
    return registered(profile(name=name, region=region, capabilities=(role(code),)), **options)


@pytest.fixture
def opened(client):
    def get(path="", code="en", **parameters):
        prefix = "/en" if code == "en" else ""
        return client.get(f"{prefix}/{path or 'rantai'}", parameters)

    return get


def text_of(answer):
    plain = re.sub(r"<[^>]+>", " ", answer.content.decode())
    return re.sub(r"\s+", " ", unescape(plain))


def links(answer):
    return [unescape(href) for href in re.findall(r'href="([^"]+)"', answer.content.decode())]


def rows(answer):
    """Return the rows of a downloaded text."""
    return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))


class TestChain:
    def test_every_link_and_role_has_its_count_and_leads_to_who_it_is(self, opened):
        maker()
        maker("Kulit", code="UP_TANNERY")
        registered(organisation())

        answer = opened()

        assert answer.context["known"].links == {"materials": 1, "production": 1, "institutions": 1}
        assert "All of Indonesia: 3 profiles" in text_of(answer)
        assert "/en/direktori?rantai=produksi" in links(answer)
        assert "/en/direktori?peran=up-tannery" in links(answer)
        assert "/en/direktori?peran=up-hide" not in links(answer)

    def test_a_province_can_be_chosen(self, opened):
        maker()
        maker("Bandung", region=BANDUNG)

        answer = opened(provinsi="35")

        assert "Jawa Timur: 1 profile" in text_of(answer)
        assert "/en/direktori?peran=pr-ikm&provinsi=35" in links(answer)
        assert f"/en/direktori?rantai=produksi&wilayah={MOJOKERTO}" in links(answer)
        assert f"wilayah={BANDUNG}" not in "".join(links(answer))

    def test_the_table_counts_by_province(self, opened):
        maker()

        answer = opened()

        assert "/en/direktori?rantai=produksi&provinsi=35" in links(answer)
        assert answer.context["known"].places["35"]["production"] == 1

    def test_counts_are_those_of_the_list_it_leads_to(self, opened, search):
        maker()
        maker("Dua", code="PR_MAKLON")

        known = opened().context["known"]

        assert known.links["production"] == search(rantai="produksi").context["found"].total
        assert known.roles["PR_MAKLON"] == search(peran="pr-maklon").context["found"].total

    def test_dormant_and_hidden_profiles_do_not_count(self, opened, settings):
        settings.DORMANT_MONTHS = 24
        maker(stated_on=localdate() - timedelta(days=800))
        actions.hide(maker("Tutup"), reason="Tutup", actor=OfficerFactory(), at=LATER)

        answer = opened(peran="pr-ikm")

        assert answer.context["known"].total == 0
        assert len(answer.context["lacking"]) == 514

    @pytest.mark.parametrize(
        ("parameters", "said"),
        [
            ({"provinsi": "99"}, "No province has the code “99”"),
            ({"provinsi": "35.16"}, "No province has the code “35.16”"),
            ({"tempat": "Antah Berantah"}, "No regency or city is called “Antah Berantah”."),
            ({"tempat": "Jawa Timur"}, "Jawa Timur is a province."),
            ({"peran": "tukang"}, "The role “tukang” is not known."),
            ({"peran": "pr"}, "The role “pr” is not known."),
            ({"jarak": "7"}, "Choose a distance of 100, 200, 300 or 500 km; this is 300 km."),
            ({"jarak": "-1"}, "Choose a distance"),
            ({"jarak": "٣٠٠"}, "Choose a distance"),
            ({"provinsi": "\x00'\"&<script>"}, "No province has the code"),
            ({"tempat": "x" * 5000}, "No regency or city is called"),
        ],
    )
    def test_what_cannot_be_used_is_named_and_left_out(self, opened, parameters, said):
        answer = opened(**parameters)

        assert answer.status_code == HTTPStatus.OK
        assert said in text_of(answer)
        assert b"<script>" not in answer.content

    def test_it_speaks_both_languages(self, opened, language):
        maker()

        words = text_of(opened(code=language, tempat=LOMBOK_TIMUR))

        assert {"en": "What is missing", "id": "Yang belum ada"}[language] in words

    def test_it_costs_the_same_queries_however_many_there_are(
        self, opened, django_assert_num_queries
    ):
        maker()
        opened(tempat=LOMBOK_TIMUR, peran="co-outsole")
        for place in (MOJOKERTO, SIDOARJO, BANDUNG):
            maker(place, region=place, code="CO_OUTSOLE")
            with django_assert_num_queries(COST):
                opened(tempat=LOMBOK_TIMUR, peran="co-outsole")


#: Editions of the reference data; then the index's state, asked by each of its questions. In a
#: test's transaction a changed index is read once more as a whole.
COST = 8


class TestGaps:
    def test_a_place_says_who_is_missing_and_who_is_nearest(self, opened):
        maker("Sol", region=SIDOARJO, code="CO_OUTSOLE")

        answer = opened(tempat="Lombok Timur")

        assert "Missing within 300 km of Kab. Lombok Timur, Nusa Tenggara Barat" in text_of(answer)
        found = {word.code: near for word, near in answer.context["missing"]}
        assert found["CO_OUTSOLE"].code == SIDOARJO
        assert 380 < found["CO_OUTSOLE"].km < 480
        assert found["CO_LAST"].km is None
        assert "nobody in the directory" in text_of(answer)
        assert f"/en/direktori?peran=co-outsole&wilayah={SIDOARJO}" in links(answer)

    def test_a_larger_distance_reaches_it(self, opened):
        maker("Sol", region=SIDOARJO, code="CO_OUTSOLE")

        missing = opened(tempat="Lombok Timur", jarak="500").context["missing"]

        assert "CO_OUTSOLE" not in {word.code for word, _near in missing}

    def test_a_role_says_where_it_is_missing_on_a_map_and_in_a_table(self, opened):
        maker("Sol", region=SIDOARJO, code="CO_OUTSOLE")
        maker(region=LOMBOK_TIMUR)

        answer = opened(peran="co-outsole")

        first, *rest = answer.context["lacking"]
        assert (first.code, first.makers, first.nearest.code) == (LOMBOK_TIMUR, 1, SIDOARJO)
        assert MOJOKERTO not in {one.code for one in rest}
        assert b'class="bubble"' in answer.content
        assert f"/en/direktori?rantai=produksi&wilayah={LOMBOK_TIMUR}" in links(answer)

    def test_a_province_narrows_where_it_is_missing(self, opened):
        maker("Sol", region=SIDOARJO, code="CO_OUTSOLE")

        answer = opened(peran="co-outsole", provinsi="52")

        assert {one.code[:2] for one in answer.context["lacking"]} == {"52"}

    def test_without_a_choice_the_roles_that_most_makers_lack_come_first(self, opened):
        maker(region=LOMBOK_TIMUR)
        maker("Sol", region=SIDOARJO, code="CO_OUTSOLE")
        maker("Acuan", region=LOMBOK_TIMUR, code="CO_LAST")

        lacks = {lack.word.code: lack for lack in opened().context["lacks"]}

        assert lacks["CO_OUTSOLE"].makers == 1
        assert lacks["CO_LAST"].makers == 0
        assert lacks["UP_HIDE"].places == 514

    def test_a_profile_that_names_only_a_province_has_no_distance(self, opened):
        maker("Sol", region="35", code="CO_OUTSOLE")

        answer = opened(peran="co-outsole")

        assert answer.context["known"].total == 1
        assert len(answer.context["lacking"]) == 514


class TestFiles:
    @pytest.mark.parametrize(
        ("parameters", "columns", "least"),
        [
            ({"peran": "co-outsole"}, 6, 514),
            ({"tempat": LOMBOK_TIMUR}, 3, 40),
            ({}, 3, 40),
            ({"peran": "zzz", "jarak": "x"}, 3, 40),
        ],
    )
    def test_the_gaps_can_be_kept_as_text_and_workbook(self, opened, parameters, columns, least):
        text = opened("rantai/kesenjangan.csv", **parameters)
        book = opened("rantai/kesenjangan.xlsx", **parameters)

        assert text["Content-Disposition"] == 'attachment; filename="rantai-kesenjangan.csv"'
        found = rows(text)
        assert len(found) > least
        assert {len(row) for row in found} == {columns}
        sheet = load_workbook(io.BytesIO(book.content)).active
        assert sheet.max_row == len(found)
        assert [cell.value for cell in sheet[1]] == found[0]

    def test_the_file_of_a_page_is_its_table(self, opened):
        for asked, file in (
            ({"peran": "co-outsole", "tempat": LOMBOK_TIMUR}, "?peran=co-outsole"),
            ({"tempat": LOMBOK_TIMUR}, f"?tempat={LOMBOK_TIMUR}"),
        ):
            html = opened(**asked).content.decode()
            files = re.findall(r'href="[^"]+kesenjangan.csv([^"]+)"', html)
            assert [unescape(one) for one in files] == [file]

    def test_a_place_and_a_role_are_answered_together(self, opened):
        asked = {"peran": "co-outsole", "tempat": LOMBOK_TIMUR}
        assert "nobody in the whole country" in opened(**asked).context["answer"]
        maker("Sol", region=SIDOARJO, code="CO_OUTSOLE")
        assert "The nearest: Kab. Sidoarjo" in opened(**asked).context["answer"]
        assert ": within 300 km of" in opened(**asked | {"tempat": SIDOARJO}).context["answer"]

    def test_a_place_that_is_none_stays_in_its_field_with_the_reason_beside_it(self, opened):
        html = opened(tempat="Antah").content.decode()

        assert 'value="Antah"' in html
        assert html.index('id="gaps"') < html.index('data-tone="warn"')

    def test_too_many_files_are_refused_for_a_while(self, opened):
        for _file in range(FILES_A_MINUTE):
            opened("rantai/kesenjangan.csv")

        assert opened("rantai/kesenjangan.csv").status_code == HTTPStatus.TOO_MANY_REQUESTS

    def test_another_kind_of_file_is_not_found(self, opened):
        assert opened("rantai/kesenjangan.pdf").status_code == HTTPStatus.NOT_FOUND

    @pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r", " ="])
    def test_no_cell_is_run_as_a_formula(self, sign):
        attack = f"{sign}HYPERLINK(1)"

        text = as_file("csv", "x", ["a"], [[attack]]).content.decode("utf-8-sig")
        assert list(csv.reader(io.StringIO(text, newline="")))[1] == [f"'{attack}"]
        book = as_file("xlsx", "x", ["a"], [[attack]])
        cell = load_workbook(io.BytesIO(book.content)).active["A2"]
        assert cell.data_type == "s"

    def test_numbers_stay_numbers(self):
        assert as_file("csv", "x", ["a"], [[-3]]).content.decode("utf-8-sig").split() == ["a", "-3"]
        sheet = load_workbook(io.BytesIO(as_file("xlsx", "x", ["a"], [[3]]).content)).active
        assert sheet["A2"].value == 3


class TestWhereToAct:
    def ranked(self, answer):
        """Return place, role and makers of each row shown."""
        body = re.search(r"<tbody>(.*?)</tbody>", answer.content.decode(), re.DOTALL)
        found = re.findall(
            r'<th scope="row">(.*?)</th><td><a[^>]*>(.*?)</a></td><td[^>]*><a[^>]*>(\d+)<',
            body[1] if body else "",
        )
        return {(place, unescape(name)): int(number) for place, name, number in found}

    def test_the_office_sees_where_most_makers_wait(self, client, opened):
        for place in (MOJOKERTO, SIDOARJO):
            maker(place, region=place)
        maker("Lombok", region=LOMBOK_TIMUR)
        for name in ("CO_OUTSOLE", "UP_TANNERY"):
            maker(name, region=SIDOARJO, code=name)
        client.force_login(OfficerFactory())

        answer = opened("kerja/rantai")

        found = self.ranked(answer)
        assert ("Jawa Timur", "Outsole maker") not in found
        assert found["Jawa Timur", "Last maker"] == 2
        everything = rows(opened("kerja/rantai.csv"))
        assert ["Nusa Tenggara Barat", "Outsole maker", "1"] in [row[:3] for row in everything]
        address = f"/en/direktori?rantai=produksi&wilayah={SIDOARJO}&wilayah={MOJOKERTO}"
        swapped = f"/en/direktori?rantai=produksi&wilayah={MOJOKERTO}&wilayah={SIDOARJO}"
        assert {address, swapped} & set(links(answer))

    def test_a_regional_officer_sees_the_own_region_by_regency(self, client, opened):
        maker()
        maker("Lombok", region=LOMBOK_TIMUR)
        client.force_login(RegionalOfficerFactory(territory=["52"]))

        answer = opened("kerja/rantai")

        assert {place for place, _role in self.ranked(answer)} == {
            "Kab. Lombok Timur, Nusa Tenggara Barat"
        }
        assert "Your region: Nusa Tenggara Barat" in text_of(answer)
        assert self.ranked(opened("kerja/rantai", provinsi="35")) == {}
        kept = rows(opened("kerja/rantai.csv", provinsi=""))
        assert {row[0] for row in kept[1:]} == {"Kab. Lombok Timur, Nusa Tenggara Barat"}

    def test_without_a_region_there_is_nothing_and_it_says_why(self, client, opened):
        maker()
        client.force_login(RegionalOfficerFactory(territory=[]))

        answer = opened("kerja/rantai")

        assert "No region was given to you yet." in text_of(answer)
        assert self.ranked(answer) == {}

    def test_roles_of_production_are_no_gap_for_makers(self, client, opened):
        maker()
        client.force_login(OfficerFactory())

        names = {row[1] for row in rows(opened("kerja/rantai.csv"))}

        assert "Upper stitching subcontractor" not in names
        assert "Outsole maker" in names

    @pytest.mark.parametrize("path", ["kerja/rantai", "kerja/rantai.csv"])
    def test_it_is_for_staff(self, client, opened, path):
        assert opened(path).status_code == HTTPStatus.FOUND
        client.force_login(UserFactory())
        assert opened(path).status_code == HTTPStatus.FORBIDDEN

    def test_another_kind_of_file_is_not_found(self, client, opened):
        client.force_login(OfficerFactory())

        assert opened("kerja/rantai.pdf").status_code == HTTPStatus.NOT_FOUND
