import pytest


@pytest.fixture
def api(client):
    """Return a function that asks the API as a program does; it never carries a cookie."""

    def asked(path, *, bearer="", headers=None, **parameters):
        sent = dict(headers or {})
        if bearer:
            sent["Authorization"] = f"Bearer {bearer}"
        return client.get(f"/api/v1/{path}", parameters, headers=sent)

    return asked


@pytest.fixture
def walk(api):
    """Return a function that follows a filter to its end and calls ``between`` between pages."""

    def walked(between=lambda _page: None, **parameters):
        names, cursor, page = [], "", 0
        while True:
            answer = api("businesses", **parameters, **({"cursor": cursor} if cursor else {}))
            assert answer.status_code == 200, answer.content
            body = answer.json()
            names += [one["name"] for one in body["data"]]
            cursor = body["next_cursor"]
            if not cursor:
                return names
            page += 1
            between(page)

    return walked
