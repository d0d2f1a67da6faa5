"""The Innovation Barometer, workplaces, round 2: the codebook, in Danish and English."""

import csv
from pathlib import Path

from .codebook import (
    AGREE, Codebook, DONT_KNOW, NOT_ASKED, NOT_RELEVANT, YES_NO, text, value,
)

BRANCH_NAMES = [
    ("Offentlig administration", "Public administration"),
    ("Beskæftigelse", "Employment services"),
    ("Udvikling og erhvervsfremme", "Development and business promotion"),
    ("Politi og retsvæsen", "Police and courts"),
    ("Brandvæsen", "Fire services"),
    ("Folkeskoler m.fl.", "Primary and lower secondary schools etc."),
    ("Ungdomsuddannelser m.fl.", "Upper secondary education etc."),
    ("Videregående uddannelser", "Higher education"),
    ("Sundhed", "Health"),
    ("Ældre og handicap", "Older people and disability"),
    ("Socialområdet", "Social services"),
    ("Børnepasning", "Childcare"),
    ("Biblioteker", "Libraries"),
    ("Museer", "Museums"),
    ("Øvrig sport og kultur", "Other sports and culture"),
    ("Park og vej", "Parks and roads"),
    ("Manuel service", "Manual services"),
    ("Øvrige", "Other"),
]

TYPES = [
    ("produkt", "Produktinnovation", "Product innovation"),
    ("service", "Serviceinnovation", "Service innovation"),
    ("proces", "Proces- eller organisatorisk innovation", "Process or organisational innovation"),
    ("kommunikation", "Kommunikationsinnovation", "Communication innovation"),
]

VALUES = [
    ("kvalitet", "Kvalitet", "Quality"),
    ("effektivitet", "Effektivitet", "Efficiency"),
    ("tilfredshed", "Medarbejdertilfredshed", "Employee satisfaction"),
    ("inddragelse", "Borgerinddragelse", "Citizen involvement"),
]

# name, da, en, group, actor
INITIATORS = [
    ("medarbejdere", "Medarbejdere på arbejdspladsen", "Employees at the workplace", "egen", "own_organisation"),
    ("ledere", "Ledere på arbejdspladsen", "Managers at the workplace", "egen", "own_organisation"),
    ("forandring", "Organisationsforandringer", "Organisational changes", "egen", "own_organisation"),
    ("politisk", "Nærmeste politiske ledelse", "Nearest political leadership", "egen", "own_organisation"),
    ("borgere", "Borgerne", "Citizens", "andre", "citizens"),
    ("offentlige", "Andre offentlige arbejdspladser", "Other public workplaces", "andre", "other_public"),
    ("viden", "Vidensinstitutioner", "Knowledge institutions", "andre", "knowledge"),
    ("virksomheder", "Private virksomheder", "Private companies", "andre", "companies"),
    ("foreninger", "Frivillige foreninger", "Voluntary associations", "andre", "associations"),
    ("fonde", "Fonde", "Foundations", "andre", "foundations"),
    ("udland", "Udlandet", "Abroad", "andre", "abroad"),
    ("love", "Love og nationalt fastsatte politiske krav", "Laws and nationally set political requirements", "ramme", None),
    ("oekonomi", "Økonomisk pres", "Economic pressure", "ramme", None),
    ("teknologi", "Ny teknologi", "New technology", "ramme", None),
    ("andet", "Andet", "Other", None, None),
]

