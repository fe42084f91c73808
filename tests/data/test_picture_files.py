"""Pictures from files: the bytes of MNIST's format, NumPy's, and every way in which a file can be wrong or lie."""

import gzip
import io
import re
import shutil
import tracemalloc
import zipfile

import numpy as np
import pytest
from hypothesis import given, strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from tinygan import data

CODES = {8: "u1", 9: "i1", 11: "i2", 12: "i4", 13: "f4", 14: "f8"}
rng = np.random.default_rng(0)
PICTURES = rng.integers(256, size=(120, 4, 3), dtype=np.uint8)
LABELS = rng.integers(10, size=120, dtype=np.uint8)
NINE = PICTURES.reshape(120, 12)[:, :9]               # pixels, in a row


def idx(array, code=8, sizes=None):
    """The bytes of an IDX file, with other `sizes` in its header if it is to lie."""
    array = np.asarray(array, ">" + CODES[code])
    return bytes([0, 0, code, array.ndim]) + np.array(sizes or array.shape, ">u4").tobytes() + array.tobytes()


def npy(array):
    stream = io.BytesIO()
    np.save(stream, array)
    return stream.getvalue()


def written(folder, name, content):
    path = folder / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(content)
    return path


# The format

@pytest.mark.parametrize("code", CODES)
@given(values=array_shapes(max_dims=4, max_side=3).flatmap(lambda shape: arrays("i1", shape)))
def test_any_array_comes_back_of_its_type_and_shape(code, values, tmp_path_factory):
    values = values.astype(CODES[code])
    for pack in (bytes, gzip.compress):
        path = written(tmp_path_factory.mktemp("idx"), "any name", pack(idx(values, code)))
        found = data.load_idx(path)
        assert found.dtype == values.dtype and found.dtype.isnative and np.array_equal(found, values)


def test_the_bytes_of_a_file_spelled_out(tmp_path):
    """As the format's own page describes them: 2 pictures of 1 × 3 pixels."""
    content = bytes([0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 3, 10, 20, 30, 40, 50, 255])
    found = data.load_idx(str(written(tmp_path, "x", content)))
    assert found.tolist() == [[[10, 20, 30]], [[40, 50, 255]]]
    content = bytes([0, 0, 11, 1, 0, 0, 0, 2, 1, 0, 255, 254])                          # 256 and −2
    assert data.load_idx(written(tmp_path, "x", content)).tolist() == [256, -2]


GOOD = idx(PICTURES)


@pytest.mark.parametrize("content, words", [
    (b"", "is no IDX file: .* not with nothing"), (GOOD[:3], "is no IDX file: .* not with 0 0 8$"),
    (b"<!DOCTYPE html>", "is no IDX file"), (b"\0\1" + GOOD[2:], "must begin with 0 0, .* not with 0 1 8 3"),
    (b"\0\0\x0a" + GOOD[3:], "a type from 8 to 14"), (b"\0\0\x08\x00", "dimensions, from 1 to 8, not with 0 0 8 0"),
    (b"\0\0\x08\xff" + bytes(2000), "from 1 to 8, not with 0 0 8 255"),
    (GOOD[:15], "is cut short: its header ends before the 3 sizes"),
    (GOOD[:-1], r"says that its array is \(120, 4, 3\), 1,440 bytes, but it has only 1,439"),
    (GOOD[:16], "but it has only 0"), (GOOD + b"\0", "1,440 bytes, but it has more"),
    (idx(PICTURES, sizes=(0, 4, 3)), r"\(0, 4, 3\), 0 bytes: at least 1"),
    (idx(PICTURES, sizes=(2**32 - 1, 0, 2**32 - 1)), "0 bytes: at least 1"),
    (idx(PICTURES, sizes=(2**32 - 1, 28, 28)), "bytes: at least 1 and at most 1,073,741,824 are read"),
    (idx(PICTURES, sizes=(2**32 - 1,) * 3), "at most 1,073,741,824"),
    (idx(np.ones(3), 14, sizes=(2**27 + 1,)), "at most 1,073,741,824"),
    (idx(np.ones(3), 14, sizes=(4,)), "32 bytes, but it has only 24")])
@pytest.mark.parametrize("pack", [bytes, gzip.compress], ids=["plain", "gzip"])
def test_what_is_wrong_is_said_in_one_sentence(pack, content, words, tmp_path):
    path = written(tmp_path, "train-images", pack(content))
    with pytest.raises(ValueError, match=words) as caught:
        data.load_idx(path)
    assert str(path) in str(caught.value) and "\n" not in str(caught.value)


