"""The suite proves itself: small faults, put into the code one at a time, must each be caught.

    python -m pytest -m mutation        (some minutes)

Each fault is put into a copy of tinygan in a temporary folder, and the fast tests of its module are run there, at first with
few examples for each property; where they don't notice, all of TESTS. A fault that nobody notices is a test that is missing.
"""

import os
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

TOP = Path(__file__).parents[2]
TESTS = ["layers", "mlp", "game", "sgd", "algorithm1", "snapshot", "probability", "theory", "metrics", "gradcheck", "r1", "pushforward", "files", "archive", "checkpoint", "edges",
         "cli"]

# {file: [(what stands there once, what takes its place)]}
FAULTS = {
    "layers": [
        ("np.maximum(a, 0) + np.log1p(", "np.maximum(a, 0) - np.log1p("),                                   # sign
        ("np.maximum(a, 0) + np.log1p(np.exp(np.minimum(a, -a)))", "np.log1p(np.exp(a))"),                  # overflows
        ("np.maximum(a, 0) + np.log1p(np.exp(np.minimum(a, -a)))", "np.maximum(a, 0)"),                     # dropped term
        ("np.exp(-softplus(-a))", "np.exp(-softplus(a))"),            # σ(−a)
        ("np.exp(-softplus(-a))", "np.exp(-softplus(-2 * a))"),       # σ(2a)
        ("return x @ self.W + self.b", "return x @ self.W"), ("return x @ self.W + self.b", "return x @ self.W - self.b"),
        ("np.matmul(self.x.T, dy, out=self.dW)", "np.matmul(self.x.T, dy / len(dy), out=self.dW)"),         # 1/m twice
        ("np.matmul(self.x.T, dy, out=self.dW)", "self.dW += self.x.T @ dy"),                               # adds up
        ("dy.sum(axis=0, out=self.db)", "self.db[...] = dy.mean(axis=0)"), ("dy.sum(axis=0, out=self.db)", "self.db[...] = dy[0]"),
        ("np.dot(dy, self.W.T)", "np.dot(dy, -self.W.T)"), ("        if weights:\n", "        if True:\n"), ("        if inputs:\n", "        if weights:\n"),
        ("x.clip(0, np.inf)", "x.clip(-1e-3, np.inf)"), ("dy * (self.x > 0)", "dy * (self.x < 0)"), ("dy * (self.x > 0)", "dy"),
        ("(x > 0).clip(self.slope, 1", "(x < 0).clip(self.slope, 1"), ("(x > 0).clip(self.slope, 1", "(x > 0).clip(2 * self.slope, 1"),
        ("dy * (1 - self.y**2)", "dy * (1 + self.y**2)"), ("dy * (1 - self.y**2)", "dy * (1 - self.y)**2"),
        ("dy * (sigmoid(self.x) * sigmoid(-self.x))", "dy * sigmoid(self.x)"), ("x.argmax(axis=2)", "x.argmin(axis=2)"), ("dx.reshape(len(dy), -1)", "dx.mean(axis=2)"),
        (">= self.p", "> 1 - self.p"), ("np.divide(kept, 1 - self.p, dtype=x.real.dtype)", "kept.astype(x.real.dtype)"), ("return dy * self.mask", "return dy")],
    "mlp": [
        ("for layer in reversed(self.layers):", "for layer in reversed(self.layers[1:]):"), ("inputs or layer is not self.layers[0]", "inputs or layer is self.layers[0]"),
        ("zip(self.widths[:-2], self.widths[1:-1])", "zip(self.widths[1:-1], self.widths[1:-1])"), ('for name in ("W", "b"):', 'for name in ("b", "W"):'),
        ("grad[start:stop].reshape(shape)", "theta[start:stop].reshape(shape)"), ("std = np.sqrt(2 / fan_in) ", "std = np.sqrt(1 / fan_in) "),
        ("np.sqrt(2 / (fan_in + fan_out))", "np.sqrt(2 / fan_out)"), ("std * (last_scale if last else 1)", "std * (1 if last else last_scale)"),
        ("linear.b[...] = 0 if last else", "linear.b[...] = 0 if not last else"), ("self._theta[...] = _check", "self._theta = _check"), ("self.bind(self._theta, self._grad)", "pass"),
        ("        for layer in self.layers:\n            x = layer(x)", "        for layer in self.layers:\n            x = layer.forward(x)"),
        ("rng.integers(2**63)) if self.dropout", "0) if self.dropout")],
    "game": [
        ("np.mean(-softplus(-a_real)) + np.mean(-softplus(a_fake))", "np.mean(-softplus(-a_real)) - np.mean(-softplus(a_fake))"),
        ("np.mean(-softplus(-a_real)) + np.mean(-softplus(a_fake))", "np.mean(-softplus(a_real)) + np.mean(-softplus(-a_fake))"),   # swapped
        ("np.mean(-softplus(-a_real)) + np.mean(-softplus(a_fake))", "np.mean(-softplus(-a_real)) + np.mean(softplus(-a_fake))"),   # −log D(G(z))
        ("np.mean(-softplus(-a_real)) + np.mean(-softplus(a_fake))", "np.sum(-softplus(-a_real)) + np.mean(-softplus(a_fake))"),
        ("da_real = sigmoid(-a_real) / a_real.size", "da_real = sigmoid(a_real) / a_real.size"), ("da_real = sigmoid(-a_real) / a_real.size", "da_real = sigmoid(-a_real)"),
        ("da_fake = -sigmoid(a_fake) / a_fake.size", "da_fake = sigmoid(a_fake) / a_fake.size"), ("da_fake = -sigmoid(a_fake) / a_fake.size", "da_fake = -sigmoid(a_fake) / (2 * a_fake.size)"),
        ("return np.mean(-softplus(a_fake)).item()", "return np.mean(-softplus(-a_fake)).item()"), ("return np.mean(softplus(-a_fake)).item()", "return np.mean(softplus(a_fake)).item()"),
        ("        return -sigmoid(a_fake) / a_fake.size", "        return -sigmoid(-a_fake) / a_fake.size"), ("    return -sigmoid(-a_fake) / a_fake.size", "    return sigmoid(-a_fake) / a_fake.size"),
        ('== "minimax":\n        # mean log', '!= "minimax":\n        # mean log')],
    "sgd": [
        ("velocity *= momentum", "velocity *= 1 - momentum"), ("velocity += rate * grad", "velocity += (1 - momentum) * rate * grad"), ("velocity += rate * grad", "velocity = velocity + rate * grad"),
        ("theta += velocity", "theta -= velocity"), ("theta += velocity", "theta += rate * grad"), ("-rate, momentum)", "rate, momentum)"), ("np.linalg.norm(W, axis=0)", "np.linalg.norm(W, axis=1, keepdims=True)"),
        ("np.maximum(np.linalg.norm(W, axis=0), cap)", "np.linalg.norm(W, axis=0)"), ("W *= cap /", "W *= cap**2 /"), ("max(0.0, 1 - iteration / iterations)", "max(0.0, 1 - (iteration + 1) / iterations)"),
        ("max(0.0, 1 - iteration / iterations)", "(1 - iteration / iterations)")],
    "algorithm1": [
        ("range(self.k)", "range(self.k - 1)"), ('z = self.draw("noise")                            # [Alg. 1, line 7]', "pass  # the old z"),
        ("values_G = self.gradient_G(z)                 # before", "self.update_D(); values_G = self.gradient_G(z)  # before"),
        ("self.iteration += 1", "self.iteration += 2"), ("a[:len(x)], a[len(x):]", "a[len(x):], a[:len(x)]"), ("np.concatenate([x, x_fake])", "np.concatenate([x_fake, x])"),
        ("self.D.grad -= penalty", "self.D.grad += penalty"), ("generator_gradient(a_fake, self.objective), weights=False", "generator_gradient(a_fake, self.objective), weights=True"),
        ("generator_gradient(a_fake, self.objective), weights", "generator_gradient(a_fake), weights"), ("dx_fake, inputs=False", "-dx_fake, inputs=False"),
        ("ascend(self.D.theta", "descend(self.D.theta"), ("self.velocity_D, self.rate(self.lr_d)", "self.velocity_D, self.rate(self.lr_g)"), ("for linear in self.D.linears", "for linear in self.D.linears[1:]"),
        ("for linear in self.D.linears", "for linear in self.G.linears"), ("descend(self.G.theta", "ascend(self.G.theta"), ('if self.schedule == "linear" else lr', 'if self.schedule == "constant" else lr'),
        ("if math.isfinite(lr * lr * (grad @ grad))", "if True"), ("if line.number == 5:\n                    a_real", "if line.number in (5, 8) and 'a_real' in line.values and not self.iteration % 2:\n                    a_real"),
        ("self.iteration % every == 0 or self.iteration == last", "self.iteration % every == 0"), ("D_real.mean().item(), D_fake.mean()", "D_fake.mean().item(), D_real.mean()"),
        ("if callback(self):\n                    break", "callback(self)"), ("                    if due:\n", "                    if True:\n"), ("            start.restore()\n            raise", "            raise"), ("self.last = start.done()", "self.last = None"),
        ("while self.iteration < last", "while self.iteration <= last")],
    "snapshot": [
        ("array.copy() for array in self.arrays", "array for array in self.arrays"), ("bit_generator.state = state", "pass"), ("self.game.iteration = self.iteration", "pass"),
        ("del self.game.records[self.records:]", "pass"), ("*(layer.rng for net in (game.G, game.D)", "*(layer.rng for net in (game.G,)"), ("if not np.array_equal(array, copy):", "if True:"), ("all(one is other for one, other in zip(self.arrays, arrays(game))) and ", ""), ("return None if max(self.led_to) < 1e4 and", "return None if True or")],
    "probability": [
        ("for other in range(joint.ndim) if other != axis", "for other in range(joint.ndim) if other == axis"), ("joint.take(index, axis)", "joint.take(index, 1 - axis)"), ("np.sum(values * given)", "np.mean(values * given)"),
        ("return together / evidence", "return together / together.sum()"), ("_mean(p, -np.log(p)) * dx / unit", "_mean(p, np.log(p)) * dx / unit"), ("_mean(p, -np.log(q)) * dx", "_mean(q, -np.log(p)) * dx"),
        ("_mean(p, np.log(p) - np.log(q)) * dx", "_mean(q, np.log(q) - np.log(p)) * dx"), ("np.logaddexp(np.log(p), np.log(q)) - np.log(2)", "np.logaddexp(np.log(p), np.log(q))"),
        ("_mean(q, np.log(q) - log_m)) / 2", "_mean(q, np.log(q) - log_m))"), ("_mean(p, np.log(p) - np.log(q)) * dx / unit", "_mean(p, np.log(p) - np.log(q)) / unit")],
    "theory": [
        ("np.divide(p_data, p_data + p_g", "np.divide(p_g, p_data + p_g"), ("np.full(p_data.shape, 0.5)", "np.zeros(p_data.shape)"), ("np.where(p_data > 0, ABOVE_0, 0)", "0"),
        ("np.log1p(-D[p_g > 0])", "np.log(D[p_g > 0])"), ("(on_data + on_generated) * dx", "(on_data - on_generated) * dx"), ("(on_data + on_generated) * dx", "(on_data + on_generated)"),
        ("value(optimal_discriminator(p_data, p_g), p_data", "value(optimal_discriminator(p_g, p_data), p_data"), ('optimal_discriminator(p_data, p_g), "minimax")', 'optimal_discriminator(p_data, p_g), "non-saturating")'),
        ("path[-1] - rate * slope", "path[-1] + rate * slope"), ("max(1, np.ptp(slope))", "1"), ("(np.cumsum(ordered) - 1)", "np.cumsum(ordered)"), ("t[ordered > t][-1]", "t[ordered > t][0]"),
        ("np.arange(1, len(v) + 1)", "np.arange(len(v)) + 0.5"), ("np.log1p(-D) if minimax else -np.log(D)", "np.log1p(-D) if minimax else np.log(D)"), ("return -D if minimax else D - 1", "return -D if minimax else 1 - D"),
        ("-1 / (1 - D) if minimax else -1 / D", "-1 / D if minimax else -1 / (1 - D)"), ("-(1 - y) * np.log1p(-D)", "-y * np.log1p(-D)")],
    "metrics": [
        ("distance <= 3 * mixture.std", "distance <= 2 * mixture.std"), ("distance <= 3 * mixture.std", "distance <= 3 * mixture.std**2"), ("np.sum(counts >= least)", "np.sum(counts > least)"),
        ("probability.kl(counts / counts.sum(), mixture.weights)", "probability.kl(mixture.weights, counts / counts.sum())"), ("_nearest(real, real, skip_self=True)", "_nearest(real, real)"),
        ("float(np.mean(_nearest(samples, real)[1] <= near)),", "float(np.mean(_nearest(real, samples)[1] <= near)),"), ("np.column_stack([-2 * x,", "np.column_stack([2 * x,"), ("-squares / (2 * sigma**2)", "-squares / sigma**2"),
        ("d / 2 * np.log(2 * np.pi * sigma**2)", "1 / 2 * np.log(2 * np.pi * sigma**2)"), ("sigma = max(sigmas", "sigma = min(sigmas"), ("log_p.std() / np.sqrt(len(test))", "log_p.std()"),
        ("_log_parzen(samples, held_out, sigma).mean()", "_log_parzen(samples, test, sigma).mean()"), ("np.arctan2(samples[:, 1], samples[:, 0])", "np.arctan2(samples[:, 0], samples[:, 1])"),
        ("(high - low) / bins", "(high - low) / (bins - 1)"), ("1 - counts.sum() / len(values)", "0"), ("np.linspace(low, high, bins + 1)", "np.linspace(low, high, bins)"),
        ("(p_data + p_g) / 2) * dx", "(p_data + p_g)) * dx"), ("np.abs(D - theory.optimal", "(D - theory.optimal"), ("scores.min(axis=0), scores.max(axis=0)", "scores.max(axis=0), scores.min(axis=0)"),
        ("measure(data.sample(n, rng), data.sample(n, rng))", "measure(*[data.sample(n, rng)] * 2)")],
    # what docs/reliability.md promises
    "files": [
        ("os.fsync(file.fileno())", "pass"), ("Path(temporary).unlink(missing_ok=True)", "pass"), ("os.replace(temporary, os.path.realpath(path))", "Path(path).write_bytes(Path(temporary).read_bytes())"),
        ("os.replace(temporary, os.path.realpath(path))", "os.replace(temporary, path)"), ("os.chmod(temporary, _mode(path))", "pass"), ("> 86400", "> -1"), ("str(path)) from None\n        raise", "temporary) from None\n        raise")],
    "archive": [
        ("if _seal(content[:-SEAL]) != seal:", "if False:"), ('if not re.fullmatch(b"[0-9a-f]{64}", seal):', "if False:"), ("if dtype.hasobject:", "if False:"),
        ("entry.compress_type != zipfile.ZIP_STORED", "False"), ("len(set(archive.namelist())) < len(entries) or sum(entry.file_size for entry in entries) > len(content)", "False"), ("columns_first or math.prod(shape) * dtype.itemsize != len(entry) - stream.tell()", "False"),
        ("allow_pickle=False", "allow_pickle=True")],
    "checkpoint": [
        ('"velocity_G": game.velocity_G,', '"velocity_G": 0 * game.velocity_G,'), ("bits.state = state", "pass"), ("layer.p, layer.rng = _check.fraction(\"p\", p), generators[number]", "layer.p = p"),
        ("layer.slope = _check", "_ = _check"), ("game.iteration = _check", "_ = _check"), ("game.records = _records(arrays)", "pass"), ("    _check.finite(name, array)\n    return array.copy()", "    return array.copy()"),
        ("return array.copy()", "return array"), ('about["version"] != VERSION', "False"), ("not stat.S_ISREG(os.fstat(file.fileno()).st_mode)", "False"), ('inmost["digest"] not in (None, given[1]["digest"])', "False"),
        ('given[1].get("shape") != inmost["shape"]', "False"), ("copied = copy.deepcopy(source)", "copied = source"), ("        np.random.set_state(everybodys[0])\n", "        pass\n"), ("        if type(net) is not MLP:", "        if False:"), ("        if type(generator) is not np.random.Generator:", "        if False:"), ("    if added:", "    if False:"), ("(type(mine), mine) != (type(its), its)", "mine != its"), ("_places(layer, net) != _places(twin, other)", "False"), ("    _refuse_what_comes_back_different(game, _decode", "    (game, _decode"),
        ("if each is bits:", "if False:"), ("plain(seed.state) if type(seed) is np.random.SeedSequence else None", "None"), ("        except Exception as error: ", "        except KeyError as error: "),
        ("    if theta.shape != (parameters,):", "    if False:"), ("if again is not None and _alike(source, again):", "if again is not None:"), ('set(arrays) != set(ARRAYS)', "not set(arrays) >= set(ARRAYS)")],
    "cli": [
        ("            run.save(path)\n        return callback(game)", "        return callback(game)"), ("        if asked:\n            interrupt(number, frame)", "        pass"), ("(errno.EPIPE, errno.EIO, errno.EBADF, errno.ENXIO)", "(errno.EPIPE,)"), ("handler is None or handler == signal.SIG_IGN and number != signal.SIGINT", "False"),
        ("self.exit(2, ", "self.exit(1, "), ("        return failed(str(error), 2)", "        raise"), ("{' '.join(message.splitlines())} (see", "{message} (see"),
        ("    except OSError as error:\n        return failed(\": \"", "    except EOFError as error:\n        return failed(\": \""), ("            run.save(networks)\n            return failed", "            return failed"),
        ("given not in (None, its)", "False"), ('("SIGINT", "SIGTERM", "SIGHUP")', '("SIGINT",)')],
}
EACH = [(name, *fault) for name, faults in FAULTS.items() for fault in faults]


