"""What a browser shows of being signed in."""

from flask.testing import FlaskClient


def is_signed_in(client: FlaskClient) -> bool:
    return client.get("/consent").status_code == 200


def cookie_of(client: FlaskClient) -> str:
    cookie = client.get_cookie("session")
    assert cookie
    return cookie.value
