//! The attributes of R's columns in, as R's arrow package writes them (an R serialisation in letters); labels and missing
//! codes of haven out. R Internals, section 1.8. What is not understood is passed over.

use std::io::Read;

use crate::data::codebook::Code;

/// What haven keeps in the attributes of a column.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Attributes {
    pub label: Option<String>,
    pub labels: Vec<(Code, String)>,
    pub na_values: Vec<Code>,
    pub na_range: Option<(f64, f64)>,
}

/// Lists in lists.
const DEEPEST: usize = 40;
/// A packed serialisation unpacks to at most so many bytes.
const MOST_BYTES: u64 = 64 << 20;

/// An R object: what it holds, and its attributes.
struct Object {
    holds: Holds,
    attributes: Vec<(String, Object)>,
}

enum Holds {
    Nothing,
    Numbers(Vec<f64>),
    Texts(Vec<String>),
    List(Vec<Object>),
    /// Pairs of a tag and an object.
    Pairs(Vec<(String, Object)>),
    Symbol(String),
    Bytes(Vec<u8>),
}

/// The attributes of the columns that have any, by the columns' names.
pub(super) fn columns(serialised: &str) -> Vec<(String, Attributes)> {
    let Some(mut object) = read(serialised) else {
        return Vec::new();
    };
    // A long serialisation is packed, and serialised once more.
    if let Holds::Bytes(bytes) = &object.holds {
        let mut text = String::new();
        let unpacked = flate2::read::ZlibDecoder::new(bytes.as_slice())
            .take(MOST_BYTES)
            .read_to_string(&mut text);
        match unpacked.ok().and_then(|_| read(&text)) {
            Some(inner) => object = inner,
            None => return Vec::new(),
        }
    }
    let Some(columns) = object.take("columns") else {
        return Vec::new();
    };
    let mut found = Vec::new();
    for (name, mut column) in columns.named() {
        if let Some(attributes) = column.take("attributes") {
            found.push((name, attributes_of(attributes)));
        }
    }
    found
}

fn attributes_of(object: Object) -> Attributes {
    let mut attributes = Attributes::default();
    for (name, object) in object.named() {
        match name.as_str() {
            "label" => attributes.label = object.texts().first().cloned(),
            "labels" => {
                let names = match object.attribute("names") {
                    Some(names) => names.texts().to_vec(),
                    None => Vec::new(),
                };
                attributes.labels = object
                    .codes()
                    .into_iter()
                    .zip(names)
                    .filter_map(|(code, name)| Some((code?, name)))
                    .collect();
            }
            "na_values" => attributes.na_values = object.codes().into_iter().flatten().collect(),
            "na_range" => {
                if let Holds::Numbers(ends) = &object.holds
                    && let [low, high] = ends.as_slice()
                    && low <= high
                {
                    attributes.na_range = Some((*low, *high));
                }
            }
            _ => {}
        }
    }
    attributes
}

impl Object {
    fn attribute(&self, name: &str) -> Option<&Object> {
        self.attributes
            .iter()
            .find(|(own, _)| own == name)
            .map(|(_, object)| object)
    }

    /// The objects of a list by their names.
    fn named(self) -> Vec<(String, Object)> {
        let names = match self.attribute("names") {
            Some(names) => names.texts().to_vec(),
            None => Vec::new(),
        };
        match self.holds {
            Holds::List(objects) => names.into_iter().zip(objects).collect(),
            Holds::Pairs(pairs) => pairs,
            _ => Vec::new(),
        }
    }

    /// The object of a list that has this name.
    fn take(&mut self, name: &str) -> Option<Object> {
        let place = self.attribute("names")?.texts().iter().position(|own| own == name)?;
        match &mut self.holds {
            Holds::List(objects) if place < objects.len() => Some(objects.swap_remove(place)),
            _ => None,
        }
    }

    fn texts(&self) -> &[String] {
        match &self.holds {
            Holds::Texts(texts) => texts,
            _ => &[],
        }
    }

    /// The elements of a vector as codes; a tagged missing has lost its tag and is none.
    fn codes(&self) -> Vec<Option<Code>> {
        match &self.holds {
            Holds::Numbers(numbers) => {
                let code = |number: &f64| number.is_finite().then_some(Code::Number(*number));
                numbers.iter().map(code).collect()
            }
            Holds::Texts(texts) => texts.iter().map(|text| Some(Code::Text(text.clone()))).collect(),
            _ => Vec::new(),
        }
    }
}

fn read(serialised: &str) -> Option<Object> {
    let mut words = Words {
        rest: serialised.strip_prefix("A\n")?,
        symbols: Vec::new(),
    };
    let version = words.whole()?;
    words.whole()?;
    words.whole()?;
    if version == 3 {
        words.whole()?;
        words.word()?;
    }
    words.object(DEEPEST)
}

/// The words of a serialisation, one on a line.
struct Words<'a> {
    rest: &'a str,
    symbols: Vec<String>,
}

