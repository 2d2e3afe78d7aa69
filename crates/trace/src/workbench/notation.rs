//! Octets as people write them: hexadecimal in any common notation.

use tongue::say;

/// Why a text is no octets, and where.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("{}", say!("Line {}, column {}: {}", .line, .column, .why))]
pub struct Nonsense {
    /// Counted from 1.
    pub line: usize,
    /// In characters, counted from 1.
    pub column: usize,
    /// One sentence that says what to write instead.
    pub why: String,
}

/// Reads hexadecimal octets: `81 05`, `8105`, `0x81, 0x05`, `\x81\x05`, `81:05`, an array in C, or the dump of
/// `hexdump -C`, `xxd` or Wireshark with its offsets and its text column.
///
/// # Errors
/// The first place that is not hexadecimal.
pub fn hex(text: &str) -> Result<Vec<u8>, Nonsense> {
    let lines: Vec<&str> = text.lines().collect();
    let dump = is_dump(&lines);
    let mut octets = Vec::new();
    let mut array = text.contains('{').then_some(false);
    for (number, line) in lines.iter().enumerate() {
        let (skip, most) =
            if dump { (offset_of(line).map_or(0, |(_, end)| end), DUMP_ROW) } else { (0, usize::MAX) };
        let mut reading = Reading { line, number: number + 1, octets: &mut octets, most, array: &mut array };
        reading.run(skip)?;
    }
    Ok(octets)
}

struct Reading<'a> {
    line: &'a str,
    number: usize,
    octets: &'a mut Vec<u8>,
    /// A dump's row ends after so many octets; what follows is its text column.
    most: usize,
    /// For an array in C: whether its brace is open.
    array: &'a mut Option<bool>,
}

impl Reading<'_> {
    fn run(&mut self, skip: usize) -> Result<(), Nonsense> {
        let letters: Vec<char> = self.line.chars().collect();
        let (mut at, mut taken) = (skip, 0);
        while let Some(&letter) = letters.get(at) {
            let next = letters.get(at + 1).copied();
            match (letter, next) {
                ('{', _) if *self.array == Some(false) => *self.array = Some(true),
                ('}', _) if *self.array == Some(true) => *self.array = Some(false),
                _ if *self.array == Some(false) => {}
                ('/', Some('/')) | ('#', _) => return Ok(()),
                // Two blanks end a dump's row, and so does its text column.
                (' ', Some(' ')) if self.most == DUMP_ROW && taken >= 1 && text_follows(&letters, at) => {
                    return Ok(());
                }
                ('|', _) if self.most == DUMP_ROW => return Ok(()),
                (
                    ' ' | '\t' | ',' | ';' | ':' | '-' | '.' | '[' | ']' | '(' | ')' | '"' | '\'' | '{' | '}',
                    _,
                ) => {}
                ('0', Some('x' | 'X')) | ('\\', Some('x' | 'X')) => at += 1,
                (high, Some(low)) if high.is_ascii_hexdigit() && low.is_ascii_hexdigit() => {
                    if taken == self.most {
                        return Ok(());
                    }
                    self.octets.push(digit(high) << 4 | digit(low));
                    taken += 1;
                    at += 1;
                    // `81h`, as assemblers write it.
                    if matches!(letters.get(at + 1), Some('h' | 'H')) {
                        at += 1;
                    }
                }
                (lonely, _) if lonely.is_ascii_hexdigit() => {
                    return Err(self.nonsense(
                        at,
                        say!("“{}” stands alone; an octet is two hexadecimal digits.", lonely),
                    ));
                }
                (other, _) => {
                    return Err(self.nonsense(
                        at,
                        say!(
                            "“{}” is no hexadecimal digit. Write octets like 81 05 48, or a head that begins \
                             like GET / HTTP/1.1.",
                            other
                        ),
                    ));
                }
            }
            at += 1;
        }
        Ok(())
    }

    fn nonsense(&self, at: usize, why: String) -> Nonsense {
        Nonsense { line: self.number, column: at + 1, why }
    }
}

/// Whether the two blanks at `at` are followed by something else than one more pair of digits.
fn text_follows(letters: &[char], at: usize) -> bool {
    let mut rest = letters[at..].iter().skip_while(|letter| **letter == ' ');
    let pair = [rest.next(), rest.next()];
    let end = rest.next().is_none_or(|letter| *letter == ' ');
    !(pair.iter().all(|letter| letter.is_some_and(char::is_ascii_hexdigit)) && end)
}

/// Whether every line begins with an offset, and the first with 0.
fn is_dump(lines: &[&str]) -> bool {
    let mut rows = lines.iter().filter(|line| !line.trim().is_empty()).map(|line| offset_of(line));
    let Some(Some((0, _))) = rows.next() else { return false };
    let mut last = 0;
    rows.all(|row| row.is_some_and(|(offset, _)| std::mem::replace(&mut last, offset) < offset))
}

/// The offset with which a line begins, and where it ends: four digits or more, and a colon or two blanks.
fn offset_of(line: &str) -> Option<(u64, usize)> {
    let start = line.chars().take_while(|letter| *letter == ' ').count();
    let digits: String = line.chars().skip(start).take_while(char::is_ascii_hexdigit).collect();
    let end = start + digits.len();
    let rest: String = line.chars().skip(end).take(2).collect();
    let ends = rest.starts_with(':') || rest == "  " || rest.is_empty();
    ((4..=8).contains(&digits.len()) && ends).then_some(())?;
    Some((u64::from_str_radix(&digits, 16).ok()?, end + usize::from(rest.starts_with(':'))))
}

fn digit(letter: char) -> u8 {
    letter.to_digit(16).unwrap_or_default() as u8
}

/// Octets in a row of a dump.
const DUMP_ROW: usize = 16;