FACTORS = [
    ("medarbejdere", "Den måde, medarbejderne medvirker på", "The way employees contribute", "own_organisation"),
    ("samarbejde", "Den måde, vi samarbejder på tværs af arbejdspladsen på", "The way we collaborate across the workplace", "own_organisation"),
    ("borgere", "Den måde, borgere medvirker på", "The way citizens contribute", "citizens"),
    ("forandring", "Organisationsforandringer", "Organisational changes", "own_organisation"),
    ("drift", "Fokus på sikker drift", "Focus on safe operation", "own_organisation"),
    ("fejl", "Den måde, vi håndterer fejl på", "The way we handle errors", "own_organisation"),
    ("politisk", "Nærmeste politiske ledelse", "Nearest political leadership", "own_organisation"),
    ("teknologi", "Ny teknologi", "New technology", None),
    ("viden", "Den måde, vidensinstitutioner medvirker på", "The way knowledge institutions contribute", "knowledge"),
    ("love", "Love og nationalt fastsatte politiske krav", "Laws and nationally set political requirements", None),
    ("ressourcer", "Begrænsede økonomiske ressourcer", "Limited economic resources", None),
    ("virksomheder", "Den måde, private virksomheder medvirker på", "The way private companies contribute", "companies"),
    ("foreninger", "Den måde, frivillige foreninger medvirker på", "The way voluntary associations contribute", "associations"),
    ("fonde", "Den måde, fonde medvirker på", "The way foundations contribute", "foundations"),
]

PARTNERS = [
    ("intern", "Andre offentlige arbejdspladser inden for samme kommune, region eller ministerområde",
     "Other public workplaces within the same municipality, region or ministry", "intern", "own_organisation"),
    ("offentlig", "Offentlige arbejdspladser uden for egen kommune, region eller ministerområde",
     "Public workplaces outside own municipality, region or ministry", "ekstern", "other_public"),
    ("virksomheder", "Private virksomheder", "Private companies", "ekstern", "companies"),
    ("borgere", "Borgere", "Citizens", "ekstern", "citizens"),
    ("foreninger", "Frivillige foreninger", "Voluntary associations", "ekstern", "associations"),
    ("viden", "Vidensinstitutioner", "Knowledge institutions", "ekstern", "knowledge"),
    ("fonde", "Fonde", "Foundations", "ekstern", "foundations"),
    ("udland", "Udlandet", "Abroad", "ekstern", "abroad"),
]

FINANCING = [
    ("eget", "Arbejdspladsens eget budget", "The workplace's own budget"),
    ("organisation", "Midler fra kommunen, regionen eller ministerområdet", "Funds from the municipality, region or ministry"),
    ("stat", "Statslige puljer", "State pools"),
    ("fonde", "Private eller almennyttige fonde", "Private or non-profit foundations"),
    ("eu", "EU-midler", "EU funds"),
    ("virksomheder", "Private virksomheder", "Private companies"),
    ("ingen", "Innovationen krævede ingen særskilt finansiering", "The innovation needed no separate financing"),
]

CHANNELS = [
    ("moeder", "Møder og netværk med andre arbejdspladser", "Meetings and networks with other workplaces"),
    ("besoeg", "Besøg på arbejdspladsen", "Visits to the workplace"),
    ("oplaeg", "Oplæg på konferencer eller temadage", "Talks at conferences or theme days"),
    ("skriftligt", "Artikler, nyhedsbreve eller hjemmeside", "Articles, newsletters or website"),
    ("medier", "Sociale medier", "Social media"),
    ("ledelse", "Gennem vores øverste ledelse eller forvaltning", "Through our top management or administration"),
]

CULTURE = [
    ("forslag", "Medarbejderne opfordres til at komme med forslag til nye løsninger", "Employees are encouraged to suggest new solutions"),
    ("proeve", "Vi prøver nye løsninger af, selvom der er risiko for, at de ikke virker", "We try out new solutions even if they may not work"),
    ("fejl", "Vi bruger fejl til at lære af", "We use errors to learn from"),
    ("tid", "Der er afsat tid til at udvikle nye løsninger", "Time is set aside to develop new solutions"),
    ("ledelse", "Ledelsen støtter op om medarbejdere, der går nye veje", "Management supports employees who try new paths"),
    ("andre", "Vi leder systematisk efter løsninger, som andre har udviklet", "We systematically look for solutions that others have developed"),
    ("borgere", "Vi inddrager dem, vi er til for, når vi udvikler nye løsninger", "We involve those we are here for when we develop new solutions"),
]


