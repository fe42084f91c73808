"""Files that are either the old one or the new one, never half of one.

Here: `replacing`, `replace_below`, `check_writable`.
"""

import errno
import glob
import os
import tempfile
import time
from contextlib import contextmanager, suppress
from pathlib import Path


@contextmanager
def replacing(path):
    """Give a temporary path beside `path` to write to; put it in place once that worked.

    If the writing fails, whatever stood at `path` is still there, untouched. If the process is killed
    meanwhile, a hidden file stays behind, which is removed when `path` is written a day or more later.
    """
    path = Path(path)
    refuse_what_is_no_file(path)
    temporary = temporary_beside(path)
    try:
        yield temporary
        with open(temporary, "rb+") as file:       # on the disk before it has the name
            os.fsync(file.fileno())
        os.chmod(temporary, _mode(path))           # mkstemp made it private
        os.replace(temporary, os.path.realpath(path))
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
    """A new, empty file in the folder of `path`, or if that is a link, of what it points to."""
    real = Path(os.path.realpath(path))
    prefix = f".tinygan-{real.stem[:40]}-"                      # (a name has a greatest length)
    for left in real.parent.glob(f"{glob.escape(prefix)}*"):
        with suppress(OSError):                    # another process may be quicker
            if time.time() - left.stat().st_mtime > 86400:
                left.unlink()
    try:
        handle, temporary = tempfile.mkstemp(prefix=prefix, suffix=real.suffix, dir=real.parent)
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(path)) from None
    os.close(handle)
    return temporary


def _mode(path):
    """Who may read and write: as before, or as any new file."""
    try:
        return os.stat(path).st_mode & 0o777
    except FileNotFoundError:
        umask = os.umask(0)
        os.umask(umask)
        return 0o666 & ~umask


def refuse_what_is_no_file(path):
    """A pipe or a device must not be replaced by a file."""
    if path.exists() and not (path.is_file() or path.is_dir()):
        raise OSError(errno.EINVAL, "Not a regular file", str(path))


def check_writable(path):
    """Raise the OSError now that `replacing` would raise later."""
    path = Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    refuse_what_is_no_file(path)
    os.unlink(temporary_beside(path))
