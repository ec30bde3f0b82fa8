"""How often an address may knock is counted without keeping the address."""

import redis


def test_what_is_counted_by_address_does_not_hold_the_address(app, client, valkey):
    line = redis.Redis(unix_socket_path=str(valkey.socket))
    before = set(line.keys())
    app.config["RATELIMIT_ENABLED"] = True
    address = "192.0.2.77"

    answers = [
        client.post("/sign-in", environ_base={"REMOTE_ADDR": address})
        for _press in range(121)
    ]

    assert answers[-1].status_code == 429
    kept = set(line.keys()) - before
    line.close()
    assert kept
    assert not any(address.encode() in key for key in kept)
