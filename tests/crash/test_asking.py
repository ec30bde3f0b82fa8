"""What `./run crash` is asked for is tried, or refused: nothing tried is no good news."""

import pytest

from tests.crash.__main__ import main


@pytest.mark.parametrize("seeds", ["0", "-1", "many"])
def test_no_seeds_are_no_trials(seeds, capsys):
    with pytest.raises(SystemExit) as ended:
        main(["--seeds", seeds])
    assert ended.value.code == 2
    assert "--seeds" in capsys.readouterr().err
