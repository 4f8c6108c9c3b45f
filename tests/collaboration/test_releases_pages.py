"""What visitors read of collaborations: results with their line, press kits, profiles."""

import io
import json
import re
import zipfile

import pytest
from django.urls import reverse

from ifn.collaboration import models
from ifn.collaboration.actions import batching, consenting, releasing
from ifn.collaboration.models import (
    Call,
    Project,
    Release,
    Specification,
    Stage,
)
from ifn.collaboration.sharing import Rule
from tests.factories.accounts import UserFactory
from tests.factories.collaboration_calls import opened
from tests.factories.collaboration_releases import (
    agree,
    asked,
    batch,
    firm,
    partner,
    project,
    published,
    recipients,
    signed,
    written,
)
from tests.factories.directory import AT, ON, photo
from tests.factories.programmes import officer

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]


def page(client, name, *args, **query):
    return client.get(reverse(f"collaboration:{name}", args=args), query)


def text(answer):
    return answer.content.decode()


def whole():
    """Return a public release with everything: firms, stages, figures, a batch, a picture."""
    of = project(origin="competition", origin_title="Juara 2022", origin_on=ON, origin_by="Sari")
    maker, brand = firm("Bengkel Sol"), firm("Merek Melangkah")
    made_by = partner(of, "outsole", business=maker)
    partner(of, "brand", business=brand)
    Stage.objects.create(
        project=of, kind="design", place=2, state="done", begun_on=ON, ended_on=ON, result="Pola"
    )
    made = Specification.objects.create(project=of, hardness=62, material="Karet", changed_at=AT)
    models.TestResult.objects.create(
        specification=made, standard="SNI 1", measured="Kikisan", value=172, most=250, on=ON
    )
    one = batch(of, made_by=made_by)
    for row in recipients(one, 2):
        batching.share_out(one, Rule.EQUAL, asked={}, actor=officer(), at=AT)
        signed(row)
    release = written(of)
    releasing.add_picture(
        release, releasing.Shot(photo(), "Sol", "Sole", "Bengkel Sol"), actor=officer(), at=AT
    )
    release.refresh_from_db()
    releasing.ask_partners(release, actor=officer(), at=AT)
    release.refresh_from_db()
    agree(release)
    return releasing.publish(release, on=ON, actor=officer(), at=AT)


def test_a_result_shows_who_made_it_what_it_is_and_its_line(client, language):
    release = whole()

    shown = text(page(client, "release", release.slug))

    assert ("Sepatu Jejak Air" if language == "id" else "The water trail shoe") in shown
    for words in ("Juara 2022", "Sari", "62 Shore A", "Kikisan", "Pola", "Sol luar karet"):
        assert words in shown
    for name in ("Bengkel Sol", "Merek Melangkah"):
        assert re.search(rf'<a href="[^"]*/usaha/[^"]*"><b>{name}', shown)
    drawn = re.search(r"<svg class=\"lineage-drawing\".*?</svg>", shown, re.DOTALL)[0]
    assert drawn.count("<circle") == 5
    assert drawn.count("<path") == 5
    described = json.loads(re.search(r'ld\+json">(.*?)</script>', shown)[1])
    assert [one["name"] for one in described["contributor"]] == ["Bengkel Sol", "Merek Melangkah"]


def test_who_takes_its_yes_back_is_gone_from_the_page_and_the_line_is_whole(client):
    release = whole()
    points = text(page(client, "release", release.slug)).count("<circle")
    one = release.consents.get(partner__name="Bengkel Sol")

    consenting.take_back(one, actor=None, at=AT)

    shown = text(page(client, "release", release.slug))
    assert "Bengkel Sol" not in shown
    assert one.partner.business.slug not in shown
    assert "seorang mitra" in shown
    assert shown.count("<circle") == points
    assert "<img" not in re.sub(r"<header.*?</header>", "", shown, flags=re.DOTALL)
    kit = zipfile.ZipFile(io.BytesIO(b"".join(page(client, "press-kit", release.slug))))
    assert not any(b"Bengkel Sol" in kit.read(name) for name in kit.namelist())


def test_the_line_leads_to_the_call_it_came_from_and_to_projects_before_it(client):
    call = opened()
    shown = project(title_id="Sol pertama", is_public=True)
    release = published(project(origin="call", call=call, follows=shown))

    html = text(page(client, "release", release.slug))

    assert f'<a href="{call.get_absolute_url()}">{call.title}</a>' in html
    assert f'<a href="{shown.get_absolute_url()}">Sol pertama</a>' in html


