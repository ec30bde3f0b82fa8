"""The settings: all problems named at once, none with its value."""

import pytest

from advocacy.config import BadSettings, read_settings

KEY = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE="
GOOD = {
    "DATABASE_URL": "postgresql://somebody@db/advocacy",
    "REDIS_URL": "redis://queue/0",
    "BASE_URL": "https://library.example",
    "SECRET_KEY": "a-long-enough-secret-of-40-characters-xx",
    "TOKEN_KEYS": f"2026:{KEY}",
    "DATA_FOLDER": "/srv/advocacy",
    "ORGANISATION": "Veenstroom",
}


def test_good_settings_are_read():
    settings = read_settings(GOOD)
    assert settings.database_url == "postgresql+psycopg://somebody@db/advocacy"
    assert settings.token_keys == {"2026": b"01234567890123456789012345678901"}
    assert settings.secure
    assert not settings.demo
    assert not settings.linkedin_ready


@pytest.mark.parametrize(
    ("given", "broker"),
    [
        ({}, "redis://queue/0"),
        ({"BROKER_URL": "amqp://rabbit:5672/"}, "amqp://rabbit:5672/"),
    ],
)
def test_messages_go_over_redis_unless_another_broker_is_named(given, broker):
    assert read_settings(GOOD | given).broker_url == broker


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"DATABASE_URL": ""}, "DATABASE_URL is missing"),
        ({"REDIS_URL": ""}, "REDIS_URL is missing"),
        ({"BASE_URL": ""}, "BASE_URL is missing"),
        ({"SECRET_KEY": ""}, "SECRET_KEY is missing"),
        ({"TOKEN_KEYS": ""}, "TOKEN_KEYS is missing"),
        ({"DATA_FOLDER": ""}, "DATA_FOLDER is missing"),
        ({"ORGANISATION": ""}, "ORGANISATION is missing"),
        ({"BROKER_URL": "http://queue"}, "BROKER_URL must begin with"),
        ({"BASE_URL": "http://library.example"}, "BASE_URL must begin with https"),
        ({"BASE_URL": "http://[x"}, "BASE_URL must name a host"),
        ({"BASE_URL": "https://[x"}, "BASE_URL must name a host"),
        ({"BASE_URL": "https://library.example:x"}, "BASE_URL must name a host"),
        ({"BROKER_URL": "redis://[x"}, "BROKER_URL must begin with"),
        ({"REDIS_URL": "redis://cache:x/0"}, "REDIS_URL must begin with"),
        ({"VISITORS_REDIS_URL": "cache"}, "VISITORS_REDIS_URL must begin with"),
        (
            {"REDIS_URL": "http://cache", "BROKER_URL": "amqp://queue"},
            "REDIS_URL must begin with",
        ),
        ({"LINKEDIN_API_BASE": "http://[x"}, "LINKEDIN_API_BASE must be a server"),
        ({"LINKEDIN_OAUTH_BASE": "https://x:99999"}, "LINKEDIN_OAUTH_BASE must be"),
        ({"LINKEDIN_SITE_BASE": "https://x/rest"}, "LINKEDIN_SITE_BASE must be"),
        ({"SECRET_KEY": "short-secret"}, "SECRET_KEY must have 32"),
        ({"TOKEN_KEYS": "2026:short"}, "TOKEN_KEYS must be"),
        ({"TOKEN_KEYS": KEY}, "TOKEN_KEYS must be"),
        (
            {"SECRET_KEY": "0123456789" * 3 + "01", "TOKEN_KEYS": f"a:{KEY}"},
            "must differ",
        ),
        ({"LINKEDIN_FIGURES_CLIENT_ID": "second"}, "LINKEDIN_FIGURES_CLIENT_SECRET go"),
        (
            {
                "LINKEDIN_CLIENT_ID": "one",
                "LINKEDIN_CLIENT_SECRET": "x",
                "LINKEDIN_FIGURES_CLIENT_ID": "one",
                "LINKEDIN_FIGURES_CLIENT_SECRET": "x",
            },
            "LINKEDIN_FIGURES_CLIENT_ID must be a second app",
        ),
        ({"DEMO": "1"}, "DEMO is only for 127.0.0.1"),
        ({"DEMO": "maybe"}, "DEMO must be yes or no"),
        ({"TIME_ZONE": "Mars/North"}, "TIME_ZONE is not"),
        ({"DEFAULT_LANGUAGE": "fy"}, "DEFAULT_LANGUAGE must be"),
        ({"HOLD_SECONDS": "soon"}, "HOLD_SECONDS must be a whole number"),
        ({"HOLD_SECONDS": "3601"}, "HOLD_SECONDS must be 0 to 3600"),
        ({"POSTING_THREADS": "0"}, "POSTING_THREADS must be 1 to 3600"),
        ({"HOLD_SECONDS": "9" * 5000}, "HOLD_SECONDS must be 0 to 3600"),
        ({"SPREAD_MINUTES": "61"}, "SPREAD_MINUTES must be 0 to 60"),
        ({"LINKEDIN_CLIENT_ID": "x"}, "go together"),
        ({"LINKEDIN_VERSION": "2026-09"}, "LINKEDIN_VERSION must be"),
    ],
)
def test_a_bad_setting_is_named_without_its_value(change, named):
    with pytest.raises(BadSettings, match=named) as refusal:
        read_settings(GOOD | change)
    secrets = [v for k, v in change.items() if k in {"SECRET_KEY", "TOKEN_KEYS"} and v]
    assert not any(secret in str(refusal.value) for secret in secrets)


