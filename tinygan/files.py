"""Files that are either the old one or the new one, never half of one.

Here: `replacing`, `replace_below`, `check_writable`.
"""

import errno
import os
import tempfile
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def replacing(path):
    """Give a temporary path beside `path` to write to; put it in place once that worked.

    If the writing fails, whatever stood at `path` is still there, untouched.
    """
    path = Path(path)
    temporary = temporary_beside(path)
    try:
        yield temporary
        with open(temporary, "rb+") as file:       # on the disk before it has the name
            os.fsync(file.fileno())
        umask = os.umask(0)
        os.umask(umask)
        os.chmod(temporary, 0o666 & ~umask)        # mkstemp made it private
        os.replace(temporary, path)
    except BaseException as error:
        Path(temporary).unlink(missing_ok=True)
        if isinstance(error, OSError):             # about the file that the user knows of
            raise OSError(error.errno, error.strerror, str(path)) from None
        raise


def replace_below(path, mark, text):
    """Put `text` in place of all that stands in the file at `path` from `mark` on, or at its end."""
    above = Path(path).read_text(encoding="utf-8").split(mark)[0]
    with replacing(path) as temporary:
        Path(temporary).write_text(above + text, encoding="utf-8")


def temporary_beside(path):
    """A new, empty file in the folder of `path`."""
    try:
        handle, temporary = tempfile.mkstemp(prefix=f".{path.stem}-", suffix=path.suffix, dir=path.parent)
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(path)) from None
    os.close(handle)
    return temporary


def check_writable(path):
    """Raise the OSError now that `replacing` would raise later."""
    path = Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    os.unlink(temporary_beside(path))
