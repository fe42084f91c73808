"""The commands of the classroom: a mistake is one line and code 2."""

import pytest

from tinygan.cli import main


@pytest.mark.parametrize("arguments, words", [
    (["trace", "--worksheet", "--answers"], "not allowed with"), (["trace", "--objective", "minimaks"], "'minimax'"),
    (["trace", "--seed", "-1"], "at least 0"), (["grade"], "FOLDER")])
def test_a_mistake_is_told_in_one_line(arguments, words, capsys):
    with pytest.raises(SystemExit) as end:
        main(arguments)
    said = capsys.readouterr().err
    assert end.value.code == 2 and words in said and said.count("\n") == 1
