//! A survey of Danish workplaces: names of words and numbers, answers as labels, as texts and as bare codes.

use isobar::data::QuestionKind::{Battery, Multiple};

use super::made::{File, Scale, counted, numbered};

const VALGT: Scale = &[(0, "Ikke valgt"), (1, "Valgt"), (99, "Ikke spurgt")];
const JA_NEJ: Scale = &[(1, "Ja"), (2, "Nej")];
const JA_NEJ_VI: Scale = &[(1, "Ja"), (2, "Nej"), (9, "Ved ikke")];
const ENIG: Scale = &[
    (1, "Helt uenig"),
    (2, "Delvist uenig"),
    (3, "Hverken enig eller uenig"),
    (4, "Delvist enig"),
    (5, "Helt enig"),
    (8, "Ved ikke"),
];
const GRAD: Scale = &[
    (1, "Slet ikke"),
    (2, "I mindre grad"),
    (3, "I nogen grad"),
    (4, "I høj grad"),
    (8, "Ikke relevant"),
    (9, "Ved ikke"),
];
const FREMMER: Scale = &[(1, "Hæmmede"), (2, "Fremmede"), (8, "Ikke relevant"), (9, "Ved ikke")];
const VIGTIG: Scale = &[
    (1, "Ikke vigtig"),
    (2, "Lidt vigtig"),
    (3, "Vigtig"),
    (4, "Meget vigtig"),
];

const ORD: [&str; 8] = ["flere", "hænder", "og", "bedre", "tid", "til", "nye", "ideer"];

fn worded(stem: &str, pattern: &str, items: &[(&str, &str)]) -> Vec<(String, String)> {
    items
        .iter()
        .map(|(name, item)| (format!("{stem}{name}"), pattern.replace("{}", item)))
        .collect()
}

pub fn file() -> File {
    let mut f = File::new(11);
    background(&mut f);
    innovation(&mut f);
    counted_through(&mut f);
    without_labels(&mut f);
    f
}

fn background(f: &mut File) {
    f.number("respnr", "Respondentnummer", |row, _| 10_001.0 + 3.0 * row as f64);
    f.number("kommunenr", "Kommunenummer", |_, dice| (101 + dice.below(98)) as f64);
    f.single("sekt", "Sektor", &[(1, "Kommune"), (2, "Region"), (3, "Stat")]);
    f.single(
        "amt_omr",
        "I hvilken region ligger arbejdspladsen?",
        &[
            (1, "Nordjylland"),
            (2, "Midtjylland"),
            (3, "Syddanmark"),
            (4, "Hovedstaden"),
            (5, "Sjælland"),
        ],
    );
    f.single(
        "antal_kl",
        "Antal ansatte på arbejdspladsen",
        &[
            (1, "3-49 ansatte"),
            (2, "50-99 ansatte"),
            (3, "100-249 ansatte"),
            (4, "250 eller flere ansatte"),
        ],
    );
    f.single(
        "komstr",
        "Kommunens størrelse",
        &[
            (1, "Under 30.000 indbyggere"),
            (2, "30.000-79.999 indbyggere"),
            (3, "80.000 eller flere indbyggere"),
        ],
    );
    f.number("ansatte", "Antal ansatte", |_, dice| (3 + dice.below(700)) as f64);
    f.single(
        "branche",
        "Branche",
        &[
            (1, "Skoler"),
            (2, "Daginstitutioner"),
            (3, "Hospitaler"),
            (4, "Politi"),
            (5, "Kultur"),
            (6, "Administration"),
        ],
    );
    f.single(
        "stilling",
        "Din stilling",
        &[(1, "Øverste leder"), (2, "Anden leder"), (3, "Medarbejder")],
    );
    f.single("koen", "Køn", &[(1, "Mand"), (2, "Kvinde")]);
    f.number("alder", "Alder", |_, dice| (22 + dice.below(45)) as f64);
    f.number("kropsvaegt", "Vægt (kg)", |_, dice| {
        50.0 + (dice.share() * 50_000.0).round() / 1_000.0
    });
    f.number("foedselsvaegt", "Dit barns fødselsvægt i gram", |_, dice| {
        (2_000 + dice.below(2_500)) as f64
    });
    f.number("hoejtudd", "Andel højtuddannede (pct.)", |_, dice| {
        dice.below(101) as f64
    });
    f.number("aar", "Hvilket år blev arbejdspladsen oprettet?", |_, dice| {
        (1900 + dice.below(120)) as f64
    });
    f.number("indeks", "Nærhedsindeks", |_, dice| 0.5 + dice.share());
}

