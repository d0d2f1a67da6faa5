"""The Innovation Barometer, organisations: the codebook, in Danish and English."""

from .codebook import Codebook, DONT_KNOW, text, value

ACTORS_DA = [
    ("offentlige", "offentlige arbejdspladser uden for egen organisation", "public workplaces outside own organisation", "other_public"),
    ("virksomheder", "private virksomheder", "private companies", "companies"),
    ("borgere", "borgere", "citizens", "citizens"),
    ("foreninger", "frivillige foreninger", "voluntary associations", "associations"),
    ("viden", "vidensinstitutioner", "knowledge institutions", "knowledge"),
    ("fonde", "fonde", "foundations", "foundations"),
    ("udland", "udenlandske aktører", "actors abroad", "abroad"),
]
STRATEGY = [(n, f"Samarbejde med {da}", f"Collaboration with {en}", {"actor": a}) for n, da, en, a in ACTORS_DA] + [
    ("internt", "Samarbejde på tværs i egen organisation", "Collaboration across own organisation", {"actor": "own_organisation"}),
    ("kultur", "Innovationskultur og kompetencer", "Innovation culture and competences", {}),
    ("effektiv", "Effektivisering", "Efficiency improvements", {}),
    ("digital", "Ny teknologi og digitalisering", "New technology and digitalisation", {}),
]
UNIT = [
    ("raadgiver", "Rådgiver arbejdspladser om innovation", "Advises workplaces on innovation", {}),
    ("projekter", "Gennemfører innovationsprojekter", "Carries out innovation projects", {}),
    ("kurser", "Holder kurser og opbygger kompetencer", "Gives courses and builds competences", {}),
    ("offentlige", "Skaber samarbejde med andre offentlige organisationer", "Creates collaboration with other public organisations", {"actor": "other_public"}),
    ("virksomheder", "Skaber samarbejde med private virksomheder", "Creates collaboration with private companies", {"actor": "companies"}),
    ("borgere", "Inddrager borgere og civilsamfund", "Involves citizens and civil society", {"actor": "citizens"}),
    ("viden", "Skaber samarbejde med vidensinstitutioner", "Creates collaboration with knowledge institutions", {"actor": "knowledge"}),
]
POOL = [
    ("afproevning", "Finansiere afprøvning af nye idéer", "Finance the testing of new ideas", {}),
    ("frikoeb", "Frikøbe medarbejdere til innovationsarbejde", "Free employees' time for innovation work", {}),
    ("virksomheder", "Finansiere partnerskaber med og indkøb fra private virksomheder", "Finance partnerships with and purchases from private companies", {"actor": "companies"}),
    ("viden", "Finansiere partnerskaber med og indkøb fra videregående uddannelses- eller forskningsinstitutioner",
     "Finance partnerships with and purchases from higher-education or research institutions", {"actor": "knowledge"}),
    ("medfinansiering", "Øge mulighederne for at hente ekstern finansiering fra puljer/fonde ved at sikre påkrævet egen medfinansiering",
     "Improve the possibilities of obtaining external financing from pools/foundations by securing required co-financing", {"actor": "foundations"}),
    ("offentlige", "Styrke samarbejde med andre offentlige organisationer", "Strengthen collaboration with other public organisations", {"actor": "other_public"}),
    ("borgere", "Styrke samarbejde med borgere", "Strengthen collaboration with citizens", {"actor": "citizens"}),
    ("foreninger", "Styrke samarbejde med frivillige foreninger", "Strengthen collaboration with voluntary associations", {"actor": "associations"}),
    ("udland", "Styrke samarbejde med udenlandske aktører", "Strengthen collaboration with actors abroad", {"actor": "abroad"}),
]
OUTWARD = ["virksomheder", "viden", "medfinansiering", "offentlige", "borgere", "foreninger", "udland"]


