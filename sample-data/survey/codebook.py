"""Short calls in, a complete codebook out (the JSON sidecar, and what the .sav writer needs)."""

MISSING, NOT_ASKED = 98, 99

ACTORS = [
    ("own_organisation", "Egen organisation", "Own organisation"),
    ("other_public", "Andre offentlige arbejdspladser", "Other public workplaces"),
    ("companies", "Private virksomheder", "Private companies"),
    ("citizens", "Borgere", "Citizens"),
    ("associations", "Frivillige foreninger", "Voluntary associations"),
    ("knowledge", "Vidensinstitutioner", "Knowledge institutions"),
    ("foundations", "Fonde", "Foundations"),
    ("abroad", "Udlandet", "Abroad"),
]


def text(da, en):
    return {"da": da, "en": en}


def value(code, da, en, kind=None):
    entry = {"code": code, "label": text(da, en)}
    if kind:
        entry["is"] = kind
    return entry


UNANSWERED = [value(MISSING, "Uoplyst", "No answer", "missing")]
UNASKED = [value(NOT_ASKED, "Ikke spurgt", "Not asked", "not_asked")]
BOX = [value(0, "Ikke valgt", "Not chosen"), value(1, "Valgt", "Chosen")]
YES_NO = [value(1, "Ja", "Yes"), value(0, "Nej", "No")]
DONT_KNOW = [value(9, "Ved ikke", "Don't know", "dont_know")]
NOT_RELEVANT = [value(8, "Ikke relevant", "Not relevant", "not_relevant")]
AGREE = [
    value(1, "Helt uenig", "Completely disagree"),
    value(2, "Delvist uenig", "Partly disagree"),
    value(3, "Delvist enig", "Partly agree"),
    value(4, "Helt enig", "Completely agree"),
]


# What questions are about in the words of `assets/codebooks/general.json`.
CONCEPTS = {
    "indfoert": "introduced",
    "seneste_type": "innovation_types",
    "nyhed": "novelty",
    "vaerdier": "values",
    "igangsaettere": "initiators",
    "faktorer": "factors",
    "faktorgrader": "factors",
    "partnere": "partners",
    "partner_sektor": "partner_sectors",
    "finansiering": "financing",
    "spredning": "spreading",
    "evaluering": "evaluation",
    "kultur": "culture",
    "innovationstyper": "innovation_types",
    "ophav": "initiators",
    "samarbejde": "partners",
    "midler": "financing",
    "drivkraefter": "factors",
}


class Codebook:
    def __init__(self, identity, title, source, unit):
        self.identity, self.title, self.source, self.unit = identity, title, source, unit
        self.topics, self.bases, self.variables, self.questions, self.sets = [], [], [], [], []
        self.response = []

    def sampled(self, var, rows):
        """How many of each category were sampled: rows of the published sampling table, by their labels."""
        values = next(v["values"] for v in self.variables if v["name"] == var)
        codes = {v["label"]["da"]: v["code"] for v in values}
        for row in rows:
            if row["value"] in codes:
                self.response.append({
                    "var": var, "code": codes[row["value"]], "sample": int(row["sample"]), "population": int(row["population"])})

    def topic(self, identity, da, en):
        self.topics.append({"id": identity, "label": text(da, en)})

    def base(self, identity, when, da, en, unit=None):
        entry = {"id": identity, "label": text(da, en)}
        if unit:
            entry["unit"] = text(*unit)
        entry["when"] = when
        self.bases.append(entry)

    def variable(self, name, da, en, kind="nominal", values=(), role=None, blank=None):
        entry = {"name": name, "label": text(da, en), "kind": kind}
        if role:
            entry["role"] = role
        if values:
            entry["values"] = list(values)
        if blank:
            entry["blank"] = blank
        self.variables.append(entry)

    def question(self, identity, topic, kind, short, wording, items, base=None, dont_know="keep", **more):
        concept = {"concept": CONCEPTS[identity]} if identity in CONCEPTS else {}
        entry = {"id": identity, **concept, "topic": topic, "short": text(*short), "text": text(*wording), "kind": kind}
        if base:
            entry["base"] = base
        entry["dont_know"] = dont_know
        if more.get("max"):
            entry["max"] = more["max"]
        entry["items"] = items
        if kind == "multiple":
            entry["counted"] = [1]
        for part in ("poles", "groups", "unions"):
            if more.get(part):
                entry[part] = more[part]
        self.questions.append(entry)

    def single(self, name, topic, short, wording, values, base=None, kind="nominal", label=None, **more):
        """A single-choice (or numeric) question with its one variable, named alike."""
        extra = list(UNANSWERED) if more.pop("unanswered", False) else []
        extra += UNASKED if base else []
        label = label or short
        self.variable(name, *label, kind=kind, values=list(values) + extra)
        self.question(name, topic, "numeric" if kind == "numeric" else "single", short, wording, [{"var": name}], base, **more)

    def multiple(self, identity, topic, short, wording, boxes, base=None, unasked=(), **more):
        """A multiple-response question: boxes are (variable, da, en, item extras)."""
        extra = list(UNANSWERED) if more.pop("unanswered", False) else []
        items = []
        for name, da, en, item in boxes:
            asked = extra + (UNASKED if base or name in unasked else [])
            self.variable(name, f"{short[0]}: {da}", f"{short[1]}: {en}", values=BOX + asked)
            items.append({"var": name, "label": text(da, en), **item})
        self.question(identity, topic, "multiple", short, wording, items, base, **more)
        self.sets.append((identity, short[0], [name for name, *_ in boxes]))

    def battery(self, identity, topic, short, wording, scale, statements, base=None, poles=None, **more):
        extra = list(UNANSWERED) if more.pop("unanswered", False) else []
        extra += UNASKED if base else []
        items = []
        for name, da, en, item in statements:
            self.variable(name, f"{short[0]}: {da}", f"{short[1]}: {en}", kind="ordinal", values=list(scale) + extra)
            items.append({"var": name, "label": text(da, en), **item})
        self.question(identity, topic, "battery", short, wording, items, base, poles=poles, **more)

    def unknown(self):
        """The codes of each variable that are no answer at all."""
        return {
            v["name"]: [x["code"] for x in v.get("values", []) if x.get("is") in ("missing", "not_asked", "refused")]
            for v in self.variables
        }

    def json(self, synthetic):
        actors = {item.get("actor") for q in self.questions for item in q["items"]}
        book = {"isobar_codebook": 1, "id": self.identity, "title": text(*self.title)}
        if synthetic:
            book["synthetic"] = True
            book["source"] = text(*self.source[1])
        else:
            book["source"] = text(*self.source[0])
        book["unit"] = text(*self.unit)
        book["topics"] = self.topics
        book["actors"] = [{"id": i, "label": text(da, en)} for i, da, en in ACTORS if i in actors]
        book["bases"] = self.bases
        book["variables"] = self.variables
        book["questions"] = self.questions
        if self.response:
            book["response"] = self.response
        return book
