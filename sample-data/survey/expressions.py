"""An expression as text in, marks "surely true" and "surely false" per respondent out.

The language of the codebook (`sektor in (1, 2) and not partner_fonde = 1`), with three-valued
logic: a comparison with an answer that is missing or was not asked is neither true nor false.
"""

import re

import numpy as np

TOKEN = re.compile(
    r"\s*(?:(?P<number>-?\d+(?:\.\d+)?)|(?P<name>[A-Za-zÆØÅæøå_][\wÆØÅæøå.]*)|`(?P<quoted>[^`]+)`"
    r"|(?P<op><=|>=|!=|=|<|>|\(|\)|,))"
)


def tokens(text):
    position, found = 0, []
    while position < len(text.rstrip()):
        match = TOKEN.match(text, position)
        if not match:
            raise ValueError(f"cannot read the expression at: {text[position:]}")
        position = match.end()
        kind = match.lastgroup
        value = match.group(kind)
        if kind == "number":
            found.append(("number", float(value)))
        elif kind == "quoted":
            found.append(("name", value))
        elif kind == "name" and value.lower() in ("and", "or", "not", "in"):
            found.append(("word", value.lower()))
        else:
            found.append((kind, value))
    return found


class Parser:
    def __init__(self, text):
        self.text, self.tokens, self.at = text, tokens(text), 0

    def peek(self):
        return self.tokens[self.at] if self.at < len(self.tokens) else (None, None)

    def take(self, expected=None):
        token = self.peek()
        if expected is not None and token[1] != expected:
            raise ValueError(f"expected {expected!r} in: {self.text}")
        self.at += 1
        return token

    def whole(self):
        tree = self.either()
        if self.at != len(self.tokens):
            raise ValueError(f"left over at the end of: {self.text}")
        return tree

    def either(self):
        parts = [self.both()]
        while self.peek() == ("word", "or"):
            self.take()
            parts.append(self.both())
        return parts[0] if len(parts) == 1 else ("or", parts)

    def both(self):
        parts = [self.negated()]
        while self.peek() == ("word", "and"):
            self.take()
            parts.append(self.negated())
        return parts[0] if len(parts) == 1 else ("and", parts)

    def negated(self):
        if self.peek() == ("word", "not"):
            self.take()
            return ("not", self.negated())
        if self.peek() == ("op", "("):
            self.take()
            tree = self.either()
            self.take(")")
            return tree
        return self.comparison()

    def comparison(self):
        kind, name = self.take()
        if kind != "name":
            raise ValueError(f"expected a variable in: {self.text}")
        kind, op = self.take()
        if op == "in":
            self.take("(")
            values = [self.take()[1]]
            while self.peek() == ("op", ","):
                self.take()
                values.append(self.take()[1])
            self.take(")")
            return ("in", name, values)
        kind, value = self.take()
        if kind != "number":
            raise ValueError(f"expected a code in: {self.text}")
        return (op, name, value)


def parse(text):
    return Parser(text).whole()


def variables(tree):
    if tree[0] in ("and", "or"):
        return set().union(*(variables(part) for part in tree[1]))
    if tree[0] == "not":
        return variables(tree[1])
    return {tree[1]}


def marks(tree, columns, unknown):
    """Two boolean arrays: surely true, surely false. `unknown` is a set of codes per variable."""
    op = tree[0]
    if op in ("and", "or"):
        true, false = marks(tree[1][0], columns, unknown)
        for part in tree[1][1:]:
            more_true, more_false = marks(part, columns, unknown)
            if op == "and":
                true, false = true & more_true, false | more_false
            else:
                true, false = true | more_true, false & more_false
        return true, false
    if op == "not":
        true, false = marks(tree[1], columns, unknown)
        return false, true
    column = columns[tree[1]]
    known = ~np.isnan(column)
    for code in unknown.get(tree[1], ()):
        known &= column != code
    if op == "in":
        holds = np.zeros(len(column), bool)
        for value in tree[2]:
            holds |= column == value
    else:
        compare = {
            "=": np.equal, "!=": np.not_equal, "<": np.less,
            ">": np.greater, "<=": np.less_equal, ">=": np.greater_equal,
        }[op]
        holds = compare(column, tree[2])
    return holds & known, ~holds & known
