"""ARENA, politicians: published figures in, answers out. A census without weights: every answer counts once."""

import numpy as np

from .arena_codebook import (
    ADMINISTRATION, COMPETENCES, CONTEXTS, FACTORS, FIELDS, FINANCING, FOCUS, INITIATORS, INNOVATION_WORK, PARTNERS, PHASES,
    POLITICAL_CULTURE, RESPONSIBILITY, TYPES,
)
from .barometer import sigmoid, with_share
from .calibrate import Calibration, Change, Flip, Target
from .codebook import NOT_ASKED


class Model:
    def __init__(self, rng):
        self.rng, self.n = rng, 608
        n, c = self.n, {}
        self.columns, self.logits, self.moves, self.derivations = c, {}, [], []
        self.ones = np.ones(n)
        # Whole numbers where the publication prints them with a decimal.
        c["region"] = rng.permutation(np.repeat([4.0, 2.0, 1.0, 5.0, 3.0], [131, 131, 77, 110, 159]))
        c["koen"] = rng.permutation(np.repeat([1.0, 2.0], [433, 175]))
        c["politikertype"] = rng.permutation(np.repeat([1.0, 2.0], [552, 56]))
        c["pol_nummer"] = np.arange(1, n + 1, dtype=float)
        self.regional = c["politikertype"] == 2
        office = np.full(n, 3.0)
        chance = rng.random(n)
        office[(chance < 0.31)] = 2
        office[(chance < 0.07) & ~self.regional] = 1
        office[np.flatnonzero(self.regional)[:2]] = 1
        c["hverv"] = office
        c["aar_som_politiker"] = np.clip(np.round(rng.gamma(1.5, 6.0, n) + 2 * (office < 3)), 1, 40)
        self.female = (c["koen"] == 2).astype(float)
        self.harmony = rng.normal(0, 1, n)
        self.drive = rng.normal(0, 1, n) + 0.35 * (office < 3) + 0.3 * self.harmony
        self.civic = rng.normal(0, 1, n) + 0.15 * self.female

    def box(self, name, logit, share, inside):
        logit = np.array(logit, float) * self.ones
        logit[inside] = with_share(logit[inside], share, self.ones[inside])
        self.logits[name] = logit
        self.columns[name] = np.where(inside, self.rng.random(self.n) < sigmoid(logit), NOT_ASKED).astype(float)

    def scale(self, name, shares, latent, inside, strength=1.0):
        """A graded answer: codes 1… in order of the latent trait; then not relevant (8) and don't know (9)."""
        codes = list(shares)
        graded = [k for k in codes if k < 8]
        noisy = strength * latent + self.rng.normal(0, 1, self.n)
        column = np.full(self.n, float(NOT_ASKED))
        who = np.flatnonzero(inside)
        aside = self.rng.random(len(who))
        total, start = sum(shares.values()), 0.0
        for k in (8, 9):
            if k in shares:
                column[who[(aside >= start) & (aside < start + shares[k] / total)]] = k
                start += shares[k] / total
        rest = who[aside >= start]
        order = rest[np.argsort(noisy[rest], kind="stable")]
        cuts = np.round(np.cumsum([shares[k] for k in graded]) / sum(shares[k] for k in graded) * len(order)).astype(int)
        previous = 0
        for k, cut in zip(graded, cuts):
            column[order[previous:cut]] = k
            previous = cut
        self.columns[name] = column
        middle = np.mean(graded)
        for k in codes:
            suits = (k - middle) * 0.6 * noisy if k < 8 else np.zeros(self.n)
            self.moves.append(Change(name, float(k), suits, [float(x) for x in codes if x != k]))

    def free(self, names, inside, most=None, least=0):
        """Moves of the boxes of a multiple-response question."""
        def number(c):
            return sum((c[x] == 1).astype(int) for x in names)

        for name in names:
            tick = (lambda c: inside & (number(c) < most)) if most else (lambda c: inside)
            clear = lambda c: inside & (number(c) > least)
            self.moves.append(Flip(name, self.logits[name], tick, clear))

    def leftovers(self, names, inside, split):
        """Who chose nothing says "none", "don't know" or the like; `split` names them with their chances."""
        c = self.columns
        draw = self.rng.random(self.n)
        edges = np.cumsum([0.0] + list(split.values()))
        which = [(draw >= a) & (draw < b) for a, b in zip(edges, edges[1:])]
        which[-1] |= draw >= edges[-1]

        def derive(view):
            nothing = sum((view[x] == 1).astype(int) for x in names) == 0
            return {name: np.where(inside, nothing & mask, NOT_ASKED).astype(float) for name, mask in zip(split, which)}

        self.derivations.append((set(names), derive))
        c.update(derive(c))