def test_a_damaged_gzip_file_is_refused(tmp_path):
    """Wherever it is cut; and whichever of its bytes is another one, it is refused, or its numbers are right: some
    bytes of gzip's own header mean nothing."""
    few, refused = PICTURES[:5], 0
    content = gzip.compress(idx(few), mtime=0)
    for place in range(2, len(content)):
        with pytest.raises(ValueError, match="is damaged or cut short"):
            data.load_idx(written(tmp_path, "x.gz", content[:place]))
        changed = bytearray(content)
        changed[place] ^= 0x40
        try:
            assert (data.load_idx(written(tmp_path, "x.gz", changed)) == few).all()
        except ValueError:
            refused += 1
    assert refused > len(content) - 12


# Memory

def peak(call):
    tracemalloc.start()
    try:
        call()
    except ValueError:
        pass
    finally:
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    return most


def zipped(content, method=zipfile.ZIP_DEFLATED):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as archive:
        archive.writestr("images.npy", content)
    return stream.getvalue()


def lying(array, shape):
    """An .npy file whose header promises another shape, in as many characters."""
    was = str(array.shape)
    return npy(array).replace(f"{was}, }}".encode(), f"{shape}, }}".encode().ljust(len(was) + 3), 1)


LARGE = "(1000, 1024, 1024)"                          # 1 GB, just below what is read


@pytest.mark.parametrize("name, content", [
    ("plain", idx(PICTURES, sizes=(1000, 1024, 1024))),
    ("gzip", gzip.compress(idx(PICTURES, sizes=(1000, 1024, 1024)))),
    ("bomb", gzip.compress(idx(PICTURES) + bytes(50 * 2**20))),
    ("no.npy", lying(np.zeros((100, 1000, 10), np.uint8), LARGE)),
    ("no.npz", zipped(lying(np.zeros((100, 1000, 10), np.uint8), LARGE))),
    ("bomb.npz", zipped(npy(PICTURES) + bytes(50 * 2**20)))])
def test_memory_is_in_proportion_to_the_file_whatever_its_header_promises(name, content, tmp_path):
    """Nothing of a gigabyte that is promised, and of a bomb of 50 MB no more than was promised."""
    path = written(tmp_path, name, content)
    with pytest.raises(ValueError):
        data.read_images(path)
    assert peak(lambda: data.read_images(path)) < 6 * 2**20


# The pictures in a file

def read(folder, name, images=PICTURES, labels=None, of_labels=None):
    written(folder, name, images)
    if labels is not None:
        written(folder, of_labels, labels)
    return data.read_images(folder / name)


def same(images, pictures=PICTURES, labels=LABELS):
    """Whether these are the pictures in the file, with their labels, in whatever order."""
    in_order = lambda x, y: sorted((picture.tobytes(), None if y is None else int(y[i])) for i, picture in enumerate(x))
    return in_order(images.images, images.labels) == in_order(pictures, labels)


@pytest.mark.parametrize("name, of_labels", [
    ("train-images-idx3-ubyte", "train-labels-idx1-ubyte"), ("train-images.idx3-ubyte", "train-labels.idx1-ubyte"),
    ("train-images-idx3-ubyte.gz", "train-labels-idx1-ubyte.gz"),
    ("train-images-idx3-ubyte.gz", "train-labels-idx1-ubyte"),
    ("train-images-idx3-ubyte", "train-labels-idx1-ubyte.gz"),
    ("emnist-digits-train-images-idx3-ubyte.gz", "emnist-digits-train-labels-idx1-ubyte.gz"),
    ("my images", "my labels")])
def test_the_labels_are_in_the_file_beside(name, of_labels, tmp_path):
    """With or without .gz: what a file is its first bytes say."""
    images = read(tmp_path, name, gzip.compress(idx(PICTURES)), idx(LABELS), of_labels)
    assert same(images) and images.held_out == 20 and images.shape == (4, 3)
    assert type(images) is data.Images and images.images.dtype == np.uint8


def test_without_labels_beside_there_are_none(tmp_path):
    assert same(read(tmp_path, "images-idx3-ubyte", idx(PICTURES)), labels=None)
    assert same(read(tmp_path, "mine.idx", idx(PICTURES)), labels=None)                    # and it is no label itself


def test_those_held_out_are_of_all_classes_even_if_the_file_is_in_their_order(tmp_path):
    images = read(tmp_path, "images", idx(PICTURES), idx(np.sort(LABELS)), "labels")
    assert len(np.unique(images.labels[images.n_drawn:])) >= 6
    again = data.read_images(tmp_path / "images")
    assert (again.images == images.images).all() and (again.labels == images.labels).all()


