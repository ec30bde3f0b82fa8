"""A second network is there when its settings are, and only then."""

from dataclasses import replace

import pytest

from advocacy import cli
from advocacy.config import BadSettings, read_settings
from advocacy.outside import LINKEDIN, MASTODON, open_outside
from tests.advocacy.test_config import GOOD
from tests.integrations.mastodon_sandbox.serving import running_mastodon

MASTODON_GOOD = {
    "MASTODON_BASE": "https://mastodon.example/",
    "MASTODON_CLIENT_ID": "an-id",
    "MASTODON_CLIENT_SECRET": "an-undisclosed-secret",
}


def test_without_settings_there_is_no_mastodon(settings):
    outside = open_outside(settings)
    assert set(outside.networks) == set(outside.sign_ons) == {LINKEDIN}
    outside.engine.dispose()


def test_with_settings_there_is(settings):
    read = read_settings(GOOD | MASTODON_GOOD)
    assert "an-undisclosed-secret" not in repr(read)
    given = {name.lower(): getattr(read, name.lower()) for name in MASTODON_GOOD}
    outside = open_outside(replace(settings, **given))
    assert set(outside.networks) == set(outside.sign_ons) == {LINKEDIN, MASTODON}
    address = outside.networks[MASTODON].post_address("17")
    assert address == "https://mastodon.example/web/statuses/17"
    outside.engine.dispose()


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"MASTODON_BASE": ""}, "go together"),
        ({"MASTODON_CLIENT_ID": ""}, "go together"),
        ({"MASTODON_CLIENT_SECRET": ""}, "go together"),
        ({"MASTODON_BASE": "mastodon.example"}, "must be a server"),
        ({"MASTODON_BASE": "https://mastodon.example/about"}, "must be a server"),
        ({"MASTODON_BASE": "http://mastodon.example"}, "must begin with https"),
    ],
)
def test_settings_that_cannot_be_right_are_named(change, named):
    with pytest.raises(BadSettings, match=named):
        read_settings(GOOD | MASTODON_GOOD | change)


def test_browsers_may_go_to_its_consent_screen(settings, connection):
    from advocacy.app import create_app  # noqa: PLC0415 – after the database is there

    given = {name.lower(): value for name, value in MASTODON_GOOD.items()}
    app = create_app(
        replace(settings, **given | {"mastodon_base": "https://m.example"})
    )
    policy = app.test_client().get("/").headers["Content-Security-Policy"]
    assert "form-action 'self' https://www.linkedin.com https://m.example;" in policy
    app.extensions["advocacy"].outside.engine.dispose()


def test_a_command_makes_us_known_to_a_server(monkeypatch, capsys):
    for name, value in (GOOD | {"DEMO": "0"}).items():
        monkeypatch.setenv(name, value)
    with running_mastodon() as sandbox:
        assert cli.main(["register-mastodon", f"{sandbox.address}/"]) == 0
        printed = dict(
            line.split("=", 1) for line in capsys.readouterr().out.splitlines()
        )
        [app] = sandbox.memory.apps.values()
        assert app.name == "Veenstroom library"
        assert app.redirect_addresses == [
            "https://library.example/accounts/mastodon/back"
        ]
        assert printed == {
            "MASTODON_BASE": sandbox.address,
            "MASTODON_CLIENT_ID": app.client_id,
            "MASTODON_CLIENT_SECRET": app.client_secret,
        }
    assert cli.main(["register-mastodon", "mastodon.example"]) == 2
    assert cli.main(["register-mastodon", "http://127.0.0.1:9"]) == 1
