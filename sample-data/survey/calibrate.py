"""Modelled answers and published figures in, answers that reproduce the figures out.

Moves of single answers (one respondent, one question) are chosen greedily: all respondents are tried
at once, and among the moves that help most the one that suits the model best is made. So the dependence
between answers that the model put in survives.
"""

import numpy as np

from . import expressions


class Target:
    """A share that should come out at `goal` (per cent), within `band` points; or a number of answers."""

    def __init__(self, name, share, where, goal, band, importance=1.0, count=False):
        self.name, self.goal, self.band, self.importance, self.count = name, goal, band, importance, count
        self.share = expressions.parse(share)
        self.where = expressions.parse(where) if where else None
        self.variables = expressions.variables(self.share)
        if self.where:
            self.variables |= expressions.variables(self.where)

    def value(self, above, below):
        if self.count:
            return above
        return 100.0 * above / np.maximum(below, 1e-12)

    def loss(self, value):
        off = np.maximum(np.abs(value - self.goal) - self.band, 0.0)
        return self.importance * (off * off + 0.1 * off)


class Node:
    """A part of an expression, shared by all targets that contain it, with its marks for the answers as they stand."""

    def __init__(self, tree, parts):
        self.tree, self.parts = tree, parts
        self.variables = expressions.variables(tree)
        self.marks = None


