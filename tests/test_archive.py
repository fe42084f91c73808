"""The sealed archive: what goes in comes out, and whatever is done to its bytes is noticed."""

import copy
import io
import json
import tracemalloc
import zipfile

import numpy as np
import pytest
from hypothesis import given, strategies as st
from hypothesis.extra import numpy as arrays_of

from tinygan.archive import SEAL, _seal, pack, unpack

ABOUT = {"name": "é ✓", "numbers": [1, 2.5, 2**200, None]}
ARRAYS = {"theta": np.arange(5, dtype=np.float32), "none": np.zeros((0, 2))}
PACKED = pack(ABOUT, ARRAYS)


def sealed(body):
    """The bytes before the seal, with a seal that fits."""
    return body + _seal(body)


def test_what_goes_in_comes_out():
    about, arrays = unpack(io.BytesIO(PACKED))
    assert about == ABOUT and arrays.keys() == ARRAYS.keys()
    for name, array in ARRAYS.items():
        assert (arrays[name].dtype, arrays[name].shape) == (array.dtype, array.shape) and (arrays[name] == array).all()


@given(array=arrays_of.arrays(st.sampled_from(["f4", "f8", "i8", "?", "U3"]), arrays_of.array_shapes(min_dims=0, min_side=0)),
       transposed=st.booleans())
def test_any_array_comes_out_to_the_bit(array, transposed):
    array = array.T if transposed else array
    [again] = unpack(io.BytesIO(pack(None, {"array": array})))[1].values()
    assert (again.dtype, again.shape, again.tobytes()) == (array.dtype, array.shape, array.tobytes())


def test_numpy_opens_it_without_pickle():
    with np.load(io.BytesIO(PACKED), allow_pickle=False) as file:
        assert json.loads(str(file["about"])) == ABOUT and (file["theta"] == ARRAYS["theta"]).all()


def test_objects_are_not_pickled():
    with pytest.raises(ValueError, match="allow_pickle"):
        pack(None, {"array": np.array([object()])})


def test_cut_short_anywhere():
    for length in range(len(PACKED)):
        with pytest.raises(ValueError, match="it is (empty|not an .npz file|cut short|damaged)"):
            unpack(io.BytesIO(PACKED[:length]))


def test_any_byte_changed():
    for place in range(len(PACKED)):
        for flip in (1, 128, 255):
            changed = bytearray(PACKED)
            changed[place] ^= flip
            with pytest.raises(ValueError, match="it is (not an .npz file|cut short|damaged)"):
                unpack(io.BytesIO(bytes(changed)))


def test_more_at_the_end():
    with pytest.raises(ValueError, match="no seal"):
        unpack(io.BytesIO(PACKED + b"\n"))


def test_damage_under_a_new_seal_is_refused_or_harmless():
    """With the seal made anew the zip archive's own sums are all that is left, and they do not cover dates, say."""
    harmless, body = 0, PACKED[:-SEAL]
    for place in range(len(body)):
        changed = bytearray(body)
        changed[place] ^= 1 << place % 8
        for content in (sealed(bytes(changed)), sealed(body[:place])):
            try:
                about, arrays = unpack(io.BytesIO(content))
            except Exception as error:                     # checkpoint.py takes any
                assert not isinstance(error, MemoryError)
            else:
                harmless += 1
                assert about == ABOUT and {**arrays, **ARRAYS}.keys() >= ARRAYS.keys()
                assert all((array == ARRAYS[name]).all() for name, array in arrays.items() if name in ARRAYS)
    assert harmless < len(body) / 4


def archive_of(**entries):
    """A sealed archive of these bytes, {name: bytes}."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in entries.items():
            archive.writestr(f"{name}.npy", content)
        archive.comment = b"0" * SEAL
    return sealed(stream.getvalue()[:-SEAL])


def npy(shape="(3,)", descr="'<f8'", data=b"\0" * 24, columns_first=False):
    """The bytes of an .npy file whose header says what it is told to say."""
    header = f"{{'descr': {descr}, 'fortran_order': {columns_first}, 'shape': {shape}}}".encode()
    return b"\x93NUMPY\x01\x00" + len(header).to_bytes(2, "little") + header + data


def saved(array, **options):
    stream = io.BytesIO()
    np.save(stream, array, **options)
    return stream.getvalue()


@pytest.mark.parametrize("entry, words", [
    (saved(np.array([{}]), allow_pickle=True), "has pickled objects, which are never loaded"),
    (npy("(1000000000000,)"), r"should be \(1000000000000,\) of float64, but is of another size"),
    (npy("(-3,)"), "another size"), (npy("(3,)", data=b""), "another size"), (npy("(3,)", data=b"\0" * 25), "another size"),
    (npy("(10**9, 10**9)"), None), (npy(columns_first=True), "another size"), (npy(descr="'|S0'", data=b""), None),
    (b"\x93NUMPY\x02\x00" + npy()[8:], "unknown version"), (b"", None), (b"\x93NUMPY", None), (npy(descr="'nonsense'"), None),
    (b"\x93NUMPY\x01\x00\xff\xff" + b"(" * 65535, None)], ids=range(13))
def test_entries_that_lie(entry, words):
    with pytest.raises((ValueError, EOFError, SyntaxError), match=words):
        unpack(io.BytesIO(archive_of(about=saved(np.array("{}")), theta=entry)))


@pytest.mark.parametrize("size, words", [(10**7, "larger than the file"), (20, "is compressed")])
def test_nothing_is_unzipped(size, words):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("about.npy", b"0" * size)
        archive.comment = b"0" * SEAL
    with pytest.raises(ValueError, match=words):
        unpack(io.BytesIO(sealed(stream.getvalue()[:-SEAL])))


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_entries_that_overlap_or_come_again_are_not_read():
    """One megabyte of zeros, listed a hundred times, would be a hundred megabytes."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("zeros.npy", bytes(10**6))
        [entry] = archive.filelist
        for i in range(100):
            again = copy.copy(entry)
            again.filename = again.orig_filename = f"zeros{i % 50}.npy"
            archive.filelist.append(again)
        archive.comment = b"0" * SEAL
    content = sealed(stream.getvalue()[:-SEAL])
    tracemalloc.start()
    with pytest.raises(ValueError, match="larger than the file, or there are several of one name"):
        unpack(io.BytesIO(content))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 5 * len(content)


def test_an_archive_without_about():
    with pytest.raises(ValueError, match="it has no entry 'about', but theta"):
        unpack(io.BytesIO(archive_of(theta=npy())))


def test_a_large_file_of_another_kind_is_not_read():
    class Reads(io.BytesIO):
        def read(self, n=-1):
            assert n in (4, SEAL)
            return super().read(n)

    with pytest.raises(ValueError, match="not an .npz file"):
        unpack(Reads(b"video" * 1000))
    with pytest.raises(ValueError, match="no seal"):
        unpack(Reads(archive_of(theta=npy())[:-1]))
