"""A sealed archive: one JSON text and some arrays as the bytes of an .npz file, read back without trust.

Here: `pack`, `unpack`.

The file is a zip archive of .npy entries, as `np.savez` writes it, and needs no pickle: `np.load` opens it.
The entry `about` is the text. The comment that a zip archive may end with is the seal: the SHA-256 of
all bytes before it. As long as it fits, not one byte has changed and none is missing.

A seal keeps out accidents, not malice: anybody can make one. So what comes after it is read with care,
too: nothing is unpickled or unzipped, and nothing takes more memory than the file has bytes, a few times over.
"""

import hashlib
import io
import json
import math
import re
import zipfile

import numpy as np

SEAL = 64                                             # hexadecimal digits of a SHA-256


def pack(about, arrays):
    """The bytes of a file with `about`, anything that JSON can hold, and `arrays`, {name: array}."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, array in {"about": np.array(json.dumps(about, allow_nan=False)), **arrays}.items():
            with archive.open(f"{name}.npy", "w") as entry:
                np.lib.format.write_array(entry, np.asarray(array, order="C"), allow_pickle=False)
        archive.comment = b"0" * SEAL
    body = stream.getvalue()[:-SEAL]
    return body + _seal(body)


def unpack(file):
    """(about, arrays) from a file that is open for reading. Where it is not a sound archive, a ValueError
    that says so; and if a sealed one holds nonsense, whatever Python and NumPy say to that."""
    head, seal = file.read(4), _last(file, SEAL)
    if head != b"PK\x03\x04":                         # both are asked before all of it is read
        raise ValueError("it is not an .npz file" if head else "it is empty")
    if not re.fullmatch(b"[0-9a-f]{64}", seal):
        raise ValueError("it is cut short, damaged, or an .npz file that tinygan has not written: at its end there is no seal")
    file.seek(0)
    content = file.read()
    if _seal(content[:-SEAL]) != seal:
        raise ValueError("it is damaged: the seal at its end is not the SHA-256 of what comes before")
    arrays = {}
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        entries = archive.infolist()
        if len(set(archive.namelist())) < len(entries) or sum(entry.file_size for entry in entries) > len(content):
            raise ValueError("its entries are larger than the file, or there are several of one name")
        for entry in entries:
            if entry.compress_type != zipfile.ZIP_STORED:
                raise ValueError(f"its entry {entry.filename!r} is compressed")
            arrays[entry.filename.removesuffix(".npy")] = _array(entry.filename, archive.read(entry))
    if "about" not in arrays:
        raise ValueError(f"it has no entry 'about', but {', '.join(arrays) or 'none at all'}")
    return json.loads(str(arrays.pop("about")[()])), arrays


def _array(name, entry):
    """The array in the bytes of an .npy file; its header is asked for its size before anything is made."""
    stream = io.BytesIO(entry)
    if np.lib.format.read_magic(stream) != (1, 0):
        raise ValueError(f"its entry {name!r} is of an unknown version of the .npy format")
    shape, columns_first, dtype = np.lib.format.read_array_header_1_0(stream)
    if dtype.hasobject:
        raise ValueError(f"its entry {name!r} has pickled objects, which are never loaded")
    if columns_first or math.prod(shape) * dtype.itemsize != len(entry) - stream.tell():
        raise ValueError(f"its entry {name!r} should be {shape} of {dtype}, but is of another size")
    return np.frombuffer(entry, dtype, offset=stream.tell()).reshape(shape)


def _last(file, n):
    """The last n bytes, or as many as there are."""
    file.seek(max(0, file.seek(0, io.SEEK_END) - n))
    return file.read(n)


def _seal(body):
    return hashlib.sha256(body).hexdigest().encode()
