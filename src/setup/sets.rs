//! Profiles in the order of the file in, the multiple-response questions and batteries among them out.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::links::{self, Link, NameLink, Ties};
use super::poles;
use super::profile::{Profile, says_none};
use super::scales::{self, Class, Marker};
use super::{Guess, Reason, What, answers, id_of, together};
use crate::data::wording::words;
use crate::data::{
    AnswerKind, Code, Column, Item, ItemKind, Question, QuestionId, QuestionKind, Text, VarId, VariableKind,
};

/// So many free texts may stand between two items ("other, please specify").
const MOST_BETWEEN: usize = 3;
/// A battery has at most so many answers.
const MOST_ON_A_SCALE: usize = 11;

/// As many respondents tell whether answers were filled in from the left.
const MOST_ROWS: usize = 5_000;

/// A guessed question and the variables in it, by position.
pub(super) struct Set {
    pub members: Vec<usize>,
    pub guess: Guess,
}

/// Every set, in the order of the file.
pub(super) fn guess(profiles: &[Profile<'_>]) -> Vec<Set> {
    let ties = links::ties(profiles);
    // A question must not take the name of a variable that is not in it.
    let mut taken: HashSet<String> = profiles.iter().map(|profile| profile.variable.name.0.clone()).collect();
    runs(profiles)
        .into_iter()
        .flat_map(|run| segments(&run, profiles, &ties))
        .filter_map(|segment| set_of(segment, profiles, &ties, &mut taken))
        .collect()
}

/// Neighbours on the same scale; free texts between them are passed over.
fn runs(profiles: &[Profile<'_>]) -> Vec<Vec<usize>> {
    let mut runs: Vec<Vec<usize>> = Vec::new();
    let mut run: Vec<usize> = Vec::new();
    let mut between = 0;
    for (at, profile) in profiles.iter().enumerate() {
        if profile.free && profile.class != Class::None {
            let fits = run.last().is_some_and(|&last| scales::same(&profiles[last], profile))
                // One that nobody or everybody ticked says less than its neighbours.
                && run.first().is_some_and(|&first| scales::same(&profiles[first], profile));
            if !fits {
                runs.push(std::mem::take(&mut run));
            }
            run.push(at);
            between = 0;
        } else if profile.open_text && between < MOST_BETWEEN {
            between += 1;
        } else {
            runs.push(std::mem::take(&mut run));
        }
    }
    runs.push(run);
    runs.retain(|run| run.len() > 1);
    runs
}

/// A run cut where one question ends and the next begins.
fn segments(run: &[usize], profiles: &[Profile<'_>], ties: &[Ties]) -> Vec<(Vec<usize>, Vec<Link>)> {
    let link_of = |a: usize, b: usize| links::link((&ties[a], &profiles[a]), (&ties[b], &profiles[b]));
    let all: Vec<Link> = run.windows(2).map(|pair| link_of(pair[0], pair[1])).collect();
    let mut segments = Vec::new();
    let (mut members, mut kept) = (vec![run[0]], Vec::new());
    for (at, link) in all.iter().enumerate() {
        let before = at.checked_sub(1).and_then(|before| all.get(before));
        let after = all.get(at + 1);
        let [a, b] = [run[at], run[at + 1]].map(|member| &profiles[member]);
        if holds(before, link, after, a, b) {
            kept.push(link.clone());
        } else {
            segments.push((std::mem::take(&mut members), std::mem::take(&mut kept)));
        }
        members.push(run[at + 1]);
    }
    segments.push((members, kept));
    segments
}

/// Whether two neighbours on the same scale belong to one question; the links beside theirs tell where others begin.
fn holds(before: Option<&Link>, link: &Link, after: Option<&Link>, a: &Profile<'_>, b: &Profile<'_>) -> bool {
    let label_runs = |link: Option<&Link>| link.is_some_and(Link::by_label);
    let name_runs = |link: Option<&Link>| link.is_some_and(|link| matches!(link.name, NameLink::Same(_)));
    let strong = matches!(link.name, NameLink::Same(_));
    if link.name == NameLink::Different && (name_runs(before) || name_runs(after)) {
        return false;
    }
    if link.by_label() {
        // Two questions under one heading: alike before, alike after, less alike here.
        let dip = before.is_some_and(|before| before.depth() > link.depth())
            && after.is_some_and(|after| after.depth() > link.depth());
        let words_of = |link: Option<&Link>| match link.map(|link| &link.name) {
            Some(NameLink::Words(stem)) => Some(stem.clone()),
            _ => None,
        };
        let other_words =
            words_of(before).is_some() && words_of(after).is_some() && words_of(before) != words_of(after);
        return !dip || strong || !(other_words || link.depth() <= 2);
    }
    let between_questions = label_runs(before) && label_runs(after);
    if strong {
        return !between_questions;
    }
    let beside_question = label_runs(before) || label_runs(after);
    let plain_yes = matches!(
        a.class,
        Class::Two {
            marker: Marker::YesNo | Marker::Bare,
            ..
        }
    );
    let own_question = a.label.trim_end().ends_with('?') && b.label.trim_end().ends_with('?');
    match &link.name {
        NameLink::Words(_) if beside_question => false,
        NameLink::Words(_) => !(plain_yes && own_question),
        _ if beside_question => false,
        NameLink::Generic | NameLink::Silent | NameLink::Different => {
            let alike = link.prefix >= 4 || (link.prefix >= 2 && !plain_yes);
            let same_scale_says_enough =
                !plain_yes && !own_question && a.labelled && !matches!(a.class, Class::Tick(_));
            (alike && !own_question) || same_scale_says_enough
        }
        NameLink::Same(_) => true,
    }
}

/// What is common to all members of a segment.
struct Common {
    /// The question's text: where it ends (head) or begins (tail) in each label.
    text: Option<String>,
    items: Vec<Option<String>>,
    labels: f64,
    words: bool,
    names: Option<String>,
    names_share: f64,
    name_words: bool,
}

fn set_of(
    (members, links): (Vec<usize>, Vec<Link>),
    profiles: &[Profile<'_>],
    ties: &[Ties],
    taken: &mut HashSet<String>,
) -> Option<Set> {
    if members.len() < 2 {
        return None;
    }
    let of: Vec<&Profile<'_>> = members.iter().map(|&member| &profiles[member]).collect();
    let common = common(&members, &links, profiles, ties);
    let first = of[0];
    let tied = common.labels >= 0.5 || common.names_share >= 0.5;
    let filled_in_order = first.class == Class::Many && filled_in_order(&of);
    let mut evidence = vec![
        0.6 * common.labels,
        match common.names {
            Some(_) if common.name_words => 0.35 * common.names_share,
            Some(_) => 0.5 * common.names_share,
            None => 0.0,
        },
    ];
    if common.words {
        evidence.push(0.3);
    }
    let enough = match &first.class {
        Class::None => false,
        Class::Tick(_) => tied || common.words,
        Class::Two { marker, .. } => {
            evidence.push(match marker {
                Marker::Box => 0.5,
                Marker::YesNo => 0.2,
                Marker::Bare => 0.1,
            });
            match marker {
                Marker::Box => tied || common.words || members.len() > 2,
                _ => {
                    common.labels >= 0.5 || (tied && !common.name_words) || members.len() > 2 && (tied || common.words)
                }
            }
        }
        Class::Many => {
            evidence.push(if first.labelled { 0.4 } else { 0.15 });
            let few = first.answers.len() <= MOST_ON_A_SCALE;
            let bipolar = poles::of(&longest(&of).answers).is_some();
            let alone = members.len() > 2 && (bipolar || common.words) && first.labelled;
            filled_in_order && tied || few && (tied || alone)
        }
    };
    if !enough {
        return None;
    }
    if members.len() > 2 {
        evidence.push(0.2);
    }
    let kind = match first.class {
        Class::Many if !filled_in_order => QuestionKind::Battery,
        _ => QuestionKind::Multiple,
    };
    let mut question = question(kind, &of, &common, taken);
    let mut reasons = Vec::new();
    if let Some(text) = &common.text {
        reasons.push(Reason::SharedLabel(text.clone()));
    }
    if let Some(stem) = &common.names {
        reasons.push(Reason::NameStem(stem.clone()));
    }
    let counted = counted(&of);
    match (&first.class, &counted) {
        _ if filled_in_order => {
            by_category(&mut question, &of);
            reasons.push(Reason::FilledInOrder);
        }
        (Class::Many, _) => {
            let widest = longest(&of);
            question.poles = poles::of(&widest.answers);
            reasons.push(Reason::SameAnswers(widest.answers.iter().map(shown).collect()));
        }
        (Class::Tick(code), _) => {
            question.counted = vec![code.clone()];
            reasons.push(Reason::OneValue(code.to_string()));
        }
        (_, Some(code)) => {
            question.counted = vec![code.clone()];
            let widest = longest(&of);
            let (chosen, other): (Vec<_>, Vec<_>) = widest.answers.iter().partition(|answer| answer.code == *code);
            reasons.push(Reason::TwoValues {
                chosen: chosen.first().map_or_else(|| code.to_string(), |answer| shown(answer)),
                other: other.first().map(|answer| shown(answer)).unwrap_or_default(),
            });
        }
        _ => {}
    }
    Some(Set {
        guess: Guess {
            id: id_of(kind, &first.variable.name),
            what: What::Question(Box::new(question)),
            confidence: together(&evidence),
            reasons,
            instead_of: None,
        },
        members,
    })
}

fn shown(answer: &super::profile::Answer) -> String {
    match answer.label.is_empty() {
        true => answer.code.to_string(),
        false => answer.label.clone(),
    }
}

fn counted(of: &[&Profile<'_>]) -> Option<Code> {
    of.iter().find_map(|profile| match &profile.class {
        Class::Two { chosen, .. } => Some(chosen.clone()),
        _ => None,
    })
}

/// The member that knows most of the scale.
fn longest<'a, 'b>(of: &[&'a Profile<'b>]) -> &'a Profile<'b> {
    // The first of the longest, so that the order of the file decides.
    of.iter().fold(of[0], |best, profile| {
        if profile.answers.len() > best.answers.len() {
            profile
        } else {
            best
        }
    })
}

fn common(members: &[usize], links: &[Link], profiles: &[Profile<'_>], ties: &[Ties]) -> Common {
    let pairs = links.len().max(1) as f64;
    // The beginning (or end) that most members have; the longer where as many have it.
    let most = |cuts: &dyn Fn(&Ties) -> &[links::Cut]| -> Option<(String, usize)> {
        let mut having: HashMap<&str, (usize, usize)> = HashMap::new();
        for &member in members {
            let mut seen = HashSet::new();
            for cut in cuts(&ties[member]) {
                if seen.insert(&cut.key) {
                    let entry = having.entry(&cut.key).or_insert((0, cut.words));
                    entry.0 += 1;
                }
            }
        }
        having
            .into_iter()
            .filter(|(_, (count, _))| *count >= 2 && *count * 10 >= members.len() * 6)
            .max_by_key(|(key, (count, words))| (*count, *words, std::cmp::Reverse(key.to_owned())))
            .map(|(key, (count, _))| (key.to_owned(), count))
    };
    let head = most(&|tie| &tie.heads);
    let tail = most(&|tie| &tie.tails).filter(|(_, count)| head.as_ref().is_none_or(|(_, heads)| count > heads));
    let whole = |raw: &str| -> String {
        raw.trim()
            .trim_end_matches([':', '-', '–', '—', '|', '[', '(', ';'])
            .trim_end()
            .to_owned()
    };
    let mut text = None;
    let items: Vec<Option<String>> = members
        .iter()
        .map(|&member| {
            let label = profiles[member].label;
            let (key, is_tail) = match (&head, &tail) {
                (_, Some((key, _))) => (key, true),
                (Some((key, _)), None) => (key, false),
                (None, None) => return None,
            };
            let cuts = if is_tail {
                &ties[member].tails
            } else {
                &ties[member].heads
            };
            let cut = cuts.iter().find(|cut| cut.key == *key)?;
            let (before, after) = label.split_at_checked(cut.at)?;
            let (question, item) = if is_tail { (after, before) } else { (before, after) };
            text.get_or_insert_with(|| {
                whole(question.trim_start_matches([']', ')', ':', '-', '–', '—', '|', ' ', '.', '…']))
            });
            Some(
                item.trim_matches([' ', '[', ']', '(', ')', '-', '–', ':', '|'])
                    .to_owned(),
            )
            .filter(|item| !item.is_empty())
        })
        .collect();
    let labelled = items.iter().filter(|item| item.is_some()).count();
    let prefix = links.iter().map(|link| link.prefix).min().unwrap_or(0);
    let mut stems: BTreeMap<(&str, bool), usize> = BTreeMap::new();
    for link in links {
        match &link.name {
            NameLink::Same(stem) => *stems.entry((stem, false)).or_default() += 1,
            NameLink::Words(stem) => *stems.entry((stem, true)).or_default() += 1,
            _ => {}
        }
    }
    let stem = stems.iter().max_by_key(|(_, count)| **count);
    Common {
        labels: match labelled {
            0 => 0.0,
            count => count as f64 / members.len() as f64,
        },
        words: text.is_none() && prefix >= 2,
        text,
        items,
        names: stem.map(|((stem, _), _)| (*stem).to_owned()),
        names_share: stems.values().sum::<usize>() as f64 / pairs,
        name_words: stem.is_some_and(|((_, words), _)| *words),
    }
}

fn question(kind: QuestionKind, of: &[&Profile<'_>], common: &Common, taken: &mut HashSet<String>) -> Question {
    let stem = common
        .names
        .as_deref()
        .map(|stem| stem.trim_end_matches(['_', '.', '-']));
    let mut id = stem
        .filter(|stem| !stem.is_empty())
        .map_or_else(|| of[0].variable.name.0.clone(), str::to_owned);
    if !taken.insert(id.clone()) {
        id.clone_from(&of[0].variable.name.0);
    }
    let key = of[0].key;
    let said: Vec<Vec<String>> = of
        .iter()
        .zip(&common.items)
        .map(|(profile, item)| words(item.as_deref().unwrap_or(profile.label)))
        .collect();
    let unsure = |said: &[String]| answers::kind_of(said) == Some(AnswerKind::DontKnow);
    // "None" stands last, or before "don't know".
    let end = said.iter().rposition(|said| !unsure(said)).unwrap_or(0);
    let items = of
        .iter()
        .zip(&common.items)
        .zip(&said)
        .enumerate()
        .map(|(at, ((profile, item), said))| Item {
            var: profile.variable.name.clone(),
            label: item.as_ref().map(|item| text_of(key, item)),
            is: match kind {
                QuestionKind::Battery => ItemKind::Answer,
                _ if unsure(said) => ItemKind::DontKnow,
                _ if says_none(said, at == end) => ItemKind::None,
                _ => ItemKind::Answer,
            },
            ..Item::default()
        })
        .collect();
    Question {
        id: QuestionId(id),
        text: common
            .text
            .as_deref()
            .map(|text| text_of(key, text))
            .unwrap_or_default(),
        kind,
        items,
        ..Question::default()
    }
}

fn text_of(key: &str, text: &str) -> Text {
    Text(BTreeMap::from([(key.to_owned(), text.to_owned())]))
}

/// First, second … answer on the same codes: whoever has no second has no third, and nobody gave one twice.
fn filled_in_order(of: &[&Profile<'_>]) -> bool {
    let quantity = of
        .iter()
        .any(|profile| profile.variable.kind == VariableKind::Numeric && !profile.labelled);
    if quantity || of[0].answers.len() < of.len().max(3) {
        return false;
    }
    let columns: Vec<&Column> = of.iter().map(|profile| profile.column).collect();
    let rows = columns[0].len().min(MOST_ROWS);
    let (mut answered, mut shorter, mut faulty) = (0usize, 0usize, 0usize);
    for row in 0..rows {
        let codes: Vec<Option<Code>> = columns.iter().map(|column| column.code(row)).collect();
        let given = codes.iter().flatten().count();
        if given == 0 {
            continue;
        }
        answered += 1;
        shorter += usize::from(given < codes.len());
        let holes = codes[..given].iter().any(Option::is_none);
        let distinct: HashSet<&Code> = codes.iter().flatten().collect();
        faulty += usize::from(holes || distinct.len() < given);
    }
    // Where everybody answers everything, ranks and statements look alike.
    answered > 10 && shorter * 10 >= answered && faulty * 100 <= answered
}

/// One item for each labelled code, chosen by whoever has it in any of the variables.
fn by_category(question: &mut Question, of: &[&Profile<'_>]) {
    let vars: Vec<VarId> = of.iter().map(|profile| profile.variable.name.clone()).collect();
    let widest = longest(of);
    question.items = widest
        .answers
        .iter()
        .map(|answer| Item {
            var: vars[0].clone(),
            more: vars[1..].to_vec(),
            label: Some(text_of(of[0].key, &shown(answer))),
            counted: vec![answer.code.clone()],
            ..Item::default()
        })
        .collect();
}
