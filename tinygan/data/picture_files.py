"""Pictures from files: those of MNIST and its relatives, and arrays that NumPy has saved.

Here: `read_images`, the pictures in a file, with their labels; and `load_idx`, the array in an IDX file.

An IDX file is a header and then the numbers, all with their largest byte first:

    0 0, type, d          four bytes: two zeros, a code for the type, and the number of dimensions
    n₁ … n_d              the sizes, four bytes each
    x …                   n₁ · … · n_d numbers, the last index changing fastest

A header can promise anything. So what follows it is read piece by piece, and never more than was promised.
"""

import gzip
import math
import zipfile
import zlib
from pathlib import Path

import numpy as np

from .. import _check
from .images import Images

TYPES = {0x08: ">u1", 0x09: ">i1", 0x0B: ">i2", 0x0C: ">i4", 0x0D: ">f4", 0x0E: ">f8"}
LARGEST = 2**30                                       # bytes of an array
FEWEST, WIDEST = 100, 128                             # pictures in a file; pixels a side
NAMES = {"x_train": "y_train", "images": "labels"}     # of pictures and of labels, in an .npz file


def load_idx(path):
    """The array in an IDX file, plain or compressed by gzip: of the type and the shape that its header says.

    Raises ValueError, in one sentence, for a file that is of another kind, damaged, too short or too long, and for
    more than 1 GiB; OSError where there is no file.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     Path(folder, "labels").write_bytes(bytes([0, 0, 8, 1, 0, 0, 0, 3, 5, 0, 4]))
    ...     load_idx(f"{folder}/labels").tolist()
    11
    [5, 0, 4]
    """
    path = _path(path)
    with open(path, "rb") as file:
        opened = gzip.open if file.read(2) == b"\x1f\x8b" else open       # whatever its name is
    try:
        with opened(path, "rb") as file:
            return _idx(file, path)
    except (EOFError, zlib.error, gzip.BadGzipFile):
        raise ValueError(f"{path} is damaged or cut short: it can't be decompressed") from None


def read_images(path):
    """The `Images` in a file: a sixth of them, chosen at random but always the same ones, is held out.

    An IDX file, plain or compressed by gzip, such as train-images-idx3-ubyte.gz; if there is a file beside it with
    "labels" in place of "images", and idx1 in place of idx3, the labels are in it. Or a file of NumPy's: .npy, or
    .npz with one array; or with `x_train` and `y_train`, or `images` and `labels`. Pictures are (n, height, width), or
    (n, side²), bytes from 0, paper, to 255, ink; or floats from 0 to 1.

    Raises ValueError, in one sentence, for anything else, and for fewer than 100 pictures; OSError where there is no
    file.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     np.save(f"{folder}/mine.npy", np.random.default_rng(0).random((120, 64)))
    ...     read_images(f"{folder}/mine.npy").shape
    (8, 8)
    """
    path = _path(path)
    if path.suffix.lower() in (".npy", ".npz"):
        images, labels, of_labels = *_from_numpy(path), f"the labels in {path}"
    else:
        images, of_labels = load_idx(path), _labels_beside(path)
        labels = of_labels and load_idx(of_labels)
    images = _bytes(images, path)
    if labels is not None and (labels.shape != images.shape[:1] or labels.dtype.kind not in "iu" or labels.min() < 0
                               or labels.max() > 999):
        raise ValueError(f"{of_labels} must be {len(images)} whole numbers from 0 to 999, one for each of the pictures "
                         f"in {path}, not {labels.shape} of {labels.dtype} from {labels.min():g} to {labels.max():g}")
    mixed = np.random.default_rng(0).permutation(len(images))             # files may be in the order of the classes
    return Images(images[mixed], None if labels is None else labels[mixed])


def _path(path):
    if not isinstance(path, (str, Path)) or "\0" in str(path):
        raise TypeError(f"path of the pictures must be that of a file, not {_check.shown(path)}")
    return Path(path)


def _labels_beside(path):
    """The file of labels that belongs to a file of pictures, or None."""
    name = path.name.removesuffix(".gz").replace("images", "labels").replace("idx3", "idx1")
    beside = [path.with_name(each) for each in (name, f"{name}.gz")]
    return next((each for each in beside if each.exists() and not each.samefile(path)), None)


