"""ARENA, politicians: the codebook, in Danish and English."""

from .codebook import AGREE, Codebook, DONT_KNOW, NOT_RELEVANT, YES_NO, text, value

CONTEXTS = [
    ("udvalg", "Stående udvalg", "Standing committee"),
    ("projektudvalg", "Projektudvalg (§ 17, stk. 4-udvalg eller opgaveudvalg)", "Project committee (section 17.4 or task committee)"),
    ("raad", "Kommunalbestyrelsen/regionsrådet som helhed", "Municipal/regional council as a whole"),
    ("oekonomi", "Økonomiudvalg eller forretningsudvalg", "Finance or executive committee"),
    ("parti", "Partigruppen", "Party group"),
    ("andet", "Anden sammenhæng", "Another context"),
]
PHASES = [
    ("igangsat", "Været med til at igangsætte innovationsarbejde for at finde nye løsninger på udvalgte udfordringer",
     "Took part in initiating innovation work to find new solutions to selected challenges"),
    ("ide", "Kommet med idéer til nye løsninger", "Came up with ideas for new solutions"),
    ("opbakning", "Bakket op om, at andre kunne arbejde med at skabe nye løsninger", "Backed up that others could work on creating new solutions"),
    ("besluttet", "Besluttet, at en ny løsning skulle indføres", "Decided that a new solution should be introduced"),
    ("fulgt", "Fulgt op på, om den nye løsning skabte resultater", "Followed up on whether the new solution created results"),
    ("spredt", "Været med til at sprede løsningen til andre", "Helped spread the solution to others"),
]
INITIATORS = [
    ("raad", "Kommunalbestyrelsen/regionsrådet", "The municipal/regional council", "own_organisation"),
    ("selv", "Mig selv som politiker", "Myself as a politician", "own_organisation"),
    ("medarbejdere", "Medarbejdere i kommunen/regionen", "Employees in the municipality/region", "own_organisation"),
    ("ledere", "Ledere i kommunen/regionen", "Managers in the municipality/region", "own_organisation"),
    ("oekonomi", "Økonomisk pres i kommunen/regionen", "Economic pressure in the municipality/region", None),
    ("borgere", "Borgere", "Citizens", "citizens"),
    ("andre_kommuner", "Inspiration fra andre kommuner eller regioner", "Inspiration from other municipalities or regions", "other_public"),
    ("virksomheder", "Private virksomheder", "Private companies", "companies"),
    ("foreninger", "Frivillige foreninger", "Voluntary associations", "associations"),
    ("viden", "Vidensinstitutioner", "Knowledge institutions", "knowledge"),
    ("fonde", "Fonde", "Foundations", "foundations"),
    ("udland", "Inspiration fra udlandet", "Inspiration from abroad", "abroad"),
    ("love", "Love og nationale krav", "Laws and nationally set requirements", None),
    ("teknologi", "Ny teknologi", "New technology", None),
    ("andet", "Andet", "Other", None),
]
TYPES = [
    ("produkt", "Et nyt eller væsentligt forbedret produkt", "A new or significantly improved product"),
    ("service", "En ny eller væsentligt forbedret service", "A new or significantly improved service"),
    ("proces", "En ny eller væsentligt forbedret arbejdsgang eller organisering", "A new or significantly improved process or organisation"),
    ("kommunikation", "En ny eller væsentligt forbedret måde at kommunikere på", "A new or significantly improved way of communicating"),
    ("politik", "En ny måde at arbejde på som politikere", "A new way of working as politicians"),
]
PARTNERS = [
    ("kommuner", "Kommuner/andre kommuner", "Municipalities/other municipalities", "other_public"),
    ("regioner", "Regioner/andre regioner", "Regions/other regions", "other_public"),
    ("stat", "Statslige aktører eller arbejdspladser (undtaget videregående uddannelses- eller forskningsinstitutioner)",
     "State actors or workplaces (excl. higher education/research institutions)", "other_public"),
    ("virksomheder", "Private virksomheder", "Private companies", "companies"),
    ("borgere", "Borgere", "Citizens", "citizens"),
    ("foreninger", "Frivillige foreninger", "Voluntary associations", "associations"),
    ("viden", "Videregående uddannelses- eller forskningsinstitutioner", "Higher education or research institutions", "knowledge"),
    ("fonde", "Fonde", "Foundations", "foundations"),
    ("udland", "Udenlandske aktører", "Actors abroad", "abroad"),
]
FINANCING = [
    ("eget", "Kommunens/regionens eget budget", "The municipality's/region's own budget"),
    ("pulje", "Kommunens/regionens innovationspulje", "The municipality's/region's innovation pool"),
    ("stat", "Statslige puljer", "State pools"),
    ("eu", "EU-midler", "EU funds"),
    ("fonde", "Private eller almennyttige fonde", "Private or non-profit foundations"),
    ("virksomheder", "Private virksomheder", "Private companies"),
]
FACTORS = [
    ("love", "Love og nationalt fastsatte politiske krav", "Laws and nationally set political requirements", None),
    ("ressourcer", "Begrænsede økonomiske ressourcer", "Limited economic resources", None),
    ("raad", "Den måde, kommunalbestyrelsen/regionsrådet medvirker på", "The way the municipal/regional council contributes", "own_organisation"),
    ("forvaltning", "Den måde, forvaltningen/administrationen medvirker på", "The way the administration contributes", "own_organisation"),
    ("borgere", "Den måde, borgere medvirker på", "The way citizens contribute", "citizens"),
    ("virksomheder", "Den måde, private virksomheder medvirker på", "The way private companies contribute", "companies"),
    ("foreninger", "Den måde, frivillige foreninger medvirker på", "The way voluntary associations contribute", "associations"),
    ("viden", "Den måde, vidensinstitutioner medvirker på", "The way knowledge institutions contribute", "knowledge"),
    ("teknologi", "Ny teknologi", "New technology", None),
    ("medier", "Mediernes dækning", "Media coverage", None),
    ("anden", "Anden faktor", "Another factor", None),
]
POLITICAL_CULTURE = [
    ("forny", "Vi arbejder på at forny måden, vi arbejder på som politikere", "We work on renewing the way we work as politicians"),
    ("klima", "Vi har et godt samarbejdsklima på tværs af partiskel", "We have a good climate of cooperation across party lines"),
    ("flertal", "Der etableres normalt bredt flertal blandt politikerne om store projekter eller ændringer i min kommune/region",
     "Broad majorities are normally established among the politicians on big projects or changes in my municipality/region"),
    ("nye", "Kommunalbestyrelsen/regionsrådet efterspørger ofte nye løsninger på kommunale/regionale udfordringer",
     "The council often asks for new solutions to municipal/regional challenges"),
    ("borgere", "Kommunalbestyrelsen/regionsrådet opmuntrer til, at borgere tager del i at finde nye løsninger på centrale udfordringer",
     "The council encourages citizens to take part in finding new solutions to central challenges"),
    ("arbejdsform", "Kommunalbestyrelsen/regionsrådet har en fast arbejdsform for, hvordan borgere involveres i at finde løsninger",
     "The council has a fixed way of working for how citizens are involved in finding solutions"),
]
INNOVATION_WORK = [
    ("doers", "Kommunalbestyrelsen/regionsrådet følger nye projekter helt til dørs", "The council follows new projects all the way through"),
    ("dokumentation", "Kommunalbestyrelsen/regionsrådet efterspørger dokumentation for resultater af nye projekter",
     "The council asks for documentation of results of new projects"),
    ("risiko", "Kommunalbestyrelsen/regionsrådet opfordrer til at gå nye veje, selvom der er risiko for, at det er den forkerte vej",
     "The council encourages trying new paths even if there is a risk that it is the wrong path"),
    ("ansvar", "Hvis innovationsarbejdet ikke fører til de ventede resultater, tager kommunalbestyrelsen/regionsrådet del i ansvaret",
     "If the innovation work does not lead to the expected results, the council takes its share of the responsibility"),
]
ADMINISTRATION = [
    ("rum", "Forvaltningen/administrationen (embedsværket) skaber rum for politiske beslutninger", "The administration creates room for political decisions"),
    ("initiativ", "Kommunalbestyrelsen/regionsrådet støtter op om, at forvaltningen/administrationen (embedsværket) tager initiativ til at forbedre indsatser og services",
     "The council supports that the administration takes initiative to improve efforts and services"),
    ("indstillet", "Politikerne er mere indstillet på at arbejde med innovation end forvaltningen/administrationen er",
     "The politicians are more inclined to work with innovation than the administration"),
]
RESPONSIBILITY = [
    ("start", "At sætte gang i innovation", "To start innovation"),
    ("stoette", "At støtte op om innovationsprocesser", "To support innovation processes"),
    ("opfoelgning", "At følge op på, om innovation har skabt resultater", "To follow up on whether innovation has created results"),
]
COMPETENCES = [
    ("raad", "Kommunalbestyrelsen/regionsrådet generelt", "The municipal/regional council in general"),
    ("selv", "Dig selv som politiker", "Yourself as a politician"),
    ("embedsvaerk", "Embedsværket (forvaltningen/administrationen)", "The administration"),
]
FIELDS = [
    ("klima", "Klima, miljø og grøn omstilling", "Climate, environment and green transition"),
    ("sundhed", "Sundhed", "Health"),
    ("aeldre", "Ældre og pleje", "Older people and care"),
    ("social", "Socialområdet", "Social services"),
    ("boern", "Børn, unge og skole", "Children, young people and schools"),
    ("beskaeftigelse", "Beskæftigelse og integration", "Employment and integration"),
    ("trafik", "Trafik og mobilitet", "Traffic and mobility"),
    ("kultur", "Kultur og fritid", "Culture and leisure"),
    ("erhverv", "Erhverv og udvikling", "Business and development"),
]
FOCUS = [
    ("effektivisering", "Effektiviseringer", "Efficiency improvements"),
    ("tvaeroffentligt", "Tværoffentligt samarbejde med aktører uden for kommunen/regionen", "Cross-public cooperation with actors outside the municipality/region"),
    ("folkevalgte", "Nye måder vi folkevalgte kan lede eller facilitere forandringer på", "New ways in which we elected politicians can lead or facilitate change"),
    ("borgere", "Inddragelse af borgere og civilsamfund", "Involvement of citizens and civil society"),
    ("teknologi", "Ny teknologi og digitalisering", "New technology and digitalisation"),
    ("virksomheder", "Samarbejde med private virksomheder", "Cooperation with private companies"),
]