def copy_of_tinygan(folder):
    """What the tests need, in a folder of its own."""
    for name in ("tinygan", "tests"):
        shutil.copytree(TOP / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(TOP / "setup.cfg", folder)
    return folder


def run_tests(folder, names, *options):
    """The tests of these modules in that folder, until one fails."""
    environment = {**os.environ, "PYTHONPATH": str(folder), "PYTHONDONTWRITEBYTECODE": "1", "OPENBLAS_NUM_THREADS": "1"}
    return subprocess.run([sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", "-k", "not random_moments", *options, *(f"tests/test_{name}.py" for name in names)],
                          cwd=folder, env=environment, capture_output=True, text=True)


def caught(name, old, new, folder):
    """None if the tests notice, and otherwise the fault."""
    path = copy_of_tinygan(folder) / "tinygan" / f"{name}.py"
    source = path.read_text(encoding="utf-8")
    path.write_text(source.replace(old, new), encoding="utf-8")
    done = run_tests(folder, [name], "--hypothesis-profile=glance")
    if done.returncode == 0:
        done = run_tests(folder, [name, *(each for each in TESTS if each != name)])
    shutil.rmtree(folder)
    assert done.returncode in (0, 1), done.stdout + done.stderr          # 1: a test has failed
    return None if done.returncode else f"{name}: {old!r} → {new!r}"


def test_each_fault_fits_the_code_and_they_are_many():
    assert len(EACH) == len(set(EACH)) >= 60
    for name, old, new in EACH:
        source = (TOP / "tinygan" / f"{name}.py").read_text(encoding="utf-8")
        assert source.count(old) == 1, f"{name}: {old!r} stands there {source.count(old)} times"
        compile(source.replace(old, new), name, "exec")


@pytest.mark.mutation
def test_without_a_fault_the_copy_passes(tmp_path):
    folder = copy_of_tinygan(tmp_path / "copy")
    where = subprocess.run([sys.executable, "-c", "import tinygan; print(tinygan.__file__)"], cwd=folder, env={**os.environ, "PYTHONPATH": str(folder)}, capture_output=True, text=True)
    assert where.stdout.startswith(str(folder))
    done = run_tests(folder, TESTS)
    assert done.returncode == 0, done.stdout


PROMISES = {"snapshot", "files", "archive", "checkpoint", "cli"}       # what docs/reliability.md promises stands there


@pytest.mark.mutation
@pytest.mark.parametrize("names", [FAULTS.keys() - PROMISES, PROMISES], ids=["lesson, theory and measures", "promises"])
def test_each_fault_is_caught(names, tmp_path):
    faults = [each for each in EACH if each[0] in names]
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        alive = [each for each in pool.map(lambda i: caught(*faults[i], tmp_path / str(i)), range(len(faults))) if each]
    assert not alive, "\n".join(alive)