def test_a_profile_leads_to_its_collaborations_and_no_longer_once_they_are_taken_back(client):
    release = whole()
    one = release.consents.get(partner__name="Bengkel Sol")
    address = one.partner.business.get_absolute_url()
    found = f'href="{release.get_absolute_url()}"'

    for _kept in range(2):
        assert found in text(client.get(address))
    consenting.take_back(one, actor=None, at=AT)
    Project.objects.update(is_public=False)

    assert found not in text(client.get(address))


def test_a_profile_shows_a_running_project_only_where_it_lets_itself_be_named(client):
    shy, named = firm("Malu"), firm("Terbuka")
    of = project(title_id="Sol anak")
    partner(of, business=shy, is_named=False)
    partner(of, "brand", business=named)

    assert "Sol anak" in text(client.get(named.get_absolute_url()))
    assert "Sol anak" not in text(client.get(shy.get_absolute_url()))


def test_a_release_that_is_not_public_is_not_there(client):
    asking, gone = asked(), published()
    releasing.withdraw_release(gone, reason="x", actor=None, at=AT)

    for release in (asking, gone):
        for name in ("release", "release-picture", "press-kit"):
            assert page(client, name, release.slug).status_code == 404


def test_the_list_shows_what_is_open_runs_and_came_of_it(client, language):
    whole()
    project(title_id="Berjalan", title_en="It runs")
    project(title_id="Rahasia", title_en="Secret", is_public=False)
    call = {"opens_on": "2020-01-01", "closes_on": "2099-01-01", "decides_on": "2099-02-01"}
    Call.objects.create(
        code="AK222",
        title_id="Ajakan",
        title_en="The call",
        state="open",
        since=AT,
        created_at=AT,
        **call,
    )

    shown = text(page(client, "list"))

    words = (
        ("Berjalan", "Ajakan", "Sepatu Jejak Air")
        if language == "id"
        else (
            "It runs",
            "The call",
            "The water trail shoe",
        )
    )
    assert all(one in shown for one in words)
    assert "Rahasia" not in shown
    assert "Secret" not in shown
    assert ">40<" in shown  # pairs made, in sum


def test_empty_lists_say_what_to_do(client):
    shown = text(page(client, "list"))

    assert reverse("connections:opportunities") in shown


@pytest.mark.parametrize("name", ["list", "release"])
def test_pages_cost_the_same_however_much_there_is(client, django_assert_max_num_queries, name):
    for _more in range(2):
        release = whole()
        args = [release.slug] if name == "release" else []
        page(client, name, *args)

        with django_assert_max_num_queries(12):
            page(client, name, *args)


def test_the_home_page_and_the_site_map_lead_to_results(client):
    release = published()

    assert release.get_absolute_url() in text(client.get(reverse("site:home")))
    assert release.get_absolute_url() in text(client.get(reverse("sitemap-part", args=[0])))


def test_the_press_kit_holds_texts_in_both_languages_pictures_credits_line_and_facts(client):
    release = whole()

    kit = zipfile.ZipFile(io.BytesIO(b"".join(page(client, "press-kit", release.slug))))

    names = sorted(kit.namelist())
    assert names == [
        *("01.jpg", "en/credits.txt", "en/facts.csv", "en/line.svg", "en/text.txt"),
        *("id/alur.svg", "id/fakta.csv", "id/pembuat.txt", "id/teks.txt"),
    ]
    assert "winner's sketch" in kit.read("en/text.txt").decode()
    assert "62 Shore A" in kit.read("id/fakta.csv").decode()
    assert kit.read("01.jpg")[:2] == b"\xff\xd8"


def test_the_picture_of_a_shared_link_is_one(client):
    answer = page(client, "release-picture", whole().slug)

    assert answer["Content-Type"] == "image/png"
    assert answer.content[:4] == b"\x89PNG"


