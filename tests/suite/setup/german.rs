//! A survey of German offices: names by question (F3_1), later ones counted through (v141), labels in several styles.

use isobar::data::QuestionKind::{Battery, Multiple};

use super::made::{File, Scale, counted, numbered};

const GENANNT: Scale = &[(0, "nicht genannt"), (1, "genannt")];
const JA_NEIN: Scale = &[(1, "Ja"), (2, "Nein")];
const JA_NEIN_WN: Scale = &[(1, "Ja"), (2, "Nein"), (8, "Weiß nicht"), (9, "Keine Angabe")];
const ZUSTIMMUNG: Scale = &[
    (1, "Stimme überhaupt nicht zu"),
    (2, "Stimme eher nicht zu"),
    (3, "Teils/teils"),
    (4, "Stimme eher zu"),
    (5, "Stimme voll und ganz zu"),
    (98, "Weiß nicht"),
    (99, "Keine Angabe"),
];
const HEMMUNG: Scale = &[
    (1, "In hohem Maße gehemmt"),
    (2, "In gewissem Maße gehemmt"),
    (3, "In gewissem Maße gefördert"),
    (4, "In hohem Maße gefördert"),
    (7, "Nicht relevant"),
    (8, "Weiß nicht"),
];
const WICHTIG: Scale = &[
    (1, "Sehr wichtig"),
    (2, "Eher wichtig"),
    (3, "Eher unwichtig"),
    (4, "Unwichtig"),
    (9, "Keine Angabe"),
];
const ZUFRIEDEN: Scale = &[
    (1, "Sehr unzufrieden"),
    (2, "Eher unzufrieden"),
    (3, "Eher zufrieden"),
    (4, "Sehr zufrieden"),
];
const HAEUFIG: Scale = &[
    (1, "Nie"),
    (2, "Selten"),
    (3, "Manchmal"),
    (4, "Oft"),
    (5, "Immer"),
    (-1, "Trifft nicht zu"),
];

const PARTNER: [&str; 9] = [
    "Andere Behörden derselben Gemeinde",
    "Behörden anderer Gemeinden",
    "Private Unternehmen",
    "Bürgerinnen und Bürger",
    "Vereine und Ehrenamtliche",
    "Hochschulen und Forschungseinrichtungen",
    "Stiftungen",
    "Partner im Ausland",
    "Keine davon",
];
const WORTE: [&str; 8] = [
    "mehr",
    "Zeit",
    "für",
    "Projekte",
    "und",
    "bessere",
    "Ausstattung",
    "nötig",
];

pub fn file() -> File {
    let mut f = File::new(7);
    background(&mut f);
    by_question(&mut f);
    counted_through(&mut f);
    f
}

