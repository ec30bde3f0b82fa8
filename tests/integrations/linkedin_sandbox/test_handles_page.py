"""The page with all handles, as a browser fills it in."""

import re
from dataclasses import replace

import pytest
import requests

BROWSER = {"Accept": "text/html,*/*"}
PAGE = "/sandbox/"


def _page(sandbox):
    return requests.get(f"{sandbox.address}{PAGE}", timeout=10).text


def _fill(sandbox, path, **form):
    return requests.post(
        f"{sandbox.address}/sandbox/{path}",
        data=form | {"back": "handles"},
        headers=BROWSER,
        timeout=10,
    )


def _fields(page, action):
    """The names in the form that leads to `action`, with their present values."""
    [form] = re.findall(rf'<form[^>]*action="{action}".*?</form>', page, re.DOTALL)
    found = dict(re.findall(r'<input[^>]*name="([^"]+)" value="([^"]*)"', form))
    for name, options in re.findall(r'name="(\w+)">(.*?)</select>', form, re.DOTALL):
        chosen = re.search(r'value="(\w+)" selected', options)
        found[name] = chosen[1] if chosen else "no"
    return found


def test_the_feed_leads_to_the_handles(sandbox):
    feed = requests.get(f"{sandbox.address}/feed/", timeout=10).text
    assert f'href="{PAGE}"' in feed


ALL = {"member": "", "client_id": ""}


@pytest.mark.parametrize(
    ("path", "form", "status"),
    [
        ("faults", {"fault": "conflict", "times": "1"}, 409),
        ("faults", {"percent-busy": "100"}, 429),
        ("clock", {"advance_seconds": str(61 * 86400)}, 401),
        ("tokens/revoked", ALL, 401),
        ("tokens/expired", ALL, 401),
        ("calls", {"calls": "150", "member": "", "client_id": "pretend-client"}, 429),
        ("settings", {"dead_versions": "202609"}, 426),
    ],
)
def test_each_button_does_what_it_says_and_leads_back_to_the_page(
    sandbox, caller, path, form, status
):
    assert caller.post(commentary="Before").status_code == 201
    sandbox.memory.settings = replace(sandbox.memory.settings, app_calls_a_day=150)

    answer = _fill(sandbox, path, **form)

    assert (answer.status_code, answer.url) == (200, f"{sandbox.address}{PAGE}")
    assert caller.post(commentary="After").status_code == status


def test_the_settings_form_sent_as_it_is_changes_nothing(sandbox):
    before = sandbox.memory.settings
    fields = _fields(_page(sandbox), "/sandbox/settings")
    assert len(fields) > 20
    assert _fill(sandbox, "settings", **fields).ok
    assert sandbox.memory.settings == before


def test_a_setting_that_does_not_fit_is_said_beside_it_and_kept(sandbox):
    answer = _fill(sandbox, "settings", slow_seconds="soon", strict_text="yes")
    assert answer.status_code == 422
    assert "This takes seconds." in answer.text
    assert re.search(r'name="slow_seconds" value="soon"[^>]*aria-invalid', answer.text)
    assert _fields(answer.text, "/sandbox/settings")["strict_text"] == "yes"
    assert sandbox.memory.settings.strict_text is False


def test_chances_are_set_and_taken_back_from_the_form(sandbox):
    _fill(sandbox, "faults", **{"percent-busy": "2.5", "percent-slow": "", "seed": "4"})
    mix = sandbox.memory.fault_mix
    assert (mix.percents, mix.seed) == ({"busy": 2.5}, 4)
    assert 'name="percent-busy" type="number"' in _page(sandbox)
    assert 'value="2.5"' in _page(sandbox)
    _fill(sandbox, "faults", **{"percent-busy": "", "percent-slow": ""})
    assert sandbox.memory.fault_mix.percents == {}
    answer = _fill(sandbox, "faults", **{"percent-busy": "often"})
    assert answer.status_code == 422


def test_the_page_shows_calls_and_what_became_of_posts(sandbox, caller):
    assert _page(sandbox).count("None so far.") == 2
    sandbox.set_fault("error_without_commit")
    caller.post()
    caller.post()
    page = _page(sandbox)
    rows = re.findall(r"<td>(Answer 500[^<]*|Nothing, behave)</td><td>(\w+)</td>", page)
    assert [made for _, made in rows] == ["yes", "no"]
    assert "None so far." not in page
    assert "<td>Ivo Terpstra</td>" in page