fn innovation(f: &mut File) {
    f.single("innovativ", "Har I indført en innovation?", JA_NEJ_VI);
    f.single("har_strategi", "Har I en innovationsstrategi?", JA_NEJ_VI);
    f.single("har_enhed", "Har I en innovationsenhed?", JA_NEJ_VI);
    f.set(
        Multiple,
        VALGT,
        &worded(
            "art_",
            "Innovationens typer: {}",
            &[
                ("prod", "Produkt"),
                ("serv", "Service"),
                ("proc", "Proces eller organisation"),
                ("komm", "Kommunikation"),
            ],
        ),
    );
    f.set(
        Multiple,
        VALGT,
        &worded(
            "nytte_",
            "Skabt værdi: {}",
            &[
                ("kval", "Kvalitet"),
                ("eff", "Effektivitet"),
                ("tilfr", "Medarbejdertilfredshed"),
                ("borg", "Borgerinddragelse"),
                ("pol", "Politiske mål"),
                ("vi", "Ved ikke"),
            ],
        ),
    );
    f.set(
        Multiple,
        VALGT,
        &worded(
            "samarb_",
            "Hvem samarbejdede I med om innovationen? - {}",
            &[
                ("internt", "Andre offentlige arbejdspladser i samme kommune"),
                ("offentl", "Offentlige arbejdspladser i andre kommuner"),
                ("virk", "Private virksomheder"),
                ("borg", "Borgere"),
                ("foren", "Frivillige foreninger"),
                ("viden", "Universiteter og andre vidensinstitutioner"),
                ("fond", "Fonde"),
                ("udl", "Udenlandske aktører"),
                ("ingen", "Ingen af disse"),
            ],
        ),
    );
    f.text(
        "samarb_andre",
        "Hvem samarbejdede I med om innovationen? - Andre, skriv hvem",
        &ORD,
    );
    f.set(
        Multiple,
        VALGT,
        &worded(
            "ophav_",
            "Hvem igangsatte innovationen: {}",
            &[
                ("medarb", "Medarbejdere"),
                ("leder", "Ledere"),
                ("polit", "Politikere"),
                ("borg", "Borgere"),
                ("lov", "Love og krav"),
                ("tekn", "Ny teknologi"),
                ("oekon", "Økonomisk pres"),
            ],
        ),
    );
    f.set(
        Battery,
        FREMMER,
        &worded(
            "faktor_",
            "Fremmede eller hæmmede: {}",
            &[
                ("medarb", "Medarbejdernes medvirken"),
                ("samarb", "Samarbejde på tværs"),
                ("fejl", "Håndtering af fejl"),
                ("polit", "Politisk ledelse"),
                ("lov", "Love og krav"),
                ("oekon", "Begrænsede ressourcer"),
            ],
        ),
    );
    f.set(
        Battery,
        ENIG,
        &worded(
            "kultur_",
            "Kultur: {}",
            &[
                ("proev", "Vi prøver nyt"),
                ("fejl", "Vi lærer af fejl"),
                ("tid", "Vi har tid"),
                ("leder", "Ledelsen støtter os"),
            ],
        ),
    );
    f.set(
        Battery,
        ENIG,
        &worded(
            "ledelse_",
            "Ledelse: {}",
            &[
                ("maal", "Lederen sætter klare mål"),
                ("rum", "Lederen giver plads"),
                ("ros", "Lederen roser"),
            ],
        ),
    );
    f.single("spredt", "Er innovationen spredt til andre?", JA_NEJ_VI);
    f.single("evalueret", "Er innovationen evalueret?", JA_NEJ_VI);
    f.single(
        "nyhed",
        "Innovationens nyhedsværdi",
        &[
            (1, "Den første af sin slags"),
            (2, "Inspireret, men tilpasset"),
            (3, "En kopi"),
            (9, "Ved ikke"),
        ],
    );
    f.number("maaneder", "Måneder fra idé til innovation", |_, dice| {
        dice.below(60) as f64
    });
}