def _idx(file, path):
    start = file.read(4)
    if len(start) < 4 or start[:2] != b"\0\0" or start[2] not in TYPES or not 1 <= start[3] <= 8:
        raise ValueError(f"{path} is no IDX file: it must begin with 0 0, a type from 8 to 14, and the number of "
                         f"dimensions, from 1 to 8, not with {' '.join(map(str, start)) or 'nothing'}")
    sizes = file.read(4 * start[3])
    if len(sizes) < 4 * start[3]:
        raise ValueError(f"{path} is cut short: its header ends before the {start[3]} sizes that it should have")
    return _numbers(file, np.dtype(TYPES[start[2]]), tuple(np.frombuffer(sizes, ">u4").tolist()), path)


def _numbers(file, dtype, shape, path):
    """The array that follows a header in the file, and nothing after it."""
    promised = math.prod(shape) * dtype.itemsize
    if not 0 < promised <= LARGEST:
        raise ValueError(f"{path} says that its array is {shape}, {promised:,} bytes: at least 1 and at most "
                         f"{LARGEST:,} are read")
    content = bytearray()
    while piece := file.read(min(promised + 1 - len(content), 2**20)):      # of 0 bytes once there are too many
        content += piece
    if len(content) != promised:
        has = f"only {len(content):,}" if len(content) < promised else "more"
        raise ValueError(f"{path} says that its array is {shape}, {promised:,} bytes, but it has {has}")
    return np.frombuffer(content, dtype).astype(dtype.newbyteorder("="), copy=False).reshape(shape)


def _from_numpy(path):
    """(pictures, labels or None) from an .npy or .npz file."""
    with open(path, "rb") as file:
        try:
            return (_npy(file, path), None) if path.suffix.lower() == ".npy" else _from_archive(file, path)
        except Exception as error:                    # zipfile and what it decompresses with raise a dozen kinds
            if isinstance(error, ValueError) and str(path) in str(error):
                raise
            kind = path.suffix.lower()
            raise ValueError(f"{path} is damaged or cut short: it can't be read as an {kind} file") from None


def _from_archive(file, path):
    archive = zipfile.ZipFile(file)
    held = {name.removesuffix(".npy"): name for name in archive.namelist()}
    known = {*NAMES, *NAMES.values()} & {*held}       # of both pairs: one would be left out
    pairs = [name for name in NAMES if {name} <= known <= {name, NAMES[name]}]
    images = next(iter(held if len(held) == 1 else pairs), None)
    if images is None:
        raise ValueError(f"{path} must hold one array, or x_train and y_train, or images and labels, "
                         f"not {_check.shown(list(held))}")
    arrays = [None, None]
    for i, name in enumerate((images, NAMES.get(images))):
        if name in held:
            with archive.open(held[name]) as file:
                arrays[i] = _npy(file, f"{name} in {path}")
    return arrays


def _npy(file, path):
    """The array in a file of NumPy's, which is open; `np.load` would make room for all that its header promises."""
    try:
        if np.lib.format.read_magic(file) != (1, 0):
            raise ValueError
        shape, by_columns, dtype = np.lib.format.read_array_header_1_0(file)
        if len(shape) > 8 or any(type(size) is not int or not 0 <= size < 2**63 for size in shape):
            raise ValueError
    except Exception:                                 # of many kinds: the header is an expression of Python's
        raise ValueError(f"{path} is no array as np.save writes it, or is damaged") from None
    if dtype.kind not in "biuf":
        raise ValueError(f"{path} must hold numbers, not {dtype}")
    array = _numbers(file, dtype, shape[::-1] if by_columns else shape, path)
    return array.T if by_columns else array


def _bytes(images, path):
    """Pictures as (n, height, width) bytes."""
    if images.ndim == 2 and (side := math.isqrt(images.shape[1]))**2 == images.shape[1]:
        images = images.reshape(-1, side, side)
    if images.ndim != 3 or len(images) < FEWEST or max(images.shape[1:]) > WIDEST:
        labels = " (these may be the labels: give the file of the pictures)" if images.ndim == 1 else ""
        raise ValueError(f"{path} must hold at least {FEWEST} pictures, (n, height, width) or (n, side²), of at most "
                         f"{WIDEST} × {WIDEST} pixels, not {images.shape}{labels}")
    low, high = images.min(), images.max()
    if images.dtype.kind == "f" and low >= 0 and high <= 1:
        images = np.minimum(256 * images, 255).astype(np.uint8)           # the step that a level is in
    elif images.dtype != np.uint8:
        raise ValueError(f"{path} must have grey levels as bytes from 0, paper, to 255, ink, or as floats from 0 to 1, "
                         f"not {images.dtype} from {low:g} to {high:g}")
    if images.max() < 128:
        raise ValueError(f"{path} has too little ink: the highest of its grey levels must be at least 128 of 255 (of "
                         f"floats: 0.5 of 1), not {high:g}")
    return images