def involved(model, rng):
    """Culture first: it makes involvement likelier. 418 municipal and 44 regional politicians are involved."""
    c, everyone = model.columns, np.ones(model.n, bool)
    culture = {
        "forny": ({1: 13, 2: 32, 3: 38, 4: 14, 8: 1, 9: 2}, model.drive), "klima": ({1: 4, 2: 11, 3: 38, 4: 46, 8: 0.4, 9: 0.6}, model.harmony),
        "flertal": ({1: 3, 2: 9, 3: 33, 4: 54, 8: 0.4, 9: 0.6}, model.harmony), "nye": ({1: 5, 2: 22, 3: 47, 4: 24, 8: 0.7, 9: 1.3}, model.drive),
        "borgere": ({1: 4, 2: 19, 3: 47, 4: 28, 8: 0.7, 9: 1.3}, model.civic), "arbejdsform": ({1: 14, 2: 34, 3: 35, 4: 13, 8: 1.3, 9: 2.7}, model.civic),
    }
    for name, *_ in POLITICAL_CULTURE:
        shares, latent = culture[name]
        model.scale(f"polkultur_{name}", shares, latent, everyone)
    bad = 0.9 * (c["polkultur_klima"] <= 2) + 0.5 * (c["polkultur_flertal"] <= 2)
    keen = 0.7 * model.drive - bad + 0.4 * (c["hverv"] < 3) + rng.gumbel(size=model.n)
    c["involveret"] = np.zeros(model.n)
    for kind, number in ((1, 418), (2, 44)):
        who = np.flatnonzero(c["politikertype"] == kind)
        c["involveret"][who[np.argsort(-keen[who], kind="stable")[:number]]] = 1
    return c["involveret"] == 1