class Calibration:
    def __init__(self, columns, unknown, weights, targets, moves, derivations, rng):
        self.columns, self.unknown, self.weights = columns, unknown, weights
        self.targets, self.moves, self.derivations, self.rng = targets, moves, derivations, rng
        self.nodes = {}
        self.trees = [
            (self.intern(t.share), self.intern(t.where) if t.where else None) for t in targets
        ]
        for node in self.nodes.values():
            node.marks = expressions.marks(node.tree, columns, unknown)
        self.state = [self.contributions(i, {}) for i in range(len(targets))]
        self.sums = [(above.sum(), below.sum()) for above, below in self.state]

    def intern(self, tree):
        key = repr(tree)
        if key not in self.nodes:
            parts = []
            if tree[0] in ("and", "or"):
                parts = [self.intern(part) for part in tree[1]]
            elif tree[0] == "not":
                parts = [self.intern(tree[1])]
            self.nodes[key] = Node(tree, parts)
        return self.nodes[key]

    def marks(self, node, tried):
        """`tried`: the marks of the nodes that a move touches, with the changed columns under "view"."""
        if not tried or not node.variables & tried["changed"]:
            return node.marks
        if node in tried:
            return tried[node]
        op = node.tree[0]
        if op in ("and", "or"):
            true, false = self.marks(node.parts[0], tried)
            for part in node.parts[1:]:
                more_true, more_false = self.marks(part, tried)
                if op == "and":
                    true, false = true & more_true, false | more_false
                else:
                    true, false = true | more_true, false & more_false
            result = (true, false)
        elif op == "not":
            result = self.marks(node.parts[0], tried)[::-1]
        else:
            result = expressions.marks(node.tree, tried["view"], self.unknown)
        tried[node] = result
        return result

    def contributions(self, index, tried):
        share, where = self.trees[index]
        true, false = self.marks(share, tried)
        known = true | false
        if where:
            inside, _ = self.marks(where, tried)
            true, known = true & inside, known & inside
        if self.targets[index].count:
            return true.astype(float), np.zeros(len(true))
        return true * self.weights, known * self.weights

    def value(self, index):
        return self.targets[index].value(*self.sums[index])

    def losses(self):
        return np.array([target.loss(self.value(i)) for i, target in enumerate(self.targets)])

    def with_derived(self, changed):
        view = {**self.columns, **changed}
        changed = dict(changed)
        for inputs, derive in self.derivations:
            if inputs & changed.keys():
                for name, column in derive(view).items():
                    view[name] = column
                    changed[name] = column
        return changed, view

    def attempt(self, move):
        """The change in loss for every respondent, were they to make this move; None if nobody can."""
        allowed, changed, suits = move(self.columns, self.rng)
        if not allowed.any():
            return None
        changed, view = self.with_derived(changed)
        tried = {"view": view, "changed": changed.keys()}
        change = np.zeros(len(allowed))
        for i, target in enumerate(self.targets):
            if not target.variables & changed.keys():
                continue
            above, below = self.contributions(i, tried)
            old_above, old_below = self.state[i]
            new = target.value(self.sums[i][0] + above - old_above, self.sums[i][1] + below - old_below)
            change += target.loss(new) - target.loss(self.value(i))
        change[~allowed] = np.inf
        return change, changed, tried, suits

    def make(self, changed, tried, who):
        for name, column in changed.items():
            self.columns[name][who] = column[who]
        for node, marks in tried.items():
            if isinstance(node, Node):
                node.marks[0][who], node.marks[1][who] = marks[0][who], marks[1][who]
        for i, target in enumerate(self.targets):
            if target.variables & changed.keys():
                self.state[i] = self.contributions(i, {})
                self.sums[i] = (self.state[i][0].sum(), self.state[i][1].sum())

    def run(self, steps=6000, tries=4, report=None):
        """Greedy, and when nothing helps a small step back that is not undone at once (a tabu search)."""
        reach = []
        for m in self.moves:
            names = set(m.touches)
            for inputs, derive in self.derivations:
                if inputs & names:
                    names |= derive(self.columns).keys()
            reach.append(names)
        touching = [[m for m, names in zip(self.moves, reach) if names & t.variables] for t in self.targets]
        stuck = np.zeros(len(self.targets))
        waiting = 0
        moved = {}
        rest = min(150, len(self.weights) // 4)
        least_loss, kept = np.inf, None
        for step in range(steps):
            losses = self.losses()
            total = losses.sum()
            if total < least_loss:
                least_loss, kept = total, {name: column.copy() for name, column in self.columns.items()}
            if total <= 0:
                break
            if report and step % 500 == 0:
                report(step, losses)
            # The worst first, but not always: a target that nothing helps is left alone for a while.
            if self.rng.random() < 0.35:
                index = int(self.rng.choice(np.flatnonzero(losses)))
            else:
                index = int(np.argmax(losses / (1.0 + stuck)))
            moves = touching[index]
            best = None
            for m in self.rng.permutation(len(moves))[:tries]:
                tried = self.attempt(moves[m])
                if tried is None:
                    continue
                for name in moves[m].touches:
                    if name in moved:
                        tried[0][step - moved[name] < rest] = np.inf
                least = tried[0].min()
                if np.isfinite(least) and (best is None or least < best[0]):
                    best = (least, *tried)
            if best is None:
                stuck[index] += 1
                continue
            helps = best[0] < -1e-12
            waiting = 0 if helps else waiting + 1
            if not helps:
                stuck[index] += 1
                if waiting < 25 or best[0] > max(1.0, 0.5 * total):
                    continue
                waiting = 15
            else:
                stuck[index] *= 0.5
            least, change, changed, tried, suits = best
            good = np.flatnonzero(change <= (0.5 * least if helps else least + 0.05))
            score = suits[good] + 0.7 * self.rng.gumbel(size=len(good))
            order = good[np.argsort(-score, kind="stable")]
            # At first several respondents at once; then one by one.
            who = order[: 8 if total > 1000 and len(change) > 1000 else 1]
            self.make(changed, tried, who)
            for name in changed:
                moved.setdefault(name, np.full(len(change), -1000))[who] = step
        self.restore(kept)
        return self.losses()

    def restore(self, kept):
        for name, column in kept.items():
            self.columns[name][:] = column
        for node in self.nodes.values():
            node.marks = expressions.marks(node.tree, self.columns, self.unknown)
        self.state = [self.contributions(i, {}) for i in range(len(self.targets))]
        self.sums = [(above.sum(), below.sum()) for above, below in self.state]


class Flip:
    """One box of a multiple-response question is ticked or cleared."""

    def __init__(self, name, suits, can_tick, can_clear):
        self.name, self.suits, self.can_tick, self.can_clear = name, suits, can_tick, can_clear
        self.touches = {name}

    def __call__(self, columns, rng):
        column = columns[self.name]
        off, on = column == 0, column == 1
        allowed = (off & self.can_tick(columns)) | (on & self.can_clear(columns))
        changed = np.where(off, 1.0, np.where(on, 0.0, column))
        return allowed, {self.name: changed}, np.where(off, self.suits, -self.suits)


class Swap:
    """One box is ticked and another cleared, for a question with a limit on the number of answers."""

    def __init__(self, name, others, suits):
        self.name, self.others, self.suits = name, others, suits
        self.touches = {name}

    def __call__(self, columns, rng):
        other = self.others[rng.integers(len(self.others))]
        a, b = columns[self.name], columns[other]
        allowed = ((a == 0) & (b == 1)) | ((a == 1) & (b == 0))
        suits = np.where(a == 0, 1, -1) * (self.suits[self.name] - self.suits[other])
        return allowed, {self.name: np.where(allowed, b, a), other: np.where(allowed, a, b)}, suits


class Change:
    """The answer to a single-choice question (or an item of a battery) becomes another code."""

    def __init__(self, name, code, suits, among):
        self.name, self.code, self.suits, self.among = name, code, suits, among
        self.touches = {name}

    def __call__(self, columns, rng):
        column = columns[self.name]
        allowed = np.isin(column, self.among) & (column != self.code)
        return allowed, {self.name: np.where(allowed, self.code, column)}, self.suits