def background(book):
    """The strata's variables."""
    book.variable("sektor", "Sektor", "Sector", role="sector", values=[
        value(1, "Kommune", "Municipality"), value(2, "Region", "Region"), value(3, "Stat", "State")])
    book.variable("branche", "Branche", "Branch", role="branch", values=[
        value(i, da, en) for i, (da, en) in enumerate(BRANCH_NAMES, 1)])
    book.variable("region", "Region (geografisk)", "Region (geographical)", role="region", values=[
        value(1, "Nordjylland", "North Jutland"), value(2, "Midtjylland", "Central Jutland"),
        value(3, "Syddanmark", "Southern Denmark"), value(4, "Hovedstaden", "Capital Region"), value(5, "Sjælland", "Zealand")])
    book.variable("stoerrelse", "Arbejdspladsens størrelse", "Size of the workplace", kind="ordinal", role="size", values=[
        value(1, "3-49 ansatte", "3-49 employees"), value(2, "50-99 ansatte", "50-99 employees"),
        value(3, "100-249 ansatte", "100-249 employees"), value(4, "250 eller flere ansatte", "250 or more employees")])


def design(book):
    book.variable("stratum", "Stratum (størrelse × region × branche)", "Stratum (size × region × branch)", role="stratum")
    book.variable("stratum_pop", "Arbejdspladser i stratum (population)", "Workplaces in the stratum (population)", kind="numeric", role="population_size")
    book.variable("vaegt", "Vægt (efterstratificeret)", "Weight (post-stratified)", kind="numeric", role="weight")


def initiators(book, names):
    """Who or what led to the latest innovation, as far as asked."""
    groups = [("egen", "Egen organisation", "Own organisation"), ("andre", "Andre aktører uden for arbejdspladsen", "Other actors outside the workplace"),
              ("ramme", "Rammebetingelser", "Framework conditions")]
    asked = [i for i in INITIATORS if i[0] in names]
    book.multiple(
        "igangsaettere", "drivers", ("Igangsættere", "Initiators"),
        ("Hvem eller hvad førte primært til, at I igangsatte den seneste innovation på din arbejdsplads?",
         "Who or what primarily led to your initiating the latest innovation at your workplace?"),
        [(f"init_{n}", da, en, {**({"actor": a} if a else {}), **({"group": g} if g else {})}) for n, da, en, g, a in asked]
        + [("init_vedikke", "Ved ikke", "Don't know", {"is": "dont_know"})],
        base="innovative", max=3,
        groups=[{"id": g, "label": text(da, en)} for g, da, en in groups],
        unions=[{"id": f"init_gruppe_{g}", "label": text(da, en), "items": [f"init_{i[0]}" for i in asked if i[3] == g],
                 "highlight": True} for g, da, en in groups])


def partners(book, names, unions=()):
    """Who collaborated on it, as far as asked."""
    asked = [p for p in PARTNERS if p[0] in names]
    variables = [f"partner_{p[0]}" for p in asked]
    book.multiple(
        "partnere", "collaboration", ("Samarbejdspartnere", "Collaboration partners"),
        ("Samarbejdede jeres arbejdsplads med nogle af de følgende under udviklingen af den seneste innovation?",
         "Did your workplace collaborate with any of the following during the development of the latest innovation?"),
        [(f"partner_{n}", da, en, {"actor": a, "group": g}) for n, da, en, g, a in asked]
        + [("partner_ingen", "Ingen samarbejdspartnere uden for arbejdspladsen", "No partners outside the workplace", {"is": "none"})],
        base="innovative",
        groups=[{"id": "intern", "label": text("Internt samarbejde", "Internal collaboration")},
                {"id": "ekstern", "label": text("Eksternt samarbejde", "External collaboration")}],
        unions=[
            {"id": "partner_alle", "label": text("Samarbejde med en eller flere aktører uden for arbejdspladsen", "Any collaboration with actors outside the workplace"),
             "items": variables, "highlight": True},
            {"id": "partner_ekstern", "label": text("Eksternt samarbejde", "External collaboration"), "items": variables[1:], "highlight": True},
            *unions,
        ])


