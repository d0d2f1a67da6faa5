//! An XML part in, its tags and texts one after the other out. Prefixes of names are left out.

use std::borrow::Cow;
use std::io::BufRead;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

/// A stream of XML.
pub(super) struct Xml<R> {
    reader: Reader<R>,
    buffer: Vec<u8>,
}

/// The next piece of a stream.
pub(super) enum Piece<'a> {
    /// A tag opens; an empty one closes at once by a [`Piece::Close`] of its own.
    Open(Tag<'a>),
    /// A tag closes.
    Close(Cow<'a, str>),
    /// A text, or a part of one.
    Text(Cow<'a, str>),
    /// A comment and the like.
    Other,
    /// Nothing follows.
    End,
}

/// A tag that opens.
pub(super) struct Tag<'a>(BytesStart<'a>);

impl Tag<'_> {
    pub fn is(&self, name: &str) -> bool {
        self.0.local_name().as_ref() == name
    }

    /// The attribute of this name, whatever its prefix.
    pub fn get(&self, name: &str) -> Option<String> {
        let attribute = self
            .0
            .attributes()
            .with_checks(false)
            .map_while(Result::ok)
            .find(|attribute| attribute.key.local_name().as_ref() == name)?;
        Some(unescaped(&attribute.value).into_owned())
    }
}

/// A text without entities; one that makes no sense stays as it is.
fn unescaped(text: &str) -> Cow<'_, str> {
    quick_xml::escape::unescape(text).unwrap_or(Cow::Borrowed(text))
}

impl<R: BufRead> Xml<R> {
    pub fn new(stream: R) -> Self {
        let mut reader = Reader::from_reader(stream);
        reader.config_mut().expand_empty_elements = true;
        Self {
            reader,
            buffer: Vec::new(),
        }
    }

    /// The next piece; the error is a clause.
    pub fn next(&mut self) -> Result<Piece<'_>, String> {
        self.buffer.clear();
        let event = self
            .reader
            .read_event_into(&mut self.buffer)
            .map_err(|error| match error {
                // What the archive says is for the person.
                quick_xml::Error::Io(error) => error.to_string(),
                error => error.to_string().trim_end_matches('.').to_owned(),
            })?;
        Ok(match event {
            Event::Start(tag) => Piece::Open(Tag(tag)),
            Event::End(tag) => Piece::Close(Cow::Owned(tag.local_name().as_ref().to_owned())),
            Event::Text(text) => Piece::Text(text.into_inner()),
            Event::CData(text) => Piece::Text(text.into_inner()),
            Event::GeneralRef(name) => {
                let letter = match name.as_ref() {
                    "lt" => Some('<'),
                    "gt" => Some('>'),
                    "amp" => Some('&'),
                    "apos" => Some('\''),
                    "quot" => Some('"'),
                    _ => name.resolve_char_ref().ok().flatten(),
                };
                Piece::Text(Cow::Owned(letter.map(String::from).unwrap_or_default()))
            }
            Event::Eof => Piece::End,
            _ => Piece::Other,
        })
    }
}