NO_SERVERS = [
    "https://a b",
    "https://a..b",
    "https://.",
    "https://-",
    "https://x.",
    "https://x:0",
    "https://x:65536",
    "https://x:٣",
    "https://x\0y",
    "https://x\n",
    "https://x\ny",
    "\nhttps://x",
    "https://x#",
    "https://x?",
    "https://x/?",
    "https://x/path",
    "https://user@x",
    "https://user:p@x",
    "https://:p@x",
    "https://@x",
    "https://ünï.example",
    "https://xn--" + "a" * 60,
    "https://" + ".".join(["a" * 50] * 6),
    "https://[1::2::3]",
    "https://::1",
    "ftp://x",
    "https:x",
]
GOOD_SERVERS = [
    "https://x",
    "https://x/",
    "https://library.example:8443",
    "https://xn--n-xka3b.example",
    "https://stand_in:443",
    "https://10.0.0.5",
    "https://[::1]:8000",
]
SERVERS = ["BASE_URL", "LINKEDIN_API_BASE", "LINKEDIN_OAUTH_BASE", "LINKEDIN_SITE_BASE"]


@pytest.mark.parametrize("name", SERVERS)
@pytest.mark.parametrize("address", NO_SERVERS)
def test_what_can_be_no_server_is_refused(name, address):
    with pytest.raises(BadSettings, match=f"{name} must") as refusal:
        read_settings(GOOD | {name: address})
    assert all(problem.startswith(name) for problem in refusal.value.problems)
    assert address not in str(refusal.value)


@pytest.mark.parametrize("name", SERVERS)
@pytest.mark.parametrize("address", GOOD_SERVERS)
def test_what_can_be_a_server_is_taken(name, address):
    read = getattr(read_settings(GOOD | {name: address}), name.lower())
    assert read.rstrip("/") == address.rstrip("/")


@pytest.mark.parametrize("name", sorted(GOOD.keys() - {"TOKEN_KEYS"}))
@pytest.mark.parametrize("more", ["\n", "\r", "\0", "\x1b", "\u2028", "\udcff"])
def test_settings_are_one_line_of_text(name, more):
    with pytest.raises(BadSettings, match=f"{name} must be one line of text"):
        read_settings(GOOD | {name: GOOD[name] + more})


@pytest.mark.parametrize(
    "address",
    [
        "postgresql://ada@db:hidden/advocacy",
        "postgresql://ada:half:@db:hidden@db/advocacy",
        "postgresql:hidden",
    ],
)
def test_a_database_address_that_cannot_be_read_is_named_without_a_part_of_it(address):
    with pytest.raises(BadSettings, match="DATABASE_URL") as refusal:
        read_settings(GOOD | {"DATABASE_URL": address})
    assert "hidden" not in str(refusal.value)


def test_everything_wrong_is_said_at_once():
    with pytest.raises(BadSettings) as refusal:
        read_settings({})
    assert len(refusal.value.problems) >= 6


def test_secrets_do_not_show_when_settings_are_printed():
    printed = repr(read_settings(GOOD))
    assert GOOD["SECRET_KEY"] not in printed
    assert "01234567890123456789012345678901" not in printed
    assert "somebody" not in printed