class TestInsideTheProject:
    def test_partners_read_it_say_yes_and_it_is_published(self, client):
        owner, leader = UserFactory(), UserFactory()
        of = project(firm("Merek Melangkah", leader))
        partner(of, business=firm("Bengkel Sol", owner))
        client.force_login(leader)
        address = reverse("collaboration:own-release", args=[of.code])
        texts = {"title_id": "Sepatu", "story_id": "Cerita"}

        client.post(address, texts)
        client.post(reverse("collaboration:move-release", args=[of.code]), {"langkah": "ask"})
        early = client.post(
            reverse("collaboration:move-release", args=[of.code]),
            {"langkah": "publish"},
            follow=True,
        )
        client.force_login(owner)
        release = Release.objects.get()
        one = release.consents.get()
        client.post(
            reverse("collaboration:answer-release", args=[of.code, one.pk]),
            {"answer": "yes", "text_version": 1},
        )
        client.force_login(leader)
        client.post(reverse("collaboration:move-release", args=[of.code]), {"langkah": "publish"})

        assert "Bengkel Sol" in text(early)
        release.refresh_from_db()
        assert release.state == Release.State.PUBLISHED

    def test_a_partner_does_not_write_and_nobody_answers_for_another(self, client):
        owner = UserFactory()
        release = asked(partners=1)
        partner(release.project, "brand", business=firm("Merek", owner))
        client.force_login(owner)
        code, other = release.project.code, release.consents.get()

        client.post(reverse("collaboration:own-release", args=[code]), {"title_id": "Diubah"})
        answer = client.post(
            reverse("collaboration:answer-release", args=[code, other.pk]),
            {"answer": "yes", "text_version": 1},
        )
        moved = client.post(
            reverse("collaboration:move-release", args=[code]), {"langkah": "publish"}
        )

        assert (answer.status_code, moved.status_code) == (404, 404)
        release.refresh_from_db()
        assert (release.title_id, release.state) == ("Sepatu Jejak Air", "asking")

    def test_a_partner_by_name_answers_by_its_link_until_it_gets_another(self, client):
        release = asked(partners=1)
        client.force_login(officer())
        shown = text(client.get(reverse("collaboration:own-release", args=[release.project.code])))
        link = re.search(r'href="([^"]*/persetujuan/[^"]+)"', shown)[1]
        client.logout()

        refused = client.post(link, {"answer": "no", "text_version": 1}, follow=True)
        client.post(link, {"answer": "yes", "text_version": 1})

        one = release.consents.get()
        assert "Tulis apa yang harus diubah" in text(refused)
        assert (one.state, one.person) == ("agreed", None)
        one.partner.link += 1
        one.partner.save(update_fields=["link"])
        assert client.get(link).status_code == 404

    def test_who_is_asked_reads_all_of_it_and_others_by_a_link(
        self, client, django_assert_max_num_queries
    ):
        owner, leader = UserFactory(), UserFactory()
        of = project(firm("Merek Melangkah", leader))
        partner(of, business=firm("Bengkel Sol", owner))
        release = asked(of, partners=0, story_id="Kisah sol pertama")
        address = reverse("collaboration:own-release", args=[of.code])

        client.force_login(owner)
        assert "Kisah sol pertama" in text(client.get(address))
        agree(release)
        client.force_login(leader)
        client.get(address)
        with django_assert_max_num_queries(12):
            briefly = text(client.get(address))

        whole = text(client.get(address, {"pratinjau": "1"}))
        assert 'href="?pratinjau=1"' in briefly
        assert "Siapa yang membuatnya" not in briefly
        assert "Siapa yang membuatnya" in whole

    def test_what_waits_for_a_yes_is_among_the_things_to_do(self, client):
        owner, of = UserFactory(), project()
        partner(of, business=firm("Bengkel Sol", owner))
        release = asked(of, partners=0)
        client.force_login(owner)
        address = reverse("collaboration:own-release", args=[of.code])

        before = text(client.get(reverse("site:mine")))
        agree(release)

        assert address in before
        assert address not in text(client.get(reverse("site:mine")))

    def test_a_figure_takes_a_source_and_stands_with_it(self, client):
        owner = UserFactory()
        of = project(firm("Merek", owner))
        client.force_login(owner)
        address = reverse("collaboration:impact", args=[of.code])
        given = {"kind": "jobs", "amount": "9", "on": "2026-05-01"}

        client.post(address, given)
        client.post(address, given | {"source": "Daftar pekerja"})

        shown = text(client.get(address))
        assert shown.count("Daftar pekerja") == 1
        client.force_login(officer())
        in_sum = text(client.get(reverse("collaboration:impact-in-sum")))
        assert reverse("collaboration:impact", args=[of.code]) in in_sum
        table = client.get(reverse("collaboration:impact-file")).content.decode()
        assert ";9;" in table

    def test_the_figures_of_all_cost_the_same_however_many_projects(
        self, client, django_assert_max_num_queries
    ):
        client.force_login(officer())
        for _more in range(2):
            whole()
            page(client, "impact-in-sum")
            with django_assert_max_num_queries(12):
                page(client, "impact-in-sum")
