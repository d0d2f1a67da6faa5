"""The Innovation Barometer, workplaces, round 2: seed and published figures in, answers out.

First a model: a few traits per workplace (openness, nearness to citizens, ambition) and its background drive
all answers. Then the calibration moves single answers until the published figures come out.
"""

import numpy as np

from . import design
from .barometer_codebook import CHANNELS, CULTURE, FACTORS, FINANCING, INITIATORS, PARTNERS, TYPES, VALUES
from .calibrate import Calibration, Change, Flip, Swap, Target
from .codebook import MISSING, NOT_ASKED

# The number of observations that the publication prints (unweighted).
COUNTS = {
    "innovativ = 1": 1942,
    "vaerdi_antal >= 1": 1887,
    "partner_offentlig = 1": 490,
    "partner_virksomheder = 1": 510,
    "partner_borgere = 1": 391,
    "partner_viden = 1": 294,
    "partner_fonde = 1": 87,
    "partner_udland = 1": 64,
}


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def with_share(logit, share, weights):
    """The logit shifted so that the weighted mean probability is `share`."""
    low, high = -12.0, 12.0
    for _ in range(60):
        middle = (low + high) / 2
        if np.average(sigmoid(logit + middle), weights=weights) < share:
            low = middle
        else:
            high = middle
    return logit + low


class Introduced:
    """A move of the latest innovation's types, where a type that is ticked is also introduced."""

    def __init__(self, move, name):
        self.move, self.touches = move, move.touches

    def __call__(self, columns, rng):
        allowed, changed, suits = self.move(columns, rng)
        for name, column in list(changed.items()):
            introduced = name.replace("type_", "indf_")
            changed[introduced] = np.where(allowed & (column == 1), 1.0, columns[introduced])
        return allowed, changed, suits


