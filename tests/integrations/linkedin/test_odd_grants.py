"""What a network may answer when an account is connected, and what it may not."""

import json

import pytest
from werkzeug.wrappers import Response

from integrations.errors import NotDone, Refused
from integrations.granted import LONGEST_MEMBER_ID, LONGEST_NAME, LONGEST_TOKEN
from integrations.linkedin.sign_on import LinkedInSignOn
from tests.integrations.linkedin.scripted import scripted, settings_for

BACK = "http://localhost:8000/accounts/linkedin/back"
TOKEN = {"access_token": "t", "expires_in": 60, "scope": "openid,profile"}
WHO = {"sub": "m1", "name": "Ivo Terpstra"}


def _said(said):
    return Response(json.dumps(said), mimetype="application/json")


def _finished(token, who):
    with scripted(_said(TOKEN | token), _said(WHO | who)) as server:
        sign_on = LinkedInSignOn(settings_for(server.address, redirect_address=BACK))
        return sign_on.finish(f"{BACK}?code=c&state=s", "s")


@pytest.mark.parametrize(
    ("token", "code"),
    [
        ({"access_token": ["t"]}, "shape"),
        ({"access_token": 5}, "shape"),
        ({"access_token": ""}, "shape"),
        ({"access_token": "t\nb"}, "shape"),
        ({"access_token": "t b"}, "shape"),
        ({"access_token": "t\0"}, "shape"),
        ({"access_token": "\ud800"}, "shape"),
        ({"access_token": "t" * (LONGEST_TOKEN + 1)}, "shape"),
        ({"refresh_token": "r\n"}, "shape"),
        ({"refresh_token": {"r": 1}}, "shape"),
        ({"scope": 5}, "scope"),
        ({"scope": True}, "scope"),
        ({"scope": [1]}, "scope"),
        ({"scope": {"openid": 1}}, "scope"),
        ({"scope": "openid\0"}, "scope"),
        ({"scope": "s," * LONGEST_TOKEN}, "scope"),
        ({"expires_in": "x"}, "shape"),
        ({"expires_in": []}, "shape"),
        ({"expires_in": float("inf")}, "shape"),
        ({"expires_in": float("nan")}, "shape"),
        ({"error": 5}, "shape"),
        ({"error": []}, "shape"),
        ({"error": "A whole sentence"}, ""),
        ({"error": "invalid_grant"}, "invalid_grant"),
    ],
)
def test_a_token_that_is_none_connects_nothing(token, code):
    with pytest.raises(Refused) as caught:
        _finished(token, {})
    assert caught.value.code == code


@pytest.mark.parametrize("seconds", [None, -5, -(10**13), -(10**30), "60", 60.5, True])
def test_a_strange_span_is_a_short_one(seconds):
    grant = _finished({"expires_in": seconds}, {})
    assert grant.token == "t"


@pytest.mark.parametrize(
    ("who", "code"),
    [
        ({"sub": 5}, "sub"),
        ({"sub": ["m1"]}, "sub"),
        ({"sub": "m1\0"}, "sub"),
        ({"sub": "m 1"}, "sub"),
        ({"sub": "m\ud800"}, "sub"),
        ({"sub": "m" * (LONGEST_MEMBER_ID + 1)}, "sub"),
        ({"name": 5}, "name"),
        ({"name": ["Ivo"]}, "name"),
        ({"name": "Ivo\0Terpstra"}, "name"),
        ({"name": "Ivo \ud83d"}, "name"),
        ({"name": "", "given_name": {"nl": "Ivo"}}, "name"),
    ],
)
def test_a_member_that_cannot_be_kept_connects_nothing(who, code):
    with pytest.raises(Refused) as caught:
        _finished({}, who)
    assert caught.value.code == code


def test_what_is_as_long_as_it_may_be_is_kept_whole():
    token, member = "t" * LONGEST_TOKEN, "m" * LONGEST_MEMBER_ID
    grant = _finished({"access_token": token}, {"sub": member})
    assert (grant.token, grant.member_id) == (token, member)


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("x" * 900_000, "x" * LONGEST_NAME),
        (" Ivo\tTerpstra\n", "Ivo Terpstra"),
        ("Zoë 👩‍🌾 O’Brien-Łuk", "Zoë 👩‍🌾 O’Brien-Łuk"),
        ("<b>Ivo</b>", "<b>Ivo</b>"),
        ("", ""),
        (None, ""),
    ],
)
def test_a_name_is_kept_as_it_is_and_no_longer_than_names_are(name, kept):
    assert _finished({}, {"name": name}).member_name == kept


@pytest.mark.parametrize(
    "token",
    [{"access_token": "t\n"}, {"access_token": 5}, {"scope": 5}, {"scope": "\0"}],
)
def test_an_odd_answer_to_a_renewal_gives_nothing_up(token):
    with scripted(_said(TOKEN | token)) as server:
        sign_on = LinkedInSignOn(settings_for(server.address, redirect_address=BACK))
        with pytest.raises(NotDone):
            sign_on.refresh("r", "m1")