def codebook():
    book = Codebook(
        "innovation-barometer-2016",
        ("Innovationsbarometeret 2016, arbejdspladser", "Innovation Barometer 2016, workplaces"),
        (
            ("Kilde: Innovationsbarometeret 2015-2016, arbejdspladser", "Source: The Danish Innovation Barometer 2015-2016, workplaces"),
            (
                "Formet efter Innovationsbarometeret 2015-2016",
                "Shaped after the Danish Innovation Barometer 2015-2016",
            ),
        ),
        ("arbejdspladser", "workplaces"),
    )
    for topic in (
        ("innovation", "Innovation", "Innovation"),
        ("value", "Værdi", "Value"),
        ("drivers", "Igangsættere", "Initiators"),
        ("factors", "Fremmende og hæmmende faktorer", "Promoting and hindering factors"),
        ("collaboration", "Samarbejde", "Collaboration"),
        ("process", "Finansiering, evaluering og spredning", "Financing, evaluation and spreading"),
        ("culture", "Innovationskultur", "Innovation culture"),
        ("background", "Baggrund", "Background"),
    ):
        book.topic(*topic)
    innovations = ("innovationer", "innovations")
    book.base("innovative", "innovativ = 1", "Innovative arbejdspladser (den seneste innovation)", "Innovative workplaces (the latest innovation)", innovations)
    book.base("ikke_innovative", "innovativ = 0", "Arbejdspladser uden en indført innovation", "Workplaces without an introduced innovation")
    book.base("innovationsarbejde", "innovativ = 1 or paabegyndt = 1", "Arbejdspladser, der har indført eller påbegyndt en innovation", "Workplaces that have introduced or begun an innovation", innovations)
    book.base("offentlig_partner", "partner_offentlig = 1", "Innovationer skabt i samarbejde med eksterne offentlige arbejdspladser", "Innovations made in collaboration with external public workplaces", innovations)
    book.base("spredte", "spredt = 1", "Innovationer, som arbejdspladsen har gjort noget for at sprede", "Innovations that the workplace has worked to spread", innovations)

    # Background
    book.variable("lobenummer", "Løbenummer", "Serial number", kind="numeric", role="id")
    background(book)
    book.variable("kommunestoerrelse", "Kommunens størrelse (indbyggere)", "Size of the municipality (inhabitants)", kind="ordinal", values=[
        value(1, "Under 30.000", "Below 30,000"), value(2, "30.000-49.999", "30,000-49,999"),
        value(3, "50.000-79.999", "50,000-79,999"), value(4, "80.000 eller flere", "80,000 or more"),
        value(NOT_ASKED, "Ikke en kommunal arbejdsplads", "Not a municipal workplace", "not_asked")])
    book.single("ansatte", "background", ("Antal ansatte", "Number of employees"),
                ("Hvor mange ansatte er der på arbejdspladsen?", "How many employees does the workplace have?"), [], kind="numeric")
    book.single("hoejtuddannede", "background", ("Andel højtuddannede (pct.)", "Share with a higher education (%)"),
                ("Hvor stor en andel af de ansatte har en videregående uddannelse?", "What share of the employees has a higher education?"), [], kind="numeric")
    book.variable("respondenttype", "Respondentens stilling", "Position of the respondent", role="respondent_type", values=[
        value(1, "Øverste leder på arbejdspladsen", "Top manager of the workplace"), value(2, "Anden leder", "Other manager"),
        value(3, "Medarbejder udpeget af lederen", "Employee appointed by the manager")])
    design(book)

    # 1 Introduced
    book.variable("innovativ", "Innovativ arbejdsplads (har indført mindst én innovation i 2015-2016)",
                  "Innovative workplace (has introduced at least one innovation in 2015-2016)", values=YES_NO)
    book.multiple(
        "indfoert", "innovation", ("Indførte innovationer", "Introduced innovations"),
        ("Har arbejdspladsen indført en innovation i perioden 2015-2016 (innovationstype)?",
         "Has the workplace introduced an innovation of this type in 2015-2016?"),
        [(f"indf_{n}", da, en, {}) for n, da, en in TYPES]
        + [("indf_ingen", "Ingen innovation indført", "No innovation introduced", {"is": "none"})],
        unions=[{"id": "innovativ_type", "label": text("Mindst én innovation uanset type", "At least one innovation, any type"),
                 "items": [f"indf_{n}" for n, *_ in TYPES], "highlight": True}],
    )
    book.single(
        "paabegyndt", "innovation", ("Påbegyndt innovation", "Innovation begun"),
        ("Har arbejdspladsen i 2015-2016 påbegyndt arbejdet med en innovation, som endnu ikke er indført?",
         "Did the workplace in 2015-2016 begin work on an innovation that is not yet introduced?"),
        YES_NO + DONT_KNOW, base="ikke_innovative")
    # 2 Types of the latest innovation
    book.multiple(
        "seneste_type", "innovation", ("Den seneste innovations typer", "Types of the latest innovation"),
        ("Innovationstyper i den seneste innovation", "Innovation type(s) contained in the latest innovation"),
        [(f"type_{n}", da, en, {}) for n, da, en in TYPES], base="innovative")
    book.single(
        "type_antal", "innovation", ("Antal innovationstyper", "Number of innovation types"),
        ("Antal innovationstyper i den seneste innovation", "Number of innovation types contained in the latest innovation"),
        [value(1, "Én innovationstype", "One innovation type"), value(2, "To innovationstyper", "Two innovation types"),
         value(3, "Tre innovationstyper", "Three innovation types"), value(4, "Fire innovationstyper", "Four innovation types")],
        base="innovative", kind="ordinal")
    # 3 Novelty
    book.single(
        "nyhed", "innovation", ("Nyhedsværdi", "Novelty"), ("For den seneste innovation var...?", "For the latest innovation, was ...?"),
        [value(1, "Den første af sin slags", "The first of its kind"),
         value(2, "Inspireret af andres løsninger, men væsentligt tilpasset", "Inspired by others, but significantly adapted"),
         value(3, "I vidt omfang en kopi af andres løsninger", "Largely a copy of others' solutions")] + DONT_KNOW,
        base="innovative")
    # 4 Values
    book.multiple(
        "vaerdier", "value", ("Skabt værdi", "Value created"),
        ("Hvilken form for værdi har arbejdspladsen skabt med den seneste innovation?", "Which value(s) has the latest innovation created?"),
        [(f"vaerdi_{n}", da, en, {}) for n, da, en in VALUES]
        + [("vaerdi_anden", "Anden værdi", "Other value", {}),
           ("vaerdi_ingen", "Har endnu ikke skabt værdi", "Has not created value yet", {"is": "none"}),
           ("vaerdi_vedikke", "Ved ikke", "Don't know", {"is": "dont_know"})],
        base="innovative")
    book.single(
        "vaerdi_antal", "value", ("Antal værdityper", "Number of value types"),
        ("Antal værdityper, som den seneste innovation har skabt", "Number of value types that the latest innovation has created"),
        [value(0, "Ingen angivet", "None stated"), value(1, "Én værditype", "One value type"), value(2, "To værdityper", "Two value types"),
         value(3, "Tre værdityper", "Three value types"), value(4, "Fire værdityper", "Four value types"),
         value(5, "Fem værdityper", "Five value types")], base="innovative", kind="ordinal")
    # 5 Initiators
    initiators(book, [i[0] for i in INITIATORS])
    # 6 Factors
    book.battery(
        "faktorer", "factors", ("Faktorer", "Factors"),
        ("Tænk konkret på det seneste innovationsarbejde på jeres arbejdsplads: Hvilke faktorer fremmede eller hæmmede innovationsprocessen?",
         "Think concretely of the latest innovation work at your workplace: which factors promoted or hindered the innovation process?"),
        [value(1, "Hæmmede", "Hindered"), value(2, "Fremmede", "Promoted")] + NOT_RELEVANT + DONT_KNOW,
        [(f"faktor_{n}", da, en, {"actor": a} if a else {}) for n, da, en, a in FACTORS],
        base="innovationsarbejde", poles={"negative": [1], "positive": [2]})
    # 7 Partners
    partners(book, [p[0] for p in PARTNERS], [
        {"id": "partner_civile", "label": text("Borgere og/eller frivillige foreninger", "Citizens and/or voluntary associations"),
         "items": ["partner_borgere", "partner_foreninger"]},
        {"id": "partner_offentlige_alene", "label": text("Rent offentlige samarbejder", "Purely public collaboration"),
         "items": ["partner_intern", "partner_offentlig"], "none_of": [f"partner_{p[0]}" for p in PARTNERS[2:]]}])
    book.multiple(
        "partner_sektor", "collaboration", ("Offentlige partneres sektor", "Sector of public partners"),
        ("I hvilken sektor var de offentlige arbejdspladser uden for jeres egen kommune, region eller ministerområde?",
         "In which sector were the public workplaces outside your own municipality, region or ministry?"),
        [("ekstern_kommune", "Kommune", "Municipality", {}), ("ekstern_region", "Region", "Region", {}), ("ekstern_stat", "Stat", "State", {})],
        base="offentlig_partner")
    # 8 Process
    book.multiple(
        "finansiering", "process", ("Finansiering", "Financing"),
        ("Hvordan blev den seneste innovation finansieret?", "How was the latest innovation financed?"),
        [(f"fin_{n}", da, en, {"is": "none"} if n == "ingen" else {}) for n, da, en in FINANCING]
        + [("fin_vedikke", "Ved ikke", "Don't know", {"is": "dont_know"})], base="innovative", unanswered=True)
    book.single(
        "udviklingstid", "process", ("Udviklingstid i måneder", "Development time in months"),
        ("Hvor mange måneder gik der fra idé, til den seneste innovation var taget i brug?",
         "How many months passed from the idea until the latest innovation was in use?"),
        [value(997, "Ved ikke", "Don't know", "dont_know"), value(998, "Uoplyst", "No answer", "missing"),
         value(999, "Ikke spurgt", "Not asked", "not_asked")], kind="numeric", dont_know="drop")
    book.questions[-1]["base"] = "innovative"
    book.single(
        "evaluering", "process", ("Evaluering", "Evaluation"), ("Er den seneste innovation blevet evalueret?", "Has the latest innovation been evaluated?"),
        [value(1, "Ja, af arbejdspladsen selv", "Yes, by the workplace itself"), value(2, "Ja, af andre", "Yes, by others"),
         value(3, "Nej, men det er planlagt", "No, but it is planned"), value(4, "Nej", "No")] + DONT_KNOW, base="innovative", unanswered=True)
    book.single(
        "spredt", "process", ("Indsats for spredning", "Work to spread"),
        ("Har I gjort noget for at sprede den seneste innovation til andre arbejdspladser?", "Have you worked to spread the latest innovation to other workplaces?"),
        YES_NO + DONT_KNOW, base="innovative", unanswered=True)
    book.multiple(
        "spredning", "process", ("Veje til spredning", "Ways of spreading"),
        ("Hvordan har I spredt den seneste innovation?", "How have you spread the latest innovation?"),
        [(f"spred_{n}", da, en, {}) for n, da, en in CHANNELS] + [("spred_andet", "Andet", "Other", {})], base="spredte")
    book.single(
        "genbrugt", "process", ("Genbrugt af andre", "Reused by others"),
        ("Har andre arbejdspladser taget den seneste innovation i brug?", "Have other workplaces taken up the latest innovation?"),
        YES_NO + DONT_KNOW, base="innovative", unanswered=True)
    book.battery(
        "kultur", "culture", ("Kultur", "Culture"),
        ("Hvor enig eller uenig er du i følgende udsagn om jeres arbejdsplads?", "How much do you agree or disagree with the following statements about your workplace?"),
        AGREE + NOT_RELEVANT + DONT_KNOW, [(f"kultur_{n}", da, en, {}) for n, da, en in CULTURE],
        poles={"negative": [1, 2], "positive": [4, 3]}, unanswered=True)
    published = Path(__file__).resolve().parents[2] / "tests" / "reference" / "sampling_tables.csv"
    with open(published, encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    book.sampled("sektor", [row for row in rows if row["table"] == "Table 6.1"])
    book.sampled("branche", [row for row in rows if row["table"] == "Table 6.2"])
    return book