fn counted_through(f: &mut File) {
    let kilder = [
        "Kolleger",
        "Fagblade",
        "Internettet",
        "Konferencer",
        "Foreninger",
        "Ministerier",
    ];
    f.set(
        Multiple,
        JA_NEJ_VI,
        &numbered("sp21_", "Har I fået viden fra: {}", &kilder),
    );
    // sp22_3 and sp22_5 were never asked.
    let mut kurser = numbered(
        "sp22_",
        "Kurser: {}",
        &["Jura", "Teknik", "a", "Sprog", "b", "Ledelse", "Andet"],
    );
    kurser.remove(4);
    kurser.remove(2);
    f.set(Multiple, VALGT, &kurser);
    f.set(
        Battery,
        GRAD,
        &numbered(
            "sp23_",
            "I hvor høj grad er I påvirket af {}?",
            &["lovgivning", "økonomi", "teknologi", "borgernes ønsker", "medierne"],
        ),
    );
    f.set(
        Battery,
        GRAD,
        &numbered(
            "sp24_",
            "I hvor høj grad har I brug for {}?",
            &["rådgivning", "penge", "uddannelse", "netværk"],
        ),
    );
    f.single("sp25", "Må vi kontakte jer igen?", JA_NEJ);
    f.single("sp26", "Vil I have rapporten tilsendt?", JA_NEJ);
    f.single("sp27", "Arbejder I med velfærdsteknologi?", JA_NEJ);
    for (stamme, emne) in [("sp28", "Arbejdsmiljø"), ("sp29", "Digitalisering"), ("sp30", "Klima")] {
        let letters: Vec<(String, String)> = [
            "Vi har en plan",
            "Vi måler resultater",
            "Vi har de rette folk",
            "Vi mangler penge",
        ]
        .iter()
        .zip('a'..)
        .map(|(item, letter)| (format!("{stamme}{letter}"), format!("{emne} – {item}")))
        .collect();
        f.set(Battery, ENIG, &letters);
    }
    for (stamme, emne) in [
        ("sp31_", "Opgaver, der er udliciteret"),
        ("sp32_", "Opgaver, der er hjemtaget"),
        ("sp33_", "Opgaver, der er nedlagt"),
    ] {
        f.set(
            Multiple,
            VALGT,
            &numbered(
                stamme,
                &format!("{emne}: {{}}"),
                &["Rengøring", "Kantine", "It-drift", "Vagt", "Transport", "Ingen"],
            ),
        );
    }
    for emne in ["kontoret", "mødelokalet", "kantinen"] {
        let from = f.next();
        f.set(
            Battery,
            VIGTIG,
            &counted(
                from,
                &format!("Hvor vigtigt er følgende i {emne}: {{}}"),
                &["Ro", "Lys", "Luft", "Plads"],
            ),
        );
    }
    let from = f.next();
    f.set(
        Multiple,
        VALGT,
        &counted(
            from,
            "Redskaber i brug: {}",
            &["Tavler", "Skærme", "Apps", "Skemaer", "Møder"],
        ),
    );
    let from = f.next();
    f.set(
        Multiple,
        VALGT,
        &counted(
            from,
            "Redskaber på vej: {}",
            &["Tavler", "Skærme", "Apps", "Skemaer", "Møder"],
        ),
    );
    f.text("kommentar", "Har du flere kommentarer?", &ORD);
    // First, second and third mention are told apart from a battery in a test of their own.
    f.single(
        "uddannelse",
        "Længste uddannelse",
        &[
            (1, "Grundskole"),
            (2, "Gymnasial"),
            (3, "Erhvervsfaglig"),
            (4, "Videregående"),
        ],
    );
    f.single(
        "ansat_form",
        "Ansættelsesform",
        &[(1, "Fastansat"), (2, "Tidsbegrænset"), (3, "Vikar")],
    );
    f.number("vgt", "Vægt (efterstratificeret)", |_, dice| {
        0.25 + (dice.share() * 15_000.0).round() / 10_000.0
    });
    f.number("raavgt", "Designvægt", |_, dice| {
        2.0 + (dice.share() * 40_000.0).round() / 10_000.0
    });
    for (at, emne) in ["Løn", "Tid", "Rum", "Mad", "Ture", "Fag", "Hjem"].iter().enumerate() {
        let stem = format!("sp{}_", 40 + at);
        match at % 3 {
            0 => f.set(
                Multiple,
                VALGT,
                &numbered(
                    &stem,
                    &format!("{emne}, hvad gælder hos jer? {{}}"),
                    &["Alle får det", "Nogle får det", "Det aftales", "Ved ikke"],
                ),
            ),
            1 => f.set(
                Battery,
                ENIG,
                &numbered(
                    &stem,
                    &format!("{emne}: {{}}"),
                    &["Det er godt nok", "Det er rimeligt fordelt", "Det bliver bedre"],
                ),
            ),
            _ => f.set(
                Multiple,
                JA_NEJ,
                &numbered(
                    &stem,
                    &format!("{emne} - har I talt om: {{}}"),
                    &["Mål", "Midler", "Ansvar"],
                ),
            ),
        }
    }
}