@pytest.mark.parametrize("held", [
    {"x_train": PICTURES, "y_train": LABELS, "x_test": PICTURES[:50], "y_test": LABELS[:50]},        # as Keras has it
    {"images": PICTURES, "labels": LABELS.astype(np.int64)}, {"images": NINE, "labels": LABELS}])
@pytest.mark.parametrize("save", [np.savez, np.savez_compressed])
def test_numpys_archives(save, held, tmp_path):
    save(tmp_path / "mnist.npz", **held)
    images = data.read_images(tmp_path / "mnist.npz")
    pictures = held.get("x_train", held.get("images"))
    assert same(images, pictures.reshape(120, -1), LABELS)
    assert images.shape == ((3, 3) if pictures.ndim == 2 else (4, 3))


@pytest.mark.parametrize("array", [PICTURES, np.asfortranarray(PICTURES), PICTURES / 255, PICTURES / np.float32(255),
                                   (PICTURES / 255).astype(">f4"), NINE])
@pytest.mark.parametrize("name", ["a.npy", "a.npz"])
def test_one_array_of_numpys_in_any_layout(name, array, tmp_path):
    """Floats from 0 to 1 come to lie in the step of grey that they are in: 255ths become the bytes that they were."""
    np.save(tmp_path / name, array) if name == "a.npy" else np.savez(tmp_path / name, array)
    assert same(data.read_images(tmp_path / name), NINE if array.ndim == 2 else PICTURES, None)


def test_levels_just_below_1_are_ink_and_0_is_paper(tmp_path):
    np.save(tmp_path / "a.npy", np.linspace(0, 1, 900).reshape(100, 3, 3))
    images = np.sort(data.read_images(tmp_path / "a.npy").images.ravel())
    assert images[0] == 0 and images[-1] == 255 and (np.bincount(images) >= 3).all()


