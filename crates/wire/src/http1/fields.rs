use super::token;
use crate::{EncodeError, Rule, violation::Fault};

/// One field line of a head (RFC 9112 section 5).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct FieldLine {
    /// As written; compare without regard to case.
    pub name: String,
    /// Without the white space around it. An octet outside ASCII is the character of the same number (Latin-1), so
    /// nothing is lost and the number of characters is the number of octets.
    pub value: String,
}

impl FieldLine {
    /// Reads a line without its line end. A fault counts from the line's first octet.
    pub(crate) fn parse(line: &[u8]) -> Result<Self, Fault> {
        let Some(colon) = line.iter().position(|&octet| octet == b':') else {
            return Err(Fault::new(Rule::ColonMissing, 0));
        };
        let (name, rest) = (&line[..colon], &line[colon + 1..]);
        if let Some(at) = name.iter().position(|&octet| !token::is_token_octet(octet)) {
            let blank = name[at..].iter().all(|octet| matches!(octet, b' ' | b'\t'));
            return Err(Fault::new(if blank { Rule::SpaceBeforeColon } else { Rule::FieldName }, at));
        }
        if name.is_empty() {
            return Err(Fault::new(Rule::FieldName, 0));
        }
        if let Some(at) = rest.iter().position(|&octet| !token::is_text_octet(octet)) {
            return Err(Fault::new(Rule::FieldValue, colon + 1 + at));
        }
        Ok(Self { name: token::latin1(name), value: token::latin1(trim(rest)) })
    }

    pub(super) fn encode(&self, to: &mut Vec<u8>) -> Result<(), EncodeError> {
        if !token::is_token(self.name.as_bytes()) {
            return Err(EncodeError::FieldName(self.name.clone()));
        }
        let Some(value) = token::octets(&self.value, token::is_text_octet) else {
            return Err(EncodeError::FieldValue(self.name.clone()));
        };
        to.extend_from_slice(self.name.as_bytes());
        to.extend_from_slice(b": ");
        to.extend_from_slice(&value);
        to.extend_from_slice(b"\r\n");
        Ok(())
    }
}

/// The field lines of a head, in their order and with their case.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Fields(Vec<FieldLine>);

impl Fields {
    /// No fields.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a line at the end. What may not stand in one is found by `encode`.
    pub fn push(&mut self, name: impl Into<String>, value: impl Into<String>) {
        self.push_line(FieldLine { name: name.into(), value: value.into() });
    }

    /// [`Fields::push`], for chains.
    #[must_use]
    pub fn with(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.push(name, value);
        self
    }

    /// Replaces the value of the first line of that name and drops its other lines, or adds a line at the end.
    pub fn set(&mut self, name: &str, value: impl Into<String>) {
        let Some(first) = self.0.iter().position(|line| line.name.eq_ignore_ascii_case(name)) else {
            return self.push(name, value);
        };
        let mut index = 0;
        self.0.retain(|line| {
            index += 1;
            index <= first + 1 || !line.name.eq_ignore_ascii_case(name)
        });
        self.0[first].value = value.into();
    }

    /// Drops every line of that name.
    pub fn remove(&mut self, name: &str) {
        self.0.retain(|line| !line.name.eq_ignore_ascii_case(name));
    }

    /// The value of the first line of that name, in any case.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|line| line.name.eq_ignore_ascii_case(name)).map(|line| line.value.as_str())
    }

    /// The values of all lines of that name, in their order.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> + 'a {
        self.0.iter().filter(move |line| line.name.eq_ignore_ascii_case(name)).map(|line| line.value.as_str())
    }

    /// The elements of a list-valued field over all its lines: split at commas outside quotes, trimmed, without
    /// empty ones (RFC 9110 section 5.6.1).
    pub fn list<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> + 'a {
        self.all(name).flat_map(elements)
    }

    /// Whether a list-valued field has this element, in any case; `Connection` and `Upgrade` are such lists.
    pub fn has_token(&self, name: &str, token: &str) -> bool {
        self.list(name).any(|element| element.eq_ignore_ascii_case(token))
    }

    /// The lines in their order.
    pub fn iter(&self) -> std::slice::Iter<'_, FieldLine> {
        self.0.iter()
    }

    /// How many lines there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(crate) fn push_line(&mut self, line: FieldLine) {
        self.0.push(line);
    }

    /// All lines and the empty line after them.
    pub(super) fn encode(&self, to: &mut Vec<u8>) -> Result<(), EncodeError> {
        for line in self {
            line.encode(to)?;
        }
        to.extend_from_slice(b"\r\n");
        Ok(())
    }
}

impl<'a> IntoIterator for &'a Fields {
    type Item = &'a FieldLine;
    type IntoIter = std::slice::Iter<'a, FieldLine>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl IntoIterator for Fields {
    type Item = FieldLine;
    type IntoIter = std::vec::IntoIter<FieldLine>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl FromIterator<FieldLine> for Fields {
    fn from_iter<I: IntoIterator<Item = FieldLine>>(lines: I) -> Self {
        Self(lines.into_iter().collect())
    }
}

fn trim(mut octets: &[u8]) -> &[u8] {
    while let [b' ' | b'\t', rest @ ..] | [rest @ .., b' ' | b'\t'] = octets {
        octets = rest;
    }
    octets
}

fn elements(value: &str) -> impl Iterator<Item = &str> {
    let (mut quoted, mut escaped) = (false, false);
    value
        .split(move |c| {
            let separates = c == ',' && !quoted;
            match c {
                _ if escaped => escaped = false,
                '\\' if quoted => escaped = true,
                '"' => quoted = !quoted,
                _ => {}
            }
            separates
        })
        .map(|element| element.trim_matches([' ', '\t']))
        .filter(|element| !element.is_empty())
}
