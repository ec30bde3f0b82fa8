"""How often an address may knock is counted without keeping the address."""

import redis

from advocacy.app import create_app


def test_what_is_counted_by_address_does_not_hold_the_address(settings, valkey):
    line = redis.Redis(unix_socket_path=str(valkey.socket))
    before = set(line.keys())
    app = create_app(settings)
    app.config["WTF_CSRF_ENABLED"] = False
    browser, address = app.test_client(), "192.0.2.77"

    answers = [
        browser.post("/sign-in", environ_base={"REMOTE_ADDR": address})
        for _press in range(121)
    ]

    assert answers[-1].status_code == 429
    kept = set(line.keys()) - before
    line.close()
    assert kept
    assert not any(address.encode() in key for key in kept)
