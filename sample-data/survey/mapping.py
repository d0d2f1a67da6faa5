"""Published figures in, `published_queries.json` out: how each published percentage is asked of the sample files.

One entry per row of `published_figures.csv`, in its order. The generator calibrates to these very entries, and
`tests/suite/published.rs` computes them through the program.
"""

import csv
import json

B, A, O = "innovationsbarometer-2016", "arena-2020", "organisationer-2016"
LATER, NORWAY = "innovationsbarometer-2019", "norge-2017"
ROUNDS, NEAR, TENTH = "rounds", 1.5, 0.05

PUBLIC = "(partner_intern = 1 or partner_offentlig = 1)"
PARTNERS = ["intern", "offentlig", "virksomheder", "borgere", "foreninger", "viden", "fonde", "udland"]


def role(actor):
    if actor == "offentlig":
        return "(init_offentlige = 1 or partner_offentlig = 1)"
    if actor == "udland":
        return "(init_udland = 1 or partner_udland = 1)"
    return f"(init_{actor} = 1 or faktor_{actor} = 2 or partner_{actor} = 1)"


def any_other(actor):
    return " or ".join(f"partner_{p} = 1" for p in PARTNERS if p != actor)


def entries():
    found = {}

    def ask(row, question, item, where=None, tolerance=ROUNDS, value=None, dataset=B):
        entry = {"dataset": dataset, "question": question, "item": item}
        if value is not None:
            entry["value"] = value
        if where:
            entry["where"] = where
        entry["tolerance"] = tolerance
        assert row not in found, row
        found[row] = entry

    def share(row, expression, where=None, tolerance=ROUNDS, dataset=B):
        if expression.startswith("(") and expression.endswith(")") and expression.count("(") == 1:
            expression = expression[1:-1]
        entry = {"dataset": dataset, "share": expression}
        if where:
            entry["where"] = where
        entry["tolerance"] = tolerance
        assert row not in found, row
        found[row] = entry

    def leave(rows, reason):
        for row in rows:
            assert row not in found, row
            found[row] = {"left_out": reason}

    innovations = "innovativ = 1"

    def within(condition):
        return f"{innovations} and {condition}"

    # --- Workplaces, round 2 -------------------------------------------------------------------------------------
    for row, item in zip(range(1, 6), ["innovativ_type", "indf_proces", "indf_kommunikation", "indf_service", "indf_produkt"]):
        ask(row, "indfoert", item)
    leave([6, 64], "another round (2013-2014)")
    ask(7, "type_antal", "type_antal", value=1)
    share(8, "type_antal >= 2", innovations)
    share(9, "type_produkt = 1 and type_antal = 1", innovations)
    ask(10, "type_antal", "type_antal", value=2)
    for row, code in zip(range(11, 15), (1, 2, 3, 9)):
        ask(row, "nyhed", "nyhed", value=code)
    quality, efficiency, satisfaction, involvement = (f"vaerdi_{v}" for v in ("kvalitet", "effektivitet", "tilfredshed", "inddragelse"))
    for row, item in zip(range(15, 19), (quality, satisfaction, efficiency, involvement)):
        ask(row, "vaerdier", item)
    ask(19, "vaerdi_antal", "vaerdi_antal", where="vaerdi_antal >= 1", value=1)
    share(20, "vaerdi_antal >= 2", "innovativ = 1 and vaerdi_antal >= 1")
    for row, sector, item in ((21, 1, quality), (22, 1, efficiency), (23, 1, satisfaction), (24, 1, involvement), (25, 2, quality),
                              (26, 3, quality), (27, 3, efficiency), (28, 3, satisfaction), (29, 3, involvement)):
        ask(row, "vaerdier", item, f"sektor = {sector}", NEAR)
    for row, item in zip(range(30, 40), ("forandring", "ledere", "politisk", "borgere", "offentlige", "viden", "udland", "foreninger", "virksomheder", "fonde")):
        ask(row, "igangsaettere", f"init_{item}")
    ask(40, "igangsaettere", "init_gruppe_egen")
    ask(41, "igangsaettere", "init_gruppe_andre")
    own = "(init_medarbejdere = 1 or init_ledere = 1 or init_forandring = 1 or init_politisk = 1)"
    others = " or ".join(f"init_{a} = 1" for a in ("borgere", "offentlige", "viden", "virksomheder", "foreninger", "fonde", "udland"))
    share(42, f"{own} and not ({others} or init_love = 1 or init_oekonomi = 1 or init_teknologi = 1)", innovations)
    for row, item, code in ((43, "medarbejdere", 2), (44, "samarbejde", 2), (45, "borgere", 2), (46, "viden", 2), (47, "love", 2), (48, "love", 1),
                            (49, "ressourcer", 2), (50, "ressourcer", 1), (51, "virksomheder", 2), (52, "foreninger", 2), (53, "fonde", 2)):
        ask(row, "faktorer", f"faktor_{item}", innovations, value=code)
    for row, item in ((54, "alle"), (55, "intern"), (56, "ekstern"), (57, "civile"), (58, "virksomheder"), (59, "offentlig"), (60, "viden"), (61, "fonde"), (62, "udland")):
        ask(row, "partnere", f"partner_{item}")
    ask(63, "partnere", "partner_offentlige_alene")

    # Parent organisations' strategies are not linked to the workplaces.
    leave(range(76, 84), "predicted from a multilevel logistic model that links workplaces to their parent organisation's strategy; not a share of the respondents")
    ask(84, "partnere", "partner_intern")
    for row, sector in ((85, 1), (86, 2), (87, 3)):
        ask(row, "partnere", "partner_intern", f"sektor = {sector}", NEAR)

    def constellation(actor, rows, alone=None, further=None, public=None):
        """Among innovations with `actor`: alone, with others, and with each other partner."""
        base = f"partner_{actor} = 1"
        if alone:
            share(alone, f"not ({any_other(actor)})", within(base), NEAR)
        if further:
            share(further, any_other(actor), within(base), NEAR)
        if public:
            share(public, PUBLIC, within(base), NEAR)
        for row, other in rows:
            ask(row, "partnere", f"partner_{other}", base, NEAR)

    constellation("intern", [(90, "borgere"), (91, "offentlig"), (92, "virksomheder"), (93, "viden"), (94, "foreninger"), (95, "fonde"), (96, "udland")], 88, 89)
    ask(98, "partnere", "partner_intern", "sektor = 1", NEAR)
    share(99, role("offentlig"), innovations)
    ask(100, "igangsaettere", "init_offentlige")
    ask(101, "partnere", "partner_offentlig")
    share(102, "init_offentlige = 1 and partner_offentlig = 1", innovations)
    ask(103, "vaerdier", involvement, role("offentlig"), NEAR)
    ask(104, "vaerdier", involvement, f"not {role('offentlig')}", NEAR)
    ask(105, "vaerdier", quality, "partner_offentlig = 1", NEAR)
    ask(106, "vaerdier", quality, "partner_ingen = 1", NEAR)
    ask(107, "vaerdier", involvement, "partner_offentlig = 1", NEAR)
    ask(108, "vaerdier", involvement, "partner_ingen = 1", NEAR)

    def by_sector(rows, actor):
        for row, sector in zip(rows, (1, 2, 3)):
            share(row, role(actor), within(f"sektor = {sector}"), NEAR)

    by_sector((109, 110, 111), "offentlig")
    same = "((sektor = 1 and ekstern_kommune = 1) or (sektor = 2 and ekstern_region = 1) or (sektor = 3 and ekstern_stat = 1))"
    across = ("((sektor = 1 and (ekstern_region = 1 or ekstern_stat = 1)) or (sektor = 2 and (ekstern_kommune = 1 or ekstern_stat = 1))"
              " or (sektor = 3 and (ekstern_kommune = 1 or ekstern_region = 1)))")
    share(112, f"partner_offentlig = 1 and {same}", innovations)
    share(113, f"partner_offentlig = 1 and {across}", innovations)
    constellation("offentlig", [(115, "intern")], 114, 116)
    ask(118, "partnere", "partner_offentlig", "sektor = 1", NEAR)

    def parts(rows, actor, where=None, tolerance=ROUNDS):
        """Plays a role, initiates, promotes, collaborates."""
        inside = within(where) if where else innovations
        if rows[0]:
            share(rows[0], role(actor), inside, tolerance)
        if rows[1]:
            ask(rows[1], "igangsaettere", f"init_{actor}", where, tolerance)
        if rows[2]:
            ask(rows[2], "faktorer", f"faktor_{actor}", inside, tolerance, value=2)
        if rows[3]:
            ask(rows[3], "partnere", f"partner_{actor}", where, tolerance)

    parts((119, 120, 121, 122), "virksomheder")
    i, f, p = "init_virksomheder = 1", "faktor_virksomheder = 2", "partner_virksomheder = 1"
    share(123, f"({i} and {f}) or ({i} and {p}) or ({f} and {p})", innovations)
    constellation("virksomheder", [(127, "borgere"), (128, "viden"), (129, "foreninger")], 124, 125, 126)
    by_sector((130, 131, 132), "virksomheder")
    ask(133, "seneste_type", "type_produkt", role("virksomheder"), NEAR)
    ask(134, "seneste_type", "type_produkt", f"not {role('virksomheder')}", NEAR)
    ask(135, "vaerdier", quality, "partner_virksomheder = 1", NEAR)
    ask(136, "vaerdier", quality, "partner_ingen = 1", NEAR)
    municipal = "sektor = 1"
    parts((138, 142, 143, 144), "virksomheder", municipal, NEAR)
    parts((145, 146, 147, 148), "borgere")

    def effect(row, actor, yes, item):
        ask(row, "vaerdier", item, role(actor) if yes else f"not {role(actor)}", NEAR)

    effect(149, "borgere", True, involvement)
    effect(150, "borgere", False, involvement)
    effect(151, "borgere", True, quality)
    effect(152, "borgere", False, quality)
    constellation("borgere", [(156, "foreninger"), (157, "virksomheder"), (158, "viden"), (159, "fonde"), (160, "udland")], 153, 154, 155)
    by_sector((161, 162, 163), "borgere")
    parts((165, 169, 170, 171), "borgere", municipal, NEAR)
    parts((172, 173, 174, 175), "foreninger")
    by_sector((176, 177, 178), "foreninger")
    effect(179, "foreninger", True, quality)
    effect(180, "foreninger", False, quality)
    effect(181, "foreninger", False, involvement)
    effect(182, "foreninger", True, involvement)
    constellation("foreninger", [(186, "borgere"), (187, "viden"), (188, "virksomheder"), (189, "fonde"), (190, "udland")], 183, 184, 185)
    parts((192, 196, 197, 198), "foreninger", municipal, NEAR)
    parts((199, 200, 201, 202), "viden")
    by_sector((203, 204, 205), "viden")
    for row, yes, item in ((206, 1, quality), (207, 0, quality), (208, 1, efficiency), (209, 0, efficiency),
                           (210, 1, satisfaction), (211, 0, satisfaction), (212, 1, involvement), (213, 0, involvement)):
        effect(row, "viden", yes, item)
    constellation("viden", [(217, "borgere"), (218, "virksomheder"), (219, "foreninger"), (220, "fonde"), (221, "udland")], 214, 215, 216)
    parts((223, 227, 228, 229), "viden", municipal, NEAR)
    parts((230, 231, 232, 233), "fonde")
    constellation("fonde", [(237, "virksomheder"), (238, "foreninger"), (239, "viden"), (240, "borgere"), (241, "udland")], 234, 235, 236)
    by_sector((242, 243, 244), "fonde")
    effect(245, "fonde", True, quality)
    effect(246, "fonde", False, quality)
    effect(247, "fonde", False, involvement)
    parts((248, 249, 250, 251), "fonde", municipal, NEAR)
    parts((252, 253, None, 254), "udland")
    effect(255, "udland", True, quality)
    effect(256, "udland", False, quality)
    effect(257, "udland", False, efficiency)
    effect(258, "udland", False, satisfaction)
    effect(259, "udland", False, involvement)
    by_sector((260, 261, 262), "udland")
    constellation("udland", [(265, "virksomheder"), (266, "viden")], 263, 264)
    parts((268, 271, None, 272), "udland", municipal, NEAR)
    leave(range(273, 319), "a response rate: answers in per cent of the population or the sample, which is no share of the respondents' answers")

    # --- Organisations -------------------------------------------------------------------------------------------
    def organisations(row, expression, where):
        share(row, expression, where, dataset=O)

    ask(65, "innovationspulje", "innovationspulje", value=1, dataset=O)
    organisations(66, "innovationsenhed in (1, 2)", "innovationsenhed in (1, 2, 3, 9)")
    organisations(67, "innovationsstrategi in (1, 2)", "innovationsstrategi in (1, 2, 3, 9)")
    answered = "innovationsstrategi in (1, 2, 3, 9) and innovationsenhed in (1, 2, 3, 9) and innovationspulje in (1, 2, 3, 9)"
    organisations(68, "innovationsstrategi = 1 or innovationsenhed = 1 or innovationspulje = 1", answered)
    organisations(69, "innovationsstrategi in (1, 2) or innovationsenhed in (1, 2) or innovationspulje in (1, 2)", answered)
    ask(70, "strategifokus", "strategi_ekstern", dataset=O)
    ask(71, "puljeformaal", "pulje_samarbejde", dataset=O)
    ask(72, "puljeformaal", "pulje_virksomheder", dataset=O)
    ask(73, "puljeformaal", "pulje_viden", dataset=O)
    ask(74, "puljeformaal", "pulje_medfinansiering", dataset=O)
    focus_strategy = " or ".join(f"strategi_{p} = 1" for p in ("offentlige", "virksomheder", "borgere", "foreninger", "viden", "fonde", "udland"))
    focus_unit = " or ".join(f"enhed_{p} = 1" for p in ("offentlige", "virksomheder", "borgere", "viden"))
    focus_pool = " or ".join(f"pulje_{p} = 1" for p in ("offentlige", "virksomheder", "borgere", "foreninger", "viden", "udland"))
    organisations(75, f"(innovationsstrategi in (1, 2) and ({focus_strategy})) or (innovationsenhed in (1, 2) and ({focus_unit}))"
                      f" or (innovationspulje = 1 and ({focus_pool}))", answered)
    leave(range(319, 323), "a response rate: answers in per cent of the population, which is no share of the respondents' answers")

    # --- Politicians ---------------------------------------------------------------------------------------------
    def arena(row, expression, where, tolerance=ROUNDS):
        share(row, expression, where, tolerance, A)

    def asked(row, question, item, where=None, value=None, tolerance=ROUNDS):
        ask(row, question, item, where, tolerance, value, A)

    def stand(row, item, codes, where=None):
        """A share of one or more codes of a battery item, in all who answered it."""
        codes = ", ".join(map(str, codes))
        arena(row, f"{item} in ({codes})", where)

    agree, disagree, none = (3, 4), (1, 2), (8, 9)
    asked(323, "involveret", "involveret", value=1)
    arena(324, "involveret = 1", "polkultur_flertal in (1, 2)", NEAR)
    arena(325, "involveret = 1", "polkultur_klima in (1, 2)", NEAR)
    asked(326, "sammenhaeng", "sammenh_udvalg", "politikertype = 2")
    asked(327, "sammenhaeng", "sammenh_raad", "politikertype = 2")
    for row, item, codes in ((328, "forny", agree), (329, "forny", disagree), (330, "forny", none), (331, "klima", agree), (332, "klima", none), (333, "flertal", none)):
        stand(row, f"polkultur_{item}", codes)
    asked(334, "faser", "fase_igangsat")
    asked(335, "faser", "fase_opbakning")
    for row, item in zip(range(336, 344), ("medarbejdere", "ledere", "oekonomi", "borgere", "andre_kommuner", "love", "andet", "vedikke")):
        asked(row, "ophav", f"ophav_{item}")
    for row, item in ((344, "polkultur_nye"), (345, "polkultur_borgere"), (346, "polkultur_arbejdsform"), (347, "arbejde_doers"), (348, "arbejde_dokumentation")):
        stand(row, item, none)
    involved = "involveret = 1"
    stand(349, "drivkraft_love", (3, 4), involved)
    stand(350, "drivkraft_love", (1, 2), involved)
    leave([351], "a slip in the publication: 36 does not add up to 100 with the printed 26 and 29")
    for row, item, kind in ((352, "stat", 1), (353, "stat", 2), (354, "kommuner", 1), (355, "regioner", 2), (356, "regioner", 1), (357, "kommuner", 2),
                            (358, "vedikke", 1), (359, "vedikke", 2), (360, "ingen", 1), (361, "ingen", 2)):
        asked(row, "samarbejde", f"samarb_{item}", f"politikertype = {kind}")
    for row, item, codes in ((362, "rum", agree), (363, "rum", disagree), (364, "rum", none), (365, "initiativ", agree), (366, "initiativ", disagree),
                             (367, "initiativ", none), (368, "indstillet", disagree), (369, "indstillet", agree), (370, "indstillet", none)):
        stand(row, f"forvaltning_{item}", codes)
    for rows, item in (((371, 372), "start"), ((373, 374), "stoette"), ((375, 376), "opfoelgning")):
        asked(rows[0], "ansvar", f"ansvar_{item}", value=3)
        asked(rows[1], "ansvar", f"ansvar_{item}", value=9)
    stand(377, "ansvar_opfoelgning", (1, 2))
    asked(378, "omfang", "omfang", value=4)
    stand(379, "arbejde_risiko", disagree)
    arena(380, "arbejde_risiko in (3, 4)", "polkultur_flertal in (3, 4) and arbejde_risiko in (1, 2, 3, 4)", NEAR)
    arena(381, "arbejde_risiko in (3, 4)", "polkultur_flertal in (1, 2) and arbejde_risiko in (1, 2, 3, 4)", NEAR)
    stand(382, "arbejde_ansvar", agree)
    asked(383, "fagomraader", "fag_klima", "politikertype = 1")
    asked(384, "fagomraader", "fag_klima", "politikertype = 2")
    stand(385, "drivkraft_ressourcer", (1, 2), involved)
    stand(386, "drivkraft_ressourcer", (3, 4), involved)
    stand(387, "drivkraft_ressourcer", none, involved)
    for rows, item in (((388, 389, 390), "raad"), ((391, 392, 393), "selv"), ((394, 395, 396), "embedsvaerk")):
        for row, codes in zip(rows, (disagree, agree, none)):
            stand(row, f"kompetence_{item}", codes)
    all_three = [f"kompetence_{i}" for i in ("raad", "selv", "embedsvaerk")]
    arena(397, " and ".join(f"{i} in (3, 4)" for i in all_three), " and ".join(f"{i} in (1, 2, 3, 4)" for i in all_three))
    for row, item in zip(range(398, 404), ("effektivisering", "tvaeroffentligt", "folkevalgte", "andet", "vedikke", "ingen")):
        asked(row, "fokusomraader", f"fokus_{item}")
    asked(404, "innovationstyper", "art_vedikke")
    asked(405, "midler", "midler_vedikke")
    stand(406, "drivkraft_anden", (1, 2), involved)
    stand(407, "drivkraft_anden", (3, 4), involved)
    leave([408, 409, 410, 425], "a response rate: answers in per cent of the population, which is no share of the respondents' answers")
    leave([411, 413, 415, 417, 419, 421, 423], "a share of the population, which the file of answers does not hold")
    asked(412, "koen", "koen", value=1, tolerance=TENTH)
    asked(414, "koen", "koen", value=2, tolerance=TENTH)
    for row, code in ((416, 4), (418, 2), (420, 1), (422, 5), (424, 3)):
        arena(row, f"region = {code}", None, TENTH)
    leave([426], "another country (Norwegian mayors, KS 2020)")

    # --- Workplaces, round 3 -------------------------------------------------------------------------------------
    def later(row, expression, where=None, tolerance=ROUNDS):
        share(row, expression, within(where) if where else innovations, tolerance, LATER)

    leader, laws = "init_politisk = 1", "init_love = 1"
    decided, other_causes = f"({leader} or {laws})", f"not ({leader} or {laws})"
    promoted, hindered = "in (3, 4)", "in (1, 2)"
    later(427, f"{leader} or {laws} or faktorgrad_politisk {promoted} or faktorgrad_love {promoted}")
    later(428, f"faktorgrad_politisk {promoted}")
    later(429, f"faktorgrad_love {promoted}")
    later(430, leader)
    later(431, laws)
    later(432, decided)
    for row, sector in ((433, 3), (434, 1), (435, 2)):
        later(row, decided, f"sektor = {sector}", NEAR)
    later(436, f"faktorgrad_politisk {hindered}")
    later(437, f"faktorgrad_love {hindered}")
    for row, where, answer in ((438, decided, "nyhed = 3"), (439, decided, "nyhed = 9"), (440, other_causes, "nyhed = 3"), (441, other_causes, "nyhed = 9"),
                               (442, decided, "vaerdi_politisk = 1"), (443, decided, f"{satisfaction} = 1"), (444, other_causes, "vaerdi_politisk = 1"),
                               (445, other_causes, f"{satisfaction} = 1"), (446, leader, f"{involvement} = 1"), (447, laws, f"{involvement} = 1"),
                               (448, other_causes, f"{involvement} = 1")):
        later(row, answer, where, NEAR)

    # --- Municipal workplaces in Norway --------------------------------------------------------------------------
    def norway(row, expression):
        share(row, expression, innovations, ROUNDS, NORWAY)

    norway(97, "partner_intern = 1")
    norway(117, "partner_offentlig = 1")
    for rows, actor in (((137, 139, 140, 141), "virksomheder"), ((164, 166, 167, 168), "borgere"), ((191, 193, 194, 195), "foreninger"),
                        ((222, 224, 225, 226), "viden"), ((267, 269, None, 270), "udland")):
        for row, part in zip(rows, (role(actor), f"init_{actor} = 1", f"faktor_{actor} = 2", f"partner_{actor} = 1")):
            if row:
                norway(row, part)
    return found


