"""The vault: what is locked stays locked, in its own row, through a change of keys."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integrations.token_vault import CannotUnlock, TokenVault

OLD, NEW = b"o" * 32, b"n" * 32
ABOUT_IVO = "account|1|linkedin|access token"
ABOUT_MARIT = "account|2|linkedin|access token"


def test_what_was_locked_can_be_read_again_by_whoever_names_its_place() -> None:
    vault = TokenVault({"k1": OLD})
    locked = vault.lock("AQX-token", ABOUT_IVO)
    assert vault.unlock(locked.data, locked.key_id, ABOUT_IVO) == "AQX-token"


def test_two_locks_of_one_token_differ_and_show_nothing_of_it() -> None:
    vault = TokenVault({"k1": OLD})
    first, second = (vault.lock("AQX-token", ABOUT_IVO) for _time in range(2))
    assert first.data != second.data
    assert b"AQX" not in first.data
    assert "AQX" not in repr(first)


def test_a_token_moved_to_another_row_is_refused() -> None:
    vault = TokenVault({"k1": OLD})
    locked = vault.lock("token of Ivo", ABOUT_IVO)
    with pytest.raises(CannotUnlock):
        vault.unlock(locked.data, locked.key_id, ABOUT_MARIT)


def test_an_access_token_does_not_open_as_a_refresh_token() -> None:
    vault = TokenVault({"k1": OLD})
    locked = vault.lock("token", ABOUT_IVO)
    with pytest.raises(CannotUnlock):
        vault.unlock(locked.data, locked.key_id, "account|1|linkedin|refresh token")


@pytest.mark.parametrize("place", [0, 11, 12, 20, -1])
def test_one_changed_bit_anywhere_is_noticed(place: int) -> None:
    vault = TokenVault({"k1": OLD})
    data = bytearray(vault.lock("a token of some length", ABOUT_IVO).data)
    data[place] ^= 1
    with pytest.raises(CannotUnlock):
        vault.unlock(bytes(data), "k1", ABOUT_IVO)


@pytest.mark.parametrize("data", [b"", b"short", b"x" * 12, b"x" * 27])
def test_what_is_too_short_to_be_ours_is_refused_in_the_same_way(data: bytes) -> None:
    with pytest.raises(CannotUnlock):
        TokenVault({"k1": OLD}).unlock(data, "k1", ABOUT_IVO)


def test_after_a_change_of_keys_old_rows_open_and_new_ones_use_the_new_key() -> None:
    before = TokenVault({"k1": OLD})
    rows = [before.lock(f"token {n}", f"account|{n}") for n in range(1000)]

    after = TokenVault({"k2": NEW, "k1": OLD})
    opened = [
        after.unlock(row.data, row.key_id, f"account|{n}") for n, row in enumerate(rows)
    ]
    assert opened == [f"token {n}" for n in range(1000)]
    assert after.lock("token", ABOUT_IVO).key_id == "k2"


def test_when_the_old_key_is_dropped_its_rows_are_unreadable_and_say_which_key() -> (
    None
):
    locked = TokenVault({"k1": OLD}).lock("token", ABOUT_IVO)
    with pytest.raises(CannotUnlock) as caught:
        TokenVault({"k2": NEW}).unlock(locked.data, locked.key_id, ABOUT_IVO)
    assert caught.value.key_id == "k1"
    assert "token" not in str(caught.value)


def test_a_row_that_claims_another_key_id_is_refused_even_if_the_bytes_are_equal() -> (
    None
):
    locked = TokenVault({"k1": OLD}).lock("token", ABOUT_IVO)
    with pytest.raises(CannotUnlock):
        TokenVault({"k2": OLD}).unlock(locked.data, "k2", ABOUT_IVO)


@pytest.mark.parametrize(
    "keys", [{}, {"k1": b"too short"}, {"": OLD}, {"k1": OLD, "k2": b""}]
)
def test_a_vault_without_proper_keys_does_not_open_at_all(
    keys: dict[str, bytes],
) -> None:
    with pytest.raises(ValueError, match="key"):
        TokenVault(keys)


@given(plain=st.text(max_size=3000), about=st.text(max_size=80))
def test_any_text_comes_back_as_it_was(plain: str, about: str) -> None:
    vault = TokenVault({"k1": OLD})
    locked = vault.lock(plain, about)
    assert vault.unlock(locked.data, locked.key_id, about) == plain