def codebook():
    book = Codebook(
        "organisations-2016",
        ("Innovationsbarometeret 2016, organisationer", "Innovation Barometer 2016, organisations"),
        (
            ("Kilde: Innovationsbarometeret 2016, organisationer", "Source: The Danish Innovation Barometer 2016, organisations"),
            ("Formet efter Innovationsbarometeret 2016, organisationer",
             "Shaped after the Danish Innovation Barometer 2016, organisations"),
        ),
        ("organisationer", "organisations"),
    )
    for topic in (("strategy", "Strategi", "Strategy"), ("unit", "Innovationsenhed", "Innovation unit"), ("pool", "Innovationspulje", "Innovation pool"), ("background", "Baggrund", "Background")):
        book.topic(*topic)
    organisations = ("organisationer", "organisations")
    book.base("med_strategi", "innovationsstrategi in (1, 2)", "Organisationer med en innovationsstrategi (eller en undervejs)", "Organisations with an innovation strategy (or one on its way)", organisations)
    book.base("med_enhed", "innovationsenhed in (1, 2)", "Organisationer med en innovationsenhed (eller en undervejs)", "Organisations with an innovation unit (or one on its way)", organisations)
    book.base("med_pulje", "innovationspulje = 1", "Organisationer med en innovationspulje", "Organisations with an innovation pool", organisations)
    book.variable("org_nummer", "Løbenummer", "Serial number", kind="numeric", role="id")
    book.variable("organisationstype", "Organisationstype", "Type of organisation", role="sector", values=[
        value(1, "Kommune", "Municipality"), value(2, "Region", "Region"), value(3, "Ministerområde", "Ministry")])
    book.variable("topchef", "Respondentens stilling", "Position of the respondent", role="respondent_type", values=[
        value(1, "Kommunaldirektør, regionsdirektør eller departementschef", "Chief executive"),
        value(2, "Direktør eller vicedirektør", "Director or deputy director"), value(3, "Anden udpeget af topchefen", "Other, appointed by the chief executive")])
    book.single("aarsvaerk", "background", ("Årsværk", "Full-time equivalents"), ("Hvor mange årsværk er der i organisationen?", "How many full-time equivalents does the organisation have?"), [], kind="numeric")
    status = [value(1, "Ja", "Yes, has"), value(2, "Nej, men den er undervejs", "No, but it is on its way"), value(3, "Nej", "No")]
    book.single("innovationsstrategi", "strategy", ("Innovationsstrategi", "Innovation strategy"),
                ("Har organisationen en skriftlig innovationsstrategi?", "Does the organisation have a written innovation strategy?"), status + DONT_KNOW, unanswered=True)
    book.multiple("strategifokus", "strategy", ("Strategiens fokusområder", "Focus areas of the strategy"),
                  ("Hvilke fokusområder har innovationsstrategien?", "Which focus areas does the innovation strategy have?"),
                  [(f"strategi_{n}", da, en, item) for n, da, en, item in STRATEGY], base="med_strategi", unanswered=True,
                  unions=[{"id": "strategi_ekstern", "label": text("Fokus på samarbejde med en eller flere eksterne samarbejdspartnere", "Any focus on collaboration with external partners"),
                           "items": [f"strategi_{a[0]}" for a in ACTORS_DA], "highlight": True}])
    book.single("innovationsenhed", "unit", ("Innovationsenhed", "Innovation unit"),
                ("Har organisationen en enhed, der arbejder med innovation på tværs?", "Does the organisation have a unit that works with innovation across the organisation?"), status + DONT_KNOW, unanswered=True)
    book.multiple("enhedsopgaver", "unit", ("Enhedens opgaver", "Tasks of the unit"), ("Hvilke opgaver har innovationsenheden?", "Which tasks does the innovation unit have?"),
                  [(f"enhed_{n}", da, en, item) for n, da, en, item in UNIT], base="med_enhed",
                  unions=[{"id": "enhed_ekstern", "label": text("Mindst én opgave rettet mod aktører uden for organisationen", "At least one task directed at actors outside the organisation"),
                           "items": [f"enhed_{n}" for n in ("offentlige", "virksomheder", "borgere", "viden")], "highlight": True}])
    book.single("innovationspulje", "pool", ("Innovationspulje", "Innovation pool"),
                ("Har organisationen en pulje, der finansierer innovation?", "Does the organisation have a pool that finances innovation?"), status + DONT_KNOW, unanswered=True)
    book.multiple("puljeformaal", "pool", ("Puljens formål", "Purposes of the pool"), ("Hvilke formål har innovationspuljen?", "Which purposes does the innovation pool have?"),
                  [(f"pulje_{n}", da, en, item) for n, da, en, item in POOL], base="med_pulje",
                  unions=[{"id": "pulje_samarbejde", "label": text("Styrke samarbejde med aktører uden for arbejdspladsen", "Strengthen collaboration with actors outside the workplace"),
                           "items": [f"pulje_{n}" for n in OUTWARD if n != "medfinansiering"], "highlight": True}])
    book.single("puljestoerrelse", "pool", ("Puljens størrelse (1.000 kr.)", "Size of the pool (DKK 1,000)"),
                ("Hvor stor var innovationspuljen i 2016 (1.000 kr.)?", "How large was the innovation pool in 2016 (DKK 1,000)?"),
                [value(99997, "Ved ikke", "Don't know", "dont_know"), value(99999, "Ikke spurgt", "Not asked", "not_asked")], kind="numeric", dont_know="drop")
    book.questions[-1]["base"] = "med_pulje"
    return book