class Model:
    VALUES = ("kvalitet", "effektivitet", "tilfredshed", "inddragelse", "anden")
    # Of the population in per cent, and how many answers.
    SHARE, INNOVATIVE = 80, 1942

    def __init__(self, rng, respondents=None):
        self.rng = rng
        self.columns = respondents or design.respondents(rng)
        c = self.columns
        n = self.n = len(c["sektor"])
        self.w = c["vaegt"]
        self.logits = {}
        c["lobenummer"] = np.arange(1, n + 1, dtype=float)
        c["ansatte"] = design.employees(c["stoerrelse"], c["branche"], rng)
        middle = np.array([design.BRANCHES[int(b)][3] for b in c["branche"]]) / 100
        spread = sigmoid(np.log(middle / (1 - middle)) + rng.normal(0, 0.55, n))
        share = np.round(np.round(spread * c["ansatte"]) / c["ansatte"] * 100)
        share[rng.random(n) < 0.035] = np.nan
        c["hoejtuddannede"] = share
        municipal = c["sektor"] == 1
        # Region of the capital has many middle-sized municipalities; Northern and Central Jutland some large ones.
        places = np.array([[0.14, 0.44, 0.20, 0.22], [0.08, 0.34, 0.24, 0.34], [0.10, 0.28, 0.34, 0.28], [0.14, 0.25, 0.25, 0.36], [0.20, 0.34, 0.34, 0.12]])
        size = (rng.random(n)[:, None] > np.cumsum(places[c["region"].astype(int) - 1], axis=1)).sum(1).clip(0, 3) + 1
        c["kommunestoerrelse"] = np.where(municipal, size, NOT_ASKED).astype(float)
        large = c["stoerrelse"] - 1
        kind = rng.random(n)
        top = 0.80 - 0.06 * large
        c["respondenttype"] = np.where(kind < top, 1, np.where(kind < top + 0.10 + 0.04 * large, 2, 3)).astype(float)
        # Traits, partly from the background.
        state, region = (c["sektor"] == 3).astype(float), (c["sektor"] == 2).astype(float)
        education = np.nan_to_num(c["hoejtuddannede"], nan=50.0) / 100 - 0.5
        self.state, self.region_sector, self.large, self.education = state, region, large, education
        self.branch = c["branche"]
        common = rng.normal(0, 1, n)
        self.open = 0.6 * common + 0.75 * rng.normal(0, 1, n) + 0.22 * large + 0.35 * education
        self.civic = 0.35 * common + 0.9 * rng.normal(0, 1, n) - 0.8 * state
        self.ambition = 0.55 * common + 0.8 * rng.normal(0, 1, n) + 0.1 * large

    def at(self, *branches):
        return np.isin(self.branch, branches).astype(float)

    def draw(self, name, logit, share, inside):
        """0/1 inside, not asked outside; the logit is kept to choose later moves by."""
        logit = logit.copy()
        logit[inside] = with_share(logit[inside], share, self.w[inside])
        self.logits[name] = logit
        drawn = (self.rng.random(self.n) < sigmoid(logit)).astype(float)
        self.columns[name] = np.where(inside, drawn, NOT_ASKED).astype(float)

    def innovative(self):
        c, rng = self.columns, self.rng
        logit = with_share(0.55 * self.ambition + 0.4 * self.open + 0.22 * self.large + 0.25 * self.state + 0.3 * self.at(6, 9, 13) - 0.3 * self.at(17, 16), self.SHARE / 100, self.w)
        c["innovativ"] = (rng.random(self.n) < sigmoid(logit)).astype(float)
        always = lambda columns: np.ones(self.n, bool)
        Calibration(
            {"innovativ": c["innovativ"]}, {}, self.w,
            [Target("share", "innovativ = 1", None, self.SHARE, 0.2), Target("n", "innovativ = 1", None, self.INNOVATIVE, 0, 0.002, count=True)],
            [Flip("innovativ", logit, always, always)], [], rng).run(4000)
        self.yes = c["innovativ"] == 1
        assert self.yes.sum() == self.INNOVATIVE

    def types(self):
        c, yes = self.columns, self.yes
        shift = {"produkt": 0.5 * self.open + 0.3 * self.state + 0.4 * self.at(13, 14, 15), "service": 0.3 * self.civic + 0.5 * self.at(9, 10, 13, 2),
                 "proces": 0.25 * self.large + 0.3 * self.at(1, 4, 6), "kommunikation": 0.35 * self.at(6, 7, 12, 13, 1)}
        share = {"produkt": 0.34, "service": 0.43, "proces": 0.70, "kommunikation": 0.48}
        latest = {"produkt": 0.21, "service": 0.34, "proces": 0.66, "kommunikation": 0.41}
        for name, *_ in TYPES:
            self.draw(f"indf_{name}", 0.6 * self.ambition + shift[name], share[name] / 0.8, yes)
        for name, *_ in TYPES:
            indf = c[f"indf_{name}"]
            self.draw(f"type_{name}", 0.5 * self.ambition + shift[name], latest[name], yes)
            c[f"type_{name}"] = np.where(yes & (indf == 0), 0.0, c[f"type_{name}"])
        # At least one type: the likeliest.
        names = [n for n, *_ in TYPES]
        logits = np.array([self.logits[f"type_{n}"] + self.rng.gumbel(size=self.n) for n in names])
        for i in np.flatnonzero(yes & (sum(c[f"type_{n}"] for n in names) == 0)):
            chosen = [k for k, n in enumerate(names) if c[f"indf_{n}"][i] == 1] or range(4)
            best = names[max(chosen, key=lambda k: logits[k, i])]
            c[f"type_{best}"][i] = c[f"indf_{best}"][i] = 1.0
        for name in names:
            c[f"indf_{name}"][~yes] = 0.0

    def novelty(self):
        first = with_share((0.6 * self.ambition + 0.5 * self.state + 0.4 * self.at(8, 14))[self.yes], 0.18, self.w[self.yes])
        copy = with_share((-0.4 * self.ambition + 0.1 * self.at(10, 12))[self.yes], 0.18, self.w[self.yes])
        draw = self.rng.random((3, self.yes.sum()))
        answer = np.where(draw[0] < sigmoid(first), 1, np.where(draw[1] < sigmoid(copy), 3, np.where(draw[2] < 0.12, 9, 2)))
        column = np.full(self.n, float(NOT_ASKED))
        column[self.yes] = answer
        self.columns["nyhed"] = column

    def partners(self):
        s, r, o, v, e = self.state, self.region_sector, self.open, self.civic, self.education
        plan = {
            "intern": (0.54, 0.55 * o - 0.55 * s - 0.1 * r + 0.15 * self.at(10, 12)),
            "offentlig": (0.21, 0.8 * o + 0.35 * s + 0.55 * r + 0.3 * self.at(1, 2, 4)),
            "virksomheder": (0.24, 0.6 * o + 1.0 * s + 0.35 * r + 0.5 * self.at(7, 8, 3, 16, 14)),
            "borgere": (0.21, 0.55 * o + 0.9 * v + 0.3 * self.at(10, 15, 13)),
            "foreninger": (0.10, 0.7 * o + 0.8 * v + 0.25 * s + 0.5 * self.at(15, 13, 14)),
            "viden": (0.13, 0.95 * o + 0.5 * e + 0.15 * s + 0.5 * self.at(6, 8, 9)),
            "fonde": (0.03, 1.1 * o + 0.4 * s + 0.9 * self.at(14, 13, 15)),
            "udland": (0.03, 1.0 * o + 1.1 * s + 0.7 * r + 1.0 * self.at(8, 14)),
        }
        for name, *_ in PARTNERS:
            share, logit = plan[name]
            self.draw(f"partner_{name}", logit, share, self.yes)
        # The sector of external public partners, should there be any: mostly one's own.
        c, rng = self.columns, self.rng
        own = c["sektor"].astype(int)
        default = np.zeros((self.n, 3))
        for k in range(3):
            chance = np.where(own == k + 1, 0.68, (0.30, 0.18, 0.22)[k])
            default[:, k] = rng.random(self.n) < chance
        empty = default.sum(1) == 0
        default[empty, own[empty] - 1] = 1
        self.default_sector = default
        for k, name in enumerate(("kommune", "region", "stat")):
            c[f"ekstern_{name}"] = np.full(self.n, float(NOT_ASKED))
            self.logits[f"ekstern_{name}"] = default[:, k] - 0.5

    def initiators(self):
        c, s, r = self.columns, self.state, self.region_sector
        has = {p: (c[f"partner_{p}"] == 1).astype(float) for p, *_ in PARTNERS}
        plan = self.initiator_plan(s, r, has)
        names = [i[0] for i in INITIATORS]
        logits = []
        for name in names:
            share, logit = plan[name]
            logit = logit.copy()
            logit[self.yes] = with_share(logit[self.yes], share, self.w[self.yes])
            self.logits[f"init_{name}"] = logit
            logits.append(logit)
        logits = np.array(logits)
        drawn = self.rng.random(logits.shape) < sigmoid(logits)
        # At most three: those nearest to the heart. At least one, but for a few who do not know.
        keen = logits + self.rng.gumbel(size=logits.shape)
        for i in np.flatnonzero(self.yes):
            chosen = np.flatnonzero(drawn[:, i])
            if len(chosen) > 3:
                drop = chosen[np.argsort(-keen[chosen, i])][3:]
                drawn[drop, i] = False
            elif len(chosen) == 0 and self.rng.random() > 0.12:
                drawn[np.argmax(keen[:, i]), i] = True
        for k, name in enumerate(names):
            c[f"init_{name}"] = np.where(self.yes, drawn[k], NOT_ASKED).astype(float)

    def initiator_plan(self, s, r, has):
        """Share and logit of every initiator."""
        return {
            "medarbejdere": (0.52, 0.3 * self.ambition + 0.1 * self.at(12, 6)), "ledere": (0.45, 0.2 * self.ambition),
            "forandring": (0.24, 0.2 * self.large + 0.2 * s), "politisk": (0.16, -0.2 * s + 0.2 * self.at(1, 2, 6, 16)),
            "borgere": (0.15, 0.6 * self.civic + 0.9 * has["borgere"]), "offentlige": (0.11, 0.3 * self.open + 0.1 * has["offentlig"]),
            "viden": (0.07, 0.3 * self.open + 1.6 * has["viden"]), "virksomheder": (0.02, 2.0 * has["virksomheder"] + 1.2 * s),
            "foreninger": (0.03, 0.3 * self.civic + 1.8 * has["foreninger"]), "fonde": (0.02, 2.5 * has["fonde"] + 0.8 * s),
            "udland": (0.05, 0.4 * self.open + 1.5 * has["udland"] + 0.9 * s + 0.8 * r), "love": (0.17, 0.5 * self.at(6, 4, 2, 7) + 0.2 * s),
            "oekonomi": (0.14, -0.1 * self.ambition + 0.3 * s), "teknologi": (0.12, 0.3 * self.at(1, 4, 9, 13) + 0.3 * s), "andet": (0.05, np.zeros(self.n)),
        }

    def factors(self):
        c, rng = self.columns, self.rng
        began = with_share(0.6 * self.ambition + 0.3 * self.large, 0.30, self.w)
        kind = rng.random(self.n)
        c["paabegyndt"] = np.where(self.yes, NOT_ASKED, np.where(kind < 0.03, 9, (rng.random(self.n) < sigmoid(began)))).astype(float)
        asked = self.yes | (c["paabegyndt"] == 1)

        def has(name):
            return (c[name] == 1).astype(float)

        # promoted, hindered, don't know; what moves "promoted"
        plan = {
            "medarbejdere": (0.89, 0.05, 0.02, 0.4 * self.ambition), "samarbejde": (0.85, 0.06, 0.02, 0.4 * self.ambition),
            "borgere": (0.57, 0.06, 0.05, 0.9 * self.civic + 0.9 * has("partner_borgere") + 0.7 * has("init_borgere")),
            "forandring": (0.48, 0.17, 0.04, 0.9 * has("init_forandring")), "drift": (0.43, 0.20, 0.06, 0.2 * self.ambition),
            "fejl": (0.50, 0.08, 0.07, 0.4 * self.ambition), "politisk": (0.41, 0.10, 0.05, 1.3 * has("init_politisk")),
            "teknologi": (0.49, 0.13, 0.03, 1.3 * has("init_teknologi") + 0.2 * self.state),
            "viden": (0.33, 0.03, 0.05, 0.5 * self.open + 0.6 * self.education + 1.6 * has("partner_viden") + 1.0 * has("init_viden")),
            "love": (0.30, 0.14, 0.06, 1.2 * has("init_love") + 0.2 * self.at(6, 2)), "ressourcer": (0.23, 0.36, 0.04, 0.9 * has("init_oekonomi")),
            "virksomheder": (0.17, 0.03, 0.04, 0.2 * self.open + 2.6 * has("partner_virksomheder") + 1.0 * has("init_virksomheder")),
            "foreninger": (0.13, 0.01, 0.04, 0.3 * self.civic + 2.4 * has("partner_foreninger") + 1.0 * has("init_foreninger")),
            "fonde": (0.08, 0.01, 0.04, 0.2 * self.open + 2.2 * has("partner_fonde") + 1.5 * has("init_fonde") + 0.4 * self.state),
        }
        for name, *_ in FACTORS:
            promoted, hindered, unsure, logit = plan[name]
            logit = logit - np.average(logit[self.yes], weights=self.w[self.yes])
            logit[asked] = with_share(logit[asked], promoted, self.w[asked])
            self.logits[f"faktor_{name}"] = logit
            draw = rng.random((2, self.n))
            rest = 1 - promoted
            other = np.where(draw[1] < hindered / rest, 1, np.where(draw[1] < (hindered + unsure) / rest, 9, 8))
            answer = np.where(draw[0] < sigmoid(logit), 2, other).astype(float)
            # Begun but not introduced: more was in the way.
            slower = asked & ~self.yes & (rng.random(self.n) < 0.15)
            answer[slower] = 1
            c[f"faktor_{name}"] = np.where(asked, answer, NOT_ASKED).astype(float)

    def values(self):
        c = self.columns

        def has(name, code=1):
            return (c[name] == code).astype(float)

        none = (sum(has(f"partner_{p}") for p, *_ in PARTNERS) == 0).astype(float)
        plan = {
            "kvalitet": (0.74, 0.35 * self.ambition + 0.5 * self.region_sector + 0.25 * has("partner_offentlig") - 0.35 * none + 0.4 * has("partner_viden")),
            "effektivitet": (0.45, 0.25 * self.large + 0.45 * self.state - 0.25 * has("faktor_viden", 2) + 0.4 * has("type_proces")),
            "tilfredshed": (0.46, 0.2 * self.ambition - 0.7 * self.state + 0.25 * has("faktor_viden", 2) + 0.4 * has("type_proces")),
            "inddragelse": (0.35, 0.5 * self.civic - 0.5 * self.state + 1.0 * has("partner_borgere") + 0.9 * has("faktor_borgere", 2) + 0.5 * has("type_kommunikation")),
            "anden": (0.06, np.zeros(self.n)),
        }
        for name in self.VALUES:
            share, logit = (plan | self.more_values())[name]
            self.draw(f"vaerdi_{name}", logit, share, self.yes)
        self.unsure = self.rng.random(self.n) < 0.45

    def more_values(self):
        """Share and logit of values that only this round asks for."""
        return {}

    def derivations(self):
        yes = self.yes

        def inside(column):
            return np.where(yes, column, NOT_ASKED).astype(float)

        def types(c):
            return {"type_antal": inside(sum(c[f"type_{n}"] for n, *_ in TYPES))}

        def introduced(c):
            return {"indf_ingen": (sum(c[f"indf_{n}"] for n, *_ in TYPES) == 0).astype(float)}

        def values(c):
            number = sum(c[f"vaerdi_{n}"] for n in self.VALUES)
            return {"vaerdi_antal": inside(number), "vaerdi_ingen": inside((number == 0) & ~self.unsure), "vaerdi_vedikke": inside((number == 0) & self.unsure)}

        def partners(c):
            number = sum(c[f"partner_{p}"] for p, *_ in PARTNERS)
            return {"partner_ingen": inside(number == 0)}

        def sectors(c):
            found = {}
            for k, name in enumerate(("kommune", "region", "stat")):
                now = c[f"ekstern_{name}"]
                partner = c["partner_offentlig"] == 1
                found[f"ekstern_{name}"] = np.where(partner, np.where(now == NOT_ASKED, self.default_sector[:, k], now), NOT_ASKED).astype(float)
            return found

        def initiators(c):
            return {"init_vedikke": inside(sum(c[f"init_{i[0]}"] for i in INITIATORS) == 0)}

        return [
            ({f"type_{n}" for n, *_ in TYPES}, types), ({f"indf_{n}" for n, *_ in TYPES}, introduced),
            ({f"vaerdi_{n}" for n in self.VALUES}, values),
            ({f"partner_{p}" for p, *_ in PARTNERS}, partners), ({"partner_offentlig"}, sectors),
            ({f"init_{i[0]}" for i in INITIATORS}, initiators),
        ]

    def moves(self):
        yes, logits = self.yes, self.logits
        everyone = lambda c: yes
        moves = []

        def number(c, prefix, names):
            return sum((c[f"{prefix}_{n}"] == 1).astype(int) for n in names)

        types = [t[0] for t in TYPES]
        for n in types:
            moves.append(Flip(f"indf_{n}", logits[f"indf_{n}"], everyone,
                              lambda c, n=n: yes & (c[f"type_{n}"] == 0) & (number(c, "indf", types) > 1)))
            flip = Flip(f"type_{n}", logits[f"type_{n}"], everyone, lambda c: yes & (number(c, "type", types) > 1))
            moves.append(Introduced(flip, n))
            moves.append(Introduced(Swap(f"type_{n}", [f"type_{t}" for t in types if t != n], logits), n))
        for code in (1, 2, 3, 9):
            moves.append(Change("nyhed", code, np.zeros(self.n), [1, 2, 3, 9]))
        for n in [p[0] for p in PARTNERS]:
            moves.append(Flip(f"partner_{n}", logits[f"partner_{n}"], everyone, everyone))
            others = [f"partner_{p[0]}" for p in PARTNERS if p[0] != n]
            moves.append(Swap(f"partner_{n}", others, logits))
        sectors = ["kommune", "region", "stat"]
        for n in sectors:
            moves.append(Flip(f"ekstern_{n}", logits[f"ekstern_{n}"], lambda c: c["partner_offentlig"] == 1, lambda c: number(c, "ekstern", sectors) > 1))
        initiators = [i[0] for i in INITIATORS]
        for n in initiators:
            moves.append(Flip(f"init_{n}", logits[f"init_{n}"], lambda c: yes & (number(c, "init", initiators) < 3), lambda c: yes & (number(c, "init", initiators) > 1)))
            moves.append(Swap(f"init_{n}", [f"init_{i}" for i in initiators if i != n], logits))
        for n, *_ in FACTORS:
            name, logit = f"faktor_{n}", logits[f"faktor_{n}"]
            moves.append(Change(name, 2, logit, [1, 8, 9]))
            moves.append(Change(name, 8, -logit, [1, 2]))
            if n in ("love", "ressourcer"):
                moves.append(Change(name, 1, -logit, [2, 8]))
        for n in self.VALUES:
            moves.append(Flip(f"vaerdi_{n}", logits[f"vaerdi_{n}"], everyone, everyone))
        return moves

    def after(self):
        """What no published figure speaks of."""
        c, rng, yes, n = self.columns, self.rng, self.yes, self.n

        def has(name, code=1):
            return (c[name] == code).astype(float)

        self.draw("fin_eget", 0.1 * self.large, 0.72, yes)
        self.draw("fin_organisation", 0.2 * self.large + 0.5 * has("init_politisk"), 0.24, yes)
        self.draw("fin_stat", 0.4 * self.open + 0.5 * has("init_love") + 0.3 * self.at(6, 10), 0.12, yes)
        self.draw("fin_fonde", 4.0 * has("partner_fonde") + 2.2 * has("faktor_fonde", 2) + 1.0 * has("init_fonde"), 0.06, yes)
        self.draw("fin_eu", 2.2 * has("partner_udland") + 0.6 * self.state + 0.4 * self.open, 0.025, yes)
        self.draw("fin_virksomheder", 2.5 * has("partner_virksomheder") + 0.5 * self.state, 0.02, yes)
        money = sum(has(f"fin_{f[0]}") for f in FINANCING[:-1])
        unsure = yes & (money == 0) & (rng.random(n) < 0.25)
        c["fin_ingen"] = np.where(yes, (money == 0) & ~unsure, NOT_ASKED).astype(float)
        c["fin_vedikke"] = np.where(yes, unsure, NOT_ASKED).astype(float)
        silent = yes & (rng.random(n) < 0.012)
        for name in [f"fin_{f[0]}" for f in FINANCING] + ["fin_vedikke"]:
            c[name][silent] = MISSING
        months = np.clip(np.round(rng.lognormal(np.log(8) + 0.12 * (np.nan_to_num(c["type_antal"]) - 1) + 0.05 * self.large, 0.7)), 1, 72)
        kind = rng.random(n)
        c["udviklingstid"] = np.where(~yes, 999, np.where(kind < 0.06, 997, np.where(kind < 0.08, 998, months))).astype(float)
        ready = with_share(0.4 * self.ambition + 0.5 * (has("fin_stat") + has("fin_fonde")) + 0.3 * has("partner_viden"), 0.62, self.w)
        draw = rng.random((3, n))
        by_others = sigmoid(-2.0 + 1.4 * has("partner_viden") + 0.8 * has("fin_fonde"))
        answer = np.where(draw[0] < sigmoid(ready), np.where(draw[1] < by_others, 2, 1), np.where(draw[2] < 0.38, 3, np.where(draw[2] < 0.93, 4, 9)))
        c["evaluering"] = np.where(yes, np.where(rng.random(n) < 0.015, MISSING, answer), NOT_ASKED).astype(float)
        spread = with_share(0.5 * self.open + 0.4 * has("nyhed") + 0.4 * has("partner_offentlig"), 0.60, self.w)
        draw = rng.random((2, n))
        answer = np.where(draw[1] < 0.03, 9, draw[0] < sigmoid(spread))
        c["spredt"] = np.where(yes, np.where(rng.random(n) < 0.012, MISSING, answer), NOT_ASKED).astype(float)
        did = c["spredt"] == 1
        shares = dict(zip([x[0] for x in CHANNELS], (0.74, 0.36, 0.31, 0.34, 0.22, 0.41)))
        for name, share in shares.items():
            self.draw(f"spred_{name}", 0.4 * self.open + (0.3 * self.large if name in ("oplaeg", "skriftligt") else 0), share, did)
        reached = sum(has(f"spred_{x}") for x in shares)
        c["spred_andet"] = np.where(did, (reached == 0) | (rng.random(n) < 0.04), NOT_ASKED).astype(float)
        reused = with_share(1.1 * has("spredt") + 0.3 * self.open, 0.42, self.w)
        draw = rng.random((2, n))
        answer = np.where(draw[1] < 0.21, 9, draw[0] < sigmoid(reused))
        c["genbrugt"] = np.where(yes, np.where(rng.random(n) < 0.012, MISSING, answer), NOT_ASKED).astype(float)
        cuts = {"forslag": (-3.4, -2.4, -0.2), "proeve": (-2.6, -1.2, 1.0), "fejl": (-3.0, -1.7, 0.5), "tid": (-1.1, 0.3, 2.0),
                "ledelse": (-3.3, -2.3, -0.1), "andre": (-1.3, 0.2, 2.1), "borgere": (-2.2, -0.9, 1.0)}
        culture = 0.7 * self.ambition + 0.5 * yes + 0.3 * (c["respondenttype"] == 1)
        for name, *_ in CULTURE:
            latent = culture + (0.5 * self.civic if name == "borgere" else 0) + (0.4 * self.open if name == "andre" else 0) + rng.logistic(0, 1, n)
            latent = latent - 0.5
            answer = 1 + sum((latent > cut).astype(int) for cut in cuts[name])
            kind = rng.random(n)
            irrelevant = 0.04 if name == "borgere" else 0.01
            answer = np.where(kind < 0.012, MISSING, np.where(kind < 0.03, 9, np.where(kind < 0.03 + irrelevant, 8, answer)))
            c[f"kultur_{name}"] = answer.astype(float)
        gone = rng.random(n) < 0.008
        for name, *_ in CULTURE:
            c[f"kultur_{name}"][gone] = MISSING


