"""Old or new, never half."""

import os

import pytest

from tinygan._files import check_writable, replace_below, replacing


def test_the_new_file_takes_the_old_ones_place(tmp_path):
    path = tmp_path / "a.txt"
    for text in ("one", "two"):
        with replacing(path) as temporary:
            _write(temporary, text)
            assert not path.exists() or path.read_text() == "one"
        assert path.read_text() == text
    assert os.listdir(tmp_path) == ["a.txt"]


def test_a_failed_write_leaves_the_old_file_and_nothing_else(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("precious")
    for error in (OSError, KeyboardInterrupt):
        with pytest.raises(error):
            with replacing(path) as temporary:
                _write(temporary, "half")
                raise error
        assert path.read_text() == "precious" and os.listdir(tmp_path) == ["a.txt"]


def test_errors_name_the_file_the_user_knows(tmp_path):
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").write_text("mine")
    for path in (tmp_path / "folder", tmp_path / "file" / "a.txt", tmp_path / "gone" / "a.txt"):
        with pytest.raises(OSError) as caught:
            with replacing(path) as temporary:
                _write(temporary, "x")
        assert caught.value.filename == str(path) and caught.value.strerror
    assert sorted(os.listdir(tmp_path)) == ["file", "folder"] and not os.listdir(tmp_path / "folder")


def test_whether_a_file_can_be_written_is_known_before(tmp_path):
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").write_text("mine")
    for path in (tmp_path / "folder", tmp_path / "file" / "a.txt"):
        with pytest.raises(OSError):
            check_writable(path)
    check_writable(tmp_path / "new" / "a.txt")
    check_writable(tmp_path / "file")
    assert os.listdir(tmp_path / "new") == [] and (tmp_path / "file").read_text() == "mine"


def test_what_stands_above_the_mark_stays(tmp_path):
    path = tmp_path / "page.md"
    path.write_text("mine, é\n", encoding="utf-8")
    for text in ("<!-- mark -->\none", "<!-- mark -->\ntwo"):
        replace_below(path, "<!-- mark -->", text)
        assert path.read_text(encoding="utf-8") == "mine, é\n" + text


def test_others_may_read_it_as_any_new_file(tmp_path):
    with replacing(tmp_path / "a.txt") as temporary:
        _write(temporary, "x")
    (tmp_path / "b.txt").write_text("x")
    assert (tmp_path / "a.txt").stat().st_mode == (tmp_path / "b.txt").stat().st_mode


@pytest.mark.skipif(os.name == "nt", reason="symbolic links")
def test_a_link_still_points_to_its_file(tmp_path):
    (tmp_path / "far").mkdir()
    (tmp_path / "link.txt").symlink_to(tmp_path / "far" / "a.txt")
    for text in ("one", "two"):
        with replacing(tmp_path / "link.txt") as temporary:
            assert os.path.dirname(temporary) == str(tmp_path / "far")
            _write(temporary, text)
        assert (tmp_path / "link.txt").is_symlink() and (tmp_path / "far" / "a.txt").read_text() == text
    assert os.listdir(tmp_path / "far") == ["a.txt"]


def _write(path, text):
    with open(path, "w") as file:
        file.write(text)