fn background(f: &mut File) {
    f.number("lfdnr", "Laufende Nummer", |row, _| row as f64 + 1.0);
    f.number("intnr", "Nummer des Interviewers", |_, dice| {
        (1_000 + dice.below(40)) as f64
    });
    f.number("dauer", "Dauer des Interviews in Minuten", |_, dice| {
        10.0 + (dice.share() * 4000.0).round() / 100.0
    });
    f.single(
        "bland",
        "Bundesland der Dienststelle",
        &[
            (1, "Schleswig-Holstein"),
            (2, "Hamburg"),
            (3, "Niedersachsen"),
            (4, "Bremen"),
            (5, "Nordrhein-Westfalen"),
            (6, "Hessen"),
            (7, "Bayern"),
            (8, "Berlin"),
        ],
    );
    f.single(
        "gebiet",
        "Verwaltungsebene",
        &[(1, "Gemeinde"), (2, "Land"), (3, "Bund")],
    );
    f.single(
        "besch_kl",
        "Größe der Dienststelle",
        &[
            (1, "1-9 Beschäftigte"),
            (2, "10-49 Beschäftigte"),
            (3, "50-249 Beschäftigte"),
            (4, "250 und mehr Beschäftigte"),
        ],
    );
    f.single(
        "gem_gr",
        "Größe der Gemeinde",
        &[
            (1, "unter 5.000 Einwohner"),
            (2, "5.000-19.999 Einwohner"),
            (3, "20.000 Einwohner und mehr"),
        ],
    );
    f.single(
        "wzweig",
        "Wirtschaftszweig",
        &[
            (1, "Öffentliche Verwaltung"),
            (2, "Erziehung und Unterricht"),
            (3, "Gesundheit"),
            (4, "Verkehr"),
            (5, "Kultur"),
        ],
    );
    f.single(
        "pos",
        "Position der befragten Person",
        &[
            (1, "Amtsleitung"),
            (2, "Abteilungsleitung"),
            (3, "Sachbearbeitung"),
            (4, "Sonstige"),
        ],
    );
    f.single(
        "geschl",
        "Geschlecht",
        &[(1, "männlich"), (2, "weiblich"), (3, "divers")],
    );
    f.number("alter", "Alter in Jahren", |_, dice| (22 + dice.below(45)) as f64);
    f.number("koerpergew", "Körpergewicht in kg", |_, dice| {
        50.0 + (dice.share() * 5_000.0).round() / 100.0
    });
    f.number("groesse", "Körpergröße in cm", |_, dice| {
        150.0 + dice.below(50) as f64
    });
    f.number("gruendung", "Gründungsjahr der Dienststelle", |_, dice| {
        (1950 + dice.below(70)) as f64
    });
    f.number(
        "akad",
        "Anteil der Beschäftigten mit Hochschulabschluss (in Prozent)",
        |_, dice| dice.below(101) as f64,
    );
    f.number(
        "gew_preis",
        "Welches Gewicht hat der Preis bei Ihren Vergaben (0-100)?",
        |_, dice| dice.share() * 100.0,
    );
    f.number(
        "gew_qual",
        "Welches Gewicht hat die Qualität bei Ihren Vergaben (0-100)?",
        |_, dice| dice.share() * 100.0,
    );
    f.number("index", "Index der Digitalisierung (Mittelwert = 1)", |_, dice| {
        0.5 + dice.share()
    });
}

