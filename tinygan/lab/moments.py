"""Moments of a game: each is kept so that going back to it gives that moment's bits; and few enough of them.

Here: `Moment`, all that changes while a game is played; `Thinned`, a list that stays short; and `Timeline`, the
moments of a game and the rows of its curves, with a branch that was left.
"""

from typing import NamedTuple

from ..layers import Dropout
from ..training import SETTINGS


class Moment(NamedTuple):
    """All of a game that playing changes, copied: the rest, data and noise, is not."""

    theta: tuple
    velocity: tuple
    rng: dict
    masks: tuple
    iteration: int
    settings: tuple

    @classmethod
    def of(cls, game):
        """This moment of a game between two iterations."""
        return cls((game.G.theta.copy(), game.D.theta.copy()), (game.velocity_G.copy(), game.velocity_D.copy()),
                   game.rng.bit_generator.state, tuple(each.bit_generator.state for each in masks(game)),
                   game.iteration, tuple(getattr(game, name) for name in SETTINGS))

    def put_back(self, game):
        """Make it this moment again. What is played from here has the same bits as it had then."""
        game.G.theta, game.D.theta = self.theta
        game.velocity_G[...], game.velocity_D[...] = self.velocity
        game.rng.bit_generator.state, game.iteration = self.rng, self.iteration
        for rng, state in zip(masks(game), self.masks):
            rng.bit_generator.state = state
        for name, setting in zip(SETTINGS, self.settings):
            setattr(game, name, setting)


def masks(game):
    """The random numbers of the dropout layers."""
    return [layer.rng for net in (game.G, game.D) for layer in net.layers if isinstance(layer, Dropout)]


class Thinned(list):
    """Pairs (t, item) with rising t, at most `most` of them: when there are more, every second is dropped. The first
    and the last always stay."""

    def __init__(self, most):
        super().__init__()
        self.most = most

    def add(self, t, item):
        """Put one more at the end; it takes the last one's place where that is nearer than the rest lie apart."""
        apart = (self[-1][0] - self[0][0]) / self.most if self else 0
        if len(self) > 1 and self[-1][0] - self[-2][0] < apart:
            self.pop()
        self.append((t, item))
        if len(self) > self.most:
            del self[1:-1:2]

    def until(self, t):
        """(those up to t, those from t on), two lists that share what is at t."""
        before, after = Thinned(self.most), Thinned(self.most)
        before.extend(pair for pair in self if pair[0] <= t)
        after.extend(pair for pair in self if pair[0] >= t)
        return before, after


class Timeline:
    """What was kept of a game, in two Thinned lists by turn, `moments` and `rows`; of the branch that was left last,
    `other`, both; and `branch`, its rows from where the two part."""

    def __init__(self, moments, rows):
        self.moments, self.rows, self.branch, self.other = Thinned(moments), Thinned(rows), [], None

    def add(self, turn, moment, row):
        """Keep one more moment, and its row."""
        self.moments.add(turn, moment)
        self.rows.add(turn, row)

    def part(self, turn):
        """Cut off what comes after this turn: it is now the other branch."""
        self.other = (self.moments, self.rows)
        self.moments, _ = self.moments.until(turn)
        self.rows, self.branch = self.rows.until(turn)

    def swap(self):
        """Change to the other branch."""
        mine = (self.moments, self.rows)
        (self.moments, self.rows), self.other = self.other, mine
        theirs = {id(moment) for _, moment in mine[0]}
        _, self.branch = mine[1].until(max(turn for turn, moment in self.moments if id(moment) in theirs))