def read_published(path):
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def mapping(published):
    found = entries()
    if sorted(found) != list(range(1, len(published) + 1)):
        raise SystemExit(f"rows without an entry: {sorted(set(range(1, len(published) + 1)) ^ set(found))}")
    return [{"row": row, **found[row]} for row in sorted(found)]


def write(entries, path):
    lines = ",\n".join("  " + json.dumps(entry, ensure_ascii=False) for entry in entries)
    path.write_text(f"[\n{lines}\n]\n", encoding="utf-8")


def as_expressions(entry, book):
    """An entry as (share, where), whichever way it asks."""
    where = entry.get("where")
    if "share" in entry:
        return entry["share"], where
    question = next(q for q in book["questions"] if q["id"] == entry["question"])
    base = next((b["when"] for b in book["bases"] if b["id"] == question.get("base")), None)
    both = " and ".join(f"({part})" for part in (base, where) if part) or None
    union = next((u for u in question.get("unions", []) if u["id"] == entry["item"]), None)
    if union:
        any_of = " or ".join(f"{name} = 1" for name in union["items"])
        none_of = " or ".join(f"{name} = 1" for name in union.get("none_of", []))
        return f"({any_of}) and not ({none_of})" if none_of else any_of, both
    assert any(item["var"] == entry["item"] for item in question["items"]), entry
    return f"{entry['item']} = {entry.get('value', 1)}", both