fn by_question(f: &mut File) {
    f.single(
        "F1",
        "F1: Hat Ihre Dienststelle seit 2020 etwas Neues eingeführt?",
        JA_NEIN_WN,
    );
    f.single("F2", "F2: Haben Sie eine schriftliche Innovationsstrategie?", JA_NEIN);
    f.set(
        Multiple,
        JA_NEIN_WN,
        &numbered(
            "F3_",
            "F3: Welche Arten von Innovationen wurden eingeführt: {}",
            &[
                "Neue Produkte",
                "Neue Dienstleistungen",
                "Neue Prozesse oder Abläufe",
                "Neue Kommunikation",
            ],
        ),
    );
    f.set(
        Multiple,
        GENANNT,
        &numbered(
            "F4_",
            "Mit wem haben Sie bei der letzten Innovation zusammengearbeitet? - {}",
            &PARTNER,
        ),
    );
    f.text(
        "F4_9a",
        "Mit wem haben Sie bei der letzten Innovation zusammengearbeitet? - Sonstige, und zwar",
        &WORTE,
    );
    f.set(
        Multiple,
        GENANNT,
        &numbered(
            "F5_",
            "[{}] Welchen Mehrwert hat die Innovation geschaffen?",
            &[
                "Qualität",
                "Effizienz",
                "Zufriedenheit der Beschäftigten",
                "Bürgerbeteiligung",
                "Politische Ziele",
                "Weiß nicht",
            ],
        ),
    );
    // A gap in the numbers: F6_4 was taken out of the questionnaire.
    let mut anstoss = numbered(
        "F6_",
        "Anstoß der Innovation: {}",
        &[
            "Beschäftigte",
            "Führungskräfte",
            "Bürger",
            "gestrichen",
            "Andere Behörden",
            "Unternehmen",
            "Gesetze und Vorgaben",
            "Neue Technologie",
        ],
    );
    anstoss.remove(3);
    f.set(Multiple, GENANNT, &anstoss);
    f.set(
        Battery,
        HEMMUNG,
        &numbered(
            "F7_",
            "Haben die folgenden Faktoren die Innovation gefördert oder gehemmt? {}",
            &[
                "Mitwirkung der Beschäftigten",
                "Zusammenarbeit im Haus",
                "Umgang mit Fehlern",
                "Politische Leitung",
                "Neue Technologie",
                "Gesetze und Vorgaben",
                "Knappe Mittel",
                "Unternehmen",
            ],
        ),
    );
    f.set(
        Battery,
        ZUSTIMMUNG,
        &numbered(
            "F8_",
            "Kultur in der Dienststelle: {}",
            &[
                "Wir probieren neue Lösungen aus",
                "Wir lernen aus Fehlern",
                "Die Leitung unterstützt neue Ideen",
                "Es ist Zeit für Entwicklung da",
                "Wir beteiligen Bürger",
            ],
        ),
    );
    // The same scale right after it, another question.
    f.set(
        Battery,
        ZUSTIMMUNG,
        &numbered(
            "F9_",
            "Zusammenarbeit mit der Politik: {}",
            &[
                "Die Politik gibt Spielraum",
                "Die Politik stellt Mittel bereit",
                "Entscheidungen fallen schnell",
            ],
        ),
    );
    f.text("F9_off", "Was möchten Sie dazu noch sagen?", &WORTE);
    f.single(
        "F10",
        "Gibt es in Ihrer Dienststelle eine Stelle für Innovation?",
        JA_NEIN,
    );
    f.single("F11", "Haben Sie ein eigenes Budget für Innovation?", JA_NEIN);
    f.single("F12", "Wurde die letzte Innovation evaluiert?", JA_NEIN);
    f.single(
        "F13",
        "Wie neu ist die letzte Innovation?",
        &[
            (1, "Die erste ihrer Art"),
            (2, "Von anderen angepasst"),
            (3, "Von anderen übernommen"),
            (8, "Weiß nicht"),
        ],
    );
    f.ticks(
        &numbered(
            "F14M",
            "Finanzierung der Innovation: {}",
            &[
                "Eigene Mittel",
                "Landesmittel",
                "Bundesmittel",
                "EU-Mittel",
                "Stiftungen",
                "Unternehmen",
            ],
        ),
        false,
    );
    f.ticks(
        &numbered(
            "F15M",
            "Wege der Verbreitung: {}",
            &["Treffen", "Besuche", "Vorträge", "Veröffentlichungen", "Medien"],
        ),
        true,
    );
    f.bare(
        Battery,
        &[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10],
        &numbered(
            "F16_",
            "Vertrauen in: {}",
            &[
                "Gemeinderat",
                "Landtag",
                "Bundestag",
                "Medien",
                "Gerichte",
                "Wissenschaft",
            ],
        ),
    );
    f.bare(
        Multiple,
        &[0, 1],
        &numbered(
            "F17_",
            "Genutzte Geräte: {}",
            &["Smartphone", "Tablet", "Laptop", "Arbeitsplatzrechner"],
        ),
    );
    f.set(
        Battery,
        WICHTIG,
        &[
            ("F18a", "Gewichtung der Kriterien: Preis"),
            ("F18b", "Gewichtung der Kriterien: Qualität"),
            ("F18c", "Gewichtung der Kriterien: Lieferzeit"),
            ("F18d", "Gewichtung der Kriterien: Nachhaltigkeit"),
        ]
        .map(|(name, label)| (name.to_owned(), label.to_owned())),
    );
    f.single("F19", "Wie zufrieden sind Sie insgesamt mit Ihrer Arbeit?", ZUFRIEDEN);
    f.set(
        Battery,
        HAEUFIG,
        &numbered(
            "F20_",
            "Wie oft nutzen Sie {}?",
            &["E-Mail", "Videokonferenzen", "gemeinsame Ablagen", "Projektsoftware"],
        ),
    );
    f.number("F21", "Ausgaben für Innovation in Tausend Euro", |_, dice| {
        (dice.below(90_000)) as f64
    });
    f.number("F22", "Anteil der Ausgaben für Schulungen in Prozent", |_, dice| {
        dice.below(101) as f64
    });
    f.number("F23", "In welchem Jahr begann das Projekt?", |_, dice| {
        (2015 + dice.below(8)) as f64
    });
}

