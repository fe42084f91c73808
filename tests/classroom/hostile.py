"""Submissions that cheat, break or hang, as exercise 3 of pretended.py: {what it does: (its code, what is said)}.

`{layers}`, `{bob}` and `{own}` stand for a file of tinygan, of another student, and a new one in the student's folder.
"""

REFUSED = {
    "patches the checker": (
        "import tinygan.gradcheck\ntinygan.gradcheck.check = lambda *all: True", "it imports tinygan.gradcheck"),
    "hands back tinygan's own results": ("from tinygan import layers", "line 1: it imports layers from tinygan"),
    "reads the solution": ("print(open({layers!r}).read())", "line 1: it uses open"),
    "ends with code 0": ("import os\nos._exit(0)", "line 1: it imports os"),
    "forks": ("import os\nwhile True:\n    os.fork()", "line 1: it imports os"),
    "crashes by C": ("import ctypes\nctypes.string_at(0)", "line 1: it imports ctypes"),
    "opens a connection": ("import socket\nsocket.create_connection(('127.0.0.1', 9))", "line 1: it imports socket"),
    "leaves a thread behind": ("import threading\nthreading.Thread(target=print).start()", "it imports threading"),
    "is no Python": ("def mean(x)\n    return 1", "line 1: SyntaxError")}

# These are written so that reading their text finds nothing
ENDED = {
    "prints without end": ("while True:\n    print('no')", "printed more than 64 KiB"),
    "leaves early": ("raise SystemExit(0)", "ended before it had answered"),
    "leaves early and quietly": ("def mean(x):\n    raise SystemExit(0)", "ended before it had answered"),
    "stops like Ctrl-C": ("raise KeyboardInterrupt", "ended before it had answered"),
    "reads tinygan's source by NumPy": (
        "import numpy as np\nnp.fromfile({layers!r}, dtype='u1')", "opened the file"),
    "reads another's folder": ("import numpy as np\nnp.loadtxt({bob!r}, dtype=str)", "opened the file"),
    "writes into its own folder": ("import numpy as np\nnp.save({own!r}, 1)", "opened the file"),
    "hides code in numbers": (
        "import numpy as np\nclass File:\n    data = b'\\x93NUMPY\\x01\\x00v\\x00' + b\"{{'descr': '|O', "
        "'fortran_order': False, 'shape': (1,)}}\".ljust(117) + b'\\ncposix\\n_exit\\n(I0\\ntR.'\n"
        "    def read(self, n=-1):\n        n = len(self.data) if n < 0 else n\n"
        "        got, self.data = self.data[:n], self.data[n:]\n        return got\n"
        "    def readline(self):\n        return self.read(self.data.find(b'\\n') + 1)\n    def seek(self, *to):\n"
        "        self.data = File.data\nnp.load(File(), allow_pickle=True)", "ran code that is not in it")}


# These answer, and their answers are wrong
LIES = {
    "says that it is equal to everything": (
        "import numpy as np\nclass Lie(np.ndarray):\n    def __eq__(self, other):\n        return True\n"
        "def mean(x):\n    return np.zeros(1).view(Lie)"),
    "is a number that agrees": (
        "class Lie(float):\n    def __eq__(self, other):\n        return True\n    def __sub__(self, other):\n"
        "        return 0.0\ndef mean(x):\n    return Lie(7)"),
    "patches NumPy": ("import numpy as np\nnp.allclose = lambda *all, **named: True\ndef mean(x):\n    return 7.0"),
    "prints an answer of ours": (
        "print('{\"answers\": [[1.0, [], \"\"], [4.0, [], \"\"]]}')\ndef mean(x):\n    return 7.0"),
    "returns an answer of ours": ("def mean(x):\n    return {'shape': [2], 'numbers': [1.0]}")}



HUNGRY = {
    "loops without end": ("while True:\n    pass", "took longer than"),
    "wants 745 GiB": ("import numpy as np\ndef mean(x):\n    return np.ones(10**11).mean()", "MemoryError"),
    "returns 10^8 numbers": ("import numpy as np\ndef mean(x):\n    return np.zeros(10**8, 'u1')", "100,000,000"),
    "calls itself without end": ("def mean(x):\n    return mean(x)", "RecursionError")}