def codebook():
    book = Codebook(
        "arena-2020",
        ("ARENA 2020, politikere", "ARENA 2020, politicians"),
        (
            ("Kilde: ARENA, spørgeskemaundersøgelse blandt politikere, 2020", "Source: ARENA, survey among politicians, 2020"),
            ("Formet efter ARENA 2020", "Shaped after ARENA 2020"),
        ),
        ("politikere", "politicians"),
    )
    for topic in (
        ("involvement", "Involvering", "Involvement"), ("drivers", "Igangsættere og faktorer", "Initiators and factors"),
        ("collaboration", "Samarbejde og finansiering", "Cooperation and financing"), ("culture", "Politisk kultur", "Political culture"),
        ("responsibility", "Ansvar og kompetencer", "Responsibility and competences"), ("focus", "Fokus", "Focus"), ("background", "Baggrund", "Background"),
    ):
        book.topic(*topic)
    book.base("involverede", "involveret = 1", "Innovationsaktive politikere (den seneste innovation)", "Innovation-active politicians (the latest innovation)",
              ("innovationsaktive politikere", "innovation-active politicians"))
    book.base("arbejder_med", "omfang != 4", "Politikere, hvis råd arbejder med innovation", "Politicians whose council works with innovation")

    book.variable("pol_nummer", "Løbenummer", "Serial number", kind="numeric", role="id")
    book.variable("politikertype", "Politikertype", "Type of politician", role="respondent_type", values=[
        value(1, "Kommunalpolitiker", "Municipal politician"), value(2, "Regionspolitiker", "Regional politician")])
    book.single("koen", "background", ("Køn", "Gender"), ("Hvad er dit køn?", "What is your gender?"), [value(1, "Mand", "Man"), value(2, "Kvinde", "Woman")])
    book.variable("region", "Region", "Region", role="region", values=[
        value(1, "Region Nordjylland", "Region Nordjylland"), value(2, "Region Midtjylland", "Region Midtjylland"),
        value(3, "Region Syddanmark", "Region Syddanmark"), value(4, "Region Hovedstaden", "Region Hovedstaden"), value(5, "Region Sjælland", "Region Sjælland")])
    book.single("hverv", "background", ("Hverv", "Office"), ("Hvilket hverv har du?", "Which office do you hold?"), [
        value(1, "Borgmester eller regionsrådsformand", "Mayor or regional council chair"), value(2, "Udvalgsformand", "Committee chair"),
        value(3, "Menigt medlem", "Ordinary member")])
    book.single("aar_som_politiker", "background", ("År som politiker", "Years as a politician"),
                ("Hvor mange år har du været medlem af kommunalbestyrelsen/regionsrådet?", "For how many years have you been a member of the council?"), [], kind="numeric")

    book.single("involveret", "involvement", ("Involveret i innovation", "Involved in innovation"),
                ("Har du i din egenskab af politiker været involveret i arbejdet med en eller flere konkrete innovationer i perioden 2018-2019?",
                 "Have you, in your capacity as a politician, been involved in the work on one or more concrete innovations in 2018-2019?"), YES_NO)
    book.multiple("sammenhaeng", "involvement", ("Sammenhæng", "Context"),
                  ("I hvilken sammenhæng var du primært involveret i den seneste innovation?", "In what context were you primarily involved in the latest innovation?"),
                  [(f"sammenh_{n}", da, en, {}) for n, da, en in CONTEXTS] + [("sammenh_vedikke", "Ved ikke", "Don't know", {"is": "dont_know"})],
                  base="involverede", max=1)
    book.multiple("faser", "involvement", ("Faser", "Phases"),
                  ("På hvilke(n) måde(r) har du været involveret i innovation?", "In which way(s)/phase(s) have you been involved in innovation?"),
                  [(f"fase_{n}", da, en, {}) for n, da, en in PHASES] + [("fase_andet", "På anden måde", "In another way", {})], base="involverede")
    book.multiple("innovationstyper", "involvement", ("Innovationstyper", "Innovation types"),
                  ("Hvilke typer innovation er den seneste innovation?", "Which types of innovation is the latest innovation?"),
                  [(f"art_{n}", da, en, {}) for n, da, en in TYPES] + [("art_vedikke", "Ved ikke", "Don't know", {"is": "dont_know"})], base="involverede")
    book.multiple("ophav", "drivers", ("Igangsættere", "Initiators"),
                  ("Hvem eller hvad førte primært til, at den seneste innovation blev igangsat?", "Who or what primarily led to the latest innovation being initiated?"),
                  [(f"ophav_{n}", da, en, {"actor": a} if a else {}) for n, da, en, a in INITIATORS]
                  + [("ophav_vedikke", "Ved ikke", "Don't know", {"is": "dont_know"})], base="involverede", max=3)
    book.multiple("samarbejde", "collaboration", ("Samarbejdspartnere", "Cooperation partners"),
                  ("Hvem blev der samarbejdet med om den seneste innovation?", "With whom was there cooperation on the latest innovation?"),
                  [(f"samarb_{n}", da, en, {"actor": a}) for n, da, en, a in PARTNERS]
                  + [("samarb_ingen", "Ikke samarbejdet med nogen", "No cooperation with anyone", {"is": "none"}),
                     ("samarb_vedikke", "Ved ikke", "Don't know", {"is": "dont_know"})], base="involverede",
                  unions=[{"id": "samarb_alle", "label": text("Samarbejdet med mindst én", "Cooperation with at least one"),
                           "items": [f"samarb_{p[0]}" for p in PARTNERS], "highlight": True}])
    book.multiple("midler", "collaboration", ("Finansiering", "Financing"), ("Finansiering af den seneste innovation", "Financing of the latest innovation"),
                  [(f"midler_{n}", da, en, {}) for n, da, en in FINANCING]
                  + [("midler_ingen", "Krævede ingen finansiering", "Needed no financing", {"is": "none"}), ("midler_vedikke", "Ved ikke", "Don't know", {"is": "dont_know"})], base="involverede")
    book.battery("drivkraefter", "drivers", ("Faktorer", "Factors"),
                 ("Tænk konkret på den seneste innovation. Hvilke af følgende faktorer fremmede eller hæmmede innovationen?",
                  "Think concretely of the latest innovation. Which of the following factors promoted or hindered the innovation?"),
                 [value(1, "Hæmmede i høj grad", "Hindered to a high degree"), value(2, "Hæmmede i nogen grad", "Hindered to some degree"),
                  value(3, "Fremmede i nogen grad", "Promoted to some degree"), value(4, "Fremmede i høj grad", "Promoted to a high degree")] + NOT_RELEVANT + DONT_KNOW,
                 [(f"drivkraft_{n}", da, en, {"actor": a} if a else {}) for n, da, en, a in FACTORS],
                 base="involverede", poles={"negative": [1, 2], "positive": [4, 3]})
    scale, poles = AGREE + NOT_RELEVANT + DONT_KNOW, {"negative": [1, 2], "positive": [4, 3]}
    book.battery("politisk_kultur", "culture", ("Politisk kultur", "Political culture"),
                 ("Hvor enig eller uenig er du i følgende udsagn om den politiske kultur i din kommunalbestyrelse/i dit regionsråd?",
                  "How much do you agree or disagree with the following statements about the political culture in your municipal/regional council?"),
                 scale, [(f"polkultur_{n}", da, en, {}) for n, da, en in POLITICAL_CULTURE], poles=poles)
    book.single("omfang", "culture", ("Innovation i rådets arbejde", "Innovation in the council's work"),
                ("I hvor høj grad indgår innovation i din kommunalbestyrelses/dit regionsråds arbejde?", "To what extent is innovation part of your municipal/regional council's work?"),
                [value(1, "Innovation indgår i høj grad", "Innovation is part of it to a high degree"), value(2, "Innovation indgår i nogen grad", "Innovation is part of it to some degree"),
                 value(3, "Innovation indgår i mindre grad", "Innovation is part of it to a lesser degree"),
                 value(4, "Innovation er slet ikke noget, der arbejdes med", "Innovation is not worked with at all")] + DONT_KNOW, kind="ordinal")
    book.battery("innovationsarbejde", "culture", ("Innovationsarbejdet", "The innovation work"),
                 ("Hvor enig eller uenig er du i følgende udsagn om innovationsarbejdet i din kommunalbestyrelse/i dit regionsråd?",
                  "How much do you agree or disagree with the following statements about the innovation work in your municipal/regional council?"),
                 scale, [(f"arbejde_{n}", da, en, {}) for n, da, en in INNOVATION_WORK], base="arbejder_med", poles=poles)
    book.battery("forvaltning", "culture", ("Samarbejdet med forvaltningen", "The cooperation with the administration"),
                 ("Hvor enig eller uenig er du i følgende udsagn om samarbejdet mellem din kommunalbestyrelse/dit regionsråd og forvaltningen/administrationen?",
                  "How much do you agree or disagree with the following statements about the cooperation between your municipal/regional council and the administration?"),
                 scale, [(f"forvaltning_{n}", da, en, {}) for n, da, en in ADMINISTRATION], poles=poles)
    book.battery("ansvar", "responsibility", ("Ansvar", "Responsibility"),
                 ("Hvem har det primære ansvar for innovationsarbejdet?", "Who has the primary responsibility for the innovation work?"),
                 [value(1, "Meget mere politikernes ansvar", "Much more the politicians' responsibility"), value(2, "Lidt mere politikernes ansvar", "A little more the politicians' responsibility"),
                  value(3, "Politikerne og embedsværket har lige stort ansvar", "Politicians and administration have equal responsibility"),
                  value(4, "Lidt mere embedsværkets ansvar", "A little more the administration's responsibility"),
                  value(5, "Meget mere embedsværkets ansvar", "Much more the administration's responsibility")] + DONT_KNOW,
                 [(f"ansvar_{n}", da, en, {}) for n, da, en in RESPONSIBILITY], poles={"negative": [1, 2], "positive": [5, 4]})
    book.battery("kompetencer", "responsibility", ("Kompetencer", "Competences"),
                 ("Hvor enig eller uenig er du i, at følgende har tilstrækkelige kompetencer til at arbejde med innovation?",
                  "How much do you agree that the following have sufficient competences to work with innovation?"),
                 scale, [(f"kompetence_{n}", da, en, {}) for n, da, en in COMPETENCES], poles=poles)
    book.multiple("fagomraader", "focus", ("Fagområder", "Policy fields"),
                  ("Inden for hvilke fagområder er det særligt vigtigt at finde nye løsninger gennem innovation i din kommune/region?",
                   "Within which policy fields is it particularly important to find new solutions through innovation in your municipality/region?"),
                  [(f"fag_{n}", da, en, {}) for n, da, en in FIELDS] + [("fag_andet", "Andre områder", "Other fields", {}), ("fag_vedikke", "Ved ikke", "Don't know", {"is": "dont_know"})])
    book.multiple("fokusomraader", "focus", ("Fokusområder", "Focus areas"),
                  ("Hvilke fokusområder for arbejdet med innovation er særligt vigtige for din kommune/region?",
                   "Which focus areas for the work with innovation are particularly important for your municipality/region?"),
                  [(f"fokus_{n}", da, en, {}) for n, da, en in FOCUS]
                  + [("fokus_andet", "Andet", "Other", {}), ("fokus_ingen", "Nej, ingen særlige områder", "No, no particular areas", {"is": "none"}),
                     ("fokus_vedikke", "Ved ikke", "Don't know", {"is": "dont_know"})])
    return book