/// Names and codes, as a CSV without a codebook has them.
fn without_labels(f: &mut File) {
    let bare = |stem: &str, many: usize| numbered(stem, "", &vec![""; many]);
    f.bare(Multiple, &[0, 1], &bare("b1_", 7));
    f.bare(Multiple, &[0, 1], &bare("b2_", 5));
    f.bare(Battery, &[1, 2, 3, 4, 5], &bare("b3_", 6));
    f.bare(Battery, &[1, 2, 3, 4, 5], &bare("b4_", 4));
    f.ticks(&bare("b5_", 6), false);
    f.number("b6", "", |_, dice| dice.below(101) as f64);
    f.number("b7", "", |_, dice| (2000 + dice.below(20)) as f64);
    f.number("b8", "", |_, dice| dice.share() * 3.0);
    for at in 1..=14 {
        f.number(&format!("sek{at}"), &format!("Sekunder på side {at}"), |_, dice| {
            dice.share() * 90.0
        });
    }
    for (at, spoergsmaal) in [
        "Har du børn under 15 år?",
        "Har du været på kursus i år?",
        "Er du medlem af en fagforening?",
        "Har du skiftet arbejdsplads inden for to år?",
        "Har du adgang til en bil?",
    ]
    .iter()
    .enumerate()
    {
        f.single(&format!("x{}", at + 70), spoergsmaal, JA_NEJ);
    }
    for aar in 2012..=2021 {
        f.number(
            &format!("budget{aar}"),
            &format!("Budget i {aar} (1.000 kr.)"),
            |_, dice| (dice.below(90_000) as f64) / 10.0,
        );
    }
    for emne in [
        "møder",
        "mails",
        "rejser",
        "pauser",
        "sager",
        "tilsyn",
        "undervisning",
        "planlægning",
    ] {
        f.number(
            &format!("timer_{}", emne.replace('ø', "oe").replace('æ', "ae")),
            &format!("Timer om ugen: {emne}"),
            |_, dice| dice.below(38) as f64,
        );
    }
    for (stamme, emne) in [("k1_", "Kontakt med forvaltningen"), ("k2_", "Kontakt med borgerne")] {
        f.set(
            Battery,
            GRAD,
            &numbered(
                stamme,
                &format!("{emne}: {{}}"),
                &["Telefon", "Brev", "Mail", "Møder", "Hjemmeside"],
            ),
        );
        f.text(&format!("{stamme}andet"), &format!("{emne}: Andet, angiv"), &ORD);
    }
    let svar = [
        ("den_ene", "Den ene"),
        ("den_anden", "Den anden"),
        ("begge", "Begge"),
        ("ingen", "Ingen"),
    ];
    f.set(
        Multiple,
        VALGT,
        &worded("vej_", "Hvilken vej tager du til arbejde? {}", &svar),
    );
    f.text("mail", "Skriv din mail", &ORD);
}
