//! What all benches of a run come to: one table of ratios, and the same with the details as JSON.

use super::machine::Machine;
use super::table;

/// What one bench printed.
pub(super) struct Told {
    /// Its package and name.
    pub(super) place: String,
    /// Rows of cells; those with one are remarks.
    details: Vec<Vec<String>>,
    ratios: Vec<Ratio>,
}

/// One of ours beside one of somebody else's, or of our own at another size, from the same run.
struct Ratio {
    what: String,
    ours: String,
    peer: String,
    /// Ours over the peer's.
    ratio: String,
    unit: String,
    beside: String,
    /// What it should be, or nothing.
    aim: String,
}

impl Told {
    /// Takes lines apart: cells have a tab between, and a row that starts with `ratio` is for the table of ratios.
    pub(super) fn of(place: String, lines: &str) -> Self {
        let rows = lines.lines().map(|line| line.split('\t').map(str::to_owned).collect::<Vec<_>>());
        let (ratios, details): (Vec<_>, Vec<_>) = rows.partition(|row| row[0] == RATIO && row.len() > 1);
        Self { place, details, ratios: ratios.into_iter().map(Ratio::of).collect() }
    }

    /// Its own rows, in columns.
    pub(super) fn details(&self) -> String {
        table(&self.details)
    }
}

impl Ratio {
    fn of(row: Vec<String>) -> Self {
        let mut cells = row.into_iter().skip(1);
        let mut next = || cells.next().unwrap_or_default();
        Self {
            what: next(),
            ours: next(),
            peer: next(),
            ratio: next(),
            unit: next(),
            beside: next(),
            aim: next(),
        }
    }
}

/// The one table: a row for each ratio.
pub(super) fn ratios(all: &[Told]) -> String {
    let head = ["what", "ours", "peer", "ratio", "unit", "beside", "aim", "where"].map(str::to_owned);
    let mut rows = vec![head.to_vec()];
    for told in all {
        rows.extend(told.ratios.iter().map(|it| {
            let cells = [&it.what, &it.ours, &it.peer, &it.ratio, &it.unit, &it.beside, &it.aim, &told.place];
            cells.map(|cell| if cell.is_empty() { "-".to_owned() } else { cell.clone() }).to_vec()
        }));
    }
    table(&rows)
}

/// Everything, for programs: figures are numbers, the rest is text.
pub(super) fn json(machine: &Machine, all: &[Told]) -> String {
    let facts = machine.facts();
    let facts: Vec<_> = facts.iter().map(|(name, fact)| (*name, value(fact))).collect();
    let ratios = all.iter().flat_map(|told| told.ratios.iter().map(|it| ratio(it, &told.place)));
    let benches = all.iter().map(|told| {
        let rows = told.details.iter().map(|row| list(row.iter().map(|cell| value(cell))));
        object(&[("where", value(&told.place)), ("rows", list(rows))])
    });
    let whole = [("machine", object(&facts)), ("ratios", list(ratios)), ("benches", list(benches))];
    format!("{}\n", object(&whole))
}

fn ratio(it: &Ratio, place: &str) -> String {
    object(&[
        ("what", value(&it.what)),
        ("ours", value(&it.ours)),
        ("peer", value(&it.peer)),
        ("ratio", value(&it.ratio)),
        ("unit", value(&it.unit)),
        ("beside", value(&it.beside)),
        ("aim", value(&it.aim)),
        ("where", value(place)),
    ])
}

fn object(members: &[(&str, String)]) -> String {
    let members: Vec<_> = members.iter().map(|(name, value)| format!("{}:{value}", quoted(name))).collect();
    format!("{{{}}}", members.join(","))
}

fn list(values: impl Iterator<Item = String>) -> String {
    format!("[\n{}\n]", values.collect::<Vec<_>>().join(",\n"))
}

/// A number where it is one as JSON writes it (RFC 8259 section 6), or else a string.
fn value(cell: &str) -> String {
    let digits = cell.strip_prefix('-').unwrap_or(cell);
    let (whole, rest) = digits.split_once('.').unwrap_or((digits, "0"));
    let all_digits = |part: &str| !part.is_empty() && part.bytes().all(|it| it.is_ascii_digit());
    let is_number = all_digits(whole) && all_digits(rest) && (whole == "0" || !whole.starts_with('0'));
    if is_number { cell.to_owned() } else { quoted(cell) }
}

fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for letter in text.chars() {
        match letter {
            '"' | '\\' => out.extend(['\\', letter]),
            control if control.is_control() => out.push_str(&format!("\\u{:04x}", u32::from(control))),
            other => out.push(other),
        }
    }
    out.push('"');
    out
}

/// How a row of the table of ratios starts.
const RATIO: &str = "ratio";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_go_to_their_tables() {
        let lines = "what\tns\na, b\t1.5\nratio\tx\t1\t2\t0.50\tms\ta peer\t1 at most\na remark\nratio";
        let told = Told::of("wire/decoding".to_owned(), lines);
        assert_eq!(told.details(), "what   ns\na, b  1.5\na remark\nratio\n");
        let expect = "what  ours  peer  ratio  unit  beside        aim          where\n\
                      x        1     2   0.50    ms  a peer  1 at most  wire/decoding\n";
        assert_eq!(ratios(&[told]), expect);
    }

    #[test]
    fn values_of_json() {
        let check = |cell: &str, expect: &str| assert_eq!(value(cell), expect, "{cell}");
        check("12", "12");
        check("-0.50", "-0.50");
        check("0", "0");
        check("012", "\"012\"");
        check("1.", "\"1.\"");
        check("", "\"\"");
        check("-", "\"-\"");
        check("1e5", "\"1e5\"");
        check("3.97 of bare", "\"3.97 of bare\"");
        check("a \"b\" \\ \u{1}", r#""a \"b\" \\ \u0001""#);
    }

    #[test]
    fn the_whole_as_json() {
        let told = Told::of("a/b".to_owned(), "c\t1\nratio\tx\t1\t2\t0.5\tms\ty\t");
        let machine = Machine::of("Chromium 1".to_owned());
        let json = json(&machine, &[told]);
        assert!(json.starts_with("{\"machine\":{\"cores\":"), "{json}");
        assert!(json.contains("{\"what\":\"x\",\"ours\":1,\"peer\":2,\"ratio\":0.5,"), "{json}");
        assert!(json.contains("{\"where\":\"a/b\",\"rows\":[\n[\n\"c\",\n1\n]\n]}"), "{json}");
    }
}
