import re
from datetime import date, datetime
from pathlib import Path

import pytest

from integrations.linkedin.settings import LinkedInSettings
from integrations.linkedin.versions import (
    DEFAULT_VERSION,
    SUNSETS,
    sunset,
)

DOCUMENT = Path(__file__).parents[3] / "docs" / "linkedin.md"


def _settings(**changes):
    given = {
        "client_id": "id",
        "client_secret": "hidden-secret",
        "redirect_address": "https://advocacy.example/back",
    }
    return LinkedInSettings(**given | changes)


def test_the_defaults_are_the_real_linkedin():
    settings = _settings()
    assert settings.oauth_base == "https://www.linkedin.com"
    assert settings.api_base == "https://api.linkedin.com"
    assert settings.version == DEFAULT_VERSION
    # A token that is not known yet, at sign-on too (linkedin.md 7.3).
    assert settings.patience.fresh_token == (1, 3, 8)


def test_the_secret_is_not_in_the_settings_picture():
    assert "hidden-secret" not in repr(_settings())


@pytest.mark.parametrize("version", ["2026-09", "202613", "26", "latest", ""])
def test_a_version_is_a_year_and_a_month(version):
    with pytest.raises(ValueError, match="202609"):
        _settings(version=version)


@pytest.mark.parametrize(
    "base", ["api.linkedin.com", "ftp://x", "https://", "https://x/rest", "https://x?y"]
)
def test_a_base_is_scheme_and_host(base):
    with pytest.raises(ValueError, match="api_base"):
        _settings(api_base=base)


def test_a_slash_at_the_end_of_a_base_does_no_harm():
    assert _settings(api_base="https://x:8/").api_base == "https://x:8"


def test_announced_days_count_before_the_rule():
    assert sunset("202608") == date(2027, 8, 17)
    assert sunset("202602") == date(2027, 2, 15)


def test_the_document_names_the_days_that_the_table_holds():
    rows = re.findall(r"^\| `(\d{6})` \| (.+?) \|$", DOCUMENT.read_text(), re.MULTILINE)
    named = {
        version: datetime.strptime(day, "%d %B %Y").date()  # noqa: DTZ007 – only a day
        for version, day in rows
    }
    assert DEFAULT_VERSION in named
    assert named == {version: SUNSETS[version] for version in named}
