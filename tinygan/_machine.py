"""What is asked of the machine, for speed alone: no number depends on it.

Here: `one_thread`, `keep_memory`.
"""

import os


def one_thread():
    """Keep NumPy's libraries to one thread, unless told otherwise; before NumPy is loaded.

    The matrices here are too small to share between cores: on a busy machine, threads that wait
    for each other make training many times slower.
    """
    for variable in ("OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "OMP_NUM_THREADS", "VECLIB_MAXIMUM_THREADS"):
        os.environ.setdefault(variable, "1")


def keep_memory():
    """Keep the memory of a dropped array for the next one, where C's library is glibc.

    An iteration makes and drops some dozens of arrays. By default glibc hands much of their memory
    back to the system, which then clears it, page by page, each time it is asked for again. Once
    a large block has been dropped, it takes such blocks for usual, and keeps up to twice its size.
    The block is never written to, so it takes no memory itself. (man mallopt, M_MMAP_THRESHOLD.)
    """
    import numpy as np
    np.empty(30 * 2**20, np.uint8)
