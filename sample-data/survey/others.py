"""The barometer's next round, and municipal workplaces in Norway: published figures in, answers out.

Both are the model of round 2 with other shares. What only these ask is here.
"""

import re

import numpy as np

from . import barometer_codebook, design
from .barometer import Model, calibrated, with_share
from .calibrate import Change
from .codebook import NOT_ASKED


class Later(Model):
    """Round 3: political goals are a value, and factors are graded."""

    VALUES = ("kvalitet", "effektivitet", "tilfredshed", "inddragelse", "politisk", "anden")
    INNOVATIVE = 1877

    def initiator_plan(self, s, r, has):
        plan = super().initiator_plan(s, r, has)
        plan["politisk"] = (0.11, 0.2 * self.at(1, 2, 6, 16) - 0.8 * r)
        plan["love"] = (0.18, 0.5 * self.at(6, 4, 2, 7) + 0.6 * s - 0.8 * r)
        return plan

    def more_values(self):
        decided = ((self.columns["init_politisk"] == 1) | (self.columns["init_love"] == 1)).astype(float)
        return {"politisk": (0.34, 1.4 * decided + 0.2 * self.large)}

    def moves(self):
        return super().moves() + [Change("faktor_politisk", 1, -self.logits["faktor_politisk"], [2, 8])]

    def grade(self, names):
        """Hindered and promoted, each to some or to a high degree."""
        c = self.columns
        for name in names:
            answer = c[f"faktor_{name}"]
            high = self.rng.random(self.n) < np.where(self.ambition > 0, 0.5, 0.32)
            graded = np.where(answer == 1, np.where(high, 1, 2), np.where(answer == 2, np.where(high, 4, 3), answer))
            c[f"faktorgrad_{name}"] = np.where(self.yes, graded, NOT_ASKED).astype(float)


class Norway(Model):
    SHARE, INNOVATIVE = 85, 1518

    def initiator_plan(self, s, r, has):
        plan = super().initiator_plan(s, r, has)
        for name, share in (("virksomheder", 0.02), ("borgere", 0.20), ("foreninger", 0.01), ("viden", 0.09), ("udland", 0.03)):
            plan[name] = (share, plan[name][1])
        return plan


def unknown():
    return barometer_codebook.codebook().unknown()


def later(book, asked, report=None):
    rng = np.random.default_rng(20182019)
    # While they are moved, factors have no grades yet.
    plain = [(row, ungraded(share), where and ungraded(where), goal, tolerance) for row, share, where, goal, tolerance in asked]
    codes = unknown() | {"vaerdi_politisk": [NOT_ASKED]}
    model = calibrated(Later(rng, design.respondents(rng, drop=92)), codes, plain, {}, report)
    model.grade([f[0] for f in barometer_codebook.FACTORS])
    return model.columns


def ungraded(expression):
    expression = re.sub(r"faktorgrad_(\w+) in \(3, 4\)", r"faktor_\1 = 2", expression)
    return re.sub(r"faktorgrad_(\w+) in \(1, 2\)", r"faktor_\1 = 1", expression)


def norway(book, asked, report=None):
    rng = np.random.default_rng(2017)
    every = design.respondents(rng)
    municipal = np.flatnonzero(every["sektor"] == 1)
    chosen = np.concatenate([municipal, rng.choice(municipal, 1786 - len(municipal), replace=False)])
    respondents = {name: column[chosen].copy() for name, column in every.items()}
    respondents["vaegt"] = np.ones(len(chosen))
    model = calibrated(Norway(rng, respondents), unknown(), asked, {}, report)
    # Foundations were not asked about: who named nobody else named nobody.
    for question, nobody in (("partnere", "partner_ingen"), ("igangsaettere", "init_vedikke")):
        items = next(q["items"] for q in book.questions if q["id"] == question)
        named = sum((model.columns[item["var"]] == 1).astype(int) for item in items if item["var"] != nobody)
        model.columns[nobody] = np.where(model.yes, named == 0, NOT_ASKED).astype(float)
    # Only innovative workplaces were asked about factors.
    for name, *_ in barometer_codebook.FACTORS:
        model.columns[f"faktor_{name}"][~model.yes] = NOT_ASKED
    return model.columns