fn counted_through(f: &mut File) {
    let ziele = [
        "Kosten senken",
        "Qualität verbessern",
        "Service verbessern",
        "Personal gewinnen",
        "Gesetze umsetzen",
    ];
    f.set(Multiple, GENANNT, &counted(f.next(), "Ziele des Vorhabens: {}", &ziele));
    f.set(Multiple, GENANNT, &counted(f.next(), "Erreichte Wirkungen: {}", &ziele));
    // Items alone in the labels: only the scale and the place tell.
    f.set(
        Multiple,
        GENANNT,
        &counted(
            f.next(),
            "{}",
            &[
                "Schulungen",
                "Handbücher",
                "Beratung durch Dritte",
                "Hospitationen",
                "Netzwerke",
            ],
        ),
    );
    f.single(
        &format!("v{}", f.next()),
        "Würden Sie an einer weiteren Befragung teilnehmen?",
        JA_NEIN,
    );
    f.single(
        &format!("v{}", f.next()),
        "Dürfen wir Ihnen die Ergebnisse schicken?",
        JA_NEIN,
    );
    for (thema, aussagen) in [
        (
            "Digitalisierung",
            [
                "spart uns Zeit",
                "macht die Arbeit besser",
                "überfordert viele",
                "kommt zu langsam voran",
                "braucht mehr Personal",
            ],
        ),
        (
            "Führung",
            [
                "ist ansprechbar",
                "gibt klare Ziele vor",
                "fördert Weiterbildung",
                "lässt Freiraum",
                "geht mit gutem Beispiel voran",
            ],
        ),
        (
            "Klimaschutz",
            [
                "ist Teil unserer Arbeit",
                "kostet zu viel",
                "wird von der Leitung unterstützt",
                "findet kaum statt",
                "braucht neue Regeln",
            ],
        ),
    ] {
        let items: Vec<String> = aussagen
            .iter()
            .map(|aussage| format!("{thema}: {thema} {aussage}"))
            .collect();
        let items: Vec<&str> = items.iter().map(String::as_str).collect();
        f.set(Battery, ZUSTIMMUNG, &counted(f.next(), "{}", &items));
    }
    f.set(
        Battery,
        ZUFRIEDEN,
        &counted(
            f.next(),
            "Zufriedenheit mit: {}",
            &[
                "Bezahlung",
                "Arbeitszeit",
                "Ausstattung",
                "Kollegen",
                "Vorgesetzten",
                "Entwicklung",
            ],
        ),
    );
    f.single(
        &format!("v{}", f.next()),
        "Höchster Schulabschluss",
        &[(1, "Hauptschule"), (2, "Realschule"), (3, "Abitur")],
    );
    f.single(
        &format!("v{}", f.next()),
        "Beschäftigungsverhältnis",
        &[(1, "Beamte"), (2, "Angestellte"), (3, "Befristet")],
    );
    for (frage, items) in [
        (
            "Welche Informationsquellen nutzen Sie?",
            [
                "Kollegen",
                "Fachzeitschriften",
                "Internet",
                "Tagungen",
                "Verbände",
                "Ministerien",
            ],
        ),
        (
            "Welche Schulungen haben Sie besucht?",
            ["Recht", "Technik", "Führung", "Sprachen", "Projektleitung", "Sonstige"],
        ),
        (
            "Welche Aufgaben hat Ihre Dienststelle ausgelagert?",
            ["Reinigung", "IT-Betrieb", "Druck", "Buchhaltung", "Transport", "Keine"],
        ),
    ] {
        f.set(
            Multiple,
            JA_NEIN_WN,
            &counted(f.next(), &format!("{frage} {{}}"), &items),
        );
    }
    for thema in ["Büro", "Kantine", "Parkplatz"] {
        let pattern = format!("Wie wichtig ist Ihnen beim Thema {thema}: {{}}");
        f.set(
            Battery,
            WICHTIG,
            &counted(f.next(), &pattern, &["Lage", "Preis", "Sauberkeit", "Barrierefreiheit"]),
        );
    }
    for at in 1..=12 {
        f.number(
            &format!("zeit{at}"),
            &format!("Bearbeitungszeit der Seite {at} in Sekunden"),
            |_, dice| 5.0 + (dice.share() * 9_000.0).round() / 100.0,
        );
    }
    for at in ["Sitzung", "Reise", "Akten", "Telefon"] {
        f.number(
            &format!("std_{}", at.to_lowercase()),
            &format!("Stunden pro Woche: {at}"),
            |_, dice| dice.below(41) as f64,
        );
    }
    f.set(
        Multiple,
        GENANNT,
        &numbered(
            "nq1_",
            "Nachbefragung, Kanäle: {}",
            &["Brief", "Telefon", "E-Mail", "Portal", "Persönlich"],
        ),
    );
    f.set(
        Multiple,
        GENANNT,
        &numbered(
            "nq2_",
            "Nachbefragung, Hürden: {}",
            &["Zeit", "Geld", "Personal", "Wissen", "Recht"],
        ),
    );
    f.set(
        Battery,
        ZUSTIMMUNG,
        &numbered(
            "nq3_",
            "{}",
            &[
                "Die Befragung war verständlich",
                "Die Befragung war zu lang",
                "Ich würde wieder teilnehmen",
            ],
        ),
    );
    f.set(
        Battery,
        HAEUFIG,
        &numbered(
            "nq4_",
            "Wie häufig treffen Sie: {}",
            &["Kollegen", "Leitung", "Bürger", "Politik", "Presse"],
        ),
    );
    f.text("bemerkung", "Bemerkungen", &WORTE);
    f.single("nachricht", "Newsletter gewünscht", JA_NEIN);
    f.number("hfaktor", "Hochrechnungsfaktor", |_, dice| {
        0.2 + (dice.share() * 30_000.0).round() / 10_000.0
    });
    f.number("gewicht_alt", "Gewicht (alte Fassung)", |_, dice| {
        0.3 + (dice.share() * 14_000.0).round() / 10_000.0
    });
    // More of the same kind, as long surveys have it.
    for (at, thema) in ["Personal", "Haushalt", "Vergabe", "Recht", "Presse", "Technik"]
        .iter()
        .enumerate()
    {
        let stem = format!("z{}_", at + 1);
        match at % 2 {
            0 => f.set(
                Multiple,
                GENANNT,
                &numbered(
                    &stem,
                    &format!("Ansprechpartner im Bereich {thema}: {{}}"),
                    &["Amtsleitung", "Abteilung", "Externe", "Niemand"],
                ),
            ),
            _ => f.set(
                Battery,
                ZUFRIEDEN,
                &numbered(
                    &stem,
                    &format!("Zufriedenheit mit dem Bereich {thema}: {{}}"),
                    &["Tempo", "Qualität", "Freundlichkeit", "Erreichbarkeit"],
                ),
            ),
        }
    }
    // Single questions in a row, each for itself.
    for frage in [
        "Haben Sie in den letzten zwölf Monaten eine Weiterbildung besucht?",
        "Haben Sie Kinder unter 14 Jahren?",
        "Haben Sie einen Migrationshintergrund?",
        "Sind Sie Mitglied einer Gewerkschaft?",
        "Haben Sie schon einmal die Dienststelle gewechselt?",
        "Gehört Ihre Dienststelle zu einem Verbund?",
    ] {
        f.single(&format!("v{}", f.next()), frage, JA_NEIN);
    }
    for thema in [
        "Strom",
        "Wärme",
        "Papier",
        "Fahrten",
        "Wasser",
        "Reinigung",
        "Miete",
        "Porto",
    ] {
        let name = format!("ant_{}", thema.to_lowercase());
        f.number(
            &name,
            &format!("Anteil an den Sachkosten (in Prozent): {thema}"),
            |_, dice| dice.below(101) as f64,
        );
    }
    for jahr in 2016..=2023 {
        f.number(
            &format!("stellen{jahr}"),
            &format!("Stellen im Jahr {jahr}"),
            |_, dice| (dice.below(4_000) as f64) / 4.0,
        );
    }
    f.number("plz", "Postleitzahl", |_, dice| (10_000 + dice.below(80_000)) as f64);
    f.number("code", "Zugangscode", |row, _| {
        500_000.0 + ((row * 7_919) % 99_991) as f64
    });
}