def generate(book, asked, report=None):
    """`asked`: (row, share, where, published per cent, tolerance) of every published figure about workplaces."""
    rng = np.random.default_rng(20152016)
    model = calibrated(Model(rng), book.unknown(), asked, COUNTS, report)
    model.after()
    return model.columns


def calibrated(model, unknown, asked, counts, report=None):
    """The model's answers, moved until the published figures in `asked` and the numbers of answers in `counts` come out."""
    model.innovative()
    model.types()
    model.novelty()
    model.partners()
    model.initiators()
    model.factors()
    model.values()
    derivations = model.derivations()
    for _, derive in derivations:
        model.columns.update(derive(model.columns))
    targets = [
        Target(f"row {row}", share, where, goal, 0.42 if tolerance == "rounds" else 0.5, 40.0 if tolerance == "rounds" else 1.0)
        for row, share, where, goal, tolerance in asked
    ]
    targets += [Target(f"n {when}", when, None, count, 0, 0.05, count=True) for when, count in counts.items() if when != "innovativ = 1"]
    calibration = Calibration(model.columns, unknown, model.w, targets, model.moves(), derivations, model.rng)
    left = calibration.run(4000, report=report)
    if report:
        for i in np.flatnonzero(left):
            print("  still off:", targets[i].name, targets[i].goal, round(float(calibration.value(i)), 2))
    return model
