"""Published population and response counts in, one row per respondent with stratum and weight out.

Strata: size × region × branch. Sector is no stratum: within a stratum the weights are post-stratified by
sector, so they add up to the population of every stratum, every sector and every branch.
"""

import numpy as np

# Sectors: 1 municipality, 2 region, 3 state. Population and responses by branch and sector; the sums over sectors
# and over branches are the published ones (the split inside is made up).
# branch: (population by sector, responses by sector, shares of the size classes 3-49, 50-99, 100-249, 250+,
#          mean share of employees with a higher education)
BRANCHES = {
    1: ((516, 25, 230), (46, 8, 30), (0.55, 0.22, 0.15, 0.08), 58),
    2: ((167, 0, 12), (47, 0, 4), (0.45, 0.28, 0.20, 0.07), 62),
    3: ((82, 10, 25), (16, 4, 10), (0.78, 0.15, 0.06, 0.01), 70),
    4: ((0, 0, 231), (0, 0, 33), (0.45, 0.25, 0.20, 0.10), 41),
    5: ((55, 0, 0), (7, 0, 0), (0.75, 0.20, 0.05, 0.0), 22),
    6: ((1813, 0, 0), (521, 0, 0), (0.48, 0.41, 0.105, 0.005), 74),
    7: ((122, 4, 470), (39, 2, 205), (0.50, 0.22, 0.20, 0.08), 72),
    8: ((0, 0, 353), (0, 0, 106), (0.40, 0.25, 0.22, 0.13), 81),
    9: ((466, 300, 10), (44, 95, 4), (0.60, 0.17, 0.15, 0.08), 57),
    10: ((3511, 115, 0), (446, 30, 0), (0.72, 0.19, 0.08, 0.01), 24),
    11: ((356, 48, 0), (76, 17, 0), (0.75, 0.18, 0.06, 0.01), 55),
    12: ((5151, 0, 0), (294, 0, 0), (0.955, 0.036, 0.009, 0.0), 48),
    13: ((193, 0, 4), (89, 0, 2), (0.80, 0.14, 0.05, 0.01), 63),
    14: ((37, 0, 15), (16, 0, 8), (0.72, 0.20, 0.08, 0.0), 60),
    15: ((266, 0, 15), (51, 0, 4), (0.85, 0.12, 0.03, 0.0), 45),
    16: ((127, 0, 15), (40, 0, 4), (0.60, 0.27, 0.12, 0.01), 21),
    17: ((158, 12, 20), (29, 5, 6), (0.75, 0.17, 0.07, 0.01), 14),
    18: ((120, 8, 40), (10, 3, 12), (0.80, 0.13, 0.06, 0.01), 46),
}
REGION_SHARES = np.array([0.115, 0.225, 0.22, 0.29, 0.15])
SAMPLING_RATES = np.array([1.0, 2.3, 3.6, 5.5])
SIZE_LIMITS = [(3, 49), (50, 99), (100, 249), (250, 1900)]


def whole_numbers(shares, total, least):
    """Largest remainders: whole numbers that add up to `total`, none below `least`."""
    shares = np.asarray(shares, float)
    result = np.maximum(np.floor(shares / shares.sum() * total).astype(int), least)
    while result.sum() != total:
        gap = shares / shares.sum() * total - result
        if result.sum() < total:
            result[np.argmax(gap)] += 1
        else:
            result[np.argmin(np.where(result > least, gap, np.inf))] -= 1
    return result


def cells(branch, sector, rng):
    """Population and responses of each size × region cell of a branch in a sector."""
    populations, responses, sizes, _ = BRANCHES[branch]
    population, answers = populations[sector - 1], responses[sector - 1]
    if answers == 0:
        return {}
    shares = np.outer(np.array(sizes), REGION_SHARES) * rng.lognormal(0, 0.15, (4, 5))
    if sector == 2:
        shares *= np.array([0.7, 1.0, 1.5, 3.0])[:, None]
    expected = shares / shares.sum() * population
    wanted = expected * SAMPLING_RATES[:, None]
    wanted = wanted / wanted.sum() * answers
    keep = (wanted >= 1.6) & (expected >= 1.0)
    if keep.sum() < 1:
        keep = wanted >= np.sort(wanted.ravel())[-max(1, answers // 3)]
    # A few cells with a single answer stay, as in any real sample.
    single = (wanted >= 0.9) & ~keep & (expected >= 1.0) & (rng.random(wanted.shape) < 0.12)
    keep |= single
    # What is not kept moves to the nearest kept cell: same size first, then the nearest size.
    kept = np.argwhere(keep & ~single) if (keep & ~single).any() else np.argwhere(keep)
    for size, region in np.argwhere(~keep):
        distance = np.abs(kept[:, 0] - size) * 10 + (kept[:, 1] != region)
        to = kept[np.argmin(distance)]
        expected[tuple(to)] += expected[size, region]
        wanted[tuple(to)] += wanted[size, region]
    index = [tuple(cell) for cell in np.argwhere(keep)]
    e = np.array([expected[c] for c in index])
    w = np.array([wanted[c] for c in index])
    # No more answers than workplaces: what is over a cell's population goes to the others.
    for _ in range(20):
        w = np.minimum(w, e)
        w *= answers / w.sum()
    # Two answers at least, but for the cells that are single on purpose.
    least = np.array([1 if single[c] or expected[c] < 2 else 2 for c in index])
    n = whole_numbers(w, answers, least if least.sum() <= answers else np.ones(len(index), int))
    big = whole_numbers(e, population, n)
    return {c: (int(N), int(k)) for c, N, k in zip(index, big, n) if k}


def respondents(rng, drop=0):
    """One row per respondent; `drop` of them, from cells with many, did not answer after all."""
    rows = []
    for branch in BRANCHES:
        for sector in (1, 2, 3):
            for (size, region), (population, answers) in cells(branch, sector, rng).items():
                for _ in range(answers):
                    rows.append((sector, branch, region + 1, size + 1, population, answers))
    table = np.array(rows)
    order = rng.permutation(len(table))
    table = table[order]
    while drop:
        chosen = rng.integers(len(table))
        cell = (table[:, :4] == table[chosen, :4]).all(axis=1)
        if table[chosen, 5] >= 4:
            table[cell, 5] -= 1
            table = np.delete(table, chosen, axis=0)
            drop -= 1
    sector, branch, region, size, population, answers = table.T
    stratum = size * 1000 + region * 100 + branch
    weight = population / answers
    stratum_population = np.zeros(len(table))
    for one in np.unique(stratum):
        here = stratum == one
        stratum_population[here] = round(weight[here].sum())
    return {
        "sektor": sector.astype(float),
        "branche": branch.astype(float),
        "region": region.astype(float),
        "stoerrelse": size.astype(float),
        "stratum": stratum.astype(float),
        "stratum_pop": stratum_population,
        "vaegt": weight.astype(float),
    }


def employees(size, branch, rng):
    """Whole numbers of employees inside the size class, skewed to its lower end."""
    result = np.zeros(len(size))
    for i, one in enumerate(size.astype(int)):
        low, high = SIZE_LIMITS[one - 1]
        if one == 1:
            middle = 17 if branch[i] == 12 else 22
            number = rng.lognormal(np.log(middle), 0.5)
        elif one == 4:
            number = 250 + rng.exponential(210)
        else:
            number = low + (high - low + 1) * rng.beta(1.1, 1.9)
        result[i] = min(max(int(number), low), high)
    return result
