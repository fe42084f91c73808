"""The same iteration written for others: what examples/benchmarks/speed.py compares tinygan with.

Each module here has `build(problem)`, which returns an object with `run(n)`, n iterations of
Algorithm 1 over the problem's minibatches, and `theta()`, both networks' parameters in
tinygan's order, (θ_G, θ_D).
"""
