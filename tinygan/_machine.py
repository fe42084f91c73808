"""What is asked of the machine, for speed alone.

Here: `one_thread`, `keep_memory`.
"""

import ctypes
import threading
from pathlib import Path

import numpy as np


class OneThread:
    """`with one_thread:` NumPy multiplies matrices in one thread; outside, in as many as before.

    The matrices of a game are too small to share between cores: on a busy machine, threads that wait
    for each other make training many times slower. Large products of a user's, before and after, keep
    their threads. Several games may train at once, in threads of their own: the last one out puts it back.

    Known: OpenBLAS, as in NumPy's own packages, Debian's and conda's, and MKL. With another library nothing is
    done, and there OMP_NUM_THREADS=1, or VECLIB_MAXIMUM_THREADS=1 for Apple's, set before Python starts, helps.
    """

    def __init__(self):
        self.get, self.set = _number_of_threads()
        self.inside, self.before, self.lock = 0, None, threading.Lock()

    def __enter__(self):
        with self.lock:
            if self.inside == 0:
                self.before = self.get()
                self.set(1)
            self.inside += 1

    def __exit__(self, *error):
        with self.lock:
            self.inside -= 1
            if self.inside == 0:
                self.set(self.before)


def _number_of_threads():
    """The functions (get, set) of the library that multiplies NumPy's matrices, already loaded with it."""
    beside = Path(np.__file__).parent.with_name("numpy.libs").glob("*openblas*")     # where Windows has to be told
    for path in (np._core._multiarray_umath.__file__, *map(str, beside)):
        try:
            library = ctypes.CDLL(path)
        except OSError:
            continue
        for get, set_ in (("scipy_openblas_get_num_threads64_", "scipy_openblas_set_num_threads64_"),
                          ("openblas_get_num_threads64_", "openblas_set_num_threads64_"),
                          ("scipy_openblas_get_num_threads", "scipy_openblas_set_num_threads"),
                          ("openblas_get_num_threads", "openblas_set_num_threads"),
                          ("MKL_Get_Max_Threads", "MKL_Set_Num_Threads")):
            if hasattr(library, get) and hasattr(library, set_):
                return getattr(library, get), getattr(library, set_)
    return lambda: None, lambda number: None


one_thread = OneThread()


def keep_memory():
    """Keep the memory of a dropped array for the next one, where C's library is glibc.

    An iteration makes and drops some dozens of arrays. By default glibc hands much of their memory
    back to the system, which then clears it, page by page, each time it is asked for again. Once
    a large block has been dropped, it takes such blocks for usual, and keeps up to twice its size.
    The block is never written to, so it takes no memory itself. (man mallopt, M_MMAP_THRESHOLD.)
    """
    np.empty(30 * 2**20, np.uint8)
