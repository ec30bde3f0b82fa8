"""Language and theme, and the way back to the page they were chosen on."""

import pytest

from advocacy.people.models import Person


def test_a_stranger_may_choose_a_language_for_this_visit(client):
    answer = client.post("/language", data={"language": "nl", "back": "/sign-in"})
    assert answer.location == "/sign-in"
    assert 'lang="nl"' in client.get("/sign-in").text


def test_a_persons_language_is_remembered(session, client, try_sign_in, marit):
    try_sign_in()
    client.post("/language", data={"language": "nl", "back": "/consent"})
    session.refresh(marit)
    assert marit.language == "nl"
    assert '<html lang="nl"' in client.get("/consent").text


def test_the_browser_decides_where_nobody_chose(client):
    page = client.get(
        "/sign-in", headers={"Accept-Language": "nl-BE,nl;q=0.9,en;q=0.5"}
    ).text
    assert '<html lang="nl"' in page


@pytest.mark.parametrize("language", ["", "fr", "../../etc/passwd", "EN"])
def test_other_languages_change_nothing(client, language):
    answer = client.post("/language", data={"language": language, "back": "/sign-in"})
    assert answer.location == "/sign-in"
    assert '<html lang="en"' in client.get("/sign-in").text


def test_a_theme_is_remembered_and_can_be_left_to_the_system_again(
    session, client, try_sign_in, marit: Person
):
    try_sign_in()
    client.post("/theme", data={"theme": "dark", "back": "/consent"})
    session.refresh(marit)
    assert marit.theme == "dark"
    assert 'data-theme="dark"' in client.get("/consent").text
    client.post("/theme", data={"theme": "neon"})
    session.refresh(marit)
    assert marit.theme is None


def test_a_theme_belongs_to_somebody(client):
    assert client.post("/theme", data={"theme": "dark"}).location.startswith("/sign-in")