impl<'a> Words<'a> {
    fn word(&mut self) -> Option<&'a str> {
        let (word, rest) = self.rest.split_once('\n')?;
        self.rest = rest;
        Some(word)
    }

    fn whole(&mut self) -> Option<i64> {
        self.word()?.trim().parse().ok()
    }

    /// A length, no longer than what follows.
    fn length(&mut self) -> Option<usize> {
        usize::try_from(self.whole()?)
            .ok()
            .filter(|length| *length <= self.rest.len())
    }

    fn number(&mut self) -> Option<f64> {
        match self.word()?.trim() {
            "NA" | "NaN" => Some(f64::NAN),
            "Inf" => Some(f64::INFINITY),
            "-Inf" => Some(f64::NEG_INFINITY),
            number => number.parse().ok(),
        }
    }

    fn object(&mut self, depth: usize) -> Option<Object> {
        let depth = depth.checked_sub(1)?;
        let flags = self.whole()?;
        let has_attributes = flags & 0x200 != 0;
        let holds = match flags & 0xFF {
            // NULL and the environments that everybody has.
            254 | 253 | 251 | 250 | 242 | 241 => return Some(plain(Holds::Nothing)),
            1 => {
                let name = self.object(depth)?;
                let name = name.texts().first().cloned().unwrap_or_default();
                self.symbols.push(name.clone());
                return Some(plain(Holds::Symbol(name)));
            }
            255 => {
                let place = match flags >> 8 {
                    0 => self.whole()?,
                    place => place,
                };
                let symbol = self.symbols.get(usize::try_from(place).ok()?.checked_sub(1)?)?;
                return Some(plain(Holds::Symbol(symbol.clone())));
            }
            2 => return self.pairs(flags, depth),
            9 => Holds::Texts(vec![self.text()?]),
            10 | 13 | 14 => {
                let length = self.length()?;
                Holds::Numbers((0..length).map(|_| self.number()).collect::<Option<_>>()?)
            }
            16 => {
                let length = self.length()?;
                let mut texts = Vec::new();
                for _ in 0..length {
                    self.whole()?;
                    texts.push(self.text()?);
                }
                Holds::Texts(texts)
            }
            19 | 20 => {
                let length = self.length()?;
                Holds::List((0..length).map(|_| self.object(depth)).collect::<Option<_>>()?)
            }
            24 => {
                let length = self.length()?;
                let byte = |word: &str| u8::from_str_radix(word.trim(), 16).ok();
                Holds::Bytes((0..length).map(|_| self.word().and_then(byte)).collect::<Option<_>>()?)
            }
            238 => {
                // A vector in short: its class, its state, its attributes. A wrapped one stands first in its state.
                self.object(depth)?;
                let state = self.object(depth)?;
                let attributes = self.object(depth)?;
                let holds = match state.holds {
                    Holds::List(objects) => objects.into_iter().next().map_or(Holds::Nothing, |first| first.holds),
                    Holds::Pairs(pairs) => pairs
                        .into_iter()
                        .next()
                        .map_or(Holds::Nothing, |(_, first)| first.holds),
                    _ => Holds::Nothing,
                };
                let attributes = attributes.named();
                return Some(Object { holds, attributes });
            }
            _ => return None,
        };
        let attributes = if has_attributes {
            self.object(depth)?.named()
        } else {
            Vec::new()
        };
        Some(Object { holds, attributes })
    }

    /// A list of pairs, link by link: each says whether it has a tag.
    fn pairs(&mut self, mut flags: i64, depth: usize) -> Option<Object> {
        let mut pairs = Vec::new();
        loop {
            if flags & 0x200 != 0 {
                self.object(depth)?;
            }
            let tag = match flags & 0x400 {
                0 => String::new(),
                _ => match self.object(depth)?.holds {
                    Holds::Symbol(name) => name,
                    _ => String::new(),
                },
            };
            pairs.push((tag, self.object(depth)?));
            flags = self.whole()?;
            if flags & 0xFF != 2 {
                // NULL ends the list; another end is not met in attributes.
                return (flags & 0xFF == 254).then(|| plain(Holds::Pairs(pairs)));
            }
        }
    }

    /// A text in letters, with escapes for all others; a missing one is empty.
    fn text(&mut self) -> Option<String> {
        if self.whole()? < 0 {
            return Some(String::new());
        }
        let mut bytes = Vec::new();
        let mut letters = self.word()?.bytes().peekable();
        while let Some(letter) = letters.next() {
            if letter != b'\\' {
                bytes.push(letter);
                continue;
            }
            bytes.push(match letters.next()? {
                b'n' => b'\n',
                b't' => b'\t',
                b'r' => b'\r',
                b'v' => 11,
                b'b' => 8,
                b'f' => 12,
                b'a' => 7,
                digit @ b'0'..=b'7' => {
                    let mut byte = u32::from(digit - b'0');
                    for _ in 0..2 {
                        if let Some(digit) = letters.next_if(|next| (b'0'..=b'7').contains(next)) {
                            byte = byte * 8 + u32::from(digit - b'0');
                        }
                    }
                    byte as u8
                }
                other => other,
            });
        }
        Some(String::from_utf8_lossy(&bytes).into_owned())
    }
}

fn plain(holds: Holds) -> Object {
    Object {
        holds,
        attributes: Vec::new(),
    }
}
