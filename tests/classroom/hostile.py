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
    "takes what a NumPy module has imported": (
        "from numpy._core._internal import *\nsys.exit(0)", "it imports everything from numpy._core._internal"),
    "finds a hidden attribute by a format": (
        "def mean(x):\n    try:\n        '{{0.__globals__.x}}'.format(mean)\n    except AttributeError as error:\n"
        "        return error.obj['__builtins__']['__import__']('os')", "line 5: it uses obj"),
    "forges what a pattern looks at": (
        "class M(type):\n    def __instancecheck__(*all):\n        return True\n"
        "P = M('P', (), dict(__match_args__=('__globals__',)))\nmatch print:\n    case P(found):\n        pass",
        "line 6: it uses a pattern of P without names"),
    "writes past the answer": (
        "import numpy as np\nclass File:\n    def fileno(self):\n        return 3\n    def flush(self):\n"
        "        pass\n    def tell(self):\n        return 0\n    def seek(self, *to):\n        return 0\n"
        "np.frombuffer(b'HELLO', 'u1').tofile(File())", "it uses tofile"),
    "writes a name of 140,000 letters": ("__" + 140_000 * "a" + "__", "it uses __aaa"),
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
    "says half a character": ("raise ValueError('\\ud800')", "line 1: ValueError: ?"),
    "clears the teacher's screen": ("raise ValueError('\\x1b[2J all fine')", "line 1: ValueError: ?[2J all fine"),
    "hides code in a type": (
        "from typing import get_type_hints\ndef mean(x: 'print(1)'):\n    return 1\nget_type_hints(mean)",
        "ran code that is not in it"),
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
    "returns more than is read": ("def mean(x):\n    return [1 / 3] * 300_000", "its answers are longer than 4 MiB"),
    "returns 10^8 numbers": ("import numpy as np\ndef mean(x):\n    return np.zeros(10**8, 'u1')", "100,000,000"),
    "calls itself without end": ("def mean(x):\n    return mean(x)", "RecursionError")}