def generate(book, asked, report=None):
    rng = np.random.default_rng(2020)
    model = Model(rng)
    c, n = model.columns, model.n
    active = involved(model, rng)
    everyone = np.ones(n, bool)
    regional = model.regional
    drive, civic, harmony = model.drive, model.civic, model.harmony

    # One context each; the project committee was never shown to regional politicians.
    column = np.full(n, -1)
    who = np.flatnonzero(active & ~regional)
    names = [x[0] for x in CONTEXTS] + ["vedikke"]
    column[who] = rng.permutation(np.repeat(np.arange(7), [226, 68, 55, 34, 12, 17, 6]))
    who = np.flatnonzero(active & regional)
    column[who] = rng.permutation(np.repeat(np.arange(7), [34, 0, 3, 4, 1, 1, 1]))
    for k, name in enumerate(names):
        c[f"sammenh_{name}"] = np.where(active, column == k, NOT_ASKED).astype(float)
    c["sammenh_projektudvalg"][active & regional] = NOT_ASKED

    phase = {"igangsat": (0.71, 0.5 * drive), "ide": (0.58, 0.6 * drive), "opbakning": (0.55, 0.3 * harmony), "besluttet": (0.63, 0.4 * (c["hverv"] < 3)),
             "fulgt": (0.39, 0.3 * drive), "spredt": (0.21, 0.4 * drive)}
    for name, *_ in PHASES:
        model.box(f"fase_{name}", phase[name][1], phase[name][0], active)
    reached = [f"fase_{x[0]}" for x in PHASES]
    model.free(reached, active, least=1)
    draw = rng.random(n)

    def other_way(view):
        nothing = sum((view[x] == 1).astype(int) for x in reached) == 0
        return {"fase_andet": np.where(active, nothing | (draw < 0.03), NOT_ASKED).astype(float)}

    model.derivations.append((set(reached), other_way))
    c.update(other_way(c))

    for (name, *_), share in zip(TYPES, (0.24, 0.57, 0.52, 0.29, 0.20)):
        model.box(f"art_{name}", 0.3 * drive, share, active)
    boxes = [f"art_{x[0]}" for x in TYPES]
    model.free(boxes, active)
    model.leftovers(boxes, active, {"art_vedikke": 1.0})

    share = {"raad": 0.45, "selv": 0.27, "medarbejdere": 0.23, "ledere": 0.21, "oekonomi": 0.20, "borgere": 0.17, "andre_kommuner": 0.17, "virksomheder": 0.05,
             "foreninger": 0.06, "viden": 0.06, "fonde": 0.02, "udland": 0.04, "love": 0.06, "teknologi": 0.09, "andet": 0.12}
    pull = {"selv": 0.7 * drive, "borgere": 0.7 * civic, "foreninger": 0.6 * civic, "raad": 0.4 * harmony, "viden": 0.5 * regional, "udland": 0.6 * regional}
    boxes = [f"ophav_{x[0]}" for x in INITIATORS]
    for name, *_ in INITIATORS:
        model.box(f"ophav_{name}", pull.get(name, 0.0), share[name], active)
    keen = np.array([model.logits[b] + rng.gumbel(size=n) for b in boxes])
    for i in np.flatnonzero(active):
        chosen = [k for k, b in enumerate(boxes) if c[b][i] == 1]
        if len(chosen) == 0 and rng.random() > 0.1:
            c[boxes[int(np.argmax(keen[:, i]))]][i] = 1
        for k in sorted(chosen, key=lambda k: -keen[k, i])[3:]:
            c[boxes[k]][i] = 0
    model.free(boxes, active, most=3)
    model.leftovers(boxes, active, {"ophav_vedikke": 1.0})

    share = {"kommuner": 0.23, "regioner": 0.11, "stat": 0.035, "virksomheder": 0.25, "borgere": 0.35, "foreninger": 0.30, "viden": 0.17, "fonde": 0.06, "udland": 0.03}
    pull = {"kommuner": 0.6 * regional, "regioner": 1.6 * regional, "borgere": 0.7 * civic, "foreninger": 0.6 * civic - 0.8 * regional,
            "virksomheder": 0.3 * drive, "viden": 0.9 * regional + 0.2 * drive, "stat": 0.8 * regional, "udland": 1.0 * regional}
    for name, *_ in PARTNERS:
        model.box(f"samarb_{name}", pull.get(name, 0.0) + 0.3 * drive, share[name], active)
    boxes = [f"samarb_{x[0]}" for x in PARTNERS]
    # Who cooperated with nobody, or does not know, is the same share in both groups, roughly.
    nothing = active & (rng.random(n) < 0.20)
    for b in boxes:
        c[b][nothing] = 0
    model.free(boxes, active)
    model.leftovers(boxes, active, {"samarb_ingen": 0.64, "samarb_vedikke": 0.36})

    for (name, *_), s in zip(FINANCING, (0.68, 0.16, 0.14, 0.06, 0.09, 0.05)):
        model.box(f"midler_{name}", 0.2 * drive + (0.8 * regional if name == "eu" else 0), s, active)
    boxes = [f"midler_{x[0]}" for x in FINANCING]
    model.free(boxes, active)
    model.leftovers(boxes, active, {"midler_vedikke": 0.3, "midler_ingen": 0.7})

    factors = {
        "love": {1: 9, 2: 20, 3: 18, 4: 8, 8: 38, 9: 7}, "ressourcer": {1: 12, 2: 24, 3: 25, 4: 10, 8: 25, 9: 4}, "raad": {1: 3, 2: 9, 3: 42, 4: 38, 8: 5, 9: 3},
        "forvaltning": {1: 4, 2: 11, 3: 38, 4: 41, 8: 3, 9: 3}, "borgere": {1: 2, 2: 8, 3: 35, 4: 30, 8: 20, 9: 5}, "virksomheder": {1: 1, 2: 4, 3: 19, 4: 12, 8: 57, 9: 7},
        "foreninger": {1: 1, 2: 4, 3: 24, 4: 17, 8: 48, 9: 6}, "viden": {1: 1, 2: 3, 3: 19, 4: 13, 8: 56, 9: 8}, "teknologi": {1: 2, 2: 6, 3: 30, 4: 20, 8: 37, 9: 5},
        "medier": {1: 5, 2: 13, 3: 17, 4: 6, 8: 50, 9: 9}, "anden": {1: 2, 2: 2, 3: 5, 4: 4, 8: 62, 9: 25},
    }
    for name, *_ in FACTORS:
        latent = {"borgere": civic, "foreninger": civic, "raad": harmony}.get(name, 0.5 * drive)
        model.scale(f"drivkraft_{name}", factors[name], latent, active)

    # Innovation is not worked with at all: 25 of 608, so 583 get the next battery.
    model.scale("omfang", {1: 27, 2: 49, 3: 18, 4: 4.1, 9: 1.9}, -drive, everyone)
    extent = c["omfang"]
    short = 25 - int((extent == 4).sum())
    if short > 0:
        extent[rng.choice(np.flatnonzero(extent == 3), short, replace=False)] = 4
    elif short < 0:
        extent[rng.choice(np.flatnonzero(extent == 4), -short, replace=False)] = 3
    model.moves = [m for m in model.moves if getattr(m, "name", "") != "omfang"]
    working = extent != 4
    work = {"doers": {1: 6, 2: 25, 3: 46, 4: 20, 8: 0.8, 9: 2.2}, "dokumentation": {1: 3, 2: 16, 3: 47, 4: 32, 8: 0.7, 9: 1.3},
            "risiko": {1: 12, 2: 34, 3: 39, 4: 12, 8: 1, 9: 2}, "ansvar": {1: 5, 2: 14, 3: 44, 4: 30, 8: 2, 9: 5}}
    for name, *_ in INNOVATION_WORK:
        model.scale(f"arbejde_{name}", work[name], 0.6 * drive + 0.6 * harmony, working)
    offices = {"rum": {1: 3, 2: 11, 3: 44, 4: 41, 8: 0.3, 9: 0.7}, "initiativ": {1: 1, 2: 5, 3: 39, 4: 53, 8: 0.5, 9: 1.5}, "indstillet": {1: 17, 2: 38, 3: 24, 4: 6, 8: 3, 9: 12}}
    for name, *_ in ADMINISTRATION:
        model.scale(f"forvaltning_{name}", offices[name], -0.5 * harmony if name == "indstillet" else harmony, everyone)
    duty = {"start": {1: 13, 2: 23, 3: 45, 4: 14, 5: 3, 9: 2}, "stoette": {1: 8, 2: 16, 3: 38, 4: 26, 5: 10, 9: 2}, "opfoelgning": {1: 15, 2: 23, 3: 36, 4: 17, 5: 7, 9: 2}}
    for name, *_ in RESPONSIBILITY:
        model.scale(f"ansvar_{name}", duty[name], -0.4 * drive, everyone)
    skill = {"raad": {1: 6, 2: 24, 3: 48, 4: 18, 8: 0.5, 9: 2.5}, "selv": {1: 2, 2: 11, 3: 48, 4: 36, 8: 0.5, 9: 2.5}, "embedsvaerk": {1: 1, 2: 7, 3: 43, 4: 45, 8: 0.5, 9: 3.5}}
    common = rng.normal(0, 1, n)
    for name, *_ in COMPETENCES:
        model.scale(f"kompetence_{name}", skill[name], 0.8 * common + 0.4 * harmony, everyone)
    # Who has no stand on one has mostly none on the others: 575 have a stand on all three.
    for name, *_ in COMPETENCES:
        unsure = np.isin(c[f"kompetence_{name}"], (8, 9))
        c[f"kompetence_{name}"][unsure] = 3
    unsure = rng.permutation(n)[:33]
    for name, take in (("raad", unsure[:20]), ("selv", unsure[8:25]), ("embedsvaerk", np.r_[unsure[:9], unsure[17:33]])):
        c[f"kompetence_{name}"][take] = 9
    c["kompetence_raad"][unsure[:3]] = 8

    fields = dict(zip([x[0] for x in FIELDS], (0.68, 0.45, 0.42, 0.34, 0.41, 0.30, 0.22, 0.14, 0.19)))
    for name, s in fields.items():
        pull = {"sundhed": 2.0 * regional, "aeldre": -2.0 * regional, "boern": -2.2 * regional, "trafik": 0.9 * regional, "beskaeftigelse": -1.8 * regional,
                "klima": 0.3 * model.female}.get(name, 0.0)
        model.box(f"fag_{name}", pull, s, everyone)
    boxes = [f"fag_{x[0]}" for x in FIELDS]
    model.free(boxes, everyone)
    draw_other = rng.random(n) < 0.6

    def elsewhere(view):
        nothing = sum((view[x] == 1).astype(int) for x in boxes) == 0
        return {"fag_andet": (nothing & draw_other).astype(float), "fag_vedikke": (nothing & ~draw_other).astype(float)}

    model.derivations.append((set(boxes), elsewhere))
    c.update(elsewhere(c))

    for name, s in dict(zip([x[0] for x in FOCUS], (0.38, 0.32, 0.31, 0.47, 0.43, 0.24))).items():
        pull = {"borgere": 0.6 * civic, "folkevalgte": 0.5 * drive, "tvaeroffentligt": 0.6 * regional}.get(name, 0.0)
        model.box(f"fokus_{name}", pull, s, everyone)
    model.box("fokus_andet", 0.0, 0.02, everyone)
    foci = [f"fokus_{x[0]}" for x in FOCUS] + ["fokus_andet"]
    model.free(foci, everyone)
    model.leftovers(foci, everyone, {"fokus_vedikke": 0.58, "fokus_ingen": 0.42})

    targets = [
        Target(f"row {row}", share, where, goal, 0.35 if tolerance == "rounds" else 0.4, 20.0 if tolerance == "rounds" else 1.0)
        for row, share, where, goal, tolerance in asked if tolerance != 0.05
    ]
    three = " and ".join(f"kompetence_{x[0]} in (1, 2, 3, 4)" for x in COMPETENCES)
    targets += [Target("n 575", three, None, 575, 0, 0.2, count=True), Target("n 564", "arbejde_risiko in (1, 2, 3, 4)", None, 564, 0, 0.2, count=True)]
    # Shares of 44 and 56 respondents come in coarse steps: the nearest step must do.
    for target in targets:
        if target.where and "('=', 'politikertype', 2.0)" in repr(target.where):
            target.band = 0.49
    calibration = Calibration(c, book.unknown(), np.ones(n), targets, model.moves, model.derivations, rng)
    left = calibration.run(4000, report=report)
    if report:
        for i in np.flatnonzero(left):
            print("  still off:", targets[i].name, targets[i].goal, round(float(calibration.value(i)), 2))
    return c
