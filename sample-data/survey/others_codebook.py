"""The codebooks of the barometer's next round, and of the Norwegian survey that the publications set beside it."""

from .barometer_codebook import FACTORS, INITIATORS, PARTNERS, TYPES, VALUES, background, design, initiators, partners
from .codebook import Codebook, DONT_KNOW, NOT_RELEVANT, YES_NO, text, value

INNOVATIONS = ("innovationer", "innovations")
TOPICS = (
    ("innovation", "Innovation", "Innovation"),
    ("value", "Værdi", "Value"),
    ("drivers", "Igangsættere", "Initiators"),
    ("factors", "Fremmende og hæmmende faktorer", "Promoting and hindering factors"),
    ("collaboration", "Samarbejde", "Collaboration"),
    ("background", "Baggrund", "Background"),
)


def begun(identity, title, source, shape):
    book = Codebook(identity, title, (source, shape), ("arbejdspladser", "workplaces"))
    book.base("innovative", "innovativ = 1", "Innovative arbejdspladser (den seneste innovation)", "Innovative workplaces (the latest innovation)", INNOVATIONS)
    book.variable("lobenummer", "Løbenummer", "Serial number", kind="numeric", role="id")
    return book


def later():
    book = begun(
        "innovation-barometer-2019", ("Innovationsbarometeret 2019, arbejdspladser", "Innovation Barometer 2019, workplaces"),
        ("Kilde: Innovationsbarometeret 2018-2019, arbejdspladser", "Source: The Danish Innovation Barometer 2018-2019, workplaces"),
        ("Formet efter Innovationsbarometeret 2018-2019", "Shaped after the Danish Innovation Barometer 2018-2019"))
    for topic in TOPICS:
        book.topic(*topic)
    background(book)
    design(book)
    book.variable("innovativ", "Innovativ arbejdsplads (har indført mindst én innovation i 2018-2019)",
                  "Innovative workplace (has introduced at least one innovation in 2018-2019)", values=YES_NO)
    book.multiple(
        "indfoert", "innovation", ("Indførte innovationer", "Introduced innovations"),
        ("Har arbejdspladsen indført en innovation i perioden 2018-2019 (innovationstype)?",
         "Has the workplace introduced an innovation of this type in 2018-2019?"),
        [(f"indf_{n}", da, en, {}) for n, da, en in TYPES]
        + [("indf_ingen", "Ingen innovation indført", "No innovation introduced", {"is": "none"})],
        unions=[{"id": "innovativ_type", "label": text("Mindst én innovation uanset type", "At least one innovation, any type"),
                 "items": [f"indf_{n}" for n, *_ in TYPES], "highlight": True}])
    book.multiple(
        "seneste_type", "innovation", ("Den seneste innovations typer", "Types of the latest innovation"),
        ("Innovationstyper i den seneste innovation", "Innovation type(s) contained in the latest innovation"),
        [(f"type_{n}", da, en, {}) for n, da, en in TYPES], base="innovative")
    book.single(
        "nyhed", "innovation", ("Nyhedsværdi", "Novelty"), ("For den seneste innovation var...?", "For the latest innovation, was ...?"),
        [value(1, "Den første af sin slags", "The first of its kind"),
         value(2, "Inspireret af andres løsninger, men væsentligt tilpasset", "Inspired by others, but significantly adapted"),
         value(3, "I vidt omfang en kopi af andres løsninger", "Largely a copy of others' solutions")] + DONT_KNOW,
        base="innovative")
    book.multiple(
        "vaerdier", "value", ("Skabt værdi", "Value created"),
        ("Hvilken form for værdi har arbejdspladsen skabt med den seneste innovation?", "Which value(s) has the latest innovation created?"),
        [(f"vaerdi_{n}", da, en, {}) for n, da, en in VALUES]
        + [("vaerdi_politisk", "Opfyldelse af politiske mål", "Political goals achieved", {}),
           ("vaerdi_anden", "Anden værdi", "Other value", {}),
           ("vaerdi_ingen", "Har endnu ikke skabt værdi", "Has not created value yet", {"is": "none"}),
           ("vaerdi_vedikke", "Ved ikke", "Don't know", {"is": "dont_know"})],
        base="innovative")
    initiators(book, [i[0] for i in INITIATORS])
    book.battery(
        "faktorgrader", "factors", ("Faktorer", "Factors"),
        ("Tænk konkret på det seneste innovationsarbejde på jeres arbejdsplads: I hvilken grad fremmede eller hæmmede disse faktorer innovationsprocessen?",
         "Think concretely of the latest innovation work at your workplace: to what degree did these factors promote or hinder the innovation process?"),
        [value(1, "Hæmmede i høj grad", "Hindered to a high degree"), value(2, "Hæmmede i nogen grad", "Hindered to some degree"),
         value(3, "Fremmede i nogen grad", "Promoted to some degree"), value(4, "Fremmede i høj grad", "Promoted to a high degree")] + NOT_RELEVANT + DONT_KNOW,
        [(f"faktorgrad_{n}", da, en, {"actor": a} if a else {}) for n, da, en, a in FACTORS],
        base="innovative", poles={"negative": [1, 2], "positive": [4, 3]})
    partners(book, [p[0] for p in PARTNERS])
    return book


def norway():
    book = begun(
        "norway-2017", ("Norske kommunale arbejdspladser 2017", "Norwegian municipal workplaces 2017"),
        ("Kilde: KS, Norge 2017, kommunale arbejdspladser", "Source: KS, Norway 2017, municipal workplaces"),
        ("Formet efter KS' undersøgelse i Norge 2017", "Shaped after the survey of KS in Norway 2017"))
    for topic in TOPICS:
        if topic[0] in ("innovation", "drivers", "factors", "collaboration"):
            book.topic(*topic)
    book.variable("sektor", "Sektor", "Sector", role="sector", values=[value(1, "Kommune", "Municipality")])
    book.single("innovativ", "innovation", ("Innovativ arbejdsplads", "Innovative workplace"),
                ("Har arbejdspladsen indført mindst én innovation?", "Has the workplace introduced at least one innovation?"), YES_NO)
    # Foundations were not asked about.
    asked = [p[0] for p in PARTNERS if p[0] != "fonde"]
    initiators(book, [i[0] for i in INITIATORS if i[0] != "fonde"])
    book.battery(
        "faktorer", "factors", ("Faktorer", "Factors"),
        ("Tænk konkret på det seneste innovationsarbejde på jeres arbejdsplads: Hvilke faktorer fremmede eller hæmmede innovationsprocessen?",
         "Think concretely of the latest innovation work at your workplace: which factors promoted or hindered the innovation process?"),
        [value(1, "Hæmmede", "Hindered"), value(2, "Fremmede", "Promoted")] + NOT_RELEVANT + DONT_KNOW,
        [(f"faktor_{n}", da, en, {"actor": a} if a else {}) for n, da, en, a in FACTORS if n != "fonde"],
        base="innovative", poles={"negative": [1], "positive": [2]})
    partners(book, asked)
    return book