@pytest.mark.parametrize("name, content, words", [
    ("i", idx(LABELS), r"must hold at least 100 pictures, .* not \(120,\) \(these may be the labels"),
    ("i", idx(PICTURES[:99]), r"at least 100 pictures, .* not \(99, 4, 3\)"),
    ("i", idx(PICTURES.reshape(120, 12)), r"\(n, height, width\) or \(n, side²\), .* not \(120, 12\)"),
    ("i", idx(np.zeros((100, 129, 1))), r"at most 128 × 128 pixels, not \(100, 129, 1\)"),
    ("i", idx(PICTURES // 255), "the highest of its grey levels must be at least 128 of 255 .*, not 1$"),
    ("i.npy", npy(PICTURES / 638), r"at least 128 of 255 \(of floats: 0.5 of 1\), not 0.39"),
    ("i", idx(PICTURES // 2, 9), "bytes from 0, paper, to 255, ink, .* 0 to 1, not int8 from 0 to 127"),
    ("i", idx(PICTURES, 12), "not int32 from 0 to 255"),
    ("i", idx(PICTURES, 13), "not float32 from 0 to 255"), ("i.npy", npy(PICTURES / 100), "not float64 from 0 to 2.55"),
    ("i.npy", npy(PICTURES / 255 - 0.1), "not float64 from -0.1 to 0.9"),
    ("i.npy", npy(np.where(PICTURES == 5, np.nan, 0.5)), "not float64 from nan to nan"),
    ("i.npy", npy(PICTURES)[:-1], "but it has only 1,439"), ("i.npy", npy(PICTURES) + b"x", "but it has more"),
    ("i.npy", npy(np.uint8(7)), r"must hold at least 100 pictures, .* not \(\)"),
    ("i.npy", b"", "is no array as np.save writes it, or is damaged"),
    ("i.npy", b"\x93NUMPY\x02\0" + bytes(99), "is no array as np.save writes it"),
    ("i.npy", npy(np.array([{}] * 120)), "must hold numbers, not object"),
    ("i.npy", npy(np.array(["a"] * 120)), "must hold numbers, not <U1"),
    ("i.npz", b"PK", "is damaged or cut short: it can't be read as an .npz file"),
    ("i.npz", zipped(npy(PICTURES))[:-30], "is damaged or cut short"),
    ("i.npz", zipped(npy(PICTURES)).replace(npy(PICTURES)[-99:-50], bytes(49)), None),
    ("i.npz", zipped(npy(PICTURES), zipfile.ZIP_STORED).replace(npy(PICTURES)[-99:-50], bytes(49)), "is damaged"),
    ("i.npz", zipped(GOOD), "images in .* is no array as np.save writes it")])
def test_what_is_no_set_of_pictures_is_said_in_one_sentence(name, content, words, tmp_path):
    path = written(tmp_path, name, content)
    if words is None:
        assert same(data.read_images(path), labels=None)
        return
    with pytest.raises(ValueError, match=words) as caught:
        data.read_images(path)
    assert str(path) in str(caught.value) and len(str(caught.value).replace(str(path), "")) < 250


def test_objects_are_never_unpickled(tmp_path):
    class Trap:
        def __reduce__(self):
            return shutil.rmtree, (str(tmp_path),)

    np.savez(tmp_path / "a.npz", images=np.array([Trap()], object), labels=LABELS)
    with pytest.raises(ValueError, match="images in .* must hold numbers, not object"):
        data.read_images(tmp_path / "a.npz")
    assert (tmp_path / "a.npz").exists()


@pytest.mark.parametrize("labels, words", [
    (LABELS[:-1], r"120 whole numbers from 0 to 999, one for each of the pictures in .*, not \(119,\) of uint8"),
    (np.array([LABELS]), r"not \(1, 120\) of uint8"), (LABELS / 2, r"not \(120,\) of float64"),
    (LABELS.astype(int) - 9, r"not \(120,\) of int64 from -9 to 0"),
    (LABELS.astype(int) * 200, r"numbers from 0 to 999, .* not \(120,\) of int64 from 0 to 1800")])
def test_labels_that_do_not_fit_are_refused(labels, words, tmp_path):
    np.savez(tmp_path / "a.npz", images=PICTURES, labels=labels)
    with pytest.raises(ValueError, match="the labels in .*a.npz must be .*" + words):
        data.read_images(tmp_path / "a.npz")
    if labels.dtype == np.uint8:
        with pytest.raises(ValueError, match="t10k-labels-idx1-ubyte must be .*" + words):
            read(tmp_path, "t10k-images-idx3-ubyte", idx(PICTURES), idx(labels), "t10k-labels-idx1-ubyte")


@pytest.mark.parametrize("names", [["train", "test"], ["x_train", "images", "labels"], ["x_train", "labels"],
                                   ["images", "y_train"], ["labels", "others"]])
def test_an_archive_of_other_names_says_what_it_holds(names, tmp_path):
    """Or of both pairs of names, of which one would be left out."""
    np.savez(tmp_path / "a.npz", **{name: PICTURES for name in names})
    with pytest.raises(ValueError, match=re.escape(f"images and labels, not {names}")):
        data.read_images(tmp_path / "a.npz")


@pytest.mark.parametrize("header", [
    "{'descr': '|u1', 'fortran_order': False, 'shape': %s}" % shape for shape in (
        "(-120, -4, 3)", "(True, 120, 4, 3)", "(1,) * 71", str((1,) * 71), f"(120, 4, {'9' * 4000}, {'9' * 4000})")] + [
    "(" * 9000, "{'descr': ", "{[]: 1}", "{'descr': [], 'fortran_order': False, 'shape': ()}"])
def test_a_header_that_is_none_is_said_in_one_sentence(header, tmp_path):
    """NumPy, which reads it as an expression, raises a MemoryError, TypeError or TokenError for some."""
    content = b"\x93NUMPY\1\0" + len(header).to_bytes(2, "little") + header.encode() + PICTURES.tobytes()
    path = written(tmp_path, "a.npy", content)
    with pytest.raises(ValueError, match="is no array as np.save writes it, or is damaged|must hold numbers") as caught:
        data.read_images(path)
    assert str(path) in str(caught.value)


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_damaged_archive_is_refused_whatever_compressed_it(method, tmp_path):
    """Whichever of its bytes is another one: or its pictures are right."""
    content, refused = zipped(npy(PICTURES[:, :2, :2]), method), 0
    for place in range(0, len(content), 3):
        changed = bytearray(content)
        changed[place] ^= 0x41
        path = written(tmp_path, "a.npz", changed)
        try:
            assert same(data.read_images(path), PICTURES[:, :2, :2], None)
        except ValueError as error:
            assert str(path) in str(error)
            refused += 1
    assert refused > len(content) / 6


def test_a_path_that_is_none_and_a_file_that_is_not_there(tmp_path):
    for function in (data.load_idx, data.read_images):
        for wrong in (None, 3, PICTURES, b"x", "a\0b"):
            with pytest.raises(TypeError, match="path of the pictures must be that of a file, not"):
                function(wrong)
        for missing in (tmp_path / "none", tmp_path / "none.npz", tmp_path):
            with pytest.raises(OSError):
                function(missing)
