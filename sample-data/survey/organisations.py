"""The Innovation Barometer, organisations: published figures in, answers of 73 chief executives out.

So few answers that the published shares fix most counts; they are laid out by hand and the rest drawn.
"""

import numpy as np

from .calibrate import Calibration, Flip, Target
from .codebook import MISSING, NOT_ASKED
from .organisations_codebook import ACTORS_DA, OUTWARD, POOL, STRATEGY, UNIT


def statuses(rng, size):
    """Strategy, unit and pool of the 72 that answered: 1 has, 2 on its way, 3 no.

    37 strategies and 36 units (with those on their way), 31 pools; 51 have at least one, 56 with those on their way.
    """
    eager = rng.normal(0, 1, 72) + 0.8 * np.log(size / size.mean())
    order = np.argsort(-eager, kind="stable")
    strategy, unit, pool = np.full(72, 3), np.full(72, 3), np.full(72, 3)
    some = order[:51]
    under_way = order[51:56]
    # 29 have a strategy, 27 a unit, 31 a pool, and together they cover the 51.
    strategy[some[:22]] = 1
    strategy[rng.permutation(some[22:])[:7]] = 1
    unit[some[:16]] = 1
    unit[rng.permutation(some[16:])[:11]] = 1
    pool[some[:16]] = 1
    uncovered = [i for i in some if strategy[i] == 3 and unit[i] == 3 and pool[i] == 3]
    pool[uncovered] = 1
    rest = [i for i in rng.permutation(some[16:]) if pool[i] == 3]
    missing = 31 - int((pool == 1).sum())
    assert missing >= 0, missing
    pool[rest[:missing]] = 1
    # On their way: 8 strategies, 9 units, 4 pools, among them the five that have nothing yet.
    strategy[under_way[:3]] = 2
    unit[under_way[2:5]] = 2
    for column, number in ((strategy, 5), (unit, 6), (pool, 4)):
        free = [i for i in rng.permutation(some) if column[i] == 3]
        column[free[:number]] = 2
    assert ((strategy <= 2).sum(), (unit <= 2).sum(), (pool == 1).sum()) == (37, 36, 31)
    assert ((strategy == 1) | (unit == 1) | (pool == 1)).sum() == 51
    return strategy, unit, pool


def generate(book, asked, report=None):
    rng = np.random.default_rng(73)
    n, c = 73, {}
    c["org_nummer"] = np.arange(1, n + 1, dtype=float)
    c["organisationstype"] = rng.permutation(np.repeat([1.0, 2.0, 3.0], [58, 5, 10]))
    kind = c["organisationstype"].astype(int)
    middle = np.array([3900, 19000, 5200])[kind - 1]
    c["aarsvaerk"] = np.clip(np.round(middle * rng.lognormal(0, np.where(kind == 2, 0.3, 0.55)) / 10) * 10, 250, 42000)
    c["topchef"] = np.where(rng.random(n) < 0.7, 1, np.where(rng.random(n) < 0.6, 2, 3)).astype(float)
    # One did not answer the questions on strategy, unit and pool: the percentages are those of 72.
    silent = int(np.flatnonzero(kind == 1)[40])
    answered = np.array([i for i in range(n) if i != silent])
    strategy, unit, pool = statuses(rng, c["aarsvaerk"][answered])
    for name, status in (("innovationsstrategi", strategy), ("innovationsenhed", unit), ("innovationspulje", pool)):
        c[name] = np.full(n, float(MISSING))
        c[name][answered] = status
    has_strategy, has_unit, has_pool = np.isin(c["innovationsstrategi"], (1, 2)), np.isin(c["innovationsenhed"], (1, 2)), c["innovationspulje"] == 1
    outward = rng.normal(0, 1, n)

    def boxes(prefix, items, shares, inside, external):
        for (name, *_), share in zip(items, shares):
            chance = 1 / (1 + np.exp(-(np.log(share / (1 - share)) + (0.9 * outward if name in external else 0))))
            c[f"{prefix}_{name}"] = np.where(inside, rng.random(n) < chance, NOT_ASKED).astype(float)
        # Everybody named something.
        nothing = inside & (sum(c[f"{prefix}_{x[0]}"] == 1 for x in items) == 0)
        c[f"{prefix}_{[x[0] for x in items if x[0] not in external][0]}"][nothing] = 1

    strategic = [a[0] for a in ACTORS_DA]
    boxes("strategi", STRATEGY, (0.50, 0.45, 0.50, 0.35, 0.40, 0.20, 0.15, 0.70, 0.75, 0.65, 0.60), has_strategy, strategic)
    boxes("enhed", UNIT, (0.75, 0.80, 0.55, 0.30, 0.28, 0.35, 0.25), has_unit, ["offentlige", "virksomheder", "borgere", "viden"])
    boxes("pulje", POOL, (0.85, 0.45, 0.23, 0.13, 0.29, 0.40, 0.35, 0.25, 0.06), has_pool, OUTWARD)
    # Five with a strategy skipped its focus areas: 32 answers, as the published percentages need.
    looks_out = (sum(c[f"enhed_{x}"] == 1 for x in ("offentlige", "virksomheder", "borgere", "viden")) > 0) | (
        sum(c[f"pulje_{x}"] == 1 for x in OUTWARD if x != "medfinansiering") > 0)
    skipped = rng.permutation(np.flatnonzero(has_strategy & looks_out))[:5]
    for name, *_ in STRATEGY:
        c[f"strategi_{name}"][skipped] = MISSING
    size = np.round(rng.lognormal(np.log(2200), 0.8, n) / 50) * 50
    c["puljestoerrelse"] = np.where(has_pool, np.where(rng.random(n) < 0.1, 99997, np.clip(size, 150, 25000)), 99999).astype(float)

    moves, keep = [], np.ones(n, bool)
    keep[skipped] = False
    for prefix, items, inside in (("strategi", STRATEGY, has_strategy & keep), ("enhed", UNIT, has_unit & keep), ("pulje", POOL, has_pool & keep)):
        for name, *_ in items:
            def number(columns, prefix=prefix, items=items):
                return sum((columns[f"{prefix}_{x[0]}"] == 1).astype(int) for x in items)

            moves.append(Flip(f"{prefix}_{name}", outward, lambda columns, inside=inside: inside, lambda columns, inside=inside, number=number: inside & (number(columns) > 1)))
    targets = [Target(f"row {row}", share, where, goal, 0.49, 5.0) for row, share, where, goal, _ in asked]
    calibration = Calibration(c, book.unknown(), np.ones(n), targets, moves, [], rng)
    left = calibration.run(3000, report=report)
    if report:
        for i in np.flatnonzero(left):
            print("  still off:", targets[i].name, targets[i].goal, round(float(calibration.value(i)), 2))
    return c
