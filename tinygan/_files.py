"""Files that are either the old one or the new one, never half of one.

Here: `replacing`, `replace_below`, `publish`, `check_writable`.
"""

import errno
import os
import secrets
from contextlib import contextmanager, suppress
from pathlib import Path


@contextmanager
def replacing(path):
    """Give a temporary path beside `path` to write to; put it in place once that worked.

    If the writing fails, whatever stood at `path` is still there, untouched. If the process is killed
    meanwhile, a hidden file `.tinygan-…` stays behind, which can be deleted. A link stays a link.
    """
    real = Path(os.path.realpath(path))
    _refuse_what_is_no_file(real)
    temporary = real.with_name(f".tinygan-{secrets.token_hex(4)}{real.suffix}")
    try:
        yield temporary
        with open(temporary, "rb+") as file:                           # on the disk before it has the name
            os.fsync(file.fileno())
        os.replace(temporary, real)
    except BaseException as error:
        with suppress(OSError):                                        # it may not be there
            temporary.unlink()
        if isinstance(error, OSError):                                 # about the file that the user knows of
            raise OSError(error.errno, error.strerror, str(path)) from None
        raise


def replace_below(path, mark, text):
    """Put `text` in place of all that stands in the file at `path` from `mark` on, or at its end."""
    above = Path(path).read_text(encoding="utf-8").split(mark)[0]
    with replacing(path) as temporary:
        temporary.write_text(above + text, encoding="utf-8")


def publish(text, mark, page=None):
    """Print what a script has made; or, where there is a page, put it there in place of what it made before."""
    if page is None:
        print(text)
    else:
        replace_below(page, mark, text)


def check_writable(path):
    """Raise the OSError now that `replacing` would raise later."""
    real = Path(os.path.realpath(path))
    real.parent.mkdir(parents=True, exist_ok=True)
    _refuse_what_is_no_file(real)
    probe = real.with_name(f".tinygan-{secrets.token_hex(4)}")
    try:
        probe.touch()
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(path)) from None
    finally:
        with suppress(OSError):
            probe.unlink()


def _refuse_what_is_no_file(real):
    """A folder, a pipe or a device must not be replaced by a file."""
    if real.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(real))
    if real.exists() and not real.is_file():
        raise OSError(errno.EINVAL, "Not a regular file", str(real))
